"""Write calendars that other people's programs understand (RFC 5545, and RFC 5546 for what goes by e-mail)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vDuration

LONDON = ZoneInfo("Europe/London")
PRODUCT = "-//Rolemodel//Visits//EN"
REFRESHED_EVERY = timedelta(hours=1)

# Written as the rule it is: shorter than the years a library would list, right in all of them, and its clocks change at
# 01:00 UTC, where the library's list has spring's an hour late.
LONDON_CLOCK = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
Standing = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


@dataclass(frozen=True)
class CalendarEvent:
    """One event, as every calendar that holds it is told of it.

    `uid` never changes; `sequence` goes up with each change of time, place or standing, and `updated_at` with it.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    updated_at: datetime
    description: str = ""
    location: str = ""
    status: Standing = "CONFIRMED"
    organiser_email: str = ""
    organiser_name: str = ""
    attendee_emails: tuple[str, ...] = ()
    url: str = ""


def write_calendar(events: Iterable[CalendarEvent], *, name: str, method: Method) -> bytes:
    """A calendar file: PUBLISH for a feed or a download, REQUEST or CANCEL for an invitation.

    The same events always give the same bytes.
    """
    is_feed = method == "PUBLISH"
    calendar = Calendar.new(
        prodid=PRODUCT,
        method=method,
        name=name if is_feed else None,
    )
    # The library draws one at random; an answer that changes each time defeats every cache.
    del calendar["UID"]
    if is_feed:
        # Two spellings of one wish: the standard's, and the one that older programs know.
        calendar.add("REFRESH-INTERVAL", vDuration(REFRESHED_EVERY), parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", vDuration(REFRESHED_EVERY))
    calendar.add_component(Timezone.from_ical(LONDON_CLOCK))
    for event in events:
        calendar.add_component(_write_event(event, method))
    return bytes(calendar.to_ical())


def _write_event(event: CalendarEvent, method: Method) -> Event:
    standing: Standing = "CANCELLED" if method == "CANCEL" else event.status
    written = Event.new(
        uid=event.uid,
        sequence=event.sequence,
        stamp=event.updated_at.astimezone(UTC),
        last_modified=event.updated_at.astimezone(UTC),
        start=event.starts_at.astimezone(LONDON),
        end=event.ends_at.astimezone(LONDON),
        summary=event.summary,
        description=event.description or None,
        location=event.location or None,
        status=standing,  # type: ignore[arg-type]  # its enumeration is of these very words
        url=event.url or None,
    )
    if event.organiser_email:
        written["ORGANIZER"] = vCalAddress.new(event.organiser_email, cn=event.organiser_name or None)
    if method != "PUBLISH":  # which RFC 5546 forbids to name attendees
        for address in event.attendee_emails:
            written.add("ATTENDEE", _attendee(address, standing))
    return written


def _attendee(address: str, standing: Standing) -> vCalAddress:
    # They answer here, not by a mail program's reply, which nobody would read.
    answer = "ACCEPTED" if standing == "CONFIRMED" else "NEEDS-ACTION"
    return vCalAddress.new(address, partstat=answer, role="REQ-PARTICIPANT", rsvp=False)
