"""How long a worry may wait, in working time: a target, a limit, and a colour that says where it stands (rule 2.9)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

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
