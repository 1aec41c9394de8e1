"""The pages on which either side says that it would rather not meet again, and those that must not tell of it."""

import re

import pytest
from django.urls import reverse

from bookings.enums import Side, VisitStatus
from bookings.held import rather_not_there, rather_somebody_else
from bookings.models import KeptApart
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]
THERE = "I would rather not go to this school again"
ELSE = "Send us somebody else next time"


@pytest.fixture
def visit():
    return make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.DELIVERED)


@pytest.fixture
def seat(visit):
    return visit.seats.get()


@pytest.fixture
def person(seat):
    return client_of(seat.ambassador.user)


@pytest.fixture
def teacher(visit):
    return client_of(visit.request.contact.user)


def page_of(visit, client) -> str:
    text = client.get(reverse("visit", args=[visit.pk])).text
    # Each answer has a token of its own against forged forms.
    return re.sub(r"[\w]{64}", "", text)


def press(client, name, pk) -> str:
    return client.post(reverse(name, args=[pk]), follow=True).text


def test_an_ambassador_says_so_and_takes_it_back_on_the_same_page(visit, person):
    assert THERE in page_of(visit, person)
    said = press(person, "not_there_again", visit.pk)
    assert "We do not ask you for this school again" in said and THERE not in said
    assert "We ask you for this school again" in press(person, "go_there_again", visit.pk)
    assert THERE in page_of(visit, person)
    assert not KeptApart.objects.exists()


def test_a_school_says_so_and_takes_it_back_on_the_same_page(visit, seat, teacher):
    assert ELSE in page_of(visit, teacher)
    said = press(teacher, "somebody_else_next_time", seat.pk)
    assert "Next time we send somebody else" in said and ELSE not in said
    refused = press(teacher, "ask_person_again", seat.pk)
    assert "Your school asked us to send somebody else next time." in refused
    assert "They may come again" in press(teacher, "welcome_again", seat.pk)
    assert ELSE in page_of(visit, teacher)


def test_the_other_side_reads_the_same_page_as_before(visit, seat, person, teacher):
    before = page_of(visit, person), page_of(visit, teacher)
    make.kept_apart(seat.ambassador, school=visit.request.school, side=Side.SCHOOL)
    assert page_of(visit, person) == before[0]
    KeptApart.objects.all().delete()
    make.kept_apart(seat.ambassador, school=visit.request.school, side=Side.AMBASSADOR)
    assert page_of(visit, teacher) == before[1]


def test_it_is_not_there_before_the_visit_is_over(seat, visit):
    coming = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
    assert THERE not in page_of(coming, client_of(coming.seats.get().ambassador.user))
    teacher = client_of(coming.request.contact.user)
    assert ELSE not in page_of(coming, teacher)
    assert "once the visit is over or called off" in press(teacher, "somebody_else_next_time", coming.seats.get().pk)


def test_nobody_speaks_of_a_visit_that_is_not_theirs(visit, seat):
    other, stranger = client_of(make.ambassador(cleared=True).user), client_of(make.contact().user)
    for name in ("not_there_again", "go_there_again"):
        assert other.post(reverse(name, args=[visit.pk])).status_code == 404
    for name in ("somebody_else_next_time", "welcome_again"):
        assert stranger.post(reverse(name, args=[seat.pk])).status_code == 404
    assert not KeptApart.objects.exists()


def test_a_coordinator_reads_on_a_page_of_the_school_by_which_side_and_when(visit, seat):
    coordinator = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    address = reverse("school_kept_apart", args=[visit.request.school_id])
    assert address in coordinator.get(reverse("school", args=[visit.request.school_id])).text
    assert "Nobody: everybody who suits may be asked." in coordinator.get(address).text
    make.kept_apart(seat.ambassador, school=visit.request.school, side=Side.SCHOOL)
    said = coordinator.get(address).text
    assert "Ada Engineer" in said and "The school said so, Tuesday 12 January 2027" in said


def told(section) -> str:
    return str(section.listed)


def test_what_we_hold_tells_ones_own_word_and_never_the_others(visit, seat, now):
    person, teacher = seat.ambassador.user, visit.request.contact.user
    make.kept_apart(seat.ambassador, school=visit.request.school, side=Side.SCHOOL, by=teacher)
    assert "Beckside Academy" not in told(rather_not_there(person, now))
    assert "Ada Engineer" in told(rather_somebody_else(teacher, now))
    make.kept_apart(seat.ambassador, school=visit.request.school)
    assert "Beckside Academy" in told(rather_not_there(person, now))


@pytest.mark.parametrize("people", [1, 3])
def test_the_schools_page_asks_as_much_for_three_as_for_one(people, django_assert_num_queries):
    school = make.school()
    coordinator = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    for _each in range(people):
        make.kept_apart(make.ambassador(cleared=True), school=school)
    with django_assert_num_queries(7):
        coordinator.get(reverse("school_kept_apart", args=[school.pk]))


@pytest.mark.parametrize("people", [1, 3])
def test_a_visit_that_is_over_asks_as_much_for_three_people_as_for_one(people, django_assert_num_queries):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.DELIVERED)
    for _each in range(people - 1):
        visit.seats.create(status="taken", ambassador=make.ambassador(cleared=True))
    teacher = client_of(visit.request.contact.user)
    with django_assert_num_queries(10):
        page_of(visit, teacher)
