"""The pages on which both sides say that everything is as agreed, and on which a coordinator sees who has not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.enums import NOT_RECONFIRMED, Side, VisitStatus
from bookings.models import Reconfirmation, Visit
from stem.accounts.roles import Role
from stem.letters.links import mint_link
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

AT = datetime(2027, 2, 8, 10, 0, tzinfo=UTC)
YES = "Yes, everything is as agreed"
ASKS = "Is everything as agreed?"
READY = 'tag-good">Ready<'


@pytest.fixture(autouse=True)
def it_is_two_working_days_before(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def visit():
    person = make.ambassador(name="Tom Okafor", cleared=True)
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED)


@pytest.fixture
def seat(visit):
    return visit.seats.get()


@pytest.fixture
def tom(seat):
    return client_of(seat.ambassador.user)


@pytest.fixture
def teacher(visit):
    return client_of(visit.request.contact.user)


@pytest.fixture
def coordinator():
    return client_of(make.staff(Role.COORDINATOR), second_factor=True)


def page_of(visit, client) -> str:
    return client.get(reverse("visit", args=[visit.pk])).text


def press(client, name, pk) -> str:
    return client.post(reverse(name, args=[pk]), follow=True).text


def link_of(row) -> str:
    return reverse("reconfirm", args=[mint_link("reconfirm", row.pk, expires_at=AT + timedelta(days=1))])


def test_both_say_so_on_the_visit_s_page_and_it_is_ready_for_all_three(visit, tom, teacher, coordinator):
    for client in (teacher, tom):
        page = page_of(visit, client)
        assert ASKS in page and YES in page and READY not in page
        assert "We have noted that everything is as agreed" in press(client, "as_agreed", visit.pk)
        assert ASKS not in page_of(visit, client)
    assert all(READY in page_of(visit, client) for client in (teacher, tom, coordinator))


def test_something_has_changed_leads_to_where_it_is_said(visit, tom, teacher):
    to_tom, to_school = page_of(visit, tom), page_of(visit, teacher)
    for page in (to_tom, to_school):
        assert reverse("visit_messages", args=[visit.pk]) in page.partition("Something has changed?")[2]
    assert reverse("give_up_seat", args=[visit.pk]) in to_tom.partition("Something has changed?")[2]
    assert reverse("cancel_visit", args=[visit.pk]) in to_school.partition("Something has changed?")[2]


def test_it_is_not_asked_while_the_day_is_far(visit, tom, teacher, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)
    assert all(ASKS not in page_of(visit, client) for client in (tom, teacher))
    assert "That is still a while away" in press(tom, "as_agreed", visit.pk)


def test_a_coordinator_reads_who_is_silent_and_notes_what_they_say(visit, seat, coordinator):
    page = page_of(visit, coordinator)
    assert "Not everybody has said that all is as agreed" in page
    assert "Noted for Tess Teacher" in press(coordinator, "as_agreed_for_school", visit.pk)
    assert "Noted for Tom Okafor" in press(coordinator, "as_agreed_for_seat", seat.pk)
    assert READY in page_of(visit, coordinator)
    assert {row.on_behalf_of for row in Reconfirmation.objects.all()} == {"Tess Teacher", "Tom Okafor"}


def test_the_inbox_and_the_list_name_it(visit, coordinator):
    page = coordinator.get(reverse("coordinator_home")).text
    assert "Near visits not reconfirmed" in page and "Neither side has said that all is as agreed" in page
    listed = f"{reverse('visits')}?status={NOT_RECONFIRMED}"
    assert reverse("visit", args=[visit.pk]) in coordinator.get(listed).text


@pytest.mark.parametrize(
    ("side", "words"),
    [(Side.SCHOOL, "not everybody who comes has"), (Side.AMBASSADOR, "the school has not")],
)
def test_the_inbox_says_who_is_silent(seat, coordinator, side, words):
    make.reconfirmation(seat, side=side, said_at=AT)
    assert words in coordinator.get(reverse("coordinator_home")).text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_asks_as_much_for_three_as_for_one(rows, coordinator, django_assert_max_num_queries):
    for week in range(rows):
        time = tuple(each + timedelta(hours=2 * week) for each in make.FIRST_TIME)
        make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, time=time)
    coordinator.get(reverse("coordinator_home"))
    with django_assert_max_num_queries(12):
        page = coordinator.get(reverse("coordinator_home")).text
    assert page.count("Neither side has said") == rows


@pytest.mark.parametrize("side", [*Side])
def test_the_link_shows_and_only_its_button_says_so(seat, side):
    row = make.reconfirmation(seat, side=side)
    address, client = link_of(row), Client()
    for _ in range(2):
        assert YES in client.get(address).text
    row.refresh_from_db()
    assert row.said_at is None
    assert "Thank you: all is as agreed" in client.post(address).text
    row.refresh_from_db()
    assert row.said_at == AT
    assert client.get(address).status_code == 410


def test_somebody_else_s_link_is_refused(seat, teacher, tom):
    address = link_of(make.reconfirmation(seat))
    assert teacher.get(address).status_code == teacher.post(address).status_code == 403
    assert tom.get(address).status_code == 200
    assert not Reconfirmation.objects.said().exists()


def test_a_link_that_is_not_whole_or_speaks_of_another_visit_says_so(visit, seat):
    assert Client().get(reverse("reconfirm", args=["nothing"])).status_code == 404
    address = link_of(make.reconfirmation(seat))
    Visit.objects.filter(pk=visit.pk).update(sequence=5)
    for act in (Client().get, Client().post):
        assert "The visit is another by now" in act(address).text
    assert not Reconfirmation.objects.said().exists()


def test_strangers_say_nothing(visit, seat, tom, teacher):
    for client in (client_of(make.contact().user), client_of(make.ambassador(cleared=True).user)):
        assert client.post(reverse("as_agreed", args=[visit.pk])).status_code == 404
    for client in (tom, teacher):
        assert client.post(reverse("as_agreed_for_seat", args=[seat.pk])).status_code == 403
        assert client.get(reverse("as_agreed", args=[visit.pk])).status_code == 405
    assert not Reconfirmation.objects.said().exists()
