"""Saying that one would rather not meet again, and taking it back (rule 6.4)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings import permissions
from bookings.eligibility import can_be_kept_apart
from bookings.enums import Side
from bookings.models import KeptApart, Seat
from schools.models import School
from stem.audit.record import record
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def keep_apart(*, seat: Seat, side: Side, by: "User", at: datetime) -> None:
    """Ask nobody who had this seat for this school any more, by the word of one of the two: the other never learns it.

    Said again it was said once, and what was agreed or asked before stands. Nobody is asked why. Refuses with
    `not_yours` or `not_for_school`, and with `not_over` for a visit that is still to come.
    """
    permissions.check_may_keep_apart(by, seat, side)
    if not can_be_kept_apart(seat, side, at=at):
        raise refuse("not_over", Kind.STATE, _("You can say so once the visit is over or called off."))
    person, school = _both(seat)
    _say(person, school, side, by=by, at=at)


@transaction.atomic
def no_longer_keep_apart(*, seat: Seat, side: Side, by: "User", at: datetime) -> None:
    """Take one side's word back; what was never said stays unsaid, and the other side's word is not touched.

    Whoever of the school said it, each of its people may take it back. Refuses with `not_yours` or `not_for_school`.
    """
    permissions.check_may_keep_apart(by, seat, side)
    person, school = _both(seat)
    _take_back(person, school, side, by=by, at=at)


@transaction.atomic
def keep_away_from(*, ambassador: Ambassador, school: School, by: "User", at: datetime) -> None:
    """Ask a person for this school no more, by their own word, whether or not they have been there.

    The school never learns it. Said again it was said once. Refuses with `not_yours`.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_offer_oneself(by, ambassador)
    _say(ambassador, school.pk, Side.AMBASSADOR, by=by, at=at)


@transaction.atomic
def no_longer_keep_away_from(*, ambassador: Ambassador, school: School, by: "User", at: datetime) -> None:
    """Ask them for this school again; what was never said stays unsaid. Refuses with `not_yours`."""
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_offer_oneself(by, ambassador)
    _take_back(ambassador, school.pk, Side.AMBASSADOR, by=by, at=at)


def _say(person: Ambassador, school: int, side: Side, *, by: "User", at: datetime) -> None:
    """Keep one side's word, once. The caller holds the person."""
    told, is_new = KeptApart.objects.get_or_create(
        school_id=school, ambassador=person, side=side, defaults={"said_at": at, "by": by}
    )
    if is_new:
        record("kept_apart.say", told, by=by, at=at)


def _take_back(person: Ambassador, school: int, side: Side, *, by: "User", at: datetime) -> None:
    """Let go of one side's word, and not of the other's. The caller holds the person."""
    for told in KeptApart.objects.filter(school_id=school, ambassador=person, side=side):
        record("kept_apart.take_back", told, by=by, at=at)
        told.delete()


def _both(seat: Seat) -> tuple[Ambassador, int]:
    """The person, held until the word is kept, and the key of the school. Refuses with `not_yours` for an open seat."""
    if seat.ambassador is None:
        raise permissions.not_your_seat()
    # Behind the person's row, so that two presses come one after the other.
    return Ambassador.objects.locked(seat.ambassador), seat.visit.request.school_id
