"""Whether both sides have said, shortly before a visit, that everything is as agreed: reckoned, never stored (5.6)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from bookings.enums import SeatStatus, VisitStatus
from bookings.models import Reconfirmation, Seat, Visit
from bookings.notice import asked_again_on, last_day_looked_at, ready_by
from bookings.querysets import VisitQuerySet
from stem.moments import day_of, moment
from stem.nations import Nation
from stem.workdays import add_working_days

# When people at work read what was sent to them.
MORNING = time(9)
# What was agreed, or changed, within a day is not chased: it was said just now.
JUST_NOW = timedelta(days=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Readiness:
    """How far a visit is ready: what its school and each who visits have said of it as it is now.

    Whoever comes along to watch is not waited for.
    """

    visit: Visit
    at: datetime
    seats: list[Seat] = field(default_factory=list)
    school: Reconfirmation | None = None
    by_seat: dict[int, Reconfirmation] = field(default_factory=dict)

    @property
    def is_asked(self) -> bool:
        """Whether it is time to say so: the day is near, the visit confirmed and not begun."""
        visit = self.visit
        is_to_come = visit.status == VisitStatus.CONFIRMED and visit.starts_at is not None and visit.starts_at > self.at
        return is_to_come and day_of(self.at) >= opens_on(visit)

    @property
    def is_ready(self) -> bool:
        """Whether everybody has said so."""
        is_to_come = self.visit.status == VisitStatus.CONFIRMED
        return is_to_come and self.school is not None and all(seat.pk in self.by_seat for seat in self.seats)

    @property
    def waits_for_school(self) -> bool:
        """Whether the school has still to say so."""
        return self.is_asked and self.school is None

    @property
    def waiting_seats(self) -> list[Seat]:
        """The seats of whom has still to say so."""
        return [seat for seat in self.seats if seat.pk not in self.by_seat] if self.is_asked else []

    def of_seat(self, seat: int | None) -> "Own":
        """The same for whoever has this seat."""
        said = self.by_seat.get(seat or 0)
        return Own(self, said, is_waiting=self.is_asked and seat is not None and said is None)

    @property
    def of_school(self) -> "Own":
        """The same for the school."""
        return Own(self, self.school, is_waiting=self.waits_for_school)


@dataclass(frozen=True)
class Own:
    """What one side reads of it: whether it has said so itself, and whether all have."""

    readiness: Readiness
    said: Reconfirmation | None
    is_waiting: bool

    @property
    def visit(self) -> Visit:
        """Of which visit."""
        return self.readiness.visit

    @property
    def is_ready(self) -> bool:
        """Whether both sides have said so."""
        return self.readiness.is_ready


def opens_on(visit: Visit) -> date:
    """The day from which both sides may say that all is as agreed; ask it of a visit with a time."""
    assert visit.starts_at is not None
    return asked_again_on(day_of(visit.starts_at), Nation(visit.request.school.nation))


def readiness_of(visit: Visit, seats: Iterable[Seat], *, at: datetime) -> Readiness:
    """How far this visit is ready, whose seats have been read; in one query where it is confirmed, else in none."""
    if visit.status != VisitStatus.CONFIRMED:
        return Readiness(visit, at)
    taken = [seat for seat in seats if seat.status == SeatStatus.TAKEN and not seat.is_shadow]
    said = list(Reconfirmation.objects.said().filter(visit=visit, sequence=visit.sequence))
    school = next((each for each in said if each.seat_id is None), None)
    return Readiness(visit, at, taken, school, {each.seat_id: each for each in said if each.seat_id is not None})


def asked_at(visit: Visit) -> datetime:
    """When both sides are asked: the morning five working days before, or the next one after it was agreed later."""
    nation = Nation(visit.request.school.nation)
    first, agreed_on = opens_on(visit), day_of(visit.changed_at)
    return moment(first if first > agreed_on else add_working_days(agreed_on, 1, nation), MORNING)


def reminded_at(visit: Visit) -> datetime:
    """When whoever has not answered is asked once more."""
    assert visit.starts_at is not None
    return moment(ready_by(day_of(visit.starts_at), Nation(visit.request.school.nation)), MORNING)


def school_has_said() -> Exists:
    """The condition, of visits, that the school has said of it as it is that all is as agreed."""
    said = Reconfirmation.objects.said().filter(visit=OuterRef("pk"), sequence=OuterRef("sequence"))
    return Exists(said.filter(seat__isnull=True))


def somebody_is_silent() -> Exists:
    """The condition, of visits, that somebody who comes has not said so."""
    said = Reconfirmation.objects.said().filter(seat=OuterRef("pk"), sequence=OuterRef("visit__sequence"))
    return Exists(Seat.objects.leads().filter(~Exists(said), visit=OuterRef("pk"), status=SeatStatus.TAKEN))


def should_be_ready(at: datetime) -> Q:
    """The condition, of visits, that they are so near that all should have been said, and are not begun."""
    today = day_of(at)
    reckoned = today if at >= moment(today, MORNING) else today - DAY
    near = Q(pk=None)
    for nation in Nation:
        before = moment(last_day_looked_at(reckoned, nation) + DAY, time.min)
        near |= Q(request__school__nation=nation, starts_at__lt=before)
    return Q(near, status=VisitStatus.CONFIRMED, starts_at__gt=at, changed_at__lte=at - JUST_NOW)


def not_reconfirmed(visits: VisitQuerySet, at: datetime) -> VisitQuerySet:
    """Those of these visits that should be ready, and are not."""
    return visits.filter(should_be_ready(at) & (~Q(school_has_said()) | Q(somebody_is_silent())))


def silence_in_words(*, school_said: bool, is_somebody_silent: bool) -> str:
    """Who has not said that all is as agreed."""
    if school_said:
        return _("The school says that all is as agreed, and not everybody who comes has")
    if is_somebody_silent:
        return _("Neither side has said that all is as agreed")
    return _("Whoever comes says that all is as agreed, and the school has not")
