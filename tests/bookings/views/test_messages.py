"""The page on which the two sides of a visit write to each other."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ambassadors.models import Ambassador
from bookings.enums import Speaker, VisitStatus
from bookings.held import messages_written
from bookings.models import Message, SeatEvent, Visit
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]


@pytest.fixture
def visit():
    person = make.ambassador(name="Tom Okafor", cleared=True)
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED)


@pytest.fixture
def tom(visit):
    return visit.seats.get().ambassador.user


@pytest.fixture
def teacher(visit):
    return visit.request.contact.user


def address(visit) -> str:
    return reverse("visit_messages", args=[visit.pk])


def page_of(visit, user, **how) -> str:
    response = client_of(user, **how).get(address(visit))
    assert response.status_code == 200
    return response.text


def write(visit, user, text: str, **words):
    sent = {"text": text, "slip": str(uuid4()), **words}
    return client_of(user).post(address(visit), sent, follow=True)


def test_one_writes_and_the_other_side_reads_it(visit, tom, teacher):
    assert "Sent. They get it by e-mail" in write(visit, teacher, "Is there a projector?").text
    page = page_of(visit, tom)
    assert "Is there a projector?" in page and "Tess Teacher, for the school" in page
    assert "<strong>You</strong>" in page_of(visit, teacher)


def test_the_page_says_first_what_it_is_for(visit, tom):
    words = page_of(visit, tom).partition("</h1>")[2]
    for each in ("coordinators can read it", "Do not name pupils", "A worry about a child never goes here.", "999"):
        assert each in words.partition("<form")[0], each


def test_the_two_visit_pages_and_the_coordinator_s_lead_there(visit, tom, teacher):
    coordinator = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    for client in (client_of(tom), client_of(teacher), coordinator):
        assert address(visit) in client.get(reverse("visit", args=[visit.pk])).text


@pytest.mark.parametrize("status", [VisitStatus.FINDING, VisitStatus.CANCELLED_BY_SCHOOL])
def test_before_the_school_may_know_who_comes_neither_learns_the_other_s_name(visit, tom, teacher, status):
    make.message(visit, text="From the school")
    make.message(visit, by=tom, side=Speaker.AMBASSADOR, text="From the other side")
    Visit.objects.filter(pk=visit.pk).update(status=status)
    to_school, to_tom = page_of(visit, teacher), page_of(visit, tom)
    assert "Tom Okafor" not in to_school.partition("<main")[2] and "The ambassador" in to_school
    assert "Tess Teacher" not in to_tom.partition("<main")[2] and "The school" in to_tom
    coordinator = page_of(visit, make.staff(Role.COORDINATOR), second_factor=True)
    assert "Tom Okafor, ambassador" in coordinator and "Tess Teacher, for the school" in coordinator


def test_who_no_longer_comes_is_not_named_and_what_they_were_told_is_not_read(visit, tom, teacher):
    make.message(visit, text="Get well soon")
    make.message(visit, by=tom, side=Speaker.AMBASSADOR, text="I am ill")
    seat, new = visit.seats.get(), make.ambassador(name="Nia New", cleared=True)
    type(seat).objects.filter(pk=seat.pk).update(ambassador=new)
    SeatEvent.objects.create(seat=seat, kind="take", status="taken", by=new.user, at=make.NOW + timedelta(minutes=1))
    to_school, to_new = page_of(visit, teacher), page_of(visit, new.user)
    assert "Tom Okafor" not in to_school and "I am ill" in to_school
    assert "Get well soon" not in to_new and "I am ill" not in to_new
    assert client_of(tom).get(address(visit)).status_code == 404


def test_what_seems_to_name_a_child_is_asked_about_once(visit, teacher):
    page = write(visit, teacher, "Sam Patel in Year 8 likes bridges.").text
    assert "Does this name a child?" in page and 'name="sure"' in page
    assert not Message.objects.exists()
    assert "Sent." in write(visit, teacher, "Sam Patel in Year 8 teaches here.", sure="on").text


@pytest.mark.parametrize(("text", "words"), [("", "Enter"), ("a" * 2001, "2,000|2000")])
def test_what_cannot_be_sent_says_why_and_keeps_the_words(visit, teacher, text, words):
    page = write(visit, teacher, text).text
    assert any(each in page for each in words.split("|")) and "error-summary" in page
    assert not Message.objects.exists()


def test_over_it_is_read_and_not_written(visit, tom):
    make.message(visit)
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.DELIVERED)
    page = page_of(visit, tom)
    assert "Is there a projector?" in page and "<textarea" not in page
    assert "Nobody writes here now" in write(visit, tom, "Thanks!").text


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_three_messages_as_for_one(visit, tom, rows, django_assert_num_queries):
    for _ in range(rows):
        make.message(visit)
    client = client_of(tom)
    client.get(address(visit))
    with django_assert_num_queries(9):
        client.get(address(visit))


def test_many_are_paged(visit, tom):
    for number in range(31):
        make.message(visit, text=f"Number {number}.", written_at=make.NOW + timedelta(minutes=number))
    client = client_of(tom)
    assert "Number 0." not in client.get(address(visit)).text
    assert "Number 0." in client.get(address(visit) + "?page=2").text


def test_strangers_find_no_such_page(visit):
    manager = client_of(make.staff(Role.QUALITY_MANAGER), second_factor=True)
    strangers = [client_of(make.contact().user), client_of(make.ambassador(cleared=True).user), manager]
    for client in strangers:
        for act in (client.get, client.post):
            assert act(address(visit)).status_code == 404
    assert Client().get(address(visit)).status_code == 302
    assert client_of(make.staff(Role.COORDINATOR)).get(address(visit)).status_code == 302


def test_one_s_own_are_among_what_is_held(visit, tom, teacher, now):
    make.message(visit, by=tom, side=Speaker.AMBASSADOR, text="I bring a bridge.")
    assert "I bring a bridge." in str(messages_written(tom, now).listed)
    assert messages_written(teacher, now).is_empty


def test_words_are_shown_as_words(visit, tom, teacher):
    write(visit, teacher, "<script>alert(1)</script>")
    assert "<script>alert" not in page_of(visit, tom)
    assert Ambassador.objects.filter(user=tom).exists()
