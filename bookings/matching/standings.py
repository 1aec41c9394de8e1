"""What stands of the time and the load of some people: all of it in one statement for thousands of them."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Model

from ambassadors.enums import Rest
from ambassadors.hours import Hours
from ambassadors.models import BusyTime, FreeHours, Hold, Limits, Offering, OwnCalendar, Requirement
from ambassadors.reach.spans import Fact
from bookings.days import REACH
from bookings.enums import PROMISED, TAKES_PLACE, OfferStatus, RequestStatus, SeatKind, SeatStatus
from bookings.free_time import Interval, Standing, month_of, term_of
from bookings.matching.wanted import SchoolClass, Wanted
from bookings.models import Commitment, KeptApart, Offer, OwnVisit, Request, Seat, Visit
from bookings.regulated import HOLDS_FROM
from schools.models import School
from stem.moments import day_of, moment

DAY = timedelta(days=1)
LOAD_WINDOW = timedelta(days=90)
# The keys of more people make a statement longer than SQLite reads.
MOST = 5_000

# Each row: what it tells, whose it is, and the rest as one list, so that rows of every shape are one answer.
_ROWS = {
    "limits": (
        "SELECT 'limits' AS what, ambassador_id AS person,"
        " {list}(visits_a_month, visits_a_term, notice_days, rest_days, at_short_notice){text} AS told"
        " FROM {Limits} WHERE ambassador_id {keys}"
    ),
    "hours": (
        "SELECT 'hours', ambassador_id, {list}(weekday, starts, ends){text} FROM {FreeHours} WHERE ambassador_id {keys}"
    ),
    "away": (
        "SELECT 'away', ambassador_id, {list}(starts_on, ends_on){text} FROM {Hold} WHERE ambassador_id {keys}"
        " AND lifted_at IS NULL AND starts_on <= %(last)s AND (ends_on IS NULL OR ends_on >= %(first)s)"
    ),
    "promised": (
        "SELECT 'promised', ambassador_id, {list}(starts_at, ends_at){text} FROM {Commitment}"
        " WHERE ambassador_id {keys} AND starts_at >= %(since)s"
    ),
    "busy": (
        "SELECT 'busy', theirs.ambassador_id, {list}(busy.starts_at, busy.ends_at){text} FROM {OwnCalendar} theirs"
        " JOIN {BusyTime} busy ON busy.calendar_id = theirs.id"
        " WHERE theirs.ambassador_id {keys} AND busy.day IN ({days})"
    ),
    "asked": (
        "SELECT 'asked', ambassador_id, {list}(COUNT(*)){text} FROM {Offer}"
        " WHERE ambassador_id {keys} AND status = %(sent)s GROUP BY ambassador_id"
    ),
}
# Days with under-18s of people whose check had no barred list (rule V-15): in our visits, and in visits of their own.
_DAYS = {
    "with_us": (
        "SELECT 'with_us', seat.ambassador_id, {list}(visit.starts_at){text} FROM {Seat} seat"
        " JOIN {Visit} visit ON visit.id = seat.visit_id JOIN {Request} request ON request.id = visit.request_id"
        " JOIN {School} school ON school.id = request.school_id"
        " WHERE seat.ambassador_id {unbarred} AND seat.status = %(taken)s AND visit.status IN ({statuses})"
        " AND visit.starts_at >= %(days_from)s AND visit.starts_at < %(days_before)s"
        " AND school.nation IN ({nations})"
    ),
    "by_themselves": (
        "SELECT 'by_themselves', ambassador_id, {list}(day){text} FROM {OwnVisit} WHERE ambassador_id {unbarred}"
        " AND with_under_18s AND day >= %(first_day)s AND day <= %(last_day)s AND nation IN ({nations})"
    ),
}
# Who would rather not meet again, and who came to a class of one of these schools, and when somebody came after them. A
# request for which somebody is still looked for is not over: its own visits are nobody's last time.
_SCHOOLS = {
    "kept_apart": (
        "SELECT 'kept_apart', ambassador_id, {list}(school_id){text} FROM {KeptApart}"
        " WHERE ambassador_id {keys} AND school_id {schools}"
    ),
    "came": (
        "SELECT 'came', seat.ambassador_id, {list}(request.school_id, request.stage, {year_groups}, visit.starts_at,"
        " (SELECT MIN(later.starts_at) FROM {Request} again JOIN {Visit} later ON later.request_id = again.id"
        " WHERE again.school_id = request.school_id AND again.stage = request.stage AND {year_groups_again} ="
        " {year_groups} AND again.status <> %(open)s AND later.status IN ({promised_statuses})"
        " AND later.starts_at > visit.starts_at)){text}"
        " FROM {Request} request JOIN {Visit} visit ON visit.request_id = request.id"
        " JOIN {Seat} seat ON seat.visit_id = visit.id"
        " WHERE seat.ambassador_id {keys} AND request.school_id {schools} AND request.status <> %(open)s"
        " AND visit.status IN ({promised_statuses}) AND visit.starts_at < %(latest)s"
        # Whoever watched the class has told it nothing.
        " AND seat.kind = %(lead)s"
    ),
}
# What they offer: asked of a few, of whom a row of reach tells nothing when they offer none of the subjects.
_OFFERS = {
    "offers": (
        "SELECT 'offers', ambassador_id, {gather}(kind || ' ' || code){text} FROM {Offering}"
        " WHERE ambassador_id {keys} GROUP BY ambassador_id"
    ),
}
# And which dated facts about them count on a day, as the condition says that they do.
_FACTS = (
    "SELECT 'facts', ambassador_id, {{list}}('{day}',"
    " {{gather}}({{list}}(id, kind, body, started_on, barred_list, conditions))){{text}}"
    " FROM ({counting}) counting WHERE ambassador_id {{keys}} GROUP BY ambassador_id"
)
_MODELS = (Limits, FreeHours, Hold, Commitment, OwnCalendar, BusyTime, Offer, Seat, Visit, Request, School, OwnVisit,
           KeptApart, Offering)  # fmt: skip
_OF_A_FACT = ("id", "ambassador_id", "kind", "body", "started_on", "barred_list", "conditions")
_LIST = {
    "sqlite": ("json_array", "json_group_array", ""),
    "postgresql": ("json_build_array", "json_agg", "::text"),
}
# Small letters as `SchoolClass` makes them.
_SMALL = {"sqlite": "LOWER(TRIM({0}))", "postgresql": 'LOWER(TRIM({0}) COLLATE "C")'}


class Came(NamedTuple):
    """That somebody came to a class, or is to come, and when the next visit of that class is, if there is one."""

    to: SchoolClass
    starts_at: datetime
    next_at: datetime | None


@dataclass(frozen=True)
class Situation:
    """What stands of one person's time, on which days they are with under-18s, and how much they are asked for."""

    standing: Standing
    days: frozenset[date] = frozenset()
    load: int = 0
    # The schools that would rather not meet them again, or they not the school: nobody asks which.
    kept_from: frozenset[int] = frozenset()
    came: tuple[Came, ...] = ()
    # What they offer, each after its kind ("stage ks3"), and what counts for them on a day, where that was asked for.
    offers: frozenset[str] = frozenset()
    facts: Mapping[date, Sequence[Fact]] = field(default_factory=dict)
    # Whether they may be asked so soon before.
    at_short_notice: bool = False

    def with_promised(self, times: Collection[Interval]) -> "Situation":
        """What it would be with these times promised as well."""
        standing = replace(self.standing, promised=(*self.standing.promised, *times))
        return replace(self, standing=standing, days=self.days | {day_of(starts_at) for starts_at, _ends_at in times})

    def came_last(self, wanted: Wanted, interval: Interval) -> bool:
        """Whether this person came to the class the last time before then, and is not asked for again (rule 6.4)."""
        starts_at, theirs = interval[0], wanted.school_class
        return any(
            each.to == theirs and each.starts_at < starts_at and (each.next_at is None or starts_at <= each.next_at)
            for each in self.came
        )


