"""When the meetings of a series are: one weekday and hour, on days on which the class has visitors."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bookings.series import LONGEST, meetings_from
from stem.moments import day_of

FIRST = (datetime(2027, 2, 10, 10, 0, tzinfo=UTC), datetime(2027, 2, 10, 11, 0, tzinfo=UTC))


def always(_day: date) -> bool:
    return True


def test_a_series_meets_each_week_on_the_same_weekday_and_at_the_same_hour():
    assert meetings_from(FIRST, 3, 1, is_open=always) == tuple(
        (FIRST[0] + weeks * timedelta(weeks=1), FIRST[1] + weeks * timedelta(weeks=1)) for weeks in range(3)
    )


def test_a_day_without_visitors_is_left_out_and_the_series_goes_on_for_longer():
    half_term = date(2027, 2, 17)
    days = [day_of(start) for start, _end in meetings_from(FIRST, 3, 1, is_open=lambda day: day != half_term)]
    assert days == [date(2027, 2, 10), date(2027, 2, 24), date(2027, 3, 3)]


def test_london_keeps_its_clock_when_summer_begins():
    late = (datetime(2027, 3, 24, 10, 0, tzinfo=UTC), datetime(2027, 3, 24, 11, 0, tzinfo=UTC))
    assert [start.astimezone(UTC).hour for start, _end in meetings_from(late, 2, 1, is_open=always)] == [10, 9]


def test_a_school_that_is_never_open_on_that_weekday_has_the_first_meeting_alone():
    assert meetings_from(FIRST, 6, 1, is_open=lambda _day: False) == (FIRST,)


@given(
    count=st.integers(1, 12),
    weeks=st.sampled_from([1, 2, 4]),
    closed=st.sets(st.integers(0, 60)),
)
def test_every_meeting_is_on_an_open_day_and_none_is_skipped_that_could_be(count, weeks, closed):
    shut = {day_of(FIRST[0]) + timedelta(weeks=week) for week in closed}
    found = [day_of(start) for start, _end in meetings_from(FIRST, count, weeks, is_open=lambda day: day not in shut)]

    assert found[0] == day_of(FIRST[0])
    step, possible = timedelta(weeks=weeks), []
    day = found[0] + step
    while day - found[0] <= LONGEST:
        possible += [day] if day not in shut else []
        day += step
    assert found[1:] == possible[: count - 1]
