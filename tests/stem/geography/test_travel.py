"""Minutes on the road (rule T-30)."""

from hypothesis import given
from hypothesis import strategies as st

from stem.geography.points import Point, km_between
from stem.geography.travel import (
    is_within_minutes,
    km_for_minutes,
    miles,
    minutes_between,
    minutes_for_km,
    road_km_between,
    way_to,
)
from tests.places import BRADFORD, GREENWICH, LEEDS, YORK

british_points = st.builds(Point, st.floats(49.9, 60.9), st.floats(-8.2, 1.8))


def test_york_to_leeds_is_the_worked_example():
    assert round(km_between(YORK, LEEDS), 2) == 35.41
    assert round(road_km_between(YORK, LEEDS), 2) == 46.03
    assert minutes_between(YORK, LEEDS) == 55


def test_nobody_travels_to_where_they_are():
    assert minutes_between(GREENWICH, GREENWICH) == 0
    assert is_within_minutes(GREENWICH, GREENWICH, 0)


def test_an_hour_reaches_38_kilometres_as_the_crow_flies():
    assert round(km_for_minutes(60), 2) == 38.46


@given(british_points, british_points, st.integers(0, 240))
def test_a_limit_in_minutes_is_a_circle(home, school, limit):
    within = is_within_minutes(home, school, limit)
    assert within == (km_between(home, school) <= km_for_minutes(limit))
    assert within <= (minutes_between(home, school) <= limit)


@given(british_points, british_points)
def test_the_way_of_thousands_is_the_way_of_one(home, school):
    km = way_to(school)(home.lat, home.lon)
    assert km == km_between(home, school)
    assert minutes_for_km(km) == minutes_between(home, school)


def test_a_limit_is_not_rounded_away():
    # 55.2 minutes: shown as 55, and yet too far for someone who said 55.
    assert not is_within_minutes(YORK, LEEDS, 55)
    assert is_within_minutes(YORK, LEEDS, 56)


def test_miles_are_what_pages_show():
    assert round(miles(road_km_between(BRADFORD, LEEDS)), 1) == 11.2
    assert round(miles(1.609344), 6) == 1
