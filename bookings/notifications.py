"""Letters about requests, offers and visits, one function a fact; None when the fact is true no longer."""

from datetime import datetime
from typing import Literal

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from bookings.calendar import visit_event
from bookings.eligibility import can_be_reserve
from bookings.enums import OfferStatus, RequestStatus, SeatStatus, VisitStatus
from bookings.models import Offer, Request, RequestEvent, Seat, Visit, Willing
from bookings.queries import at_risk
from bookings.queries.seen import glimpse_of
from schools.enums import ContactStatus
from schools.models import Contact
from stem.accounts.models import User
from stem.calendars.writing import write_calendar
from stem.letters.drafts import CalendarFile, Draft, Envelope, about, confidential
from stem.letters.kinds import LetterKind

ANSWER_DAYS = 30.0  # the link shows where things stand long after the offer itself has lapsed


def _request(request_id: int, *statuses: RequestStatus) -> Request | None:
    rows = Request.objects.filter(pk=request_id, status__in=statuses)
    return rows.select_related("school", "contact__user").first()


def _to_contact(request: Request, **context: object) -> Envelope:
    user = request.contact.user
    return Envelope(user.full_name, user.email, {"request": request, "school": request.school, **context})


@about(LetterKind.RECEIPTS)
def request_received(draft: Draft, *, request_id: int) -> Envelope | None:
    """We have your request, and this is what happens next."""
    request = _request(request_id, RequestStatus.SUBMITTED, RequestStatus.OPEN)
    return _to_contact(request, page=draft.page("request", request_id)) if request else None


@about(LetterKind.REQUESTS)
def request_unfilled(draft: Draft, *, request_id: int) -> Envelope | None:
    """We could not find anyone, and this is what would help."""
    request = _request(request_id, RequestStatus.UNFILLED)
    return _to_contact(request, page=draft.page("request", request_id)) if request else None


@about(LetterKind.REQUESTS)
def work_handed_over(draft: Draft, *, from_id: int, to_id: int, handed_at: str) -> Envelope | None:
    """A colleague has left, and what they had going is yours now."""
    people = Contact.objects.select_related("user", "school").in_bulk([from_id, to_id])
    before, after = people.get(from_id), people.get(to_id)
    if before is None or after is None or after.status != ContactStatus.APPROVED:
        return None
    moved = RequestEvent.objects.filter(kind="hand_over", at=datetime.fromisoformat(handed_at)).values("request")
    context = {
        "before": before,
        "school": after.school,
        "requests": list(Request.objects.filter(pk__in=moved, contact=after)),
        "home": draft.page("school_home"),
    }
    return Envelope(after.user.full_name, after.user.email, context)


def _offer(offer_id: int, *statuses: OfferStatus) -> Offer | None:
    rows = Offer.objects.filter(pk=offer_id, status__in=statuses)
    return rows.select_related("ambassador__user", "visit__request__school", "visit__request__contact__user").first()


def _to_asked(offer: Offer, **context: object) -> Envelope:
    request = offer.visit.request
    return Envelope(
        offer.ambassador.full_name,
        offer.ambassador.reached_at,
        {"offer": offer, "ambassador": offer.ambassador, "request": request, "school": request.school, **context},
    )


@about(LetterKind.OFFERS)
def offer_made(draft: Draft, *, offer_id: int) -> Envelope | None:
    """A school asks for you: what, when, how far, why you, and one link to say yes or no."""
    offer = _offer(offer_id, OfferStatus.SENT)
    if offer is None or offer.lapses_at <= draft.at:
        return None
    times = list(offer.visit.request.possible_times.all())
    return _to_asked(offer, times=times, answer=draft.link("answer_offer", offer.pk, days=ANSWER_DAYS))


@about(LetterKind.RECEIPTS)
def offer_accepted(draft: Draft, *, offer_id: int) -> Envelope | None:
    """Thank you for saying yes; the school has the next word."""
    offer = _offer(offer_id, OfferStatus.ACCEPTED)
    return _to_asked(offer, visit=offer.visit, page=draft.page("visit", offer.visit_id)) if offer else None


@about(LetterKind.OFFER_NEWS)
def offer_superseded(draft: Draft, *, offer_id: int) -> Envelope | None:
    """Someone else was first; thank you, and nothing to do."""
    offer = _offer(offer_id, OfferStatus.SUPERSEDED)
    if offer is None:
        return None
    may_wait = can_be_reserve(offer, offer.visit, at=draft.at)
    return _to_asked(offer, reserve=draft.link("answer_offer", offer.pk, days=ANSWER_DAYS) if may_wait else "")


