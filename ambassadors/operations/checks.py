"""A criminal record check on its way: asked for by right, seen in person, cleared where nothing is to be weighed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import notifications, permissions
from ambassadors.enums import CheckBody, CheckStatus, EligibilityBasis, RequirementKind
from ambassadors.models import Ambassador, Application, Check, Requirement
from ambassadors.operations.memberships import Membership, check_membership, end_undated, is_unlinked, last_day_of
from ambassadors.operations.requirements import take_back
from ambassadors.reach.keeping import keep_reach
from ambassadors.validity import body_for, valid_until
from ambassadors.workflow import CHECK
from stem.audit.record import record
from stem.encryption import encrypted
from stem.letters.post import post
from stem.moments import day_of
from stem.nations import Nation
from stem.policy.values import value
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Right:
    """By what right a check is asked for, and which (rules V-13 to V-15)."""

    basis: EligibilityBasis
    note: str
    volunteer_free: bool


@dataclass(frozen=True)
class Certificate:
    """What may be kept of a certificate that was seen (V-20), and what its viewer found without keeping it."""

    number: str
    issued_on: date
    place: str
    # Name, birth date, level and workforce are those of the person and of what was asked for.
    matches: bool
    # Two assessors look at it; of what it says nothing is written here.
    is_to_be_weighed: bool
    # In Scotland's scheme, and nowhere else.
    membership: Membership | None = None


@transaction.atomic
def begin_check(*, ambassador: Ambassador, by: "User", at: datetime) -> Check:
    """Begin a check of someone: the person themselves by agreeing to it, or a vetting officer for a new one.

    With one under way it is that one. Refuses with `not_vetting_officer` or `own_record`, as `begin_anew` does, or with
    `not_agreed` where an officer would begin one before the person has agreed.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    if ambassador.user_id != by.pk:
        permissions.check_may_vet(by, ambassador)
        if not (ambassador.checks.under_way() | ambassador.checks.barring()).exists():
            _agreed_application(ambassador)
    return begin_anew(ambassador, by=by, at=at)


def begin_anew(ambassador: Ambassador, *, by: "User", at: datetime) -> Check:
    """The check of this person, who is held, that is under way, or else a new one. Refuses with `barred`."""
    if ambassador.checks.barring().exists():
        raise refuse("barred", Kind.STATE, _("No check can be begun for this person: ask a safeguarding lead."))
    under_way = ambassador.checks.under_way().first()
    if under_way is not None:
        return under_way
    check = Check.objects.create(ambassador=ambassador, began_at=at, moved_at=at)
    record("check.begin", check, by=by, at=at)
    return check


@transaction.atomic
def confirm_eligibility(*, check: Check, right: Right, by: "User", at: datetime) -> None:
    """Say by what right the check is asked for: asking beyond it is unlawful (V-13). The nation decides whom (V-10).

    Refuses with `not_vetting_officer`, `own_record`, `state`, `basis` where it is not the nation's, `note` without
    words, `not_agreed` before the person has agreed, or `volunteer_free` where visits are paid or credited (V-14).
    """
    check = locked_for_vetting(check, by)
    CHECK.check(check, "confirm_eligibility")
    application = _agreed_application(check.ambassador)
    body = body_for(Nation(check.ambassador.nation))
    if right.basis not in EligibilityBasis.of(body):
        raise refuse("basis", Kind.INPUT, _("In Scotland it is a regulated role, and nowhere else."))
    if not right.note.strip():
        raise refuse("note", Kind.INPUT, _("Say why, for the record."))
    if right.volunteer_free and application.paid_or_credited:
        words = _("They are paid or credited for visits, so the check is not a volunteer’s.")
        raise refuse("volunteer_free", Kind.STATE, words)
    _move(
        check,
        "confirm_eligibility",
        by=by,
        at=at,
        body=body,
        barred_list=right.basis is not EligibilityBasis.INFREQUENT,
        eligibility_basis=right.basis,
        eligibility_note=right.note.strip(),
        eligibility_by=by,
        volunteer_free=right.volunteer_free,
    )


