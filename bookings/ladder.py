"""Who is asked next, how many at once and how long each may think: pure reckoning (rules E-31, E-32, T-50)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol, TypeVar

from stem.moments import day_of, moment
from stem.nations import Nation
from stem.workdays import add_working_days, is_working_day, working_days_between

# People are asked, and reminded, at hours at which they may be at work; what cannot wait goes at once.
DAY_BEGINS, DAY_ENDS = time(8), time(18)
# No reminder comes when less than this is left, or a twelfth of a shorter time.
LEFT_TO_ANSWER = timedelta(hours=3)
# So many working days before its last possible time a search is late, and so many very late.
LATE, VERY_LATE = 7, 3


@dataclass(frozen=True)
class Rung:
    """One step of a search: so many are asked for a seat at once, each has so long, and is asked by whom and when."""

    at_once: int
    hours: timedelta
    # Only whoever said that they may be asked so soon before.
    only_short_notice: bool = False
    # Somebody who was promised is replaced: no school waits its turn for that.
    is_replacement: bool = False
    # It does not wait for the morning.
    is_urgent: bool = False

    @property
    def is_by_hand(self) -> bool:
        """Whether nobody is asked any more but by a telephone call."""
        return self.at_once == 0


BY_HAND = Rung(0, timedelta())


def rung_of(
    starts_at: datetime, *, at: datetime, nation: Nation, is_replacement: bool, policy: Mapping[str, int]
) -> Rung:
    """The step for a seat of a visit that may begin then.

    Three at a time with three days, or one when it is soon (E-32). Where somebody who was promised cannot come more
    are asked, the sooner it is; and without a working day left nobody is asked by a letter (T-50).
    """
    left = working_days_between(day_of(at), day_of(starts_at), nation)
    if left < 1:
        return BY_HAND
    if not is_replacement:
        return Rung(policy["offers_at_once"], answer_within(starts_at, at, policy))
    if left >= policy["replacement_soon_days"]:
        return Rung(policy["replacement_at_once"], timedelta(hours=policy["replacement_hours"]), is_replacement=True)
    return Rung(
        policy["replacement_at_once_soon"],
        timedelta(hours=policy["replacement_hours_soon"]),
        only_short_notice=True,
        is_replacement=True,
        is_urgent=True,
    )


def answer_within(starts_at: datetime, at: datetime, policy: Mapping[str, int]) -> timedelta:
    """How long somebody has to answer about what may begin then: shorter when it is soon (E-32)."""
    is_soon = starts_at - at < timedelta(days=policy["soon_days"])
    return timedelta(hours=policy["offer_hours_soon" if is_soon else "offer_hours"])


def is_sensible(at: datetime, nation: Nation) -> bool:
    """Whether people may be asked at this moment without being disturbed: on a working day, from eight to six."""
    day = day_of(at)
    return is_working_day(day, nation) and moment(day, DAY_BEGINS) <= at < moment(day, DAY_ENDS)


def sensible_from(at: datetime, nation: Nation) -> datetime:
    """This moment, or the next at which people may be asked."""
    if is_sensible(at, nation):
        return at
    day = day_of(at)
    if is_working_day(day, nation) and at < moment(day, DAY_BEGINS):
        return moment(day, DAY_BEGINS)
    return moment(add_working_days(day, 1, nation), DAY_BEGINS)


def next_reminder(made_at: datetime, lapses_at: datetime, nation: Nation, *, after: datetime) -> datetime | None:
    """When whoever was asked then is reminded next: after a third and after two thirds of their time, by day.

    None where it would come so late that little of their time is left, or in one breath with the last.
    """
    third = (lapses_at - made_at) / 3
    for due_at in (sensible_from(made_at + third, nation), sensible_from(made_at + 2 * third, nation)):
        if due_at >= after + third / 2 and lapses_at - due_at >= min(third / 4, LEFT_TO_ANSWER):
            return due_at
    return None


class Choice(Protocol):
    """Somebody who could be asked."""

    @property
    def is_newcomer(self) -> bool:
        """Whether they have not visited yet."""
        ...


AnyChoice = TypeVar("AnyChoice", bound=Choice)


def whom_to_ask(best: Sequence[AnyChoice], count: int, *, needs_newcomer: bool) -> list[AnyChoice]:
    """So many of these, best first; the best of the new among them where one is needed and there is one (rule E-31)."""
    chosen = list(best[:count])
    if not needs_newcomer or not chosen or any(each.is_newcomer for each in chosen):
        return chosen
    newcomer = next((each for each in best if each.is_newcomer), None)
    return chosen if newcomer is None else [*chosen[:-1], newcomer]


def late_before(at: datetime, working_days: int, nation: Nation) -> datetime:
    """A search whose last possible time begins before this has no more than so many working days left."""
    return moment(add_working_days(day_of(at), working_days, nation) + timedelta(days=1), time.min)
