"""Letters about how a visit went, one function a fact."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from bookings.enums import SeatStatus
from bookings.models import Visit
from quality.addresses import is_known
from quality.complaint_book import tone_of
from quality.endorsements import is_in_standing
from quality.enums import CaseStatus, ComplaintStatus, ConcernStatus, FeedbackSide, FeedbackStatus
from quality.given import record_of
from quality.models import Case, Complaint, Concern, EmployerLead, Feedback, FollowUp, Glass, Suspension
from quality.queries import worry_listed
from schools.enums import ContactStatus
from schools.models import Contact
from stem.accounts.models import User
from stem.letters.drafts import Draft, Envelope, about, by_day, confidential
from stem.letters.kinds import LetterKind


def _open_form(feedback_id: int, draft: Draft) -> Feedback | None:
    rows = Feedback.objects.filter(pk=feedback_id, status=FeedbackStatus.INVITED, closes_at__gt=draft.at)
    return rows.select_related("visit__request__school").first()


def _asked(form: Feedback, draft: Draft, name: str, email: str) -> Envelope:
    days = (form.closes_at - draft.at) / timedelta(days=1)
    context = {
        "name": name,
        "visit": form.visit,
        "school": form.visit.request.school,
        "closes_at": form.closes_at,
        "is_reminder": form.reminders > 0,
        "again_at": form.asked_again_at,
        "form": draft.link("give_feedback", form.pk, days=days),
    }
    return Envelope(name, email, context)


@about(LetterKind.FEEDBACK)
@by_day
def feedback_asked_of_school(draft: Draft, *, feedback_id: int, reminder: int = 0) -> Envelope | None:
    """How did it go? To the adult who was in the room, at their own address and nobody else's (G-01)."""
    form = _open_form(feedback_id, draft)
    if form is None or form.reminders != reminder or _has_left(form.visit) or not is_known(form.visit):
        return None
    return _asked(form, draft, form.visit.supervising_adult, form.visit.supervising_email)


def _has_left(visit: Visit) -> bool:
    """Whether the adult who was in the room acts for the school no longer; nobody else was there to be asked."""
    parts = Contact.objects.of_school_at(visit.request.school, visit.supervising_email)
    return parts.exists() and not parts.approved().exists()


@about(LetterKind.FEEDBACK)
@by_day
def follow_up_asked(draft: Draft, *, follow_up_id: int, reminder: int = 0) -> Envelope | None:
    """What has become of it? To the adult who was in the room, eight weeks later, and once more if they are silent."""
    rows = FollowUp.objects.filter(pk=follow_up_id, submitted_at=None, closes_at__gt=draft.at)
    asked = rows.select_related("visit__request__school").first()
    # A first letter that has waited until after the reminder says nothing that the reminder does not.
    if asked is None or _has_left(asked.visit) or (asked.reminded_at is not None) != bool(reminder):
        return None
    visit = asked.visit
    days = (asked.closes_at - draft.at) / timedelta(days=1)
    context = {
        "name": visit.supervising_adult,
        "visit": visit,
        "school": visit.request.school,
        "closes_at": asked.closes_at,
        "is_reminder": bool(reminder),
        "form": draft.link("give_follow_up", asked.pk, days=days),
    }
    return Envelope(visit.supervising_adult, visit.supervising_email, context)


@about(LetterKind.FEEDBACK)
@by_day
def feedback_asked_of_ambassador(draft: Draft, *, feedback_id: int, reminder: int = 0) -> Envelope | None:
    """How did it go? To the person who came."""
    form = _open_form(feedback_id, draft)
    if form is None or form.reminders != reminder:
        return None
    seat = form.visit.seats.leads().filter(status=SeatStatus.TAKEN).select_related("ambassador__user").first()
    if seat is None or seat.ambassador is None or seat.ambassador.status == AmbassadorStatus.LEFT:
        return None
    return _asked(form, draft, seat.ambassador.full_name, seat.ambassador.reached_at)


