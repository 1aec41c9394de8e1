"""Forms and worries."""

from datetime import date, datetime, timedelta
from typing import Any

from ambassadors.enums import HoldKind
from ambassadors.models import Ambassador
from bookings.enums import VisitStatus
from bookings.models import Visit
from quality.enums import (
    CaseOutcome,
    CaseRule,
    CaseStatus,
    ConcernLevel,
    ConcernStatus,
    ConflictKind,
    FeedbackSide,
    FeedbackStatus,
    HandedTo,
    OddityKind,
    PollStatus,
    SuspensionStatus,
)
from quality.instruments import CURRENT, LATER, for_class
from quality.models import (
    Case,
    Comment,
    Concern,
    Conflict,
    Feedback,
    FollowUp,
    Glass,
    Oddity,
    Officer,
    Poll,
    Suspension,
    Told,
)
from stem.accounts.models import User
from stem.encryption import encrypted
from stem.moments import day_of
from stem.nations import Nation
from stem.workdays import add_working_days
from tests.make.accounts import user
from tests.make.ambassadors import ambassador, hold
from tests.make.bookings import FIRST_DAY, FIRST_TIME, visit
from tests.make.schools import domain

AFTER = FIRST_TIME[1] + timedelta(hours=1)

TEACHER_SAYS = {"TF1": "as_planned", "TF2": "yes", "T9": "5", "T10": "yes", "T14": "no"}
AMBASSADOR_SAYS = {"A1": "as_planned", "A3": "yes", "A11": "no"}


def held_visit(**columns) -> Visit:
    """A confirmed visit whose end has passed by `AFTER`, to a school whose own domain is known."""
    held = visit(ambassador=ambassador(cleared=True), status=VisitStatus.CONFIRMED, **columns)
    domain(school=held.request.school, domain="school.example")
    return held


def feedback(
    *,
    visit: Visit | None = None,
    side: FeedbackSide = FeedbackSide.TEACHER,
    answers: dict[str, str] | None = None,
    submitted_at: datetime | None = None,
) -> Feedback:
    """A form that was asked for; with answers, one that came back."""
    came_back = answers is not None
    return Feedback.objects.create(
        visit=visit or held_visit(),
        side=side,
        instrument=CURRENT[side],
        status=FeedbackStatus.SUBMITTED if came_back else FeedbackStatus.INVITED,
        invited_at=AFTER,
        closes_at=AFTER + timedelta(days=28),
        submitted_at=(submitted_at or AFTER) if came_back else None,
        answers=answers or {},
    )


def oddity(form: Feedback, *, kind: OddityKind = OddityKind.HURRIED) -> Oddity:
    """Something odd about a form that nobody has looked at."""
    return Oddity.objects.create(feedback=form, kind=kind, found_at=AFTER)


def conflict(visit: Visit, *, kind: ConflictKind = ConflictKind.DECLARED) -> Conflict:
    """A visit that nobody rates."""
    return Conflict.objects.create(visit=visit, kind=kind, found_at=AFTER)


def comment(form: Feedback, code: str = "T12", **columns: Any) -> Comment:
    """Something that was written on a form and nobody has read."""
    read_by = add_working_days(day_of(AFTER), 1, Nation.ENG)
    return Comment.objects.create(**{"feedback": form, "code": code, "read_by": read_by, **columns})


def case(
    person: Ambassador,
    *,
    visit: Visit | None = None,
    rule: CaseRule = CaseRule.R1,
    status: CaseStatus = CaseStatus.OPEN,
    handler: User | None = None,
    form: Feedback | None = None,
) -> Case:
    """A reason to look at how somebody's visits go, as far as it has come."""
    visit, is_over = visit or held_visit(), status == CaseStatus.DECIDED
    was_asked = status != CaseStatus.OPEN
    return Case.objects.create(
        ambassador=person,
        visit=visit,
        rule=rule,
        evidence=[{"visit": visit.pk, "form": form and form.pk, "said": {"T9": "2"} if form else {}}],
        status=status,
        opened_at=AFTER,
        act_by=date(2027, 2, 10),
        handler=handler,
        asked="What went well, and what did not?" if was_asked else "",
        reply_by=date(2027, 2, 17) if was_asked else None,
        reply="They were younger than I had been told." if status in (CaseStatus.HEARD, CaseStatus.DECIDED) else "",
        decision=CaseOutcome.SUPPORT if is_over else "",
        told="Thank you. A colleague will talk with you about ages." if is_over else "",
        decided_at=AFTER if is_over else None,
    )


