"""One visit as its school reads it in full: who comes, what is assured of them, and how it came to where it is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from ambassadors.eligibility import bookable
from bookings.eligibility import can_be_kept_apart, can_be_moved, is_open_for_messages
from bookings.enums import NAMED, Side, Speaker, VisitStatus
from bookings.models import KeptApart, Seat, Visit
from bookings.queries.checklist import Checklist, checklist_of
from bookings.queries.proposals import THE_SCHOOL, Proposed, proposed_for
from bookings.queries.readiness import Own, readiness_of
from bookings.queries.school_desk import Expected, seats_taken, told
from bookings.queries.seen import Assurance, Glimpse, cards_of, glimpses_of
from bookings.queries.series import Going, going
from stem.history import Happening
from stem.moments import day_of
from stem.nations import Nation


@dataclass(frozen=True)
class ExpectedInFull(Expected):
    """A visit with all its page shows."""

    cards: list[Assurance]
    glimpses: list[Glimpse]
    history: list[Happening]
    readiness: Own
    checklist: Checklist
    # The people of whom the school has said that it would rather see somebody else next time.
    kept_apart: frozenset[int] = frozenset()
    # Another time that was proposed last, and whether one may be, or who is there be changed.
    proposed: Proposed | None = None
    series: Going | None = None
    can_move: bool = False
    can_change: bool = False
    can_set_lessons: bool = False

    @property
    def words_of_ours(self) -> list[tuple[Seat, bool]]:
        """Each seat of a visit that is over, and whether the school would rather see somebody else next time."""
        return [
            (seat, seat.ambassador_id in self.kept_apart)
            for seat in self.visit.seats.all()
            if can_be_kept_apart(seat, Side.SCHOOL, at=self.at)
        ]

    @property
    def is_someone_different(self) -> bool:
        """Whether the school asked for someone again, and another was found; why is nobody's business (V-71)."""
        wanted = self.visit.request.wanted_again_id
        return bool(wanted and self.people) and all(person.pk != wanted for person in self.people)


def expected_in_full(visit: Visit, *, at: datetime) -> ExpectedInFull:
    """This visit with its people, what is assured of them, and its history: in at most seven queries."""
    prefetch_related_objects([visit], seats_taken())
    seats = list(visit.seats.all()) if visit.status in NAMED else []
    assured: set[int] = set()
    if seats and visit.starts_at is not None:
        nation = Nation(visit.request.school.nation)
        ids = [seat.ambassador.pk for seat in seats if seat.ambassador]
        assured = set(bookable(day_of(visit.starts_at), nation).filter(pk__in=ids).values_list("pk", flat=True))
    return ExpectedInFull(
        visit=visit,
        at=at,
        cards=cards_of(seats, assured) if seats else [],
        glimpses=glimpses_of(visit, visit.seats.all()) if visit.status == VisitStatus.FINDING else [],
        history=[told(event) for event in visit.events.all()],
        readiness=readiness_of(visit, visit.seats.all(), at=at).of_school,
        checklist=checklist_of(visit, Speaker.SCHOOL, at=at),
        kept_apart=_kept_apart(visit, seats, at),
        proposed=proposed_for(visit, seats, mine=[THE_SCHOOL], at=at),
        series=going(visit),
        can_move=can_be_moved(visit, at),
        can_change=can_change(visit, at),
        can_set_lessons=is_open_for_messages(visit, at),
    )


def can_change(visit: Visit, at: datetime) -> bool:
    """Whether a school may change who is there or where to go: what it has promised, until it is over."""
    return visit.status == VisitStatus.CONFIRMED and visit.ends_at is not None and visit.ends_at > at


def _kept_apart(visit: Visit, seats: list[Seat], at: datetime) -> frozenset[int]:
    """Those of them whom the school would rather not see again, by its own word; of theirs it never learns."""
    over = [seat.ambassador_id for seat in seats if can_be_kept_apart(seat, Side.SCHOOL, at=at)]
    if not over:
        return frozenset()
    said = KeptApart.objects.filter(school=visit.request.school_id, side=Side.SCHOOL, ambassador__in=over)
    return frozenset(said.order_by().values_list("ambassador_id", flat=True))
