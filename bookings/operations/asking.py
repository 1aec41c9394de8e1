"""Taking back what was asked of people."""

from datetime import datetime
from typing import TYPE_CHECKING

from bookings import notifications
from bookings.enums import UNSETTLED_OFFERS
from bookings.models import Offer, Proposal, Visit
from bookings.workflow import OFFER, PROPOSAL
from stem.letters.post import post

if TYPE_CHECKING:
    from stem.accounts.models import User


def withdraw_live_offers(visit: Visit, *, by: "User | None", at: datetime) -> None:
    """Tell everyone who was asked, and waits or is waited for, that nobody needs to. The caller holds the visit."""
    waiting = Offer.objects.filter(visit=visit, status__in=UNSETTLED_OFFERS)
    for offer in waiting.select_for_update(no_key=True, of=("self",)):
        OFFER.move(offer, "withdraw", by=by, at=at)
        post(notifications.offer_withdrawn, to=offer.ambassador.user, due_at=at, offer_id=offer.pk)


def let_proposal_lapse(visit: Visit, *, at: datetime) -> None:
    """End another time that waits for an answer, where the visit itself no longer stands as it did.

    Nobody gets a letter of it: there is one about the visit. The caller holds the visit.
    """
    for proposal in Proposal.objects.select_for_update(no_key=True, of=("self",)).open().filter(visit=visit):
        PROPOSAL.move(proposal, "lapse", by=None, at=at)
