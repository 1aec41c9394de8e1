"""Read one cell as a value, or say in a sentence why it cannot be: what Excel does to a cell is no value."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ambassadors.importing.codes import ROUTES, No, read_code
from stem.geography.postcodes import ELSEWHERE, read_postcode
from stem.orcids import read_orcid
from stem.rules import Refusal
from stem.tables import seen
from stem.workbooks import Cell, Dated, Unreadable

Reader: TypeAlias = Callable[[str], str]

LEAST_MINUTES, MOST_MINUTES = 10, 240
# People write these where they know nothing.
_NOTHING = frozenset({"", "-", "--", "---", ".", "n/a", "n.a.", "na.", "?"})
# So a CSV keeps the zeros at a number's beginning: ="0123"
_KEPT_TEXT = re.compile(r'="([^"]*)"')
_ERROR = re.compile(r"#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|#+)", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]+))?E\+([0-9]{1,2})", re.IGNORECASE)
_ROUNDED = re.compile(r"[1-9][0-9]{5,}0{6}")


def plain_text(cell: Cell) -> str:
    """The text of a cell as people see it, "" when it says nothing. Raises `No` for a formula or an error."""
    if isinstance(cell, Unreadable):
        raise No(cell.reason)
    # An end of line, a tab, a mark nobody sees: rare enough to look first.
    text = cell.strip() if cell.isascii() and cell.isprintable() and "  " not in cell else seen(cell)
    if text[:1] == "=":
        kept = _KEPT_TEXT.fullmatch(text)
        if kept is None:
            raise No(_("This is a formula. Put the value itself there."))
        text = kept[1].strip()
    if text[:1] == "#" and _ERROR.fullmatch(text):
        raise No(_("Excel shows an error in this cell. Put the value itself there."))
    if "\ufffd" in text:
        raise No(_("Some letters of this were lost when the file was saved. Type it again."))
    return "" if text.lower() in _NOTHING else text


def said_in(cell: Cell) -> str:
    """What stands in a cell, to be shown to whoever has to mend it."""
    return (cell.value if isinstance(cell, Unreadable) else seen(cell))[:80]


def _whole(text: str) -> str:
    """A number as it was before Excel showed it by its power of ten. Raises `No` when digits of it are lost."""
    if written := _SCIENTIFIC.fullmatch(text):
        first, more, power = written[1], written[2] or "", int(written[3])
        if len(more) != power:
            raise No(_("Excel has rounded it, and the last digits are lost. Look it up, and type it as text."))
        return first + more
    if _ROUNDED.fullmatch(text):
        raise No(_("Excel has rounded it: it ends in zeros. Look it up, and type it as text."))
    return text


def _short(most: int) -> Reader:
    def read(text: str) -> str:
        if len(text) > most:
            raise No(_("This is longer than %(most)d letters.") % {"most": most})
        return text

    return read


def read_id(cell: Cell) -> str:
    """Under which id the scheme has somebody. Raises `No`."""
    if isinstance(cell, Dated):
        raise No(_("Excel has made a day of it. Look it up, and type it as text."))
    text = _whole(plain_text(cell)).removeprefix("'").strip()
    if not text:
        raise No(_("This row has no id."))
    return _short(60)(text)


def read_name(text: str) -> str:
    """Somebody's name."""
    if not any(letter.isalpha() for letter in text) or "@" in text:
        raise No(_("This is not a name."))
    return _short(150)(text)


def read_email(text: str) -> str:
    """An e-mail address."""
    text = text.removeprefix("mailto:").strip()
    try:
        validate_email(text)
    except ValidationError:
        raise No(_("This is not one e-mail address, like name@example.org.")) from None
    return _short(254)(text)


_NO_PHONE = re.compile(r"[^0-9+() ./\-–]")
_EXTENSION = re.compile(r"\b(?:ext|extension|x)\.? ?[0-9]{1,6}$", re.IGNORECASE)


