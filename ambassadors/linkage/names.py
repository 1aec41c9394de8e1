"""A person's name as it is compared: which words are first names, which the surname, and in one spelling."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler


def set_of(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


# Letters that are no letter with a mark, and so survive the taking off of marks.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})
_NO_NAME = set_of(
    "mr mrs ms miss mx dr prof professor sir dame lady lord rev revd reverend eur ing"
    " phd dphil msc bsc ba ma meng beng mba ceng ieng cphys cchem csci frs obe mbe cbe fiet miet imeche"
)
# Words that belong to the surname after them.
_PARTICLES = set_of("van von der den de del della di da dos du la le al el bin ibn ap ab st ter ten o mac mc fitz")
_SHORT = 3  # a shorter skeleton says too little
# Sounds that are written in several ways, across languages and clerks; tried in this order.
_SOUNDS = (
    (re.compile(r"^(?:ma?c)(?=[a-z]{3})"), "mk"),
    (re.compile(r"^zh|^ts|tch"), "ch"),
    (re.compile(r"^x|^hs|sch|sh|sz"), "s"),
    (re.compile(r"^g(?=e[oa]|i)"), "j"),
    (re.compile(r"^kn|^gn"), "n"),
    (re.compile(r"ph|v|w(?=[^aeiou]|$)"), "f"),
    (re.compile(r"ck|q|c(?!h)|x"), "k"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(?<=[a-z])[aeiouyh]+"), ""),
)


def fold(text: str) -> str:
    """Small plain letters, with every mark and apostrophe off; other signs become spaces."""
    small = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(
        each if each.isalnum() else "" if unicodedata.combining(each) or each in "'’‘`ʼ.´" else " " for each in small
    )


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """The consonants of a folded word as they sound, so that "Muhammad" and "Mohammed" come out alike."""
    for pattern, instead in _SOUNDS:
        word = pattern.sub(instead, word)
    return word


@lru_cache(maxsize=200_000)
def is_near(one: str, other: str) -> bool:
    """Whether two folded words may be one with a slip in it, or in another spelling."""
    longest = max(len(one), len(other))
    if longest < 4:
        # "Ina" for "Ian", but not "Leo" for "Lee".
        return longest == 3 and one[1:] == other[:0:-1] and one[0] == other[0]
    slips = OSA.distance(one, other, score_cutoff=2)
    if slips <= 1 or (slips == 2 and longest >= 8):
        return True
    bones = skeleton(one)
    return len(bones) >= _SHORT and bones == skeleton(other) and JaroWinkler.similarity(one, other) >= 0.75


@dataclass(frozen=True, slots=True)
class Name:
    """First names in their order, and the surname whole and by its parts; all folded, any of them empty."""

    first: tuple[str, ...]
    surname: str
    parts: tuple[str, ...]


@lru_cache(maxsize=50_000)
def read_name(text: str) -> Name:
    """A full name as written: "Dr Mary-Jane O'Brien", "OBRIEN, Mary Jane" and "mary jane o brien" come out alike."""
    before, comma, after = text.partition(",")
    if comma and (first := _words(after)):
        return _named(first, _words(before))
    words = _words(before)
    if len(words) > 2 and len(words[-1]) == 1:
        # Whoever writes the surname first ends with the middle initial.
        words = [words[0], words[-1], *words[1:-1]]
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return _named(words[: max(start, 0)], words[max(start, 0) :])


def _words(text: str) -> list[str]:
    # A hyphen joins what belongs together until the surname has been told from the rest.
    hyphened = re.sub(r"\s*[-‐‑–]\s*", "\x00", text)
    words = [" ".join(fold(part).strip() for part in word.split("\x00")) for word in hyphened.split()]
    return [word for word in words if word and word not in _NO_NAME]


def _named(first: list[str], last: list[str]) -> Name:
    parts = tuple(part for word in last for part in word.split() if part not in _PARTICLES)
    surname = "".join(word.replace(" ", "") for word in last)
    given = tuple(part for word in first for part in word.split())
    return Name(given, surname, parts if len(parts) > 1 else (surname,) if surname else ())
