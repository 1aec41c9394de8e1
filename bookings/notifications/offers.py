"""Letters to whoever is asked; None when the fact is true no longer."""

from bookings.eligibility import can_be_reserve, times_on_offer
from bookings.enums import HAS_PEOPLE, OfferStatus, VisitStatus
from bookings.envelopes import ANSWER_DAYS, calendar_of, offer_in, to_asked
from bookings.queries.series import meetings_in_words, waiting_with
from stem.letters.drafts import Draft, Envelope, about, gathered
from stem.letters.kinds import LetterKind


@about(LetterKind.OFFERS)
def offer_made(draft: Draft, *, offer_id: int) -> Envelope | None:
    """A school asks for you: what, when, how far, why you, and one link to say yes or no."""
    offer = offer_in(offer_id, OfferStatus.SENT)
    if offer is None or offer.lapses_at <= draft.at:
        return None
    times = times_on_offer(offer.visit, draft.at)
    if not times:
        return None
    meetings = meetings_in_words(offer.visit, times)
    answer = draft.link("answer_offer", offer.pk, days=ANSWER_DAYS)
    return to_asked(offer, times=times, meetings=meetings, answer=answer)


@about(LetterKind.OFFERS)
def offer_waits(draft: Draft, *, offer_id: int, reminded_at: str) -> Envelope | None:
    """A school still hopes for your answer; nothing once there is nothing to answer."""
    offer = offer_in(offer_id, OfferStatus.SENT)
    if offer is None or offer.lapses_at <= draft.at:
        return None
    waits_in = HAS_PEOPLE if offer.seat.is_shadow else (VisitStatus.FINDING,)
    if offer.visit.status not in waits_in:
        return None
    times = times_on_offer(offer.visit, draft.at)
    meetings = meetings_in_words(offer.visit, times)
    answer = draft.link("answer_offer", offer.pk, days=ANSWER_DAYS)
    return to_asked(offer, times=times, meetings=meetings, answer=answer)


@about(LetterKind.RECEIPTS)
def offer_accepted(draft: Draft, *, offer_id: int) -> Envelope | None:
    """Thank you for saying yes; the school has the next word."""
    offer = offer_in(offer_id, OfferStatus.ACCEPTED)
    if offer is None:
        return None
    meetings = [] if offer.seat.is_shadow else waiting_with(offer.visit, of=offer.ambassador)
    return to_asked(offer, visit=offer.visit, meetings=meetings, page=draft.page("visit", offer.visit_id))


@about(LetterKind.OFFER_NEWS)
@gathered
def offer_superseded(draft: Draft, *, offer_id: int) -> Envelope | None:
    """Someone else was first; thank you, and nothing to do."""
    offer = offer_in(offer_id, OfferStatus.SUPERSEDED)
    if offer is None:
        return None
    may_wait = can_be_reserve(offer, offer.visit, at=draft.at)
    return to_asked(offer, reserve=draft.link("answer_offer", offer.pk, days=ANSWER_DAYS) if may_wait else "")


@about(LetterKind.OFFERS)
def offer_withdrawn(draft: Draft, *, offer_id: int) -> Envelope | None:
    """You no longer need to answer."""
    offer = offer_in(offer_id, OfferStatus.WITHDRAWN)
    return to_asked(offer) if offer else None


@about(LetterKind.OFFER_NEWS)
@gathered
def offer_lapsed(draft: Draft, *, offer_id: int) -> Envelope | None:
    """The time to answer has run out; no harm done."""
    offer = offer_in(offer_id, OfferStatus.LAPSED)
    return to_asked(offer) if offer else None


@about(LetterKind.VISITS)
def offer_released(draft: Draft, *, offer_id: int) -> Envelope | None:
    """The school has decided to look for someone else; thank you for offering."""
    offer = offer_in(offer_id, OfferStatus.RELEASED)
    return to_asked(offer) if offer else None


@about(LetterKind.VISITS)
def seat_given_up(draft: Draft, *, offer_id: int) -> Envelope | None:
    """We have noted that you cannot come, and your calendar lets the visit go."""
    offer = offer_in(offer_id, OfferStatus.RELEASED)
    if offer is None:
        return None
    envelope = to_asked(offer)
    calendar = calendar_of(draft, offer.visit, [offer.ambassador.reached_at], cancelled=True)
    return Envelope(envelope.to_name, envelope.to_email, envelope.context, calendar=calendar)


@about(LetterKind.VISITS)
def place_given_back(draft: Draft, *, offer_id: int) -> Envelope | None:
    """You are no longer expected there: nothing to do, and whom to ask. No reason is given (V-71)."""
    offer = offer_in(offer_id, OfferStatus.RELEASED)
    if offer is None:
        return None
    envelope = to_asked(offer, contact=draft.page("contact"))
    calendar = calendar_of(draft, offer.visit, [offer.ambassador.reached_at], cancelled=True)
    return Envelope(envelope.to_name, envelope.to_email, envelope.context, calendar=calendar)


@about(LetterKind.OFFERS)
def other_time_agreed(draft: Draft, *, offer_id: int) -> Envelope | None:
    """The school takes the time that you named; it still has the next word."""
    offer = offer_in(offer_id, OfferStatus.ACCEPTED)
    return to_asked(offer, visit=offer.visit, page=draft.page("visit", offer.visit_id)) if offer else None


@about(LetterKind.OFFERS)
def other_time_refused(draft: Draft, *, offer_id: int) -> Envelope | None:
    """The school could not take the time that you named; thank you for trying."""
    offer = offer_in(offer_id, OfferStatus.REFUSED)
    return to_asked(offer) if offer else None


@about(LetterKind.OFFER_NEWS)
def other_time_lapsed(draft: Draft, *, offer_id: int) -> Envelope | None:
    """The school has not said in time whether it can take the time that you named."""
    offer = offer_in(offer_id, OfferStatus.LAPSED)
    return to_asked(offer) if offer else None
