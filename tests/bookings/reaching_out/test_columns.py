"""The file of the map, read as a browser reads it: little-endian columns, places within twenty metres."""

from struct import calcsize, unpack_from

from hypothesis import given
from hypothesis import strategies as st

from bookings.reaching_out.columns import EAST, NORTH, SOUTH, STEPS, WEST, packed
from bookings.reaching_out.reckoning import Seen
from stem.geography.points import Point, km_between

ROWS = st.lists(
    st.tuples(
        st.integers(1, 2**32 - 1),
        st.floats(SOUTH, NORTH),
        st.floats(WEST, EAST),
        st.integers(0, 70_000),
        st.integers(0, 70_000),
        st.sampled_from(Seen),
    ),
    max_size=5,
)


def read(file: bytes) -> list[tuple]:
    [count] = unpack_from("<I", file)
    at, columns = 4, []
    for kind in "IHHHHB":
        columns.append(unpack_from(f"<{count}{kind}", file, at))
        at += calcsize(f"<{count}{kind}")
    assert at == len(file) == 4 + 13 * count
    return list(zip(*columns, strict=True))


@given(rows=ROWS)
def test_what_is_read_is_what_was_written(rows):
    there = read(packed(rows))
    assert [row[0] for row in there] == [row[0] for row in rows]
    for (_key, lat, lon, pupils, visits, seen), row in zip(there, rows, strict=True):
        place = Point(SOUTH + lat * (NORTH - SOUTH) / STEPS, WEST + lon * (EAST - WEST) / STEPS)
        assert km_between(place, Point(row[1], row[2])) < 0.02
        assert (pupils, visits, seen) == (min(row[3], STEPS), min(row[4], STEPS), row[5])


def test_a_school_outside_the_frame_stands_on_its_edge():
    [(_key, lat, lon, *_rest)] = read(packed([(1, 70.0, -20.0, 0, 0, 0)]))
    assert (lat, lon) == (STEPS, 0)


def test_thirty_two_thousand_schools_are_less_than_six_hundred_kilobytes():
    assert len(packed([(1, 53.8, -1.5, 800, 3, 0)] * 32_000)) < 600_000
