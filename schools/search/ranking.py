"""Which of the schools that were found is meant: whole names compared, word by word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import mul

from rapidfuzz import fuzz

from schools.search.words import KINDS
from stem.slips import SHORT, likeness, likeness_so_far

# What a word says about which school is meant; and one that is so much like a word for what a school is.
OWN, KIND, MAYBE_KIND, MAYBE = 1.0, 0.2, 0.5, 0.75
# A town tells a little less than a name, and one found there when the name was meant nothing.
IN_TOWN = 0.9
# Below this a typed word has not been found for sure.
SURE = 0.9
# Who has less than this of what was asked for, or so much less than the best, is not shown.
LEAST, WORSE, ENOUGH, FEW = 0.35, 0.3, 0.8, 5
WORDS_FOUND, NAME_COVERED, WHOLE = 0.5, 0.2, 0.3
POSTCODE, OPEN = 0.5, 0.04


@dataclass(frozen=True, slots=True)
class Found:
    """A school that may be meant."""

    pk: int
    text: str
    is_open: bool
    postcode: str


class Ranking:
    """Compares schools with one search; what two words have in common is reckoned once."""

    def __init__(self, words: Sequence[str], *, is_open_ended: bool, postcode: str = "") -> None:
        self.words = list(words)
        self.last = words[-1] if words and is_open_ended else ""
        self.postcode = postcode
        self.joined = "".join(words)
        # Two words may have been meant as one: each pair is compared too, after the words.
        self.compared = [*words, *(one + other for one, other in pairwise(words))]
        self.weights = [_weight_of_typed(word) for word in words]
        self.total = sum(self.weights) or 1
        self.known: dict[str, list[float]] = {}

    def rank(self, found: Iterable[Found]) -> list[Found]:
        """These schools, the likeliest first.

        Those are left out that have little of what was asked for, or far less than others; where nothing was found
        for sure, the first few are shown whatever they have.
        """
        scored = [(*self._score(each), each) for each in found]
        best = max((asked for _, asked, _ in scored), default=0)
        scored.sort(key=lambda row: (-row[0], len(row[2].text), row[2].text, row[2].pk))
        likely = [(asked, each) for _, asked, each in scored if asked >= LEAST]
        few = 0 if best >= ENOUGH else FEW
        return [each for at, (asked, each) in enumerate(likely) if at < few or asked >= best - WORSE]

    def _score(self, found: Found) -> tuple[float, float]:
        """How well this school answers, the higher the better, and how much of what was asked for it has, up to 1."""
        is_there = bool(self.postcode) and found.postcode.startswith(self.postcode)
        score = (OPEN if found.is_open else 0) + (POSTCODE if is_there else 0)
        if not self.words:
            return score, 1
        name, _, town = found.text.partition("|")
        names, towns = name.split(), town.split()
        asked = sum(map(mul, self.weights, self._found(names, towns))) / self.total
        score += WORDS_FOUND * asked + NAME_COVERED * self._answered(names) + WHOLE * self._whole(names, towns)
        return score, asked

    def _alike(self, word: str) -> list[float]:
        """How much each of `compared` is like this word of a school."""
        if word not in self.known:
            self.known[word] = [
                likeness_so_far(typed, word) if typed == self.last else likeness(typed, word) for typed in self.compared
            ]
        return self.known[word]

    def _best(self, names: Iterable[str]) -> list[float]:
        """How much each of `compared` is like the likest of these words."""
        rows = [self._alike(each) for each in names]
        return [max(column) for column in zip(*rows, strict=True)] if rows else [0] * len(self.compared)

    def _found(self, names: list[str], towns: list[str]) -> list[float]:
        """How well each typed word is found in name or town, also where two were written as one or one as two."""
        in_name, in_town = self._best(names), self._best(towns)
        best = [max(one, IN_TOWN * other) for one, other in zip(in_name, in_town, strict=True)]
        if any(each < SURE and len(word) > SHORT for word, each in zip(self.words, best, strict=False)):
            as_one = self._best(one + other for one, other in pairwise(names))
            best = [max(one, other) for one, other in zip(best, as_one, strict=True)]
        count = len(self.words)
        for at, together in enumerate(best[count:]):
            best[at], best[at + 1] = max(best[at], together), max(best[at + 1], together)
        return best[:count]

    def _answered(self, names: list[str]) -> float:
        """How much of the name was asked for."""
        weights = [_weight(each) for each in names]
        return sum(weight * max(self._alike(each)) for each, weight in zip(names, weights, strict=True)) / (
            sum(weights) or 1
        )

    def _whole(self, names: list[str], towns: list[str]) -> float:
        """How alike the letters are when nobody minds the spaces, with the town or without."""
        name = "".join(names)
        return max(fuzz.ratio(self.joined, name), fuzz.ratio(self.joined, name + "".join(towns))) / 100


@lru_cache(maxsize=4096)
def _weight_of_typed(typed: str) -> float:
    """A word may also be a mistyped one of those that say what a school is: "primray"."""
    return KIND if typed in KINDS else MAYBE_KIND if max(likeness(typed, kind) for kind in KINDS) >= MAYBE else OWN


def _weight(word: str) -> float:
    return KIND if word in KINDS else OWN
