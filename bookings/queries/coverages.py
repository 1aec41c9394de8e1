"""What is reckoned of each school every night: its visits, its predecessors' too, and how far it is to people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Avg, Count, Max, Q

from ambassadors.models import Ambassador
from ambassadors.validity import add_months
from bookings.enums import VisitStatus
from bookings.models import Coverage, Visit
from bookings.priority.reckoning import COLD_MONTHS, DECIMALS
from bookings.reaching_out.nearness import Homes
from bookings.reaching_out.reckoning import THREE_TERMS_MONTHS, first_asked
from schools.models import Disadvantage, School
from schools.queries.register import histories_of
from stem.moments import day_of, moment


def homes_of_everyone() -> Homes:
    """Where everybody lives who takes part and goes to schools; read once for all schools."""
    there = Ambassador.objects.active().filter(in_person=True, lat__isnull=False, lon__isnull=False)
    return Homes(there.order_by().values_list("lat", "lon").iterator(chunk_size=2000))  # type: ignore[arg-type]


def coverages_of(schools: Iterable[School], homes: Homes, *, at: datetime) -> list[Coverage]:
    """How each of these schools is reached as it is now, unsaved; four statements for all of them."""
    asked = list(schools)
    keys = [each.pk for each in asked]
    came, percentiles = _came_to(keys, at), _percentiles(keys)
    found = []
    for each in asked:
        minutes = None if each.point is None else homes.minutes_from(each.point)
        disadvantage = percentiles.get(each.pk)
        visits = came[each.pk]
        found.append(
            Coverage(
                school_id=each.pk,
                reckoned_at=at,
                last_on=visits.last and day_of(visits.last),
                visits=visits.lately,
                year_visits=visits.year,
                disadvantage=disadvantage,
                minutes=minutes,
                score=first_asked(disadvantage, minutes, each.roll),
            )
        )
    return found


@dataclass(frozen=True)
class _Came:
    """When somebody came last, how often in three years, and how often in the last of them."""

    last: datetime | None = None
    lately: int = 0
    year: int = 0


def _came_to(schools: list[int], at: datetime) -> dict[int, _Came]:
    """Visits that took place, of each school and those that it follows."""
    histories = histories_of(schools)
    lately, year = (moment(add_months(day_of(at), -months), time.min) for months in (COLD_MONTHS, THREE_TERMS_MONTHS))
    every = {key for history in histories.values() for key in history}
    rows = Visit.objects.filter(status=VisitStatus.DELIVERED, request__school__in=every).order_by()
    counted = rows.values_list("request__school").annotate(
        last=Max("starts_at"),
        lately=Count("pk", filter=Q(starts_at__gte=lately)),
        year=Count("pk", filter=Q(starts_at__gte=year)),
    )
    came = {school: _Came(*figures) for school, *figures in counted}
    return {school: _together([came[key] for key in history if key in came]) for school, history in histories.items()}


def _together(parts: list[_Came]) -> _Came:
    last = max((each.last for each in parts if each.last), default=None)
    return _Came(last, sum(each.lately for each in parts), sum(each.year for each in parts))


def _percentiles(schools: list[int]) -> dict[int, float]:
    """The mean of each school's percentiles, of those of which there is one."""
    rows = Disadvantage.objects.filter(school__in=schools).order_by().values_list("school")
    return {school: round(mean, DECIMALS) for school, mean in rows.annotate(mean=Avg("percentile"))}
