"""What matching answers where a request or a person is odd: the right people, or nobody, and never an error."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ambassadors.reach.keeping import keep_reach
from bookings.matching.near_misses import find_near_misses
from bookings.matching.ranking import rank, wanted_by
from bookings.matching.relaxing import find_relaxations
from stem.geography.points import Point
from tests import make

pytestmark = pytest.mark.django_db

GREENWICH = Point(51.4779, 0.0)


@pytest.fixture
def wanted():
    return wanted_by(make.request(), [make.FIRST_TIME])


def living(point: Point, **columns):
    person = make.ambassador(cleared=True, **columns)
    person.point = point
    person.save()
    keep_reach([person.pk])
    return person


def found(wanted) -> list[str]:
    return [match.ambassador.full_name for match in rank(wanted, at=make.NOW)]


@pytest.mark.parametrize(
    "odd",
    [
        {"subject": "alchemy"},
        {"subject": ""},
        {"point": None},
        {"times": ()},
        {"times": (tuple(each - timedelta(days=400) for each in make.FIRST_TIME),)},
        {"stage": "nursery"},
        {"activity": "séance"},
    ],
)
def test_nobody_is_found_for_what_cannot_be(wanted, odd):
    make.ambassador(cleared=True)

    asked = replace(wanted, **odd)

    assert found(asked) == []
    assert rank(asked, at=make.NOW, limit=3) == []
    assert [each.gain for each in find_relaxations(asked, [], at=make.NOW) if each.gain < 1] == []


def test_whoever_goes_nowhere_is_found_for_a_school_at_their_door_and_no_other(wanted):
    living(wanted.point, name="At the door", max_minutes=0)
    living(Point(wanted.point.lat + 0.001, wanted.point.lon), name="Round the corner", max_minutes=0)

    assert found(wanted) == ["At the door"]
    [miss] = find_near_misses(wanted, make.FIRST_TIME, limit=5, at=make.NOW)
    assert (miss.ambassador.full_name, miss.why_not) == ("Round the corner", "1 minute away, and travels at most 0.")


def test_people_on_both_sides_of_the_meridian_are_found_in_the_order_of_their_way(wanted):
    living(Point(51.4779, 0.05), name="East", max_minutes=30)
    living(Point(51.4779, -0.02), name="West", max_minutes=30)
    living(GREENWICH, name="On it", max_minutes=30)
    living(Point(51.4779, -0.9), name="Far west", max_minutes=30)

    assert found(replace(wanted, point=GREENWICH)) == ["On it", "West", "East"]


def test_whoever_has_no_place_is_found_online_alone(wanted):
    living(Point(0.0, 0.0), name="In the Gulf of Guinea")
    nowhere = make.ambassador(name="Nowhere", cleared=True)
    nowhere.lat = nowhere.lon = None
    nowhere.save()
    keep_reach([nowhere.pk])

    assert found(wanted) == []
    assert found(replace(wanted, online=True)) == ["In the Gulf of Guinea", "Nowhere"]
