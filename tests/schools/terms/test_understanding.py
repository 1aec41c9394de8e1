"""Term dates out of calendars that are written in every which way."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.enums import SpanKind, TermsFrom
from schools.terms.changes import compare
from schools.terms.school_time import SchoolTime, usual_time
from schools.terms.spans import Span, YearDates, days_between, in_order
from schools.terms.titles import meaning_of
from schools.terms.typed import read_lines, write_lines
from schools.terms.understanding import Told, understand
from schools.terms.usual import usual_dates
from stem.nations import Nation
from stem.rules import why_not
from tests import make

DAY = timedelta(days=1)


def dates(spans, *kinds):
    return [(str(span.title), span.first, span.last) for span in spans if span.kind in (kinds or (SpanKind.TERM,))]


TERMS = [
    ("Autumn term", date(2026, 9, 3), date(2026, 12, 17)),
    ("Spring term", date(2027, 1, 5), date(2027, 3, 25)),
    ("Summer term", date(2027, 4, 13), date(2027, 7, 23)),
]


@pytest.mark.parametrize(
    ("title", "days", "meaning"),
    [
        ("Term day (Week 1)", 1, "term_day"),
        ("Autumn term 1", 53, "term"),
        ("Autumn Half Term 1", 53, "term"),
        ("Half Term", 9, "half_term"),
        ("October half-term holiday", 5, "half_term"),
        ("Christmas holidays", 14, "holiday"),
        ("Easter break", 14, "holiday"),
        ("Closed for the Easter holidays", 14, "holiday"),
        ("INSET day", 1, "inset"),
        ("Staff training day - school closed to pupils", 1, "inset"),
        ("In-service day", 1, "inset"),
        ("Bank Holiday - school closed", 1, "known"),
        ("Parents' evening", 1, "known"),
        ("School closed (polling day)", 1, "closure"),
        ("Term starts", 1, "starts"),
        ("School re-opens for pupils", 1, "starts"),
        ("First day of Spring Term", 1, "starts"),
        ("School closes for half term", 1, "ends"),
        ("Last day of term", 1, "ends"),
        ("Schools break up", 1, "ends"),
        ("GCSE exams", 30, "exams"),
        ("Mock exams", 5, "known"),
        ("Half term begins", 1, None),
        ("Harvest festival", 1, None),
        ("Closed (Christmas holidays)", 1, "closure"),
    ],
)
def test_what_a_title_means(title, days, meaning):
    assert meaning_of(title, days) == meaning


class TestACalendarOf:
    def test_days_of_term_comes_to_terms_and_half_terms(self):
        told = understand(read_lines(make.DATES), Nation.ENG).years[2026]
        time = SchoolTime(Nation.ENG, {2026: YearDates(2026, TermsFrom.AUTHORITY, told)})
        school_days = [day for day in days_between(date(2026, 9, 1), date(2027, 7, 31)) if time.is_school_day(day)]

        read = understand([Told("Leeds: Term day (Week 3)", day, day) for day in school_days], Nation.ENG)

        again = SchoolTime(Nation.ENG, {2026: YearDates(2026, TermsFrom.AUTHORITY, read.years[2026])})
        assert [
            day for day in days_between(date(2026, 9, 1), date(2027, 7, 31)) if again.is_school_day(day)
        ] == school_days
        assert dates(read.years[2026]) == TERMS
        # The day for staff is one on which there is no school.
        assert dates(read.years[2026], SpanKind.CLOSURE) == [("No school", date(2026, 9, 4), date(2026, 9, 4))]
        assert read.left_out == []

    def test_terms_in_halves_comes_to_whole_terms(self):
        read = understand(
            [
                Told("Autumn term 1", date(2026, 9, 3), date(2026, 10, 16)),
                Told("Autumn term 2", date(2026, 11, 2), date(2026, 12, 17)),
                Told("Spring term 1", date(2027, 1, 5), date(2027, 2, 12)),
                Told("Spring term 2", date(2027, 2, 22), date(2027, 3, 25)),
                Told("Summer term", date(2027, 4, 13), date(2027, 7, 23)),
            ],
            Nation.ENG,
        )
        assert dates(read.years[2026]) == TERMS
        assert dates(read.years[2026], SpanKind.HALF_TERM) == [
            ("Half term", date(2026, 10, 19), date(2026, 10, 30)),
            ("Half term", date(2027, 2, 15), date(2027, 2, 19)),
        ]

    def test_six_terms_keeps_six(self):
        read = understand(
            [
                Told("Term 1", date(2026, 9, 1), date(2026, 10, 16)),
                Told("Term 2", date(2026, 11, 2), date(2026, 12, 18)),
            ],
            Nation.ENG,
        )
        assert dates(read.years[2026]) == [
            ("Term 1", date(2026, 9, 1), date(2026, 10, 16)),
            ("Term 2", date(2026, 11, 2), date(2026, 12, 18)),
        ]

    def test_starts_and_ends_comes_to_what_lies_between(self):
        marks = [
            ("Term starts", date(2026, 9, 3)),
            ("School closes for half term", date(2026, 10, 16)),
            ("School re-opens", date(2026, 11, 2)),
            ("Last day of term", date(2026, 12, 17)),
            ("Term starts", date(2027, 1, 5)),
            ("School closes", date(2027, 3, 25)),
            ("Back to school", date(2027, 4, 13)),
            ("End of summer term", date(2027, 7, 23)),
        ]
        read = understand([Told(title, day, day) for title, day in marks], Nation.ENG)
        assert dates(read.years[2026]) == TERMS
        assert dates(read.years[2026], SpanKind.HALF_TERM) == [("Half term", date(2026, 10, 19), date(2026, 10, 30))]

    def test_holidays_comes_to_what_lies_between_them_from_the_usual_first_day(self):
        read = understand(
            [
                Told("Half term holiday", date(2026, 10, 26), date(2026, 10, 30)),
                Told("Christmas holidays", date(2026, 12, 19), date(2027, 1, 3)),
                Told("Half term holiday", date(2027, 2, 15), date(2027, 2, 19)),
                Told("Easter holidays", date(2027, 3, 26), date(2027, 4, 11)),
            ],
            Nation.ENG,
        )
        assert dates(read.years[2026]) == [
            ("Autumn term", date(2026, 9, 2), date(2026, 12, 18)),
            ("Spring term", date(2027, 1, 4), date(2027, 3, 25)),
            ("Summer term", date(2027, 4, 12), date(2027, 7, 22)),
        ]

    def test_inset_days_alone_tells_of_no_terms(self):
        read = understand([Told("INSET day", date(2026, 11, 2), date(2026, 11, 2))], Nation.ENG)
        assert dates(read.years[2026], *SpanKind) == [("INSET day", date(2026, 11, 2), date(2026, 11, 2))]

    def test_what_nobody_understands_is_left_out_and_shown(self):
        strange = Told("Harvest festival", date(2026, 10, 2), date(2026, 10, 2))
        endless = Told("Autumn term", date(2026, 9, 1), date(2028, 9, 1))
        read = understand([strange, endless, Told("Good Friday", date(2027, 3, 26), date(2027, 3, 26))], Nation.ENG)

        assert (read.years, read.left_out, read.passed_over) == ({}, [endless, strange], 1)

    def test_a_start_without_an_end_is_left_out(self):
        start = Told("Term starts", date(2026, 9, 3), date(2026, 9, 3))
        assert understand([start], Nation.ENG).left_out == [start]

    def test_a_term_that_begins_in_august_belongs_to_the_year_that_follows(self):
        read = understand(
            [
                Told("INSET day", date(2026, 8, 25), date(2026, 8, 25)),
                Told("Autumn term", date(2026, 8, 26), date(2026, 12, 18)),
            ],
            Nation.ENG,
        )
        assert list(read.years) == [2026]

    def test_scotland_s_october_fortnight_parts_two_terms(self):
        days = [
            day
            for first, last in (((2026, 8, 12), (2026, 10, 9)), ((2026, 10, 26), (2026, 12, 18)))
            for day in days_between(date(*first), date(*last))
        ]
        read = understand([Told("School day", day, day) for day in days], Nation.SCO)
        assert [title for title, _first, _last in dates(read.years[2026])] == ["First term", "Second term"]


class TestLines:
    @pytest.mark.parametrize(
        "line",
        [
            "Half term: 26 October 2026 to 30 October 2026",
            "Half term: Mon 26 Oct 2026 – Fri 30 Oct 2026",
            "Half term 26 October - 30 October 2026",
            "Half term, 26/10/2026 to 30/10/2026",
            "Half term: 2026-10-26 to 2026-10-30",
            "  half term:  26th October 2026 until 30th October 2026. ",
        ],
    )
    def test_may_be_written_in_many_ways(self, line):
        [told] = read_lines(line)
        assert (told.title.casefold(), told.first, told.last) == ("half term", date(2026, 10, 26), date(2026, 10, 30))

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("Half term", "Line 1: write what it is and its days"),
            ("26 October 2026", "Line 1: write what it is and its days"),
            ("Half term: 31 February 2027", "Line 1: write what it is and its days"),
            ("Half term: 26 October", "Line 1: write what it is and its days"),
            ("Half term: 30 October 2026 to 26 October 2026", "Line 1: its last day comes before its first."),
            ("x" * 5_000, "Line 1: write what it is and its days"),
        ],
    )
    def test_that_is_none_is_refused_with_its_number(self, line, words):
        refusal = why_not(read_lines, line)
        assert refusal is not None and refusal.told_to().startswith(words)

    def test_no_more_are_read_than_anybody_types(self):
        refusal = why_not(read_lines, "INSET day: 2 November 2026\n" * 401)
        assert refusal is not None and refusal.codes == ["lines"]

    @pytest.mark.parametrize("nation", Nation)
    @pytest.mark.parametrize("year", [2025, 2026, 2027])
    def test_bring_the_usual_dates_back_to_the_same(self, nation, year):
        spans = usual_dates(year, nation)
        again = understand(read_lines(write_lines(spans)), nation)
        assert [(each.kind, each.first, each.last) for each in again.years[year]] == [
            (each.kind, each.first, each.last) for each in spans
        ]

    @given(
        kind=st.sampled_from([SpanKind.INSET, SpanKind.CLOSURE, SpanKind.HALF_TERM, SpanKind.EXAMS]),
        day=st.dates(date(2026, 9, 1), date(2027, 7, 1)),
        days=st.integers(0, 10),
        name=st.sampled_from(["", "Polling day", "Eid", "Snow", "A day off", "Christmas holidays", "Term starts"]),
    )
    def test_bring_any_day_back_to_the_same(self, kind, day, days, name):
        span = Span(kind, day, day + days * DAY, name)
        [again] = understand(read_lines(write_lines([span])), Nation.ENG).years[2026]
        assert again.key == span.key


def test_what_would_change_is_what_comes_and_what_goes():
    after = understand(read_lines(make.DATES), Nation.ENG).years
    [change] = compare(usual_time(Nation.ENG), after)

    assert dates(change.comes)[0] == ("Autumn term", date(2026, 9, 3), date(2026, 12, 17))
    assert dates(change.goes)[0] == ("Autumn term", date(2026, 9, 2), date(2026, 12, 18))
    assert SpanKind.EXAMS not in {span.kind for span in change.goes}
    stands = SchoolTime(Nation.ENG, {2026: YearDates(2026, TermsFrom.SCHOOL, in_order(after[2026]))})
    assert [(each.comes, each.goes) for each in compare(stands, after)] == [([], [])]