@about(LetterKind.OFFERS)
def offer_withdrawn(draft: Draft, *, offer_id: int) -> Envelope | None:
    """You no longer need to answer."""
    offer = _offer(offer_id, OfferStatus.WITHDRAWN)
    return _to_asked(offer) if offer else None


@about(LetterKind.OFFER_NEWS)
def offer_lapsed(draft: Draft, *, offer_id: int) -> Envelope | None:
    """The time to answer has run out; no harm done."""
    offer = _offer(offer_id, OfferStatus.LAPSED)
    return _to_asked(offer) if offer else None


@about(LetterKind.REQUESTS)
def other_time_named(draft: Draft, *, offer_id: int) -> Envelope | None:
    """To the school: an ambassador could come at another time; who it is, it learns once it agrees (P-05)."""
    offer = _offer(offer_id, OfferStatus.COUNTERED)
    if offer is None or offer.lapses_at <= draft.at:
        return None
    glimpse = glimpse_of(offer, is_online=offer.visit.request.is_online)
    told = {"offer": offer, "times": list(offer.other_times.all()), "glimpse": glimpse}
    answer = draft.link("answer_other_time", offer.pk, days=ANSWER_DAYS)
    return _to_contact(offer.visit.request, **told, answer=answer)


@about(LetterKind.OFFERS)
def other_time_agreed(draft: Draft, *, offer_id: int) -> Envelope | None:
    """The school takes the time that you named; it still has the next word."""
    offer = _offer(offer_id, OfferStatus.ACCEPTED)
    return _to_asked(offer, visit=offer.visit, page=draft.page("visit", offer.visit_id)) if offer else None


@about(LetterKind.OFFERS)
def other_time_refused(draft: Draft, *, offer_id: int) -> Envelope | None:
    """The school could not take the time that you named; thank you for trying."""
    offer = _offer(offer_id, OfferStatus.REFUSED)
    return _to_asked(offer) if offer else None


@about(LetterKind.OFFER_NEWS)
def other_time_lapsed(draft: Draft, *, offer_id: int) -> Envelope | None:
    """The school has not said in time whether it can take the time that you named."""
    offer = _offer(offer_id, OfferStatus.LAPSED)
    return _to_asked(offer) if offer else None


@about(LetterKind.VISITS)
def offer_released(draft: Draft, *, offer_id: int) -> Envelope | None:
    """The school has decided to look for someone else; thank you for offering."""
    offer = _offer(offer_id, OfferStatus.RELEASED)
    return _to_asked(offer) if offer else None


@about(LetterKind.VISITS)
def seat_given_up(draft: Draft, *, offer_id: int) -> Envelope | None:
    """We have noted that you cannot come, and your calendar lets the visit go."""
    offer = _offer(offer_id, OfferStatus.RELEASED)
    if offer is None:
        return None
    envelope = _to_asked(offer)
    calendar = _calendar(draft, offer.visit, [offer.ambassador.reached_at], cancelled=True)
    return Envelope(envelope.to_name, envelope.to_email, envelope.context, calendar=calendar)


@about(LetterKind.VISITS)
def place_given_back(draft: Draft, *, offer_id: int) -> Envelope | None:
    """You are no longer expected there: nothing to do, and whom to ask. No reason is given (V-71)."""
    offer = _offer(offer_id, OfferStatus.RELEASED)
    if offer is None:
        return None
    envelope = _to_asked(offer, contact=draft.page("contact"))
    calendar = _calendar(draft, offer.visit, [offer.ambassador.reached_at], cancelled=True)
    return Envelope(envelope.to_name, envelope.to_email, envelope.context, calendar=calendar)


@about(LetterKind.WILLING)
def offered_oneself(draft: Draft, *, willing_id: int, user_id: int) -> Envelope | None:
    """To a coordinator: somebody says that they could do this, for you to ask or not."""
    rows = Willing.objects.standing().filter(pk=willing_id, request__status=RequestStatus.OPEN)
    willing = rows.select_related("ambassador", "request__school").first()
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if willing is None or reader is None:
        return None
    request = willing.request
    context = {"ambassador": willing.ambassador, "request": request, "school": request.school}
    return Envelope(reader.full_name, reader.email, {**context, "page": draft.page("coordinate_request", request.pk)})


def _visit(visit_id: int, sequence: int, *statuses: VisitStatus) -> Visit | None:
    """The visit as it stood when the letter was posted: a later change has its own letter."""
    rows = Visit.objects.filter(pk=visit_id, sequence=sequence, status__in=statuses)
    return rows.select_related("request__school", "request__contact__user").first()


def _people(visit: Visit) -> list[Seat]:
    return list(visit.seats.filter(status=SeatStatus.TAKEN).select_related("ambassador__user"))


