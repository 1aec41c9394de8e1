"""Who offers what is wanted within reach of it, and is cleared on a day of it: one statement on the table of reach."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from ambassadors.models import Ambassador, Reach
from ambassadors.models.ambassador import NEW_VISITS
from ambassadors.reach.masks import ACTIVITY_TYPES, AIMS, CONDITIONS, LANGUAGES_ASKED_FOR, STAGES
from bookings.matching.scoring import aim_part
from bookings.matching.wanted import LONGEST_KM, Interval, Wanted
from bookings.regulated import HOLDS_FROM, is_in_force
from stem.geography.points import bounding_box
from stem.geography.travel import km_for_minutes, minutes_for_km, way_to
from stem.moments import day_of
from stem.nations import Nation

# A box with its middle at the end of the longest journey reaches twice as far.
_FARTHEST_KM = 2 * LONGEST_KM + 1
_COLUMNS = ("ambassador_id", "subject", "max_minutes", "activities", "barred_list", "at_short_notice", "aims")
_AIMS = _COLUMNS.index("aims")
_CLEARED = "cleared_from <= %s AND cleared_until >= %s"
# So many who offer the very subject are enough to begin with; and online no more are read than so many.
FEW, AT_THE_DOOR = 40, 160
Gate = tuple[str, list[Any]]


@dataclass(slots=True)
class Within:
    """Somebody who passes every gate that does not change by the hour, for at least one of the times."""

    pk: int
    minutes: int
    max_minutes: int
    # Offers the subject itself, and not only another one of its field.
    exact: bool
    # The kinds of visit that they offer.
    activities: int
    # The share of what the school hopes for that they have opted in to (E-41).
    aim: float
    # The times, and further meetings, on whose days they are cleared, and those for which days are counted (V-15).
    times: list[Interval] = field(default_factory=list)
    unbarred: list[Interval] = field(default_factory=list)


@dataclass(frozen=True)
class Begun:
    """Whoever is read to begin with, and who is not among them."""

    people: list[Within]
    # Whether people are left who offer another subject of the field.
    others_left: bool = False
    # From which number on people are left who offer the very subject, and what they have at most of what the school
    # hopes for: with less of it there may be people of any number. None: nobody is left.
    left_from: int | None = None
    left_aim: float = 0.0


def people_within(
    wanted: Wanted, subjects: Collection[str], *, only: int | None = None, only_new: bool = False
) -> list[Within]:
    """Everyone who offers one of these subjects, and all else that is wanted, within their longest journey.

    Or this one person only, by their key, if they are among them; or those alone who are new (rule 1.8).
    """
    if not can_be_looked_for(wanted):
        return []
    sql, parameters = _statement(wanted, subjects)
    if only_new:
        people = connection.ops.quote_name(Ambassador._meta.db_table)
        new = f"SELECT id FROM {people} WHERE visits_delivered < %s"  # noqa: S608  names of ours alone
        sql, parameters = f"{sql} AND ambassador_id IN ({new})", [*parameters, NEW_VISITS]
    if only is not None:
        sql, parameters = f"{sql} AND ambassador_id = %s", [*parameters, only]
    return list(_people(wanted, _read(sql, parameters)))


def within(wanted: Wanted, subjects: Collection[str], reaches: Iterable[Reach]) -> Within | None:
    """One person, by rows of theirs that have been read, if they are among those that `people_within` finds.

    For whoever asks it of hundreds of requests: what SQL asks of a row there is asked of it here.
    """
    if not can_be_looked_for(wanted):
        return None
    days = [day_of(starts_at) for starts_at, _ends_at in wanted.every]
    rows = [
        (*_told(each), *(each.cleared_from <= day <= each.cleared_until for day in days))
        for each in reaches
        if each.subject in subjects and _reaches(each, wanted) and _offers(each, wanted)
    ]
    return next(iter(_people(wanted, rows)), None)


def begin_within(wanted: Wanted, others: Collection[str], *, enough: int) -> Begun:
    """Those who offer the very subject, and where these are few, those who offer one of the others as well.

    Fewer than `enough` are always few. Online, where everybody is at the door, not many more than those are read: of
    those who have opted in to most of what the school hopes for, and of the lowest numbers.
    """
    few, at_the_door = max(FEW, enough), max(AT_THE_DOOR, enough)
    if not can_be_looked_for(wanted):
        return Begun([])
    exact, parameters = _statement(wanted, [wanted.subject])
    if wanted.online:
        exact += f" ORDER BY {_most_aims_first(wanted)}ambassador_id LIMIT {at_the_door:d}"
    if others:
        rest, more = _statement(wanted, others)
        # What is asked first of the others is the same for each of them, and so is asked once.
        exact = (
            f"WITH exact AS MATERIALIZED ({exact}) SELECT * FROM exact"  # noqa: S608  names of ours alone
            f" UNION ALL {rest} AND (SELECT COUNT(*) FROM exact) < {few:d}"
        )
        parameters = [*parameters, *more]
    rows = _read(exact, parameters)
    aim_of = _aim_of(wanted)
    offering = [(-aim_of(row[_AIMS]), row[0]) for row in rows if row[1] == wanted.subject]
    # Not all of the rows of whoever comes last may be among these.
    less_aim, after = max(offering) if wanted.online and len(offering) >= at_the_door else (0.0, None)
    people = list(_people(wanted, (row for row in rows if row[0] != after)))
    others_left = bool(others) and len(offering) >= few
    return Begun(people, others_left=others_left, left_from=after, left_aim=-less_aim)


def _most_aims_first(wanted: Wanted) -> str:
    """The order of how many of the aims that the school hopes for somebody has opted in to; nothing without any."""
    bits = sorted(AIMS.of([aim]) for aim in wanted.aims)
    return f"{' + '.join(f'(aims & {bit:d}) / {bit:d}' for bit in bits)} DESC, " if bits else ""


def _aim_of(wanted: Wanted) -> Callable[[int], float]:
    """What share of the aims that the school hopes for these bits hold (rule E-41)."""
    mask, count = AIMS.of(wanted.aims), len(wanted.aims)
    return lambda aims: aim_part((aims & mask).bit_count(), count)


def can_be_looked_for(wanted: Wanted) -> bool:
    """Whether there is a time, and a place unless it is online."""
    return bool(wanted.times) and (wanted.online or wanted.point is not None)


def _read(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    """All rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _statement(wanted: Wanted, subjects: Collection[str]) -> tuple[str, list[Any]]:
    """The statement that passes people of these subjects by every gate that SQL knows, and what it asks for."""
    days: list[Any] = [connection.ops.adapt_datefield_value(day_of(starts_at)) for starts_at, _ends_at in wanted.every]
    marks = ", ".join("%s" for _each in subjects)
    gates: list[Gate] = [
        (f"subject IN ({marks})", [*subjects]),
        *_by_place(wanted),
        *_by_what(wanted),
        (_CLEARED, [max(days), min(days)]),
    ]
    # Whether they are cleared on the day of each of the times is for the database to say: to read days takes longer.
    # Of where they live nothing is asked online, so that the index alone answers.
    home = ("NULL", "NULL") if wanted.online else ("lat", "lon")
    columns = [*_COLUMNS, *home, *(f"({_CLEARED})" for _each in days)]
    table, where = connection.ops.quote_name(Reach._meta.db_table), " AND ".join(text for text, _given in gates)
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {where}"  # noqa: S608  names of ours alone
    return sql, [*(day for day in days for _edge in range(2)), *(each for _text, given in gates for each in given)]