def follow_up(visit: Visit | None = None, *, invited_at: datetime = AFTER) -> FollowUp:
    """That the teacher of a visit was asked once more."""
    closes_at = invited_at + timedelta(days=28)
    return FollowUp.objects.create(
        visit=visit or held_visit(), instrument=LATER, invited_at=invited_at, closes_at=closes_at
    )


def poll(
    visit: Visit | None = None,
    *,
    status: PollStatus = PollStatus.OPEN,
    counts: dict[str, dict[str, int]] | None = None,
    handed_in: int = 0,
    by_hands: bool = False,
    opens_at: datetime | None = None,
    **columns,
) -> Poll:
    """A class that is asked about a visit; its code is that of the visit, in letters."""
    visit = visit or held_visit()
    assert visit.starts_at is not None
    opens_at = opens_at or visit.starts_at
    closes_at = opens_at + timedelta(days=5)
    is_over = status in (PollStatus.CLOSED, PollStatus.LEFT_OUT)
    return Poll.objects.create(
        **{
            "visit": visit,
            "instrument": for_class(visit.request.stage, by_hands=by_hands),
            "code": f"{visit.pk:08}".translate(str.maketrans("0123456789", "BCDFGHJKLM")),
            "status": status,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "closed_at": closes_at if is_over else None,
            "planned": visit.request.pupils,
            "handed_in": handed_in,
            "counts": counts or {},
            **columns,
        }
    )


def told(**said: str) -> Told:
    """What someone tells a safeguarding lead."""
    usual = {
        "told_by": "Tess Teacher",
        "told_by_role": "Teacher in the room",
        "contact": "01632 960001",
        "words": "Something that must not be seen by others",
    }
    return Told(**{**usual, **said})


def concern(
    *,
    visit: Visit | None = None,
    status: ConcernStatus = ConcernStatus.RAISED,
    level: ConcernLevel = ConcernLevel.LOW_LEVEL,
    about: Ambassador | None = None,
    raised_at: datetime = AFTER,
    proposed_by: User | None = None,
    said: Told | None = None,
) -> Concern:
    """A worry that someone told, as far as it has come."""
    was_raised, is_over = status == ConcernStatus.RAISED, status == ConcernStatus.CLOSED
    if status in ConcernLevel.values:
        level = ConcernLevel(status)
    is_referred = not was_raised and level == ConcernLevel.HARM_THRESHOLD and status != level
    return Concern.objects.create(
        visit=visit,
        status=status,
        raised_at=raised_at,
        account=(said or told()).sealed(),
        level="" if was_raised else level,
        ambassador=about,
        triaged_at=None if was_raised else raised_at,
        harm_at=raised_at if not was_raised and level == ConcernLevel.HARM_THRESHOLD else None,
        handed_to=HandedTo.QUALITY if not was_raised and level == ConcernLevel.NOT_SAFEGUARDING else "",
        officer_told_at=raised_at if is_referred else None,
        officer_reference="LADO/27/114" if is_referred else "",
        close_proposed_by=proposed_by or (user() if is_over else None),
        closed_by=user() if is_over else None,
        closed_at=raised_at if is_over else None,
    )


def officer(authority: str = "", *, nation: Nation = Nation.ENG, phone: str = "01632 960111") -> Officer:
    """How the designated officer of an authority, or of a nation, is reached."""
    checked = {"checked_on": FIRST_DAY, "checked_by": user()}
    return Officer.objects.create(nation=nation, authority=authority, phone=phone, **checked)


def glass(concern: Concern, *, by: User, at: datetime = AFTER) -> Glass:
    """That a second deputy has broken the glass over a worry."""
    return Glass.objects.create(
        concern=concern, by=by, reason=encrypted("No lead answers"), at=at, until=at + timedelta(hours=24)
    )


def suspension(
    person: Ambassador, *, proposed_by: User | None = None, review_by: date = date(2027, 1, 26)
) -> Suspension:
    """A suspension that stands, or that one lead has proposed to lift."""
    held = hold(person, kind=HoldKind.SAFEGUARDING, truth="An allegation", starts_on=date(2027, 1, 12))
    return Suspension.objects.create(
        ambassador=person,
        hold=held,
        status=SuspensionStatus.LIFTING if proposed_by else SuspensionStatus.STANDING,
        lift_proposed_by=proposed_by,
        review_by=review_by,
    )
