"""The hours of a week in which somebody can be asked, and what else they say of their time: pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from stem.moments import day_of, moment

DAY = timedelta(days=1)


class Hours(NamedTuple):
    """From when to when on one day, by London's clocks."""

    starts: time
    ends: time


# By the weekday, as `date.weekday` counts; on one that is not there, no hours.
Week = Mapping[int, Hours]

# Whoever says nothing is there while schools are, their clubs after lessons included.
SCHOOL_HOURS: Week = {weekday: Hours(time(8), time(18)) for weekday in range(5)}
# Careers evenings and open evenings end by then.
WITH_EVENINGS: Week = {weekday: Hours(time(8), time(21)) for weekday in range(5)}


@dataclass(frozen=True)
class MyTime:
    """All that somebody says of their time."""

    # None: the hours of schools.
    week: Week | None = None
    # None: as many as are asked for.
    visits_a_month: int | None = None
    visits_a_term: int | None = None
    notice_days: int = 0
    rest_days: int = 0
    at_short_notice: bool = False
    only_by_hand: bool = False


def hours_on(day: date, week: Week | None) -> tuple[datetime, datetime] | None:
    """The hours of this day as moments, or None where there are none; who said nothing keeps those of schools."""
    hours = (SCHOOL_HOURS if week is None else week).get(day.weekday())
    return (moment(day, hours.starts), moment(day, hours.ends)) if hours else None


class PartOfDay(NamedTuple):
    """From one moment until before another, both of one day in London; it may end with the day."""

    day: date
    starts_at: datetime
    ends_at: datetime


def by_day(intervals: Iterable[tuple[datetime, datetime]]) -> Iterator[PartOfDay]:
    """These intervals, cut at London's midnights, in their order."""
    for starts_at, ends_at in intervals:
        begins = starts_at
        while begins < ends_at:
            day = day_of(begins)
            ends = min(ends_at, moment(day + DAY, time()))
            yield PartOfDay(day, begins, ends)
            begins = ends
