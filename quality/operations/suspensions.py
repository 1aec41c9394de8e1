"""Suspending someone, looking at it again, and two people who lift it (rule 1.9)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.eligibility import nation_of
from ambassadors.enums import HoldKind
from ambassadors.models import Ambassador
from ambassadors.operations.holds import lift_hold
from ambassadors.permissions import check_is_second, check_may_hold
from bookings.operations.standing import hold_back
from quality import notifications
from quality.models import Suspension
from quality.workflow import SUSPENSION
from stem.accounts.models import RoleGrant
from stem.accounts.roles import Role
from stem.accounts.sessions import end_sessions_of
from stem.letters.post import post
from stem.moments import day_of
from stem.policy.values import value
from stem.promises import kept
from stem.rules import Kind, Reason, refuse
from stem.workdays import add_working_days

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def suspend(*, ambassador: Ambassador, because: str, tell: bool, by: "User", at: datetime) -> Suspension:
    """Keep someone out of schools from this moment: every promise is given back, every session ended (rule V-71).

    Nobody but safeguarding leads can tell it from someone who cannot come. The person is written to where `tell` says
    that it may be told now. Refuses with `not_safeguarding_lead`, `own_record`, `truth` where no reason is given, or
    `suspended_before`.
    """
    hold = hold_back(
        ambassador=ambassador, kind=HoldKind.SAFEGUARDING, truth=because, starts_on=day_of(at), by=by, at=at
    )
    before = Reason("suspended_before", Kind.STATE, _("They are suspended already: look at that one."))
    if Suspension.objects.standing().filter(ambassador=ambassador).exists():
        raise refuse(before.code, before.kind, before.truth)
    with kept(Suspension, suspended_once_at_a_time=before):
        suspension = Suspension.objects.create(
            ambassador=ambassador, hold=hold, review_by=_next_review(ambassador, on=day_of(at))
        )
    SUSPENSION.note(suspension, "suspend", by=by, at=at)
    if ambassador.user is not None:
        end_sessions_of(ambassador.user, by=None, at=at)
        if tell:
            post(notifications.suspended, to=ambassador.user, due_at=at, suspension_id=suspension.pk, user_id=by.pk)
    return suspension


@transaction.atomic
def review_suspension(*, suspension: Suspension, note: str, by: "User", at: datetime) -> None:
    """Look at it again, and let it stand until the next time; a proposal to lift it is taken back.

    The same words of the same person, said again at once, are one review. Refuses with `not_safeguarding_lead`,
    `own_record`, `state` or `no_note`.
    """
    suspension = _held(suspension, by)
    _check_note(note)
    last = suspension.events.last()
    if last is not None and (last.kind, last.by_id, last.note) == ("review", by.pk, note):
        return
    review_by = _next_review(suspension.ambassador, on=day_of(at))
    SUSPENSION.move(suspension, "review", by=by, at=at, note=note, review_by=review_by, lift_proposed_by=None)


@transaction.atomic
def propose_lift(*, suspension: Suspension, note: str, by: "User", at: datetime) -> None:
    """Be the first of two to say that it may end; the other leads are written to.

    Refuses with `not_safeguarding_lead`, `own_record`, `state` or `no_note`.
    """
    suspension = _held(suspension, by)
    _check_note(note)
    SUSPENSION.move(suspension, "propose_lift", by=by, at=at, note=note, lift_proposed_by=by)
    for lead in leads(at):
        if lead.pk != by.pk:
            _remind(suspension, lead, at=at, day=day_of(at))


@transaction.atomic
def lift_suspension(*, suspension: Suspension, by: "User", at: datetime) -> None:
    """Be the second: they may be booked again as far as this goes; whatever else has run out meanwhile still counts.

    Refuses with `not_safeguarding_lead`, `own_record`, `state`, or `same_person` to whoever proposed it.
    """
    suspension = _held(suspension, by)
    SUSPENSION.check(suspension, "lift")
    check_is_second(by, suspension.lift_proposed_by_id)
    SUSPENSION.move(suspension, "lift", by=by, at=at)
    lift_hold(hold=suspension.hold, by=by, at=at, proposed_by=suspension.lift_proposed_by)


def remind_of_reviews(*, at: datetime) -> int:
    """Write to every safeguarding lead of each suspension that should have been looked at again; how many those are.

    A sweep: a lead hears once of each review that is missing (rule V-72).
    """
    overdue = list(Suspension.objects.overdue_on(day_of(at)))
    for suspension in overdue:
        with transaction.atomic():
            for lead in leads(at):
                _remind(suspension, lead, at=at, day=suspension.review_by)
    return len(overdue)


def _held(suspension: Suspension, by: "User") -> Suspension:
    """The suspension, locked, for someone who may decide about it."""
    suspension = Suspension.objects.locked(suspension)
    check_may_hold(by, suspension.ambassador, HoldKind.SAFEGUARDING)
    return suspension


def _check_note(note: str) -> None:
    """What was looked at is written down. Refuses with `no_note`."""
    if not note.strip():
        raise refuse("no_note", Kind.INPUT, _("Write down what was looked at, and with whom."))


def _next_review(ambassador: Ambassador, *, on: date) -> date:
    """The day by which it is looked at again (rule V-72)."""
    return add_working_days(on, int(value("suspension_review_days", on=on)), nation_of(ambassador))


def leads(at: datetime) -> list["User"]:
    """Every safeguarding lead."""
    grants = RoleGrant.objects.live(at).filter(role=Role.SAFEGUARDING_LEAD).select_related("user").order_by("user_id")
    return [grant.user for grant in grants]


def _remind(suspension: Suspension, lead: "User", *, at: datetime, day: date) -> None:
    """Owe this lead a letter that something waits; the day tells one time from the next."""
    post(
        notifications.suspension_waits,
        to=lead,
        due_at=at,
        suspension_id=suspension.pk,
        user_id=lead.pk,
        day=day.isoformat(),
    )
