"""Membership of Scotland's scheme: joined, linked to us, and ended when its body says so (rule V-12)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.enums import CheckBody, RequirementKind
from ambassadors.models import Ambassador, Check, Requirement
from ambassadors.operations.requirements import take_back
from ambassadors.reach.keeping import keep_reach
from ambassadors.validity import membership_until
from ambassadors.workflow import CHECK, PVG_TOLD
from stem.audit.record import record
from stem.moments import day_of, moment
from stem.policy.values import value
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Membership:
    """What a membership certificate says beside what every certificate does: since when, and since when with us."""

    # or last renewed
    joined_on: date
    linked_on: date


def last_day_of(joined_on: date) -> date | None:
    """The last day of a membership joined, or last renewed, then; None while only Disclosure Scotland can tell."""
    return membership_until(joined_on, int(value("pvg_months", on=joined_on)))


def check_membership(check: Check, membership: Membership | None, *, at: datetime) -> None:
    """These days of a membership can be so, and are given for a PVG check and for no other.

    Refuses with `membership` where they are missing or out of place, `linked_on` in the future or before `joined_on`,
    or `joined_on` where the membership is over.
    """
    if (membership is not None) != (check.body == CheckBody.PVG):
        words = _("For PVG, and for no other check, say when they joined and when they were linked to us.")
        raise refuse("membership", Kind.INPUT, words)
    if membership is None:
        return
    if membership.linked_on > day_of(at):
        raise refuse("linked_on", Kind.INPUT, _("This date is in the future: only a linked membership counts."))
    if membership.linked_on < membership.joined_on:
        words = _("A membership is linked on the day it begins, or is renewed, or later.")
        raise refuse("linked_on", Kind.INPUT, words)
    last = last_day_of(membership.joined_on)
    if last is not None and last < day_of(at):
        raise refuse("joined_on", Kind.INPUT, _("A membership of that day is over: give the day of its renewal."))


@transaction.atomic
def date_membership(*, requirement: Requirement, last_day: date, by: "User", at: datetime) -> Requirement:
    """Put on record until when a lifetime member's membership lasts, once Disclosure Scotland has said so.

    A fact is never overwritten: the one on record is withdrawn, and the same one with its last day takes its place.
    What they have promised is `bookings.operations.standing`'s to give back with it. Refuses with
    `not_vetting_officer`, `own_record`, `dated` for what is no lifetime membership any more, or `last_day` before its
    first.
    """
    ambassador = Ambassador.objects.locked(requirement.ambassador)
    held = Requirement.objects.locked(requirement)
    permissions.check_may_vet(by, ambassador)
    if not held.is_lifetime_membership or held.withdrawn_at is not None or held.confirmed_by_id is None:
        raise refuse("dated", Kind.STATE, _("This is no lifetime membership that counts: its record has changed."))
    if last_day < held.started_on:
        raise refuse("last_day", Kind.INPUT, _("A membership does not end before it counts: give its last day."))
    check = Check.objects.filter(requirement=held).first()
    take_back(Requirement.objects.filter(pk=held.pk), by=by, at=at)
    dated = Requirement.objects.create(
        ambassador=ambassador,
        kind=held.kind,
        body=held.body,
        barred_list=held.barred_list,
        conditions=held.conditions,
        started_on=held.started_on,
        valid_until=last_day,
        evidence=held.evidence,
        recorded_by=held.recorded_by,
        recorded_at=at,
        confirmed_by=held.confirmed_by,
        confirmed_at=held.confirmed_at,
    )
    keep_reach([ambassador.pk])
    record("requirement.record", dated, by=by, at=at)
    if check is not None:
        check.requirement = dated
        check.save(update_fields=["requirement"])
    return dated


def end_undated(ambassador: Ambassador, *, but: Requirement, by: "User", at: datetime) -> None:
    """A lifetime membership counts no longer beside a newer check: it has no last day of its own to reach."""
    rows = Requirement.objects.filter(
        ambassador=ambassador,
        kind=RequirementKind.CRC,
        body=CheckBody.PVG,
        valid_until__isnull=True,
    )
    take_back(rows.exclude(pk=but.pk), by=by, at=at)


def unlink(ambassador: Ambassador, *, by: "User", at: datetime) -> None:
    """Disclosure Scotland has been told that someone left: what was linked to us is not any more, and stays on record.

    Whoever returns is linked anew: a membership does not carry over (V-11).
    """
    take_back(Requirement.objects.filter(ambassador=ambassador, body=CheckBody.PVG), by=by, at=at)
    # One that was seen and not yet decided names a linking that is over as well; what is weighed goes on (V-30).
    for check in Check.objects.filter(ambassador=ambassador, body=CheckBody.PVG, seen_on__isnull=False):
        if CHECK.can(check, "withdraw"):
            CHECK.move(check, "withdraw", by=by, at=at, moved_at=at)


def is_unlinked(check: Check) -> bool:
    """Whether Disclosure Scotland was told, since this membership was seen, that its holder has left us."""
    assert check.seen_on is not None
    told = check.ambassador.events.filter(kind=PVG_TOLD, at__gte=moment(check.seen_on, time()))
    return check.body == CheckBody.PVG and told.exists()
