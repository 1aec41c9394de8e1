"""What keeps a form from being counted (rule G-04), and what makes somebody look at it twice (rule G-08)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac

from quality import permissions
from quality.conflicts import conflicts_of
from quality.enums import FeedbackSide, OddityKind
from quality.models import Arrival, Conflict, Feedback, Oddity
from quality.oddities import WITHIN, are_many, is_hurried
from stem.audit.record import record

if TYPE_CHECKING:
    from stem.accounts.models import User

# So long it is known from where a form came.
KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Came:
    """How a form came in: from which network, and how long after it was opened. Neither need be known."""

    network: str = ""
    seconds: int | None = None


def note_conflicts(feedback: Feedback, *, at: datetime) -> None:
    """Keep why this form's visit is not rated, if it is not, before anything is made of its ratings (rule G-04)."""
    for kind in conflicts_of(feedback.visit):
        Conflict.objects.get_or_create(visit=feedback.visit, kind=kind, defaults={"found_at": at})


def watch_arrival(feedback: Feedback, came: Came, *, at: datetime) -> None:
    """Flag what is odd about the way in which a form came; of its network nothing is kept but a keyed hash."""
    if feedback.side == FeedbackSide.TEACHER and is_hurried(feedback.answers, came.seconds):
        flag(feedback, OddityKind.HURRIED, at=at)
    if not came.network:
        return
    network = salted_hmac("quality.arrival", came.network, algorithm="sha256").hexdigest()
    Arrival.objects.create(feedback=feedback, network=network, at=at)
    lately = list(Arrival.objects.since(at - WITHIN, network=network).select_related("feedback__visit__request"))
    if are_many([each.feedback.visit.request.school_id for each in lately]):
        for each in lately:
            flag(each.feedback, OddityKind.MANY, at=at)


def flag(feedback: Feedback, kind: OddityKind, *, at: datetime) -> None:
    """Put a form on the list of what is looked at; of one kind it is there once."""
    Oddity.objects.get_or_create(feedback=feedback, kind=kind, defaults={"found_at": at})


@transaction.atomic
def look_at_oddity(*, oddity: Oddity, by: "User", at: datetime) -> None:
    """Take it off the list, after having looked; done twice it is done once. Refuses with `not_quality`."""
    oddity = Oddity.objects.locked(oddity)
    permissions.check_may_read_feedback(by, oddity.feedback)
    if oddity.looked_at is None:
        oddity.looked_at, oddity.looked_by = at, by
        oddity.save(update_fields=["looked_at", "looked_by"])
        record("feedback.look_at_oddity", oddity.feedback, by=by, at=at)


def forget_arrivals(*, at: datetime) -> int:
    """Throw away from where forms came more than a day ago; of how many. A sweep."""
    gone, _of_what = Arrival.objects.filter(at__lte=at - KEPT_FOR).delete()
    return gone
