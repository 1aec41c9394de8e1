"""Facts that make a person bookable, as officers record them."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.enums import RequirementKind
from ambassadors.models import Ambassador, Requirement
from ambassadors.validity import months_key, valid_until
from stem.audit.record import record
from stem.moments import day_of
from stem.policy.values import value
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def record_requirement(
    *, ambassador: Ambassador, kind: RequirementKind, started_on: date, body: str = "", by: "User", at: datetime
) -> Requirement:
    """Put on record that a requirement is met from a day; how long it holds is the scheme's policy of that day.

    A criminal record check starts on its issue date (V-03) and counts once a second person has confirmed it.
    Refuses with `not_vetting_officer`, `own_record`, `future_start`, `body_missing` or `body_unwanted`.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    if started_on > day_of(at):
        raise refuse("future_start", Kind.INPUT, _("This date is in the future: give the day it was done or issued."))
    if kind is RequirementKind.CRC and not body:
        raise refuse("body_missing", Kind.INPUT, _("Say who issued the check."))
    if kind is not RequirementKind.CRC and body:
        raise refuse("body_unwanted", Kind.INPUT, _("Only a criminal record check has an issuer."))
    key = months_key(kind, body)
    requirement = Requirement.objects.create(
        ambassador=ambassador,
        kind=kind,
        body=body,
        started_on=started_on,
        valid_until=valid_until(started_on, int(value(key, on=started_on))) if key else None,
        recorded_by=by,
        recorded_at=at,
    )
    record("requirement.record", requirement, by=by, at=at)
    return requirement


@transaction.atomic
def confirm_check(*, requirement: Requirement, by: "User", at: datetime) -> None:
    """Be the second pair of eyes on a criminal record check: from now on it counts (rule V-31).

    Refuses with `same_person`, `not_a_check`, `confirmed_before`, `not_vetting_officer` or `own_record`.
    """
    requirement = Requirement.objects.locked(requirement)
    permissions.check_may_vet(by, requirement.ambassador)
    permissions.check_may_confirm_check(by, requirement.recorded_by_id)
    if requirement.kind != RequirementKind.CRC:
        raise refuse("not_a_check", Kind.INPUT, _("Only a criminal record check needs a second person."))
    if requirement.confirmed_by_id is not None or requirement.withdrawn_at is not None:
        raise refuse("confirmed_before", Kind.STATE, _("This check has been dealt with already."))
    requirement.confirmed_by, requirement.confirmed_at = by, at
    requirement.save(update_fields=["confirmed_by", "confirmed_at"])
    record("requirement.confirm", requirement, by=by, at=at)


@transaction.atomic
def withdraw_requirement(*, requirement: Requirement, by: "User", at: datetime) -> None:
    """Take back a record made in error; it stays visible as withdrawn and no longer counts.

    Refuses with `withdrawn_before`, `not_vetting_officer` or `own_record`.
    """
    requirement = Requirement.objects.locked(requirement)
    permissions.check_may_vet(by, requirement.ambassador)
    if requirement.withdrawn_at is not None:
        raise refuse("withdrawn_before", Kind.STATE, _("This record has been withdrawn already."))
    requirement.withdrawn_by, requirement.withdrawn_at = by, at
    requirement.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record("requirement.withdraw", requirement, by=by, at=at)
