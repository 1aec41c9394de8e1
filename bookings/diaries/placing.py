"""Where the hours of a week are drawn: by London's clocks, in quarters of an hour, what overlaps side by side. Pure.

On the days on which the clocks change the columns are as long as on any other: what lasts over the lost hour is drawn
an hour longer than it is, and what lies in the hour that comes twice at least a quarter long.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Generic, TypeVar

from django.utils.timezone import get_default_timezone

from bookings.diaries.days import Day
from bookings.diaries.entries import Entry
from bookings.free_time import Span
from stem.moments import day_of
from stem.wording import clock_in_words

QUARTERS_OF_HOUR, QUARTERS_OF_DAY = 4, 96
# A week shows these hours at least.
SHOWN_FROM, SHOWN_TO = 8 * QUARTERS_OF_HOUR, 18 * QUARTERS_OF_HOUR
# In a narrower lane nothing could be read: what finds no room stands at the head of its day.
MOST_LANES = 2

Drawn = TypeVar("Drawn", Entry, Span)


@dataclass(frozen=True)
class Placed(Generic[Drawn]):
    """Where something is drawn: after how many quarters, how many long, and in which of how many lanes."""

    what: Drawn
    start: int
    length: int
    lane: int = 1
    lanes: int = 1

    @property
    def end(self) -> int:
        """The quarter before which it ends."""
        return self.start + self.length


@dataclass(frozen=True)
class Column:
    """A day of a week with what is drawn in it, and what found no room."""

    day: Day
    placed: tuple[Placed[Entry], ...]
    left: tuple[Entry, ...]
    ground: tuple[Placed[Span], ...]


@dataclass(frozen=True)
class WeekGrid:
    """The seven columns, the hours beside them, and how many quarters all of them are long."""

    columns: tuple[Column, ...]
    hours: tuple[str, ...]
    length: int


def week_grid(days: Sequence[Day]) -> WeekGrid:
    """The week as a grid, from the hour of the first thing in it to that of the last, or those of schools."""
    edges = [edge for day in days for entry in day.timed for edge in _edges(entry)]
    begin = min([SHOWN_FROM, *edges]) // QUARTERS_OF_HOUR * QUARTERS_OF_HOUR
    end = -(-max([SHOWN_TO, *edges]) // QUARTERS_OF_HOUR) * QUARTERS_OF_HOUR
    return WeekGrid(
        tuple(_column(day, begin, end) for day in days),
        tuple(clock_in_words(time(hour)) for hour in range(begin // QUARTERS_OF_HOUR, end // QUARTERS_OF_HOUR)),
        end - begin,
    )


def side_by_side(entries: Iterable[Entry], begin: int = 0) -> tuple[list[Placed[Entry]], list[Entry]]:
    """What is drawn, nothing upon anything else, and what would need one lane more than can be read."""
    placed: list[Placed[Entry]] = []
    left: list[Entry] = []
    together: list[tuple[Entry, int, int, int]] = []
    for entry in sorted(entries, key=lambda each: (_edges(each)[0], -_edges(each)[1], each.title)):
        start, end = _edges(entry)
        if together and start >= max(until for _entry, _start, until, _lane in together):
            placed += _in_lanes(together, begin)
            together = []
        taken = {lane for _entry, _start, until, lane in together if until > start}
        lane = min(set(range(1, MOST_LANES + 1)) - taken, default=None)
        if lane is None:
            left.append(entry)
        else:
            together.append((entry, start, end, lane))
    return placed + _in_lanes(together, begin), left


def _in_lanes(together: list[tuple[Entry, int, int, int]], begin: int) -> list[Placed[Entry]]:
    """What overlaps, one thing through another, shares the width."""
    lanes = max((lane for _entry, _start, _end, lane in together), default=1)
    return [Placed(entry, start - begin, end - start, lane, lanes) for entry, start, end, lane in together]


def _column(day: Day, begin: int, end: int) -> Column:
    placed, left = side_by_side(day.timed, begin)
    ground = [
        Placed(span, max(start, begin) - begin, min(until, end) - max(start, begin))
        for span in day.spans
        for start, until in [_edges(span)]
        if min(until, end) > max(start, begin)
    ]
    return Column(day, tuple(placed), tuple(left), tuple(ground))


def _edges(what: Entry | Span) -> tuple[int, int]:
    """The first quarter of the day in which it lies, and the one after the last; never none between."""
    start = _quarters(what.starts_at)
    is_over_night = day_of(what.ends_at) != day_of(what.starts_at)
    end = QUARTERS_OF_DAY if is_over_night else -(-_minutes(what.ends_at) // 15)
    return start, max(end, start + 1)


def _quarters(at: datetime) -> int:
    return _minutes(at) // 15


def _minutes(at: datetime) -> int:
    shown = at.astimezone(get_default_timezone())
    return shown.hour * 60 + shown.minute