@transaction.atomic
def apply_for_check(*, check: Check, by: "User", at: datetime) -> None:
    """Note that the body has been asked for the check. The declaration is signed before (rule 1.2).

    Refuses with `not_vetting_officer`, `own_record`, `state` or `declaration_first`.
    """
    check = locked_for_vetting(check, by)
    CHECK.check(check, "apply")
    signed = Requirement.objects.counting_on(day_of(at)).filter(ambassador=check.ambassador, kind=RequirementKind.SELF)
    if not signed.exists():
        raise refuse("declaration_first", Kind.STATE, _("Their declaration comes first: it is not signed yet."))
    _move(check, "apply", by=by, at=at)


@transaction.atomic
def note_issued(*, check: Check, by: "User", at: datetime) -> None:
    """Note that the certificate is out: the person who holds it says so, or an officer to whom they said it.

    Refuses with `not_vetting_officer`, `own_record` or `state`.
    """
    ambassador = Ambassador.objects.locked(check.ambassador)
    if ambassador.user_id != by.pk:
        permissions.check_may_vet(by, ambassador)
    _move(Check.objects.locked(check), "note_issued", by=by, at=at)


@transaction.atomic
def see_original(*, check: Check, certificate: Certificate, by: "User", at: datetime) -> None:
    """Put on record that the original was seen in person, and no more of it than V-20 allows (V-26).

    One that does not match is asked for anew. Otherwise it waits for a second officer, or for two assessors where it
    is to be weighed. Refuses with `not_vetting_officer`, `own_record`, `state`, `issued_on` in the future, `place` when
    it is not said, or as `check_membership` does.
    """
    check = locked_for_vetting(check, by)
    CHECK.check(check, "see_original")
    if certificate.issued_on > day_of(at):
        raise refuse("issued_on", Kind.INPUT, _("This date is in the future: give the date on the certificate."))
    if not certificate.place.strip():
        raise refuse("place", Kind.INPUT, _("Say where you saw it: a copy or a video call does not do."))
    membership = certificate.membership
    check_membership(check, membership, at=at)
    if not certificate.matches:
        _move(check, "reject", by=by, at=at)
        return
    _move(
        check,
        "see_original",
        by=by,
        at=at,
        number=encrypted(certificate.number),
        number_ends=certificate.number[-4:],
        issued_on=certificate.issued_on,
        seen_by=by,
        seen_on=day_of(at),
        seen_place=certificate.place.strip(),
        joined_on=membership and membership.joined_on,
        linked_on=membership and membership.linked_on,
    )
    if certificate.is_to_be_weighed:
        _move(check, "assess", by=None, at=at)
        if check.ambassador.user is not None:
            post(notifications.check_weighed, to=check.ambassador.user, due_at=at, check_id=check.pk)


@transaction.atomic
def clear_check(*, check: Check, by: "User", at: datetime) -> None:
    """Be the second pair of eyes where nothing is to be weighed: from now on the check counts (V-31).

    Refuses with `not_vetting_officer`, `own_record`, `state` or `same_person`.
    """
    check = locked_for_vetting(check, by)
    permissions.check_is_not_viewer(by, check)
    CHECK.check(check, "clear")
    assert check.seen_by is not None
    decide(check, "clear", first=check.seen_by, second=by, by=by, at=at)


@transaction.atomic
def withdraw_check(*, check: Check, by: "User", at: datetime) -> None:
    """End a check that goes no further: the person does not wish it, or it was begun in error.

    Refuses with `not_vetting_officer`, `own_record`, `state`, or `decided` where its record is to be withdrawn instead.
    """
    check = locked_for_vetting(check, by)
    CHECK.check(check, "withdraw")
    if check.requirement_id is not None:
        raise refuse("decided", Kind.STATE, _("This check is decided: withdraw its record on the person’s page."))
    _move(check, "withdraw", by=by, at=at)


def _agreed_application(ambassador: Ambassador) -> Application:
    """The application with which this person agreed to a check. Refuses with `not_agreed`."""
    application = Application.objects.filter(ambassador=ambassador).first()
    if application is not None and application.check_agreed_at is not None:
        return application
    words = _("They have not agreed to a check yet.")
    if application is not None and application.wants_to_talk:
        words = _("They have not agreed to a check yet: they want to talk first.")
    raise refuse("not_agreed", Kind.STATE, words)


