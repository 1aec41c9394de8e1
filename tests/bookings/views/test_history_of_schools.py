"""A school that got a new number keeps the requests and visits of its old one."""

import pytest
from django.urls import reverse

from bookings.enums import VisitStatus
from schools.enums import SchoolStatus, SuccessionStatus
from stem.accounts.roles import Role
from stem.loads.enums import LoadStatus
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return make.school(name="Beckside School", status=SchoolStatus.CLOSED)


@pytest.fixture
def came(old):
    """A visit that the old school had."""
    wanted = make.request(contact=make.contact(school=old), purpose="Meet a welder", status="fulfilled")
    return make.visit(request=wanted, ambassador=make.ambassador(cleared=True), status=VisitStatus.DELIVERED)


@pytest.mark.parametrize(
    ("status", "is_seen"), [(SuccessionStatus.CONFIRMED, True), (SuccessionStatus.PROPOSED, False)]
)
def test_whoever_acts_for_the_new_one_sees_what_the_old_one_had(old, came, status, is_seen):
    contact = make.contact()
    make.succession(old=old, new=contact.school, status=status)
    client = client_of(contact.user)
    assert ("Meet a welder" in client.get(reverse("school_home")).text) is is_seen
    assert client.get(reverse("visit", args=[came.pk])).status_code == (200 if is_seen else 404)
    assert client.get(reverse("request", args=[came.request_id])).status_code == (200 if is_seen else 404)


def test_they_can_ask_again_for_what_the_old_one_had(old, came):
    contact = make.contact()
    make.succession(old=old, new=contact.school, status=SuccessionStatus.CONFIRMED)
    answer = client_of(contact.user).post(reverse("ask_again", args=[came.request_id]), follow=True)
    assert answer.status_code == 200
    assert contact.school_id in {request.school_id for request in type(came.request).objects.filter(contact=contact)}


def test_a_coordinator_reads_both_on_one_page(old, came):
    school = make.school(name="Beckside Academy", phase_said="Not applicable")
    make.succession(old=old, new=school, status=SuccessionStatus.CONFIRMED)
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    said = client.get(reverse("school", args=[school.pk])).text
    assert "Meet a welder" in said and f"Beckside School ({old.register_number})" in said
    assert "What the register says, and what we keep" in said and "Not applicable" in said
    assert "{%" not in said


def test_a_coordinator_reads_what_each_load_brought():
    school = make.school(name="Beckside Academy", roll=280)
    make.version(school, load=make.load(status=LoadStatus.REPLACED, file_name="jan.csv"), is_new=True, roll=270)
    make.version(school, load=make.load(file_name="feb.csv"))
    said = client_of(make.staff(Role.COORDINATOR), second_factor=True).get(reverse("school", args=[school.pk])).text
    for words in ("New in the register", "Changed in the register", "Pupils on roll: 270 → 280", "by feb.csv"):
        assert words in said
