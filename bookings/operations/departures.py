"""Leaving the scheme: what was promised is given back in the same moment, so that no school waits in vain."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ambassadors import permissions
from ambassadors.enums import LeaveReason
from ambassadors.models import Ambassador
from ambassadors.operations.departures import leave_register
from ambassadors.workflow import LIFECYCLE
from bookings import notifications
from bookings.enums import CancelReason
from bookings.models import Offer
from bookings.operations.promised import lock_with_everyone_beside, promised_seats
from bookings.operations.texting import forget_numbers
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
    ambassador = lock_with_everyone_beside(ambassador, at=at)
    permissions.check_may_end_part(by, ambassador)
    LIFECYCLE.check(ambassador, "leave")
    for seat, visit in promised_seats(ambassador, at=at):
        hand_back_seat(seat, visit, reason=CancelReason.OTHER, by=by, at=at, on_behalf_of=on_behalf_of)
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
    if ambassador.user is not None:
        forget_numbers(at=at, of=ambassador.user)
