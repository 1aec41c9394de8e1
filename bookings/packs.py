"""All that either side needs in hand on the day of a visit, on one page to print (rule 5.10)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings.coming import visitors_of, watcher_of
from bookings.enums import PROMISED, SeatStatus
from bookings.models import Preparation, Request, RiskAssessment, Session, Visit
from bookings.notice import ready_by
from bookings.risk import assessed_in
from schools.models import School
from stem.moments import day_of
from stem.nations import Nation


@dataclass(frozen=True)
class Pack:
    """The day of one confirmed visit."""

    visit: Visit
    at: datetime
    people: list[Ambassador]
    # Who comes along to watch, if anybody does.
    watcher: Ambassador | None
    lessons: list[Session]
    prepared: Preparation
    # What the school has accepted of each who comes, where what is done needs it.
    risks: list[RiskAssessment]

    @property
    def request(self) -> Request:
        """What was asked for."""
        return self.visit.request

    @property
    def school(self) -> School:
        """Where it is, or with whom online."""
        return self.visit.request.school

    @property
    def day(self) -> date:
        """When it is."""
        assert self.visit.starts_at is not None
        return day_of(self.visit.starts_at)

    @property
    def phones_from(self) -> date:
        """From when on each side is shown the other's telephone number: two working days before (rule T-42)."""
        return ready_by(self.day, Nation(self.school.nation))

    @property
    def shows_phones(self) -> bool:
        """Whether each side is shown the other's telephone number now: until the day is over."""
        return self.phones_from <= day_of(self.at) <= self.day

    @property
    def access_needs(self) -> str:
        """What the group needs, as the school said last."""
        return self.prepared.access_needs or self.request.access_needs

    @property
    def names(self) -> str:
        """Who visits."""
        return ", ".join(person.full_name for person in self.people)

    @property
    def said_at_reception(self) -> str:
        """What somebody says who arrives: for whom they come, and for which class."""
        told = {"adult": self.visit.supervising_adult, "class": self.request.year_groups}
        return _("“STEM Ambassador for %(adult)s, %(class)s.”") % told


def has_pack(visit: Visit) -> bool:
    """Whether everything has been agreed of which a pack speaks."""
    return visit.status in PROMISED and visit.starts_at is not None


def pack_of(visit: Visit, *, at: datetime) -> Pack:
    """The pack of this confirmed visit, in three queries, and five where it may have a risk assessment."""
    seats = list(visit.seats.filter(status=SeatStatus.TAKEN).select_related("ambassador").order_by("pk"))
    prepared = Preparation.objects.for_visit(visit)
    prepared.visit = visit
    rows = [part.row for part in assessed_in(visit) if part.row is not None]
    risks = [row.assessment for row in rows if row.is_accepted]
    return Pack(visit, at, visitors_of(seats), watcher_of(seats), visit.running_order, prepared, risks)
