"""The page on which someone leaves a school, as they, the lead and a coordinator meet it."""

import pytest
from django.urls import reverse

from bookings.enums import VisitStatus
from bookings.models import Request
from schools.enums import ContactStatus
from schools.models import Contact
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]


@pytest.fixture
def lead():
    return make.contact(lead=True, user=make.user(name="Lee Leader"))


@pytest.fixture
def officer():
    return client_of(make.staff(Role.COORDINATOR), second_factor=True)


def status_of(contact) -> str:
    return Contact.objects.get(pk=contact.pk).status


def test_whoever_leaves_chooses_who_goes_on_and_no_longer_sees_the_school(lead):
    visit = make.visit(contact=lead, ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
    colleague = make.contact(school=lead.school, user=make.user(name="Carol Colleague"))
    client = client_of(lead.user)

    said = client.get(reverse("leave_school")).text
    assert "Meet someone who builds bridges" in said and "Carol Colleague" in said
    assert "Answer “Who goes on with it?”." in client.post(reverse("leave_school")).text
    client.post(reverse("leave_school"), {"successor": colleague.pk})

    assert (status_of(lead), Contact.objects.leading().get()) == (ContactStatus.ENDED, colleague)
    assert client.get(reverse("visit", args=[visit.pk])).status_code == 404
    history = client_of(colleague.user).get(reverse("request", args=[visit.request_id])).text
    assert "Handed to a colleague" in history and "Lee Leader to Carol Colleague" in history


def test_a_successor_from_elsewhere_cannot_be_slipped_in(lead):
    make.visit(contact=lead)
    make.contact(school=lead.school)

    client_of(lead.user).post(reverse("leave_school"), {"successor": make.contact().pk})

    assert (status_of(lead), Request.objects.get().contact) == (ContactStatus.APPROVED, lead)


def test_where_nobody_else_acts_one_is_told_what_to_do_and_a_coordinator_hears_of_it(lead, officer):
    make.visit(contact=lead)
    client = client_of(lead.user)
    assert "Nobody else acts for this school yet" in client.get(reverse("leave_school")).text
    assert "Leave this school" not in client.get(reverse("leave_school")).text
    client.post(reverse("leave_school"))
    assert status_of(lead) == ContactStatus.APPROVED

    assert "A coordinator knows" in client.post(reverse("ask_to_leave"), follow=True).text
    inbox = officer.get(reverse("coordinator_home")).text
    assert "People leaving a school where nobody else acts" in inbox and "Lee Leader" in inbox
    assert "Ring the school and ask who goes on." in officer.get(reverse("end_contact", args=[lead.pk])).text

    colleague = make.contact(school=lead.school)
    officer.post(reverse("end_contact", args=[lead.pk]), {"successor": colleague.pk})
    assert (status_of(lead), Request.objects.get().contact) == (ContactStatus.ENDED, colleague)
    assert "People leaving a school" not in officer.get(reverse("coordinator_home")).text


def test_whoever_thinks_better_of_it_stays(lead, officer):
    make.visit(contact=lead)
    client = client_of(lead.user)
    client.post(reverse("ask_to_leave"))

    assert "you go on as before" in client.post(reverse("stay_at_school"), follow=True).text
    assert "People leaving a school" not in officer.get(reverse("coordinator_home")).text


def test_someone_with_nothing_going_and_nobody_left_just_leaves(lead):
    said = client_of(lead.user).post(reverse("leave_school"), follow=True).text

    assert "Lee Leader no longer acts for Beckside Academy." in said
    assert status_of(lead) == ContactStatus.ENDED


def test_the_lead_ends_the_part_of_a_colleague_who_has_gone(lead):
    colleague = make.contact(school=lead.school)
    make.request(contact=colleague)

    client_of(lead.user).post(reverse("end_colleague", args=[colleague.pk]), {"successor": lead.pk})

    assert (status_of(colleague), Request.objects.get().contact) == (ContactStatus.ENDED, lead)


def test_a_coordinator_reads_nothing_of_a_draft_but_that_there_is_one(lead, officer):
    draft = make.request(contact=lead, purpose="Still being thought over")
    make.contact(school=lead.school)

    said = officer.get(reverse("end_contact", args=[lead.pk])).text

    assert "And 1 draft, which only the school reads." in said
    assert "Still being thought over" not in said and draft.reference not in said
