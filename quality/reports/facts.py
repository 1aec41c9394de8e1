"""What a term was like, group by group: read from the rows in few queries that are streamed. Nothing of it is told
before it has passed the door of `quality.suppression`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import Any

from django.db.models.fields.json import KT

from ambassadors.validity import add_months
from bookings.enums import RequestStatus, SeatStatus, VisitStatus
from bookings.models import Request, Search, Seat, Visit
from quality.enums import FeedbackSide, FeedbackStatus
from quality.models import Conflict, Feedback, FollowUp
from quality.reports.tables import ALL, WEIGHTS_2010
from quality.settling import went_ahead
from quality.suppression import Cell, Table
from schools.enums import SchoolStatus
from schools.models import Disadvantage, School
from stem.curriculum import AGES, TECHNICAL_ROUTES, ages_named, ages_taught
from stem.geography.models import Region, RegionArea
from stem.moments import day_of, moment
from stem.terms import Term

# What is of no region, and of no fifth that anybody knows.
ELSEWHERE, UNKNOWN = "0", "unknown"
MONTHS_COLD = 36
FIFTHS = 5
MOST_DISADVANTAGED = ("4", "5")
# One in so many schools: how many visits go to those that have most (rule E-52).
TENTH = 10
PORTION = 5000
ON_SCALE = ("1", "2", "3", "4", "5")
ASKED = tuple(WEIGHTS_2010)
# What a teacher is asked weeks later.
ASKED_LATER = ("L1", "L2", "L3")


@dataclass(frozen=True)
class Place:
    """What is known of a school here: of which region, of which kind, in which fifth; never its name."""

    region: str
    phase: str
    fifth: str
    # Whether in the country; None where the register does not say.
    rural: bool | None = None


class _Tables:
    """Tables as they are counted."""

    def __init__(self) -> None:
        self.parts: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
        self.sums: defaultdict[tuple[str, str, str], dict[str, tuple[int, float]]] = defaultdict(dict)
        self.spread: defaultdict[tuple[str, str, str], Counter[int]] = defaultdict(Counter)
        self.public: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)

    def count(self, code: str, row: str, column: str = ALL, part: str = ALL) -> tuple[str, str, str]:
        """Count one; the key of its cell."""
        key = code, row, column
        self.parts[key][part] += 1
        return key

    def add(self, key: tuple[str, str, str], question: str, answer: float) -> None:
        """Add an answer to its sum."""
        answers, total = self.sums[key].get(question, (0, 0.0))
        self.sums[key][question] = answers + 1, total + answer

    def table(self, code: str, parts: tuple[str, ...]) -> Table:
        """One of them, each cell with all of its parts."""
        keys = [key for key in {*self.parts, *self.public} if key[0] == code]
        return {
            key[1:]: Cell(
                {part: self.parts[key][part] for part in parts}, self.sums[key], self.spread[key], self.public[key]
            )
            for key in keys
        }


PARTS: dict[str, tuple[str, ...]] = {
    "responses": ("came", "silent"),
    "again": ("again", "not"),
    "index": (ALL,),
    "months": (ALL,),
    "later": (ALL,),
    "stages": (ALL,),
    "routes": ("technical", "other"),
    "parity": ("most", "rest"),
    "rural": ("most", "rest"),
    "never": ("never", "met"),
    "years": ("met", "missed"),
    "every_year": ("every", "missing"),
    "tenth": ("tenth", "rest"),
    "unfilled": ("unfilled", "found"),
    "waits": (ALL,),
    "searches": ("nobody", "somebody"),
}


def facts_of(term: Term) -> dict[str, Table]:
    """What a term was like: sixteen tables, rows by region, in the same number of queries however many visits."""
    regions, tables = dict(RegionArea.objects.values_list("area", "region")), _Tables()
    places = _places(regions)
    _count_visits(tables, term, places)
    _count_people(tables, term, places)
    _count_forms(tables, term, places)
    _count_follow_ups(tables, term, places)
    _count_requests(tables, term, places)
    _count_never(tables, term, places)
    _count_years(tables, term, places)
    _count_searches(tables, term, regions)
    return {code: tables.table(code, parts) for code, parts in PARTS.items()}


def names_of_regions() -> dict[str, str]:
    """What the regions are called now: a report keeps what they were called."""
    return {str(pk): name for pk, name in Region.objects.values_list("pk", "name")}


def _places(regions: dict[str, int]) -> dict[int, Place]:
    """Every school, in two queries."""
    ranked: defaultdict[int, list[float]] = defaultdict(list)
    for school, percentile in Disadvantage.objects.order_by().values_list("school", "percentile"):
        ranked[school].append(percentile)
    rows = School.objects.order_by().values_list("pk", "area", "phase", "rural")
    return {
        pk: Place(str(regions.get(area, ELSEWHERE)), phase, _fifth(ranked.get(pk)), rural)
        for pk, area, phase, rural in rows
    }


def _fifth(percentiles: list[float] | None) -> str:
    """Which fifth by the mean of what is known: "5" for the most disadvantaged."""
    if not percentiles:
        return UNKNOWN
    return str(min(FIFTHS, 1 + int(FIFTHS * sum(percentiles) / len(percentiles))))


def _streamed(rows: Any) -> Iterator[Any]:
    return rows.order_by().iterator(chunk_size=PORTION)


def _of_term(term: Term, prefix: str = "") -> dict[str, Any]:
    """The visits that took place in it, as a filter."""
    return {
        f"{prefix}status": VisitStatus.DELIVERED,
        f"{prefix}starts_at__gte": term.begins_at,
        f"{prefix}starts_at__lt": term.ends_at,
    }


def _count_visits(tables: _Tables, term: Term, places: dict[int, Place]) -> None:
    """By stage and by fifth, and how many went to the tenth of schools that had most."""
    visits: Counter[int] = Counter()
    rows = Visit.objects.filter(**_of_term(term)).values_list("request__school", "request__stage")
    for school, stage in _streamed(rows):
        place = places[school]
        visits[school] += 1
        tables.count("stages", place.region, stage)
        if place.fifth != UNKNOWN:
            tables.count("parity", place.region, ALL, "most" if place.fifth in MOST_DISADVANTAGED else "rest")
        if place.rural is not None:
            tables.count("rural", place.region, ALL, "most" if place.rural else "rest")
    busiest = {school for school, _n in visits.most_common(-(-len(visits) // TENTH))}
    for school, n in visits.items():
        tables.parts["tenth", places[school].region, ALL]["tenth" if school in busiest else "rest"] += n


def _count_people(tables: _Tables, term: Term, places: dict[int, Place]) -> None:
    """By which route whoever came has come into their work."""
    seats = Seat.objects.leads().filter(status=SeatStatus.TAKEN, **_of_term(term, "visit__"))
    for school, route in _streamed(seats.values_list("visit__request__school", "ambassador__route")):
        if route:
            part = "technical" if route in TECHNICAL_ROUTES else "other"
            tables.count("routes", places[school].region, ALL, part)


def _count_forms(tables: _Tables, term: Term, places: dict[int, Place]) -> None:
    """How many came back, and what teachers said; nothing of visits whose two sides are too close (rule G-04)."""
    close = set(Conflict.objects.filter(**_of_term(term, "visit__")).values_list("visit", flat=True))
    said = [KT(f"answers__{code}") for code in ("TF1", "T9", "T10", *ASKED)]
    rows = Feedback.objects.filter(**_of_term(term, "visit__")).values_list(
        "visit", "side", "status", "visit__request__school", "visit__starts_at", *said
    )
    for visit, side, status, school, starts_at, held, overall, again, *answers in _streamed(rows):
        place, came = places[school], status != FeedbackStatus.INVITED
        tables.count("responses", place.region, side, "came" if came else "silent")
        if side != FeedbackSide.TEACHER:
            continue
        month = day_of(starts_at).strftime("%Y-%m")
        for code, column in (("again", place.phase), ("index", ALL), ("months", month)):
            tables.public[code, place.region, column]["asked"] += 1
        if came and visit not in close and went_ahead({"TF1": held}):
            _count_ratings(tables, place, month, overall, again, answers)


def _count_ratings(tables: _Tables, place: Place, month: str, overall: str, again: str, answers: list[str]) -> None:
    if again:
        tables.count("again", place.region, place.phase, "not" if again == "no" else "again")
    key = tables.count("index", place.region)
    for question, answer in zip(ASKED, answers, strict=True):
        if answer in ON_SCALE:
            tables.add(key, question, float(answer))
    if overall in ON_SCALE:
        tables.add(tables.count("months", place.region, month), "T9", float(overall))


def _count_follow_ups(tables: _Tables, term: Term, places: dict[int, Place]) -> None:
    """What teachers said weeks later of those who were asked in this term: their visits were in it or in the last.

    By when they were asked, so that all has come in when the term is told of. Nothing where two sides are too close.
    """
    close = Conflict.objects.values("visit")
    rows = FollowUp.objects.asked_in(term.begins_at, term.ends_at).exclude(visit__in=close)
    said = [KT(f"answers__{code}") for code in ASKED_LATER]
    for school, came, *answers in _streamed(rows.values_list("visit__request__school", "submitted_at", *said)):
        region = places[school].region
        tables.public["later", region, ALL]["asked"] += 1
        if came is not None:
            key = tables.count("later", region)
            for question, answer in zip(ASKED_LATER, answers, strict=True):
                if answer in ON_SCALE:
                    tables.add(key, question, float(answer))


def _count_requests(tables: _Tables, term: Term, places: dict[int, Place]) -> None:
    """How many found nobody, and how many school days those waited that found somebody, by fifth."""
    sent = Request.objects.filter(submitted_at__gte=term.begins_at, submitted_at__lt=term.ends_at)
    ended = sent.filter(status__in=(RequestStatus.FULFILLED, RequestStatus.UNFILLED))
    for school, status, days in _streamed(ended.values_list("school", "status", "priority__school_days")):
        place, found = places[school], status == RequestStatus.FULFILLED
        tables.count("unfilled", place.region, place.fifth, "found" if found else "unfilled")
        if found and days is not None:
            tables.spread[tables.count("waits", place.region, place.fifth)][days] += 1


def _count_never(tables: _Tables, term: Term, places: dict[int, Place]) -> None:
    """Which open schools had no visit in 36 months (E-51), and how many pupils are where (E-50)."""
    until = day_of(term.ends_at)
    since = moment(add_months(until, -MONTHS_COLD), time.min)
    recent = Visit.objects.filter(status=VisitStatus.DELIVERED, starts_at__gte=since, starts_at__lt=term.ends_at)
    met = set(recent.order_by().values_list("request__school", flat=True).distinct())
    for pk, roll in _streamed(School.objects.filter(status=SchoolStatus.OPEN).values_list("pk", "roll")):
        place = places[pk]
        tables.count("never", place.region, place.phase, "met" if pk in met else "never")
        for code, is_known, is_there in (
            ("parity", place.fifth != UNKNOWN, place.fifth in MOST_DISADVANTAGED),
            ("rural", place.rural is not None, bool(place.rural)),
        ):
            if is_known and roll:
                pupils = tables.public[code, place.region, ALL]
                pupils["pupils"] += roll
                pupils["pupils_most"] += roll if is_there else 0


def _count_years(tables: _Tables, term: Term, places: dict[int, Place]) -> None:
    """Pupils of which ages met somebody in this school year so far, of the open schools that have them (E-54)."""
    named = lru_cache(maxsize=None)(ages_named)
    met: defaultdict[int, set[int]] = defaultdict(set)
    came = Visit.objects.filter(
        status=VisitStatus.DELIVERED, starts_at__gte=term.school_year_begins_at, starts_at__lt=term.ends_at
    )
    columns = ("request__school", "request__year_groups", "request__school__nation")
    for school, words, nation in _streamed(came.values_list(*columns)):
        met[school] |= named(words, nation)
    rows = School.objects.filter(status=SchoolStatus.OPEN, high_age__gt=AGES.start, low_age__lt=AGES.stop)
    for pk, low, high in _streamed(rows.values_list("pk", "low_age", "high_age")):
        region, taught = places[pk].region, ages_taught(low, high)
        for age in taught:
            tables.count("years", region, str(age), "met" if age in met[pk] else "missed")
        if taught:
            tables.count("every_year", region, ALL, "every" if met[pk].issuperset(taught) else "missing")


def _count_searches(tables: _Tables, term: Term, regions: dict[str, int]) -> None:
    """What was looked for in vain; a search is kept of a district, and of nobody."""
    days = {"day__gte": term.first, "day__lt": day_of(term.ends_at)}
    for area, found in _streamed(Search.objects.filter(**days).values_list("area", "found")):
        region = str(regions.get(area, ELSEWHERE))
        tables.count("searches", region, ALL, "somebody" if found else "nobody")
