"""Taking back what was asked of people."""

from datetime import datetime
from typing import TYPE_CHECKING

from bookings import notifications
from bookings.models import Offer, Visit
from bookings.workflow import OFFER
from stem.letters.post import post

if TYPE_CHECKING:
    from stem.accounts.models import User


def withdraw_live_offers(visit: Visit, *, by: "User | None", at: datetime) -> None:
    """Tell everyone who was asked and has not answered that they no longer need to. The caller holds the visit."""
    for offer in Offer.objects.select_for_update(no_key=True, of=("self",)).filter(visit=visit).awaiting_answer():
        OFFER.move(offer, "withdraw", by=by, at=at)
        post(notifications.offer_withdrawn, to=offer.ambassador.user, due_at=at, offer_id=offer.pk)
