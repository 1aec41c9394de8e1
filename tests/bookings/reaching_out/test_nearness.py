"""Homes in squares are as near as homes looked at one by one."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bookings.priority.reckoning import median_minutes
from bookings.reaching_out.nearness import Homes
from stem.geography.points import Point
from stem.geography.travel import is_within_minutes, minutes_between

HERE = Point(53.8, -1.55)
ROUND_HERE = st.tuples(st.floats(53.2, 54.4), st.floats(-2.6, -0.5))
SHETLAND = [(60.15, -1.14), (60.4, -1.14), (60.15, -0.5), (60.16, -1.7), (60.49, -1.14)]


def one_by_one(point: Point, homes: list[tuple[float, float]]) -> int:
    everybody = [Point(*home) for home in homes]
    return median_minutes([minutes_between(each, point) for each in everybody if is_within_minutes(each, point, 60)])


@settings(max_examples=40, deadline=None)
@given(point=ROUND_HERE, homes=st.lists(ROUND_HERE, max_size=30))
@example(point=(60.15, -1.14), homes=SHETLAND)
@example(point=(53.8, -1.55), homes=[])
@example(point=(53.8, -1.55), homes=[(53.8, -1.55)] * 7)
@example(point=(51.5, 0.0001), homes=[(51.5, -0.0001)] * 3)
def test_the_middle_of_the_nearest_is_the_same_as_by_looking_at_everybody(point, homes):
    assert Homes(homes).minutes_from(Point(*point)) == one_by_one(Point(*point), homes)
