"""Working days by nation (rule T-03)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stem.nations import Nation
from stem.workdays import add_working_days, bank_holidays, is_working_day, working_days_between

days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
nations = st.sampled_from(list(Nation))


def test_english_schools_are_shut_on_these_days_of_2026_27():
    year = bank_holidays(Nation.ENG, 2026) | bank_holidays(Nation.ENG, 2027)
    assert sorted(day for day in year if date(2026, 9, 1) <= day < date(2027, 9, 1) and day.weekday() < 5) == [
        date(2026, 12, 25),
        date(2026, 12, 28),  # in place of Saturday 26 December
        date(2027, 1, 1),
        date(2027, 3, 26),  # Good Friday
        date(2027, 3, 29),  # Easter Monday
        date(2027, 5, 3),
        date(2027, 5, 31),
        date(2027, 8, 30),
    ]


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2027, 3, 29), {Nation.SCO}),  # Easter Monday
        (date(2027, 1, 4), {Nation.ENG, Nation.WLS, Nation.NIR}),  # in place of Saturday 2 January
        (date(2026, 11, 30), {Nation.ENG, Nation.WLS, Nation.NIR}),  # St Andrew
        (date(2027, 3, 17), {Nation.ENG, Nation.WLS, Nation.SCO}),  # St Patrick
        (date(2026, 7, 13), {Nation.ENG, Nation.WLS, Nation.SCO}),  # in place of Sunday 12 July
        (date(2027, 8, 2), {Nation.ENG, Nation.WLS, Nation.NIR}),  # Scotland's summer holiday comes first,
        (date(2027, 8, 30), {Nation.SCO}),  # the others' last
        (date(2026, 12, 28), set()),
        (date(2026, 12, 26), set()),  # a Saturday
        (date(2027, 1, 12), set(Nation)),
    ],
)
def test_each_nation_keeps_its_own_holidays(day, working):
    assert {nation for nation in Nation if is_working_day(day, nation)} == working


@pytest.mark.parametrize(
    ("day", "count", "nation", "found"),
    [
        (date(2026, 12, 24), 1, Nation.ENG, date(2026, 12, 29)),
        (date(2026, 12, 24), 5, Nation.ENG, date(2027, 1, 5)),
        (date(2026, 12, 24), 5, Nation.SCO, date(2027, 1, 6)),
        (date(2026, 12, 29), -1, Nation.ENG, date(2026, 12, 24)),
        (date(2027, 3, 25), 1, Nation.ENG, date(2027, 3, 30)),
        (date(2027, 3, 25), 1, Nation.SCO, date(2027, 3, 29)),
        (date(2027, 1, 9), 1, Nation.ENG, date(2027, 1, 11)),  # from a Saturday
        (date(2027, 1, 9), 0, Nation.ENG, date(2027, 1, 9)),
        (date(2027, 1, 9), -1, Nation.ENG, date(2027, 1, 8)),
    ],
)
def test_working_days_are_counted_from_the_next_or_the_last(day, count, nation, found):
    assert add_working_days(day, count, nation) == found


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 12, 24), date(2026, 12, 29), 1),
        (date(2026, 12, 24), date(2027, 1, 5), 5),
        (date(2027, 1, 9), date(2027, 1, 11), 0),
        (date(2027, 1, 11), date(2027, 1, 11), 0),
        (date(2027, 1, 5), date(2026, 12, 24), -5),
    ],
)
def test_a_span_counts_its_first_day_and_not_its_last(start, end, count):
    assert working_days_between(start, end, Nation.ENG) == count


@given(days, st.integers(-60, 60), nations)
def test_counting_forward_and_back_agree(day, count, nation):
    start = add_working_days(day, 1, nation)
    end = add_working_days(start, count, nation)
    assert is_working_day(end, nation)
    assert add_working_days(end, -count, nation) == start
    assert working_days_between(start, end, nation) == count


@given(days, st.integers(0, 60), st.integers(0, 60), nations)
def test_spans_that_meet_add_up(day, first, second, nation):
    middle, end = day + timedelta(days=first), day + timedelta(days=first + second)
    whole = working_days_between(day, end, nation)
    assert working_days_between(day, middle, nation) + working_days_between(middle, end, nation) == whole


def test_the_plain_spelling_of_a_nation_will_do():
    assert is_working_day(date(2027, 3, 29), "scotland")
    assert not is_working_day(date(2027, 3, 29), "england")


def test_no_other_country_has_working_days_here():
    with pytest.raises(ValueError, match="atlantis"):
        is_working_day(date(2027, 3, 29), "atlantis")
