"""Who misses by one thing: the nearest first, and no more of them looked at than a page is worth."""

import pytest

from bookings.matching import near_misses
from bookings.matching.near_misses import find_near_misses
from bookings.matching.ranking import wanted_by
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanted():
    return wanted_by(make.request(), [make.FIRST_TIME])


def names(wanted, now, limit=12):
    return [miss.ambassador.full_name for miss in find_near_misses(wanted, make.FIRST_TIME, limit=limit, at=now)]


def test_the_nearest_come_first_and_of_two_as_near_the_one_who_was_here_before(wanted, now):
    make.ambassador(name="York", cleared=True, stages=("ks1",), postcode="YO1 9TL", max_minutes=240)
    make.ambassador(name="Leeds", cleared=True, stages=("ks1",))
    make.ambassador(name="Another of Leeds", cleared=True, stages=("ks1",))

    assert names(wanted, now) == ["Leeds", "Another of Leeds", "York"]
    assert names(wanted, now, limit=1) == ["Leeds"]


def test_whoever_lives_far_away_is_looked_at_only_where_few_are_near(wanted, now, monkeypatch):
    monkeypatch.setattr(near_misses, "FIRST", 1)
    make.ambassador(name="York", cleared=True, stages=("ks1",), postcode="YO1 9TL", max_minutes=240)
    make.ambassador(name="Leeds", cleared=True, stages=("ks1",))

    assert names(wanted, now, limit=1) == ["Leeds"]
    assert names(wanted, now, limit=2) == ["Leeds", "York"]


def test_nobody_is_left_out_or_told_of_twice_where_it_takes_several_looks(wanted, now, monkeypatch):
    monkeypatch.setattr(near_misses, "FIRST", 1)
    monkeypatch.setattr(near_misses, "FEWEST_MORE", 1)
    monkeypatch.setattr(near_misses, "MOST_MORE", 1)
    monkeypatch.setattr(near_misses, "TIMES", 9)
    make.ambassador(name="York", cleared=True, stages=("ks1",), postcode="YO1 9TL", max_minutes=240)
    make.ambassador(name="Bradford", cleared=True, stages=("ks1",), postcode="BD1 1HX", max_minutes=240)
    make.ambassador(name="Leeds", cleared=True, stages=("ks1",))
    make.ambassador(name="Another of Leeds", cleared=True, stages=("ks1",))

    assert names(wanted, now) == ["Leeds", "Another of Leeds", "Bradford", "York"]


def test_somebody_near_who_is_sure_to_fail_two_does_not_end_the_search(wanted, now, monkeypatch):
    monkeypatch.setattr(near_misses, "FIRST", 1)
    make.ambassador(name="Two", cleared=True, stages=("ks1",), activities=("workshop",))
    make.ambassador(name="York", cleared=True, stages=("ks1",), postcode="YO1 9TL", max_minutes=240)

    assert names(wanted, now) == ["York"]


def test_who_misses_by_more_than_one_thing_or_by_nothing_is_none(wanted, now):
    make.ambassador(name="Two", cleared=True, stages=("ks1",), activities=("workshop",))
    make.ambassador(name="None", cleared=True)

    assert names(wanted, now) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_as_many_statements_for_one_as_for_three(wanted, now, rows, django_assert_num_queries):
    for number in range(rows):
        make.ambassador(name=f"Person {number}", cleared=True, stages=("ks1",))
    with django_assert_num_queries(2):
        assert len(names(wanted, now)) == rows