def read_phone(text: str) -> str:
    """A telephone number, with the zero that Excel takes from its beginning."""
    text = _whole(text.removeprefix("'"))
    number = _EXTENSION.sub("", text)
    digits = re.sub(r"\D", "", number)
    if _NO_PHONE.search(number) or not digits:
        raise No(_("This is not a telephone number."))
    if not 9 <= len(digits) <= 15:
        raise No(_("A telephone number has 9 to 15 digits: this has too few, or there are two."))
    if number == digits and not number.startswith("0"):
        text = f"+{text}" if digits.startswith("44") and len(digits) > 10 else f"0{text}" if len(digits) <= 10 else text
    return _short(40)(text)


@lru_cache(maxsize=4096)
def read_place(text: str) -> str:
    """A postcode in its official form."""
    try:
        postcode = read_postcode(text)
    except Refusal as refusal:
        raise No(refusal.told_to()) from None
    if postcode.area in ELSEWHERE:
        raise No(str(ELSEWHERE[postcode.area]))
    return postcode.official


_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")
_BRITISH = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4}|[0-9]{2})(?: .*)?")
_IN_WORDS = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ /.-]([A-Za-z]{3,9})\.?,?[ /.-]([0-9]{4}|[0-9]{2})")
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_FIRST = date(1930, 1, 1)


def read_day(text: str, on: date) -> date:
    """A day in the past, in any of the ways people write one, the day before the month. Raises `No`."""
    day = _day(text, on)
    if day is None:
        raise No(_("This is not a day, like 31/3/2026 or 2026-03-31."))
    if day > on:
        raise No(_("This day is still to come."))
    if day < _FIRST:
        raise No(_("This day is too long ago to be right."))
    return day


def _day(text: str, on: date) -> date | None:
    if said := _ISO.fullmatch(text):
        return _real(int(said[1]), int(said[2]), int(said[3]))
    if said := _BRITISH.fullmatch(text):
        if int(said[2]) > 12 >= int(said[1]):
            # One such row tells that the days below 13 of this column may be months as well: nobody can know.
            raise No(_("Here the month seems to come before the day. Write it like 2026-03-31."))
        return _real(_year(said[3], on), int(said[2]), int(said[1]))
    if said := _IN_WORDS.fullmatch(text):
        return _real(_year(said[3], on), _MONTHS.get(said[2][:3].lower(), 0), int(said[1]))
    if said := _SERIAL.fullmatch(text):
        return date(1899, 12, 30) + timedelta(days=int(said[1]))
    return None


def _year(said: str, on: date) -> int:
    """The year; of two digits the one that is not still to come."""
    if len(said) == 4:
        return int(said)
    year = on.year - on.year % 100 + int(said)
    return year if year <= on.year else year - 100


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_researcher(text: str) -> str:
    """An ORCID. Raises `No`."""
    try:
        return read_orcid(text.removeprefix("'"))
    except Refusal as refusal:
        raise No(refusal.told_to()) from None


def read_minutes(text: str) -> str:
    """How long a journey may be, one way, in minutes. Raises `No`."""
    number = re.fullmatch(r"([0-9]{1,3}) ?(?:m|min|mins|minutes)?\.?", text, re.IGNORECASE)
    if number is None or not LEAST_MINUTES <= int(number[1]) <= MOST_MINUTES:
        words = _("This is not a number of minutes from %(least)d to %(most)d.")
        raise No(words % {"least": LEAST_MINUTES, "most": MOST_MINUTES})
    return str(int(number[1]))


def in_words(cell: Cell, reader: Reader) -> str:
    """The value of a cell that holds words, "" when it says nothing. Raises `No`."""
    text = plain_text(cell)
    if not text:
        return ""
    if isinstance(cell, Dated):
        raise No(_("Excel has made a day of it. Look it up, and type it as text."))
    return reader(text)


READERS: dict[str, Reader] = {
    "full_name": read_name,
    "known_as": _short(80),
    "first_name": _short(80),
    "last_name": _short(80),
    "email": read_email,
    "phone": read_phone,
    "organisation": _short(150),
    "job_title": _short(150),
    "postcode": read_place,
    "orcid": read_researcher,
    "route": partial(read_code, ROUTES),
    "max_minutes": read_minutes,
    "legacy_status": _short(60),
}
