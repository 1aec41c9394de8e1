"""What priorities are reckoned from, for many requests at a time (rule 6.2)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count

from ambassadors.enums import OfferingKind
from ambassadors.models import Ambassador
from ambassadors.validity import add_months
from bookings.enums import VisitStatus
from bookings.models import Priority, Request, SeatEvent, Visit
from bookings.priority.reckoning import COLD_MONTHS, FARTHEST_MINUTES, NEAREST, Figures
from schools.models import Disadvantage
from schools.queries.register import histories_of
from schools.queries.school_time import school_times
from schools.terms.school_time import SchoolTime, usual_time
from schools.terms.years import school_year
from stem.curriculum import subjects_near
from stem.geography.points import Point
from stem.geography.travel import is_within_minutes, km_for_minutes, minutes_between
from stem.moments import day_of, moment
from stem.nations import Nation

# The nearest are sought in circles of so many minutes, so that a city's thousands are read for nobody.
CIRCLES = (10, 20, 40, FARTHEST_MINUTES)


def priorities_of(requests: Iterable[Request], *, at: datetime) -> list[Priority]:
    """The priority of each of these requests as it is now, unsaved.

    Seven queries for all of them, and one to four for each place and field of subjects, to find who lives near.
    """
    asked = list(requests)
    ranked = _ranked(asked)
    visits = _visits(asked, at)
    years = {school_year(day, _nation(each)) for each in asked for day in (_since(each, at), day_of(at))}
    times = school_times([each.school for each in asked], {year + more for year in years for more in (0, 1)})
    lost = _fallen_through(asked)
    near = _Nearness()
    return [
        Priority.of(
            each,
            Figures(
                percentiles=ranked[each.school_id].percentiles,
                visits=visits[each.school_id],
                roll=each.school.roll,
                minutes=near.minutes(each.school.point, each.subject),
                stage=each.stage,
                school_days=_school_days(each, times[each.school_id], at),
                fell_through=each.pk in lost,
            ),
            census=ranked[each.school_id].census,
            on=day_of(at),
        )
        for each in asked
    ]


@dataclass(frozen=True)
class _Ranked:
    """A school's percentiles, and of which year the latest of them is."""

    percentiles: tuple[float, ...] = ()
    census: int | None = None


def _ranked(requests: list[Request]) -> dict[int, _Ranked]:
    found: dict[int, _Ranked] = defaultdict(_Ranked)
    rows = Disadvantage.objects.filter(school__in={each.school_id for each in requests})
    for row in rows:
        before = found[row.school_id]
        census = max(before.census or 0, row.vintage)
        found[row.school_id] = _Ranked((*before.percentiles, row.percentile), census)
    return found


def _visits(requests: list[Request], at: datetime) -> dict[int, int]:
    """How many visits each school has had in three years, those to the schools that it follows among them."""
    histories = histories_of({each.school_id for each in requests})
    since = moment(add_months(day_of(at), -COLD_MONTHS), time.min)
    every = {key for history in histories.values() for key in history}
    delivered = Visit.objects.filter(status=VisitStatus.DELIVERED, starts_at__gte=since, request__school__in=every)
    counts = dict(delivered.order_by().values_list("request__school").annotate(visits=Count("pk")))
    return {school: sum(counts.get(key, 0) for key in history) for school, history in histories.items()}


def _fallen_through(requests: list[Request]) -> set[int]:
    """The requests for which someone had promised to come and could not (rule T-53).

    Not those whose school asked for someone else: of the two ways in which a place is freed only the first says why.
    """
    keys = [each.pk for each in requests]
    freed = SeatEvent.objects.filter(kind="free", seat__visit__request__in=keys).exclude(reason="")
    called_off = Visit.objects.filter(status=VisitStatus.CANCELLED_BY_AMBASSADOR, request__in=keys)
    both = freed.order_by().values_list("seat__visit__request").union(called_off.order_by().values_list("request"))
    return {request for (request,) in both}


def _since(request: Request, at: datetime) -> date:
    return day_of(request.submitted_at or at)


def _nation(request: Request) -> Nation:
    """Whose calendar counts; England's where a register has taken a school out of all nations since."""
    return Nation(request.school.nation or Nation.ENG)


def _school_days(request: Request, school: SchoolTime, at: datetime) -> int:
    """How many school days it has waited: none on the day on which it was sent in."""
    if not request.school.nation:
        school = usual_time(_nation(request))
    return max(0, school.school_days_between(_since(request, at), day_of(at)))


class _Nearness:
    """Who lives near a school, asked once for each place and field."""

    def __init__(self) -> None:
        self._found: dict[tuple[Point, frozenset[str]], tuple[int, ...]] = {}

    def minutes(self, point: Point | None, subject: str) -> tuple[int, ...] | None:
        """To the nearest people who take part, go to schools and offer a subject of this field; None without a place.

        An online request is asked the same: how far the school lies from everyone does not change with it.
        """
        if point is None:
            return None
        subjects = subjects_near(subject)
        if (point, subjects) not in self._found:
            self._found[point, subjects] = _nearest(point, subjects)
        return self._found[point, subjects]


def _nearest(point: Point, subjects: frozenset[str]) -> tuple[int, ...]:
    people = Ambassador.objects.active().filter(in_person=True).offering(OfferingKind.SUBJECT, *sorted(subjects))
    near: list[Point] = []
    for limit in CIRCLES:
        boxed = people.in_box(point, km_for_minutes(limit)).order_by().only("lat", "lon")
        homes = [person.point for person in boxed]
        near = [home for home in homes if home is not None and is_within_minutes(home, point, limit)]
        if len(near) >= NEAREST:
            break
    return tuple(sorted(minutes_between(home, point) for home in near)[:NEAREST])
