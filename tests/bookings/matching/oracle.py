"""Who could be asked, by a walk over everybody: the rules of matching said once more, in plain Python and apart.

What it judges is built of queries that find rows by index; here is none. Rows are read by plain managers, all of them,
and each rule is a few lines that can be held against its text: 6.4 and what it names. Slow, and free to be.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import atan2, cos, radians, sin, sqrt
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ambassadors import conduct
from ambassadors.models import Ambassador, BusyTime, FreeHours, Hold, Limits, Offering, OwnAim, Requirement
from bookings.models import Commitment, KeptApart, Offer, OwnVisit, Seat
from stem.curriculum import ACTIVITIES, SUBJECTS

Interval = tuple[datetime, datetime]
LONDON, DAY = ZoneInfo("Europe/London"), timedelta(days=1)
KINDS = ("ELIG", "ID", "REF", "SELF", "CRC", "INDUCT", "SAFEG", "CODE", "DECL")


class Failing(NamedTuple):
    """One thing that stands against somebody: by which gate, why, and of which requirement."""

    gate: str
    why: str = ""
    kind: str = ""


class Answer(NamedTuple):
    """One person who could be asked."""

    pk: int
    score: float
    parts: dict[str, float]
    minutes: int
    times: tuple[Interval, ...]


@dataclass
class Person:
    """All that bears on one person."""

    row: Ambassador
    offered: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    aims: set[str] = field(default_factory=set)
    requirements: list[Requirement] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    hours: list[FreeHours] = field(default_factory=list)
    limits: Limits | None = None
    promised: list[Interval] = field(default_factory=list)
    busy: list[Interval] = field(default_factory=list)
    # On which they are with under-18s in England or Wales.
    days: set[date] = field(default_factory=set)
    waiting_offers: int = 0
    # Schools that they would rather not go to, or that would rather see somebody else, with whose word it is.
    apart: set[tuple[int, str]] = field(default_factory=set)
    came: list[tuple[tuple[int, str, str], datetime]] = field(default_factory=list)
    # Of every class, whoever came: when somebody did.
    visited: dict[tuple[int, str, str], list[datetime]] = field(default_factory=dict)


# ------------------------------------------------------------------------------------------------------------- reading
def read_register() -> list[Person]:
    """Everybody, with all of theirs."""
    people = {row.pk: Person(row) for row in Ambassador.objects.all()}
    for offering in Offering.objects.all():
        people[offering.ambassador_id].offered[offering.kind].add(offering.code)
    for own in OwnAim.objects.all():
        people[own.ambassador_id].aims.add(own.aim)
    for requirement in Requirement.objects.all():
        people[requirement.ambassador_id].requirements.append(requirement)
    for hold in Hold.objects.all():
        people[hold.ambassador_id].holds.append(hold)
    for hours in FreeHours.objects.all():
        people[hours.ambassador_id].hours.append(hours)
    for limits in Limits.objects.all():
        people[limits.ambassador_id].limits = limits
    for busy in BusyTime.objects.select_related("calendar"):
        people[busy.calendar.ambassador_id].busy.append((busy.starts_at, busy.ends_at))
    _read_bookings(people)
    return list(people.values())


def _read_bookings(people: dict[int, Person]) -> None:
    for promise in Commitment.objects.all():
        people[promise.ambassador_id].promised.append((promise.starts_at, promise.ends_at))
    for each in KeptApart.objects.all():
        people[each.ambassador_id].apart.add((each.school_id, each.side))
    visited: dict[tuple[int, str, str], list[datetime]] = defaultdict(list)
    for person in people.values():
        person.visited = visited
    for offer in Offer.objects.all():
        people[offer.ambassador_id].waiting_offers += offer.status == "sent"
    for seat in Seat.objects.select_related("visit__request__school"):
        visit, nation = seat.visit, seat.visit.request.school.nation
        takes_place = visit.status in ("finding", "matched", "confirmed", "delivered")
        if seat.ambassador_id and visit.starts_at and takes_place and nation in ("england", "wales"):
            people[seat.ambassador_id].days.add(london(visit.starts_at).date())
        asked = visit.request
        if seat.ambassador_id and visit.status in ("confirmed", "delivered") and asked.status != "open":
            class_ = (asked.school_id, asked.stage, asked.year_groups.strip().lower())
            people[seat.ambassador_id].came.append((class_, visit.starts_at))
            visited[class_].append(visit.starts_at)
    for own in OwnVisit.objects.all():
        if own.with_under_18s and own.nation in ("england", "wales"):
            people[own.ambassador_id].days.add(own.day)


# --------------------------------------------------------------------------------------------------------- the answers
def answer(wanted: Any, at: datetime, people: list[Person] | None = None) -> list[Answer]:
    """Everyone who could be asked, in order: first whom the school asks for again, then by score and number."""
    fits = []
    for person in read_register() if people is None else people:
        times = tuple(
            each
            for each in wanted.times
            if not any(failings(person, wanted, each, at)) and not any(failings_later(person, wanted, each, at))
        )
        if times:
            fits.append((person, _answered(person, wanted, times, at)))
    order = sorted(fits, key=lambda fit: (fit[1].pk != wanted.again, -fit[1].score, fit[1].pk))
    return [found for _person, found in order]


def near_misses(wanted: Any, interval: Interval, at: datetime, people: list[Person] | None = None) -> dict[int, str]:
    """Whoever takes part, or would after a break, and fails one gate alone: by their key, that gate."""
    found = {}
    for person in read_register() if people is None else people:
        if person.row.status in ("active", "paused") and is_in_reach(person.row, wanted):
            gates = {failing.gate for failing in failings(person, wanted, interval, at)}
            # Of those who are kept apart from the school nobody is told.
            if len(gates) == 1 and "apart" not in gates:
                [found[person.row.pk]] = gates
    return found


def failings(person: Person, wanted: Any, interval: Interval, at: datetime) -> Iterator[Failing]:
    """Everything that stands against asking this person for this time, the cheapest to tell first."""
    day = london(interval[0]).date()
    yield from _of_what_is_offered(person, wanted)
    yield from _of_the_way(person, wanted)
    yield from _of_standing(person, day)
    yield from _of_requirements(person, wanted, day)
    yield from _of_the_check(person, wanted, day)
    if interval in wanted.soon and not (person.limits and person.limits.at_short_notice):
        yield Failing("short_notice")
    yield from (Failing("apart", side) for school, side in sorted(person.apart) if school == wanted.school)
    if wanted.again != person.row.pk and _came_last(person, wanted, interval):
        yield Failing("last_time")
    yield from (Failing("time", why) for why in _of_time(person, interval, day, at))


def failings_later(person: Person, wanted: Any, first: Interval, at: datetime) -> Iterator[Failing]:
    """What stands against the further meetings of a series, each after those before it have been promised."""
    before = [first]
    for interval in wanted.further.get(first, ()):
        day = london(interval[0]).date()
        grown = replace(
            person,
            promised=[*person.promised, *before],
            days=person.days | {london(starts_at).date() for starts_at, _ends_at in before},
        )
        yield from _of_standing(grown, day)
        yield from _of_requirements(grown, wanted, day)
        yield from _of_the_check(grown, wanted, day)
        yield from (Failing("time", why) for why in _of_time(grown, interval, day, at))
        before.append(interval)


def _came_last(person: Person, wanted: Any, interval: Interval) -> bool:
    """Rule 6.4: not the same person as last time for the same class."""
    class_ = (wanted.school, wanted.stage, wanted.year_groups.strip().lower())
    before = [each for each in person.visited.get(class_, ()) if each < interval[0]]
    return bool(before and wanted.year_groups.strip()) and (class_, max(before)) in person.came


def _answered(person: Person, wanted: Any, times: tuple[Interval, ...], at: datetime) -> Answer:
    """Rule 6.4: .30 topic + .20 stage + .15 activity + .10 route_aim + .15 (1 - minutes/max) + .10 /(1 + load)."""
    minutes = minutes_between(person.row, wanted)
    assert minutes is not None
    load = sum(starts_at >= at - 90 * DAY for starts_at, _ends_at in person.promised) + person.waiting_offers
    parts = {
        "topic": 1.0 if wanted.subject in person.offered["subject"] else 0.5,
        "stage": 1.0,
        "activity": 1.0,
        "route_aim": _share_of_aims(person, wanted),
        "nearness": 1 - minutes / person.row.max_minutes if minutes else 1.0,
        "load": 1 / (1 + load),
    }
    weights = (0.30, 0.20, 0.15, 0.10, 0.15, 0.10)
    score = sum(weight * part for weight, part in zip(weights, parts.values(), strict=True))
    told = {name: round(part, 4) for name, part in parts.items()}
    return Answer(person.row.pk, round(score, 4), told, minutes, times)


def _share_of_aims(person: Person, wanted: Any) -> float:
    """Rule E-41: of the aims set, the share opted in to; of technical routes speaks only who took one."""
    took_one = person.row.route in ("apprenticeship", "technical", "degree_apprenticeship")
    counting = {aim for aim in person.aims if took_one or aim != "technical_routes"}
    return len(wanted.aims & counting) / len(wanted.aims) if wanted.aims else 0.0


# ------------------------------------------------------------------------------------------ what is offered, and where
def _of_what_is_offered(person: Person, wanted: Any) -> Iterator[Failing]:
    fields = {SUBJECTS[code].field for code in person.offered["subject"] if code in SUBJECTS}
    if wanted.subject not in SUBJECTS or SUBJECTS[wanted.subject].field not in fields:
        yield Failing("subject")
    if wanted.stage not in person.offered["stage"]:
        yield Failing("stage")
    if wanted.activity not in person.offered["activity"]:
        yield Failing("activity")
    if wanted.language and wanted.language not in person.offered["language"]:
        yield Failing("language")
    if not (person.row.online if wanted.online else person.row.in_person):
        yield Failing("mode")


def _of_the_way(person: Person, wanted: Any) -> Iterator[Failing]:
    """Rule T-31: no longer than the person's longest journey."""
    minutes = way_between(person.row, wanted)
    if minutes is None:
        yield Failing("journey", "nowhere")
    elif minutes > person.row.max_minutes and not wanted.online:
        yield Failing("journey", "far")


