"""When letters leave that can wait: in their readers' working hours, wherever in the United Kingdom those are."""

from datetime import datetime, time, timedelta

from stem.moments import day_of, moment
from stem.workdays import is_working_day_everywhere

# People read what can wait while they may be at work.
DAY_BEGINS, DAY_ENDS = time(8), time(18)
# What is gathered leaves once a working day, at this time: with most of the day's news in it, and early enough for
# whoever would still do something about it.
GATHERED_AT = time(16)
DAY = timedelta(days=1)


def next_gathering(at: datetime) -> datetime:
    """When what is gathered from this moment on leaves: four in the afternoon of this working day, or of the next."""
    day = day_of(at)
    if at >= moment(day, GATHERED_AT):
        day += DAY
    while not is_working_day_everywhere(day):
        day += DAY
    return moment(day, GATHERED_AT)


def from_by_day(at: datetime) -> datetime:
    """This moment where people are at work, and otherwise eight in the morning of the next working day."""
    day = day_of(at)
    if is_working_day_everywhere(day):
        if at < moment(day, DAY_BEGINS):
            return moment(day, DAY_BEGINS)
        if at < moment(day, DAY_ENDS):
            return at
    day += DAY
    while not is_working_day_everywhere(day):
        day += DAY
    return moment(day, DAY_BEGINS)