def situations_of(
    keys: Collection[int],
    times: Collection[Interval],
    *,
    unbarred: Collection[int],
    at: datetime,
    schools: Collection[int] = (),
    cleared_on: Collection[date] = (),
) -> dict[int, Situation]:
    """The situation of each of these people, as far as it bears on these times and these schools.

    Days are read of those alone for whom they are counted (rule V-15). The load is visits of the last ninety days and
    to come, and offers that wait for an answer (rule 6.4). What they offer, and the facts that count on each of these
    days, are read for whoever asks whether they are cleared.
    """
    every, counted = list(keys), set(unbarred)
    found: dict[int, Situation] = {}
    for start in range(0, len(every), MOST):
        portion = every[start : start + MOST]
        counting, given = _counting(cleared_on)
        asked = [*_ROWS.values(), *(_OFFERS.values() if cleared_on else ()), *counting]
        found |= _situations_of(
            asked, portion, times, unbarred=counted.intersection(portion), at=at, schools=schools, given=given
        )
    return found


def _counting(days: Collection[date]) -> tuple[list[str], dict[str, Any]]:
    """The parts of a statement that tell what counts for people on each of these days, and what they are given."""
    texts: list[str] = []
    given: dict[str, Any] = {}
    for day in days:
        rows = Requirement.objects.counting_on(day).order_by().values(*_OF_A_FACT)
        sql, parameters = rows.query.sql_with_params()
        names = [f"fact{len(given) + number}" for number in range(len(parameters))]
        texts.append(_FACTS.format(day=day.isoformat(), counting=sql % tuple(f"%({name})s" for name in names)))
        given |= dict(zip(names, parameters, strict=True))
    return texts, given


