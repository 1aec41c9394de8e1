"""When the demonstration's schools are open: an authority's dates, and a school with days and periods of its own."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from schools.enums import SpanKind
from schools.models import School
from schools.operations.school_time import close_school, set_authority_dates, set_periods, stand_of
from schools.queries.school_time import school_time
from schools.terms.periods import read_periods
from schools.terms.spans import Span
from schools.terms.usual import usual_dates
from schools.terms.years import school_year
from stem.accounts.models import User
from stem.moments import day_of
from stem.nations import Nation

PERIODS = """
Registration: 8:40am to 9am
Period 1: 9am to 10am
Period 2: 10am to 11am
Period 3: 11:20am to 12:20pm
Period 4: 1:10pm to 2:10pm
Period 5: 2:10pm to 3:10pm
STEM club (Wed): 3:20pm to 4:20pm
"""


def tell_when_schools_are_open(school: School, *, teacher: User, officer: User, at: datetime) -> None:
    """Made dates for the school's authority, two years of them; an INSET day and periods for the school itself."""
    this = school_year(day_of(at), school.nation)
    years = {year: tuple(_made(year)) for year in (this, this + 1)}
    set_authority_dates(
        nation=Nation(school.nation), authority=school.authority, years=years, seen=stand_of(()), by=officer, at=at
    )
    set_periods(school=school, periods=read_periods(PERIODS), by=teacher, at=at)
    day = _a_friday(school, day_of(at) + timedelta(days=45))
    close_school(school=school, kind=SpanKind.INSET, first_day=day, last_day=day, name="Marking day", by=teacher, at=at)


def _made(year: int) -> Iterator[Span]:
    """The usual year, but that its first term begins with a day for staff."""
    for span in usual_dates(year, Nation.ENG):
        if span.kind is not SpanKind.EXAMS:
            yield span
    first = next(span.first for span in usual_dates(year, Nation.ENG) if span.kind is SpanKind.TERM)
    yield Span(SpanKind.INSET, first, first)


def _a_friday(school: School, day: date) -> date:
    """The first school day from here on that is a Friday."""
    time = school_time(school)
    friday = 4
    while day.weekday() != friday or not time.is_school_day(day):
        day += timedelta(days=1)
    return day
