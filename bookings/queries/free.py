"""Who of everybody can be asked at a time, and why not when they cannot: the set-based twin of `bookings.free_time`.

Few people cannot be asked at any one time, and each reason for it stands in rows that an index finds: so those rows
are asked for, and not fifty thousand people one after another.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.utils.timezone import get_default_timezone

from ambassadors.enums import Rest
from ambassadors.hours import SCHOOL_HOURS, hours_on
from ambassadors.models import Ambassador, BusyTime, FreeHours, Hold, Limits
from ambassadors.queries.time import time_of
from bookings.enums import WhyNot
from bookings.free_time import Interval, Standing, month_of, term_of
from bookings.models import Commitment
from stem.gathering import Gathered
from stem.lookups import among
from stem.moments import day_of, moment

DAY = timedelta(days=1)
# What marks, among the reasons, who keeps hours of their own in which the time lies: those of schools do not bind them.
OWN_HOURS = "own_hours"


@dataclass(frozen=True)
class Unfree:
    """Whom nobody asks at a time: for each reason the keys of those who have it."""

    # What stands against everybody, and whether the time is outside the hours of schools.
    everybody: frozenset[str]
    is_outside: bool
    having: Mapping[str, frozenset[int]]

    def why_not(self, pk: int) -> list[WhyNot]:
        """Every reason why this person is not asked, in the order of `WhyNot`; none: ask."""
        told = {*self.everybody, *(reason for reason, keys in self.having.items() if pk in keys)}
        if self.is_outside and OWN_HOURS not in told:
            told.add(WhyNot.HOURS)
        return [each for each in WhyNot if each in told]


def why_not_free(intervals: Iterable[Interval], *, at: datetime, people: Collection[int] | None = None) -> list[Unfree]:
    """For each of these intervals, whoever cannot be asked in it, with every reason: one query for all of them.

    Only of these people, where they are named by their keys.
    """
    wanted = list(intervals)
    found: list[dict[str, frozenset[int]]] = [{} for _each in wanted]
    selects = [
        _gathered(rows, reason, number, people)
        for number, interval in enumerate(wanted)
        for reason, rows in _rows_against(interval, at).items()
    ]
    for reason, number, keys in selects[0].union(*selects[1:], all=True) if selects else ():
        found[number][reason] = frozenset(map(int, keys.split())) if keys else frozenset()
    return [
        Unfree(_against_everybody(interval, at), _is_outside(interval), having)
        for interval, having in zip(wanted, found, strict=True)
    ]


def standing_of(
    person: Ambassador, first: date, last: date, *, away: tuple[tuple[date, date | None], ...] | None = None
) -> Standing:
    """What is known of one person's time from the first to the last of these days, and of what counts for them.

    Whoever shows it to that person says when they are away by their own word: no hold else is asked for (V-71).
    """
    longest = max(Rest.values)
    since = min(term_of(first)[0], month_of(first)[0], first - longest * DAY)
    until = max(term_of(last)[1], month_of(last)[1], last + (longest + 1) * DAY)
    holds = Hold.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first), starts_on__lte=last, lifted_at=None)
    promised = Commitment.objects.filter(ambassador=person, **_between(since - DAY, until)).order_by("starts_at")
    # A time that begins on the last day may end on the next.
    busy = BusyTime.objects.filter(calendar__ambassador=person, day__gte=first, day__lte=last + DAY)
    said = time_of(person)
    return Standing(
        week=said.week,
        away=tuple(holds.filter(ambassador=person).values_list("starts_on", "ends_on")) if away is None else away,
        promised=tuple(promised.values_list("starts_at", "ends_at")),
        busy=tuple(busy.values_list("starts_at", "ends_at")),
        most_a_month=said.visits_a_month,
        most_a_term=said.visits_a_term,
        notice_days=said.notice_days,
        rest_days=said.rest_days,
    )


def _gathered(rows: "QuerySet[Any]", reason: str, number: int, people: Collection[int] | None) -> "QuerySet[Any, Any]":
    """The keys that these rows name in one text, with the reason and the number of the interval.

    One row for each reason: to hand over tens of thousands of them takes ten times as long as to find them.
    """
    found = rows.order_by()
    if people is not None:
        found = found.filter(among("ambassador", list(people)))
    marked = found.annotate(why=Value(reason), number=Value(number)).values("why", "number")
    return marked.annotate(keys=Gathered("ambassador")).values_list("why", "number", "keys")


def _rows_against(interval: Interval, at: datetime) -> dict[str, "QuerySet[Any]"]:
    """Where each of the reasons stands that some people have and others have not."""
    starts_at, ends_at = interval
    day = day_of(starts_at)
    in_hours = Q(starts__lte=_clock(starts_at), ends__gte=_clock(ends_at))
    hours = FreeHours.objects.filter(weekday=day.weekday())
    limits = Limits.objects.all()
    rows: dict[str, QuerySet[Any]] = {
        WhyNot.AWAY: Hold.objects.in_force_on(day),
        WhyNot.TOO_SOON: limits.filter(notice_days__gt=(day - day_of(at)).days),
        WhyNot.HOURS: hours.filter(~in_hours | Q(starts__isnull=True)),
        WhyNot.PROMISED: _overlapping(Commitment.objects.filter(starts_at__gt=starts_at - DAY), interval),
        WhyNot.BUSY: BusyTime.objects.of_people().overlapping(*interval),
        WhyNot.RESTING: limits.filter(_rests_on(day)),
        WhyNot.MONTH: _as_many_as("visits_a_month", month_of(day)),
        WhyNot.TERM: _as_many_as("visits_a_term", term_of(day)),
    }
    return {**rows, OWN_HOURS: hours.filter(in_hours)} if _is_outside(interval) else rows


def _against_everybody(interval: Interval, at: datetime) -> frozenset[WhyNot]:
    starts_at, ends_at = interval
    past = {WhyNot.TOO_SOON} if starts_at < at else set()
    over_night = {WhyNot.HOURS} if day_of(ends_at) != day_of(starts_at) else set()
    return frozenset(past | over_night)


def _is_outside(interval: Interval) -> bool:
    """Whether it is not within the hours of schools."""
    hours = hours_on(day_of(interval[0]), SCHOOL_HOURS)
    return hours is None or interval[0] < hours[0] or interval[1] > hours[1]


def _overlapping(rows: "QuerySet[Any]", interval: Interval) -> "QuerySet[Any]":
    return rows.filter(starts_at__lt=interval[1], ends_at__gt=interval[0])


def _rests_on(day: date) -> Q:
    """People who have promised a visit so near to this day that they rest on it."""
    near = Q()
    for rest in filter(None, Rest.values):
        around = Commitment.objects.filter(**_between(day - rest * DAY, day + (rest + 1) * DAY)).order_by()
        near |= Q(rest_days=rest, ambassador__in=around.values("ambassador"))
    return near


def _as_many_as(limit: str, period: tuple[date, date]) -> "QuerySet[Limits]":
    """Those who have promised as many visits in this period as they want in one.

    The visits are counted before the limits are looked at, in one pass: to count person by person, which is all that
    the query language of the models can say, takes PostgreSQL four times as long.
    """
    quote = connection.ops.quote_name
    promised, limits = quote(Commitment._meta.db_table), quote(Limits._meta.db_table)
    counted = (
        f"SELECT ambassador_id, COUNT(*) AS visits FROM {promised}"  # noqa: S608  names of ours alone
        " WHERE starts_at >= %s AND starts_at < %s GROUP BY ambassador_id"
    )
    reached = (
        f"SELECT theirs.id FROM ({counted}) AS counted JOIN {limits} AS theirs"  # noqa: S608
        f" ON theirs.ambassador_id = counted.ambassador_id AND counted.visits >= theirs.{quote(limit)}"
    )
    edges = [connection.ops.adapt_datetimefield_value(each) for each in _between(*period).values()]
    return Limits.objects.filter(pk__in=RawSQL(reached, edges))  # noqa: S611


def _between(first: date, following: date) -> dict[str, datetime]:
    """What begins on the first of these days or after it, and before the other."""
    return {"starts_at__gte": moment(first, time()), "starts_at__lt": moment(following, time())}


def _clock(at: datetime) -> time:
    """What London's clocks show."""
    return at.astimezone(get_default_timezone()).time()
