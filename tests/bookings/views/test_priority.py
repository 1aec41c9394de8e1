"""The queue in its order, and why, as coordinators and schools read it (rules 6.2, E-10, E-13)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from bookings.enums import RequestStatus
from bookings.queries.inbox import inbox
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.nations import Nation
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

IN_TIME = (make.NOW + timedelta(days=20), make.NOW + timedelta(days=20, hours=1))
FIRST, MIDDLE, LAST = {"percentiles": (0.9,)}, {"percentiles": ()}, {"percentiles": (0.1,), "visits": 9}


@pytest.fixture
def coordinator():
    return make.staff(Role.COORDINATOR, name="Cora Coordinator", email="cora@scheme.example")


@pytest.fixture
def client(coordinator):
    return client_of(coordinator, second_factor=True)


def page(client, name: str, *args, **query) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def wanted(purpose: str, *, earlier: int = 0, status: RequestStatus = RequestStatus.OPEN, **figures):
    """A request for which nobody has been asked, sent in so many hours before noon."""
    sent = make.NOW - timedelta(hours=earlier)
    request = make.request(purpose=purpose, status=status, submitted_at=sent, times=(IN_TIME,))
    if status == RequestStatus.OPEN:
        make.visit(request=request)
    if figures:
        make.priority(request, **figures)
    return request


def titles(coordinator, code: str) -> list[str]:
    [pile] = [pile for pile in inbox(coordinator, at=make.NOW).piles if pile.code == code]
    return [item.title for item in pile.items]


@pytest.mark.parametrize(
    ("status", "code"), [(RequestStatus.OPEN, "requests_to_ask"), (RequestStatus.SUBMITTED, "requests_to_read")]
)
def test_the_queue_is_in_the_order_of_priority_and_then_of_waiting(coordinator, status, code):
    wanted("Not reckoned yet", earlier=90, status=status)
    wanted("Last", earlier=80, status=status, **LAST)
    wanted("First, later", status=status, **FIRST)
    wanted("First, earlier", earlier=1, status=status, **FIRST)
    wanted("Middle", earlier=70, status=status, **MIDDLE)
    assert titles(coordinator, code) == ["First, earlier", "First, later", "Middle", "Last", "Not reckoned yet"]


def test_only_the_first_are_listed_and_all_are_counted(coordinator, client):
    for number in range(7):
        wanted(f"Number {number}", earlier=number, percentiles=(number / 10,))
    assert titles(coordinator, "requests_to_ask") == [f"Number {number}" for number in (6, 5, 4, 3, 2)]
    listed = page(client, "requests", status="open")
    places = [listed.index(f"Number {number}") for number in (6, 5, 4, 3, 2, 1, 0)]
    assert places == sorted(places)


def test_each_request_in_the_queue_shows_its_parts(client):
    wanted("See a bridge", **FIRST)
    said = " ".join(strip_tags(page(client, "coordinator_home")).split())
    assert "High priority · 81" in said
    assert "Disadvantage 90 Few visits 100 Far away 70 Stage 100 Waiting 25" in said


def test_what_is_not_known_is_said_and_not_drawn_as_nothing(client):
    wanted("See a bridge", percentiles=(), minutes=None)
    said = " ".join(strip_tags(page(client, "coordinator_home")).split())
    assert "Disadvantage unknown Few visits 100 Far away unknown" in said


def test_a_request_that_has_just_come_says_that_its_priority_is_to_come(client):
    wanted("See a bridge")
    assert "Priority to come" in page(client, "coordinator_home")
    assert "To come" in page(client, "requests", status="open")


@pytest.mark.parametrize("name", ["coordinator_home", "requests"])
def test_the_queue_costs_the_same_for_one_and_for_three(name, client, django_assert_num_queries):
    counts = []
    for rows in (1, 2):
        for number in range(rows):
            wanted(f"Row {rows} {number}", **FIRST)
            wanted(f"To read {rows} {number}", status=RequestStatus.SUBMITTED, **LAST)
        page(client, name, status="open")
        with django_assert_num_queries(12 if name == "coordinator_home" else 6, exact=False) as asked:
            page(client, name, status="open")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_coordinator_reads_why(client):
    request = wanted("See a bridge", **FIRST)
    said = " ".join(strip_tags(page(client, "coordinate_request", request.pk)).split())
    assert "Why this priority: 81 of 100" in said
    assert "Reckoned on Tuesday 12 January 2027" in said
    assert "Disadvantage 90, weighs 30 By free school meals at 90 of 100" in said


def test_a_request_without_a_priority_is_shown_without(client):
    assert "Why this priority" not in page(client, "coordinate_request", wanted("See a bridge").pk)


def card(request) -> str:
    """What the school's page says of where its request stands."""
    said = page(client_of(request.contact.user), "request", request.pk)
    found = re.search(r"Where your request stands</h2>(.*?)</section>", said, re.DOTALL)
    return " ".join(strip_tags(found[1]).split()) if found else ""


