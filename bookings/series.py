"""The meetings of a series: one weekday and hour, so many weeks apart, when the class has visitors. Pure."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils.timezone import get_default_timezone

from stem.moments import day_of, moment

Interval = tuple[datetime, datetime]

# No series goes on for longer: where a school is hardly ever open on that weekday it has fewer meetings.
LONGEST = timedelta(weeks=52)


def meetings_from(
    first: Interval, count: int, weeks_apart: int, *, is_open: Callable[[date], bool]
) -> tuple[Interval, ...]:
    """The first meeting, and those that follow it, so many in all, by London's clock.

    A day on which the class has no visitor is left out, and the series goes on for longer; the first is as it was
    chosen.
    """
    london = get_default_timezone()
    starts, ends = (edge.astimezone(london).time() for edge in first)
    begun = day_of(first[0])
    found, day = [first], begun
    while len(found) < count:
        day += timedelta(weeks=weeks_apart)
        if day - begun > LONGEST:
            break
        if is_open(day):
            found.append((moment(day, starts), moment(day, ends)))
    return tuple(found)
