"""Facts that make a person bookable, as officers record them and as people bring them about themselves."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.enums import IdentityDocument, RequirementKind
from ambassadors.models import Ambassador, Requirement
from ambassadors.operations.photos import confirm_photo
from ambassadors.querysets import RequirementQuerySet
from ambassadors.reach.keeping import keep_reach
from ambassadors.validity import MONTHS_KEY, valid_until
from ambassadors.workflow import CHECK
from stem.audit.record import record
from stem.moments import day_of
from stem.policy.values import value
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User

# What people do themselves; the rest is seen, asked or decided by somebody else.
OWN_ACTS = frozenset(
    {
        RequirementKind.ELIG,
        RequirementKind.SELF,
        RequirementKind.CODE,
        RequirementKind.DECL,
        RequirementKind.INDUCT,
        RequirementKind.SAFEG,
    }
)


@transaction.atomic
def record_requirement(
    *,
    ambassador: Ambassador,
    kind: RequirementKind,
    started_on: date,
    documents: Sequence[IdentityDocument] = (),
    evidence: str = "",
    photo_seen: str = "",
    by: "User",
    at: datetime,
) -> Requirement:
    """Put on record that a requirement is met from a day; how long it holds is the scheme's policy of that day.

    Identity names the kinds of document that were seen, and the digest of the photo that shows whoever was seen (V-50);
    anything else may say where its evidence is. A criminal record check is put on record by its own decision and in no
    other way (V-30). Refuses with `not_vetting_officer`, `own_record`, `future_start`, `documents` or `photo`
    where they are missing or out of place, `own_way` for a check, or as `confirm_photo` does.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_vet(by, ambassador)
    if started_on > day_of(at):
        raise refuse("future_start", Kind.INPUT, _("This date is in the future: give the day it was done or issued."))
    if kind is RequirementKind.CRC:
        raise refuse("own_way", Kind.INPUT, _("A criminal record check has a page of its own, step by step."))
    if bool(documents) != (kind is RequirementKind.ID):
        raise refuse("documents", Kind.INPUT, _("Say which documents you saw: for identity, and for nothing else."))
    if photo_seen and kind is not RequirementKind.ID:
        raise refuse("photo", Kind.INPUT, _("A photo is looked at with identity, and with nothing else."))
    if photo_seen:
        confirm_photo(ambassador=ambassador, digest=photo_seen, by=by, at=at)
    seen = " ".join(documents) or evidence.strip()
    return _add(ambassador, kind, started_on, evidence=seen, by=by, at=at)


@transaction.atomic
def fulfil_requirement(*, ambassador: Ambassador, kind: RequirementKind, by: "User", at: datetime) -> Requirement:
    """Meet a requirement by one's own act: what one states, signs, accepts, or has learnt and been tested on.

    Done again, it holds from the new day; twice on one day is once. Refuses with `not_your_profile`, or
    `not_own_act` for what somebody else has to see or decide.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_fulfil(by, ambassador)
    if kind not in OWN_ACTS:
        raise refuse("not_own_act", Kind.INPUT, _("Somebody from the scheme records this."))
    today = day_of(at)
    # One that ends sooner than a new one would does not stand in its way: a course to be taken again ends a pass.
    held = Requirement.objects.counting_on(today).filter(ambassador=ambassador, kind=kind)
    held = held.filter(valid_until=_ends(kind, today))
    return held.first() or _add(ambassador, kind, today, by=by, at=at)


def _add(
    ambassador: Ambassador, kind: RequirementKind, started_on: date, *, evidence: str = "", by: "User", at: datetime
) -> Requirement:
    """Put a requirement on record, for as long as the scheme's policy of its first day says."""
    requirement = Requirement.objects.create(
        ambassador=ambassador,
        kind=kind,
        started_on=started_on,
        valid_until=_ends(kind, started_on),
        evidence=evidence,
        recorded_by=by,
        recorded_at=at,
    )
    keep_reach([ambassador.pk])
    record("requirement.record", requirement, by=by, at=at)
    return requirement


def _ends(kind: RequirementKind, started_on: date) -> date | None:
    """The last day of a requirement that begins then; None for one that is permanent."""
    key = MONTHS_KEY.get(kind)
    return valid_until(started_on, int(value(key, on=started_on))) if key else None


@transaction.atomic
def withdraw_requirement(*, requirement: Requirement, by: "User", at: datetime) -> None:
    """Take back a record made in error; it stays visible as withdrawn and no longer counts.

    A check with conditions takes every other with it: no officer alone undoes what two assessors found (V-31).
    What they have promised is `bookings.operations.standing`'s to give back with it.
    Refuses with `withdrawn_before`, `not_vetting_officer`, `own_record`, or `weighed_it` to an assessor of the check.
    """
    # The person first, as everybody holds them who writes what clears them (decision 7).
    ambassador = Ambassador.objects.locked(requirement.ambassador)
    requirement = Requirement.objects.locked(requirement)
    permissions.check_may_vet(by, ambassador)
    made = getattr(requirement, "check_made", None)
    permissions.check_has_not_weighed(by, [made] if made is not None else [])
    if requirement.withdrawn_at is not None:
        raise refuse("withdrawn_before", Kind.STATE, _("This record has been withdrawn already."))
    _withdraw(requirement, by=by, at=at)
    if made is not None:
        if CHECK.can(made, "withdraw"):
            CHECK.move(made, "withdraw", by=by, at=at, moved_at=at)
        take_back(Requirement.objects.resting_on_service(made), by=by, at=at)
        if requirement.conditions:
            rows = Requirement.objects.filter(ambassador=requirement.ambassador, kind=RequirementKind.CRC)
            take_back(rows, by=by, at=at)


def end_identity_of_another_name(ambassador: Ambassador, name: str, *, by: "User", at: datetime) -> None:
    """Who somebody is was seen under one name, and is seen anew under another (rule 1.2), not for a capital or a space.

    Their visits stay theirs for as long as with anything that runs out (rule V-04).
    """
    if ambassador.full_name.casefold().split() != name.casefold().split():
        take_back(Requirement.objects.filter(ambassador=ambassador, kind=RequirementKind.ID), by=by, at=at)


def take_back(rows: RequirementQuerySet, *, by: "User", at: datetime) -> None:
    """Each of these records counts no longer and stays visible as withdrawn, in the transaction of what ends it."""
    for row in rows.filter(withdrawn_at=None).select_for_update(no_key=True, of=("self",)):
        _withdraw(row, by=by, at=at)


def _withdraw(row: Requirement, *, by: "User", at: datetime) -> None:
    """A fact is never overwritten: it is noted that this one no longer counts, and who says so."""
    row.withdrawn_by, row.withdrawn_at = by, at
    row.save(update_fields=["withdrawn_by", "withdrawn_at"])
    keep_reach([row.ambassador_id])
    record("requirement.withdraw", row, by=by, at=at)
