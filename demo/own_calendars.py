"""Two people of the demonstration who have sent a file of their own calendar."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from io import BytesIO

from ambassadors.models import Ambassador
from ambassadors.operations.own_calendars import add_calendar_file
from bookings.eligibility import times_on_offer
from bookings.enums import OfferStatus
from bookings.models import Offer
from stem.moments import day_of, moment

# Tom finds on an offer that he is busy at its time; the other shows near misses.
PEOPLE = ("tom-okafor@people.example", "amina-yusuf@people.example")
STAMP = "%Y%m%dT%H%M%SZ"
Interval = tuple[datetime, datetime]


def tell_of_own_calendars(*, at: datetime) -> None:
    """Send each one's file: a meeting every Monday, a fortnight away, and what they are asked for first."""
    for person in Ambassador.objects.filter(email__in=PEOPLE).select_related("user").order_by("pk"):
        assert person.user is not None
        file = BytesIO(_written([*_usual(at), *_asked_for(person, at)], at))
        add_calendar_file(ambassador=person, file=file, by=person.user, at=at)


def _usual(at: datetime) -> Iterable[Interval]:
    monday = day_of(at) - timedelta(days=day_of(at).weekday())
    for week in range(26):
        day = monday + timedelta(weeks=week)
        yield moment(day, time(9)), moment(day, time(10, 30))
    away = monday + timedelta(weeks=11)
    yield moment(away, time()), moment(away + timedelta(days=14), time())


def _asked_for(person: Ambassador, at: datetime) -> Iterable[Interval]:
    """The first time at which a school asks for this person now."""
    offers = Offer.objects.filter(ambassador=person, status=OfferStatus.SENT).order_by("pk")
    for offer in offers.select_related("visit__request")[:1]:
        yield from times_on_offer(offer.visit, at)[:1]


def _written(times: Iterable[Interval], at: datetime) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rolemodel//Demonstration//EN"]
    for number, (start, end) in enumerate(times):
        lines += ["BEGIN:VEVENT", f"UID:{number}@demonstration.example", f"DTSTAMP:{at.astimezone(UTC):{STAMP}}"]
        lines += [f"DTSTART:{start.astimezone(UTC):{STAMP}}", f"DTEND:{end.astimezone(UTC):{STAMP}}", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
