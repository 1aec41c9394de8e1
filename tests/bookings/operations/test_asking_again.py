"""The same people at school, and the same visitor, a second time."""

import pytest

from bookings.enums import VisitStatus
from bookings.operations.requests import (
    ask_again,
    ask_for_anyone,
    ask_person_again,
    offer_times,
    start_request,
    submit_request,
)
from schools.enums import PersonKind
from schools.models import SchoolPerson
from schools.operations.people import forget_person
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    return make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.DELIVERED)


@pytest.fixture
def teacher(visit):
    return visit.request.contact


def again(visit, teacher, now):
    return ask_person_again(seat=visit.seats.get(), contact=teacher, at=now)


def test_sending_in_keeps_the_people_for_every_colleague(now):
    request = make.request()

    submit_request(request=request, by=request.contact.user, at=now)

    assert set(SchoolPerson.objects.values_list("school", "kind", "name")) == {
        (request.school_id, "supervising", "Sam Supervisor"),
        (request.school_id, "safeguarding", "Dee Lead"),
    }


def test_a_draft_keeps_nobody(now):
    make.request()

    assert not SchoolPerson.objects.exists()


def test_a_person_taken_off_the_list_is_in_no_later_request_and_stays_in_earlier_ones(now):
    earlier = make.request()
    submit_request(request=earlier, by=earlier.contact.user, at=now)
    forget_person(person=SchoolPerson.objects.get(kind=PersonKind.SUPERVISING), by=earlier.contact.user)

    for later in (
        start_request(contact=earlier.contact, at=now),
        ask_again(request=earlier, contact=earlier.contact, at=now),
    ):
        assert (later.supervising_adult, later.supervising_email) == ("", "")
        assert later.safeguarding_lead == "Dee Lead"
    earlier.refresh_from_db()
    assert earlier.supervising_adult == earlier.visits.get().supervising_adult == "Sam Supervisor"


def test_asking_again_names_the_same_people_as_the_list_has_them_now(now):
    earlier = make.request()
    make.person(school=earlier.school, email="sam@new.example")
    make.person(school=earlier.school, name="Ray Ruler", last_named_at=now)

    request = ask_again(request=earlier, contact=earlier.contact, at=now)

    assert (request.supervising_adult, request.supervising_email) == ("Sam Supervisor", "sam@new.example")
    assert start_request(contact=earlier.contact, at=now).supervising_adult == "Ray Ruler"


def test_the_person_who_came_is_asked_for_again_with_every_answer_but_the_times(visit, teacher, now):
    request = again(visit, teacher, now)

    assert request.wanted_again == visit.seats.get().ambassador
    assert (request.purpose, request.possible_times.count()) == (visit.request.purpose, 0)
    assert ask_again(request=visit.request, contact=teacher, at=now).wanted_again is None


@pytest.mark.parametrize("status", [VisitStatus.MATCHED, VisitStatus.CONFIRMED, VisitStatus.NO_SHOW_BY_AMBASSADOR])
def test_only_after_a_visit_that_took_place(status, now):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=status)

    with pytest.raises(Refusal) as refusal:
        again(visit, visit.request.contact, now)

    assert refusal.value.codes == ["not_delivered"]


def test_another_school_cannot_ask_for_them(visit, now):
    with pytest.raises(Refusal) as refusal:
        again(visit, make.contact(), now)

    assert refusal.value.codes == ["not_for_school"]


def test_that_someone_is_held_makes_no_difference_to_the_school(visit, teacher, now):
    make.hold(visit.seats.get().ambassador, starts_on=now.date(), truth="Something private")

    assert again(visit, teacher, now).wanted_again is not None


def test_the_wish_is_dropped_until_the_request_is_sent_in(visit, teacher, now):
    request = make.request(contact=teacher, wanted_again=visit.seats.get().ambassador)

    ask_for_anyone(request=request, by=teacher.user)
    request.refresh_from_db()
    assert request.wanted_again is None

    submit_request(request=request, by=teacher.user, at=now)
    with pytest.raises(Refusal) as refusal:
        ask_for_anyone(request=request, by=teacher.user)
    assert refusal.value.codes == ["sent_in"]


def test_a_second_press_goes_on_with_the_draft_that_the_first_began(visit, teacher, now):
    first = again(visit, teacher, now)
    assert again(visit, teacher, now) == first

    first.topic = "Another topic"
    first.save()
    assert again(visit, teacher, now) != first


def test_a_draft_that_has_times_is_left_alone(visit, teacher, now):
    first = ask_again(request=visit.request, contact=teacher, at=now)
    offer_times(request=first, times=[make.FIRST_TIME], by=teacher.user)

    assert ask_again(request=visit.request, contact=teacher, at=now) != first
