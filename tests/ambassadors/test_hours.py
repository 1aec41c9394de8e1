"""Times are cut at London's midnights, whatever its clocks do."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ambassadors.hours import by_day
from stem.moments import day_of

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
STARTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))


@given(STARTS, st.integers(1, 10 * 24 * 60))
def test_the_parts_are_the_whole_and_each_is_of_one_day(starts_at, minutes):
    ends_at = starts_at + timedelta(minutes=minutes)

    parts = list(by_day([(starts_at, ends_at)]))

    assert [part.starts_at for part in parts] == [starts_at, *(part.ends_at for part in parts[:-1])]
    assert parts[-1].ends_at == ends_at
    for part in parts:
        assert part.day == day_of(part.starts_at) == day_of(part.ends_at - timedelta(microseconds=1))
    assert len({part.day for part in parts}) == len(parts)


def test_what_has_no_length_has_no_part():
    noon = datetime(2027, 1, 12, 12, tzinfo=UTC)
    assert list(by_day([(noon, noon)])) == []
