"""Other times that would do as well for a class: pure, from the times it asks for and when its school is open."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime

from stem.moments import day_of, moment

Interval = tuple[datetime, datetime]
DAY = timedelta(days=1)
# As far before and after as a lesson may be put off, and so many of the nearest days.
FARTHEST, MOST_DAYS = 7, 6
MORNING, AFTERNOON, OVER = time(9, 30), time(13, 30), time(16)


def other_times(times: Sequence[Interval], *, is_open: Callable[[date], bool], earliest: date) -> list[Interval]:
    """The same hours on the nearest days, then the other half of the day, of the first of these times.

    None is on a day on which the school has no visitors, or sooner than the school was promised (rules T-10, T-11);
    none is among the times already. Nothing for no times.
    """
    if not times:
        return []
    found = [*_other_days(times[0], is_open, earliest), *_other_half(times[0], is_open, earliest)]
    return [each for each in found if each not in times]


def _other_days(interval: Interval, is_open: Callable[[date], bool], earliest: date) -> Iterator[Interval]:
    """The nearest days first, and of two as near the later."""
    starts_at, ends_at = (localtime(each) for each in interval)
    first, lasting = day_of(interval[0]), ends_at.date() - starts_at.date()
    away = sorted((each for each in range(-FARTHEST, FARTHEST + 1) if each), key=lambda each: (abs(each), -each))
    days = [first + each * DAY for each in away]
    for day in [each for each in days if each >= earliest and is_open(each)][:MOST_DAYS]:
        yield moment(day, starts_at.time()), moment(day + lasting, ends_at.time())


def _other_half(interval: Interval, is_open: Callable[[date], bool], earliest: date) -> Iterator[Interval]:
    """As long in the afternoon instead of the morning, or the other way round, if school is not over before it ends."""
    day = day_of(interval[0])
    is_morning = localtime(interval[0]).time() < time(12)
    if day >= earliest and is_open(day):
        starts_at = moment(day, AFTERNOON if is_morning else MORNING)
        ends_at = starts_at + (interval[1] - interval[0])
        if ends_at <= moment(day, OVER):
            yield starts_at, ends_at
