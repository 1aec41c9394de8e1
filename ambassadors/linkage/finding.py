"""Find the pairs of records that may be one person, with why. It proposes; people decide (rule V-92)."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ambassadors.linkage.blocking import pairs_to_compare
from ambassadors.linkage.comparing import Comparer, Comparison
from ambassadors.linkage.estimating import estimate
from ambassadors.linkage.records import Person, read_person
from ambassadors.linkage.weighing import Reason, Scale, Weights, probability

# What a pair must have for us to propose that somebody merge it, and for somebody to look at it.
PROPOSE, REVIEW = 0.60, 0.10
# Odds below which a pair is forgotten at once: nothing that is learned brings it back.
_HOPELESS = 0.0005


class Band(StrEnum):
    """What becomes of a pair (rule V-92)."""

    PROPOSE = "propose"
    REVIEW = "review"
    BELOW = "below"


def band_of(likely: float, *, propose: float = PROPOSE, review: float = REVIEW) -> Band:
    """The band of a probability."""
    return Band.PROPOSE if likely >= propose else Band.REVIEW if likely >= review else Band.BELOW


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person's; `a` is the lower key."""

    a: Person
    b: Person
    probability: float
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs, the likeliest first, how many were compared for them, and by which weights."""

    pairs: tuple[Pair, ...]
    compared: int
    weights: Weights


def find_pairs(
    people: Sequence[Person],
    *,
    above: float = PROPOSE,
    weights: Weights | None = None,
    learn: bool = False,
    within: bool = False,
    apart: Container[frozenset[int]] = frozenset(),
) -> Found:
    """Pairs of these people with a probability of at least `above`, in whatever order the people come.

    Between two schemes each record is in one pair at most, the likeliest. `within` also compares records of one
    scheme, all of them; `learn` first re-estimates the weights from these very people. Those whom somebody told
    `apart`, by their rows of the register, are no pair, and leave each other free for the next likely one.
    """
    rows = sorted(people, key=lambda person: (person.scheme, person.legacy_id))
    traits = [read_person(person) for person in rows]
    comparer, scale = Comparer(traits), Scale(weights or Weights(), len(rows))
    compared, kept = 0, list[tuple[int, int, Comparison]]()
    for a, b in pairs_to_compare(traits, within=within):
        if frozenset((rows[a].pk, rows[b].pk)) in apart:
            continue
        compared += 1
        comparison = comparer.compare(traits[a], traits[b])
        if scale.odds(comparison) >= _HOPELESS:
            kept.append((a, b, comparison))
    used = weights or Weights()
    if learn:
        used = estimate([comparison for _a, _b, comparison in kept], len(rows), used)
        scale = Scale(used, len(rows))
    pairs = [
        Pair(rows[a], rows[b], likely, tuple(scale.reasons(comparison)))
        for likely, a, b, comparison in _one_to_one(kept, scale, [person.scheme for person in rows])
        if likely >= above
    ]
    return Found(tuple(pairs), compared, used)


def _one_to_one(
    kept: list[tuple[int, int, Comparison]], scale: Scale, schemes: list[str]
) -> list[tuple[float, int, int, Comparison]]:
    """The likeliest first, each record once for each other scheme; within one scheme there is nothing to choose."""
    judged = [(probability(scale.odds(comparison)), a, b, comparison) for a, b, comparison in kept]
    judged.sort(key=lambda each: (-each[0], each[1], each[2]))
    taken: set[tuple[int, str]] = set()
    chosen = []
    for likely, a, b, comparison in judged:
        if schemes[a] != schemes[b]:
            ends = {(a, schemes[b]), (b, schemes[a])}
            if ends & taken:
                continue
            taken |= ends
        chosen.append((likely, a, b, comparison))
    return chosen
