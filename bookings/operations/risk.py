"""Risk assessments: written by whoever comes, accepted by the school, and used again (rule T-13)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings import notifications, permissions
from bookings.eligibility import is_open_for_messages, label
from bookings.enums import UPCOMING
from bookings.models import RiskAcceptance, RiskAssessment, Seat, Visit
from bookings.queries.coordinators import coordinators_of
from bookings.risk import assessed_in, may_need_assessment
from bookings.workflow import SEAT, VISIT
from schools.models import Contact
from schools.permissions import leads_at, looks_after
from stem.curriculum import ACTIVITIES
from stem.letters.post import post
from stem.moments import day_of
from stem.promises import kept
from stem.rules import Kind, Reason, refuse, refuse_if_any

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Answers:
    """What somebody says of an activity of theirs: of groups, never of a pupil."""

    name: str
    done: str
    hazards: str
    who_harmed: str
    controls: str
    residual: str
    first_aid: str
    equipment: str = ""
    brings_mains: bool = False
    tested_on: date | None = None
    substances: str = ""
    guidance_checked: bool = False
    allergies: str = ""


@dataclass(frozen=True)
class Word:
    """How a school accepts: in which position, and where the risk is medium which head of department agrees."""

    position: str
    head_of_department: str = ""
    # Who said so on the telephone, to a coordinator.
    on_behalf_of: str = ""


REQUIRED = ("name", "done", "hazards", "who_harmed", "controls", "residual", "first_aid")


@transaction.atomic
def write_assessment(
    *,
    seat: Seat,
    answers: Answers,
    by: "User",
    at: datetime,
    replaces: RiskAssessment | None = None,
    on_behalf_of: str = "",
) -> RiskAcceptance:
    """Say what is done and what could go wrong, and ask the school to accept it; a coordinator may for somebody.

    With `replaces` it is the next version of that one, which stays as it was; the same words again are no new version.
    Refuses with `not_yours`, `state` where nothing is prepared or the activity needs none, the column of each answer
    that is missing, `changed` where another version has been written meanwhile, or as `use_assessment`.
    """
    visit, seat = _held(seat, by, at)
    assert seat.ambassador is not None
    refuse_if_any(_missing(answers, at))
    if replaces is not None:
        _check_theirs(replaces, seat, visit)
    mine = RiskAssessment.objects.filter(ambassador=seat.ambassador, activity=visit.request.activity)
    same = mine.filter(replaced_by=None, **asdict(answers)).order_by("pk").last()
    if same is None:
        changed = Reason("changed", Kind.STATE, _("It has been changed meanwhile. Look at it again first."))
        with kept(RiskAssessment, assessment_replaced_once=changed):
            same = RiskAssessment.objects.create(
                ambassador=seat.ambassador,
                activity=visit.request.activity,
                version=replaces.version + 1 if replaces else 1,
                replaces=replaces,
                written_at=at,
                written_by=by,
                **asdict(answers),
            )
    return _offer(same, visit, seat, by=by, at=at, on_behalf_of=on_behalf_of)


@transaction.atomic
def use_assessment(
    *, seat: Seat, assessment: RiskAssessment, by: "User", at: datetime, on_behalf_of: str = ""
) -> RiskAcceptance:
    """Ask the school to accept what was written for the same activity before.

    Refuses with `not_yours`, `state`, `too_old` by the day of the visit, or `sent_back` where this school has said
    "not yet" to this very version.
    """
    visit, seat = _held(seat, by, at)
    _check_theirs(assessment, seat, visit)
    return _offer(assessment, visit, seat, by=by, at=at, on_behalf_of=on_behalf_of)


@transaction.atomic
def say_not_practical(*, seat: Seat, by: "User", at: datetime, on_behalf_of: str = "") -> None:
    """Say that pupils do nothing practical in the lesson, so that no assessment is needed; again it is said once.

    Refuses with `not_yours`, or `state` where nothing is prepared or the activity needs one in any case.
    """
    visit, seat = _held(seat, by, at)
    if not ACTIVITIES[visit.request.activity].may_be_practical:
        raise refuse("state", Kind.STATE, _("This activity needs a risk assessment in any case."))
    _say(seat, visit, practical=False, by=by, at=at, on_behalf_of=on_behalf_of)


@transaction.atomic
def accept_assessment(*, acceptance: RiskAcceptance, word: Word, by: "User", at: datetime) -> RiskAcceptance:
    """The school accepts an assessment that it has read; again it accepts once. After a "not yet" it may, too.

    Refuses with `not_for_school`, `own_assessment`, `not_lead` where the risk is high and another than the school's
    lead says so, `state`, `changed` where it is no more what whoever comes offers, `position`, or `head_of_department`
    where the risk is medium.
    """
    row, visit = _held_row(acceptance, at)
    permissions.check_may_confirm(by, visit)
    _check_not_own(row, by)
    if row.assessment.is_high and not leads_at(by, visit.request.school) and not looks_after(by, visit.request.school):
        words = _("The risk is high: only the lead at your school can accept it.")
        raise refuse("not_lead", Kind.PERMISSION, words)
    if row.accepted_at is not None:
        return row
    missing = [] if word.position.strip() else ["position"]
    missing += ["head_of_department"] if row.assessment.is_medium and not word.head_of_department.strip() else []
    refuse_if_any(_still_to_answer(column, RiskAcceptance) for column in missing)
    row.accepted_at, row.accepted_by, row.on_behalf_of = at, by, word.on_behalf_of
    row.position = word.position.strip()
    row.head_of_department = word.head_of_department.strip() if row.assessment.is_medium else ""
    row.save()
    VISIT.note(visit, "accept_risk_assessment", by=by, at=at, on_behalf_of=word.on_behalf_of)
    return row


@transaction.atomic
def send_back_assessment(
    *, acceptance: RiskAcceptance, because: str, by: "User", at: datetime, on_behalf_of: str = ""
) -> RiskAcceptance:
    """The school says "not yet", with what is missing; whoever comes is told. The same said again is said once.

    Refuses with `not_for_school`, `own_assessment`, `changed`, `no_words`, or `state` where it was accepted.
    """
    row, visit = _held_row(acceptance, at)
    permissions.check_may_confirm(by, visit)
    _check_not_own(row, by)
    if row.accepted_at is not None:
        raise refuse("state", Kind.STATE, _("It has been accepted already. Write to whoever comes instead."))
    if not because.strip():
        raise refuse("no_words", Kind.INPUT, _("Say in a few words what is missing."))
    if row.sent_back_at is not None:
        return row
    row.sent_back_at, row.sent_back_because = at, because.strip()
    row.save()
    VISIT.note(visit, "send_back_risk_assessment", by=by, at=at, on_behalf_of=on_behalf_of)
    to = row.assessment.ambassador.user
    post(notifications.risk_assessment_sent_back, to=to, due_at=at, risk_acceptance_id=row.pk)
    return row


@transaction.atomic
def agree_to_high_risk(*, acceptance: RiskAcceptance, by: "User", at: datetime) -> RiskAcceptance:
    """A coordinator agrees to an assessment that leaves a high risk, beside the school's lead; again it is said once.

    Refuses with `not_coordinator`, `own_assessment`, `changed`, or `state` where the risk is not high.
    """
    row, visit = _held_row(acceptance, at)
    permissions.check_may_match(by, visit.request)
    _check_not_own(row, by)
    if not row.assessment.is_high:
        raise refuse("state", Kind.STATE, _("The risk is not high: the school’s word is enough."))
    if row.scheme_agreed_at is None:
        row.scheme_agreed_at, row.scheme_agreed_by = at, by
        row.save()
        VISIT.note(visit, "agree_to_high_risk", by=by, at=at)
    return row


def ask_for_assessments(visit: Visit, *, at: datetime) -> None:
    """Now that everybody is found, ask each of them for an assessment who has still to offer one here.

    The caller holds the visit.
    """
    for each in assessed_in(visit):
        person = each.seat.ambassador
        if each.is_owed and person is not None:
            post(
                notifications.risk_assessment_asked,
                to=person.user,
                due_at=at,
                seat_id=each.seat.pk,
                ambassador_id=person.pk,
                sequence=visit.sequence,
            )


def _held(seat: Seat, by: "User", at: datetime) -> tuple[Visit, Seat]:
    """The person, their visit and their seat, held; and somebody may act for them here. Refuses as its callers do."""
    if seat.ambassador is not None:
        Ambassador.objects.locked(seat.ambassador)
    visit = Visit.objects.locked(seat.visit)
    seat = Seat.objects.locked(seat)
    permissions.check_may_give_up_seat(by, seat)
    if seat.ambassador is None or seat.is_shadow:
        raise permissions.not_your_seat()
    _check_open(visit, at)
    if not may_need_assessment(visit.request.activity):
        raise refuse("state", Kind.STATE, _("This activity needs no risk assessment of yours."))
    return visit, seat


def _held_row(acceptance: RiskAcceptance, at: datetime) -> tuple[RiskAcceptance, Visit]:
    """What is asked of a school, with its visit, held. Refuses with `state`, or `changed` where it stands no more."""
    visit = Visit.objects.locked(acceptance.visit)
    row = RiskAcceptance.objects.locked(acceptance)
    row.visit = visit
    _check_open(visit, at)
    if not RiskAcceptance.objects.filter(pk=row.pk).standing().exists():
        words = _("That is not what counts any more: look at the visit’s page again.")
        raise refuse("changed", Kind.STATE, words)
    return row, visit


def _check_open(visit: Visit, at: datetime) -> None:
    """Something can still be prepared for it. Refuses with `state`."""
    if not is_open_for_messages(visit, at):
        words = _("Nothing is prepared here now: the visit is over or off, or has nobody yet.")
        raise refuse("state", Kind.STATE, words)


def _check_theirs(assessment: RiskAssessment, seat: Seat, visit: Visit) -> None:
    """It is of whoever has the seat, and of what is done here. Refuses with `not_yours`."""
    is_theirs = assessment.ambassador_id == seat.ambassador_id
    if not is_theirs or assessment.activity != visit.request.activity:
        raise refuse("not_yours", Kind.PERMISSION, _("That is an assessment of something else."))


def _check_not_own(row: RiskAcceptance, by: "User") -> None:
    """Nobody accepts their own. Refuses with `own_assessment`."""
    if row.assessment.ambassador.user_id == by.pk:
        raise refuse("own_assessment", Kind.PERMISSION, _("Nobody accepts what they wrote: ask a colleague to."))


def _say(seat: Seat, visit: Visit, *, practical: bool, by: "User", at: datetime, on_behalf_of: str) -> None:
    """Put down whether pupils do anything practical; of a series for every meeting to come of theirs."""
    seats = [seat]
    if visit.request.is_series:
        theirs = Seat.objects.filter(visit__request=visit.request_id, ambassador=seat.ambassador).exclude(pk=seat.pk)
        coming = theirs.leads().filter(visit__status__in=UPCOMING).order_by("pk")
        seats += coming.select_for_update(no_key=True, of=("self",))
    for each in seats:
        if each.practical is not practical:
            kind = "say_practical" if practical else "say_not_practical"
            SEAT.note(each, kind, by=by, at=at, on_behalf_of=on_behalf_of, practical=practical)


def _missing(answers: Answers, at: datetime) -> list[Reason]:
    """A reason for each answer that is missing or cannot be so, by its column."""
    reasons = [_still_to_answer(column) for column in REQUIRED if not getattr(answers, column).strip()]
    if answers.brings_mains and answers.tested_on is None:
        words = _("Say when the mains equipment was tested last: without a test it stays at home.")
        reasons.append(Reason("tested_on", Kind.INPUT, words))
    if answers.tested_on is not None and answers.tested_on > day_of(at):
        reasons.append(Reason("tested_on", Kind.INPUT, _("That test is still to come: enter the last one.")))
    if answers.substances.strip() and not answers.guidance_checked:
        words = _("Look in the school science guidance for each substance, and say that you have.")
        reasons.append(Reason("guidance_checked", Kind.INPUT, words))
    return reasons


def _still_to_answer(column: str, model: type[RiskAssessment | RiskAcceptance] = RiskAssessment) -> Reason:
    """What is said of an answer that is missing."""
    return Reason(column, Kind.INPUT, _("Still to answer: %(question)s.") % {"question": label(model, column)})


def _offer(
    assessment: RiskAssessment, visit: Visit, seat: Seat, *, by: "User", at: datetime, on_behalf_of: str
) -> RiskAcceptance:
    """Ask the school about it, unless it has been asked about nothing else since. Refuses as `use_assessment`."""
    if visit.starts_at is not None and day_of(visit.starts_at) >= assessment.holds_until:
        raise refuse(
            "too_old", Kind.STATE, _("It is more than two years old by then: look at it again, and change it.")
        )
    if ACTIVITIES[visit.request.activity].may_be_practical:
        _say(seat, visit, practical=True, by=by, at=at, on_behalf_of=on_behalf_of)
    row, is_new = RiskAcceptance.objects.get_or_create(visit=visit, assessment=assessment, defaults={"offered_at": at})
    if row.is_sent_back:
        raise refuse("sent_back", Kind.STATE, _("The school has said “not yet” to this one: change it first."))
    if not is_new:
        if RiskAcceptance.objects.filter(pk=row.pk).standing().exists():
            return row
        row.offered_at = at
        row.save(update_fields=["offered_at"])
    VISIT.note(visit, "offer_risk_assessment", by=by, at=at, on_behalf_of=on_behalf_of)
    _tell_who_decides(row, visit, at=at)
    return row


def _tell_who_decides(row: RiskAcceptance, visit: Visit, *, at: datetime) -> None:
    """Write to the school's contact; where the risk is high, to its lead and to the coordinators of its region too."""
    if row.is_accepted:
        return
    fact, key = notifications.risk_assessment_offered, f"{row.pk} {at.isoformat()}"
    post(fact, to=visit.request.contact.user, due_at=at, key=key, risk_acceptance_id=row.pk, to_lead=0)
    if not row.assessment.is_high:
        return
    school = visit.request.school
    for lead in Contact.objects.approved().leading().filter(school=school).exclude(pk=visit.request.contact_id):
        post(fact, to=lead.user, due_at=at, key=f"{key} lead", risk_acceptance_id=row.pk, to_lead=1)
    for coordinator in coordinators_of(school, at=at):
        high = notifications.high_risk_to_agree
        post(high, to=coordinator, due_at=at, key=key, risk_acceptance_id=row.pk, user_id=coordinator.pk)
