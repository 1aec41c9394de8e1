"""Deadlines in working time: nine to five on working days, by London's clocks (rule 2.9)."""

from datetime import datetime, time, timedelta

from stem.moments import day_of, moment
from stem.workdays import add_working_days, is_working_day

OPENS, CLOSES = time(9), time(17)
# So long is a working day: what is due within one is due at the same hour of the next.
WORKING_DAY = 8


def add_working_hours(at: datetime, hours: int, nation: str) -> datetime:
    """The moment by which so many working hours have passed; what comes in at night begins in the morning."""
    left, day = timedelta(hours=hours), day_of(at)
    begins = at
    if not is_working_day(day, nation) or at >= moment(day, CLOSES):
        day = add_working_days(day, 1, nation)
        begins = moment(day, OPENS)
    begins = max(begins, moment(day, OPENS))
    while left > moment(day, CLOSES) - begins:
        left -= moment(day, CLOSES) - begins
        day = add_working_days(day, 1, nation)
        begins = moment(day, OPENS)
    return begins + left
