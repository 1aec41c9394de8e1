"""Taking back what was asked of people."""

from datetime import datetime
from typing import TYPE_CHECKING

from bookings import notifications
from bookings.enums import UNSETTLED_OFFERS
from bookings.models import Offer, Visit
from bookings.workflow import OFFER
from stem.letters.post import post

if TYPE_CHECKING:
    from stem.accounts.models import User


def withdraw_live_offers(visit: Visit, *, by: "User | None", at: datetime) -> None:
    """Tell everyone who was asked, and waits or is waited for, that nobody needs to. The caller holds the visit."""
    waiting = Offer.objects.filter(visit=visit, status__in=UNSETTLED_OFFERS)
    for offer in waiting.select_for_update(no_key=True, of=("self",)):
        OFFER.move(offer, "withdraw", by=by, at=at)
        post(notifications.offer_withdrawn, to=offer.ambassador.user, due_at=at, offer_id=offer.pk)
