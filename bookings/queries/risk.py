"""What the page says on which somebody writes a risk assessment, and who may accept one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bookings.enums import Speaker
from bookings.models import RiskAcceptance, RiskAssessment, Seat
from bookings.models.risk import RiskAssessmentQuerySet
from schools.models import Contact
from schools.permissions import leads_at
from stem.curriculum import ACTIVITIES
from stem.moments import day_of

if TYPE_CHECKING:
    from stem.accounts.models import User

MOST_SHOWN = 10


@dataclass(frozen=True)
class Writing:
    """What somebody who writes one sees: what they may use again, and what they begin with."""

    seat: Seat
    usable: list[RiskAssessment]
    row: RiskAcceptance | None
    before: RiskAssessment | None

    @property
    def may_say_not_practical(self) -> bool:
        """Whether it may be that nothing practical is done, and nobody has said so."""
        is_lesson = ACTIVITIES[self.seat.visit.request.activity].may_be_practical
        return is_lesson and self.row is None and self.seat.practical is None


def written_before(seat: Seat, key: int | None) -> RiskAssessment | None:
    """The one of this key that whoever has this seat wrote of what is done here; None where it is none of those."""
    return _of_seat(seat).filter(pk=key).first() if key is not None else None


def _of_seat(seat: Seat) -> RiskAssessmentQuerySet:
    return RiskAssessment.objects.filter(ambassador=seat.ambassador, activity=seat.visit.request.activity)


def writing_for(seat: Seat, *, begin_with: int | None) -> Writing:
    """The page for whoever has this seat, in two queries, or three.

    It begins with what they chose to change, else with what this school was last asked to accept.
    """
    visit = seat.visit
    assert seat.ambassador is not None and visit.starts_at is not None
    rows = RiskAcceptance.objects.filter(visit=visit, assessment__ambassador=seat.ambassador)
    row = rows.standing().select_related("assessment").first()
    usable = _of_seat(seat).usable(seat.ambassador, visit.request.activity, day_of(visit.starts_at))[:MOST_SHOWN]
    offered = row.assessment if row else None
    before = written_before(seat, begin_with) if begin_with is not None else offered
    return Writing(seat, [each for each in usable if each != offered], row, before)


def may_accept(row: RiskAcceptance, user: "User", speaker: Speaker) -> bool:
    """Whether to show this person the way to accept it: for its school, its lead alone where the risk is high."""
    if row.assessment.ambassador.user_id == user.pk or speaker == Speaker.AMBASSADOR:
        return False
    return speaker == Speaker.SCHEME or not row.assessment.is_high or leads_at(user, row.visit.request.school)


def position_of(user: "User", row: RiskAcceptance) -> str:
    """What this person has told us that they are at the school."""
    found = Contact.objects.approved().filter(user=user, school=row.visit.request.school_id).first()
    return found.job_title if found else ""
