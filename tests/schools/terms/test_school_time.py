"""Whether a school is open on a day, and school days counted right."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.enums import SpanKind, TermsFrom
from schools.terms.school_time import SchoolTime, usual_time
from schools.terms.spans import Span, YearDates
from schools.terms.typed import read_lines
from schools.terms.understanding import understand
from schools.terms.usual import usual_dates
from schools.terms.years import bounds, school_year, year_in_words
from stem.nations import Nation
from tests import make

DAY = timedelta(days=1)
LEEDS = SchoolTime(
    Nation.ENG,
    {2026: YearDates(2026, TermsFrom.SCHOOL, understand(read_lines(make.DATES), Nation.ENG).years[2026])},
)
ENGLAND, SCOTLAND = usual_time(Nation.ENG), usual_time(Nation.SCO)


class TestTheSchoolYear:
    """Rule T-01."""

    @pytest.mark.parametrize(
        ("day", "nation", "year"),
        [
            (date(2026, 8, 31), Nation.ENG, 2025),
            (date(2026, 9, 1), Nation.ENG, 2026),
            (date(2026, 9, 1), Nation.WLS, 2026),
            (date(2026, 9, 1), Nation.NIR, 2026),
            (date(2026, 7, 31), Nation.SCO, 2025),
            (date(2026, 8, 1), Nation.SCO, 2026),
            (date(2027, 1, 12), Nation.SCO, 2026),
        ],
    )
    def test_begins_in_september_and_in_scotland_in_august(self, day, nation, year):
        assert school_year(day, nation) == year

    @given(day=st.dates(date(2000, 1, 1), date(2090, 1, 1)), nation=st.sampled_from(Nation))
    def test_holds_each_day_once(self, day, nation):
        first, last = bounds(school_year(day, nation), nation)
        assert first <= day <= last
        assert bounds(school_year(day, nation) + 1, nation)[0] == last + DAY

    def test_is_written_as_people_write_it(self):
        assert [year_in_words(2026), year_in_words(2099)] == ["2026–27", "2099–00"]


@pytest.mark.parametrize(
    ("time", "day", "code"),
    [
        (LEEDS, date(2027, 1, 12), None),
        (LEEDS, date(2027, 1, 16), "weekend"),
        # Bank holidays (rule T-03): a substitute for Saturday the 26th, Good Friday, Easter Monday.
        (LEEDS, date(2026, 12, 28), "bank_holiday"),
        (LEEDS, date(2027, 3, 26), "bank_holiday"),
        (LEEDS, date(2027, 3, 29), "bank_holiday"),
        (LEEDS, date(2026, 9, 4), "inset"),
        (LEEDS, date(2026, 10, 19), "half_term"),
        (LEEDS, date(2026, 12, 18), "holiday"),
        (LEEDS, date(2027, 8, 10), "holiday"),
        # Easter Monday is a school day in Scotland, were it in term; the second of January is not anywhere else.
        (SCOTLAND, date(2027, 1, 4), "bank_holiday"),
        (SCOTLAND, date(2026, 8, 12), None),
        (ENGLAND, date(2026, 8, 12), "holiday"),
        (usual_time(Nation.NIR), date(2027, 3, 17), "bank_holiday"),
        (usual_time(Nation.NIR), date(2027, 7, 5), "holiday"),
        (ENGLAND, date(2027, 7, 5), None),
    ],
)
def test_why_a_school_is_closed(time, day, code):
    closed = time.why_closed(day)
    assert (closed.code if closed else None) == code


@pytest.mark.parametrize(
    ("time", "day", "is_guess"),
    [
        (ENGLAND, date(2026, 10, 28), True),
        (ENGLAND, date(2027, 8, 10), True),
        # Weekends and bank holidays are no guess.
        (ENGLAND, date(2027, 1, 16), False),
        (ENGLAND, date(2027, 3, 26), False),
        (LEEDS, date(2026, 10, 28), False),
        (LEEDS, date(2028, 8, 10), True),
    ],
)
def test_it_says_when_it_guesses(time, day, is_guess):
    assert time.why_closed(day).is_guess == is_guess


def test_a_school_that_comes_back_in_august_is_open_then():
    spans = (Span(SpanKind.TERM, date(2026, 8, 26), date(2026, 12, 18), "Autumn term"),)
    leicester = SchoolTime(Nation.ENG, {2026: YearDates(2026, TermsFrom.AUTHORITY, spans)})

    assert leicester.is_school_day(date(2026, 8, 27))
    assert leicester.first_days_of_term(date(2026, 9, 10)) == [date(2026, 8, 26), date(2026, 8, 27)]


class TestNotice:
    """Rule T-10: school days, across half terms and holidays."""

    @pytest.mark.parametrize(
        ("time", "day", "count", "found"),
        [
            (LEEDS, date(2027, 1, 12), 10, date(2027, 1, 26)),
            (LEEDS, date(2027, 1, 12), 5, date(2027, 1, 19)),
            # A careers fair, and a series: across the half term of 15 to 19 February.
            (LEEDS, date(2027, 1, 12), 30, date(2027, 3, 2)),
            # Across a fortnight in October.
            (LEEDS, date(2026, 10, 12), 10, date(2026, 11, 9)),
            # Across Christmas: the term ends on the 17th and begins on the 5th.
            (LEEDS, date(2026, 12, 10), 10, date(2027, 1, 11)),
            (LEEDS, date(2026, 12, 10), 5, date(2026, 12, 17)),
            (LEEDS, date(2026, 12, 10), 6, date(2027, 1, 5)),
            # Across Easter, with an early bank holiday in May.
            (LEEDS, date(2027, 3, 22), 10, date(2027, 4, 21)),
            # Into a year of which nobody has told us anything.
            (LEEDS, date(2027, 7, 20), 10, date(2027, 9, 10)),
            (LEEDS, date(2027, 1, 12), -5, date(2027, 1, 5)),
            (LEEDS, date(2027, 1, 16), 0, date(2027, 1, 16)),
        ],
    )
    def test_is_counted_in_the_days_of_that_school(self, time, day, count, found):
        assert time.add_school_days(day, count) == found


class TestTheStartOfATerm:
    """Rule T-11: nobody visits in the first two school days."""

    @pytest.mark.parametrize(
        ("day", "is_start"),
        [
            (date(2026, 9, 3), True),
            # The 4th is an INSET day, so Monday is the second school day.
            (date(2026, 9, 7), True),
            (date(2026, 9, 8), False),
            (date(2027, 1, 5), True),
            (date(2027, 1, 6), True),
            (date(2027, 1, 7), False),
            # After a half term it is the same term still.
            (date(2026, 11, 2), False),
            (date(2027, 2, 22), False),
            (date(2026, 12, 25), False),
        ],
    )
    def test_is_its_first_two_school_days(self, day, is_start):
        assert LEEDS.is_start_of_term(day) == is_start


class TestExams:
    """Rule T-11: from mid-May to the end of June, unless a school says otherwise."""

    @pytest.mark.parametrize(
        ("time", "day", "sat"),
        [
            (LEEDS, date(2027, 5, 14), False),
            (LEEDS, date(2027, 5, 17), True),
            (LEEDS, date(2027, 6, 30), True),
            (LEEDS, date(2027, 7, 1), False),
            (SCOTLAND, date(2027, 4, 30), True),
            (SCOTLAND, date(2027, 6, 10), False),
        ],
    )
    def test_are_sat_when_the_nation_sits_them(self, time, day, sat):
        assert bool(time.exams_on(day)) == sat

    def test_are_sat_when_the_school_says_and_not_when_the_nation_does(self):
        own = understand(read_lines(f"{make.DATES}Exams: 3 May 2027 to 11 June 2027"), Nation.ENG).years[2026]
        school = SchoolTime(Nation.ENG, {2026: YearDates(2026, TermsFrom.SCHOOL, own)})

        assert [bool(school.exams_on(date(2027, 5, 10))), bool(school.exams_on(date(2027, 6, 21)))] == [True, False]


class TestTheUsualDates:
    @pytest.mark.parametrize("nation", Nation)
    @pytest.mark.parametrize("year", range(2020, 2045))
    def test_are_a_school_year_in_each_nation(self, nation, year):
        spans = usual_dates(year, nation)
        terms = [span for span in spans if span.kind is SpanKind.TERM]
        first, last = bounds(year, nation)

        assert all(span.first <= span.last for span in spans)
        assert all(one.last < other.first for one, other in pairwise(terms))
        assert first <= terms[0].first and terms[-1].last <= last
        # The law asks for 190 days with pupils in England, and five more for staff; NI and Scotland have as many.
        assert 180 <= usual_time(nation).school_days_of(year) <= 200

    def test_of_england_are_those_that_most_authorities_have(self):
        told = [(span.kind.value, span.first, span.last) for span in usual_dates(2026, Nation.ENG)]
        assert told == [
            ("term", date(2026, 9, 2), date(2026, 12, 18)),
            ("half_term", date(2026, 10, 26), date(2026, 10, 30)),
            ("term", date(2027, 1, 4), date(2027, 3, 25)),
            ("half_term", date(2027, 2, 15), date(2027, 2, 19)),
            ("term", date(2027, 4, 12), date(2027, 7, 22)),
            ("exams", date(2027, 5, 15), date(2027, 6, 30)),
            ("half_term", date(2027, 5, 31), date(2027, 6, 4)),
        ]


@st.composite
def school_times(draw) -> SchoolTime:
    """A school of any nation, which has told us of some days when it is closed, or of all its terms too."""
    nation = draw(st.sampled_from(Nation))
    days = draw(st.lists(st.dates(date(2026, 9, 1), date(2027, 7, 20)), max_size=8, unique=True))
    spans = [Span(draw(st.sampled_from([SpanKind.INSET, SpanKind.CLOSURE])), day, day) for day in sorted(days)]
    if draw(st.booleans()):
        spans += understand(read_lines(make.DATES), nation).years[2026]
    return SchoolTime(nation, {2026: YearDates(2026, TermsFrom.SCHOOL, tuple(spans))})


DAYS = st.dates(date(2026, 8, 1), date(2027, 12, 31))


class TestCounting:
    @given(time=school_times(), day=DAYS, count=st.integers(1, 40))
    def test_never_lands_on_a_closed_day_and_comes_back(self, time, day, count):
        start = time.add_school_days(day, 1)
        end = time.add_school_days(start, count)

        assert time.is_school_day(end)
        assert time.add_school_days(end, -count) == start
        assert time.school_days_between(start, end) == count

    @given(time=school_times(), day=DAYS, later=st.integers(0, 60), count=st.integers(-20, 20))
    def test_never_overtakes(self, time, day, later, count):
        # A day that is no school day stays where it is when nothing is added.
        one, other = time.add_school_days(day, count), time.add_school_days(day + later * DAY, count)
        assert one <= other

    @given(time=school_times(), day=DAYS, first=st.integers(0, 200), second=st.integers(0, 200))
    def test_splits_anywhere(self, time, day, first, second):
        middle, end = day + first * DAY, day + (first + second) * DAY
        whole = time.school_days_between(day, end)

        assert time.school_days_between(day, middle) + time.school_days_between(middle, end) == whole
        assert time.school_days_between(end, day) == -whole

    @given(time=school_times(), day=DAYS)
    def test_a_day_is_open_or_has_a_reason_and_no_school_day_is_at_a_weekend(self, time, day):
        assert time.is_school_day(day) == (time.why_closed(day) is None)
        assert not (time.is_school_day(day) and day.weekday() >= 5)

    def test_ends_where_somebody_has_typed_nonsense(self):
        never = {
            year: YearDates(year, TermsFrom.SCHOOL, (Span(SpanKind.TERM, date(year, 10, 3), date(year, 10, 4)),))
            for year in range(2026, 2036)
        }
        assert SchoolTime(Nation.ENG, never).add_school_days(date(2026, 9, 1), 30) > date(2026, 9, 1)
