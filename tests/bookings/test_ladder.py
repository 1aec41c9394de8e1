"""Who is asked next, how many at once, for how long, and at which hours: pure reckoning."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.ladder import LATE, is_sensible, late_before, next_reminder, rung_of, sensible_from, whom_to_ask
from stem.nations import Nation

POLICY = {
    "offers_at_once": 3, "offer_hours": 72, "offer_hours_soon": 24, "soon_days": 10,
    "replacement_at_once": 5, "replacement_hours": 24, "replacement_soon_days": 3,
    "replacement_at_once_soon": 10, "replacement_hours_soon": 4,
}  # fmt: skip
# A Tuesday, noon.
NOW = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
FRIDAY = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)


def rung(*, days: int, replacement: bool = False):
    return rung_of(NOW + timedelta(days=days), at=NOW, nation=Nation.ENG, is_replacement=replacement, policy=POLICY)


@pytest.mark.parametrize(
    ("days", "is_replacement", "at_once", "hours", "only_short_notice"),
    [
        (29, False, 3, 72, False),
        (10, False, 3, 72, False),
        (9, False, 3, 24, False),
        (1, False, 3, 24, False),
        (0, False, 0, 0, False),
        (29, True, 5, 24, False),
        (3, True, 5, 24, False),  # Friday: three working days
        (2, True, 10, 4, True),
        (1, True, 10, 4, True),
        (0, True, 0, 0, False),
    ],
)
def test_so_many_are_asked_at_once_and_for_so_long(days, is_replacement, at_once, hours, only_short_notice):
    found = rung(days=days, replacement=is_replacement)
    assert (found.at_once, found.hours, found.only_short_notice) == (at_once, timedelta(hours=hours), only_short_notice)
    assert found.is_by_hand == (at_once == 0)


def test_a_weekend_does_not_count_as_days_in_which_somebody_can_be_asked():
    monday = FRIDAY + timedelta(days=3)
    found = rung_of(monday, at=FRIDAY, nation=Nation.ENG, is_replacement=True, policy=POLICY)
    assert (found.at_once, found.is_urgent) == (10, True)


@pytest.mark.parametrize(
    ("at", "sensible"),
    [
        (NOW, NOW),
        (NOW.replace(hour=7, minute=59), NOW.replace(hour=8)),
        (NOW.replace(hour=18), NOW.replace(day=13, hour=8)),
        (FRIDAY.replace(hour=20), FRIDAY.replace(day=18, hour=8)),
        # Good Friday and Easter Monday 2027, and British Summer Time begins between.
        (datetime(2027, 3, 26, 10, tzinfo=UTC), datetime(2027, 3, 30, 7, tzinfo=UTC)),
    ],
)
def test_nobody_is_disturbed_at_night_or_on_a_free_day(at, sensible):
    assert sensible_from(at, Nation.ENG) == sensible
    assert is_sensible(at, Nation.ENG) == (at == sensible)


def reminders(made_at: datetime, hours: int) -> list[datetime]:
    found, after = [], made_at
    while due_at := next_reminder(made_at, made_at + timedelta(hours=hours), Nation.ENG, after=after):
        found.append(due_at)
        after = due_at
    return found


@pytest.mark.parametrize(
    ("made_at", "hours", "due"),
    [
        (NOW, 72, [NOW + timedelta(hours=24), NOW + timedelta(hours=48)]),
        (NOW, 24, [NOW.replace(day=13, hour=8)]),
        (NOW, 4, [NOW + timedelta(minutes=80), NOW + timedelta(minutes=160)]),
        (FRIDAY, 72, [FRIDAY.replace(day=18, hour=8)]),
    ],
)
def test_whoever_has_not_answered_is_reminded_by_day(made_at, hours, due):
    assert reminders(made_at, hours) == due


@given(hours=st.integers(1, 336), past=st.integers(0, 14 * 24 * 60))
def test_no_reminder_comes_after_the_time_to_answer_or_at_night(hours, past):
    made_at = NOW + timedelta(minutes=past)
    found = reminders(made_at, hours)
    assert len(found) <= 2
    assert all(made_at < each < made_at + timedelta(hours=hours) and is_sensible(each, Nation.ENG) for each in found)


@dataclass(frozen=True)
class Person:
    name: str
    is_newcomer: bool = False


KNOWN = [Person(name) for name in "ABCD"]
NEW = Person("N", is_newcomer=True)


@pytest.mark.parametrize(
    ("best", "count", "needs", "chosen"),
    [
        ([*KNOWN, NEW], 3, False, "ABC"),
        ([*KNOWN, NEW], 3, True, "ABN"),
        ([*KNOWN, NEW], 1, True, "N"),
        ([KNOWN[0], NEW, *KNOWN[1:]], 3, True, "ANB"),
        (KNOWN, 3, True, "ABC"),
        ([], 3, True, ""),
        (KNOWN, 0, True, ""),
    ],
)
def test_somebody_new_takes_the_last_place_where_it_is_their_turn(best, count, needs, chosen):
    assert "".join(each.name for each in whom_to_ask(best, count, needs_newcomer=needs)) == chosen


def test_a_search_is_late_seven_working_days_before_its_last_time():
    # From Tuesday 12 January seven working days on is Thursday 21.
    assert late_before(NOW, LATE, Nation.ENG) == datetime(2027, 1, 22, tzinfo=UTC)