def minutes_between(person: Ambassador, wanted: Any) -> int | None:
    """The way as it is told: to the nearest minute."""
    minutes = way_between(person, wanted)
    return None if minutes is None else round(minutes)


def way_between(person: Ambassador, wanted: Any) -> float | None:
    """Minutes by rule T-30: the great circle x 1.3 at 50 km/h."""
    if wanted.online:
        return 0.0
    if wanted.point is None or person.lat is None or person.lon is None:
        return None
    north, home_north = radians(wanted.point.lat), radians(person.lat)
    east = radians(wanted.point.lon - person.lon)
    half = sin((north - home_north) / 2) ** 2 + cos(north) * cos(home_north) * sin(east / 2) ** 2
    km = 6371.0088 * 2 * atan2(sqrt(half), sqrt(1 - half))
    return km * 1.3 / 50 * 60


def is_in_reach(person: Ambassador, wanted: Any) -> bool:
    """Whether they live no farther away than the four hours that anybody may say they travel."""
    minutes = way_between(person, wanted)
    return minutes is not None and minutes <= 240


# ------------------------------------------------------------------------------------------ may they be booked that day
def _of_standing(person: Person, day: date) -> Iterator[Failing]:
    if person.row.status != "active":
        yield Failing("unavailable", "paused" if person.row.status == "paused" else "no part")
    for hold in person.holds:
        if hold.lifted_at is None and hold.starts_on <= day and (hold.ends_on is None or day <= hold.ends_on):
            yield Failing("unavailable", "hold")


