"""Whether a school is open for a visitor on a day, and school days counted right (rules T-02, T-03, T-10, T-11).

A value: made once for a request, or for many schools at a time by `schools.queries.school_time`, and then only
reckoned with. Where nobody has told us a year's dates it goes by the usual ones, and says that it guesses.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import islice

from django.utils.translation import gettext as _

from schools.enums import SpanKind, TermsFrom
from schools.terms.spans import Span, YearDates, days_between, in_order
from schools.terms.usual import usual_dates, usual_exams
from schools.terms.years import school_year
from stem.nations import Nation
from stem.workdays import bank_holidays

DAY = timedelta(days=1)
SATURDAY = 5
# No visit in so many school days at the start of a term (rule T-11).
SETTLING_DAYS = 2
# How far ahead a school day is looked for. Nobody's dates leave that much out; whoever types nonsense is answered.
FURTHEST = 3 * 366


@dataclass(frozen=True)
class NoSchool:
    """Why pupils are not at school on a day: a stable code, its name if it has one, and whether we guess."""

    code: str
    name: str = ""
    is_guess: bool = False

    @property
    def in_words(self) -> str:
        """What the day is, to follow the day itself: "Friday 2 April 2027 is a bank holiday"."""
        words = {
            "weekend": _("is at a weekend"),
            "bank_holiday": _("is a bank holiday"),
            SpanKind.INSET: _("is an INSET day"),
            SpanKind.CLOSURE: _("is a day when your school is closed (%(name)s)"),
            SpanKind.HALF_TERM: _("is in half term"),
        }
        return words.get(self.code, _("is not in term")) % {"name": self.name}


@dataclass(frozen=True)
class SchoolTime:
    """When one school is open: what is known of its years, over what is usual in its nation."""

    nation: str
    known: Mapping[int, YearDates] = field(default_factory=dict)

    @cached_property
    def _reckoned(self) -> dict[int, YearDates]:
        return {}

    def year(self, year: int) -> YearDates:
        """The dates that we go by for one school year: the known ones, or else the usual ones.

        Who has told us terms and nothing of exams has those of the nation; who has told us no terms has the usual ones
        with whatever they told besides.
        """
        if year not in self._reckoned:
            self._reckoned[year] = self._reckon(year)
        return self._reckoned[year]

    def _reckon(self, year: int) -> YearDates:
        told = self.known.get(year, YearDates(year, TermsFrom.USUAL, ()))
        spans = list(told.spans)
        if not told.terms:
            spans += [span for span in usual_dates(year, self.nation) if span.kind is not SpanKind.EXAMS]
        if not told.of(SpanKind.EXAMS):
            spans.append(usual_exams(year, self.nation))
        return YearDates(year, told.source if told.terms else TermsFrom.USUAL, in_order(spans))

    def _years_of(self, day: date) -> tuple[YearDates, YearDates]:
        """The school year of this day, and the next: some schools come back in the last days of August."""
        number = school_year(day, self.nation)
        return self.year(number), self.year(number + 1)

    def term_of(self, day: date) -> Span | None:
        """The term that this day is in."""
        return next((term for year in self._years_of(day) for term in year.terms if term.holds(day)), None)

    def is_guess(self, day: date) -> bool:
        """Whether we only guess what this day is, since nobody has told us the terms of its year."""
        return self.year(school_year(day, self.nation)).source is TermsFrom.USUAL

    def why_closed(self, day: date) -> NoSchool | None:
        """Why pupils are not at school on this day; None on a school day."""
        if day.weekday() >= SATURDAY:
            return NoSchool("weekend")
        if day in bank_holidays(self.nation, day.year):
            return NoSchool("bank_holiday")
        for year in self._years_of(day):
            shut = year.why_shut(day)
            if shut is not None:
                # The INSET days and closures of a school that has told us no terms are its own all the same.
                is_guess = year.source is TermsFrom.USUAL and shut.kind is SpanKind.HALF_TERM
                return NoSchool(shut.kind.value, shut.title, is_guess)
        return None if self.term_of(day) else NoSchool("holiday", is_guess=self.is_guess(day))

    def is_school_day(self, day: date) -> bool:
        """Whether pupils are at school."""
        return self.why_closed(day) is None

    def add_school_days(self, day: date, count: int) -> date:
        """The school day that is `count` after this day, or before it when `count` is negative.

        The day itself is not counted, and need not be a school day; nothing added gives it back as it is. Where so many
        are not to be had within three years it stops there.
        """
        step = DAY if count > 0 else -DAY
        for _number in range(abs(count)):
            day = self._next(day + step, step)
        return day

    def _next(self, day: date, step: timedelta) -> date:
        """This day, or the first school day from it on in the direction of the step."""
        for _number in range(FURTHEST):
            if self.is_school_day(day):
                return day
            day += step
        return day

    def school_days_between(self, start: date, end: date) -> int:
        """How many school days lie in [start, end); negative when `end` comes first."""
        if end < start:
            return -self.school_days_between(end, start)
        return sum(self.is_school_day(start + offset * DAY) for offset in range((end - start).days))

    def first_days_of_term(self, day: date) -> list[date]:
        """The school days on which the term that this day is in begins: two of them, when nobody visits (T-11)."""
        term = self.term_of(day)
        if term is None:
            return []
        school_days = (each for each in days_between(term.first, term.last) if self.is_school_day(each))
        return list(islice(school_days, SETTLING_DAYS))

    def is_start_of_term(self, day: date) -> bool:
        """Whether this is one of the first school days of a term."""
        return day in self.first_days_of_term(day)

    def exams_on(self, day: date) -> Span | None:
        """The time of exams that this day is in, for the years that sit them."""
        exams = self.year(school_year(day, self.nation)).of(SpanKind.EXAMS)
        return next((span for span in exams if span.holds(day)), None)

    def tells_of_exams(self, day: date) -> bool:
        """Whether somebody has told us when exams are sat in the year of this day."""
        told = self.known.get(school_year(day, self.nation))
        return told is not None and bool(told.of(SpanKind.EXAMS))

    def school_days_of(self, year: int) -> int:
        """How many school days one school year has, as far as its dates tell."""
        terms = self.year(year).terms
        return self.school_days_between(terms[0].first, terms[-1].last + DAY) if terms else 0


def usual_time(nation: str) -> SchoolTime:
    """The time of a school of which nobody has told us anything."""
    return SchoolTime(Nation(nation))
