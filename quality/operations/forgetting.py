"""What was written about a visit is forgotten when the privacy notice says so (rule 3.4)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from ambassadors.enums import HoldKind
from ambassadors.models import Hold
from bookings.enums import UPCOMING
from bookings.models import Message, Preparation, Request, Seat, Visit
from bookings.querysets import VisitQuerySet
from quality.models import Complaint, Concern, Remark
from stem.audit.record import record

KEPT_FOR = timedelta(days=90)
# What pupils wrote, from when what their class said is told.
REMARKS_KEPT_FOR = timedelta(days=183)
_OVER_AT = Coalesce("ends_at", "changed_at")


def forget_messages(*, at: datetime) -> int:
    """Delete the messages and practical notes of each visit that was over, or off, 90 days ago; of how many. A sweep.

    The notes are how to arrive, where to join, and what the group needs; those of a request go with its last visit.
    Those of a visit about which somebody has told of a worry stay, and those of one with somebody about whom a
    safeguarding hold is kept: without their saying so (rule P-21); and while a complaint about it is not closed.
    """
    written = Q(Exists(Message.objects.filter(visit=OuterRef("pk")))) | ~Q(arrival="")
    prepared = Q(preparation__isnull=False) & ~Q(preparation__access_needs="", preparation__joining_link="")
    asked = ~Q(request__access_needs="", request__arrival="")
    due = _over(at).filter(written | prepared | (asked & _is_last(at)), ~_is_kept("pk"))
    return sum(_forget(visit, at=at) for visit in due.order_by("pk"))


def forget_remarks(*, at: datetime) -> int:
    """Delete what pupils wrote half a year after their class was told of; how much. A sweep.

    That of a visit about which somebody has told of a worry, or complained, stays as its messages do (rule P-21). How
    many gave which answer stays: it is nobody's.
    """
    due = Remark.objects.filter(~_is_kept("poll__visit"), poll__closed_at__lt=at - REMARKS_KEPT_FOR)
    gone, _of_what = due.delete()
    return gone


def _is_kept(visit: str) -> Q:
    """The condition that there is a worry about a visit, a safeguarding hold on who was there, or a complaint open."""
    worried = Concern.objects.filter(visit=OuterRef(visit))
    complained = Complaint.objects.not_closed().filter(visit=OuterRef(visit))
    held = Hold.objects.filter(ambassador=OuterRef("ambassador"), kind=HoldKind.SAFEGUARDING)
    return (
        Q(Exists(worried)) | Q(Exists(complained)) | Q(Exists(Seat.objects.filter(Exists(held), visit=OuterRef(visit))))
    )


def _over(at: datetime) -> VisitQuerySet:
    """The visits that were over, or off, 90 days ago; one without a time is neither while somebody is sought for it."""
    sought = Q(status__in=UPCOMING, ends_at=None)
    return Visit.objects.annotate(over_at=_OVER_AT).filter(~sought, over_at__lt=at - KEPT_FOR)


def _is_last(at: datetime) -> Q:
    """The condition, of visits, that no other of the same request is to come, or over for less than that."""
    others = Visit.objects.annotate(over_at=_OVER_AT).filter(request=OuterRef("request"))
    return ~Q(Exists(others.filter(Q(over_at__gte=at - KEPT_FOR) | Q(status__in=UPCOMING))))


@transaction.atomic
def _forget(visit: Visit, *, at: datetime) -> bool:
    """Delete what was written about one visit; whether there was anything."""
    visit = Visit.objects.locked(visit)
    gone, _of_what = Message.objects.filter(visit=visit).delete()
    gone += Visit.objects.filter(pk=visit.pk).exclude(arrival="").update(arrival="")
    prepared = Preparation.objects.filter(visit=visit).exclude(access_needs="", joining_link="")
    gone += prepared.update(access_needs="", joining_link="")
    if Visit.objects.filter(_is_last(at), pk=visit.pk).exists():
        asked = Request.objects.filter(pk=visit.request_id).exclude(access_needs="", arrival="")
        gone += asked.update(access_needs="", arrival="")
    if gone:
        record("visit.forget_messages", visit, by=None, at=at)
    return bool(gone)
