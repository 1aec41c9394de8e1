"""A complaint and the worry that comes before it: one waits for the other, and a worry may turn out to be one (2.9)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.models import Visit
from quality import notifications
from quality.clocks import by_the_law
from quality.complaint_book import handlers_of
from quality.enums import ComplaintStatus, ConcernLevel, HandedTo
from quality.models import Complained, Complaint, Concern
from quality.workflow import COMPLAINT
from stem.audit.record import record
from stem.letters.drafts import Fact
from stem.letters.post import post
from stem.moments import day_of
from stem.policy.values import values
from stem.rules import Kind, refuse
from stem.workdays import add_working_days

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def open_complaint(
    *,
    said: Complained,
    visit: Visit | None,
    concern: Concern | None = None,
    is_about_data: bool = False,
    by: "User | None",
    at: datetime,
) -> Complaint:
    """Put a complaint on record and before those who may see to it; one with a worry nobody has looked at waits."""
    complaint = Complaint(
        visit=visit,
        concern=concern,
        raised_by=by,
        received_at=at,
        account=said.sealed(),
        is_about_data=is_about_data,
    )
    is_first = concern is not None and concern.level != ConcernLevel.NOT_SAFEGUARDING
    if not is_first:
        _set_days(complaint, on=day_of(at))
    complaint.save()
    record("complaint.receive", complaint, by=by, at=at)
    if is_first:
        COMPLAINT.move(complaint, "wait", by=None, at=at)
    else:
        tell(notifications.complaint_received, complaint, handlers_of(complaint, at=at), at=at)
    return complaint


@transaction.atomic
def follow_worry(*, concern: Concern, for_complaint: str, by: "User", at: datetime) -> None:
    """After somebody has said what a worry is: its complaint waits, or goes on; or it becomes one.

    What was told of a worry stays with the leads: a complaint that comes of it holds what the lead has written for it,
    and how to reach whoever told. Refuses with `for_complaint` where nothing is written.
    """
    complaint = _complaint_of(concern)
    if concern.level != ConcernLevel.NOT_SAFEGUARDING:
        if complaint is not None and COMPLAINT.can(complaint, "wait"):
            nobody: dict[str, Any] = {"due_on": None, "handler": None, "repeat_by": None, "answer": None}
            COMPLAINT.move(complaint, "wait", by=by, at=at, **nobody)
    elif complaint is not None:
        go_on_after_worry(concern=concern, by=by, at=at)
    elif concern.handed_to == HandedTo.COMPLAINT:
        if not for_complaint.strip():
            words = _("Write what those who handle complaints may read of it: the worry itself stays with you.")
            raise refuse("for_complaint", Kind.INPUT, words)
        told, teller = concern.told, concern.raised_by
        said = Complained(name=told.told_by, phone=told.contact, words=for_complaint.strip())
        # Somebody may have written it down for whoever told: then it is not theirs.
        is_theirs = teller is not None and str(teller) == told.told_by
        open_complaint(said=said, visit=concern.visit, concern=concern, by=teller if is_theirs else None, at=at)


@transaction.atomic
def go_on_after_worry(*, concern: Concern, by: "User", at: datetime) -> None:
    """Let the complaint that waits for this worry go on, if there is one: its days begin anew."""
    complaint = _complaint_of(concern)
    if complaint is None or complaint.status != ComplaintStatus.WAITING:
        return
    _set_days(complaint, on=day_of(at))
    COMPLAINT.move(complaint, "go_on", by=by, at=at, due_on=complaint.due_on, answer_by=complaint.answer_by)
    tell(notifications.complaint_received, complaint, handlers_of(complaint, at=at), at=at)


def tell(fact: Fact, complaint: Complaint, people: Iterable["User"], *, at: datetime, key: str = "") -> None:
    """Owe each of these people a letter about it; one a day of each kind, unless a key says more."""
    what = key or f"{complaint.pk} {day_of(at)}"
    for user in people:
        post(fact, to=user, due_at=at, key=what, complaint_id=complaint.pk, user_id=user.pk)


def _complaint_of(concern: Concern) -> Complaint | None:
    """The complaint of a worry, locked."""
    complaint = Complaint.objects.filter(concern=concern).first()
    return Complaint.objects.locked(complaint) if complaint is not None else None


def _set_days(complaint: Complaint, *, on: date) -> None:
    """By when we say that we have it, and by when it is answered; one about personal data has the law's own days."""
    numbers, nation = values(on=on), complaint.nation
    complaint.due_on = add_working_days(on, numbers["complaint_ack_days"], nation)
    complaint.answer_by = add_working_days(on, numbers["complaint_answer_days"], nation)
    if complaint.is_about_data:
        complaint.due_on = by_the_law(on, numbers["dp_complaint_ack_days"], nation)
        complaint.answer_by = max(complaint.answer_by, complaint.due_on)
