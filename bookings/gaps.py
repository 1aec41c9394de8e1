"""Whether there is time between two visits to get from the one to the other (rule T-22): pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from stem.geography.points import Point
from stem.geography.travel import minutes_between

Interval = tuple[datetime, datetime]
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Stay:
    """A visit as a traveller sees it: from when to when, and where. Online it is nowhere: nobody travels to it."""

    starts_at: datetime
    ends_at: datetime
    school: int
    point: Point | None = None
    is_online: bool = False


@dataclass(frozen=True)
class Gap:
    """How many minutes lie between two visits, and how many the way and something to spare take."""

    minutes: int
    needed: int

    @property
    def is_too_tight(self) -> bool:
        """Whether there are fewer than it takes."""
        return self.minutes < self.needed


def minutes_needed(one: Stay, other: Stay, *, buffer: int) -> int:
    """The journey (rule T-30) and a buffer; nil within one school, and where nobody travels.

    Of a school that is nowhere on the map nobody knows the way: the buffer alone is asked for.
    """
    if one.school == other.school or one.is_online or other.is_online:
        return 0
    way = minutes_between(one.point, other.point) if one.point and other.point else 0
    return way + buffer


def gap_between(one: Stay, other: Stay, *, buffer: int) -> Gap:
    """The gap between two visits, whichever comes first; of two that overlap it is nil."""
    first, second = sorted((one, other), key=lambda stay: (stay.starts_at, stay.ends_at))
    # A second too few is a minute too few: what is promised is kept.
    minutes = max(0, -ceil((first.ends_at - second.starts_at) / MINUTE))
    return Gap(minutes, minutes_needed(one, other, buffer=buffer))