@about(LetterKind.FEEDBACK, because=_("You get this because you took part in a visit, or asked for it."))
@by_day
def words_shared(draft: Draft, *, feedback_id: int, seat_id: int) -> Envelope | None:
    """The other side has written something about a visit that you may read; to whoever has this seat, or the school."""
    rows = Feedback.objects.shared(draft.at).filter(pk=feedback_id)
    form = rows.select_related("visit__request__school", "visit__request__contact__user").first()
    if form is None or (form.side == FeedbackSide.TEACHER) != bool(seat_id):
        return None
    school, visit = form.visit.request.school, form.visit
    if not seat_id:
        contact = visit.request.contact
        if contact.status != ContactStatus.APPROVED:
            return None
        user = contact.user
        context = {"visit": visit, "school": school, "for_school": True, "page": draft.page("words_of_ambassadors")}
        return Envelope(user.full_name, user.email, context)
    seat = visit.seats.leads().filter(pk=seat_id, status=SeatStatus.TAKEN).select_related("ambassador__user").first()
    if seat is None or seat.ambassador is None or seat.ambassador.user is None:
        return None
    context = {"visit": visit, "school": school, "for_school": False, "page": draft.page("words_of_schools")}
    return Envelope(seat.ambassador.full_name, seat.ambassador.reached_at, context)


@about(LetterKind.RECEIPTS, because=_("You get this because you visited schools in the school year that has ended."))
@by_day
def year_thanked(draft: Draft, *, ambassador_id: int, year: int) -> Envelope | None:
    """Thank you for the school year that has ended: what you gave in it, and the page of your certificate."""
    person = Ambassador.objects.filter(pk=ambassador_id).select_related("user").first()
    if person is None or person.user is None or not is_in_standing(person, at=draft.at):
        return None
    given = record_of(person, at=draft.at).of(year)
    if given is None:
        return None
    context = {"person": person, "given": given, "page": draft.page("certificate", year)}
    return Envelope(person.full_name, person.reached_at, context)


@about(LetterKind.QUALITY)
def case_opened(draft: Draft, *, case_id: int, user_id: int) -> Envelope | None:
    """What was said of visits gives reason to look at something: which reason and until when, and of nobody by name."""
    case = Case.objects.undecided().filter(pk=case_id).first()
    return _to_handler(case, user_id, draft)


@about(LetterKind.QUALITY)
def case_answered(draft: Draft, *, case_id: int, user_id: int) -> Envelope | None:
    """Whoever was asked about a case has answered; to the person who asked."""
    case = Case.objects.filter(pk=case_id, status=CaseStatus.HEARD).first()
    return _to_handler(case, user_id, draft)


def _to_handler(case: Case | None, user_id: int, draft: Draft) -> Envelope | None:
    """To somebody who may still handle it."""
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if case is None or reader is None or not Case.objects.visible_to(reader).filter(pk=case.pk).exists():
        return None
    return Envelope(reader.full_name, reader.email, {"case": case, "page": draft.page("case", case.pk)})


@about(LetterKind.FEEDBACK, because=_("You get this because you visit schools, and somebody asks you about a visit."))
@confidential
def case_asked(draft: Draft, *, case_id: int) -> Envelope | None:
    """How was it from your side? Nothing of what a school said stands in the letter."""
    case = (
        Case.objects.filter(pk=case_id, status=CaseStatus.ASKED).select_related("ambassador__user", "handler").first()
    )
    if case is None or case.ambassador is None:
        return None
    context = {"case": case, "page": draft.page("review", case.pk)}
    return Envelope(case.ambassador.full_name, case.ambassador.reached_at, context)


@about(LetterKind.FEEDBACK, because=_("You get this because you visit schools, and somebody has looked at a visit."))
@confidential
def case_decided(draft: Draft, *, case_id: int) -> Envelope | None:
    """What somebody has decided stands on your page."""
    case = Case.objects.filter(pk=case_id, status=CaseStatus.DECIDED).select_related("ambassador__user").first()
    if case is None or case.ambassador is None or not case.told:
        return None
    context = {"case": case, "page": draft.page("review", case.pk)}
    return Envelope(case.ambassador.full_name, case.ambassador.reached_at, context)


