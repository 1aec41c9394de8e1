"""From stretches of days at school to terms: what parts two terms, and what is only a half term within one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from schools.enums import SpanKind
from schools.terms.spans import DAY, Span, days_between
from schools.terms.titles import season_of
from schools.terms.usual import AUTUMN, SCOTTISH, SPRING, SUMMER
from schools.terms.years import AUGUST, school_year
from stem.curriculum import Words
from stem.nations import Nation
from stem.workdays import is_working_day

# A gap of at least so many working days is a holiday; a shorter one is a day or two without school.
A_HOLIDAY = 3
# In spring a holiday of at least so many working days parts two terms, and so it does in Scotland's autumn.
A_LONG_ONE = 5
A_FORTNIGHT = 8
APRIL = 4
# In which month the middle of each of Scotland's four terms lies.
SCOTTISH_MONTHS = ((8, 9), (10, 11, 12), (1, 2, 3), (4, 5, 6, 7))


@dataclass(frozen=True)
class Stretch:
    """From one day to another at school, as a calendar tells it; named where it says which term it is."""

    first: date
    last: date
    title: str
    is_named: bool = True


def stretches_of_days(days: Iterable[date], nation: Nation) -> Iterator[Stretch]:
    """The stretches that school days make: weekends and bank holidays do not part them, nor does a day or two."""
    first = last = None
    for day in sorted(day for day in days if is_working_day(day, nation)):
        if first is not None and last is not None and _gap(last, day, nation) >= A_HOLIDAY:
            yield Stretch(first, last, "", is_named=False)
            first = None
        first, last = first or day, day
    if first is not None and last is not None:
        yield Stretch(first, last, "", is_named=False)


def days_left_out(days: set[date], stretches: Iterable[Stretch], nation: Nation) -> Iterator[date]:
    """The working days within these stretches that are not among the days at school."""
    for stretch in stretches:
        for day in days_between(stretch.first, stretch.last):
            if day not in days and is_working_day(day, nation):
                yield day


def _gap(before: date, after: date, nation: Nation) -> int:
    """How many working days lie between two days, neither counted."""
    return sum(is_working_day(day, nation) for day in days_between(before + DAY, after - DAY))


def terms_of(stretches: Iterable[Stretch], nation: Nation) -> Iterator[Span]:
    """The terms that these stretches make, and the half terms within them."""
    ordered = sorted(stretches, key=lambda each: (each.first, each.last))
    parts: list[list[Stretch]] = []
    for stretch in ordered:
        if parts and _are_one_term(parts[-1][-1], stretch, nation):
            parts[-1].append(stretch)
        else:
            parts.append([stretch])
    for part in parts:
        first, last = part[0].first, part[-1].last
        yield Span(SpanKind.TERM, first, last, _name_of(part, nation))
        for before, after in pairwise(part):
            away = [day for day in days_between(before.last + DAY, after.first - DAY) if is_working_day(day, nation)]
            if away:
                yield Span(SpanKind.HALF_TERM, away[0], away[-1], "")


def _are_one_term(before: Stretch, after: Stretch, nation: Nation) -> bool:
    """Whether two stretches are the halves of one term: as they are named, or else by the time of year between them."""
    if after.first <= before.last or school_year(before.last, nation) != school_year(after.last, nation):
        return False
    if before.is_named and after.is_named:
        return bool(season_of(before.title)) and season_of(before.title) == season_of(after.title)
    return not _parts_terms(before.last + DAY, after.first - DAY, nation)


def _parts_terms(first: date, last: date, nation: Nation) -> bool:
    """Whether a holiday is one between terms: Christmas, Easter, the summer, and Scotland's October fortnight."""
    working = sum(is_working_day(day, nation) for day in days_between(first, last))
    at_christmas = first <= date(first.year, 12, 25) <= last
    in_spring = first <= date(last.year, 4, 25) and last >= date(last.year, 3, 20) and working >= A_LONG_ONE
    in_october = nation == Nation.SCO and first.month == 10 and working >= A_FORTNIGHT
    return at_christmas or in_spring or in_october


def _name_of(part: list[Stretch], nation: Nation) -> Words:
    """What a term is called: as its first half is, without the number of the half; else by the time of year."""
    first, last = part[0].first, part[-1].last
    title = part[0].title.strip()
    if part[0].is_named and title:
        season = season_of(title)
        return title if len(part) == 1 or not season else {"autumn": AUTUMN, "spring": SPRING, "summer": SUMMER}[season]
    middle = first + (last - first) / 2
    if nation == Nation.SCO:
        return next(name for name, months in zip(SCOTTISH, SCOTTISH_MONTHS, strict=True) if middle.month in months)
    return AUTUMN if middle.month >= AUGUST else SPRING if middle.month < APRIL else SUMMER
