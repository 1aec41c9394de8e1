"""The bytes of a calendar file as lines: whatever made them, whatever broke them on the way (RFC 5545, 3.1)."""

import codecs
import re
from collections.abc import Iterator

# Several times what is fetched or sent in: a hundred thousand entries, where a whole life has some thousands.
MOST_BYTES = 32_000_000
MOST_LINES = 6_000_000

# A line that begins with white space goes on where the last one stopped, within a letter of several bytes as well.
# Each pattern begins with a line feed, which is looked for many times faster than anything else.
BLANK_LINES = re.compile(rb"\n\n+")
FOLD = re.compile(rb"\n[ \t]")
FIRST_LINE = re.compile(rb"\n[ \t]*BEGIN[ \t]*:[ \t]*VCALENDAR[ \t]*$", re.IGNORECASE | re.MULTILINE)
# A quoted-printable value of vCalendar 1.0 goes on after an equals sign, without white space.
SOFT_BREAK = re.compile(rb"\n[^:\n]*;(?:ENCODING=)?QUOTED-PRINTABLE[^:\n]*:(?:[^\n]*=\n)++[^\n]*", re.IGNORECASE)
WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"B\0E\0", "utf-16-le"),
    (b"\0B\0E", "utf-16-be"),
)


class NoCalendar(ValueError):
    """What was sent is no calendar; its argument is the code of a refusal (`problems.NO_CALENDAR`)."""


def clean(data: bytes) -> bytes:
    """The file with one whole property a line, each begun by a line feed, in some encoding that holds ASCII.

    Raises `NoCalendar` for what is none, or has over 32 MB or 6,000,000 lines.
    """
    if len(data) > MOST_BYTES:
        raise NoCalendar("too_large")
    data = _narrow(data)
    data = b"\n" + data.replace(b"\0", b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if not FIRST_LINE.search(data):
        raise NoCalendar(_what_it_is(data))
    if data.count(b"\n") > MOST_LINES:
        raise NoCalendar("too_intricate")
    if b"QUOTED-PRINTABLE" in data or b"quoted-printable" in data:
        data = SOFT_BREAK.sub(lambda found: found[0].replace(b"=\n", b""), data)
    return FOLD.sub(b"", BLANK_LINES.sub(b"\n", data))


def decode(piece: bytes) -> str:
    """A piece of the file as text: UTF-8, or what Windows wrote before it."""
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError:
        return piece.decode("cp1252", errors="replace")


def outside_quotes(text: str, separator: str) -> Iterator[str]:
    """The parts of a property's head between the separators that stand in no quotation."""
    if '"' not in text:
        yield from text.split(separator)
        return
    begun, is_quoted = 0, False
    for place, letter in enumerate(text):
        if letter == '"':
            is_quoted = not is_quoted
        elif letter == separator and not is_quoted:
            yield text[begun:place]
            begun = place + 1
    yield text[begun:]


def _narrow(data: bytes) -> bytes:
    """The file in an encoding in which a line feed is one byte."""
    for mark, encoding in WIDE_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").encode("utf-8").removeprefix(codecs.BOM_UTF8)
    return data.removeprefix(codecs.BOM_UTF8)


def _what_it_is(data: bytes) -> str:
    """What was sent instead of a calendar, as far as that can be seen: the code of a refusal."""
    begins = data.lstrip()[:20].lower()
    if not begins:
        return "empty"
    known = {b"pk\x03\x04": "zip", b"<": "web_page", b"begin:vcard": "addresses"}
    return next((code for mark, code in known.items() if begins.startswith(mark)), "something_else")
