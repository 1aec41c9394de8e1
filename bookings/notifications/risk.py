"""Letters about risk assessments; None when the fact is true no longer."""

from bookings.enums import VisitStatus
from bookings.envelopes import visit_as_posted
from bookings.models import RiskAcceptance, Seat
from bookings.risk import assessed
from schools.models import Contact
from stem.accounts.models import User
from stem.letters.drafts import Draft, Envelope, about
from stem.letters.kinds import LetterKind

OPEN = (VisitStatus.MATCHED, VisitStatus.CONFIRMED)


def _standing(risk_acceptance_id: int) -> RiskAcceptance | None:
    """What a school was asked to accept, while it counts and the visit is to come."""
    rows = RiskAcceptance.objects.filter(pk=risk_acceptance_id, visit__status__in=OPEN)
    return rows.standing().with_all().first()


def _told(row: RiskAcceptance) -> dict[str, object]:
    request = row.visit.request
    told = {"visit": row.visit, "request": request, "school": request.school, "assessment": row.assessment}
    return {**told, "who": row.assessment.ambassador.full_name, "row": row}


@about(LetterKind.VISITS)
def risk_assessment_asked(draft: Draft, *, seat_id: int, ambassador_id: int, sequence: int) -> Envelope | None:
    """Before the school can say yes it needs a risk assessment of yours: write one, or use one again."""
    rows = Seat.objects.filter(pk=seat_id, ambassador=ambassador_id).select_related("ambassador__user")
    seat = rows.first()
    visit = visit_as_posted(seat.visit_id, sequence, *OPEN) if seat else None
    if seat is None or seat.ambassador is None or visit is None:
        return None
    owed = [each for each in assessed(visit, [seat]) if each.is_owed]
    if not owed:
        return None
    person, request = seat.ambassador, visit.request
    context = {"visit": visit, "request": request, "school": request.school, "is_lesson": owed[0].is_unsaid}
    page = draft.page("write_risk_assessment", visit.pk) if person.user_id else ""
    return Envelope(person.full_name, person.reached_at, {**context, "page": page})


@about(LetterKind.VISITS)
def risk_assessment_offered(draft: Draft, *, risk_acceptance_id: int, to_lead: int) -> Envelope | None:
    """Whoever comes has written a risk assessment: read it, and accept it or say what is missing."""
    row = _standing(risk_acceptance_id)
    if row is None or not row.waits_for_school:
        return None
    contact = row.visit.request.contact
    if to_lead:
        leads = Contact.objects.approved().leading().filter(school=row.visit.request.school).exclude(pk=contact.pk)
        lead = leads.select_related("user").first()
        if lead is None:
            return None
        contact = lead
    context = {**_told(row), "page": draft.page("risk_assessment", row.pk)}
    return Envelope(contact.user.full_name, contact.user.email, context)


@about(LetterKind.VISITS)
def risk_assessment_sent_back(draft: Draft, *, risk_acceptance_id: int) -> Envelope | None:
    """The school says "not yet": what is missing, and where to change it."""
    row = _standing(risk_acceptance_id)
    if row is None or not row.is_sent_back:
        return None
    person = row.assessment.ambassador
    page = draft.page("write_risk_assessment", row.visit_id) if person.user_id else ""
    return Envelope(person.full_name, person.reached_at, {**_told(row), "page": page})


@about(LetterKind.VISITS, because=LetterKind.SEARCHES.because)
def high_risk_to_agree(draft: Draft, *, risk_acceptance_id: int, user_id: int) -> Envelope | None:
    """To a coordinator: what is planned leaves a high risk, and takes your word beside that of the school's lead."""
    row = _standing(risk_acceptance_id)
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if row is None or reader is None or not row.waits_for_scheme:
        return None
    return Envelope(reader.full_name, reader.email, {**_told(row), "page": draft.page("risk_assessment", row.pk)})
