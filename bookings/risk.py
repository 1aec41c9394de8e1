"""Whether what is done at a visit has been assessed, and the school has accepted it (rules T-13, V-80)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bookings.enums import SeatKind, SeatStatus
from bookings.models import RiskAcceptance, Seat, Visit
from stem.curriculum import ACTIVITIES
from stem.moments import day_of
from stem.rules import Kind, Reason


def may_need_assessment(activity: str) -> bool:
    """Whether a visit of this activity may need a risk assessment of ours: a fair's is the school's own."""
    found = ACTIVITIES.get(activity)
    return found is not None and (found.needs_risk_assessment or found.may_be_practical)


def needs_assessment(activity: str, practical: bool | None) -> bool | None:
    """Whether one is needed, `practical` being what whoever comes has said; None while they have still to say."""
    if not may_need_assessment(activity):
        return False
    return True if ACTIVITIES[activity].needs_risk_assessment else practical


@dataclass(frozen=True)
class Assessed:
    """How far one person's part in a visit has been assessed: `row` is what they offered last."""

    seat: Seat
    visit: Visit
    row: RiskAcceptance | None

    @property
    def is_unsaid(self) -> bool:
        """Whether they have still to say if they do anything practical."""
        return needs_assessment(self.visit.request.activity, self.seat.practical) is None

    @property
    def is_needed(self) -> bool:
        """Whether an assessment of theirs is needed, as far as is known."""
        return bool(needs_assessment(self.visit.request.activity, self.seat.practical))

    @property
    def is_too_old(self) -> bool:
        """Whether what they offered is too old by the day of the visit."""
        starts_at = self.visit.starts_at
        return self.row is not None and starts_at is not None and day_of(starts_at) >= self.row.assessment.holds_until

    @property
    def is_owed(self) -> bool:
        """Whether it is their move: to say, to write one, or to change it."""
        return self.is_unsaid or (self.is_needed and (self.row is None or self.row.is_sent_back or self.is_too_old))

    @property
    def is_done(self) -> bool:
        """Whether nothing is to be done any more."""
        is_accepted = self.row is not None and self.row.is_accepted and not self.is_too_old
        return not self.is_unsaid and (not self.is_needed or is_accepted)


def assessed(visit: Visit, seats: Iterable[Seat]) -> list[Assessed]:
    """How far each has come who leads in this visit; in one query, and for most activities in none at all."""
    if not may_need_assessment(visit.request.activity):
        return []
    return assessed_from(visit, seats, offered_for([visit.request_id]))


def offered_for(requests: Collection[int]) -> list[RiskAcceptance]:
    """What counts of all that was offered for the visits of these requests, by their keys; in one query."""
    rows = RiskAcceptance.objects.filter(visit__request__in=requests).standing()
    return list(rows.select_related("assessment", "accepted_by", "visit").order_by("offered_at", "pk"))


def assessed_from(visit: Visit, seats: Iterable[Seat], offered: Iterable[RiskAcceptance]) -> list[Assessed]:
    """How far each of these has come who leads in this visit, by what was offered for it and its request."""
    if not may_need_assessment(visit.request.activity):
        return []
    # What a school has accepted for one meeting of a series it has accepted for all; a meeting's own comes first.
    rows = [row for row in offered if row.visit_id == visit.pk or _is_of_series(row, visit)]
    of_person = {row.assessment.ambassador_id: row for row in sorted(rows, key=lambda row: row.visit_id == visit.pk)}
    leading = [seat for seat in seats if seat.status == SeatStatus.TAKEN and seat.kind == SeatKind.LEAD]
    return [Assessed(seat, visit, of_person.get(seat.ambassador_id or 0)) for seat in leading]


def _is_of_series(row: RiskAcceptance, visit: Visit) -> bool:
    return visit.request.is_series and row.visit.request_id == visit.request_id


def assessed_in(visit: Visit) -> list[Assessed]:
    """The same for whoever has a seat in it now."""
    if not may_need_assessment(visit.request.activity):
        return []
    return assessed(visit, visit.seats.select_related("ambassador__user").order_by("pk"))


def reasons_not_assessed(visit: Visit) -> list[Reason]:
    """Why the school cannot say yes yet: `practical_unsaid`, or `risk_assessment` for each that is not accepted."""
    return [_reason(each) for each in assessed_in(visit) if not each.is_done]


def _reason(each: Assessed) -> Reason:
    """Whose move it is, and which."""
    name = {"name": each.seat.ambassador}
    if each.is_unsaid:
        words = _("%(name)s has still to say whether pupils do anything practical. We have asked.") % name
        return Reason("practical_unsaid", Kind.STATE, words)
    if each.is_owed:
        words = _("%(name)s has still to write a risk assessment, which you accept before you say yes.") % name
    elif each.row is not None and each.row.accepted_at is not None:
        words = _("The risk is high: a coordinator has still to agree to the risk assessment of %(name)s.") % name
    else:
        words = _("Accept the risk assessment of %(name)s first: it is on the visit’s page.") % name
    return Reason("risk_assessment", Kind.STATE, words)
