"""Write when someone is busy, and nothing of why (RFC 5545, 3.6.4): for whoever plans with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, FreeBusy, vCalAddress, vDuration, vPeriod

from stem.calendars.writing import PRODUCT, REFRESHED_EVERY

Interval = tuple[datetime, datetime]


@dataclass(frozen=True)
class BusyTime:
    """Somebody's busy time between two moments; `busy` may overlap and need not be sorted.

    `uid` never changes. `organiser_email` is who says so, which a published busy time must name (RFC 5546, 3.3.1).
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    updated_at: datetime
    organiser_email: str
    busy: tuple[Interval, ...]


def write_busy_time(time: BusyTime) -> bytes:
    """A calendar file with this busy time, in UTC, cut to its two moments; the same time gives the same bytes."""
    calendar = Calendar.new(prodid=PRODUCT, method="PUBLISH")
    del calendar["UID"]  # drawn at random
    calendar.add("REFRESH-INTERVAL", vDuration(REFRESHED_EVERY), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(REFRESHED_EVERY))
    said = FreeBusy()
    said.add("UID", time.uid)
    said.add("DTSTAMP", time.updated_at.astimezone(UTC))
    said.add("DTSTART", time.starts_at.astimezone(UTC))
    said.add("DTEND", time.ends_at.astimezone(UTC))
    said["ORGANIZER"] = vCalAddress.new(time.organiser_email)
    for interval in joined(time.busy, time.starts_at, time.ends_at):
        said.add("FREEBUSY", vPeriod(interval), parameters={"FBTYPE": "BUSY"})
    calendar.add_component(said)
    return bytes(calendar.to_ical())


def joined(busy: Iterable[Interval], starts_at: datetime, ends_at: datetime) -> list[Interval]:
    """These intervals in UTC, cut to two moments, sorted, and made one where they overlap or touch."""
    found: list[Interval] = []
    for begins, ends in sorted(busy):
        begins, ends = max(begins, starts_at).astimezone(UTC), min(ends, ends_at).astimezone(UTC)
        if begins >= ends:
            continue
        if found and begins <= found[-1][1]:
            begins, ends = found[-1][0], max(ends, found[-1][1])
            found.pop()
        found.append((begins, ends))
    return found
