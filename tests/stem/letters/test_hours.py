"""When letters leave that can wait."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stem.letters.hours import DAY_BEGINS, DAY_ENDS, GATHERED_AT, from_by_day, next_gathering
from stem.nations import Nation
from stem.workdays import is_working_day, is_working_day_everywhere

LONDON = ZoneInfo("Europe/London")
FIRST = datetime(2026, 1, 1, tzinfo=LONDON)
MOMENTS = st.integers(0, 4 * 366 * 24 * 3600).map(lambda seconds: FIRST + timedelta(seconds=seconds))


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("posted", "leaves"),
    [
        ("2027-01-12 09:00", "2027-01-12 16:00"),
        ("2027-01-12 15:59:59", "2027-01-12 16:00"),
        ("2027-01-12 16:00", "2027-01-13 16:00"),
        ("2027-01-15 17:00", "2027-01-18 16:00"),  # from Friday to Monday
        ("2027-01-16 03:00", "2027-01-18 16:00"),
        ("2027-03-25 16:00", "2027-03-30 16:00"),  # over Easter
        ("2027-03-16 16:00", "2027-03-18 16:00"),  # a holiday in Northern Ireland alone
        ("2027-12-31 18:00", "2028-01-05 16:00"),  # New Year's Day on a Saturday, and two days after it in Scotland
    ],
)
def test_what_is_gathered_leaves_at_four_on_the_next_working_day(posted, leaves):
    assert next_gathering(at(posted)) == at(leaves)


@pytest.mark.parametrize(
    ("posted", "leaves"),
    [
        ("2027-01-12 07:59", "2027-01-12 08:00"),
        ("2027-01-12 08:00", "2027-01-12 08:00"),
        ("2027-01-12 17:59", "2027-01-12 17:59"),
        ("2027-01-12 18:00", "2027-01-13 08:00"),
        ("2027-01-15 23:00", "2027-01-18 08:00"),
        ("2027-01-17 12:00", "2027-01-18 08:00"),
        ("2027-03-26 12:00", "2027-03-30 08:00"),
    ],
)
def test_what_can_wait_leaves_between_eight_and_six_on_working_days(posted, leaves):
    assert from_by_day(at(posted)) == at(leaves)


@given(posted=MOMENTS)
def test_nothing_that_is_gathered_waits_longer_than_it_must(posted):
    leaves = next_gathering(posted)
    assert leaves > posted
    assert leaves.astimezone(LONDON).time() == GATHERED_AT
    assert all(is_working_day(leaves.date(), nation) for nation in Nation)
    # Half a minute sooner it is gathered for the same moment, and at that moment for another.
    assert next_gathering(leaves - timedelta(seconds=30)) == leaves != next_gathering(leaves)
    days = (posted.date() + timedelta(days=passed) for passed in range((leaves.date() - posted.date()).days))
    between = [day for day in days if is_working_day_everywhere(day)]
    assert between == [] or (between == [posted.date()] and posted.time() >= GATHERED_AT)


@given(posted=MOMENTS)
def test_by_day_is_by_day_and_once_is_enough(posted):
    leaves = from_by_day(posted)
    assert leaves >= posted
    assert is_working_day_everywhere(leaves.astimezone(LONDON).date())
    assert DAY_BEGINS <= leaves.astimezone(LONDON).time() < DAY_ENDS
    assert from_by_day(leaves) == leaves
    assert leaves == posted or leaves.astimezone(LONDON).time() == time(8)
