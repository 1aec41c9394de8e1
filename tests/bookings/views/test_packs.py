"""The pack for the day of a visit, for either side, and the slip for reception."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.enums import Mode, VisitStatus
from bookings.models import Visit
from stem.accounts.roles import Role
from stem.scheme.identity import remember
from stem.scheme.models import Identity
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

# Two working days before the visit, of Wednesday 10 February 2027.
NEAR = datetime(2027, 2, 8, 10, 0, tzinfo=UTC)
FAR = datetime(2027, 2, 5, 10, 0, tzinfo=UTC)


@pytest.fixture
def visit():
    person = make.ambassador(name="Tom Okafor", cleared=True, phone="07700 900123")
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED, arrival="Ring at the side gate. Lab 3.")


@pytest.fixture
def it_is(monkeypatch):
    def set_clock(at: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: at)

    set_clock(NEAR)
    return set_clock


def person_of(visit):
    return visit.seats.get().ambassador


def tom(visit) -> Client:
    return client_of(person_of(visit).user)


def teacher(visit) -> Client:
    return client_of(visit.request.contact.user)


def coordinator() -> Client:
    return client_of(make.staff(Role.COORDINATOR), second_factor=True)


def page_of(name, visit, client, query="") -> str:
    response = client.get(reverse(name, args=[visit.pk]) + query)
    assert response.status_code == 200
    return response.text.partition("<main")[2]


def test_the_ambassador_s_says_all_that_is_needed(visit, it_is):
    remember(Identity(phone="01632 960777"), seconds=float("inf"))
    request = visit.request
    request.topic, request.access_needs = "Forces in bridges", "2 wheelchair users"
    request.save()
    page = page_of("visit_pack", visit, tom(visit))
    for words in (
        "Wednesday 10 February 2027, 10am to 11am",
        request.school.address,
        "“STEM Ambassador for Sam Supervisor, Year 8.”",
        "Ring at the side gate. Lab 3.",
        "An identity document with your photograph",
        "Dee Lead, the safeguarding lead, before you leave",
        "01632 960002",
        f"Ring Tess Teacher on {request.contact.phone} at once.",
        "The scheme answers on 01632 960777.",
        "28 pupils",
        "Forces in bridges",
        "Name three jobs in civil engineering",
        "2 wheelchair users",
        "English",
        "Your phone stays silent",
    ):
        assert words in page, words


def test_the_school_s_says_who_comes_and_what_reception_needs(visit, it_is):
    page = page_of("visit_pack", visit, teacher(visit))
    for words in ("For the day with Tom Okafor", "07700 900123", "Sam Supervisor", "For reception", "Please check"):
        assert words in page, words
    assert person_of(visit).email not in page and person_of(visit).postcode not in page


def test_the_slip_for_reception(visit, it_is):
    for client in (teacher(visit), coordinator()):
        page = page_of("visit_reception", visit, client)
        for words in ("Tom Okafor", "10am to 11am", "Sam Supervisor", "An identity document with their photograph"):
            assert words in page, words
        assert "07700 900123" not in page


@pytest.mark.parametrize(("at", "are_shown"), [(FAR, False), (NEAR, True), (NEAR + timedelta(days=3), False)])
def test_the_other_side_s_numbers_stand_there_within_two_working_days(visit, it_is, at, are_shown):
    it_is(at)
    to_tom, to_school = page_of("visit_pack", visit, tom(visit)), page_of("visit_pack", visit, teacher(visit))
    shown = (visit.request.contact.phone in to_tom, "01632 960002" in to_tom, "07700 900123" in to_school)
    assert shown == (are_shown,) * 3
    assert ("from Monday 8 February 2027" in to_tom) is not are_shown


def test_online_there_is_no_gate_and_no_slip(visit, it_is):
    type(visit.request).objects.filter(pk=visit.request_id).update(mode=Mode.ONLINE)
    page = page_of("visit_pack", visit, tom(visit))
    assert "Live online" in page and "At reception" not in page and "Bring" not in page
    assert "No private chat with pupils" in page_of("visit_pack", visit, teacher(visit))
    assert teacher(visit).get(reverse("visit_reception", args=[visit.pk])).status_code == 302


@pytest.mark.parametrize("status", [VisitStatus.MATCHED, VisitStatus.FINDING, VisitStatus.CANCELLED_BY_SCHOOL])
def test_what_is_not_agreed_has_none(visit, it_is, status):
    Visit.objects.filter(pk=visit.pk).update(status=status)
    for name in ("visit_pack", "visit_reception"):
        assert teacher(visit).get(reverse(name, args=[visit.pk])).status_code == 302
    assert reverse("visit_pack", args=[visit.pk]) not in page_of("visit", visit, tom(visit))


def test_the_visit_s_pages_lead_there(visit, it_is):
    for client in (tom(visit), teacher(visit), coordinator()):
        assert reverse("visit_pack", args=[visit.pk]) in page_of("visit", visit, client)


def test_a_coordinator_looks_at_either(visit, it_is):
    client = coordinator()
    assert "For the day at" in page_of("visit_pack", visit, client)
    assert "For the day with" in page_of("visit_pack", visit, client, "?for=school")


def test_nobody_chooses_the_other_side_s(visit, it_is):
    assert "For the day at" in page_of("visit_pack", visit, tom(visit), "?for=school")
    assert "For the day with" in page_of("visit_pack", visit, teacher(visit), "?for=ambassador")


def test_only_its_own_people_and_coordinators_open_it(visit, it_is):
    strangers = [make.contact().user, make.ambassador(cleared=True).user]
    manager = client_of(make.staff(Role.QUALITY_MANAGER), second_factor=True)
    for client in (*map(client_of, strangers), manager):
        for name in ("visit_pack", "visit_reception"):
            assert client.get(reverse(name, args=[visit.pk])).status_code == 404
    assert tom(visit).get(reverse("visit_reception", args=[visit.pk])).status_code == 404
    assert Client().get(reverse("visit_pack", args=[visit.pk])).status_code == 302
    assert client_of(make.staff(Role.COORDINATOR)).get(reverse("visit_pack", args=[visit.pk])).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_three_people_as_for_one(it_is, rows, django_assert_num_queries):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, seats=rows)
    for seat in visit.seats.filter(ambassador=None):
        type(seat).objects.filter(pk=seat.pk).update(ambassador=make.ambassador(cleared=True), status="taken")
    client = teacher(visit)
    client.get(reverse("visit_pack", args=[visit.pk]))
    with django_assert_num_queries(8):
        client.get(reverse("visit_pack", args=[visit.pk]))
