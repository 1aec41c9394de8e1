"""Who could come along to watch: those who are new, by the gates for any visit, nearest first."""

from datetime import timedelta

import pytest

from bookings.eligibility import times_on_offer
from bookings.enums import OfferStatus, Side, VisitStatus
from bookings.matching.newcomers import LOOKED_AT, newcomer_near, newcomers_near
from bookings.matching.ranking import rank, wanted_by
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    return make.visit(ambassador=make.ambassador(cleared=True, visits_delivered=7), status=VisitStatus.CONFIRMED)


def names(visit, now, limit=8) -> list[str]:
    return [each.ambassador.full_name for each in newcomers_near(visit, at=now, limit=limit)]


def test_those_who_have_visited_fewer_than_three_times_nearest_first(visit, now):
    make.ambassador(name="Far", cleared=True, postcode="YO1 9TL", max_minutes=240)
    make.ambassador(name="Near", cleared=True, postcode="LS2 9JT", visits_delivered=2)
    make.ambassador(name="Old hand", cleared=True, postcode="LS2 9JT", visits_delivered=3)

    assert names(visit, now) == ["Near", "Far"]
    assert names(visit, now, limit=1) == ["Near"]


@pytest.mark.parametrize(
    "kept_out",
    ["not cleared", "too far", "another subject", "promised elsewhere", "kept apart", "on hold", "paused", "no stage"],
)
def test_whoever_misses_a_gate_is_not_among_them(visit, now, kept_out):
    columns = {
        "not cleared": {"cleared": False},
        "too far": {"max_minutes": 10, "postcode": "YO1 9TL"},
        "another subject": {"subjects": ("biology",)},
        "paused": {"status": "paused"},
        "no stage": {"stages": ("ks1",)},
    }.get(kept_out, {})
    person = make.ambassador(**{"name": "Nia Newcomer", "cleared": True, **columns})
    if kept_out == "promised elsewhere":
        make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    if kept_out == "kept apart":
        make.kept_apart(school=visit.request.school, ambassador=person, side=Side.SCHOOL)
    if kept_out == "on hold":
        make.hold(person, starts_on=make.NOW.date())

    assert newcomers_near(visit, at=now, limit=8) == []
    assert newcomer_near(visit, person.pk, at=now) is None


def test_they_are_the_very_people_whom_ranking_finds_who_are_new(visit, now):
    for number in range(12):
        make.ambassador(name=f"Person {number}", cleared=True, visits_delivered=number % 5)
    wanted = wanted_by(visit.request, times_on_offer(visit, now))
    expected = {each.ambassador.pk for each in rank(wanted, at=now) if each.ambassador.is_new}

    assert {each.ambassador.pk for each in newcomers_near(visit, at=now, limit=LOOKED_AT)} == expected
    assert len(expected) > 3


def test_neither_whoever_comes_nor_who_said_no_to_watching_is_asked(visit, now):
    nia = make.ambassador(name="Nia Newcomer", cleared=True)
    seat = make.place_to_watch(visit)
    visit.seats.leads().get().ambassador.visits_delivered = 0
    make.offer(seat=seat, ambassador=nia, status=OfferStatus.DECLINED)

    assert names(visit, now) == []


def test_to_watch_a_class_is_not_to_have_come_to_it(visit, now):
    nia = make.ambassador(name="Nia Newcomer", cleared=True)
    make.watched(visit, ambassador=nia)
    request = make.request(contact=visit.request.contact, times=((make.SECOND_TIME),))
    wanted = wanted_by(request, [make.SECOND_TIME])

    found = [each.ambassador.full_name for each in rank(wanted, at=make.FIRST_TIME[1] + timedelta(hours=1))]

    assert found == ["Nia Newcomer"]


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_as_much_for_three_as_for_one(visit, now, rows, django_assert_num_queries):
    for number in range(rows):
        make.ambassador(name=f"Nia Newcomer {number}", cleared=True)

    with django_assert_num_queries(4):
        assert len(newcomers_near(visit, at=now, limit=8)) == rows
