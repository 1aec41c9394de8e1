"""Letters about what a school asks for, and how the search for it goes; None when the fact is true no longer."""

from dataclasses import replace
from datetime import datetime

from bookings.eligibility import times_on_offer
from bookings.enums import OfferStatus, RequestStatus, VisitStatus
from bookings.envelopes import (
    ANSWER_DAYS,
    calendar_of,
    offer_in,
    request_in,
    to_contact,
    visit_as_posted,
)
from bookings.matching.relaxing import what_helps
from bookings.models import (
    Request,
    RequestEvent,
    Willing,
)
from bookings.queries.boards import not_asked_again_for
from bookings.queries.seen import glimpse_of
from schools.enums import ContactStatus
from schools.models import Contact
from stem.accounts.models import User
from stem.letters.drafts import Draft, Envelope, about, gathered
from stem.letters.kinds import LetterKind


@about(LetterKind.RECEIPTS)
def request_received(draft: Draft, *, request_id: int) -> Envelope | None:
    """We have your request, and this is what happens next."""
    request = request_in(request_id, RequestStatus.SUBMITTED, RequestStatus.OPEN)
    return to_contact(request, page=draft.page("request", request_id)) if request else None


@about(LetterKind.REQUESTS)
def request_unfilled(draft: Draft, *, request_id: int) -> Envelope | None:
    """We could not find anyone, and this is what would help."""
    request = request_in(request_id, RequestStatus.UNFILLED)
    return to_contact(request, page=draft.page("request", request_id)) if request else None


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


@about(LetterKind.REQUESTS)
def request_handed_over(draft: Draft, *, request_id: int, to_id: int, visit_id: int = 0) -> Envelope | None:
    """A colleague has handed you a request, and with it its visits: from now on our letters about it are yours.

    One for each visit that is agreed, with its entry for your calendar: mail programs take one at a time (RFC 5546).
    """
    rows = Request.objects.filter(pk=request_id, contact=to_id).select_related("school", "contact__user")
    request = rows.first()
    if request is None:
        return None
    visit = request.visits.expected(draft.at).filter(pk=visit_id).first()
    envelope = to_contact(request, visit=visit, page=draft.page("request", request_id))
    calendar = calendar_of(draft, visit, [envelope.to_email], cancelled=False) if visit else None
    return replace(envelope, calendar=calendar)


@about(LetterKind.REQUESTS)
def request_handed_on(draft: Draft, *, request_id: int, from_id: int, visit_id: int = 0) -> Envelope | None:
    """A request of yours is a colleague's now, who goes on with it; your calendar lets its visit go."""
    request = Request.objects.filter(pk=request_id).exclude(contact=from_id).select_related("contact__user").first()
    before = Contact.objects.filter(pk=from_id).select_related("user", "school").first()
    if request is None or before is None:
        return None
    visit = request.visits.expected(draft.at).filter(pk=visit_id).first()
    calendar = calendar_of(draft, visit, [before.user.email], cancelled=True) if visit else None
    # Whoever acts for the school no longer has no page, and is written to for their calendar's sake alone.
    acts = before.status == ContactStatus.APPROVED
    if not acts and calendar is None:
        return None
    page = draft.page("request", request_id) if acts else ""
    context = {"request": request, "school": before.school, "visit": visit, "page": page}
    return Envelope(before.user.full_name, before.user.email, context, calendar=calendar)


@about(LetterKind.REQUESTS)
def search_is_slow(draft: Draft, *, visit_id: int, sequence: int) -> Envelope | None:
    """Nobody has been found yet; we go on looking, and this is what would help."""
    visit = visit_as_posted(visit_id, sequence, VisitStatus.FINDING)
    if visit is None or visit.request.status != RequestStatus.OPEN:
        return None
    times = times_on_offer(visit, draft.at)
    asked = not_asked_again_for(visit)
    # Of a time that has been agreed there is no other.
    can_be_else = visit.starts_at is None and bool(times)
    helps = what_helps(visit.request, times, at=draft.at, without=asked).relaxations if can_be_else else []
    return to_contact(visit.request, helps=helps, can_be_else=can_be_else, page=draft.page("request", visit.request_id))


@about(LetterKind.SEARCHES)
def search_needs_you(draft: Draft, *, visit_id: int, sequence: int, user_id: int) -> Envelope | None:
    """To a coordinator: so near its day a telephone call may be all that helps."""
    visit = visit_as_posted(visit_id, sequence, VisitStatus.FINDING)
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    times = times_on_offer(visit, draft.at) if visit else []
    if visit is None or reader is None or not times:
        return None
    context = {"request": visit.request, "school": visit.request.school, "times": times}
    page = draft.page("coordinate_request", visit.request_id)
    return Envelope(reader.full_name, reader.email, {**context, "page": page})


@about(LetterKind.WILLING)
@gathered
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


@about(LetterKind.REQUESTS)
def other_time_named(draft: Draft, *, offer_id: int) -> Envelope | None:
    """To the school: an ambassador could come at another time; who it is, it learns once it agrees (P-05)."""
    offer = offer_in(offer_id, OfferStatus.COUNTERED)
    if offer is None or offer.lapses_at <= draft.at:
        return None
    glimpse = glimpse_of(offer, is_online=offer.visit.request.is_online)
    told = {"offer": offer, "times": list(offer.other_times.all()), "glimpse": glimpse}
    answer = draft.link("answer_other_time", offer.pk, days=ANSWER_DAYS)
    return to_contact(offer.visit.request, **told, answer=answer)