def _situations_of(
    asked: Collection[str],
    keys: Collection[int],
    times: Collection[Interval],
    *,
    unbarred: Collection[int],
    at: datetime,
    schools: Collection[int],
    given: Mapping[str, Any],
) -> dict[int, Situation]:
    """The same of as many as one statement names, which is given these parameters beside its own."""
    texts = [*asked, *(_DAYS.values() if unbarred else ()), *(_SCHOOLS.values() if schools else ())]
    told: dict[int, dict[str, list[list[Any]]]] = defaultdict(lambda: defaultdict(list))
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(texts).format(**_names(keys, unbarred, times, schools)),
            {**_parameters(times, at), **given},
        )
        rows = cursor.fetchall()
    # Read as one list of lists: to read as many one by one takes several times as long.
    for (what, pk, _row), read in zip(rows, json.loads(f"[{','.join(row for _what, _pk, row in rows)}]"), strict=True):
        told[pk][what].append(read)
    nothing = _situation({}, at)
    return {pk: _situation(told[pk], at) if pk in told else nothing for pk in keys}


def _names(
    keys: Collection[int], unbarred: Collection[int], times: Collection[Interval], schools: Collection[int]
) -> dict[str, str]:
    """What the statement is put together from: names and numbers of ours, and no text of anybody's."""
    tables: Iterable[type[Model]] = _MODELS
    as_list, gathered, as_text = _LIST[connection.vendor]
    days = sorted({day_of(edge) for interval in times for edge in interval})
    return {
        **{model.__name__: connection.ops.quote_name(model._meta.db_table) for model in tables},
        "list": as_list,
        "gather": gathered,
        "text": as_text,
        "keys": _one_of(keys),
        "unbarred": _one_of(unbarred),
        "schools": _one_of(schools),
        "year_groups": _SMALL[connection.vendor].format("request.year_groups"),
        "year_groups_again": _SMALL[connection.vendor].format("again.year_groups"),
        "promised_statuses": _quoted(status.value for status in PROMISED),
        "days": _quoted(day.isoformat() for day in days),
        "statuses": _quoted(status.value for status in TAKES_PLACE),
        "nations": _quoted(nation.value for nation in HOLDS_FROM),
    }


