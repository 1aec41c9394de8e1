"""The periods of a school's day, as people type them (rule T-05)."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.terms.periods import LESSONS, Lesson, lesson_of, read_periods, write_periods
from stem.rules import why_not


@pytest.mark.parametrize(
    ("line", "lesson"),
    [
        ("Period 3: 11am to 12pm", Lesson("Period 3", time(11), time(12))),
        ("P1: 8:50 - 9:40", Lesson("P1", time(8, 50), time(9, 40))),
        ("Lunch: 12 noon until 1pm", Lesson("Lunch", time(12), time(13))),
        ("Period 6 (Mon, Wed): 3pm to 4pm", Lesson("Period 6", time(15), time(16), (0, 2))),
        ("Period 6 (Fridays): 2pm to 3pm", Lesson("Period 6", time(14), time(15), (4,))),
        # Without an end it is a lesson of an hour.
        ("Period 2: 10am", Lesson("Period 2", time(10), time(11))),
    ],
)
def test_a_line_is_a_period(line, lesson):
    assert read_periods(line) == [lesson]


@pytest.mark.parametrize("minutes", LESSONS)
def test_a_period_without_an_end_is_as_long_as_the_school_s_lessons(minutes):
    [lesson] = read_periods("Period 2: 10am", minutes)
    assert lesson.minutes == minutes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Period 3", "Line 1: write its name and when it is, such as “Period 3: 11am to 12pm”."),
        (": 11am to 12pm", "Line 1: write its name and when it is, such as “Period 3: 11am to 12pm”."),
        ("Period 3: soon", "Line 1: write its name and when it is, such as “Period 3: 11am to 12pm”."),
        (
            "Period 3 (Caturday): 11am to 12pm",
            "Line 1: write its name and when it is, such as “Period 3: 11am to 12pm”.",
        ),
        ("Period 3: 12pm to 11am", "Line 1: it has to end after it starts."),
        ("P: 9am to 10am\nP: 10am to 11am", "Line 2: there is another period of this name on that day."),
        ("P (Mon): 9am\nP (Mon, Tue): 10am", "Line 2: there is another period of this name on that day."),
    ],
)
def test_a_line_that_is_none_is_refused_with_its_number(text, words):
    refusal = why_not(read_periods, text)
    assert refusal is not None and refusal.told_to() == words


def test_one_name_may_stand_for_other_hours_on_other_days():
    assert [each.weekdays for each in read_periods("P (Mon): 9am\nP (Fri): 10am")] == [(0,), (4,)]


@given(
    st.lists(
        st.builds(
            lambda start, minutes, days: (time(start), minutes, tuple(sorted(days))),
            st.integers(0, 22),
            st.integers(1, 59),
            st.frozensets(st.integers(0, 4), max_size=4),
        ),
        max_size=8,
    )
)
def test_lines_bring_periods_back_to_the_same(told):
    periods = sorted(
        (
            Lesson(f"Period {number}", start, start.replace(minute=minutes), days)
            for number, (start, minutes, days) in enumerate(told)
        ),
        key=lambda each: (each.starts, each.ends, each.name),
    )
    assert read_periods(write_periods(periods)) == periods


def test_a_lesson_is_as_long_as_the_first_period_or_an_hour():
    assert lesson_of([]) == timedelta(minutes=60)
    assert lesson_of([Lesson("P1", time(9), time(9, 50))]) == timedelta(minutes=50)


def test_a_period_of_some_weekdays_is_not_on_the_others():
    friday = Lesson("P6", time(14), time(15), (4,))
    assert [friday.is_on(date(2027, 2, 12)), friday.is_on(date(2027, 2, 11))] == [True, False]
