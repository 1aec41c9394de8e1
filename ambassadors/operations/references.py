"""What referees answer, what officers make of it, and the letters to whoever is silent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import notifications, permissions
from ambassadors.enums import AmbassadorStatus, RefereeStatus, RequirementKind
from ambassadors.models import Ambassador, Referee, Requirement
from ambassadors.operations.referees import QUALIFYING, letter_of
from ambassadors.operations.requirements import record_requirement
from ambassadors.queries.staff import safeguarding_leads_of
from ambassadors.task_kinds import REFEREES_NEEDED
from ambassadors.workflow import REFEREE
from stem.letters.drafts import Fact
from stem.letters.links import use_link
from stem.letters.models import OneTimeLink
from stem.letters.post import post
from stem.moments import day_of
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

REMINDED_AFTER = timedelta(days=7)
TOLD_AFTER = timedelta(days=14)
# The sweeps look no further back: what was due weeks ago is no longer news.
LOOKED_AT_UNTIL = timedelta(days=21)


@dataclass(frozen=True)
class Reference:
    """What a referee says about someone, in confidence (rule V-51)."""

    known_for: str
    seen_with_children: str
    has_doubts: bool
    reliability: str


@transaction.atomic
def give_reference(*, link: OneTimeLink, reference: Reference, at: datetime) -> None:
    """Take a referee's answers with the link from their letter: the link is spent and the answers in, or neither.

    Where they know of a reason against, the safeguarding leads of the region hear that there is something (V-51).
    Refuses with `link_used`, `not_needed` or `answered_before`.
    """
    referee = _referee_behind(link, at=at)
    REFEREE.move(referee, "answer", by=None, at=at, answered_at=at, **vars(reference))
    _tell_applicant(notifications.reference_given, referee, at=at)
    if reference.has_doubts:
        for lead in safeguarding_leads_of(referee.ambassador):
            fact = notifications.reference_doubted
            post(fact, to=lead, due_at=at, referee_id=referee.pk, user_id=lead.pk)


@transaction.atomic
def turn_down_reference(*, link: OneTimeLink, because: str, at: datetime) -> None:
    """Take a referee's word that they do not know the person, or would rather not say anything.

    Refuses as `give_reference` does.
    """
    referee = _referee_behind(link, at=at)
    REFEREE.move(referee, "turn_down", by=None, at=at, reason=because, answered_at=at)
    _tell_applicant(notifications.another_referee_needed, referee, at=at)


def _referee_behind(link: OneTimeLink, *, at: datetime) -> Referee:
    """Who holds this link, which is spent herewith. Refuses with `link_used`, `not_needed` or `answered_before`."""
    referee = Referee.objects.behind(link.object_id)
    ambassador = Ambassador.objects.locked(referee.ambassador)
    referee = Referee.objects.locked(referee)
    check_still_asked(referee, ambassador)
    use_link(link, at=at)
    return referee


def check_still_asked(referee: Referee, ambassador: Ambassador) -> None:
    """This reference is still wanted. Refuses with `not_needed` or `answered_before`."""
    is_over = ambassador.status in (AmbassadorStatus.DECLINED, AmbassadorStatus.LEFT)
    if referee.status == RefereeStatus.WITHDRAWN or (is_over and referee.status == RefereeStatus.ASKED):
        words = _("We no longer need a reference from you. Thank you all the same.")
        raise refuse("not_needed", Kind.STATE, words)
    if not REFEREE.can(referee, "answer"):
        raise refuse("answered_before", Kind.STATE, _("We have your answers already. Thank you."))


def _tell_applicant(fact: Fact, referee: Referee, *, at: datetime) -> None:
    """Write to the person the reference is about; without a sign-in they are written to by an officer."""
    if referee.ambassador.user is not None:
        post(fact, to=referee.ambassador.user, due_at=at, referee_id=referee.pk, key=letter_of(referee))


@transaction.atomic
def accept_reference(*, referee: Referee, verified_how: str, by: "User", at: datetime) -> None:
    """Accept what a referee said, having made sure that it came from them; the second such makes references complete.

    Where they know of a reason against, the first officer's yes waits for another officer's. Refuses with
    `not_vetting_officer`, `own_record`, `state`, `verified_how` when it is not said, or `same_person`.
    """
    ambassador = Ambassador.objects.locked(referee.ambassador)
    permissions.check_may_vet(by, ambassador)
    referee = Referee.objects.locked(referee)
    REFEREE.check(referee, "accept")
    if not verified_how.strip():
        raise refuse("verified_how", Kind.INPUT, _("Say how you made sure that it came from them."))
    decision: dict[str, Any] = {"decided_by": by, "decided_at": at, "verified_how": verified_how.strip()}
    if referee.has_doubts and not referee.is_first_accepted:
        REFEREE.note(referee, "accept_first", by=by, at=at, note=verified_how, **decision)
        return
    if referee.has_doubts:
        permissions.check_is_second(by, referee.decided_by_id)
    REFEREE.move(referee, "accept", by=by, at=at, note=verified_how, **decision)
    _record_if_complete(ambassador, by=by, at=at)


def _record_if_complete(ambassador: Ambassador, *, by: "User", at: datetime) -> None:
    """Put on record that references are complete, once two are accepted and one of them is of a qualifying kind."""
    accepted = ambassador.referees.filter(status=RefereeStatus.ACCEPTED)
    ways = list(accepted.values_list("capacity", flat=True))
    held = Requirement.objects.counting_on(day_of(at)).filter(ambassador=ambassador, kind=RequirementKind.REF)
    if len(ways) >= REFEREES_NEEDED and QUALIFYING.intersection(ways) and not held.exists():
        record_requirement(ambassador=ambassador, kind=RequirementKind.REF, started_on=day_of(at), by=by, at=at)


@transaction.atomic
def not_accept_reference(*, referee: Referee, because: str, by: "User", at: datetime) -> None:
    """Leave a reference out of account, with the reason on record; the applicant is asked to name someone else.

    Where they know of a reason against, the first officer's no waits for another officer's. Refuses with
    `not_vetting_officer`, `own_record`, `state`, `because` when no reason is given, or `same_person`.
    """
    ambassador = Ambassador.objects.locked(referee.ambassador)
    permissions.check_may_vet(by, ambassador)
    referee = Referee.objects.locked(referee)
    REFEREE.check(referee, "not_accept")
    if not because.strip():
        raise refuse("because", Kind.INPUT, _("Say why, for the record."))
    decision: dict[str, Any] = {"decided_by": by, "decided_at": at, "verified_how": ""}
    if referee.has_doubts and not referee.is_first_left_out:
        REFEREE.note(referee, "not_accept_first", by=by, at=at, note=because.strip(), **decision)
        return
    if referee.has_doubts:
        permissions.check_is_second(by, referee.decided_by_id)
    REFEREE.move(referee, "not_accept", by=by, at=at, note=because.strip(), **decision)
    _tell_applicant(notifications.another_referee_needed, referee, at=at)


def chase_referees(*, at: datetime) -> int:
    """Remind whoever was asked a week ago, and tell applicants of those silent for a fortnight; how many. A sweep."""
    awaited = Referee.objects.awaited().select_related("ambassador__user")
    week = awaited.filter(asked_at__lte=at - REMINDED_AFTER, asked_at__gt=at - TOLD_AFTER)
    fortnight = awaited.filter(asked_at__lte=at - TOLD_AFTER, asked_at__gt=at - LOOKED_AT_UNTIL)
    for referee in week:
        _chase(referee, at=at)
    for referee in fortnight:
        with transaction.atomic():
            _tell_applicant(notifications.reference_silent, referee, at=at)
    return len(week) + len(fortnight)


@transaction.atomic
def _chase(referee: Referee, *, at: datetime) -> None:
    """Write to a referee once more, once for each time they were asked, and not when staff have."""
    referee = Referee.objects.locked(referee)
    if not referee.events.filter(kind="remind", at__gte=referee.asked_at).exists():
        _write_again(referee, by=None, at=at, key=letter_of(referee))


@transaction.atomic
def remind_referee(*, referee: Referee, by: "User", at: datetime) -> bool:
    """Write to a silent referee once more, unless they have had a letter in the last seven days; whether it is written.

    Refuses as `permissions.check_may_vet` does.
    """
    ambassador = Ambassador.objects.locked(referee.ambassador)
    permissions.check_may_vet(by, ambassador)
    if not Referee.objects.silent_for(REMINDED_AFTER, at=at).filter(pk=Referee.objects.locked(referee).pk).exists():
        return False
    _write_again(referee, by=by, at=at, key=f"{letter_of(referee)} {at.isoformat()}")
    return True


def _write_again(referee: Referee, *, by: "User | None", at: datetime, key: str) -> None:
    """Put on record that a referee is reminded, and write to them with a fresh link."""
    REFEREE.note(referee, "remind", by=by, at=at)
    post(notifications.reference_reminder, due_at=at, referee_id=referee.pk, key=key)
