"""The clocks that a calendar file defines itself (RFC 5545, 3.6.5)."""

import re
from collections.abc import Iterator

from stem.calendars.choosing_days import Spend
from stem.calendars.components import Component, read_components, value_of
from stem.calendars.moments import DAY, UTC_CLOCK, ChangingClock, Clock, Unreadable, read_offset, read_time
from stem.calendars.recurrence import read_rule
from stem.calendars.repeating import repeat
from stem.calendars.text import decode, outside_quotes

ZONE = re.compile(rb"\n[ \t]*(BEGIN|END)[ \t]*:[ \t]*VTIMEZONE[ \t]*$", re.IGNORECASE | re.MULTILINE)
# Something that lasts so long before the days asked about is reckoned with the clock of its time.
YEARS_BEFORE = 60 * 366 * DAY
YEARS_AFTER = 3 * 366 * DAY
# Twice a year over that time, and room for those who wrote each year's changes out.
MOST_CHANGES = 2_000


def read_definitions(data: bytes) -> dict[str, list[Component]]:
    """The definitions that stand in a file, by their names, wherever they stand: some programs put them last."""
    found: dict[str, list[Component]] = {}
    begin: int | None = None
    for mark in ZONE.finditer(data):
        if begin is not None:
            _keep(data[begin : mark.end()], found)
        begin = mark.start() if mark[1].upper() == b"BEGIN" else None
    return found


def _keep(block: bytes, found: dict[str, list[Component]]) -> None:
    for zone in read_components(block):
        name = zone.first(b"TZID")
        if zone.kind == b"VTIMEZONE" and name is not None:
            found.setdefault(name_of(value_of(name)), []).append(zone)


def name_of(value: bytes) -> str:
    """A zone's name in the one spelling in which names are compared."""
    return " ".join(decode(value).replace('"', " ").replace("\\", "").split())


def clock_from(zone: Component, low: int, high: int, spend: Spend) -> Clock:
    """The clock that a definition describes, near these instants. Raises `Unreadable` where it describes none."""
    changes: list[tuple[int, int, int]] = []
    for part in zone.parts:
        before, ahead = (
            read_offset(value_of(part.first(name) or b"").decode("ascii", "replace"))
            for name in (b"TZOFFSETFROM", b"TZOFFSETTO")
        )
        # A time that is passed over is read as before the change, so the new clock begins behind the gap.
        changes += [(wall + max(0, ahead - before), before, ahead) for wall in _onsets(part, before, low, high, spend)]
        if len(changes) > MOST_CHANGES:
            raise Unreadable("zone")
    if not changes:
        raise Unreadable("zone")
    changes.sort()
    return ChangingClock(changes[0][1], [(wall, ahead) for wall, _before, ahead in changes])


def _onsets(part: Component, before: int, low: int, high: int, spend: Spend) -> Iterator[int]:
    """The walls at which a clock is changed to this part, the first ever among them."""
    start = read_time(
        value_of(part.first(b"DTSTART") or b"").decode("ascii", "replace"), UTC_CLOCK, UTC_CLOCK, as_day=False
    )
    yield start.wall
    low, high = low - YEARS_BEFORE, high + YEARS_AFTER
    for rest in part.all(b"RRULE"):
        rule = read_rule(value_of(rest).decode("ascii", "replace"), UTC_CLOCK)
        last = high
        if rule.until is not None:
            # Its last change is written in UTC, and the others on the clock as it was before each.
            last = min(last, rule.until.wall + before + 1)
        for run in repeat(rule, start.wall, max(low, start.wall), last, spend):
            if run.times > MOST_CHANGES:
                raise Unreadable("zone")
            yield from run.walls
    for rest in part.all(b"RDATE"):
        for piece in outside_quotes(value_of(rest).decode("ascii", "replace"), ","):
            yield read_time(piece.partition("/")[0].strip(), UTC_CLOCK, UTC_CLOCK, as_day=False).wall
