"""Regulated activity: the published counts, and what holds of any days (rule V-15)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.regulated import is_frequent, most_days_in_a_period, needs_barred_list
from stem.nations import Nation

DAYS = st.lists(st.dates(date(2026, 9, 1), date(2027, 1, 31)), max_size=12)


def january(*days: int) -> list[date]:
    return [date(2027, 1, day) for day in days]


@pytest.mark.parametrize(
    ("days", "most"),
    [
        (january(1, 10, 20, 30), 4),
        (january(1, 10, 20, 31), 3),
        (january(12, 12, 12, 12), 1),
        (january(4, 11, 18, 25), 4),
        ([], 0),
    ],
)
def test_days_are_counted_as_the_rule_s_own_examples_count_them(days, most):
    assert most_days_in_a_period(days) == most
    assert needs_barred_list(days, Nation.ENG, on=date(2027, 1, 31)) == (most > 3)


@given(days=DAYS)
def test_no_window_of_thirty_days_holds_more(days):
    windows = [sum(first <= day < first + timedelta(days=30) for day in set(days)) for first in days]
    assert most_days_in_a_period(days) == max(windows, default=0)


@given(days=DAYS)
def test_neither_order_nor_a_second_session_on_a_day_changes_it(days):
    assert most_days_in_a_period([*reversed(days), *days]) == most_days_in_a_period(days)


@pytest.mark.parametrize(
    ("nation", "on", "needed"),
    [
        (Nation.ENG, date(2026, 8, 31), False),
        (Nation.ENG, date(2026, 9, 1), True),
        (Nation.WLS, date(2026, 9, 1), True),
        (Nation.SCO, date(2027, 1, 1), False),
        (Nation.NIR, date(2027, 1, 1), False),
    ],
)
def test_each_nation_has_it_from_its_own_day(nation, on, needed):
    assert needs_barred_list([on - timedelta(days=each) for each in range(4)], nation, on=on) == needed


@pytest.mark.parametrize(
    ("days_apart", "length", "frequent"), [(7, 3, True), (7, 2, False), (8, 9, False), (1, 3, True), (7, 10, True)]
)
def test_a_weekly_series_of_three_is_frequent(days_apart, length, frequent):
    assert is_frequent(timedelta(days=days_apart), length) == frequent
