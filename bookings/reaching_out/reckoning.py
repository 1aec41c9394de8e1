"""How cold a school is, in what order schools are asked first, and which authorities are cold spots (rule 6.3)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _

from ambassadors.validity import add_months
from bookings.priority.reckoning import COLD_MONTHS, DECIMALS, FARTHEST_MINUTES, UNKNOWN

# The order in which schools are written to (E-20).
WEIGHTS = {"disadvantage": 0.5, "remoteness": 0.3, "size": 0.2}
LARGE = 1000  # pupils: from here on a school counts in full
# Three terms, however they lie, make a year (E-21).
THREE_TERMS_MONTHS = 12
COLD_SHARE = 0.5


class Seen(IntegerChoices):
    """When somebody was at a school last, as a map shows it."""

    YEAR = 0, _("Within a year")
    THREE_YEARS = 1, _("Within three years")
    LONGER = 2, _("Longer ago")
    NEVER = 3, _("Never")


def seen_by(on: date) -> Callable[[date | None], Seen]:
    """How long ago a last visit is on this day: the very day a year ago is within a year. For whoever asks of many."""
    year, three_years = add_months(on, -THREE_TERMS_MONTHS), add_months(on, -COLD_MONTHS)

    def seen(last: date | None) -> Seen:
        if last is None:
            return Seen.NEVER
        if last >= year:
            return Seen.YEAR
        return Seen.THREE_YEARS if last >= three_years else Seen.LONGER

    return seen


def first_asked(disadvantage: float | None, minutes: int | None, pupils: int | None) -> float:
    """How soon a school that is not reached is asked, from 0 to 1 (E-20); what nobody knows counts as the middle."""
    return round(sum(parts_of_order(disadvantage, minutes, pupils).values()), DECIMALS)


def parts_of_order(disadvantage: float | None, minutes: int | None, pupils: int | None) -> dict[str, float]:
    """What each part adds to that, by its name."""
    parts = {
        "disadvantage": disadvantage,
        "remoteness": None if minutes is None else min(1.0, minutes / FARTHEST_MINUTES),
        "size": None if pupils is None else min(1.0, pupils / LARGE),
    }
    known = {name: UNKNOWN if part is None else part for name, part in parts.items()}
    return {name: weight * known[name] for name, weight in WEIGHTS.items()}


@dataclass(frozen=True)
class Authority:
    """What is known of the schools of one authority: only those whose roll is known count towards its rate."""

    nation: str
    name: str
    schools: int
    never: int
    pupils: int
    visits: int

    @property
    def rate(self) -> float | None:
        """Visits for each thousand pupils in three terms; None where nobody knows of a pupil."""
        return 1000 * self.visits / self.pupils if self.pupils else None


@dataclass(frozen=True)
class Compared:
    """An authority beside the middle one of its nation."""

    authority: Authority
    middle: float

    @property
    def is_cold(self) -> bool:
        """Whether it has less than half of what the middle one has (E-21)."""
        rate = self.authority.rate
        return rate is not None and rate < COLD_SHARE * self.middle


def compare(authorities: Iterable[Authority]) -> list[Compared]:
    """Each authority beside the median of its nation, the coldest first; last those of which no rate is known."""
    every = list(authorities)
    rates: dict[str, list[float]] = {}
    for each in every:
        if each.rate is not None:
            rates.setdefault(each.nation, []).append(each.rate)
    middles = {nation: median(of_nation) for nation, of_nation in rates.items()}
    compared = [Compared(each, middles.get(each.nation, 0.0)) for each in every]
    return sorted(compared, key=_coldest_first)


def _coldest_first(compared: Compared) -> tuple[bool, float, str, str]:
    rate, middle = compared.authority.rate, compared.middle
    share = 0.0 if rate is None or not middle else rate / middle
    return (rate is None, share, compared.authority.nation, compared.authority.name)