def _of_requirements(person: Person, wanted: Any, day: date) -> Iterator[Failing]:
    """Rule 1.2: each of them counts on the day; rule V-11: in Scotland the check is a PVG membership."""
    in_scotland = wanted.nation == "scotland"
    for kind in KINDS:
        rows = [row for row in person.requirements if row.kind == kind]
        against = [why_not_counting(row, day) for row in rows]
        if "" not in against:
            yield Failing("vetting", " and ".join(sorted({*against})) or "missing", kind)
        elif kind == "CRC" and in_scotland:
            bodies = {row.body for row, why in zip(rows, against, strict=True) if not why}
            if "pvg" not in bodies:
                yield Failing("vetting", "no PVG", kind)


def why_not_counting(row: Requirement, day: date) -> str:
    """Why a fact does not count on this day; nothing when it does."""
    if row.withdrawn_at is not None:
        return "withdrawn"
    if row.started_on > day:
        return "not yet"
    if row.valid_until is not None and row.valid_until < day:
        return "lapsed"
    if row.kind == "CRC" and row.confirmed_by_id is None:
        return "unconfirmed"
    if row.kind == "CODE":
        # A new version is to be accepted within its days of grace.
        later = [since for since in conduct.VERSIONS[1:] if row.started_on < since]
        if any(day >= since + conduct.GRACE for since in later):
            return "outdated"
    return ""


