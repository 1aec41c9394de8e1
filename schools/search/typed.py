"""What someone typed to find a school, read for what it is: a number, a postcode or part of one, and words."""

import re
from dataclasses import dataclass

from schools.search.words import words_in
from stem.geography.areas import AREAS
from stem.geography.postcodes import read_postcode
from stem.rules import Refusal

# Nobody types more; whoever pastes more is answered about its beginning.
MOST_LETTERS = 200
MOST_WORDS = 10

_NUMBER = re.compile(r"(?:\burn\b[\s:#.-]*|(?<!\S)#?)(\d{5,9})(?!\S)", re.IGNORECASE)
# A postcode among other words: all of it, or up to its sector ("LS2 9"), or its outward half alone.
_POSTCODE = re.compile(
    r"(?<!\S)([A-Z]{1,2})([0-9][0-9A-Z]?)(?:\s*([0-9])([A-Z]{2})(?!\S)|\s+([0-9][A-Z]?)$|(?!\S))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A search as we understand it."""

    words: tuple[str, ...]
    # Whether the last word may go on: people are still typing.
    is_open_ended: bool = True
    number: str = ""
    # A postcode in its official form as far as it was typed: "LS2 9JT", "LS2 9", "LS2 ".
    postcode: str = ""

    @property
    def area(self) -> str:
        """The postcode's letters."""
        return re.match("[A-Z]*", self.postcode)[0]  # type: ignore[index]  # matches nothing, if nothing else


def read_typed(text: str) -> Typed:
    """What these letters ask for."""
    text = " ".join(text[:MOST_LETTERS].replace("\x00", " ").split())
    postcode, rest = _take_postcode(text)
    number = _NUMBER.search(rest)
    if number:
        rest = f"{rest[: number.start()]} {rest[number.end() :]}"
    words = tuple(words_in(rest)[:MOST_WORDS])
    is_open_ended = text[-1:].isalnum() and not postcode
    return Typed(words, is_open_ended, number[1] if number else "", postcode)


def _take_postcode(text: str) -> tuple[str, str]:
    """The postcode in it, and the rest."""
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
