"""Mobile telephone numbers of the United Kingdom, as people write them and as networks do."""

import re

# 07 and nine more digits. Not 070, which is dear and no mobile's, nor 076, pagers', but for the Isle of Man's.
MOBILE = re.compile(r"7(?:[1-57-9][0-9]{8}|624[0-9]{6})")
BEFORE = re.compile(r"(?:\+|00)44(?:\(?0\)?)?|0")
BETWEEN = re.compile(r"[\s.\-–/()]+")


def read_mobile(text: str) -> str | None:
    """The number as networks write it, such as `+447700900123`, however it was typed; None if it is no mobile's.

    Only those of the United Kingdom and its islands: a gateway charges many times as much for some others.
    """
    typed = BETWEEN.sub("", text.strip())
    before = BEFORE.match(typed)
    if before is None:
        return None
    rest = typed[before.end() :]
    return f"+44{rest}" if MOBILE.fullmatch(rest) else None


def mobile_in_words(number: str) -> str:
    """A number as people in the United Kingdom read it: `07700 900123`."""
    rest = number.removeprefix("+44")
    return f"0{rest[:4]} {rest[4:]}"


def end_of(number: str) -> str:
    """So much of a number as tells its owner which one it is, and nobody else whose."""
    return number[-3:]
