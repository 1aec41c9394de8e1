"""Whom letters about requests, offers and visits go to, and what all of them are told."""

from typing import Literal

from bookings.calendar import visit_event
from bookings.coming import visitors_of
from bookings.enums import OfferStatus, RequestStatus, SeatStatus, VisitStatus
from bookings.matching.offered_near import offered_near
from bookings.models import Offer, Request, Seat, Visit
from schools.models import Contact
from stem.calendars.writing import write_calendar
from stem.letters.drafts import CalendarFile, Draft, Envelope
from stem.moments import day_of
from stem.policy.values import value

ANSWER_DAYS = 30.0  # the link shows where things stand long after the offer itself has lapsed


def request_in(request_id: int, *statuses: RequestStatus) -> Request | None:
    """The request of this key where it stands so, with its school and whoever asks; None otherwise."""
    rows = Request.objects.filter(pk=request_id, status__in=statuses)
    return rows.select_related("school", "contact__user").first()


def to_contact(request: Request, **context: object) -> Envelope:
    """A letter to whoever asked for this."""
    user = request.contact.user
    return Envelope(user.full_name, user.email, {"request": request, "school": request.school, **context})


def to_lead(draft: Draft, lead: Contact, *, has_been: bool, words: str, by: str) -> Envelope:
    """To whoever leads at a school that has not asked: what people near speak of, and the sender's sentence."""
    school, today = lead.school, day_of(draft.at)
    context = {
        "school": school,
        "has_been": has_been,
        "near": offered_near(school, on=today),
        "words": words,
        "by": by,
        "most": value("invitations_per_term", on=today),
        "page": draft.page("start_request"),
    }
    return Envelope(lead.user.full_name, lead.user.email, context)


def offer_in(offer_id: int, *statuses: OfferStatus) -> Offer | None:
    """The offer of this key where it stands so, with its person, its school and whoever asks; None otherwise."""
    rows = Offer.objects.filter(pk=offer_id, status__in=statuses)
    return rows.select_related(
        "ambassador__user", "seat", "visit__request__school", "visit__request__contact__user"
    ).first()


def to_asked(offer: Offer, **context: object) -> Envelope:
    """A letter to whoever was asked, with whom they would watch where it is that."""
    request = offer.visit.request
    beside = beside_whom(offer.visit) if offer.seat.is_shadow else ""
    return Envelope(
        offer.ambassador.full_name,
        offer.ambassador.reached_at,
        {
            "offer": offer,
            "ambassador": offer.ambassador,
            "request": request,
            "school": request.school,
            "beside": beside,
            **context,
        },
    )


def visit_as_posted(visit_id: int, sequence: int, *statuses: VisitStatus) -> Visit | None:
    """The visit as it stood when the letter was posted: a later change has its own letter."""
    rows = Visit.objects.filter(pk=visit_id, sequence=sequence, status__in=statuses)
    return rows.select_related("request__school", "request__contact__user").first()


def people_of(visit: Visit) -> list[Seat]:
    """The taken seats of a visit, with whoever has them."""
    return list(visit.seats.filter(status=SeatStatus.TAKEN).select_related("ambassador__user"))


def beside_whom(visit: Visit) -> str:
    """Those who visit, as somebody reads it who might come along: first names and no more."""
    return ", ".join(person.first_name for person in visitors_of(people_of(visit)))


def agreed(draft: Draft, visit: Visit, seat_id: int, *, cancelled: bool) -> Envelope:
    """To the school's contact, or with a seat to the person who has it."""
    people = people_of(visit)
    seat = next((each for each in people if each.pk == seat_id), None)
    watches = seat is not None and seat.is_shadow
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
        # Beside whom, for the one who watches.
        "beside": ", ".join(str(person) for person in visitors_of(people)) if watches else "",
        "name": name,
        "page": draft.page("visit", visit.pk),
        # The page that asks to sign in, and not the address on the card: a letter is passed on, and read by machines.
        "card": draft.page("visit_card", seat.pk) if seat is not None else "",
    }
    calendar = calendar_of(draft, visit, [email], cancelled=cancelled, watches=watches)
    return Envelope(name, email, context, calendar=calendar)


def calendar_of(
    draft: Draft, visit: Visit, attendees: list[str], *, cancelled: bool, watches: bool = False
) -> CalendarFile | None:
    """The entry for the calendars of these people, or the one that takes it back; of whoever watches, beside whom."""
    if visit.starts_at is None:
        return None
    event = visit_event(visit, url=draft.page("visit", visit.pk), attendees=attendees, watches=watches)
    method: Literal["CANCEL", "REQUEST"] = "CANCEL" if cancelled else "REQUEST"
    return CalendarFile(write_calendar([event], name=str(visit), method=method), method)
