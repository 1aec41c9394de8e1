"""The usual dates of a school year in each nation: a guess, by rules of thumb, where nobody has told us any.

Authorities set their dates for themselves, so these are wrong by some days for most schools, and by a week or two
round Easter; a page that shows them says that they are a guess. The rules follow how most authorities arrange the
weeks round the bank holidays, and are ours (0027).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from django.utils.translation import gettext_lazy as _

from schools.enums import SpanKind
from schools.terms.spans import Span, in_order
from stem.nations import Nation
from stem.workdays import good_friday, is_working_day

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4
# About when the Easter holiday begins; it holds Easter Monday, whichever of its two weeks that opens.
EASTER_HOLIDAY = (3, 31)

AUTUMN, SPRING, SUMMER = _("Autumn term"), _("Spring term"), _("Summer term")
SCOTTISH = (_("First term"), _("Second term"), _("Third term"), _("Fourth term"))
HALF_TERM = _("Half term")


@cache
def usual_dates(year: int, nation: str) -> tuple[Span, ...]:
    """The terms, half terms and exams that are usual in a nation, for the school year that begins in `year`."""
    dates = _scottish(year) if nation == Nation.SCO else _three_terms(year, nation)
    return in_order([*dates, usual_exams(year, nation)])


def usual_exams(year: int, nation: str) -> Span:
    """When public examinations are sat (rule T-11): from mid-May to the end of June, in Scotland some weeks earlier."""
    if nation == Nation.SCO:
        return Span(SpanKind.EXAMS, date(year + 1, 4, 24), date(year + 1, 6, 3), _("National exams"))
    return Span(SpanKind.EXAMS, date(year + 1, 5, 15), date(year + 1, 6, 30), _("Public exams"))


def _on_or_after(day: date, weekday: int) -> date:
    return day + (weekday - day.weekday()) % 7 * DAY


def _on_or_before(day: date, weekday: int) -> date:
    return day - (day.weekday() - weekday) % 7 * DAY


def _working(day: date, nation: str, step: timedelta = DAY) -> date:
    """This day, or the next one (the one before, with a step back) that is neither weekend nor bank holiday."""
    while not is_working_day(day, nation):
        day += step
    return day


def _week_off(monday: date) -> Span:
    return Span(SpanKind.HALF_TERM, monday, monday + 4 * DAY, HALF_TERM)


def _christmas(year: int) -> date:
    """The Monday on which the two weeks of Christmas begin."""
    return _on_or_before(date(year, 12, 25), MONDAY)


def _easter_holiday(year: int) -> tuple[date, date]:
    """The first day off and the first day back: two weeks that hold Easter Monday, and Good Friday before them."""
    easter_monday = good_friday(year) + 3 * DAY
    about = date(year, *EASTER_HOLIDAY)
    begins = min((easter_monday, easter_monday - WEEK), key=lambda day: abs(day - about))
    return begins, begins + 2 * WEEK


def _three_terms(year: int, nation: str) -> Iterator[Span]:
    """England, Wales and Northern Ireland: autumn, spring and summer, each with a week in its middle or thereabouts."""
    starts_on = date(year, 9, 2 if nation == Nation.ENG else 1)
    ends_on = {Nation.ENG: date(year + 1, 7, 22), Nation.WLS: date(year + 1, 7, 20)}.get(
        Nation(nation), date(year + 1, 6, 30)
    )
    christmas = _christmas(year)
    off, back = _easter_holiday(year + 1)
    if nation == Nation.NIR:
        off, back = good_friday(year + 1) - DAY, good_friday(year + 1) + WEEK + 3 * DAY
    yield Span(SpanKind.TERM, _working(starts_on, nation), _working(christmas - DAY, nation, -DAY), AUTUMN)
    # The last week that is wholly in October.
    yield _week_off(_on_or_before(date(year, 10, 31), FRIDAY) - 4 * DAY)
    yield Span(SpanKind.TERM, _working(christmas + 2 * WEEK, nation), _working(off - DAY, nation, -DAY), SPRING)
    yield _week_off(_on_or_after(date(year + 1, 2, 12), MONDAY))
    yield Span(SpanKind.TERM, _working(back, nation), _working(ends_on, nation, -DAY), SUMMER)
    if nation != Nation.NIR:
        yield _week_off(_on_or_before(date(year + 1, 5, 31), MONDAY))


def _scottish(year: int) -> Iterator[Span]:
    """Scotland: four terms, parted by a fortnight in October, Christmas, and a fortnight in spring."""
    nation = Nation.SCO
    october = _on_or_after(date(year, 10, 10), MONDAY)
    christmas = _christmas(year)
    spring = _on_or_after(date(year + 1, 4, 1), MONDAY)
    february = _on_or_after(date(year + 1, 2, 12), MONDAY)
    parts = (
        (_on_or_after(date(year, 8, 12), WEDNESDAY), october),
        (october + 2 * WEEK, christmas),
        (christmas + 2 * WEEK, spring),
        (spring + 2 * WEEK, _on_or_before(date(year + 1, 6, 28), FRIDAY) + DAY),
    )
    for name, (back, off) in zip(SCOTTISH, parts, strict=True):
        yield Span(SpanKind.TERM, _working(back, nation), _working(off - DAY, nation, -DAY), name)
    yield Span(SpanKind.HALF_TERM, february, february + DAY, _("Mid-term break"))
