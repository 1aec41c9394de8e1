"""Weights learned from the register itself, without anybody having said which pairs are true (EM).

Each round reckons how probable every compared pair is under the weights so far, then how often the probable ones reach
each level. Pairs that share no key are none, near enough. What strangers do (u) stays: it is counted, not guessed.
"""

from collections.abc import Sequence

from ambassadors.linkage.comparing import Comparison
from ambassadors.linkage.levels import LEVELS, MISSING, Field
from ambassadors.linkage.weighing import Scale, Weights, probability

ROUNDS = 12
# The weights we started from count as so many true pairs: a small register hardly moves them.
_AS_MANY_AS = 60.0
_SETTLED = 0.0005
# Fewer than so many matches in a thousand records is not believed, nor more than all.
_FEWEST, _MOST = 0.001, 4.0


def estimate(comparisons: Sequence[Comparison], size: int, start: Weights | None = None) -> Weights:
    """The weights under which these comparisons are likeliest, no more than `ROUNDS` steps from the start."""
    weights = start or Weights()
    for _ in range(ROUNDS):
        better = _step(comparisons, size, weights)
        moved = max(abs(a - b) for each in Field for a, b in zip(better.same[each], weights.same[each], strict=True))
        weights = better
        if moved < _SETTLED:
            break
    return weights


def _step(comparisons: Sequence[Comparison], size: int, weights: Weights) -> Weights:
    scale = Scale(weights, size)
    counts = {each: [level.same * _AS_MANY_AS for level in levels] for each, levels in LEVELS.items()}
    matches = 0.0
    for comparison in comparisons:
        likely = probability(scale.odds(comparison))
        matches += likely
        for each, (level, _u) in zip(Field, comparison, strict=True):
            if level != MISSING:
                counts[each][level] += likely
    same = {each: tuple(count / sum(column) for count in column) for each, column in counts.items()}
    prior = (2 * matches + _AS_MANY_AS * weights.matches) / (size + _AS_MANY_AS)
    return Weights(same, min(max(prior, _FEWEST), _MOST))
