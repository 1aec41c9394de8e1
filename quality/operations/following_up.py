"""Asking some teachers once more, eight weeks after a visit, what has become of it (rule 2.2, TF-2)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from bookings.enums import VisitStatus
from bookings.models import Visit
from quality import notifications
from quality.enums import FeedbackSide
from quality.instruments import LATER
from quality.models import Feedback, FollowUp
from stem.audit.record import record
from stem.letters.links import use_link
from stem.letters.models import OneTimeLink
from stem.letters.post import post
from stem.moments import day_of
from stem.policy.values import values
from stem.rules import Kind, refuse

# So long after a visit they are asked; and where the sweep has not run, for so long still.
LATER_BY, AT_LATEST = timedelta(weeks=8), timedelta(weeks=10)
SALT = "quality.follow_up"


def invite_follow_ups(*, at: datetime) -> int:
    """Ask the teachers of a random share of the visits of eight weeks ago, of which a teacher's form came; how many.

    A sweep.
    """
    numbers = values(on=day_of(at))
    came = Feedback.objects.submitted().filter(visit=OuterRef("pk"), side=FeedbackSide.TEACHER)
    visits = Visit.objects.filter(
        Exists(came), status=VisitStatus.DELIVERED, ends_at__lte=at - LATER_BY, ends_at__gt=at - AT_LATEST
    )
    due = visits.exclude(pk__in=FollowUp.objects.values("visit")).order_by("pk")
    closes_at = at + timedelta(days=numbers["feedback_open_days"])
    chosen = [visit for visit in due if is_chosen(visit, numbers["follow_up_share"])]
    return sum(_invite(visit, at=at, closes_at=closes_at) for visit in chosen)


def is_chosen(visit: Visit, percent: int) -> bool:
    """Whether this visit is among so many of a hundred: nobody can tell beforehand, and asked again it is the same.

    By a keyed hash of what identifies it for life, as observations are drawn (rule S-20).
    """
    drawn = salted_hmac(SALT, str(visit.uid), algorithm="sha256").digest()
    return int.from_bytes(drawn[:8]) * 100 < percent << 64


@transaction.atomic
def _invite(visit: Visit, *, at: datetime, closes_at: datetime) -> bool:
    """Owe the teacher the letter, unless it is owed."""
    visit = Visit.objects.locked(visit)
    asked, is_new = FollowUp.objects.get_or_create(
        visit=visit, defaults={"instrument": LATER, "invited_at": at, "closes_at": closes_at}
    )
    if is_new:
        post(notifications.follow_up_asked, due_at=at, follow_up_id=asked.pk)
    return is_new


def remind_of_follow_ups(*, at: datetime) -> int:
    """Ask once more whoever has not answered some days after they were asked; how many. A sweep."""
    since = at - timedelta(days=values(on=day_of(at))["follow_up_reminder_days"])
    waiting = FollowUp.objects.unreminded(at).filter(invited_at__lte=since).order_by("pk")
    return sum(_remind(pk, at=at) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int, *, at: datetime) -> bool:
    """Ask this teacher once more, unless they have answered, or been asked, meanwhile."""
    rows = FollowUp.objects.unreminded(at).select_for_update(no_key=True, of=("self",))
    asked = rows.filter(pk=pk).first()
    if asked is None:
        return False
    asked.reminded_at = at
    asked.save(update_fields=["reminded_at"])
    post(notifications.follow_up_asked, due_at=at, follow_up_id=asked.pk, reminder=1)
    return True


@transaction.atomic
def submit_follow_up(*, link: OneTimeLink, answers: Mapping[str, Any], at: datetime) -> None:
    """Take the teacher's answers with the link from the letter, once and for all (G-03).

    Refuses with `link_used`, `nothing_said`, or `closed` when its time is over.
    """
    if not answers:
        raise refuse("nothing_said", Kind.INPUT, _("Answer at least one question."))
    asked = FollowUp.objects.select_for_update(no_key=True, of=("self",)).get(pk=link.object_id)
    use_link(link, at=at)
    if asked.closes_at <= at or asked.submitted_at is not None:
        raise refuse("closed", Kind.STATE, _("The time to send this form in is over. Thank you for thinking of it."))
    asked.answers, asked.submitted_at = dict(answers), at
    asked.save(update_fields=["answers", "submitted_at"])
    record("follow_up.submit", asked, by=None, at=at)
