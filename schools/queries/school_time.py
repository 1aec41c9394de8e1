"""When schools are open, of one or of many at a time: each in a query, however many there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.db.models import Q, prefetch_related_objects
from django.urls import reverse

from schools.enums import SpanKind, TermsFrom
from schools.models import Period, School, SchoolYear, Stretch
from schools.terms.periods import Lesson
from schools.terms.school_time import SchoolTime
from schools.terms.spans import Span, YearDates, in_order
from stem.nations import Nation

Spans = list[Span]


def school_time(school: School) -> SchoolTime:
    """When this school is open: by its own dates, else by its authority's, else as is usual in its nation."""
    return school_times([school])[school.pk]


def school_times(schools: Iterable[School], years: Iterable[int] | None = None) -> dict[int, SchoolTime]:
    """When each of these schools is open, by its key; in one query. Of certain school years only, where they are named.

    A school that has told us only its closures goes on with its authority's terms, and with the authority's INSET days.
    """
    by_key = {school.pk: school for school in schools}
    authorities = {(school.nation, school.authority) for school in by_key.values() if school.authority}
    whose = reduce(
        or_,
        (Q(of_year__nation=nation, of_year__authority=authority) for nation, authority in sorted(authorities)),
        Q(of_year__school__in=list(by_key)),
    )
    rows = Stretch.objects.filter(whose).select_related("of_year")
    if years is not None:
        rows = rows.filter(of_year__year__in=list(years))
    own: dict[int, dict[int, Spans]] = defaultdict(lambda: defaultdict(list))
    shared: dict[tuple[str, str], dict[int, Spans]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        year = row.of_year
        if year.school_id is not None:
            own[year.school_id][year.year].append(row.span)
        else:
            shared[year.nation, year.authority][year.year].append(row.span)
    return {
        key: SchoolTime(school.nation, _known(own[key], shared[school.nation, school.authority]))
        for key, school in by_key.items()
    }


def _known(own: dict[int, Spans], shared: dict[int, Spans]) -> dict[int, YearDates]:
    """The years of which somebody has told us something: the school, or its authority for what that leaves open."""
    return {year: _year(year, own.get(year, []), shared.get(year, [])) for year in {*own, *shared}}


def _year(year: int, own: Spans, shared: Spans) -> YearDates:
    told = YearDates(year, TermsFrom.SCHOOL, in_order(own))
    if told.terms:
        return told
    both = YearDates(year, TermsFrom.AUTHORITY, in_order([*own, *shared]))
    return both if both.terms else YearDates(year, TermsFrom.SCHOOL, both.spans)


def periods_of(school: School) -> list[Lesson]:
    """The periods of this school's day, in their order."""
    return [period.lesson for period in Period.objects.filter(school=school)]


def authority_time(nation: Nation, authority: str) -> SchoolTime:
    """When the schools of an authority are open that tell nothing of their own."""
    shared: dict[int, Spans] = defaultdict(list)
    rows = Stretch.objects.filter(of_year__nation=nation, of_year__authority=authority).select_related("of_year")
    for row in rows:
        shared[row.of_year.year].append(row.span)
    return SchoolTime(nation, _known({}, shared))


@dataclass(frozen=True)
class AuthorityYear:
    """One school year of an authority's: how many school days it has, and how many schools go by it."""

    row: SchoolYear
    school_days: int
    followers: int

    @property
    def change_url(self) -> str:
        """The page on which to change it, with the authority chosen."""
        whose = urlencode({"whose": f"{self.row.nation}/{self.row.authority}"})
        return f"{reverse('set_authority_dates')}?{whose}"


def authority_years(rows: Iterable[SchoolYear]) -> list[AuthorityYear]:
    """These years of authorities, each with how many of its open schools go by it; in three queries."""
    rows = list(rows)
    prefetch_related_objects(rows, "stretches")
    in_authority: dict[tuple[str, str], set[int]] = defaultdict(set)
    schools = School.objects.open().filter(authority__in={row.authority for row in rows})
    for key, nation, authority in schools.order_by().values_list("pk", "nation", "authority"):
        in_authority[nation, authority].add(key)
    terms = Stretch.objects.filter(kind=SpanKind.TERM, of_year__school__isnull=False)
    own = set(terms.order_by().values_list("of_year__school", "of_year__year").distinct())
    return [_authority_year(row, in_authority[row.nation, row.authority], own) for row in rows]


def _authority_year(row: SchoolYear, schools: set[int], own: set[tuple[int, int]]) -> AuthorityYear:
    dates = YearDates(row.year, TermsFrom.AUTHORITY, in_order(each.span for each in row.stretches.all()))
    time = SchoolTime(row.nation, {row.year: dates})
    return AuthorityYear(row, time.school_days_of(row.year), sum((key, row.year) not in own for key in schools))
