"""Working time: nine to five on working days (rule 2.9). Worked examples."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stem.moments import day_of, moment
from stem.nations import Nation
from stem.workdays import is_working_day
from stem.workhours import CLOSES, OPENS, add_working_hours


def at(day: str, clock: str) -> datetime:
    return moment(date.fromisoformat(day), time.fromisoformat(clock))


@pytest.mark.parametrize(
    ("since", "hours", "until"),
    [
        (("2027-01-12", "09:00"), 4, ("2027-01-12", "13:00")),
        (("2027-01-12", "13:00"), 4, ("2027-01-12", "17:00")),
        (("2027-01-12", "13:01"), 4, ("2027-01-13", "09:01")),
        (("2027-01-12", "10:20"), 8, ("2027-01-13", "10:20")),
        # before the morning, after the evening, and in the night
        (("2027-01-12", "06:30"), 4, ("2027-01-12", "13:00")),
        (("2027-01-12", "17:00"), 4, ("2027-01-13", "13:00")),
        (("2027-01-12", "23:59"), 8, ("2027-01-13", "17:00")),
        # over a weekend, and told on one
        (("2027-01-15", "16:00"), 4, ("2027-01-18", "12:00")),
        (("2027-01-16", "11:00"), 8, ("2027-01-18", "17:00")),
        # over Good Friday and Easter Monday, and when clocks go forward meanwhile
        (("2027-03-25", "16:30"), 4, ("2027-03-30", "12:30")),
    ],
)
def test_what_is_due_falls_in_working_time(since, hours, until):
    assert add_working_hours(at(*since), hours, Nation.ENG) == at(*until)


def test_a_holiday_of_one_nation_alone_counts_there_alone():
    # 2 January is one in Scotland; in 2029 a Tuesday.
    told = at("2029-01-02", "10:00")
    assert add_working_hours(told, 4, Nation.ENG) == at("2029-01-02", "14:00")
    assert add_working_hours(told, 4, Nation.SCO) == at("2029-01-03", "13:00")


@given(
    on=st.dates(date(2026, 1, 1), date(2029, 12, 1)),
    clock=st.times(),
    first=st.integers(1, 30),
    second=st.integers(1, 30),
    nation=st.sampled_from(Nation),
)
def test_hours_add_up_and_end_when_somebody_is_at_work(on, clock, first, second, nation):
    told = moment(on, clock)
    until = add_working_hours(told, first, nation)
    assert add_working_hours(until, second, nation) == add_working_hours(told, first + second, nation)
    assert until >= told
    assert is_working_day(day_of(until), nation)
    assert moment(day_of(until), OPENS) < until <= moment(day_of(until), CLOSES)
