"""A school's encounters of a year: what it had, for its own careers record, and which year groups had none (Q-03)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from ambassadors.enums import EmployerSize
from ambassadors.models import Ambassador
from bookings.coming import visitors_of
from bookings.enums import SeatStatus, VisitStatus
from bookings.models import Request, Seat, Visit
from quality.enums import FeedbackSide
from quality.gatsby import Meaningful, bm7_candidate, meaningful_bm5, pal_candidate
from quality.models import Feedback
from schools.models import School
from schools.terms.years import bounds, school_year
from stem.curriculum import SUBJECTS, years_named, youngest_in
from stem.moments import day_of, moment
from stem.nations import Nation
from stem.spreadsheets import table_in_parts

DAY = timedelta(days=1)
# The numbers that years of pupils have, in any nation.
NUMBERS = range(1, 15)
EMPLOYERS, LEARNING = "5", "7"


@dataclass(frozen=True)
class Encounter:
    """One visit that took place, as a school's careers record names it; it says nothing of any pupil."""

    visit: Visit
    people: list[Ambassador]
    meaningful: Meaningful
    may_be_seven: bool
    may_be_access: bool
    # As the teacher counted them, or else as many as were expected.
    pupils: int | None

    @property
    def request(self) -> Request:
        """What was asked for."""
        return self.visit.request

    @property
    def day(self) -> date:
        """When it was."""
        assert self.visit.starts_at is not None
        return day_of(self.visit.starts_at)

    @property
    def benchmarks(self) -> str:
        """Which of the Gatsby Benchmarks it may count for: 5 where somebody spoke of their work, 7 of learning."""
        spoke_of_work = any(person.speaks_of_work for person in self.people)
        return ", ".join([*([EMPLOYERS] if spoke_of_work else []), *([LEARNING] if self.may_be_seven else [])])

    @property
    def organisations(self) -> str:
        """For whom those work who came."""
        return ", ".join(dict.fromkeys(each.organisation for each in self.people if each.organisation))

    @property
    def sizes(self) -> str:
        """What kind of employers those are."""
        kinds = (_size_of(person) for person in self.people if person.employer_size)
        return ", ".join(dict.fromkeys(kinds))

    @property
    def sector(self) -> str:
        """The field of what was spoken of."""
        subject = SUBJECTS.get(self.request.subject)
        return str(subject.field.label) if subject else ""

    @property
    def years(self) -> frozenset[str]:
        """The years whose pupils were there, as numbers."""
        return years_named(self.request.year_groups, self.request.school.nation)


@dataclass(frozen=True)
class YearGroup:
    """How many encounters a year group had."""

    name: str
    encounters: int
    meaningful: int


@dataclass(frozen=True)
class Encounters:
    """A school's year of encounters, and the years it can be asked about."""

    school: School
    year: int
    latest: int
    encounters: list[Encounter]
    groups: list[YearGroup]

    @property
    def missed(self) -> list[YearGroup]:
        """The year groups that met nobody."""
        return [group for group in self.groups if not group.encounters]


def encounters_of(school: School, *, year: int | None, at: datetime) -> Encounters:
    """What a school had in a school year, the present one if none is named: its predecessors' too, in four queries."""
    nation = Nation(school.nation)
    latest = school_year(day_of(at), nation)
    year = latest if year is None else min(year, latest)
    first, last = bounds(year, nation)
    history = School.objects.with_history_of(school).order_by().values("pk")
    came = Seat.objects.filter(status=SeatStatus.TAKEN).select_related("ambassador").order_by("pk")
    visits = Visit.objects.filter(request__school__in=history, status=VisitStatus.DELIVERED)
    visits = visits.filter(starts_at__gte=moment(first, time.min), starts_at__lt=moment(last + DAY, time.min))
    visits = visits.select_related("request__school").prefetch_related(Prefetch("seats", queryset=came))
    had = list(visits.order_by("starts_at", "pk"))
    forms = Feedback.objects.submitted().filter(visit__in=had)
    said = {(form.visit_id, form.side): form.answers for form in forms}
    encounters = [
        _encounter(each, said.get((each.pk, FeedbackSide.TEACHER)), said.get((each.pk, FeedbackSide.AMBASSADOR)))
        for each in had
    ]
    return Encounters(school, year, latest, encounters, _groups(school, encounters))


def _encounter(visit: Visit, teacher: dict | None, ambassador: dict | None) -> Encounter:
    people = visitors_of(visit.seats.all())
    request = visit.request
    years = years_named(request.year_groups, request.school.nation) if request.school.nation == Nation.ENG else ()
    who = [{"organisation": each.organisation, "employer": each.employer_size} for each in people]
    return Encounter(
        visit=visit,
        people=people,
        meaningful=meaningful_bm5(delivered=True, outcomes=request.outcomes, teacher=teacher),
        may_be_seven=any(bm7_candidate(**each, ambassador=ambassador) for each in who),
        may_be_access=any(pal_candidate(**each, ambassador=ambassador, years=frozenset(years)) for each in who),
        pupils=(teacher or {}).get("TF3", request.pupils),
    )


def _groups(school: School, encounters: Iterable[Encounter]) -> list[YearGroup]:
    """Each year group that the school has, or that was met, with how many encounters."""
    met: Counter[str] = Counter()
    well: Counter[str] = Counter()
    for each in encounters:
        met.update(each.years)
        well.update(each.years if each.meaningful is Meaningful.YES else ())
    names = sorted({*met, *_years_of(school)}, key=lambda name: (not name[0].isdigit(), len(name), name))
    return [YearGroup(_("Year %(name)s") % {"name": name}, met[name], well[name]) for name in names]


def _years_of(school: School) -> list[str]:
    """The years that a school teaches, by its ages; none where nobody told them. In Scotland those of its S years."""
    if school.low_age is None or school.high_age is None:
        return []
    ages = range(school.low_age, school.high_age)
    letter = "S" if school.nation == Nation.SCO else ""
    numbers = range(1, 7) if letter else NUMBERS
    return [f"{letter}{number}" for number in numbers if youngest_in(number, school.nation) in ages]


def _size_of(person: Ambassador) -> str:
    """Where they work, as others say it: what they chose is in their own words."""
    alone = person.employer_size == EmployerSize.SELF_EMPLOYED
    return _("Self-employed") if alone else str(person.get_employer_size_display())


def header() -> list[str]:
    """What the columns of the file are called."""
    return [
        *(_("Date"), _("Title"), _("Gatsby Benchmark"), _("Type of activity"), _("Year groups"), _("Pupils")),
        *(_("Employer or organisation"), _("Sector"), _("Size of employer"), _("In person or online")),
        *(_("Meaningful"), _("May count for provider access")),
    ]


def in_parts(encounters: Encounters) -> Iterable[bytes]:
    """The year as a file for a school's own careers record; of pupils it holds how many, and no more."""
    rows = [
        [
            *(each.day.isoformat(), each.request.purpose, each.benchmarks, each.request.get_activity_display()),
            *(each.request.year_groups, "" if each.pupils is None else each.pupils),
            *(each.organisations, each.sector, each.sizes, each.request.get_mode_display()),
            *(each.meaningful.value, "yes" if each.may_be_access else "no"),
        ]
        for each in encounters.encounters
    ]
    return table_in_parts(header(), [rows])
