"""The clocks of one calendar file, and its dates and times read on them."""

import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

from stem.calendars.choosing_days import Spend
from stem.calendars.components import Component, value_of
from stem.calendars.definitions import clock_from, name_of
from stem.calendars.moments import DAY, Clock, Length, Moment, Unreadable, ZoneClock, read_length, read_time
from stem.calendars.text import decode, outside_quotes
from stem.calendars.zones import LONDON_CLOCK, clock_of_name, clock_of_place

# A code, and what the sentence about it names.
Report = Callable[[str, str], None]
# The first colon before something like a date: zones are called "(UTC+00:00) London" and "tzone://Microsoft/Utc".
DATED = re.compile(rb"([^\n]*?):[ \t]*(\d{4}-?\d\d-?\d\d[^\n]*)")
# How often two clocks are compared in the time asked about.
COMPARED_EVERY = 5 * DAY
MOST_COMPARED = 150
MOST_STEPS = 20_000
LONGEST_HEAD = 1_000


# London's as well, and another one than that: in a series, what names no zone is of the series' zone.
FLOATING_CLOCK = ZoneClock(LONDON_CLOCK.zone)


class Head(NamedTuple):
    """What the parameters of a date say of it."""

    clock: Clock | None
    is_day: bool
    is_period: bool
    reaches_on: bool


class Clocks:
    """The clocks that one file means by its names of time zones."""

    def __init__(
        self, definitions: dict[str, list[Component]], low: int, high: int, spend: Spend, report: Report
    ) -> None:
        self._definitions = definitions
        self._low, self._high = low, high
        self.spend, self._report = spend, report
        self._clocks: dict[str, Clock] = {}
        self._heads: dict[bytes, Head] = {}

    def read(self, rest: bytes) -> Moment:
        """The one date or time of a property. Raises `Unreadable`."""
        head, value = self.head(rest)
        return self.moment(head, value)

    def read_all(self, rest: bytes, zoneless: Clock | None = None) -> Iterator[tuple[Moment, Length | None] | None]:
        """Each date, time or period of a property, a period's with how long it lasts; None for what cannot be read.

        A time that names no zone is shown by `zoneless`, or else by London's clock.
        """
        try:
            head, value = self.head(rest)
        except Unreadable:
            yield None
            return
        for piece in value.replace(";", ",").split(","):
            self.spend(1)
            try:
                if piece.strip():
                    yield self.period(head._replace(clock=head.clock or zoneless), piece.strip())
            except Unreadable:
                yield None

    def moment(self, head: Head, text: str) -> Moment:
        """One date or time below such a head; without a zone it is London's."""
        return read_time(text, head.clock or FLOATING_CLOCK, LONDON_CLOCK, as_day=head.is_day)

    def period(self, head: Head, text: str) -> tuple[Moment, Length | None]:
        """One date, or a time with its end or its length behind a slash."""
        begins, slash, ends = text.partition("/")
        start = self.moment(head, begins.strip())
        if not slash:
            return start, None
        ends = ends.strip()
        if ends[:1] in {"P", "p", "+", "-"}:
            return start, read_length(ends)
        return start, Length(seconds=self.moment(head, ends).instant - start.instant)

    def head(self, rest: bytes) -> tuple[Head, str]:
        """What a property's parameters say, and its value. A colon may stand in a zone's name, even without quotes."""
        found = DATED.match(rest)
        head, value = found.groups() if found is not None else rest.partition(b":")[::2]
        if len(head) > LONGEST_HEAD:
            raise Unreadable("time")
        if head not in self._heads:
            self._heads[head] = self._read_head(decode(head))
        return self._heads[head], value.strip().decode("ascii", "replace")

    def _read_head(self, text: str) -> Head:
        said: dict[str, str] = {}
        for piece in outside_quotes(text, ";"):
            name, _equals, value = piece.partition("=")
            said[name.strip().upper()] = value.strip()
        kind = said.get("VALUE", "").strip('"').upper()
        zone = said.get("TZID", "").strip()
        clock = self._clock(name_of(zone.encode())) if zone.strip('"') else None
        return Head(
            clock, kind == "DATE", kind == "PERIOD", said.get("RANGE", "").strip('"').upper() == "THISANDFUTURE"
        )

    def _clock(self, name: str) -> Clock:
        if name not in self._clocks:
            self._clocks[name] = self._find(name)
        return self._clocks[name]

    def _find(self, name: str) -> Clock:
        place = clock_of_place(name)
        defined = self._defined(name)
        if place is not None:
            if defined is not None and self._differ(place, defined):
                self._report("zone_differs", name)
            return place
        found = defined or clock_of_name(name) or self._located(name)
        if found is None:
            self._report("zone_unknown", name)
            return LONDON_CLOCK
        return found

    def _defined(self, name: str) -> Clock | None:
        for zone in self._definitions.get(name, ()):
            try:
                return clock_from(zone, self._low, self._high, self._limited())
            except Unreadable:
                continue
        return None

    def _limited(self) -> Spend:
        """So much work that every true definition can be read."""
        steps = count()

        def spend(_steps: int) -> None:
            self.spend(0)
            if next(steps) > MOST_STEPS:
                raise Unreadable("zone")

        return spend

    def _located(self, name: str) -> Clock | None:
        """The clock of the place that a definition which cannot be read names."""
        for zone in self._definitions.get(name, ()):
            place = zone.first(b"X-LIC-LOCATION")
            if place is not None and (clock := clock_of_place(name_of(value_of(place)))) is not None:
                return clock
        return None

    def _differ(self, one: Clock, other: Clock) -> bool:
        """Whether two clocks show different times in the middle of days asked about."""
        every = max(COMPARED_EVERY, (self._high - self._low) // MOST_COMPARED)
        walls = range(self._low // DAY * DAY + DAY // 2, self._high, every)
        return any(one.offset(wall) != other.offset(wall) for wall in walls)