def _by_place(wanted: Wanted) -> Iterator[Gate]:
    """Whose longest journey may come so far, or who is there online."""
    if wanted.online or wanted.point is None:
        yield "online", []
        return
    lat, lon = wanted.point.lat, wanted.point.lon
    yield "in_person AND south <= %s AND north >= %s AND west <= %s AND east >= %s", [lat, lat, lon, lon]
    # The index is read from the south: no box that begins farther away comes up to here.
    yield "south >= %s", [bounding_box(wanted.point, _FARTHEST_KM).south]


def _by_what(wanted: Wanted) -> Iterator[Gate]:
    """Who offers the rest of what is wanted, and is not kept from it (rules V-11, V-34, T-10)."""
    # While a request is filled in, what is not said yet keeps nobody out.
    if wanted.stage:
        yield "stages & %s <> 0", [STAGES.of([wanted.stage])]
    if wanted.activity:
        yield "activities & %s <> 0", [ACTIVITY_TYPES.of([wanted.activity])]
    if wanted.language:
        yield "languages & %s <> 0", [LANGUAGES_ASKED_FOR.of([wanted.language])]
    yield "conditions & %s = 0", [CONDITIONS.of(wanted.kept_from)]
    if wanted.nation == Nation.SCO:
        yield "in_scotland", []
    if all(interval in wanted.soon for interval in wanted.times):
        yield "at_short_notice", []


