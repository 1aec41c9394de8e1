"""Nobody's telephone rings at night, but for a visit before the morning."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stem.texts.hours import is_sensible, next_morning, when_to_send

LONDON = ZoneInfo("Europe/London")
FAR = timedelta(days=4)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("at", "sends"),
    [
        (london(2027, 1, 12, 8, 0), london(2027, 1, 12, 8, 0)),
        (london(2027, 1, 12, 20, 59, 59), london(2027, 1, 12, 20, 59, 59)),
        (london(2027, 1, 12, 21, 0), london(2027, 1, 13, 8, 0)),
        (london(2027, 1, 12, 23, 59), london(2027, 1, 13, 8, 0)),
        (london(2027, 1, 12, 0, 0), london(2027, 1, 12, 8, 0)),
        (london(2027, 1, 12, 7, 59, 59), london(2027, 1, 12, 8, 0)),
        # Eight in the morning in London is seven elsewhere, all summer long.
        (datetime(2027, 7, 1, 7, 0, tzinfo=UTC), datetime(2027, 7, 1, 7, 0, tzinfo=UTC)),
        (datetime(2027, 7, 1, 20, 0, tzinfo=UTC), datetime(2027, 7, 2, 7, 0, tzinfo=UTC)),
        # The nights in which clocks change.
        (london(2027, 3, 27, 22, 0), london(2027, 3, 28, 8, 0)),
        (london(2027, 10, 30, 22, 0), london(2027, 10, 31, 8, 0)),
    ],
)
def test_by_day_at_once_and_at_night_in_the_morning(at, sends):
    assert when_to_send(at, until=at + FAR) == sends


@pytest.mark.parametrize(
    ("begins", "sends"),
    [
        (london(2027, 1, 13, 7, 30), london(2027, 1, 12, 22, 0)),
        (london(2027, 1, 13, 8, 0), london(2027, 1, 12, 22, 0)),
        (london(2027, 1, 13, 8, 1), london(2027, 1, 13, 8, 0)),
    ],
)
def test_at_night_at_once_where_the_visit_is_before_the_morning(begins, sends):
    assert when_to_send(london(2027, 1, 12, 22, 0), until=begins) == sends


@given(
    at=some.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes)),
    later=some.timedeltas(timedelta(minutes=1), timedelta(days=6)),
)
def test_nobody_is_woken_for_what_the_morning_is_early_enough_for(at, later):
    sends = when_to_send(at, until=at + later)
    assert at <= sends < at + later
    assert is_sensible(sends) or (sends == at and at + later <= next_morning(at))
