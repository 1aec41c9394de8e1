"""What a person's own calendar program said, on their pages, and the press that makes it so."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.enums import OfferStatus, Said, SeatStatus, VisitStatus
from bookings.models import CalendarReply
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

NO = "Your calendar says that you cannot come: is that so?"


@pytest.fixture
def person():
    return make.ambassador(cleared=True)


@pytest.fixture
def visit(person):
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED)


def page_of(visit, user):
    return client_of(user).get(reverse("visit", args=[visit.pk]))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said.DECLINED, NO),
        (Said.TENTATIVE, "Your calendar says that you may not come"),
        (Said.COUNTERED, "Your calendar proposes another time"),
    ],
)
def test_the_visit_s_page_and_the_person_s_own_ask_whether_it_is_so(visit, person, said, words):
    make.calendar_reply(person, visit=visit, said=said)

    assert words in page_of(visit, person.user).text
    assert words in client_of(person.user).get(reverse("ambassador_home")).text
    assert words not in page_of(visit, visit.request.contact.user).text


def test_a_proposed_time_is_a_note_for_the_person_alone(visit, person):
    starts_at, ends_at = make.OTHER_TIME
    make.calendar_reply(person, visit=visit, said=Said.COUNTERED, starts_at=starts_at, ends_at=ends_at)

    assert "It proposes Friday 12 February 2027, 9am to 10am" in page_of(visit, person.user).text
    assert "12 February" not in page_of(visit, visit.request.contact.user).text


def test_that_one_comes_as_was_agreed_needs_no_word(visit, person):
    make.calendar_reply(person, visit=visit, said=Said.ACCEPTED)

    assert "Your calendar" not in page_of(visit, person.user).text


def test_one_press_gives_the_place_back(visit, person):
    reply = make.calendar_reply(person, visit=visit)

    page = client_of(person.user).post(reverse("confirm_calendar_reply", args=[reply.pk]), follow=True)

    assert "Thank you. It is noted" in page.text
    assert visit.seats.get().status == SeatStatus.OPEN


def test_one_press_says_that_it_is_not_so(visit, person):
    reply = make.calendar_reply(person, visit=visit)

    page = client_of(person.user).post(reverse("dismiss_calendar_reply", args=[reply.pk]), follow=True)

    assert "What you said here counts" in page.text
    assert visit.seats.get().status == SeatStatus.TAKEN
    assert NO not in page_of(visit, person.user).text


@pytest.mark.parametrize("name", ["confirm_calendar_reply", "dismiss_calendar_reply"])
def test_nobody_else_presses_and_to_look_is_not_to_press(visit, person, name):
    address = reverse(name, args=[make.calendar_reply(person, visit=visit).pk])

    assert client_of(make.ambassador(cleared=True).user).post(address).status_code == 404
    assert client_of(person.user).get(address).status_code == 405
    assert CalendarReply.objects.get().settled_at is None
    assert visit.seats.get().status == SeatStatus.TAKEN


def test_the_page_of_an_offer_asks_as_well(person):
    fixed = make.visit(starts_at=make.FIRST_TIME[0], ends_at=make.FIRST_TIME[1])
    offer = make.offer(visit=fixed, ambassador=person)
    reply = make.calendar_reply(person, visit=fixed, said=Said.ACCEPTED)
    client = client_of(person.user)
    assert "Your calendar says that you can come" in client.get(reverse("offer", args=[offer.pk])).text

    client.post(reverse("confirm_calendar_reply", args=[reply.pk]))

    offer.refresh_from_db()
    assert offer.status == OfferStatus.ACCEPTED


@pytest.mark.parametrize("rows", [1, 3])
def test_the_home_page_costs_the_same_for_three_replies_as_for_one(django_assert_num_queries, person, rows):
    for number in range(rows):
        start = make.FIRST_TIME[0] + timedelta(days=number)
        visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=(start, start + timedelta(hours=1)))
        make.calendar_reply(person, visit=visit)
    client = client_of(person.user)
    client.get(reverse("ambassador_home"))

    with django_assert_num_queries(10):
        page = client.get(reverse("ambassador_home"))

    assert page.text.count(NO) == rows
