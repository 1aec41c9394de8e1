"""Whether words name a school or somebody who works there: pure."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")
# Of the name of a school and of a person: what many have, and nobody is known by.
_OF_MANY = frozenset(
    [
        "academy",
        "all",
        "and",
        "boys",
        "centre",
        "church",
        "college",
        "community",
        "district",
        "education",
        "first",
        "for",
        "free",
        "further",
        "girls",
        "grammar",
        "hall",
        "high",
        "house",
        "infant",
        "infants",
        "institute",
        "international",
        "junior",
        "juniors",
        "lower",
        "middle",
        "new",
        "nursery",
        "of",
        "park",
        "preparatory",
        "primary",
        "roman",
        "road",
        "saint",
        "saints",
        "school",
        "secondary",
        "sixth",
        "form",
        "st",
        "street",
        "studio",
        "technical",
        "technology",
        "the",
        "trust",
        "university",
        "upper",
        "with",
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "head",
        "teacher",
        "catholic",
        "england",
    ]
)
SHORTEST = 3


def names_any(words: str, names: Iterable[str]) -> bool:
    """Whether these words hold one by which a school, or somebody, of these names is known.

    It errs on the side of silence: a word of a name that has another meaning counts as well.
    """
    known = {word for name in names for word in _words(name) if len(word) >= SHORTEST and word not in _OF_MANY}
    return not known.isdisjoint(_words(words))


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}
