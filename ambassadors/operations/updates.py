"""Relying on the update service instead of a new certificate (rules V-40 to V-43)."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import notifications, permissions
from ambassadors.eligibility import check_can_be_asked, check_can_be_relied_on
from ambassadors.enums import RequirementKind
from ambassadors.models import Ambassador, Check, Requirement, StatusCheck, UpdateConsent
from ambassadors.operations.checks import begin_anew, end_what_counts, locked_for_vetting
from ambassadors.operations.requirements import take_back
from ambassadors.reach.keeping import keep_reach
from ambassadors.validity import valid_until
from ambassadors.workflow import CHECK
from stem.audit.record import record
from stem.letters.post import post
from stem.moments import day_of
from stem.policy.values import value
from stem.rules import Kind, refuse
from stem.update_service import StatusResult

if TYPE_CHECKING:
    from stem.accounts.models import User

# Without consent what rests on the service is checked anew after so long (V-40); its last day is the one before.
UNTIL_RECHECK = timedelta(days=28)


@transaction.atomic
def consent_to_updates(*, check: Check, by: "User", at: datetime) -> None:
    """Agree that the service is asked about one's certificate from time to time; agreed twice is once.

    Refuses with `not_your_profile`, or as `ambassadors.eligibility.check_can_be_relied_on` does.
    """
    check = _own(check, by)
    check_can_be_relied_on(check)
    if not check.consents.filter(withdrawn_at=None).exists():
        consent = UpdateConsent.objects.create(check_of=check, given_at=at)
        record("consent.give", consent, by=by, at=at)


@transaction.atomic
def withdraw_consent(*, check: Check, by: "User", at: datetime) -> None:
    """Take one's consent back: the service is not asked again, and what rests on it ends within 28 days (V-40).

    Refuses with `not_your_profile`, or `no_consent` when there is none.
    """
    check = _own(check, by)
    consent = check.consents.select_for_update(no_key=True).filter(withdrawn_at=None).first()
    if consent is None:
        raise refuse("no_consent", Kind.STATE, _("You have not agreed to it, or have taken it back already."))
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    record("consent.withdraw", consent, by=by, at=at)
    last = day_of(at) + UNTIL_RECHECK - timedelta(days=1)
    for answer in check.status_checks.filter(requirement__withdrawn_at=None, requirement__valid_until__gt=last):
        _end_sooner(answer, last, by=by, at=at)


def _own(check: Check, by: "User") -> Check:
    """This check as it is now, held behind its person, who alone may say yes or no. Refuses with `not_your_profile`."""
    ambassador = Ambassador.objects.locked(check.ambassador)
    permissions.check_may_fulfil(by, ambassador)
    return Check.objects.locked(check)


def _end_sooner(answer: StatusCheck, last: date, *, by: "User", at: datetime) -> None:
    """A fact is never overwritten: what an answer put on record is withdrawn, and the same until then replaces it."""
    row = answer.requirement
    assert row is not None
    take_back(Requirement.objects.filter(pk=row.pk), by=by, at=at)
    # As whoever asked had put it on record; nobody else says anything of it.
    row.pk, row.valid_until = None, last
    row.save(force_insert=True)
    answer.requirement = row
    answer.save(update_fields=["requirement"])
    keep_reach([row.ambassador_id])
    record("requirement.record", row, by=by, at=at)


@transaction.atomic
def record_status(*, check: Check, result: StatusResult, seen: int, by: "User", at: datetime) -> None:
    """Put on record what the service answered, to an officer who has seen so many of its answers, and what follows.

    "Current" counts for twelve months from that day. "Not current" ends whatever check counts, and begins a new one;
    what was promised is `bookings.operations.updates`'s to give back. Refuses with `not_vetting_officer`, `own_record`,
    or as `ambassadors.eligibility.check_can_be_asked` does: what was so before it was asked may have changed meanwhile.
    """
    check = locked_for_vetting(check, by)
    check_can_be_asked(check, seen=seen, at=at)
    answer = StatusCheck(check_of=check, checked_at=at, checked_by=by, result=result)
    if result is StatusResult.CURRENT:
        answer.requirement = _counts_again(check, by=by, at=at)
    answer.save()
    record("check.status", check, by=by, at=at, outcome=result.value)
    if result is StatusResult.NOT_CURRENT:
        _need_a_new_one(check, by=by, at=at)


def _counts_again(check: Check, *, by: "User", at: datetime) -> Requirement:
    """What was decided about a certificate, and nothing more than that, from this day on."""
    decided, today = check.requirement, day_of(at)
    assert decided is not None
    # Who stands for it besides whoever asked: one of the two who decided, as of when they did.
    second = check.second_decider if check.second_decider_id != by.pk else check.first_decider
    made = Requirement.objects.create(
        ambassador=check.ambassador,
        kind=RequirementKind.CRC,
        body=check.body,
        barred_list=check.barred_list,
        conditions=decided.conditions,
        evidence=_("Update service"),
        started_on=today,
        valid_until=valid_until(today, int(value("update_service_months", on=today))),
        recorded_by=by,
        recorded_at=at,
        confirmed_by=second,
        confirmed_at=decided.confirmed_at,
    )
    keep_reach([check.ambassador_id])
    record("requirement.record", made, by=by, at=at)
    return made


def _need_a_new_one(check: Check, *, by: "User", at: datetime) -> None:
    """Whatever was decided was decided without what is known now: a new check is begun, and its person is told so."""
    ambassador = check.ambassador
    end_what_counts(ambassador, by=by, at=at)
    CHECK.move(check, "withdraw", by=by, at=at, moved_at=at)
    begun = begin_anew(ambassador, by=by, at=at)
    post(notifications.new_check_needed, to=ambassador.user, due_at=at, check_id=begun.pk)
