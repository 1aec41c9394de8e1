"""The page of open requests, and what an ambassador says of them."""

import pytest
from django.urls import reverse

from bookings.enums import OfferStatus, RequestStatus
from bookings.held import said_i_could
from bookings.models import Request, Willing
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]


@pytest.fixture
def person():
    return make.ambassador(name="Tom Okafor", cleared=True)


def page(person, **asked) -> str:
    response = client_of(person.user).get(reverse("open_requests"), asked)
    assert response.status_code == 200
    return response.content.decode()


def press(person, name: str, pk: int) -> str:
    return client_of(person.user).post(reverse(name, args=[pk]), follow=True).content.decode()


def test_the_home_page_leads_there(person):
    assert reverse("open_requests") in client_of(person.user).get(reverse("ambassador_home")).content.decode()


def test_it_tells_what_where_when_and_why_and_nobody_s_name_or_number(person):
    make.ambassador(name="Someone Else", cleared=True)
    contact = make.contact(school=make.school(name="Beckside Academy"))
    columns = {"pupils": 28, "access_needs": "One uses a hoist", "arrival": "Room B12"}
    make.offer(visit=make.visit(request=make.request(contact=contact, status=RequestStatus.OPEN, **columns)))
    said = page(person)
    for words in ("Meet someone who builds bridges", "Careers talk", "Beckside Academy, Leeds", "minute",
                  "Offers exactly this", "10 Feb", "I could do this"):  # fmt: skip
        assert words in said, words
    hidden = ("Someone Else", contact.user.full_name, "Sam Supervisor", "Dee Lead", "01632", "hoist", "B12",
              contact.school.street, contact.school.postcode)  # fmt: skip
    assert [words for words in hidden if words in said] == []


def test_it_is_said_shown_and_taken_back(person):
    request = make.visit().request
    assert "Thank you. We have told whoever looks" in press(person, "offer_oneself", request.pk)
    said = page(person)
    assert "You have said that you could do" in said and "I could do this" not in said
    assert "Taken back." in press(person, "no_longer_offer_oneself", request.pk)
    assert "I could do this" in page(person)


def test_pressed_four_times_it_is_said_once(person):
    request = make.visit().request
    for _each in range(4):
        assert "Thank you." in press(person, "offer_oneself", request.pk)
    assert Willing.objects.count() == 1


def test_a_page_that_is_out_of_date_answers_in_one_sentence(person):
    request = make.visit().request
    Request.objects.filter(pk=request.pk).update(status=RequestStatus.FULFILLED)
    assert "Nobody is being looked for there any more." in press(person, "offer_oneself", request.pk)
    for pk in (request.pk + 999, 10**30):
        assert "Nobody is being looked for there any more." in press(person, "offer_oneself", pk)
        assert "Taken back." in press(person, "no_longer_offer_oneself", pk)
    assert not Willing.objects.exists()


@pytest.mark.parametrize(("columns", "words"), [
    ({"cleared": True, "status": "paused"}, "You are having a break."),
    ({"status": "active"}, "Your own page says how you stand"),
])  # fmt: skip
def test_whoever_cannot_be_asked_now_reads_so_and_no_request(columns, words):
    make.visit()
    said = page(make.ambassador(**columns))
    assert words in said and "Meet someone who builds bridges" not in said


def test_on_the_way_in_there_is_nothing_to_show_yet():
    response = client_of(make.ambassador().user).get(reverse("open_requests"))
    assert response.status_code == 302 and response["Location"] == reverse("join_as_ambassador")


def test_where_nothing_suits_it_says_what_would_help(person):
    make.visit(request=make.request(status=RequestStatus.OPEN, subject="biology"))
    said = page(person)
    assert "No open request suits you just now" in said
    assert all(reverse(name) in said for name in ("edit_profile", "my_reach", "my_time"))


def test_they_come_in_pages_of_ten(person):
    for _each in range(11):
        make.visit()
    assert page(person).count("I could do this") == 10
    assert page(person, page=2).count("I could do this") == 1
    assert page(person, page="nonsense").count("I could do this") == 10


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_at_one_and_at_three(person, rows, django_assert_num_queries):
    for _each in range(rows):
        make.visit()
        make.willing(person)
    client = client_of(person.user)
    client.get(reverse("open_requests"))
    with django_assert_num_queries(10):
        client.get(reverse("open_requests"))


def test_the_coordinator_sees_it_on_their_card_and_invites_them(person):
    coordinator = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    visit = make.visit()
    address = reverse("coordinate_request", args=[visit.request_id])
    assert "Says they could do this" not in coordinator.get(address).content.decode()
    press(person, "offer_oneself", visit.request_id)
    said = coordinator.get(address).content.decode()
    assert "Says they could do this" in said and "An ambassador said that they could do it" in said
    coordinator.post(reverse("invite_ambassador", args=[visit.request_id]), {"ambassador": person.pk})
    assert visit.offers.get().status == OfferStatus.SENT
    # Asked, they answer on the offer's page.
    assert "Meet someone who builds bridges" not in page(person)


def test_the_school_reads_nothing_of_it(person):
    contact = make.contact()
    request = make.visit(contact=contact).request
    press(person, "offer_oneself", request.pk)
    said = client_of(contact.user).get(reverse("request", args=[request.pk])).content.decode()
    assert "could do it" not in said and "Tom Okafor" not in said


def test_what_we_hold_tells_of_it(person, now):
    make.willing(person)
    make.willing(make.ambassador(cleared=True))
    section = said_i_could(person.user, now)
    assert [row[1:] for row in section.listed.rows] == [["Beckside Academy", "Meet someone who builds bridges", "Yes"]]