def locked_for_vetting(check: Check, by: "User") -> Check:
    """This check, held behind its person, for an officer who may vet them and did not weigh it.

    Refuses as `check_may_vet` does, or with `weighed_it`.
    """
    ambassador = Ambassador.objects.locked(check.ambassador)
    permissions.check_may_vet(by, ambassador)
    check = Check.objects.locked(check)
    permissions.check_has_not_weighed(by, [check])
    return check


def _move(check: Check, name: str, *, by: "User | None", at: datetime, **changes: Any) -> None:
    """Make a move, and note since when the check stands there."""
    CHECK.move(check, name, by=by, at=at, moved_at=at, **changes)


def decide(
    check: Check, name: str, *, first: "User", second: "User", by: "User | None", at: datetime, conditions: str = ""
) -> None:
    """Make the move that decides a check, with its two deciders; one that counts is put on record as a requirement.

    It holds from the day of issue, or of a later linking (V-03, V-12). An earlier one stays on record until its own
    last day, so that a renewal leaves no gap, and is noted as followed by this one; beside conditions it counts no
    more. A membership that has been unlinked meanwhile is decided, and counts for nothing (V-11).
    """
    today = day_of(at)
    _move(check, name, by=by, at=at, decided_on=today, first_decider=first, second_decider=second)
    if check.ambassador.user is not None:
        # The same letter whatever was decided: what came of it stands on their page.
        post(
            notifications.check_decided, to=check.ambassador.user, due_at=at, check_id=check.pk, moved_at=at.isoformat()
        )
    if check.status not in (CheckStatus.OK, CheckStatus.CONDITIONS):
        return
    started_on, until = _holds_between(check)
    check.requirement = Requirement.objects.create(
        ambassador=check.ambassador,
        kind=RequirementKind.CRC,
        body=check.body,
        barred_list=check.barred_list,
        conditions=conditions,
        started_on=started_on,
        valid_until=until,
        recorded_by=first,
        recorded_at=at,
        confirmed_by=second,
        confirmed_at=at,
    )
    check.save(update_fields=["requirement"])
    keep_reach([check.ambassador_id])
    record("requirement.record", check.requirement, by=by, at=at)
    _follow_earlier(check, by=second, at=at)
    if is_unlinked(check):
        take_back(Requirement.objects.filter(pk=check.requirement.pk), by=second, at=at)


def _follow_earlier(check: Check, *, by: "User", at: datetime) -> None:
    """What this issuer's new check takes the place of; another issuer looked at other things, and its check stands."""
    assert check.requirement is not None
    if check.body == CheckBody.PVG:
        end_undated(check.ambassador, but=check.requirement, by=by, at=at)
    if check.requirement.conditions:
        # Else an earlier one would speak without them: one issued later, or that lasts longer, or once this is undone.
        rows = Requirement.objects.filter(ambassador=check.ambassador, kind=RequirementKind.CRC, body=check.body)
        take_back(rows.exclude(pk=check.requirement.pk), by=by, at=at)
    for earlier in Check.objects.filter(ambassador=check.ambassador, body=check.body).exclude(pk=check.pk):
        if CHECK.can(earlier, "supersede"):
            _move(earlier, "supersede", by=None, at=at)
            # An answer about it may be younger than this certificate, and would go on to speak before it.
            take_back(Requirement.objects.resting_on_service(earlier), by=by, at=at)


def end_what_counts(ambassador: Ambassador, *, by: "User", at: datetime) -> None:
    """Whatever check is on record counts no longer: something newer is known."""
    take_back(Requirement.objects.filter(ambassador=ambassador, kind=RequirementKind.CRC), by=by, at=at)


def _holds_between(check: Check) -> tuple[date, date | None]:
    """The first day and the last on which a decided check counts; no last one where only its body can tell (V-12)."""
    assert check.issued_on is not None
    if check.body != CheckBody.PVG:
        return check.issued_on, valid_until(check.issued_on, int(value("crc_months", on=check.issued_on)))
    # One that was seen before we asked for these days has only its day of issue.
    started_on = max(check.issued_on, check.linked_on or check.issued_on)
    return started_on, last_day_of(check.joined_on or check.issued_on)
