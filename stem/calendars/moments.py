"""Dates, times and lengths as calendar files write them, and the clocks they are read on (RFC 5545, 3.3.4 to 3.3.9).

A `wall` is what a clock on the wall shows, as seconds since it showed the first instant of 1970: counting on needs no
zone, and no year is too early or too late. An instant is seconds since the same moment in UTC.
"""

import re
from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

DAY = 86_400
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  a wall has no zone
EARLIEST = (date(1, 1, 3).toordinal() - EPOCH_ORDINAL) * DAY
LATEST = (date(9999, 12, 29).toordinal() - EPOCH_ORDINAL) * DAY

TIME = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE
)
LENGTH = re.compile(
    r"([+-])?P(?=[\dT])(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?",
    re.IGNORECASE,
)


class Unreadable(ValueError):
    """What stands there follows no form that we know; its argument is the code of a `Problem`."""


class Clock(Protocol):
    """A zone's clock: how far it is ahead of UTC."""

    def __hash__(self) -> int: ...

    def offset(self, wall: int) -> int:
        """How many seconds ahead it is when it shows this; the earlier time of two, and across a gap as before it."""
        ...


class FixedClock:
    """A clock that is never changed."""

    def __init__(self, ahead: int = 0) -> None:
        self.ahead = ahead

    def offset(self, wall: int) -> int:
        """The same at any time."""
        return self.ahead


class ZoneClock:
    """The clock of a place in the time zone database."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._days: dict[int, int | None] = {}

    def offset(self, wall: int) -> int:
        """As RFC 5545 (3.3.5) reads a time that occurs twice or never; so does Python without a fold (PEP 495)."""
        day = wall // DAY
        if day not in self._days:
            begins, ends = self._ask(day * DAY), self._ask(day * DAY + DAY - 1)
            self._days[day] = begins if begins == ends else None
        known = self._days[day]
        return self._ask(wall) if known is None else known

    def _ask(self, wall: int) -> int:
        shown = EPOCH + timedelta(seconds=min(max(wall, EARLIEST), LATEST))
        ahead = shown.replace(tzinfo=self.zone).utcoffset()
        return 0 if ahead is None else int(ahead.total_seconds())


class ChangingClock:
    """A clock that is changed at these walls, each with how far it is ahead from then on."""

    def __init__(self, first: int, changes: list[tuple[int, int]]) -> None:
        self._walls = [wall for wall, _ahead in changes]
        self._aheads = [first, *(ahead for _wall, ahead in changes)]

    def offset(self, wall: int) -> int:
        """As after the last change before it."""
        return self._aheads[bisect_right(self._walls, wall)]


UTC_CLOCK = FixedClock()


class Moment(NamedTuple):
    """A day, or a time of one, on a clock."""

    wall: int
    clock: Clock
    is_day: bool = False

    @property
    def instant(self) -> int:
        """Seconds since the first instant of 1970 in UTC."""
        return self.wall - self.clock.offset(self.wall)


class Length(NamedTuple):
    """How long something lasts: whole days by the calendar, then seconds that are all of one length (3.3.6)."""

    days: int = 0
    seconds: int = 0

    @property
    def longest(self) -> int:
        """No less than what it can come to in seconds."""
        return max(0, self.days * DAY + self.seconds) + (DAY if self.days else 0)

    def end_of(self, wall: int, clock: Clock) -> int:
        """The instant at which what begins at this wall ends."""
        ends = wall + self.days * DAY
        return ends - clock.offset(ends) + self.seconds


def read_time(text: str, clock: Clock, days: Clock, *, as_day: bool) -> Moment:
    """One date or time: a time that names no zone itself is shown by `clock`, a day by `days`.

    Raises `Unreadable`.
    """
    day, time, zone = _parts(text)
    if as_day or time is None:
        return Moment(day, days, is_day=True)
    return Moment(day + time, clock if zone is None else _clock_of(zone))


@lru_cache(maxsize=50_000)
def _parts(text: str) -> tuple[int, int | None, str | None]:
    """The wall of a day, the seconds of it, and a zone; calendars name the same moments again and again."""
    found = TIME.fullmatch(text)
    if found is None:
        raise Unreadable("time")
    year, month, day, hour, minute, second, zone = found.groups()
    try:
        begins = (date(int(year), int(month), int(day)).toordinal() - EPOCH_ORDINAL) * DAY
    except ValueError as error:
        raise Unreadable("time") from error
    if hour is None:
        return begins, None, None
    # a minute's last second stands for the leap second after it
    hours, minutes, seconds = int(hour), int(minute), min(int(second or 0), 59)
    if minutes > 59 or hours > 24 or (hours == 24 and (minutes or seconds)):
        raise Unreadable("time")
    return begins, hours * 3600 + minutes * 60 + seconds, zone


def _clock_of(zone: str) -> Clock:
    return UTC_CLOCK if zone in "Zz" else FixedClock(read_offset(zone))


def read_offset(text: str) -> int:
    """How far ahead of UTC, written as "+0100", "-05:00" or with seconds. Raises `Unreadable`."""
    found = re.fullmatch(r"([+-])(\d\d):?(\d\d)(?::?(\d\d))?", text)
    if found is None or int(found[2]) > 18:
        raise Unreadable("offset")
    ahead = int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4] or 0)
    return -ahead if found[1] == "-" else ahead


@lru_cache(maxsize=1_000)
def read_length(text: str) -> Length:
    """A duration such as "P1DT2H", which may be negative. Raises `Unreadable`."""
    found = LENGTH.fullmatch(text)
    if found is None:
        raise Unreadable("length")
    sign = -1 if found[1] == "-" else 1
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return Length(sign * (weeks * 7 + days), sign * (hours * 3600 + minutes * 60 + seconds))


def instant_of(at: datetime) -> int:
    """A moment with its zone in seconds since 1970."""
    return int(at.timestamp())


def moment_at(instant: int) -> datetime:
    """An instant as a moment in UTC."""
    return datetime.fromtimestamp(instant, UTC)
