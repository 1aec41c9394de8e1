"""What ratings say of whoever has few of them: pure (rules S-01 to S-09).

Scores are those of a form, from 1 to 5; more is better. Few ratings are drawn towards what is usual, so that nobody is
praised or blamed for two of them, and what is missing stays missing. Nothing here ranks anybody.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist, fmean
from typing import Any

_NORMAL = NormalDist()
Z_95 = _NORMAL.inv_cdf(0.975)
# Ratings that count of one ambassador at one school in a school year: the earliest (rule S-01).
COUNTED_PER_SCHOOL = 2
# A kind of visit weighs against all visits as though it had so many ratings like theirs (rule S-02).
STRATUM_WEIGHT = 20
# From so many ratings on a funnel is drawn, and tells "unusual" from "alarming" by these shares below it (rule S-06).
FUNNEL_FROM, FLAG_BELOW, ALARM_BELOW = 10, 0.025, 0.001
# Slack, and the sum from which a run of low ratings signals; from so many ratings on (rule S-07).
CUSUM_SLACK, CUSUM_LIMIT, CUSUM_FROM = 0.5, 5.0, 8
# Evidence, by how many ratings there are (rule S-08).
SOME_FROM, GOOD_FROM = 3, 8
# What an ambassador reads of their own means, and from which evidence on (rule S-08).
OWN_FROM, OWN_SCHOOLS, OWN_STEP = 3, 2, 0.5
# Where so many were delivered and fewer than this share of forms came back, nothing is concluded (rule S-09).
RESPONSE_FROM, RESPONSE_LEAST = 5, 0.40
# A model is estimated anew from so many ratings on, within these limits (rule S-03).
ESTIMATED_FROM, K_LIMITS, SIGMA_LEAST = 200, (2.0, 15.0), 0.5


@dataclass(frozen=True, slots=True)
class Rating:
    """A rated visit, as the statistics see it: whose, where, of which kind, on which day, and its score."""

    person: int
    school: int
    stratum: Hashable
    on: date
    score: float


@dataclass(frozen=True, slots=True)
class Usual:
    """What ratings are like in the scheme (rule S-03)."""

    # The mean of all, and the spread of one person's ratings.
    mu: float = 4.4
    sigma: float = 0.7
    # How many ratings like the mean of all stand against a person's own.
    k: float = 5.0


@dataclass(frozen=True, slots=True)
class Level:
    """Where somebody's ratings are likely to lie, few of them drawn towards what is usual (rule S-03)."""

    theta: float
    sd: float
    n: int

    def p_low(self, threshold: float = 4.0) -> float:
        """How likely it is that the level is below the threshold (rule S-04)."""
        return _NORMAL.cdf((threshold - self.theta) / self.sd)


class Evidence(StrEnum):
    """How much the ratings of somebody can say (rule S-08)."""

    TOO_EARLY = "too_early"
    SOME = "some"
    GOOD = "good"
    # Too many visits of which no form came back (rule S-09).
    INSUFFICIENT = "insufficient"


class InFunnel(StrEnum):
    """Where a hub or a school lies against its target (rule S-06)."""

    NOT_PLOTTED = "not_plotted"
    USUAL = "usual"
    FLAG = "flag"
    ALARM = "alarm"


def counted(ratings: Iterable[Rating]) -> list[Rating]:
    """Those that count: of one person at one school in a school year the two earliest (rules S-01, G-05).

    In the order of their days; of several on one day those given first come first.
    """
    seen: Counter[tuple[int, int, int]] = Counter()
    kept = []
    for each in sorted(ratings, key=lambda rating: rating.on):
        key = each.person, each.school, school_year(each.on)
        seen[key] += 1
        if seen[key] <= COUNTED_PER_SCHOOL:
            kept.append(each)
    return kept


def school_year(day: date) -> int:
    """The year in which the school year of this day began: on the first of September."""
    return day.year if day.month >= 9 else day.year - 1


def stratum_mean(n: int, mean: float, mu: float) -> float:
    """The mean of a kind of visit, drawn towards that of all where it has few ratings (rule S-02)."""
    return (n * mean + STRATUM_WEIGHT * mu) / (n + STRATUM_WEIGHT)


def case_mix(ratings: Sequence[Rating]) -> tuple[float, dict[Hashable, float]]:
    """The mean of all ratings, and that of each kind of visit, shrunken (rule S-02); in one walk over the ratings."""
    if not ratings:
        return Usual().mu, {}
    sums: dict[Hashable, float] = {}
    sizes: Counter[Hashable] = Counter()
    for each in ratings:
        sums[each.stratum] = sums.get(each.stratum, 0.0) + each.score
        sizes[each.stratum] += 1
    mu = sum(sums.values()) / len(ratings)
    return mu, {stratum: stratum_mean(sizes[stratum], sums[stratum] / sizes[stratum], mu) for stratum in sizes}


