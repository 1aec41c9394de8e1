"""Letters about agreed visits; None when the fact is true no longer."""

from dataclasses import replace
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from bookings.enums import HAS_PEOPLE, OfferStatus, ProposalStatus, VisitStatus
from bookings.envelopes import (
    ANSWER_DAYS,
    agreed,
    people_of,
    to_contact,
    visit_as_posted,
)
from bookings.models import (
    Offer,
    Preparation,
    Proposal,
    Reconfirmation,
    Seat,
    Visit,
    VisitEvent,
)
from bookings.queries import at_risk, proposals
from bookings.queries.series import waiting_with
from bookings.queries.threads import news_of
from stem.letters.drafts import Draft, Envelope, about, confidential
from stem.letters.kinds import LetterKind


@about(LetterKind.VISITS)
def visit_cancelled(draft: Draft, *, visit_id: int, seat_id: int, sequence: int) -> Envelope | None:
    """It is off: nobody needs to travel, and your calendar lets it go."""
    visit = visit_as_posted(
        visit_id,
        sequence,
        VisitStatus.CANCELLED_BY_SCHOOL,
        VisitStatus.CANCELLED_BY_AMBASSADOR,
        VisitStatus.CANCELLED_BY_SCHEME,
        VisitStatus.UNFILLED,
    )
    return agreed(draft, visit, seat_id, cancelled=True) if visit else None


@about(LetterKind.VISITS)
def message_written(draft: Draft, *, message_id: int, user_id: int, ambassador_id: int) -> Envelope | None:
    """What the other side has written about a visit since the letter before, and where to answer."""
    news = news_of(message_id, user_id=user_id, ambassador_id=ambassador_id)
    if news is None:
        return None
    visit = news.visit
    context = {
        "visit": visit,
        "request": visit.request,
        "school": visit.request.school,
        "lines": news.lines,
        "page": draft.page("visit_messages", visit.pk) if news.reader.user_id else "",
    }
    return Envelope(news.reader.name, news.reader.email, context)


@about(LetterKind.VISITS)
def outline_written(draft: Draft, *, preparation_id: int, version: str) -> Envelope | None:
    """Whoever comes has written what they would do: read it, and say that you agree."""
    rows = Preparation.objects.filter(pk=preparation_id, school_agreed_at=None)
    found = rows.select_related("visit__request__school", "visit__request__contact__user").first()
    is_open = found is not None and found.visit.status in (VisitStatus.MATCHED, VisitStatus.CONFIRMED)
    if found is None or not is_open or found.outline_version != version:
        return None
    visit = found.visit
    return to_contact(visit.request, visit=visit, outline=found.outline, page=draft.page("visit", visit.pk))


@about(LetterKind.VISITS)
def visit_to_reconfirm(draft: Draft, *, reconfirmation_id: int, is_reminder: int) -> Envelope | None:
    """Is everything as agreed? One link to say so, and where to go when something has changed."""
    rows = Reconfirmation.objects.filter(pk=reconfirmation_id, said_at=None, visit__status=VisitStatus.CONFIRMED)
    row = rows.filter(sequence=F("visit__sequence"), visit__starts_at__gt=draft.at).first()
    if row is None:
        return None
    row = Reconfirmation.objects.behind(row.pk)
    person = row.seat.ambassador if row.seat is not None else None
    if row.seat is not None and person is None:
        return None
    visit, contact = row.visit, row.visit.request.contact.user
    context = {
        "visit": visit,
        "request": visit.request,
        "school": visit.request.school,
        "people": people_of(visit),
        "for_school": person is None,
        "is_reminder": bool(is_reminder),
        "answer": draft.link("reconfirm", row.pk, days=ANSWER_DAYS),
        "page": draft.page("visit", visit.pk),
    }
    if person is not None:
        return Envelope(person.full_name, person.reached_at, context)
    return Envelope(contact.full_name, contact.email, context)


@about(LetterKind.VISITS)
def visit_changed(draft: Draft, *, visit_id: int, seat_id: int, sequence: int) -> Envelope | None:
    """It is at another time, as everyone agreed: all there is to know, and the entry that replaces the old one."""
    visit = visit_as_posted(visit_id, sequence, VisitStatus.MATCHED, VisitStatus.CONFIRMED)
    if visit is None:
        return None
    envelope = agreed(draft, visit, seat_id, cancelled=False)
    moved = visit.proposals.filter(status=ProposalStatus.AGREED).first()
    waits = visit.status == VisitStatus.MATCHED
    # What nobody has confirmed stands in no calendar, from which it would have to be taken again.
    calendar = None if waits else envelope.calendar
    context = {**envelope.context, "moved": moved, "waits_for_school": waits}
    return replace(envelope, context=context, calendar=calendar)