def _one_of(keys: Iterable[int]) -> str:
    """That a column is one of these: PostgreSQL plans an array, one value, sooner than a list that is many."""
    listed = ",".join(map(str, map(int, keys)))
    return f"IN ({listed})" if connection.vendor == "sqlite" else f"= ANY ('{{{listed}}}'::bigint[])"


def _quoted(words: Iterable[str]) -> str:
    """Words of ours as SQL lists them."""
    return ", ".join(f"'{word}'" for word in words)


def _parameters(times: Collection[Interval], at: datetime) -> dict[str, Any]:
    """The days and moments that the statement asks for."""
    days = [day_of(starts_at) for starts_at, _ends_at in times]
    first, last = min(days), max(days)
    since = min(term_of(first)[0], month_of(first)[0], first - max(Rest.values) * DAY) - DAY
    adapt_day, adapt = connection.ops.adapt_datefield_value, connection.ops.adapt_datetimefield_value
    return {
        "first": adapt_day(first),
        "last": adapt_day(last),
        "since": adapt(min(moment(since, time()), at - LOAD_WINDOW)),
        "first_day": adapt_day(first - REACH),
        "last_day": adapt_day(last + REACH),
        "days_from": adapt(moment(first - REACH, time())),
        "days_before": adapt(moment(last + REACH + DAY, time())),
        "sent": OfferStatus.SENT.value,
        "taken": SeatStatus.TAKEN.value,
        "lead": SeatKind.LEAD.value,
        "open": RequestStatus.OPEN.value,
        "latest": adapt(max(starts_at for starts_at, _ends_at in times)),
    }


def _situation(told: dict[str, list[list[Any]]], at: datetime) -> Situation:
    """What the rows about one person tell."""
    limits = next(iter(told.get("limits", ())), (None, None, 0, 0, False))
    most_a_month, most_a_term, notice_days, rest_days, at_short_notice = limits
    promised = tuple(_intervals(told.get("promised", ())))
    week = {
        weekday: Hours(time.fromisoformat(starts), time.fromisoformat(ends))
        for weekday, starts, ends in told.get("hours", ())
        if starts and ends
    }
    standing = Standing(
        week=week if "hours" in told else None,
        away=tuple(
            (date.fromisoformat(first), last and date.fromisoformat(last)) for first, last in told.get("away", ())
        ),
        promised=promised,
        busy=tuple(_intervals(told.get("busy", ()))),
        most_a_month=most_a_month,
        most_a_term=most_a_term,
        notice_days=notice_days,
        rest_days=rest_days,
    )
    recent = sum(starts_at >= at - LOAD_WINDOW for starts_at, _ends_at in promised)
    days = {day_of(_moment(each)) for [each] in told.get("with_us", ())}
    days |= {date.fromisoformat(each) for [each] in told.get("by_themselves", ())}
    return Situation(
        standing,
        days=frozenset(days),
        load=recent + sum(count for [count] in told.get("asked", ())),
        kept_from=frozenset(school for [school] in told.get("kept_apart", ())),
        came=tuple(
            Came(SchoolClass(*which), _moment(starts_at), _moment(next_at) if next_at else None)
            for *which, starts_at, next_at in told.get("came", ())
        ),
        offers=frozenset(each for row in told.get("offers", ()) for each in row),
        facts=_facts(told.get("facts", ())),
        at_short_notice=bool(at_short_notice),
    )


def _facts(rows: Iterable[list[Any]]) -> dict[date, list[Fact]]:
    """What counts on each day, as these rows tell."""
    return {
        day: [
            Fact(pk, kind, body, date.fromisoformat(started_on), day, bool(barred_list), conditions)
            for pk, kind, body, started_on, barred_list, conditions in counting
        ]
        for day, counting in ((date.fromisoformat(on), counting) for on, counting in rows)
    }


def _intervals(rows: Iterable[list[str]]) -> Iterator[Interval]:
    """The intervals that these rows tell."""
    return ((_moment(starts_at), _moment(ends_at)) for starts_at, ends_at in rows)


def _moment(text: str) -> datetime:
    """A moment as a database writes it: SQLite leaves out that it is UTC."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
