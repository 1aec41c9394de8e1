"""Leaving words out of what somebody wrote, and never putting one in: pure (rule 2.2)."""

import re
from collections.abc import Collection
from itertools import groupby

# What stands for whatever was left out, one word or twenty.
LEFT_OUT = "[…]"
_WORD = re.compile(r"\S+")


def words_in(text: str) -> list[str]:
    """The words of a text in their order, each with the marks that touch it."""
    return _WORD.findall(text)


def strike_out(text: str, struck: Collection[int]) -> str:
    """The text without the words at these places: a mark stands where they stood, one for all that follow each other.

    Lines stay lines. With nothing left but marks there is nothing to read: "".
    """
    words = list(_WORD.finditer(text))
    kept, last = [], 0
    for is_struck, run in groupby(enumerate(words), key=lambda each: each[0] in struck):
        places = [match for _number, match in run]
        kept.append(text[last : places[0].start()])
        kept.append(LEFT_OUT if is_struck else text[places[0].start() : places[-1].end()])
        last = places[-1].end()
    return "" if all(number in struck for number in range(len(words))) else "".join(kept).strip()