def test_a_school_reads_where_it_stands_and_why_without_a_number():
    said = card(wanted("See a bridge", **FIRST))
    assert said.startswith("High priority Many of your pupils are entitled to free school meals")
    assert not re.search(r"\d", said)
    assert card(wanted("See a tunnel", **LAST)).startswith("Standard priority")
    assert card(wanted("See a tower", **MIDDLE)).startswith("High priority Nobody has visited you")


@pytest.mark.parametrize("status", [RequestStatus.FULFILLED, RequestStatus.UNFILLED, RequestStatus.WITHDRAWN], ids=str)
def test_a_school_reads_nothing_of_it_once_nothing_waits(status):
    request = make.request(status=status)
    make.priority(request)
    assert card(request) == ""


def test_a_school_reads_nothing_of_it_before_it_is_reckoned():
    assert card(wanted("See a bridge")) == ""


def turn(client, request, **data):
    """What the page about whose turn it is says, or what comes after sending its form."""
    address = reverse("share_of_request", args=[request.pk])
    answer = client.post(address, data, follow=True) if data else client.get(address)
    return " ".join(strip_tags(answer.content.decode()).split())


def test_the_queue_says_how_the_week_is_shared(client):
    wanted("See a bridge", **FIRST)
    assert "Nobody has been asked this week yet. While they wait, 40 of 100 offers" in page(client, "coordinator_home")
    for figures in (FIRST, LAST, LAST):
        make.offer(visit=wanted("Asked for", **figures).visits.get())
    said = page(client, "coordinator_home")
    assert "This week 1 of 3 offers went to schools of the two most disadvantaged fifths; at least 2 should." in said


def test_whose_turn_it_is_can_be_read_and_set_aside(client):
    request = wanted("See a bridge", **LAST)
    person = make.ambassador(name="Nia Near", cleared=True)
    assert "Nothing stands in the way" in turn(client, request)
    wanted("Somebody else’s", **FIRST)
    asked = client.post(reverse("invite_ambassador", args=[request.pk]), {"ambassador": person.pk}, follow=True)
    assert "say why under “Whose turn it is” on this page." in asked.content.decode()
    assert "It is another school’s turn" in turn(client, request)
    assert "Say why someone should be asked" in turn(client, request, because=" ")
    assert "Noted in the history" in turn(client, request, because="They are new to us.")
    assert "Nothing stands in the way" in turn(client, request)
    asked = client.post(reverse("invite_ambassador", args=[request.pk]), {"ambassador": person.pk}, follow=True)
    assert "Nia Near has been asked" in asked.content.decode()


def test_the_school_does_not_read_that_others_were_passed_over(client):
    request = wanted("See a bridge", **LAST)
    wanted("Somebody else’s", **FIRST)
    turn(client, request, because="They are new to us.")
    said = page(client_of(request.contact.user), "request", request.pk)
    assert "They are new to us" not in said and "pass_" not in said and "although" not in said
    assert "They are new to us" in page(client, "coordinate_request", request.pk)


def test_whose_turn_it_is_where_nobody_is_sought(client):
    request = make.request(status=RequestStatus.WITHDRAWN)
    assert "Nobody is being looked for here any more." in turn(client, request)


def test_a_coordinator_elsewhere_does_not_find_the_page():
    request = wanted("See a bridge", **LAST)
    region = make_region()
    elsewhere = client_of(make.staff(Role.COORDINATOR, regions=(region,)), second_factor=True)
    assert elsewhere.get(reverse("share_of_request", args=[request.pk])).status_code == 404


def make_region() -> Region:
    """Kent."""
    region = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=region, area="CT")
    return region
