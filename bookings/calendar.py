"""A visit as calendars see it: one identity for life, in the invitation and in the feed alike."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from bookings.enums import SeatStatus, VisitStatus
from bookings.models import Seat, Visit
from stem.calendars.writing import CalendarEvent
from stem.scheme.identity import who_we_are

if TYPE_CHECKING:
    from stem.accounts.models import User

CALENDAR_STATUS: dict[VisitStatus, Literal["TENTATIVE", "CONFIRMED"]] = {
    VisitStatus.FINDING: "TENTATIVE",
    VisitStatus.MATCHED: "TENTATIVE",
    VisitStatus.CONFIRMED: "CONFIRMED",
    VisitStatus.DELIVERED: "CONFIRMED",
}
FEED_REACHES_BACK = timedelta(days=365)


def visit_event(visit: Visit, *, url: str, attendees: Iterable[str] = ()) -> CalendarEvent:
    """This visit, which must have a time, as one calendar entry; it names no pupil and no one's home."""
    assert visit.starts_at is not None and visit.ends_at is not None
    request = visit.request
    people = ", ".join(_names(visit)) or _("someone to be found")
    return CalendarEvent(
        # The domain is the installation's, from its settings, and not that of the address which the scheme may change
        # on a page: a visit under another UID would stand twice in everybody's calendar.
        uid=f"{visit.uid}@visits.{settings.SCHEME_DOMAIN}",
        sequence=visit.sequence,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        summary=_("STEM visit: %(people)s at %(school)s") % {"people": people, "school": request.school.name},
        description=_("%(purpose)s\n%(details)s") % {"purpose": request.purpose, "details": url},
        location=_("Online") if request.is_online else f"{request.school.name}, {request.school.address}",
        status=CALENDAR_STATUS.get(VisitStatus(visit.status), "CANCELLED"),
        organiser_email=who_we_are().email,
        attendee_emails=tuple(attendees),
        url=url,
        updated_at=visit.changed_at,
    )


def _names(visit: Visit) -> list[str]:
    """Who comes; nobody is named before everyone needed has said yes (rule P-05)."""
    if visit.status == VisitStatus.FINDING:
        return []
    return [seat.ambassador.full_name for seat in visit.seats.all() if seat.ambassador is not None]


def visits_in_feed(user: "User", *, at: datetime) -> list[Visit]:
    """This person's visits with a time, of the last year and to come: as an ambassador or for their school."""
    taken = Seat.objects.filter(status=SeatStatus.TAKEN).select_related("ambassador")
    return list(
        Visit.objects.concerning(user)
        .filter(starts_at__isnull=False, ends_at__gt=at - FEED_REACHES_BACK)
        .exclude(status=VisitStatus.FINDING)
        .select_related("request__school")
        .prefetch_related(Prefetch("seats", queryset=taken))
        .order_by("starts_at", "pk")
    )
