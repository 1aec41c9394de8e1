"""Whether there is time to get from one visit to another (rule T-22): worked examples."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.gaps import Gap, Stay, gap_between, minutes_needed
from stem.geography.points import Point

# Rule T-30's own example: 55 minutes.
YORK, LEEDS = Point(53.9590, -1.0815), Point(53.7997, -1.5492)
BUFFER = 15


def at(clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2027, 2, 10, hour, minute, tzinfo=UTC)


def stay(starts: str, ends: str, *, school: int = 1, point: Point | None = LEEDS, is_online: bool = False) -> Stay:
    return Stay(at(starts), at(ends), school, point, is_online)


@pytest.mark.parametrize(
    ("other", "needed"),
    [
        (stay("12:00", "13:00", school=2, point=YORK), 55 + 15),
        (stay("12:00", "13:00", school=2, point=LEEDS), 15),
        (stay("12:00", "13:00", school=1, point=LEEDS), 0),
        # The same school, wherever it is thought to be.
        (stay("12:00", "13:00", school=1, point=YORK), 0),
        (stay("12:00", "13:00", school=2, point=None), 15),
        (stay("12:00", "13:00", school=2, point=YORK, is_online=True), 0),
    ],
)
def test_how_long_it_takes_to_get_from_one_to_the_other(other, needed):
    here = stay("10:00", "11:00")
    assert minutes_needed(here, other, buffer=BUFFER) == minutes_needed(other, here, buffer=BUFFER) == needed


@pytest.mark.parametrize(
    ("starts", "minutes", "is_too_tight"),
    [
        ("11:00", 0, True),
        ("12:09", 69, True),
        ("12:10", 70, False),
        ("14:00", 180, False),
        ("10:30", 0, True),
    ],
)
def test_whether_there_is_time_for_it(starts, minutes, is_too_tight):
    gap = gap_between(stay("10:00", "11:00"), stay(starts, "15:00", school=2, point=YORK), buffer=BUFFER)
    assert (gap, gap.is_too_tight) == (Gap(minutes, 70), is_too_tight)


def test_a_second_too_few_is_a_minute_too_few():
    one = stay("10:00", "11:00")
    other = Stay(at("12:10") - timedelta(seconds=1), at("13:00"), 2, YORK)
    assert gap_between(one, other, buffer=BUFFER) == Gap(69, 70)


def test_within_one_school_the_next_lesson_may_begin_at_once():
    assert not gap_between(stay("10:00", "11:00"), stay("11:00", "12:00"), buffer=BUFFER).is_too_tight


STAYS = st.builds(
    lambda start, length, school: Stay(
        at("08:00") + timedelta(minutes=start), at("08:00") + timedelta(minutes=start + length), school, None
    ),
    st.integers(0, 500),
    st.integers(1, 120),
    st.integers(1, 2),
)


@given(STAYS, STAYS)
def test_a_gap_is_the_same_from_either_side(one, other):
    assert gap_between(one, other, buffer=BUFFER) == gap_between(other, one, buffer=BUFFER)
