"""Read a UK postcode as people type it."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stem.geography.areas import AREAS
from stem.rules import Kind, Refusal, refuse

# Postcodes of these letters are real, and stand for no place in England, Wales, Scotland or Northern Ireland.
ELSEWHERE: dict[str, Promise] = {
    "BF": gettext_lazy("A forces postcode goes wherever its unit goes. Give the postcode of the place itself."),
    "BX": gettext_lazy("This postcode is for letters only. Give the postcode of the place itself."),
    "GIR": gettext_lazy("This postcode was for letters to a bank only. Give the postcode of the place itself."),
    "GY": gettext_lazy("Guernsey is outside the United Kingdom. Give a postcode in one of its four nations."),
    "IM": gettext_lazy("The Isle of Man is outside the United Kingdom. Give a postcode in one of its four nations."),
    "JE": gettext_lazy("Jersey is outside the United Kingdom. Give a postcode in one of its four nations."),
}

# What people put between or around the letters: spaces of every width, stops, dashes, quotes, and marks nobody sees.
_NOISE = re.compile(r"[\s.,;:_'\"()\u00ad\u2010-\u2015\u2018-\u201d\u200b-\u200f\u2060\ufeff-]+")
# What may follow an area's one letter, or its two. No district is 01 to 09, and no letter at its end is I or O: when
# 0 and O, or 1 and I, have been confused, one reading at most is left.
_DISTRICT = {1: re.compile(r"[1-9][0-9A-HJKPSTUW]?"), 2: re.compile(r"0|[1-9][0-9ABEHMNPRVWXY]?")}
_INWARD = re.compile(r"[0-9][ABD-HJLNP-UW-Z]{2}")
_TO_DIGIT = str.maketrans("OI", "01")
_TO_LETTER = str.maketrans("01", "OI")

# A postcode among other words: all of it, or up to its sector ("LS2 9"), or its outward half alone.
_POSTCODE = re.compile(
    r"(?<!\S)([A-Z]{1,2})([0-9][0-9A-Z]?)(?:\s*([0-9])([A-Z]{2})(?!\S)|\s+([0-9][A-Z]?)$|(?!\S))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode in its official form, by its parts: "LS", "2", "9JT"."""

    area: str
    district: str
    inward: str

    def __str__(self) -> str:
        return self.official

    @property
    def official(self) -> str:
        """As on an envelope: "LS2 9JT"."""
        return f"{self.outward} {self.inward}"

    @property
    def outward(self) -> str:
        """All before the space: "LS2"."""
        return self.area + self.district

    @property
    def sector(self) -> str:
        """All but the last two letters: "LS2 9"."""
        return self.official[:-2]


def read_postcode(text: str) -> Postcode:
    """The postcode that someone meant: any case and spacing, and O for 0 or I for 1 where only one of them can stand.

    Refuses with `postcode` when it is no full postcode. One outside the United Kingdom is read like any other:
    whether it is somewhere we go is a question for `places.locate`.
    """
    typed = _tidy(text)
    outward = _read_outward(typed[:-3])
    inward = typed[-3:-2].translate(_TO_DIGIT) + typed[-2:]
    if outward is None or not _INWARD.fullmatch(inward):
        raise refuse("postcode", Kind.INPUT, _("Enter a full UK postcode, like LS2 9JT."))
    return Postcode(*outward, inward)


@dataclass(frozen=True, slots=True)
class District:
    """A postcode district, the half of a postcode before the space: "S", "10"."""

    area: str
    district: str
    # Whether more of a postcode was typed than is used.
    is_cut: bool = False

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """As people write it: "S10"."""
        return self.area + self.district


def read_district(text: str) -> District:
    """The postcode district that someone meant; a longer postcode, whole or begun, is cut to its district.

    Refuses with `district` when it is none, or with `postcode` when it stands for no place that we go to.
    """
    try:
        postcode = read_postcode(text)
    except Refusal:
        # What follows a space may be the beginning of the other half, as in "LS2 9", or belong to this one: "S 10".
        first, _space, rest = text.strip().partition(" ")
        outward, is_cut = _read_outward(_tidy(first)), bool(rest)
        if outward is None:
            outward, is_cut = _read_outward(_tidy(text)), False
    else:
        outward, is_cut = (postcode.area, postcode.district), True
    if outward is None:
        raise refuse("district", Kind.INPUT, _("Enter the first half of a UK postcode, like S10 or LS2."))
    if outward[0] in ELSEWHERE:
        raise refuse("postcode", Kind.INPUT, str(ELSEWHERE[outward[0]]))
    return District(*outward, is_cut=is_cut)


def _tidy(text: str) -> str:
    """Letters and digits as in a postcode, without what people put between or around them."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()


def _read_outward(typed: str) -> tuple[str, str] | None:
    """The one area and district that this can be, or None."""
    for letters, pattern in _DISTRICT.items():
        area, district = typed[:letters].translate(_TO_LETTER), typed[letters:].translate(_TO_DIGIT)
        if (area in AREAS or area in ELSEWHERE) and pattern.fullmatch(district):
            return area, district
    return ("GIR", "") if typed.translate(_TO_LETTER) == "GIR" else None


def take_postcode(text: str) -> tuple[str, str]:
    """The postcode in what people search for, and the rest.

    In its official form as far as it was typed: "LS2 9JT", "LS2 9", "LS2 ".
    """
    if any(letter.isdigit() for letter in text):
        try:
            return read_postcode(text).official, ""
        except Refusal:
            pass  # then it may still hold one
    for found in _POSTCODE.finditer(text):
        area, district, sector, unit, begun = found.groups()
        if area.upper() not in AREAS:
            continue
        inward = sector + unit if sector else begun or ""
        return f"{area}{district} {inward}".upper(), f"{text[: found.start()]} {text[found.end() :]}"
    return "", text