@about(LetterKind.SAFEGUARDING)
@confidential
def concern_raised(draft: Draft, *, concern_id: int, user_id: int) -> Envelope | None:
    """There is a worry to read, today. Nothing of it stands in the letter."""
    concern = Concern.objects.filter(pk=concern_id, status=ConcernStatus.RAISED).first()
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if concern is None or reader is None:
        return None
    context = {"concern": concern, "page": draft.page("concern", concern_id)}
    return Envelope(reader.full_name, reader.email, context)


@about(LetterKind.SAFEGUARDING)
@confidential
def concern_waits(draft: Draft, *, concern_id: int, user_id: int, is_harm: int, is_over: int) -> Envelope | None:
    """A worry is past its target, or past its limit; silent once somebody has done what it waited for."""
    status = ConcernStatus.HARM_THRESHOLD if is_harm else ConcernStatus.RAISED
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if reader is None:
        return None
    rows = Concern.objects.visible_to(reader).filter(pk=concern_id, status=status)
    concern = rows.select_related("visit__request__school", "ambassador").first()
    if concern is None:
        return None
    context = {
        "concern": concern,
        "clock": worry_listed(concern, at=draft.at).clock,
        "is_harm": is_harm,
        "is_over": is_over,
        "page": draft.page("concern", concern_id),
    }
    return Envelope(reader.full_name, reader.email, context)


@about(LetterKind.SAFEGUARDING)
@confidential
def glass_broken(draft: Draft, *, glass_id: int, user_id: int) -> Envelope | None:
    """A second deputy has opened a worry in an emergency: who and when, and nothing of the worry (rule C-02)."""
    glass = Glass.objects.filter(pk=glass_id).select_related("concern", "by").first()
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if glass is None or reader is None:
        return None
    context = {"glass": glass, "page": draft.page("concern", glass.concern_id)}
    return Envelope(reader.full_name, reader.email, context)


@about(LetterKind.VETTING)
@confidential
def suspended(draft: Draft, *, suspension_id: int, user_id: int) -> Envelope | None:
    """We do not ask you for visits for the time being: what that is, what it is not, and who talks with you (V-72)."""
    suspension = Suspension.objects.standing().filter(pk=suspension_id).select_related("ambassador__user").first()
    lead = User.objects.filter(pk=user_id).first()
    if suspension is None or lead is None:
        return None
    person = suspension.ambassador
    return Envelope(person.full_name, person.reached_at, {"lead": lead})


@about(LetterKind.SAFEGUARDING)
@confidential
def suspension_waits(draft: Draft, *, suspension_id: int, user_id: int, day: str) -> Envelope | None:
    """A decision waits for a safeguarding lead. Nothing of it stands in the letter."""
    suspension = Suspension.objects.standing().filter(pk=suspension_id).first()
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if suspension is None or reader is None:
        return None
    return Envelope(reader.full_name, reader.email, {"page": draft.page("suspension", suspension_id)})


INVITATION_DAYS = 28


@about(
    LetterKind.SCHEME, because=_("You get this because somebody of the scheme has asked you to read for your employer.")
)
@by_day
def employer_lead_invited(draft: Draft, *, employer_lead_id: int) -> Envelope | None:
    """Would you read what your employer's volunteers give? With a link that works once."""
    rows = EmployerLead.objects.open().filter(pk=employer_lead_id, accepted_at=None)
    lead = rows.select_related("employer", "invited_by").first()
    if lead is None:
        return None
    link = draft.link("accept_invitation", lead.pk, days=INVITATION_DAYS)
    context = {"employer": lead.employer, "invited_by": lead.invited_by, "page": link, "days": INVITATION_DAYS}
    return Envelope("", lead.email, context)


def _complaint(complaint_id: int, *statuses: ComplaintStatus) -> Complaint | None:
    rows = Complaint.objects.filter(pk=complaint_id, status__in=statuses)
    return rows.select_related("visit__request__school", "concern", "raised_by", "handler").first()


def _of_complaint(complaint: Complaint | None, user_id: int, draft: Draft) -> Envelope | None:
    """To somebody who may still see to it; nothing of what it says."""
    reader = User.objects.filter(pk=user_id, is_active=True).first()
    if complaint is None or reader is None or not Complaint.objects.visible_to(reader).filter(pk=complaint.pk).exists():
        return None
    context = {"complaint": complaint, "page": draft.page("complaint", complaint.pk)}
    return Envelope(reader.full_name, reader.email, context)


