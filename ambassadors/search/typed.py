"""What staff typed to find people, read for what it is: addresses, numbers, postcodes, miles, towns and words. Pure."""

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

from ambassadors.linkage.names import fold
from ambassadors.linkage.records import read_employer, read_phone
from ambassadors.search.words import ENDING, LONGEST, ending_of, number_word, spaced
from stem.geography.areas import AREAS
from stem.geography.postcodes import take_postcode

# Nobody types more; whoever pastes more is answered about its beginning.
MOST_LETTERS = 200
MOST_WORDS = 8
MOST_MILES = 500
LONGEST_TOWN = 4

_WITHIN = re.compile(r"(?:\bwithin\s+)?\b(\d{1,3})\s*(?:miles?|mi)\s+(?:of|from)\s+(.+)$", re.IGNORECASE)
_ADDRESS = re.compile(r"(?<!\S)\S*@\S*(?!\S)")
# "ada.engineer", "work.example": they may be part of an address.
_IN_ADDRESSES = re.compile(r"\w[._-]\w")
_BETWEEN_LETTERS = re.compile(r"(?<=\w)[._](?=\w)")
_PHONE = re.compile(r"(?<!\S)\+?\(?\d[\d\s()./-]{4,}\d(?!\S)")
# Words that stand before a place; like "Ltd" and "the", nobody is found by them where there are others.
_BETWEEN = frozenset(["in", "near", "at"])


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that whoever is found must have: one of these words, or a home in one of these postcode areas."""

    words: tuple[str, ...] = ()
    areas: frozenset[str] = frozenset()
    # What an e-mail address, or what stands behind its @, may begin with.
    addresses: tuple[str, ...] = ()
    # Whether it is the word of a name or an employer, and may be a slip for another.
    is_plain: bool = True


@dataclass(frozen=True, slots=True)
class Typed:
    """A search as we understand it; whoever is found has all of it."""

    asked: tuple[Asked, ...] = ()
    # Whether the last of the words may go on: people are still typing.
    is_open_ended: bool = False
    # A postcode in its official form as far as it was typed: "LS2 9JT", "LS2 9", "LS2 ".
    postcode: str = ""
    # How many miles from where, as typed.
    miles: int | None = None
    centre: str = ""

    @property
    def area(self) -> str:
        """The letters of the postcode."""
        return re.match("[A-Z]*", self.postcode)[0]  # type: ignore[index]  # matches nothing, if nothing else

    @property
    def is_an_address(self) -> bool:
        """Whether it is an e-mail address, as far as its @ at least, and nothing besides."""
        return len(self.asked) == 1 and not self.asked[0].is_plain and self.asked[0].addresses[:1] > ("@",)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was asked for that we understand."""
        return not (self.asked or self.postcode or self.centre)


def read_typed(text: str) -> Typed:
    """What these letters ask for."""
    rest = spaced(text[:MOST_LETTERS])
    miles, centre = None, ""
    if within := _WITHIN.search(rest):
        miles, centre, rest = min(int(within[1]), MOST_MILES), within[2].strip(), rest[: within.start()]
    asked: list[Asked] = []
    if found := _ADDRESS.search(rest):
        asked.append(Asked(addresses=(found[0].lower(),), is_plain=False))
        rest = _without(rest, found)
    if found := _PHONE.search(rest):
        digits = re.sub(r"\D", "", found[0])
        number = read_phone(found[0])
        ending = (ending_of(digits),) if len(digits) >= ENDING else ()
        asked.append(Asked((f"tel:{number}",) if number else (*ending, number_word(found[0])), is_plain=False))
        rest = _without(rest, found)
    postcode, rest = take_postcode(rest)
    words = _words(rest)
    is_open_ended = bool(words) and text[-1:].isalnum() and not (centre or postcode)
    return Typed((*asked, *words), is_open_ended, postcode, miles, centre)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip()


def _words(text: str) -> list[Asked]:
    """Each word as a name or an employer has it, as the number that it may be, and as a town."""
    asked: list[Asked] = []
    little: list[Asked] = []
    for part in text.split()[:MOST_WORDS]:
        # Two letters in capitals are those of a postcode; in small ones they are somebody's name.
        areas = frozenset({part} & AREAS.keys()) if len(part) == 2 else frozenset()
        addresses = (part.lower(), f"@{part.lower()}") if _IN_ADDRESSES.search(part) else ()
        number = (number_word(part),) if any(each.isdigit() for each in part) else ()
        for word in fold(_BETWEEN_LETTERS.sub(" ", part)).split():
            at_work = read_employer(f"x {word}").split()[1:]
            kept = asked if at_work and word not in _BETWEEN else little
            kept.append(Asked(tuple(dict.fromkeys((word[:LONGEST], *at_work, *number))), areas, addresses))
    return _with_towns((asked or little)[:MOST_WORDS])


def _with_towns(asked: list[Asked]) -> list[Asked]:
    """The same, those marked that together are the name of a post town."""
    found = list(asked)
    for start in range(len(found)):
        for end in range(min(len(found), start + LONGEST_TOWN), start, -1):
            areas = towns().get(" ".join(each.words[0] for each in asked[start:end]))
            if areas:
                for at in range(start, end):
                    found[at] = replace(found[at], areas=found[at].areas | areas)
                break
    return found


@cache
def towns() -> dict[str, frozenset[str]]:
    """The post towns of the country, folded, with the letters of their postcodes."""
    areas: dict[str, set[str]] = defaultdict(set)
    for area in AREAS.values():
        areas[" ".join(fold(area.town).split())].add(area.code)
    return {town: frozenset(codes) for town, codes in areas.items()}
