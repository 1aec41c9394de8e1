"""What a comparison is worth: the weight of each field, and the probability that two records are one person.

The odds are those of Fellegi and Sunter, with rivals: two records that agree may be one person, or two strangers by
chance, or two of one household, or two colleagues. `odds = P(one person) / sum of P(each rival)`. A field's weight is
log2(m / u) against strangers; what the other rivals take away is one line more, so that the lines add up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambassadors.linkage.comparing import Comparison
from ambassadors.linkage.levels import LEVELS, MISSING, Field

EMPLOYERS = int(Field.EMPLOYER)
# Fewer bits than these are not worth a line.
_WORTH_A_LINE = 0.05
# How many other records an average record has that are the same person's, or somebody's of the same household.
SAME, HOUSEHOLD = 0.3, 0.08
# Of those who work for one employer, how many give its telephone or its office's address as theirs.
COLLEAGUES = 0.02
# How many pairs of records are of one employer: what a missing employer may hide.
_ONE_EMPLOYER = 0.003
# However small a register: a pair drawn from it is no more likely one person than this.
_LIKELIEST = 0.05


def _from_levels() -> dict[Field, tuple[float, ...]]:
    return {each: tuple(level.same for level in levels) for each, levels in LEVELS.items()}


@dataclass(frozen=True)
class Weights:
    """How often true pairs reach each level, and how many true pairs a record has on average."""

    same: Mapping[Field, Sequence[float]] = field(default_factory=_from_levels)
    matches: float = SAME


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of why: a field, how alike it is in words, and its weight in bits (powers of two of the odds)."""

    field: str
    words: str
    weight: float


class Scale:
    """Weighs comparisons of one register: its size says how rarely two of its records are one person."""

    def __init__(self, weights: Weights, size: int) -> None:
        others = max(size - 1, weights.matches / _LIKELIEST)
        self._matches = weights.matches / others
        self._rival_household = HOUSEHOLD / others
        self._rival_colleagues = COLLEAGUES
        self._same = [tuple(weights.same[each]) for each in Field]
        self._household = [self._rival("household", each) for each in Field]
        self._colleagues = [self._rival("colleagues", each) for each in Field]

    def _rival(self, who: str, each: Field) -> list[float | None]:
        """The rival's column; agreement is never likelier in a rival than in one person, or it would count against."""
        column: list[float | None] = [getattr(level, who) for level in LEVELS[each]]
        best = column[0]
        return [None if best is None else min(best, self._same[each][0]), *column[1:]]

    def odds(self, comparison: Comparison) -> float:
        """The odds, to one, that the two are one person."""
        one, strangers, household, colleagues = self._likelihoods(comparison)
        return one / (strangers + household + colleagues)

    def _likelihoods(self, comparison: Comparison) -> tuple[float, float, float, float]:
        one, strangers = self._matches, 1.0
        household, colleagues = self._rival_household, self._rival_colleagues
        for place, (level, u) in enumerate(comparison):
            if level == MISSING:
                continue
            one *= self._same[place][level]
            strangers *= u
            home, work = self._household[place][level], self._colleagues[place][level]
            household *= u if home is None else home
            colleagues *= u if work is None else work
        if comparison[EMPLOYERS][0] == MISSING:
            colleagues *= _ONE_EMPLOYER
        return one, strangers, household, colleagues

    def reasons(self, comparison: Comparison) -> list[Reason]:
        """The weight of each field that both have, what rivals take away, and the weight before any field is read."""
        lines = []
        for place, (level, u) in zip(Field, comparison, strict=True):
            if level != MISSING:
                words = LEVELS[place][level].words
                lines.append(Reason(str(place.words), str(words), log2(self._same[place][level] / u)))
        _one, strangers, household, colleagues = self._likelihoods(comparison)
        taken = log2(strangers / (strangers + household + colleagues))
        if -taken >= _WORTH_A_LINE:
            who: Promise = _("two people of one household") if household > colleagues else _("two colleagues")
            lines.append(Reason(str(_("may also be")), str(who), taken))
        lines.append(Reason(str(_("any two records")), str(_("before a field is read")), log2(self._matches)))
        return lines


def probability(odds: float) -> float:
    """Odds to one as a probability."""
    return odds / (1 + odds)