@about(LetterKind.REQUESTS)
def ambassador_found(draft: Draft, *, visit_id: int, sequence: int, offer_id: int) -> Envelope | None:
    """Someone has said yes: see who, and accept them."""
    visit = _visit(visit_id, sequence, VisitStatus.MATCHED)
    if visit is None or not Offer.objects.filter(pk=offer_id, status=OfferStatus.ACCEPTED).exists():
        return None
    return _to_contact(visit.request, visit=visit, people=_people(visit), page=draft.page("visit", visit_id))


@about(LetterKind.VISITS)
def ambassador_withdrew(draft: Draft, *, visit_id: int, sequence: int) -> Envelope | None:
    """The person cannot come; we look for another, and this is where it stands. No reason is given (V-71)."""
    visit = _visit(visit_id, sequence, VisitStatus.FINDING)
    return _to_contact(visit.request, visit=visit, page=draft.page("visit", visit_id)) if visit else None


@about(LetterKind.VISITS)
def visit_confirmed(draft: Draft, *, visit_id: int, seat_id: int, sequence: int) -> Envelope | None:
    """It is agreed: all you need for the day, and an entry for your calendar."""
    visit = _visit(visit_id, sequence, VisitStatus.CONFIRMED)
    return _agreed(draft, visit, seat_id, cancelled=False) if visit else None


@about(LetterKind.VISITS)
def visit_cancelled(draft: Draft, *, visit_id: int, seat_id: int, sequence: int) -> Envelope | None:
    """It is off: nobody needs to travel, and your calendar lets it go."""
    visit = _visit(
        visit_id,
        sequence,
        VisitStatus.CANCELLED_BY_SCHOOL,
        VisitStatus.CANCELLED_BY_AMBASSADOR,
        VisitStatus.CANCELLED_BY_SCHEME,
    )
    return _agreed(draft, visit, seat_id, cancelled=True) if visit else None


def _agreed(draft: Draft, visit: Visit, seat_id: int, *, cancelled: bool) -> Envelope:
    """To the school's contact, or with a seat to the person who has it."""
    people = _people(visit)
    seat = next((each for each in people if each.pk == seat_id), None)
    contact = visit.request.contact.user
    name, email = contact.full_name, contact.email
    if seat is not None and seat.ambassador is not None:
        name, email = seat.ambassador.full_name, seat.ambassador.reached_at
    context = {
        "visit": visit,
        "request": visit.request,
        "school": visit.request.school,
        "people": people,
        "for_school": seat is None,
        "name": name,
        "page": draft.page("visit", visit.pk),
        # The page that asks to sign in, and not the address on the card: a letter is passed on, and read by machines.
        "card": draft.page("visit_card", seat.pk) if seat is not None else "",
    }
    return Envelope(name, email, context, calendar=_calendar(draft, visit, [email], cancelled=cancelled))


def _calendar(draft: Draft, visit: Visit, attendees: list[str], *, cancelled: bool) -> CalendarFile | None:
    if visit.starts_at is None:
        return None
    event = visit_event(visit, url=draft.page("visit", visit.pk), attendees=attendees)
    method: Literal["CANCEL", "REQUEST"] = "CANCEL" if cancelled else "REQUEST"
    return CalendarFile(write_calendar([event], name=str(visit), method=method), method)


@about(LetterKind.VETTING)
@confidential
def visits_at_risk(draft: Draft, *, ambassador_id: int, reminded_at: str) -> Envelope | None:
    """Renew this, or visits you have promised cannot go ahead: by when, for which, and where (V-04)."""
    ambassador = Ambassador.objects.filter(pk=ambassador_id).select_related("user").first()
    renewals = at_risk.renewals_of(ambassador, at=draft.at) if ambassador else []
    if ambassador is None or not renewals:
        return None
    lines = [(each.words, draft.page(*each.page) if each.page and ambassador.user else "") for each in renewals]
    context = {"ambassador": ambassador, "lines": lines, "contact": draft.page("contact")}
    return Envelope(ambassador.full_name, ambassador.reached_at, context)


@about(LetterKind.VETTING)
def scheme_left(draft: Draft, *, ambassador_id: int) -> Envelope | None:
    """You take part no longer: what became of what you had promised, what is kept, and how to come back."""
    people = Ambassador.objects.filter(pk=ambassador_id, status=AmbassadorStatus.LEFT)
    ambassador = people.select_related("user").first()
    if ambassador is None:
        return None
    context = {
        "ambassador": ambassador,
        "privacy": draft.page("privacy"),
        "held": draft.page("what_we_hold") if ambassador.user_id else "",
        "contact": draft.page("contact"),
    }
    return Envelope(ambassador.full_name, ambassador.reached_at, context)
