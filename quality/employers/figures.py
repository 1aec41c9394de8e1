"""What an employer's people gave, and as much of it as it is told: nothing passes but by `quality.suppression`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models.fields.json import KT

from bookings.enums import SeatStatus, VisitStatus
from bookings.models import Seat, Session
from quality.employers.people import Counted
from quality.enums import FeedbackSide
from quality.models import EmployerQuote, Feedback
from quality.reports.facts import ELSEWHERE
from quality.suppression import CELL_LEAST, Cell, atoms, is_of_enough_people, rounded
from stem.curriculum import SUBJECTS
from stem.geography.models import Region, RegionArea
from stem.terms import Term

HOUR = timedelta(hours=1)
PORTION = 5000
VISITS = "visits"


@dataclass
class Given:
    """What the people of one employer gave."""

    # One visit each, however many of them came.
    pupils: dict[int, int] = field(default_factory=dict)
    schools: set[int] = field(default_factory=set)
    time: timedelta = timedelta()
    # By whom, and how often: of them all, in each region, and of each field. A reader's own visits are nobody's here.
    by_person: Counter[int] = field(default_factory=Counter)
    by_region: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    by_field: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    visits_of: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    # Words of schools that may be read, and of whose visit each is.
    words: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Came:
    """That somebody came to a visit: what is looked at of it."""

    person: int
    visit: int
    starts_at: datetime
    ends_at: datetime
    school: int
    area: str
    subject: str
    pupils: int | None


def given_in(terms: Iterable[Term], people: Mapping[int, Counted]) -> dict[int, Given]:
    """What each employer's people gave in these terms since they agreed, by employer; in five queries.

    Delivered visits, of whoever came to take part, and not of who watched.
    """
    came = [each for each in _who_came(list(terms), people) if each.starts_at >= people[each.person].since]
    visits = {each.visit for each in came}
    lessons, heads, regions = _lessons(visits), _heads(visits), dict(RegionArea.objects.values_list("area", "region"))
    words = _words(visits)
    given: defaultdict[int, Given] = defaultdict(Given)
    for each in came:
        counted = people[each.person]
        of = given[counted.employer]
        of.pupils[each.visit] = heads.get(each.visit, each.pupils or 0)
        of.schools.add(each.school)
        of.time += lessons.get(each.visit, each.ends_at - each.starts_at)
        region = str(regions.get(each.area, ELSEWHERE))
        of.visits_of[region].add(each.visit)
        if counted.is_reader:
            continue
        of.by_person[each.person] += 1
        of.by_region[region][each.person] += 1
        if each.subject in SUBJECTS:
            of.by_field[SUBJECTS[each.subject].field.value][each.person] += 1
        of.words.update(dict.fromkeys(words.get(each.visit, ()), each.person))
    return given


def _who_came(terms: list[Term], people: Mapping[int, Counted]) -> list[Came]:
    first, last = min(terms), max(terms)
    seats = Seat.objects.leads().filter(
        status=SeatStatus.TAKEN,
        visit__status=VisitStatus.DELIVERED,
        visit__starts_at__gte=first.begins_at,
        visit__starts_at__lt=last.ends_at,
    )
    rows: Any = seats.order_by().values_list(
        "ambassador",
        "visit",
        "visit__starts_at",
        "visit__ends_at",
        "visit__request__school",
        "visit__request__school__area",
        "visit__request__subject",
        "visit__request__pupils",
    )
    return [Came(*row) for row in rows.iterator(chunk_size=PORTION) if row[0] in people]


def _lessons(visits: set[int]) -> dict[int, timedelta]:
    """How long the lessons of each visit were together, where the school has said."""
    found: dict[int, timedelta] = {}
    rows = Session.objects.filter(visit__in=visits).order_by()
    for visit, starts_at, ends_at in rows.values_list("visit", "starts_at", "ends_at"):
        found[visit] = found.get(visit, timedelta()) + (ends_at - starts_at)
    return found


def _heads(visits: set[int]) -> dict[int, int]:
    """How many pupils there were, where the teacher has counted them."""
    forms = Feedback.objects.submitted().filter(side=FeedbackSide.TEACHER, visit__in=visits).order_by()
    rows = forms.values_list("visit", KT("answers__TF3"))
    return {visit: int(heads) for visit, heads in rows if str(heads or "").isdigit()}


def _words(visits: set[int]) -> dict[int, list[int]]:
    """What of schools' words employers may read, by visit."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = EmployerQuote.objects.readable().filter(comment__feedback__visit__in=visits).order_by("comment")
    for visit, comment in rows.values_list("comment__feedback__visit", "comment"):
        found[visit].append(comment)
    return found


def told_of(given: Given, *, several: bool = False) -> dict[str, Any]:
    """As much of it as is told, rounded; of `several` terms together more is asked. Empty where that is too little."""
    if not is_of_enough_people(_cell(given.by_person, len(given.pupils)), several=several):
        return {}
    return {
        "visits": rounded(len(given.pupils)),
        "hours": rounded(round(given.time / HOUR)),
        "pupils": rounded(sum(given.pupils.values())),
        "schools": rounded(len(given.schools)),
        "regions": _regions(given),
        "fields": sorted(
            name for name, by in given.by_field.items() if is_of_enough_people(_cell(by, len(given.pupils)))
        ),
        "words": _words_told(given),
    }


def _words_told(given: Given) -> list[list[int]]:
    """Which words of schools may be read, if they are of five people: each with a number that says which are of one."""
    numbers = {person: number for number, person in enumerate(dict.fromkeys(given.words.values()))}
    if len(numbers) < CELL_LEAST:
        return []
    return [[comment, numbers[person]] for comment, person in sorted(given.words.items())]


def _cell(by: Mapping[int, int], visits: int) -> Cell:
    return Cell({VISITS: visits}, spread=by)


def _regions(given: Given) -> list[list[Any]]:
    """Visits by region, those put together that are small; nothing where there would be but one line.

    It is the only table that says how many (as 0054 has it), and each line is of five people.
    """
    names = {str(pk): name for pk, name in Region.objects.values_list("pk", "name")}
    table = {
        (VISITS, region): _cell(given.by_region.get(region, {}), len(visits))
        for region, visits in given.visits_of.items()
    }
    told = atoms(table, is_of_enough_people)
    lines = [] if len(told.columns) < 2 else told.columns
    return [[[names.get(key, "") for key in line], rounded(told.column(line).n)] for line in lines]
