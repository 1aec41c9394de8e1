"""Rows that have a place, tried on schools."""

import pytest
from django.db import IntegrityError, transaction

from schools.models import School
from stem.geography.points import Point, km_between
from stem.rules import Refusal
from tests.places import BRADFORD, CAMBRIDGE, GREENWICH, LEEDS, LERWICK, TRURO, YORK

pytestmark = pytest.mark.django_db


def school_at(point, name="A school"):
    return School.objects.create(
        name=name,
        register_number=name,
        phase="secondary",
        town="Anywhere",
        nation="england",
        lat=point and point.lat,
        lon=point and point.lon,
    )


def names(found):
    return sorted(found.values_list("name", flat=True))


def test_a_place_is_set_from_any_spelling_of_its_postcode():
    school = School(name="A school")
    place = school.set_place("ls29jt")
    assert (school.postcode, school.area, school.approximate) == ("LS2 9JT", "LS", True)
    assert school.point == place.point == Point(53.822, -1.552)


def test_a_postcode_that_is_refused_leaves_the_place_as_it_was():
    school = School(name="A school")
    school.set_place("LS2 9JT")
    with pytest.raises(Refusal):
        school.set_place("JE2 3AB")
    assert (school.postcode, school.area, school.point) == ("LS2 9JT", "LS", Point(53.822, -1.552))


def test_longitude_zero_is_a_place_and_nothing_is_none():
    assert school_at(GREENWICH, "Greenwich").point == GREENWICH
    assert school_at(Point(0.0, 0.0), "At sea").point == Point(0, 0)
    assert school_at(None, "Nowhere").point is None


def test_a_box_finds_what_is_near_on_both_sides_of_greenwich():
    for name, point in [("Greenwich", GREENWICH), ("West", Point(51.48, -0.02)), ("East", Point(51.48, 0.02))]:
        school_at(point, name)
    school_at(CAMBRIDGE, "Cambridge")
    school_at(None, "Nowhere")
    assert names(School.objects.in_box(GREENWICH, 2)) == ["East", "Greenwich", "West"]


def test_a_box_leaves_out_nobody_who_lies_in_the_circle():
    for name, point in [("York", YORK), ("Bradford", BRADFORD), ("Truro", TRURO), ("Lerwick", LERWICK)]:
        school_at(point, name)
    assert names(School.objects.in_box(LEEDS, km_between(LEEDS, YORK))) == ["Bradford", "York"]


def test_the_nearest_is_nearest_on_the_ground_and_not_on_the_grid():
    school_at(Point(LERWICK.lat + 0.333, LERWICK.lon), "North")  # 37 km, and a third of a degree
    school_at(Point(LERWICK.lat, LERWICK.lon + 0.5), "East")  # 28 km, and half a degree
    found = sorted(School.objects.in_box(LERWICK, 40), key=lambda school: km_between(LERWICK, school.point))
    assert [school.name for school in found] == ["East", "North"]


@pytest.mark.parametrize(("lat", "lon"), [(53.8, None), (None, -1.5), (91, 0), (53.8, 181)])
def test_the_database_refuses_half_a_point_and_one_off_the_earth(lat, lon):
    school_at(LEEDS)
    with pytest.raises(IntegrityError, match="schools_school_point_whole"), transaction.atomic():
        School.objects.update(lat=lat, lon=lon)