@about(LetterKind.VISITS)
def arrangements_changed(draft: Draft, *, visit_id: int, seat_id: int, edited_at: str) -> Envelope | None:
    """The school has changed who is there or where to go: all of it as it stands now.

    One that was posted before another change falls silent: the later one tells it all.
    """
    later = VisitEvent.objects.filter(kind="change_arrangements", at__gt=datetime.fromisoformat(edited_at))
    rows = Visit.objects.filter(pk=visit_id, status=VisitStatus.CONFIRMED).exclude(pk__in=later.values("visit"))
    visit = rows.select_related("request__school", "request__contact__user").first()
    seat = Seat.objects.filter(pk=seat_id, visit=visit_id, ambassador__isnull=False).first()
    if visit is None or seat is None:
        return None
    return replace(agreed(draft, visit, seat_id, cancelled=False), calendar=None)


def _proposal(proposal_id: int, *statuses: ProposalStatus) -> Proposal | None:
    rows = Proposal.objects.filter(pk=proposal_id, status__in=statuses)
    return rows.select_related("visit__request__school", "visit__request__contact__user").first()


def _of_proposal(draft: Draft, proposal: Proposal, key: int) -> Envelope | None:
    """To whoever has the seat of this key, or for nought to the school's contact; to nobody who has it no longer."""
    visit = proposal.visit
    told = proposals.proposed(proposal, people_of(visit), mine=[key], at=draft.at)
    if key not in told.names:
        return None
    # Whoever has no account answers by telephone.
    nobody = key and visit.seats.filter(pk=key, ambassador__user=None).exists()
    page = "" if nobody else draft.page("proposal", proposal.pk)
    envelope = agreed(draft, visit, key, cancelled=False)
    return replace(envelope, context={**envelope.context, "proposed": told, "page": page}, calendar=None)


@about(LetterKind.VISITS)
def proposal_made(draft: Draft, *, proposal_id: int, seat_id: int) -> Envelope | None:
    """Somebody would like the visit to be at another time: when, why, and by when to answer."""
    proposal = _proposal(proposal_id, ProposalStatus.PROPOSED)
    if proposal is None or proposal.lapses_at <= draft.at:
        return None
    envelope = _of_proposal(draft, proposal, seat_id)
    return envelope if envelope and envelope.context["proposed"].to_answer else None


@about(LetterKind.VISITS)
def proposal_ended(draft: Draft, *, proposal_id: int, seat_id: int) -> Envelope | None:
    """Nothing came of another time that was proposed: the visit stays where it is, and nobody needs to answer."""
    ended = (ProposalStatus.REFUSED, ProposalStatus.WITHDRAWN, ProposalStatus.LAPSED)
    proposal = _proposal(proposal_id, *ended)
    if proposal is None or proposal.visit.status not in HAS_PEOPLE:
        return None
    envelope = _of_proposal(draft, proposal, seat_id)
    if envelope is None:
        return None
    said = proposal.events.filter(kind="refuse").first()
    page = draft.page("visit", proposal.visit_id)
    return replace(envelope, context={**envelope.context, "said": said.note if said else "", "page": page})


@about(LetterKind.REQUESTS)
def ambassador_found(draft: Draft, *, visit_id: int, sequence: int, offer_id: int) -> Envelope | None:
    """Someone has said yes: see who, and accept them."""
    visit = visit_as_posted(visit_id, sequence, VisitStatus.MATCHED)
    if visit is None or not Offer.objects.filter(pk=offer_id, status=OfferStatus.ACCEPTED).exists():
        return None
    meetings, page = waiting_with(visit), draft.page("visit", visit_id)
    return to_contact(visit.request, visit=visit, people=people_of(visit), meetings=meetings, page=page)


@about(LetterKind.VISITS)
def ambassador_withdrew(draft: Draft, *, visit_id: int, sequence: int) -> Envelope | None:
    """The person cannot come; we look for another, and this is where it stands. No reason is given (V-71)."""
    visit = visit_as_posted(visit_id, sequence, VisitStatus.FINDING)
    return to_contact(visit.request, visit=visit, page=draft.page("visit", visit_id)) if visit else None


@about(LetterKind.VISITS)
def other_withdrew(draft: Draft, *, visit_id: int, seat_id: int, sequence: int) -> Envelope | None:
    """To whoever still comes: somebody is looked for beside them, and their own place stands."""
    visit = visit_as_posted(visit_id, sequence, VisitStatus.FINDING)
    seat = Seat.objects.filter(pk=seat_id, visit=visit_id, ambassador__isnull=False).first()
    if visit is None or seat is None or seat.ambassador is None:
        return None
    context = {"visit": visit, "request": visit.request, "school": visit.request.school}
    page = draft.page("visit", visit.pk) if seat.ambassador.user_id else ""
    return Envelope(seat.ambassador.full_name, seat.ambassador.reached_at, {**context, "page": page})


@about(LetterKind.VISITS)
def visit_confirmed(draft: Draft, *, visit_id: int, seat_id: int, sequence: int) -> Envelope | None:
    """It is agreed: all you need for the day, and an entry for your calendar."""
    visit = visit_as_posted(visit_id, sequence, VisitStatus.CONFIRMED)
    return agreed(draft, visit, seat_id, cancelled=False) if visit else None


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


@about(LetterKind.VETTING, because=_("You get this because you have been an ambassador with us."))
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
