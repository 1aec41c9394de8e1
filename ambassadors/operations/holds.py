"""Reasons not to book someone for a time, set and lifted by officers."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.enums import HoldKind
from ambassadors.models import Ambassador, Hold
from stem.audit.record import record
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def set_hold(
    *,
    ambassador: Ambassador,
    kind: HoldKind,
    truth: str,
    starts_on: date,
    ends_on: date | None = None,
    by: "User",
    at: datetime,
) -> Hold:
    """Stop a person from being booked on these days, the last included; without a last day, until it is lifted.

    What they have promised is `bookings.operations.standing`'s to give back with it.
    The same hold by the same officer again, while it stands, is the same hold.
    Refuses with `not_vetting_officer`, `own_record`, `not_safeguarding_lead`, `ends_on` before the start, or `truth`
    when no reason is given for the record.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_hold(by, ambassador, kind)
    if ends_on is not None and ends_on < starts_on:
        raise refuse("ends_on", Kind.INPUT, _("The last day cannot be before the first."))
    if kind is not HoldKind.AWAY and not truth.strip():
        raise refuse("truth", Kind.INPUT, _("Say why, for those entitled to know."))
    said = {"kind": kind, "truth": truth, "starts_on": starts_on, "ends_on": ends_on, "set_by": by}
    before = ambassador.holds.filter(lifted_at=None, **said).first()
    if before is not None:
        return before
    hold = Hold.objects.create(ambassador=ambassador, set_at=at, **said)
    record("hold.set", hold, by=by, at=at)
    return hold


@transaction.atomic
def lift_hold(*, hold: Hold, by: "User", at: datetime, proposed_by: "User | None" = None) -> None:
    """Let a person be booked again, as far as this hold goes; it stays on record as lifted.

    A safeguarding hold is lifted by two: whoever proposed it, and `by` (rule 1.8). An absence with no last day is
    lifted by whoever noted it, or by a safeguarding lead. Refuses with `not_vetting_officer`, `own_record`,
    `not_safeguarding_lead`, `two_people`, `same_person` or `lifted_before`.
    """
    hold = Hold.objects.locked(hold)
    permissions.check_may_lift(by, hold)
    if hold.kind == HoldKind.SAFEGUARDING:
        if proposed_by is None:
            raise refuse("two_people", Kind.STATE, _("Two safeguarding leads lift this together, on its own page."))
        permissions.check_is_second(by, proposed_by.pk)
    if hold.lifted_at is not None:
        raise refuse("lifted_before", Kind.STATE, _("This hold has been lifted already."))
    hold.lifted_by, hold.lifted_at = by, at
    hold.save(update_fields=["lifted_by", "lifted_at"])
    record("hold.lift", hold, by=by, at=at)


@transaction.atomic
def owe_referral(*, hold: Hold, is_owed: bool, by: "User", at: datetime) -> None:
    """Say whether it is still to be decided if somebody is referred: until it is, nobody ends their part (rule C-04).

    Refuses with `not_safeguarding_lead` or `own_record`.
    """
    hold = Hold.objects.locked(hold)
    permissions.check_may_hold(by, hold.ambassador, HoldKind.SAFEGUARDING)
    if hold.referral_owed != is_owed:
        hold.referral_owed = is_owed
        hold.save(update_fields=["referral_owed"])
        record("hold.owe_referral" if is_owed else "hold.settle_referral", hold, by=by, at=at)
