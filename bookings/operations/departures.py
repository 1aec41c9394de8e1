"""Leaving the scheme: what was promised is given back in the same moment, so that no school waits in vain."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from ambassadors import permissions
from ambassadors.enums import LeaveReason
from ambassadors.models import Ambassador
from ambassadors.operations.departures import leave_register
from ambassadors.workflow import LIFECYCLE
from bookings import notifications
from bookings.enums import CancelReason
from bookings.models import Offer, Seat, Visit
from bookings.operations.visits import hand_back_seat
from bookings.workflow import OFFER
from stem.letters.post import post

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def leave_scheme(
    *,
    ambassador: Ambassador,
    reason: LeaveReason | None = None,
    words: str = "",
    by: "User",
    at: datetime,
    on_behalf_of: str = "",
) -> None:
    """Take part no longer: offers are declined, promised visits handed back as when someone cannot come, all at once.

    Each school is told and the search goes on; of a visit that is over nothing changes, and nobody asks how it went.
    Refuses as `ambassadors.operations.departures.leave_register` does.
    """
    ambassador = _lock_everyone_concerned(ambassador, at=at)
    permissions.check_may_end_part(by, ambassador)
    LIFECYCLE.check(ambassador, "leave")
    for visit in _lock_visits(ambassador, at=at):
        # Read again behind the lock: a school may have let this person go, or called the visit off, a moment before.
        for seat in Seat.objects.promised_by(ambassador, at=at).filter(visit=visit):
            hand_back_seat(
                Seat.objects.locked(seat), visit, reason=CancelReason.OTHER, by=by, at=at, on_behalf_of=on_behalf_of
            )
    for offer in Offer.objects.select_for_update(no_key=True, of=("self",)).filter(ambassador=ambassador):
        if OFFER.can(offer, "decline"):
            OFFER.move(offer, "decline", by=by, at=at, on_behalf_of=on_behalf_of)
    leave_register(ambassador=ambassador, reason=reason, words=words, by=by, at=at, on_behalf_of=on_behalf_of)
    post(
        notifications.scheme_left,
        to=ambassador.user,
        due_at=at,
        ambassador_id=ambassador.pk,
        key=f"{ambassador.pk} {at.isoformat()}",
    )


def _lock_everyone_concerned(ambassador: Ambassador, *, at: datetime) -> Ambassador:
    """People before visits, and in one order: this person and all with whom they share a visit."""
    visits = Seat.objects.promised_by(ambassador, at=at).values("visit")
    beside = Seat.objects.filter(visit__in=visits, ambassador__isnull=False).values("ambassador")
    people = Ambassador.objects.select_for_update(no_key=True, of=("self",))
    held = people.filter(Q(pk=ambassador.pk) | Q(pk__in=beside)).order_by("pk")
    return next(person for person in held if person.pk == ambassador.pk)


def _lock_visits(ambassador: Ambassador, *, at: datetime) -> list[Visit]:
    """All visits that this person has promised, before any of the requests behind them."""
    mine = Seat.objects.promised_by(ambassador, at=at).values("visit")
    return list(Visit.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=mine).order_by("pk"))
