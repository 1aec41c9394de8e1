"""How long a worry may wait, and a complaint, in working time; and a colour that says where each stands (rule 2.9)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from stem.workdays import add_working_days, is_working_day
from stem.workhours import WORKING_DAY, add_working_hours

# Somebody looks at it within so many working hours; the limit is a working day.
LOOKED_AT_WITHIN = 4

Tone = Literal["good", "warning", "bad"]


@dataclass(frozen=True)
class Clock:
    """By when something is meant to be done, by when it has to be, and how it stands now."""

    target_at: datetime
    limit_at: datetime
    tone: Tone


def clock_of(since: datetime, at: datetime, nation: str) -> Clock:
    """The clock that began then: green up to and with the target, amber up to and with the limit, then red."""
    target, limit = (add_working_hours(since, hours, nation) for hours in (LOOKED_AT_WITHIN, WORKING_DAY))
    return Clock(target, limit, "good" if at <= target else "warning" if at <= limit else "bad")


def by_the_law(day: date, days: int, nation: str) -> date:
    """The last of so many days of which the one after this is the first; a working day, or the next one (rule 3.7)."""
    last = day + timedelta(days=days)
    return last if is_working_day(last, nation) else add_working_days(last, 1, nation)


def tone_on(today: date, due_on: date, nation: str, *, ahead: int) -> Tone:
    """How a day stands by which something is due: amber from so many working days ahead, red once it is over."""
    if today > due_on:
        return "bad"
    return "warning" if today >= add_working_days(due_on, -ahead, nation) else "good"
