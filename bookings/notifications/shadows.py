"""Letters about whoever comes along to watch (decision 0045); None when the fact is true no longer."""

from bookings.enums import HAS_PEOPLE, OfferStatus, SeatStatus
from bookings.envelopes import calendar_of, offer_in, to_asked
from bookings.models import Offer, Seat
from stem.letters.drafts import Draft, Envelope, about
from stem.letters.kinds import LetterKind


@about(LetterKind.VISITS)
def shadow_found(draft: Draft, *, visit_id: int, seat_id: int, offer_id: int) -> Envelope | None:
    """Somebody new comes along to watch: who it is, and that a school may say "not this time"."""
    offer = offer_in(offer_id, OfferStatus.ACCEPTED)
    return _to_whom_it_concerns(draft, offer, seat_id)


@about(LetterKind.VISITS)
def shadow_withdrew(draft: Draft, *, visit_id: int, seat_id: int, offer_id: int) -> Envelope | None:
    """Whoever was to watch does not come along; the visit itself stays as it is. No reason is given (V-71)."""
    offer = offer_in(offer_id, OfferStatus.RELEASED)
    return _to_whom_it_concerns(draft, offer, seat_id)


def _to_whom_it_concerns(draft: Draft, offer: Offer | None, seat_id: int) -> Envelope | None:
    """To whoever has this seat, or for nought to the school's contact; to nobody about a visit that stands no more."""
    if offer is None or offer.visit.status not in HAS_PEOPLE:
        return None
    visit, contact = offer.visit, offer.visit.request.contact.user
    context = {
        "visit": visit,
        "request": visit.request,
        "school": visit.request.school,
        "watcher": offer.ambassador,
        "for_school": not seat_id,
    }
    if not seat_id:
        return Envelope(contact.full_name, contact.email, {**context, "page": draft.page("visit", visit.pk)})
    rows = Seat.objects.leads().filter(pk=seat_id, visit=visit, status=SeatStatus.TAKEN)
    seat = rows.select_related("ambassador__user").first()
    if seat is None or seat.ambassador is None:
        return None
    # Whoever has no account has no page.
    page = draft.page("visit", visit.pk) if seat.ambassador.user_id else ""
    return Envelope(seat.ambassador.full_name, seat.ambassador.reached_at, {**context, "page": page})


@about(LetterKind.VISITS)
def shadow_let_go(draft: Draft, *, offer_id: int) -> Envelope | None:
    """The plans for a visit have changed and nobody watches it this time: nothing to do, and the day is free again."""
    offer = offer_in(offer_id, OfferStatus.RELEASED)
    if offer is None:
        return None
    envelope = to_asked(offer)
    calendar = calendar_of(draft, offer.visit, [offer.ambassador.reached_at], cancelled=True, watches=True)
    return Envelope(envelope.to_name, envelope.to_email, envelope.context, calendar=calendar)
