"""Opening a seat again; what follows when somebody comes along to watch, and when they no longer do (0045)."""

from datetime import datetime
from typing import TYPE_CHECKING

from bookings import notifications
from bookings.enums import OfferStatus, SeatStatus, VisitStatus
from bookings.models import Commitment, Offer, Seat, Visit
from bookings.workflow import OFFER, SEAT
from stem.letters.drafts import Fact
from stem.letters.post import post

if TYPE_CHECKING:
    from stem.accounts.models import User


def free_seat(
    seat: Seat,
    *,
    by: "User | None",
    at: datetime,
    told: Fact | None,
    reason: str = "",
    note: str = "",
    on_behalf_of: str = "",
) -> None:
    """Open the seat again and let its hours go; the person is told by this letter, and their calendar by its file.

    Without one they are told of the first meeting of a series, which was no more in their calendar than this.
    """
    offer = Offer.objects.select_for_update(no_key=True, of=("self",)).filter(seat=seat, status=OfferStatus.ACCEPTED)
    for accepted in offer:
        OFFER.move(accepted, "release", by=by, at=at, reason=reason, note=note, on_behalf_of=on_behalf_of)
        if told is not None:
            post(told, to=accepted.ambassador.user, due_at=at, offer_id=accepted.pk)
    Commitment.objects.filter(seat=seat).delete()
    SEAT.move(seat, "free", by=by, at=at, reason=reason, on_behalf_of=on_behalf_of, ambassador=None, practical=None)


def free_shadow(
    seat: Seat,
    *,
    by: "User | None",
    at: datetime,
    told: Fact,
    reason: str = "",
    on_behalf_of: str = "",
    tells_school: bool = True,
) -> None:
    """Whoever was to watch does not come along: the visit stays as it is, and whoever expected them is told.

    The caller holds the visit and the seat. The school is not told by letter of what it has said itself.
    """
    accepted = Offer.objects.filter(seat=seat, status=OfferStatus.ACCEPTED).first()
    free_seat(seat, by=by, at=at, told=told, reason=reason, on_behalf_of=on_behalf_of)
    if accepted is not None:
        tell_of_shadow(notifications.shadow_withdrew, accepted, seat.visit, at=at, tells_school=tells_school)


def let_shadow_go(visit: Visit, *, at: datetime) -> None:
    """End all watching of a visit that does not stand as it did: nobody watches it, and nobody is asked to.

    Whoever said yes did so to this hour beside these people, and may be asked anew. The caller holds the visit.
    """
    for seat in Seat.objects.select_for_update(no_key=True, of=("self",)).shadows().filter(visit=visit):
        withdraw_asked_to_watch(seat, by=None, at=at)
        if seat.status == SeatStatus.TAKEN:
            free_seat(seat, by=None, at=at, told=notifications.shadow_let_go)


def withdraw_asked_to_watch(seat: Seat, *, by: "User | None", at: datetime) -> None:
    """Tell whoever was asked for this shadow's place that they need not answer. The caller holds the seat."""
    asked = Offer.objects.select_for_update(no_key=True, of=("self",)).filter(seat=seat).awaiting_answer()
    for offer in asked:
        OFFER.move(offer, "withdraw", by=by, at=at)
        post(notifications.offer_withdrawn, to=offer.ambassador.user, due_at=at, offer_id=offer.pk)


def expect_shadow(offer: Offer, seat: Seat, visit: Visit, *, at: datetime) -> None:
    """Whoever visits and the school hear who comes along; whoever does has all for the day where it is agreed."""
    tell_of_shadow(notifications.shadow_found, offer, visit, at=at)
    if visit.status == VisitStatus.CONFIRMED:
        fact, to = notifications.visit_confirmed, offer.ambassador.user
        key = f"{visit.pk} {seat.pk} {visit.sequence} {offer.pk}"
        post(fact, to=to, due_at=at, key=key, visit_id=visit.pk, seat_id=seat.pk, sequence=visit.sequence)


def tell_of_shadow(fact: Fact, offer: Offer, visit: Visit, *, at: datetime, tells_school: bool = True) -> None:
    """A letter about whoever watches, or no longer does, to everyone who visits and to the school's contact."""
    if tells_school:
        post(fact, to=visit.request.contact.user, due_at=at, visit_id=visit.pk, seat_id=0, offer_id=offer.pk)
    for lead in visit.seats.filter(status=SeatStatus.TAKEN).leads().select_related("ambassador__user"):
        assert lead.ambassador is not None
        post(fact, to=lead.ambassador.user, due_at=at, visit_id=visit.pk, seat_id=lead.pk, offer_id=offer.pk)