def adjusted(score: float, stratum: Hashable, mu: float, strata: Mapping[Any, float]) -> float:
    """A score with what its kind of visit makes of scores taken out; never clipped (rule S-02)."""
    return score - strata.get(stratum, mu) + mu


def level(scores: Sequence[float], usual: Usual = Usual()) -> Level:
    """The level of whoever has these scores, none of them included (rule S-03)."""
    n = len(scores)
    return Level((sum(scores) + usual.k * usual.mu) / (n + usual.k), usual.sigma / sqrt(n + usual.k), n)


def estimate(scores: Iterable[Sequence[float]]) -> Usual:
    """What is usual, by the method of moments from each person's scores; the defaults below 200 ratings (rule S-03).

    The spread within people gives sigma; what people's means spread more than that explains gives k.
    """
    people = [each for each in scores if each]
    n = sum(len(each) for each in people)
    if n < ESTIMATED_FROM or len(people) == 1 or n == len(people):
        return Usual()
    mu = sum(sum(each) for each in people) / n
    means = [fmean(each) for each in people]
    within = sum(sum((score - mean) ** 2 for score in each) for each, mean in zip(people, means, strict=True))
    variance = within / (n - len(people))
    between = sum(len(each) * (mean - mu) ** 2 for each, mean in zip(people, means, strict=True))
    # How many ratings a person has, as the estimate of what lies between people weighs them.
    typical = (n - sum(len(each) ** 2 for each in people) / n) / (len(people) - 1)
    spread = (between / (len(people) - 1) - variance) / typical
    sigma = max(sqrt(variance), SIGMA_LEAST)
    least, most = K_LIMITS
    return Usual(mu, sigma, min(max(sigma**2 / spread, least), most) if spread > 0 else most)


def wilson(successes: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927; rule S-05); from nought to one where there is nothing to go by."""
    if n == 0:
        return 0.0, 1.0
    share, z2 = successes / n, Z_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def binomial_quantile(share: float, n: int, p: float) -> int:
    """The smallest count that at least this share of samples of `n` do not exceed, each a success with chance `p`."""
    if p <= 0 or p >= 1:
        return n if p >= 1 else 0
    below, logs = 0.0, (log(p), log1p(-p))
    for count in range(n + 1):
        ways = lgamma(n + 1) - lgamma(count + 1) - lgamma(n - count + 1)
        below += exp(ways + count * logs[0] + (n - count) * logs[1])
        if below >= share:
            return count
    return n


def in_funnel(successes: int, n: int, target: float) -> InFunnel:
    """Whether so few successes are unusual at this target, by prediction limits and not by a rank (rule S-06)."""
    if n < FUNNEL_FROM:
        return InFunnel.NOT_PLOTTED
    if successes < binomial_quantile(ALARM_BELOW, n, target):
        return InFunnel.ALARM
    return InFunnel.FLAG if successes < binomial_quantile(FLAG_BELOW, n, target) else InFunnel.USUAL


def cusum(scores: Iterable[float], usual: Usual = Usual(), *, start: float = 0.0) -> list[float]:
    """How far the scores have run below what is usual, after each of them; it signals above 5 (rule S-07)."""
    run, sums = start, []
    for score in scores:
        run = max(0.0, run + (usual.mu - score) / usual.sigma - CUSUM_SLACK)
        sums.append(run)
    return sums


def signals(scores: Sequence[float], usual: Usual = Usual()) -> bool:
    """Whether their last score is one at which the run signals, of whoever has at least eight (rule S-07)."""
    return len(scores) >= CUSUM_FROM and cusum(scores, usual)[-1] > CUSUM_LIMIT


def evidence(rated: int, delivered: int) -> Evidence:
    """How much so many ratings of so many visits can say (rules S-08, S-09)."""
    if delivered >= RESPONSE_FROM and rated < RESPONSE_LEAST * delivered:
        return Evidence.INSUFFICIENT
    if rated < SOME_FROM:
        return Evidence.TOO_EARLY
    return Evidence.SOME if rated < GOOD_FROM else Evidence.GOOD


def own_mean(scores: Sequence[float], schools: int) -> float | None:
    """What somebody reads of their own scores: to the nearest half; None while there is too little (rule S-08)."""
    if len(scores) < OWN_FROM or schools < OWN_SCHOOLS:
        return None
    return int(fmean(scores) / OWN_STEP + 0.5) * OWN_STEP
