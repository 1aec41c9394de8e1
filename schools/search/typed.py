"""What someone typed to find a school, read for what it is: a number, a postcode or part of one, and words."""

import re
from dataclasses import dataclass

from schools.search.words import words_in
from stem.geography.postcodes import take_postcode

# Nobody types more; whoever pastes more is answered about its beginning.
MOST_LETTERS = 200
MOST_WORDS = 10

_NUMBER = re.compile(r"(?:\burn\b[\s:#.-]*|(?<!\S)#?)(\d{5,9})(?!\S)", re.IGNORECASE)


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
    postcode, rest = take_postcode(text)
    number = _NUMBER.search(rest)
    if number:
        rest = f"{rest[: number.start()]} {rest[number.end() :]}"
    words = tuple(words_in(rest)[:MOST_WORDS])
    is_open_ended = text[-1:].isalnum() and not postcode
    return Typed(words, is_open_ended, number[1] if number else "", postcode)
