"""Write calendars that other people's programs understand (RFC 5545, and RFC 5546 for what goes by e-mail)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vDuration

from stem.geography.points import Point

LONDON = ZoneInfo("Europe/London")
PRODUCT = "-//Rolemodel//Visits//EN"
REFRESHED_EVERY = timedelta(hours=1)
# Raised with each change of what is written for the same events: programs that hold the old text are then sent the new.
WRITTEN_AS = 2

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
    # Where it is, in degrees; and how long before it a program should speak up, in a feed alone.
    place: Point | None = None
    alarms: tuple[timedelta, ...] = ()
    # Others with whom the calendar is shared are told no more than that there is something.
    is_private: bool = False


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
        # For programs that show all of a calendar by one clock, and would otherwise take their own for the visits'.
        calendar.add("X-WR-TIMEZONE", LONDON.key)
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
    if standing == "CANCELLED":
        written.add("TRANSP", "TRANSPARENT")  # nobody is kept from anything by what does not take place
    if event.is_private:
        written.add("CLASS", "PRIVATE")
    if event.place is not None:
        written.add("GEO", (round(event.place.lat, 5), round(event.place.lon, 5)))
    if event.organiser_email:
        written["ORGANIZER"] = vCalAddress.new(event.organiser_email, cn=event.organiser_name or None)
    if method == "PUBLISH":
        for before in event.alarms:
            written.add_component(_alarm(event, before))
    else:  # RFC 5546 forbids to name attendees in what is published
        for address in event.attendee_emails:
            written.add("ATTENDEE", _attendee(address, standing))
    return written


def _alarm(event: CalendarEvent, before: timedelta) -> Alarm:
    """A reminder with a name of its own, so that one which was put off is not a new one an hour later (RFC 9074)."""
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", -before)
    alarm.add("DESCRIPTION", event.summary)
    alarm.add("UID", f"{before.total_seconds():.0f}.{event.uid}")
    return alarm


def _attendee(address: str, standing: Standing) -> vCalAddress:
    # They answer here, not by a mail program's reply, which nobody would read.
    answer = "ACCEPTED" if standing == "CONFIRMED" else "NEEDS-ACTION"
    return vCalAddress.new(address, partstat=answer, role="REQ-PARTICIPANT", rsvp=False)
