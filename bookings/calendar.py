"""A visit as calendars see it: one identity for life, in the invitation and in the feed alike."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from bookings.coming import visitors_of, watcher_of
from bookings.enums import Alarms, VisitStatus
from bookings.models import Visit
from stem.calendars.writing import CalendarEvent
from stem.geography.points import Point
from stem.scheme.identity import who_we_are

CALENDAR_STATUS: dict[VisitStatus, Literal["TENTATIVE", "CONFIRMED"]] = {
    VisitStatus.FINDING: "TENTATIVE",
    VisitStatus.MATCHED: "TENTATIVE",
    VisitStatus.CONFIRMED: "CONFIRMED",
    VisitStatus.DELIVERED: "CONFIRMED",
}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ALARMS: dict[Alarms, tuple[timedelta, ...]] = {
    Alarms.NONE: (),
    Alarms.HOUR: (HOUR,),
    Alarms.DAY: (DAY,),
    Alarms.BOTH: (DAY, HOUR),
}


class Told(NamedTuple):
    """All that any calendar is told of a visit: while this is the same, so is what was written."""

    pk: int
    uid: UUID
    sequence: int
    starts_at: datetime
    ends_at: datetime
    status: str
    changed_at: datetime
    purpose: str
    is_online: bool
    school: str
    address: str
    place: Point | None
    people: tuple[str, ...]
    watching: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sender:
    """Who says so: the domain that every name of a visit ends in, and the address of whoever arranges it.

    The domain is the installation's, from its settings, and not that of the address which the scheme may change on a
    page: a visit under another UID would stand twice in everybody's calendar.
    """

    domain: str
    email: str


def sender() -> Sender:
    """The scheme, as it is now."""
    return Sender(settings.SCHEME_DOMAIN, who_we_are().email)


def visit_event(visit: Visit, *, url: str, attendees: Iterable[str] = (), watches: bool = False) -> CalendarEvent:
    """This visit, which must have a time, as one calendar entry; it names no pupil and no one's home.

    `watches` where it is for the calendar of whoever comes along.
    """
    event = event_of(told_of(visit), by=sender(), url=url, watches=watches)
    return replace(event, attendee_emails=tuple(attendees))


def told_of(visit: Visit) -> Told:
    """What calendars are told of this visit, which must have a time."""
    assert visit.starts_at is not None and visit.ends_at is not None
    school, seats = visit.request.school, list(visit.seats.all())
    return Told(
        pk=visit.pk,
        uid=visit.uid,
        sequence=visit.sequence,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        status=visit.status,
        changed_at=visit.changed_at,
        purpose=visit.request.purpose,
        is_online=visit.request.is_online,
        school=school.name,
        address=school.address,
        place=None if school.approximate else school.point,
        people=tuple(person.full_name for person in visitors_of(seats)),
        watching=tuple(person.full_name for person in [watcher_of(seats)] if person is not None),
    )


def event_of(told: Told, *, by: Sender, url: str, watches: bool = False) -> CalendarEvent:
    """What was told of a visit as a calendar entry; nobody is named before everyone needed said yes (rule P-05).

    In the calendar of whoever `watches` it says beside whom, and in the others who comes along.
    """
    is_open = told.status == VisitStatus.FINDING
    people = ", ".join(() if is_open else told.people) or _("someone to be found")
    place = None if told.is_online else told.place
    along = () if is_open or watches else told.watching
    summary = _("STEM visit: beside %(people)s at %(school)s") if watches else _("STEM visit: %(people)s at %(school)s")
    words = [told.purpose, url]
    words += [_("%(name)s comes along to watch.") % {"name": name} for name in along]
    words += [_("Map: %(address)s") % {"address": map_of(place)}] if place else []
    return replace(
        time_of(told, by=by),
        summary=summary % {"people": people, "school": told.school},
        description="\n".join(words),
        location=_("Online") if told.is_online else f"{told.school}, {told.address}",
        place=place,
        organiser_email=by.email,
        url=url,
    )


def busy_event(told: Told, *, by: Sender) -> CalendarEvent:
    """The same entry for a calendar that others look into: when, and nothing of where, why or with whom.

    By its name and number it is the same event as in the invitation, so that no program shows it twice.
    """
    return replace(time_of(told, by=by), summary=_("Busy"), is_private=True)


def time_of(told: Told, *, by: Sender) -> CalendarEvent:
    """An entry of when it is and whether it stands, without a word."""
    return CalendarEvent(
        uid=f"{told.uid}@visits.{by.domain}",
        sequence=told.sequence,
        starts_at=told.starts_at,
        ends_at=told.ends_at,
        summary="",
        status=CALENDAR_STATUS.get(VisitStatus(told.status), "CANCELLED"),
        updated_at=told.changed_at,
    )


def journeys_of(event: CalendarEvent, *, minutes: int, school: str) -> list[CalendarEvent]:
    """The way there and the way back of somebody, as entries of their own; without the school's name if none is given.

    `minutes` is one way, by the rule for everybody (T-30). Where it begins is not said.
    """
    length = timedelta(minutes=minutes)
    name, _at, domain = event.uid.partition("@")
    plain = replace(event, description="", location="", place=None, url="", organiser_email="", alarms=())
    there = _("Journey to %(school)s") % {"school": school} if school else event.summary
    back = _("Journey back from %(school)s") % {"school": school} if school else event.summary
    return [
        replace(
            plain,
            uid=f"{name}-there@{domain}",
            summary=there,
            starts_at=event.starts_at - length,
            ends_at=event.starts_at,
        ),
        replace(
            plain, uid=f"{name}-back@{domain}", summary=back, starts_at=event.ends_at, ends_at=event.ends_at + length
        ),
    ]


def map_of(place: Point) -> str:
    """The address of a map with a mark at this place; only whoever follows it asks anybody for anything."""
    lat, lon = round(place.lat, 5), round(place.lon, 5)
    return f"https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"