def _of_the_check(person: Person, wanted: Any, day: date) -> Iterator[Failing]:
    """Rules V-34 and V-15, by the latest check of each issuer that counts on the day."""
    latest: dict[str, Requirement] = {}
    for row in person.requirements:
        if row.kind == "CRC" and not why_not_counting(row, day):
            before = latest.get(row.body)
            if before is None or (row.started_on, row.pk) > (before.started_on, before.pk):
                latest[row.body] = row
    bound = {code for row in latest.values() for code in row.conditions.split()} & _conditions_against(wanted)
    yield from (Failing("conditions", code) for code in sorted(bound))
    is_regulated = wanted.nation in ("england", "wales") and day >= date(2026, 9, 1)
    if not is_regulated or any(row.barred_list for row in latest.values()):
        return
    if ACTIVITIES[wanted.activity].sessions[0] >= 3 or (wanted.meetings >= 3 and wanted.weeks_apart == 1):
        yield Failing("days", "series")
    elif any(_days_within(person.days | {day}, day - back * DAY) > 3 for back in range(30)):
        yield Failing("days", "four in thirty")


def _days_within(days: set[date], first: date) -> int:
    """How many of them are among the thirty from this one on."""
    return sum(first <= day < first + 30 * DAY for day in days)


def _conditions_against(wanted: Any) -> set[str]:
    against = set()
    if wanted.online:
        against.add("no_online")
    if wanted.stage in ("ks1", "ks2"):
        against.add("ks_limit")
    if ACTIVITIES[wanted.activity].sessions[1] > 1 or wanted.meetings > 1:
        against.add("no_series")
    if wanted.people == 1:
        against.add("paired")
    return against


# ------------------------------------------------------------------------------------------------------ are they free
def _of_time(person: Person, interval: Interval, day: date, at: datetime) -> Iterator[str]:
    starts_at, ends_at = interval
    if starts_at < at:
        yield "past"
    if not _is_within_hours(person, interval, day):
        yield "hours"
    for taken, why in ((person.promised, "promised"), (person.busy, "busy")):
        if any(begins < ends_at and ends > starts_at for begins, ends in taken):
            yield why
    limits = person.limits
    if limits is None:
        return
    if limits.notice_days and (day - london(at).date()).days < limits.notice_days:
        yield "notice"
    visits = [london(begins).date() for begins, _ends in person.promised]
    if limits.rest_days and any(abs((each - day).days) <= limits.rest_days for each in visits):
        yield "resting"
    same_month = [each for each in visits if (each.year, each.month) == (day.year, day.month)]
    if limits.visits_a_month is not None and len(same_month) >= limits.visits_a_month:
        yield "month"
    first, following = term_of(day)
    if limits.visits_a_term is not None and sum(first <= each < following for each in visits) >= limits.visits_a_term:
        yield "term"


def _is_within_hours(person: Person, interval: Interval, day: date) -> bool:
    """Whether it lies within the hours kept on that weekday; who keeps none of their own is there from 8 to 18."""
    begins, ends = (london(each) for each in interval)
    if ends.date() != day:
        return False
    if not person.hours:
        return day.weekday() < 5 and time(8) <= begins.time() and ends.time() <= time(18)
    kept = [each for each in person.hours if each.weekday == day.weekday() and each.starts and each.ends]
    return any(each.starts <= begins.time() and ends.time() <= each.ends for each in kept)


def term_of(day: date) -> Interval | tuple[date, date]:
    """New Year, Easter Monday and the first of August begin one each."""
    edges = [date(day.year, 1, 1), easter(day.year) + DAY, date(day.year, 8, 1), date(day.year + 1, 1, 1)]
    return next((first, following) for first, following in pairwise(edges) if first <= day < following)


def easter(year: int) -> date:
    """Easter Sunday by the tables of 1876 (Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def london(at: datetime) -> datetime:
    """What London's calendars and clocks show."""
    return at.astimezone(LONDON)
