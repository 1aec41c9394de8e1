"""Distances and boxes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stem.geography.points import Box, Point, bounding_box, km_between
from tests.places import BELFAST, CAMBRIDGE, GREENWICH, LEEDS, LERWICK, LONDON, TRURO, YORK

points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
british_points = st.builds(Point, st.floats(49.9, 60.9), st.floats(-8.2, 1.8))


def test_york_is_as_far_from_leeds_as_the_rule_says():
    assert round(km_between(YORK, LEEDS), 2) == 35.41


@pytest.mark.parametrize(("a", "b", "km"), [(LONDON, LEEDS, 273), (TRURO, LERWICK, 1123), (BELFAST, YORK, 320)])
def test_great_circles_agree_with_the_map(a, b, km):
    assert km_between(a, b) == pytest.approx(km, rel=0.01)


@given(points, points)
def test_the_way_back_is_as_long_and_none_is_longer_than_half_the_earth(a, b):
    assert 0 <= km_between(a, b) <= 20_016
    assert km_between(a, b) == pytest.approx(km_between(b, a), abs=1e-6)


def test_nearer_by_degrees_is_not_nearer_by_road():
    # Half a degree east of Lerwick is 28 km; a third of a degree north is 37 km.
    east, north = Point(LERWICK.lat, LERWICK.lon + 0.5), Point(LERWICK.lat + 0.333, LERWICK.lon)
    assert sorted([north, east], key=lambda place: km_between(LERWICK, place)) == [east, north]


def test_two_sides_of_greenwich_are_neighbours():
    west, east = Point(51.4779, -0.01), Point(51.4779, 0.01)
    assert km_between(west, east) == pytest.approx(1.385, abs=0.001)
    box = bounding_box(GREENWICH, 1)
    assert box.west < 0 < box.east and box.holds(west) and box.holds(east)


def test_longitude_zero_is_a_place():
    assert bounding_box(CAMBRIDGE, 90).holds(GREENWICH)
    assert bounding_box(GREENWICH, 0).holds(GREENWICH)


@given(british_points, british_points, st.floats(0, 1500))
def test_no_place_within_the_circle_is_outside_the_box(centre, place, km):
    if km_between(centre, place) <= km:
        assert bounding_box(centre, km).holds(place)


@given(points, points)
def test_the_box_holds_the_very_edge_of_the_circle_anywhere_on_earth(centre, place):
    assert bounding_box(centre, km_between(centre, place)).holds(place)


def test_the_box_is_no_larger_than_it_must_be():
    box = bounding_box(LERWICK, 50)
    assert km_between(LERWICK, Point(box.north, LERWICK.lon)) == pytest.approx(50, abs=0.01)
    assert km_between(LERWICK, Point(box.south, LERWICK.lon)) == pytest.approx(50, abs=0.01)
    # A little poleward of the centre the circle touches its sides.
    assert km_between(LERWICK, Point(LERWICK.lat + 0.0061, box.east)) == pytest.approx(50, abs=0.05)


@pytest.mark.parametrize(
    ("centre", "km", "box"),
    [
        (Point(89.9, 40), 50, (-180, 180)),
        (Point(-90, 0), 1, (-180, 180)),
        (Point(0, 179.9), 100, (-180, 180)),
        (LEEDS, 12_000, (-180, 180)),
    ],
)
def test_over_a_pole_or_the_date_line_every_longitude_may_be_near(centre, km, box):
    found = bounding_box(centre, km)
    assert (found.west, found.east) == box


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (-90.1, 0), (0, 180.5), (float("nan"), 0)])
def test_there_are_no_places_off_the_earth(lat, lon):
    with pytest.raises(ValueError, match="No such place"):
        Point(lat, lon)


def test_no_circle_has_a_negative_radius():
    with pytest.raises(ValueError, match="negative"):
        bounding_box(LEEDS, -1)


def test_a_box_holds_its_own_edges():
    assert Box(53, -2, 54, -1).holds(Point(53, -1))
    assert not Box(53, -2, 54, -1).holds(Point(53, -0.999))