def _to_complainer(complaint: Complaint | None, draft: Draft) -> Envelope | None:
    """To whoever complained, where they gave an address: what was said stands on their page, and not in the letter."""
    if complaint is None or not complaint.reached_at:
        return None
    context = {"complaint": complaint, "page": draft.page("my_complaint", complaint.key)}
    return Envelope(complaint.said.name, complaint.reached_at, context)


SEES_TO_COMPLAINTS = _("You get this because you see to complaints.")
HAS_COMPLAINED = _("You get this because you have complained to us.")


@about(LetterKind.QUALITY, because=SEES_TO_COMPLAINTS)
@confidential
def complaint_received(draft: Draft, *, complaint_id: int, user_id: int) -> Envelope | None:
    """Somebody has complained: we say within three working days that we have it."""
    return _of_complaint(_complaint(complaint_id, ComplaintStatus.RECEIVED), user_id, draft)


@about(LetterKind.QUALITY, because=SEES_TO_COMPLAINTS)
@confidential
def complaint_assigned(draft: Draft, *, complaint_id: int, user_id: int) -> Envelope | None:
    """A colleague has given a complaint to this person."""
    complaint = _complaint(complaint_id, ComplaintStatus.ASSIGNED)
    return _of_complaint(complaint, user_id, draft) if complaint and complaint.handler_id == user_id else None


@about(LetterKind.QUALITY, because=SEES_TO_COMPLAINTS)
@confidential
def complaint_waits_for_second(draft: Draft, *, complaint_id: int, user_id: int) -> Envelope | None:
    """A colleague says that a complaint has been answered before: a second person says whether it has."""
    return _of_complaint(_complaint(complaint_id, ComplaintStatus.REPEAT), user_id, draft)


@about(LetterKind.QUALITY, because=SEES_TO_COMPLAINTS)
@confidential
def complaint_appealed(draft: Draft, *, complaint_id: int, user_id: int) -> Envelope | None:
    """Whoever complained asks for another look, by somebody more senior."""
    return _of_complaint(_complaint(complaint_id, ComplaintStatus.APPEALED), user_id, draft)


@about(LetterKind.QUALITY, because=SEES_TO_COMPLAINTS)
@confidential
def complaint_due(draft: Draft, *, complaint_id: int, user_id: int) -> Envelope | None:
    """The day of what comes next is near, or over."""
    rows = Complaint.objects.with_us().select_related("visit__request__school", "handler")
    complaint = rows.filter(pk=complaint_id).first()
    envelope = _of_complaint(complaint, user_id, draft)
    if complaint is None or envelope is None or complaint.due_on is None:
        return None
    envelope.context["is_late"] = tone_of(complaint, at=draft.at) == "bad"
    return envelope


@about(LetterKind.QUALITY, because=HAS_COMPLAINED)
@confidential
def complaint_acknowledged(draft: Draft, *, complaint_id: int) -> Envelope | None:
    """We have your complaint: by when you hear, and where you find the answer without signing in."""
    stages = (ComplaintStatus.ACKNOWLEDGED, ComplaintStatus.ASSIGNED, ComplaintStatus.INVESTIGATING)
    return _to_complainer(_complaint(complaint_id, *stages), draft)


@about(LetterKind.QUALITY, because=HAS_COMPLAINED)
@confidential
def complaint_answered(draft: Draft, *, complaint_id: int) -> Envelope | None:
    """There is an answer, and until when another look may be asked for."""
    complaint = _complaint(complaint_id, ComplaintStatus.RESPONDED, ComplaintStatus.CLOSED)
    return _to_complainer(complaint, draft) if complaint and complaint.answer else None


@about(LetterKind.QUALITY, because=HAS_COMPLAINED)
@confidential
def complaint_answered_again(draft: Draft, *, complaint_id: int) -> Envelope | None:
    """Somebody else has looked at it again, and answers."""
    complaint = _complaint(complaint_id, ComplaintStatus.CLOSED)
    return _to_complainer(complaint, draft) if complaint and complaint.second_answer else None
