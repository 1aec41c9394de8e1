"""What was written about a visit is forgotten when the privacy notice says so (rule 3.4)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from ambassadors.enums import HoldKind
from ambassadors.models import Hold
from bookings.models import Message, Seat, Visit
from quality.models import Concern
from stem.audit.record import record

KEPT_FOR = timedelta(days=90)


def forget_messages(*, at: datetime) -> int:
    """Delete the messages of each visit that was over, or off, 90 days ago; of how many visits. A sweep.

    Those of a visit about which somebody has told of a worry stay, and those of one with somebody about whom a
    safeguarding hold is kept: without their saying so (rule P-21).
    """
    worried = Concern.objects.filter(visit=OuterRef("pk"))
    held = Hold.objects.filter(ambassador=OuterRef("ambassador"), kind=HoldKind.SAFEGUARDING)
    watched = Seat.objects.filter(Exists(held), visit=OuterRef("pk"))
    over = Visit.objects.annotate(over_at=Coalesce("ends_at", "changed_at")).filter(over_at__lt=at - KEPT_FOR)
    due = over.filter(Exists(Message.objects.filter(visit=OuterRef("pk"))), ~Exists(worried), ~Exists(watched))
    return sum(_forget(visit, at=at) for visit in due.order_by("pk"))


@transaction.atomic
def _forget(visit: Visit, *, at: datetime) -> bool:
    """Delete what was written about one visit; whether there was anything."""
    visit = Visit.objects.locked(visit)
    deleted, _of_what = Message.objects.filter(visit=visit).delete()
    if deleted:
        record("visit.forget_messages", visit, by=None, at=at)
    return bool(deleted)
