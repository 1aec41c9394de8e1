"""Inviting a school that has not asked, by letter or telephone, and what comes of it (rules E-20, E-22)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from bookings import notifications, permissions
from bookings.eligibility import check_can_be_invited, lead_to_write_to
from bookings.enums import Channel, InvitationStatus
from bookings.models import Invitation
from bookings.queries.inviting import first_requests_since
from bookings.workflow import INVITATION
from schools.models import Contact, School
from stem.letters.post import post

if TYPE_CHECKING:
    from stem.accounts.models import User

# What a school may be heard to say, and the move that keeps it.
ANSWERS = {
    InvitationStatus.NOT_NOW: "put_off",
    InvitationStatus.NEVER: "want_none",
    InvitationStatus.WRONG_PERSON: "miss",
}


@transaction.atomic
def write_to_school(*, school: School, words: str, by: "User", at: datetime) -> Invitation:
    """Invite a school to ask, in one letter to whoever leads there; a coordinator may add a sentence of their own.

    Of two who do it at once one does. Refuses with `not_coordinator`; with `no_lead` where nobody leads at the school,
    who is helped to set up first (E-22), or `not_wanted` by whoever does; and as `check_can_be_invited`.
    """
    school = School.objects.locked(school)
    permissions.check_may_reach_out(by, school)
    lead = lead_to_write_to(school, at=at)
    invitation = _keep(school, Channel.LETTER, contact=lead, words=words, by=by, at=at)
    post(notifications.school_invited, to=lead.user, due_at=at, invitation_id=invitation.pk)
    return invitation


@transaction.atomic
def note_call(*, school: School, said: InvitationStatus, by: "User", at: datetime) -> Invitation:
    """Put on record that somebody rang a school that had not asked, and what it said; `WAITING` where it said nothing.

    Refuses with `not_coordinator`, and as `check_can_be_invited`.
    """
    school = School.objects.locked(school)
    permissions.check_may_reach_out(by, school)
    check_can_be_invited(school, Channel.CALL, at=at)
    invitation = _keep(school, Channel.CALL, contact=None, words="", by=by, at=at)
    if said != InvitationStatus.WAITING:
        INVITATION.move(invitation, ANSWERS[said], by=by, at=at, answered_at=at)
    return invitation


@transaction.atomic
def note_answer(*, invitation: Invitation, said: InvitationStatus, by: "User", at: datetime) -> None:
    """Put on record what a school said to an invitation. Refuses with `not_coordinator`, or `state` if it has said."""
    invitation = Invitation.objects.locked(invitation)
    permissions.check_may_reach_out(by, invitation.school)
    INVITATION.move(invitation, ANSWERS[said], by=by, at=at, answered_at=at)


def follow_up(*, at: datetime) -> int:
    """See which schools have asked since, and which have not answered in time; how many invitations moved.

    A sweep: it may run twice, or late. A request counts for the last invitation before it. Whom a letter of three
    years ago went to, and what was added to it, is forgotten (rule 3.4).
    """
    Invitation.objects.to_forget_names_of(at).update(contact=None, words="")
    asked = [(pk, "ask", sent_at) for pk, sent_at in first_requests_since(at=at)]
    silent = [
        (pk, "fall_silent", None) for pk in Invitation.objects.overdue(at).order_by("pk").values_list("pk", flat=True)
    ]
    return sum(_follow_up(pk, name, answered_at, at=at) for pk, name, answered_at in [*asked, *silent])


@transaction.atomic
def _follow_up(pk: int, name: str, answered_at: datetime | None, *, at: datetime) -> bool:
    """Make this move, unless somebody has meanwhile said what came of it; whether it was made."""
    invitation = Invitation.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)
    if not INVITATION.can(invitation, name):
        return False
    INVITATION.move(invitation, name, by=None, at=at, answered_at=answered_at)
    return True


def _keep(
    school: School, channel: Channel, *, contact: Contact | None, words: str, by: "User", at: datetime
) -> Invitation:
    """Put on record that somebody turned to this school. The caller holds it."""
    words = " ".join(words.split())
    invitation = Invitation.objects.create(
        school=school, contact=contact, channel=channel, by=by, made_at=at, words=words
    )
    INVITATION.note(invitation, "write" if channel == Channel.LETTER else "ring", by=by, at=at)
    return invitation
