"""Relying on the update service instead of a new certificate (rules V-40 to V-43)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.enums import CheckBody, CheckStatus, RequirementKind
from ambassadors.models import Ambassador, Check, Requirement, StatusCheck, UpdateConsent
from ambassadors.operations.checks import locked_for_vetting
from ambassadors.validity import valid_until
from stem.audit.record import record
from stem.moments import day_of
from stem.policy.values import value
from stem.rules import Kind, refuse
from stem.update_service import StatusResult

if TYPE_CHECKING:
    from stem.accounts.models import User

# Without consent what rests on the service is checked anew within these days (V-40).
DAYS_TO_RECHECK = timedelta(days=28)
# A certificate that the service does not know is keyed once more, and then its holder is asked (V-42).
TRIES, WITHIN = 2, timedelta(days=7)
DECIDED = (CheckStatus.OK, CheckStatus.CONDITIONS)


@transaction.atomic
def consent_to_updates(*, check: Check, by: "User", at: datetime) -> None:
    """Agree that the service is asked about one's certificate from time to time; agreed twice is once.

    Refuses with `not_your_profile`, `state` before the check is decided, or `body` where no DBS certificate is meant.
    """
    ambassador = Ambassador.objects.locked(check.ambassador)
    permissions.check_may_fulfil(by, ambassador)
    check = Check.objects.locked(check)
    _check_relied_on(check)
    if not check.consents.filter(withdrawn_at=None).exists():
        consent = UpdateConsent.objects.create(check_of=check, given_at=at)
        record("consent.give", consent, by=by, at=at)


@transaction.atomic
def withdraw_consent(*, check: Check, by: "User", at: datetime) -> None:
    """Take one's consent back: the service is not asked again, and what rests on it ends within 28 days (V-40).

    Refuses with `not_your_profile`, or `state` when there is none.
    """
    ambassador = Ambassador.objects.locked(check.ambassador)
    permissions.check_may_fulfil(by, ambassador)
    consent = check.consents.select_for_update(no_key=True).filter(withdrawn_at=None).first()
    if consent is None:
        raise refuse("state", Kind.STATE, _("You have not agreed to it, or have taken it back already."))
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    record("consent.withdraw", consent, by=by, at=at)
    _end_soon(check, by=by, at=at)


def _end_soon(check: Check, *, by: "User", at: datetime) -> None:
    """A fact is never overwritten: what rests on the service is withdrawn, and the same with its new end takes its place."""
    last = day_of(at) + DAYS_TO_RECHECK
    rests = Requirement.objects.counting_on(day_of(at)).filter(status_check__check_of=check, valid_until__gt=last)
    for row in rests.select_for_update(no_key=True):
        row.withdrawn_by, row.withdrawn_at = by, at
        row.save(update_fields=["withdrawn_by", "withdrawn_at"])
        answer = row.status_check
        answer.requirement = _like(row.status_check.check_of, row.started_on, last, answer.checked_by, at=at)
        answer.save(update_fields=["requirement"])
        record("requirement.withdraw", row, by=by, at=at)


def check_may_ask(*, check: Check, by: "User", at: datetime) -> None:
    """The service may be asked about this certificate now.

    Refuses with `not_vetting_officer`, `own_record`, `state`, `body`, `no_consent`, `paid` where a volunteer's
    certificate would be relied on for paid visits (V-43), or `keyed_twice`.
    """
    permissions.check_may_vet(by, check.ambassador)
    _check_relied_on(check)
    if not check.consents.filter(withdrawn_at=None).exists():
        raise refuse("no_consent", Kind.STATE, _("They have not agreed that the service is asked."))
    application = getattr(check.ambassador, "application", None)
    if check.volunteer_free and application is not None and application.paid_or_credited:
        raise refuse("paid", Kind.STATE, _("They are paid or credited for visits, and this is a volunteer’s check."))
    lately = check.status_checks.filter(result=StatusResult.NO_MATCH, checked_at__gt=at - WITHIN)
    if lately.count() >= TRIES:
        words = _("The service did not know it twice. Ask them for the certificate, and look at the number together.")
        raise refuse("keyed_twice", Kind.STATE, words)


@transaction.atomic
def record_status(*, check: Check, result: StatusResult, by: "User", at: datetime) -> StatusCheck:
    """Put on record what the service answered; "current" counts as a check of that day for twelve months.

    Refuses as `check_may_ask` does: what was so before the service was asked may have changed meanwhile.
    """
    check = locked_for_vetting(check, by)
    check_may_ask(check=check, by=by, at=at)
    answer = StatusCheck(check_of=check, checked_at=at, checked_by=by, result=result)
    if result is StatusResult.CURRENT:
        today = day_of(at)
        last = valid_until(today, int(value("update_service_months", on=today)))
        answer.requirement = _like(check, today, last, by, at=at)
    answer.save()
    record("check.status", check, by=by, at=at, outcome=result.value)
    return answer


def _like(check: Check, first, last, by: "User", *, at: datetime) -> Requirement:  # type: ignore[no-untyped-def]
    """A requirement of the same check for other days, said by somebody besides whoever asked."""
    other = check.second_decider if check.first_decider_id == by.pk else check.first_decider
    assert other is not None and check.requirement is not None
    return Requirement.objects.create(
        ambassador=check.ambassador,
        kind=RequirementKind.CRC,
        body=check.body,
        barred_list=check.barred_list,
        conditions=check.requirement.conditions,
        evidence=_("Update service"),
        started_on=first,
        valid_until=last,
        recorded_by=other,
        recorded_at=at,
        confirmed_by=by,
        confirmed_at=at,
    )


def _check_relied_on(check: Check) -> None:
    """Only a DBS certificate that was seen and decided can be relied on. Refuses with `state` or `body`."""
    if check.status not in DECIDED:
        raise refuse("state", Kind.STATE, _("This check has not been decided, or no longer stands."))
    if check.body != CheckBody.DBS:
        raise refuse("body", Kind.STATE, _("The update service knows DBS certificates alone."))
