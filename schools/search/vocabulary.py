"""Which words of the register someone may have meant by the words they typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from schools.models import Word
from schools.search.words import KINDS, LINKS, singular
from stem.slips import likeness, likeness_so_far
from stem.vocabulary import beginning_with, looking_like

# A word that fewer schools have than this may be a slip for another.
RARE = 40
# So many of the likeliest words stand for one that was mistyped, or that has only begun.
MOST_SLIPS = 12
MOST_BEGUN = 25
SHORTEST_PART = 2
SHORTEST_TO_SPLIT = 6
# How likely it is that someone left out a space.
SPLIT = 0.8


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word of the register that may be meant, how likely that is from 0 to 1, and how many schools have it."""

    word: str
    likely: float
    schools: int


def meanings_of(words: Sequence[str], *, is_open_ended: bool) -> list[list[Meaning]]:
    """For each word typed, and for what words make when joined or split, what may be meant: two questions at most."""
    parts = {word: _splits(word) for word in words}
    joined = [one + other for one, other in pairwise(words)]
    known = _counts([*words, *joined, *(part for splits in parts.values() for split in splits for part in split)])
    meant = [[Meaning(word, 1, known[word])] if word in known else [] for word in [*words, *joined]]
    meant += [_split_meaning(splits, known) for splits in parts.values()]
    last = words[-1] if is_open_ended and words[-1] not in KINDS else ""
    unsure = [word for word in words if known.get(word, 0) < RARE and word not in KINDS]
    near = _near(unsure, begun=last)
    for word, meanings in zip(words, meant, strict=False):
        if word in unsure or word == last:
            meanings += _likeliest(word, near, is_begun=word == last)
    return [meanings for meanings in meant if meanings]


def _splits(word: str) -> list[tuple[str, str]]:
    if len(word) < SHORTEST_TO_SPLIT:
        return []
    ways = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    return [(singular(word[:at]), word[at:]) for at in ways]


def _counts(words: Iterable[str]) -> dict[str, int]:
    return dict(Word.objects.filter(text__in=set(words), schools__gt=0).values_list("text", "schools"))


def _split_meaning(splits: list[tuple[str, str]], known: dict[str, int]) -> list[Meaning]:
    """The rarer half of each way to split a word into two that are known."""
    found = []
    for split in splits:
        halves = [part for part in split if part in known]
        if halves and all(part in known or part in KINDS or part in LINKS for part in split):
            rarer = min(halves, key=lambda part: (part in KINDS, known[part]))
            found.append(Meaning(rarer, SPLIT, known[rarer]))
    return found


def _near(unsure: Iterable[str], *, begun: str) -> list[tuple[str, int]]:
    """The words of the register that look or sound like these: a slip leaves the start or the end as it was."""
    marks = looking_like(unsure) | beginning_with(begun)
    return list(Word.objects.filter(marks, schools__gt=0).values_list("text", "schools")) if marks else []


def _likeliest(typed: str, near: list[tuple[str, int]], *, is_begun: bool) -> list[Meaning]:
    compare, most = (likeness_so_far, MOST_BEGUN) if is_begun else (likeness, MOST_SLIPS)
    found = [Meaning(word, compare(typed, word), schools) for word, schools in near if word != typed]
    found = [meaning for meaning in found if meaning.likely]
    return sorted(found, key=lambda meaning: (-meaning.likely, -meaning.schools))[:most]
