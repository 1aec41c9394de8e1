"""Published vectors for how long a requirement holds (rule V-02)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.enums import CheckBody
from ambassadors.validity import add_months, notes_kept_until, reminder_due, valid_until


@pytest.mark.parametrize(
    ("started_on", "months", "until"),
    [
        (date(2023, 9, 1), 36, date(2026, 8, 31)),
        (date(2024, 2, 29), 36, date(2027, 2, 27)),
        (date(2026, 8, 31), 36, date(2029, 8, 30)),
    ],
)
def test_a_fact_holds_through_the_day_before_its_anniversary(started_on, months, until):
    assert valid_until(started_on, months) == until


@pytest.mark.parametrize(
    ("left", "days_before"),
    [(91, None), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)],
)
def test_the_latest_reminder_that_is_due_is_the_one_that_goes(left, days_before):
    assert reminder_due(date(2027, 5, 1) + timedelta(days=left), date(2027, 5, 1)) == days_before


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_months_later_is_that_many_months_later_on_the_same_day_or_the_months_last(day, months):
    later = add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and add_months(later, 1).day >= later.day)


@pytest.mark.parametrize(
    ("decided_on", "body", "days", "until"),
    [
        (date(2026, 8, 31), CheckBody.DBS, 400, date(2027, 2, 28)),
        (date(2026, 11, 23), CheckBody.DBS, 400, date(2027, 5, 23)),
        (date(2026, 11, 23), CheckBody.DBS, 30, date(2026, 12, 23)),
        (date(2026, 11, 23), CheckBody.PVG, 400, date(2027, 2, 23)),
        (date(2026, 11, 23), CheckBody.ACCESS_NI, 30, date(2026, 11, 23)),
    ],
)
def test_notes_go_on_their_day_and_never_after_the_law_s(decided_on, body, days, until):
    assert notes_kept_until(decided_on, body, days=days) == until
