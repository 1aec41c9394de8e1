"""What days bring to complaints: a reminder, the end of the time for another look, and being forgotten (2.9, 3.4)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from ambassadors.enums import HoldKind
from ambassadors.models import Hold
from ambassadors.validity import add_months
from bookings.models import Seat
from quality import notifications
from quality.complaint_book import complaints_listed, responsible_for, tone_of
from quality.models import Complaint, ComplaintEvent, Concern
from quality.operations.complaints_of_worries import tell
from quality.workflow import COMPLAINT
from stem.audit.record import record
from stem.moments import day_of

# Six years, from when it is closed.
KEPT_MONTHS = 72


def remind_of_complaints(*, at: datetime) -> int:
    """Write to whoever has to do what comes next, as its day comes near and once it is over; of how many. A sweep.

    Each of them hears once of each day in amber, and once in red.
    """
    due = [(each, tone_of(each, at=at)) for each in complaints_listed(Complaint.objects.with_us())]
    due = [(each, tone) for each, tone in due if tone in ("warning", "bad")]
    for complaint, tone in due:
        with transaction.atomic():
            people = responsible_for(complaint, at=at)
            key = f"{complaint.pk} {complaint.status} {complaint.due_on} {tone}"
            tell(notifications.complaint_due, complaint, people, at=at, key=key)
    return len(due)


def close_unappealed(*, at: datetime) -> int:
    """Close those that were answered, and of which nobody asked for another look in time; how many. A sweep."""
    return sum(_close(each, at=at) for each in Complaint.objects.unappealed_on(day_of(at)))


@transaction.atomic
def _close(complaint: Complaint, *, at: datetime) -> bool:
    """The same of one, unless somebody did in that moment."""
    complaint = Complaint.objects.locked(complaint)
    if not COMPLAINT.can(complaint, "close"):
        return False
    COMPLAINT.move(complaint, "close", by=None, at=at, closed_at=at, due_on=None)
    return True


def forget_complaints(*, at: datetime) -> int:
    """Delete each complaint six years after it was closed, with what was done about it; how many. A sweep (rule 3.4).

    One stays that has a worry, or is about a visit that has one, or about somebody, or a visit of somebody, about whom
    a safeguarding hold is kept (rule P-21).
    """
    since = add_months(day_of(at), -KEPT_MONTHS)
    holds = Hold.objects.filter(kind=HoldKind.SAFEGUARDING)
    of_person = holds.filter(ambassador__user=OuterRef("complained_of"))
    held_seats = Seat.objects.filter(visit=OuterRef("visit"), ambassador__in=holds.values("ambassador"))
    kept = Exists(of_person) | Exists(held_seats) | Exists(Concern.objects.filter(visit=OuterRef("visit")))
    due = Complaint.objects.closed_before_day(since).filter(~kept, concern=None)
    return sum(_forget(each, at=at) for each in due.order_by("pk"))


@transaction.atomic
def _forget(complaint: Complaint, *, at: datetime) -> bool:
    """Delete one: what was done about it, and then itself."""
    record("complaint.forget", complaint, by=None, at=at)
    ComplaintEvent.objects.filter(complaint=complaint).delete()
    Complaint.objects.filter(pk=complaint.pk).delete()
    return True
