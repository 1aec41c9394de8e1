"""A region's requests, visits, schools and the people who act for them, as lists."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.enums import RequestStatus, VisitStatus
from schools.enums import ContactStatus, Register, SchoolStatus
from schools.models import School
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.nations import Nation
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

LATER = (datetime(2027, 3, 10, 10, 0, tzinfo=UTC), datetime(2027, 3, 10, 11, 0, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def client():
    return client_of(make.staff(Role.COORDINATOR, name="Cora Coordinator"), second_factor=True)


@pytest.fixture
def elsewhere():
    region = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=region, area="CT")
    return client_of(make.staff(Role.COORDINATOR, regions=(region,)), second_factor=True)


def page(client, name: str, *args, **query) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def press(client, name: str, pk: int, **data) -> str:
    return client.post(reverse(name, args=[pk]), data, follow=True).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("requests", 6), ("visits", 7), ("schools", 6), ("contacts", 6)], ids=str
)
def test_a_list_costs_the_same_however_long(rows, name, queries, client, django_assert_num_queries):
    for number in range(rows):
        make.visit(ambassador=make.ambassador(name=f"Person {number}", cleared=True), status=VisitStatus.MATCHED)
        make.contact(approved=False)
    page(client, name)  # a new sign-in is written down once
    with django_assert_num_queries(queries):
        page(client, name)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_school_costs_the_same_however_much_happens_there(rows, client, django_assert_num_queries):
    school = make.school()
    for number in range(rows):
        person = make.ambassador(name=f"Person {number}", cleared=True)
        make.visit(contact=make.contact(school=school), ambassador=person, status=VisitStatus.MATCHED)
    page(client, "school", school.pk)
    # session, person, roles, regions; the school, its predecessors, loads, contacts, domains, requests, visits, seats
    with django_assert_num_queries(12):
        assert page(client, "school", school.pk).count("Meet someone who builds bridges") == 2 * rows


@pytest.mark.parametrize("name", ["requests", "visits", "schools", "ambassadors", "contacts"])
@pytest.mark.parametrize(
    "query",
    [
        {"page": "999999999999"},
        {"page": "-1"},
        {"page": "x"},
        {"status": "nonsense"},
        {"q": "\x00"},
        {"q": "' OR 1=1 --"},
        {"q": "x" * 5000},
        {"from_day_0": "99", "from_day_1": "99", "from_day_2": "9999"},
        {"to_day_0": "1", "to_day_1": "1", "to_day_2": "0001"},
        {"to_day_0": "31", "to_day_1": "12", "to_day_2": "9999"},
    ],
    ids=str,
)
def test_nonsense_in_the_address_breaks_nothing(name, query, client):
    make.visit()
    assert client.get(reverse(name), query).status_code == 200


def test_requests_are_filtered_by_status_and_words_and_drafts_are_not_shown(client):
    make.request(purpose="Still being written")
    make.request(purpose="See a bridge", status=RequestStatus.OPEN)
    make.request(purpose="See a tunnel", status=RequestStatus.WITHDRAWN)
    said = page(client, "requests")
    assert "Still being written" not in said and "See a bridge" in said and "See a tunnel" in said
    assert "See a tunnel" not in page(client, "requests", status="open")
    assert "See a bridge" not in page(client, "requests", q="tunnel")
    assert "No requests here" in page(client, "requests", status="unfilled")


def test_visits_are_filtered_by_day_status_and_words(client):
    ada = make.ambassador(name="Ada Engineer", cleared=True)
    make.visit(ambassador=ada, status=VisitStatus.CONFIRMED)
    bea = make.ambassador(name="Bea Builder", cleared=True)
    make.visit(ambassador=bea, status=VisitStatus.MATCHED, time=LATER)
    march = {"from_day_0": "10", "from_day_1": "3", "from_day_2": "2027"}
    assert "Ada Engineer" not in page(client, "visits", **march)
    assert "Bea Builder" in page(client, "visits", **march)
    february = {"to_day_0": "10", "to_day_1": "2", "to_day_2": "2027"}
    assert "Ada Engineer" in page(client, "visits", **february)
    assert "Bea Builder" not in page(client, "visits", status="confirmed")
    assert "Ada Engineer" not in page(client, "visits", q="bea")


def test_another_region_s_rows_are_not_there(elsewhere):
    visit = make.visit()
    make.contact(approved=False)
    school = visit.request.school
    assert "Meet someone" not in page(elsewhere, "requests")
    assert "Meet someone" not in page(elsewhere, "visits")
    assert "Beckside" not in page(elsewhere, "schools")
    assert "Nobody waits" in page(elsewhere, "contacts")
    assert elsewhere.get(reverse("school", args=[school.pk])).status_code == 404


def test_a_contact_is_approved_once(client):
    contact = make.contact(approved=False)
    assert "Tess Teacher" in page(client, "contacts")
    assert "Tess Teacher may act for Beckside Academy now" in press(client, "approve_contact", contact.pk)
    assert "This has changed since you opened the page." in press(client, "approve_contact", contact.pk)
    assert "Nobody waits" in page(client, "contacts")


def test_declining_a_contact_asks_first(client):
    contact = make.contact(approved=False)
    assert "Decline Tess Teacher?" in page(client, "decline_contact", contact.pk)
    contact.refresh_from_db()
    assert contact.status == ContactStatus.AWAITING
    assert "will be told how to ask again" in press(client, "decline_contact", contact.pk)
    contact.refresh_from_db()
    assert contact.status == ContactStatus.DECLINED


def test_a_coordinator_of_another_region_decides_about_nobody(elsewhere):
    contact = make.contact(approved=False)
    assert elsewhere.post(reverse("approve_contact", args=[contact.pk])).status_code == 404
    assert elsewhere.post(reverse("decline_contact", args=[contact.pk])).status_code == 404


SCHOOL = {"name": "Dale College", "phase": "16_plus", "town": "York", "postcode": "yo1 7hh"}


def test_a_school_is_added_where_its_postcode_is(client):
    client.post(reverse("add_school"), SCHOOL)
    school = School.objects.get()
    assert (school.name, school.postcode, school.area, school.register) == (
        "Dale College",
        "YO1 7HH",
        "YO",
        Register.HAND,
    )


@pytest.mark.parametrize("postcode", ["", "nonsense", "ZZ99 9ZZ", "\x00", "LS2"])
def test_a_school_without_a_real_postcode_is_refused(postcode, client):
    response = client.post(reverse("add_school"), {**SCHOOL, "postcode": postcode})
    assert response.status_code == 200 and "There is a problem" in response.content.decode()
    assert not School.objects.exists()


def test_a_school_that_is_known_by_its_number_is_refused(client):
    make.school(register=Register.HAND, register_number="7")
    said = client.post(reverse("add_school"), {**SCHOOL, "register_number": "7"}).content.decode()
    assert "A school with this number is in the register already." in said


@pytest.mark.parametrize("name", ["school", "coordinate_request", "ambassador", "answer_for", "settle_visit"])
@pytest.mark.parametrize("pk", [0, 2**63, 10**30], ids=str)
def test_a_number_that_no_row_can_have_is_not_found(name, pk, client):
    assert client.get(reverse(name, args=[pk])).status_code == 404


def test_schools_that_are_closed_or_abroad_come_after_all_the_others(client):
    for name, columns in {
        "Abbey School": {"status": SchoolStatus.CLOSED},
        "British School of Somewhere": {"nation": ""},
        "Zion Academy": {},
        "Moor Academy": {},
    }.items():
        make.school(name=name, **columns)

    shown = re.findall(r'<th scope="row"><a [^>]+>([^<]+)', page(client, "schools"))

    assert shown == ["Moor Academy", "Zion Academy", "Abbey School", "British School of Somewhere"]


def test_visits_to_come_stand_before_those_that_are_over(client):
    for purpose, days in (("Long over", -400), ("Just over", -1), ("Soon", 1), ("Later", 30)):
        start = make.NOW + timedelta(days=days)
        request = make.request(purpose=purpose, status=RequestStatus.FULFILLED, times=())
        status = VisitStatus.DELIVERED if days < 0 else VisitStatus.CONFIRMED
        make.visit(
            request=request,
            status=status,
            time=(start, start + timedelta(hours=1)),
            ambassador=make.ambassador(cleared=True),
        )
    make.visit(request=make.request(purpose="No time yet", status=RequestStatus.OPEN))
    words = page(client, "visits")
    order = ["No time yet", "Soon", "Later", "Just over", "Long over"]
    assert sorted(order, key=words.index) == order