def _told(reach: Reach) -> tuple[Any, ...]:
    """What `_statement` reads of a row, of one that has been read, but for the days."""
    return (*(getattr(reach, column) for column in _COLUMNS), reach.lat, reach.lon)


def _reaches(reach: Reach, wanted: Wanted) -> bool:
    """What `_by_place` asks, of a row that has been read."""
    if wanted.online or wanted.point is None:
        return reach.online
    if not reach.in_person or None in (reach.south, reach.north, reach.west, reach.east):
        return False
    lat, lon = wanted.point.lat, wanted.point.lon
    return reach.south <= lat <= reach.north and reach.west <= lon <= reach.east  # type: ignore[operator]


def _offers(reach: Reach, wanted: Wanted) -> bool:
    """What `_by_what` asks, of a row that has been read."""
    if not reach.stages & STAGES.of([wanted.stage]) or reach.conditions & CONDITIONS.of(wanted.kept_from):
        return False
    if wanted.activity and not reach.activities & ACTIVITY_TYPES.of([wanted.activity]):
        return False
    if wanted.language and not reach.languages & LANGUAGES_ASKED_FOR.of([wanted.language]):
        return False
    return reach.in_scotland or wanted.nation != Nation.SCO


def _people(wanted: Wanted, rows: Iterable[tuple[Any, ...]]) -> Iterable[Within]:
    """One for each person, from a row for each of their subjects and spans of days."""
    times = [(each, each in wanted.soon, _is_frequent(wanted, each)) for each in wanted.every]
    counted = wanted.nation in HOLDS_FROM
    km_from = way_to(wanted.point) if wanted.point and not wanted.online else None
    aim_of = _aim_of(wanted)
    found: dict[int, Within] = {}
    for pk, subject, max_minutes, activities, barred_list, at_short_notice, aims, lat, lon, *cleared in rows:
        person = found.get(pk)
        if person is None:
            km = km_from(lat, lon) if km_from else 0.0
            if km_from and km > km_for_minutes(max_minutes):
                continue
            exact = subject == wanted.subject
            person = found[pk] = Within(pk, minutes_for_km(km), max_minutes, exact, activities, aim_of(aims))
        elif subject == wanted.subject:
            person.exact = True
        for (interval, is_soon, is_frequent), is_cleared in zip(times, cleared, strict=True):
            if not is_cleared or interval in person.times:
                continue
            if (at_short_notice or not is_soon) and (barred_list or not is_frequent):
                person.times.append(interval)
                if counted and not barred_list:
                    person.unbarred.append(interval)
    return (person for person in found.values() if person.times)


def _is_frequent(wanted: Wanted, interval: Interval) -> bool:
    """Whether a visit at this time begins a series for which nobody is asked without the barred list (V-15)."""
    return is_in_force(wanted.nation, on=day_of(interval[0])) and wanted.is_often
