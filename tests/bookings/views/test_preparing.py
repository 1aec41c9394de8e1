"""The pages on which a visit is prepared: the list of what is still to do, the outline, and the school's yes."""

import pytest
from django.urls import reverse

from bookings.enums import Mode, VisitStatus
from bookings.models import Preparation, Request, Visit
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]
OURS = "First a question, then <b>we build</b>."
LINK = "https://meet.school.example/stem"


@pytest.fixture
def visit():
    person = make.ambassador(name="Tom Okafor", cleared=True)
    return make.visit(ambassador=person, status=VisitStatus.MATCHED)


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


def page_of(name, visit, client) -> str:
    response = client.get(reverse(name, args=[visit.pk]))
    assert response.status_code == 200
    return response.text.partition("<main")[2]


def test_all_three_read_what_is_still_to_do_and_by_when(visit, tom, teacher, coordinator):
    for client in (tom, teacher, coordinator):
        page = page_of("visit", visit, client)
        assert "All of it by Wednesday 3 February 2027" in page and "Agree to the outline" in page
    to_school = page_of("visit", visit, teacher).partition("What is prepared")[2]
    assert reverse("confirm_visit", args=[visit.pk]) in to_school
    assert reverse("write_outline", args=[visit.pk]) in page_of("visit", visit, tom)


def test_after_the_yes_everything_is_done(visit, teacher):
    answers = {**vars(make.arrangements()), "outline_agreed": "on", "joining_link": "", "outline_version": ""}
    said = teacher.post(reverse("confirm_visit", args=[visit.pk]), answers, follow=True).text
    assert "Confirmed." in said and ">To do<" not in said


def test_a_visit_that_was_agreed_before_is_not_asked_for_what_nobody_can_give(visit, teacher):
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.CONFIRMED)
    page = page_of("visit", visit, teacher).partition("What is prepared")[2]
    assert "Access needs of the group" not in page and page.count(">To do<") == 1
    assert reverse("agree_to_outline", args=[visit.pk]) in page


def test_the_outline_is_written_shown_as_words_and_agreed_to(visit, tom, teacher):
    assert "Name three jobs" in page_of("write_outline", visit, tom)
    said = tom.post(reverse("write_outline", args=[visit.pk]), {"text": OURS}, follow=True).text
    assert "The school is asked whether it agrees." in said
    form = page_of("confirm_visit", visit, teacher)
    assert "&lt;b&gt;we build&lt;/b&gt;" in form and "<b>we build" not in form
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.CONFIRMED)
    page = page_of("agree_to_outline", visit, teacher)
    assert "&lt;b&gt;we build&lt;/b&gt;" in page and "<b>we build" not in page
    old = teacher.post(reverse("agree_to_outline", args=[visit.pk]), {"version": "another"})
    assert "The outline has been changed meanwhile." in old.text
    version = Preparation.objects.get().outline_version
    said = teacher.post(reverse("agree_to_outline", args=[visit.pk]), {"version": version}, follow=True).text
    assert "We have noted that you agree." in said


def test_a_coordinator_notes_an_outline_by_telephone(visit, seat, coordinator):
    address = reverse("write_outline_for", args=[seat.pk])
    assert address in page_of("visit", visit, coordinator)
    coordinator.post(address, {"text": OURS})
    assert Preparation.objects.get().outline == OURS


@pytest.mark.parametrize(
    ("columns", "asks"),
    [
        ({"mode": Mode.ONLINE}, {"joining_link", "staff_host_confirmed"}),
        ({"activity": "mentoring"}, {"open_space_confirmed"}),
        ({}, set()),
    ],
)
def test_the_school_is_asked_what_its_visit_needs(visit, teacher, columns, asks):
    Request.objects.filter(pk=visit.request_id).update(**columns)
    form = teacher.get(reverse("confirm_visit", args=[visit.pk])).context["form"]
    sometimes = {"joining_link", "staff_host_confirmed", "open_space_confirmed"}
    assert sometimes & set(form.fields) == asks
    assert form.fields["arrival"].required is ("mode" not in columns)


def test_the_joining_link_is_for_the_two_sides_and_their_coordinators(visit, seat, tom, teacher, coordinator):
    Request.objects.filter(pk=visit.request_id).update(mode=Mode.ONLINE)
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.CONFIRMED)
    make.preparation(visit, joining_link=LINK)
    for client in (tom, teacher, coordinator):
        assert LINK in page_of("visit", visit, client) and LINK in page_of("visit_pack", visit, client)


@pytest.mark.parametrize("name", ["write_outline", "agree_to_outline"])
def test_over_there_is_nothing_to_prepare(visit, tom, teacher, name):
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.DELIVERED)
    client = tom if name == "write_outline" else teacher
    assert client.get(reverse(name, args=[visit.pk])).status_code == 302
    assert "What is prepared" not in page_of("visit", visit, client)


def test_strangers_prepare_nothing(visit, seat, tom, teacher):
    stranger, other = client_of(make.ambassador(cleared=True).user), client_of(make.contact().user)
    assert stranger.post(reverse("write_outline", args=[visit.pk]), {"text": OURS}).status_code == 404
    assert other.post(reverse("agree_to_outline", args=[visit.pk]), {"version": ""}).status_code == 404
    assert tom.post(reverse("write_outline_for", args=[seat.pk]), {"text": OURS}).status_code == 403
    assert not Preparation.objects.exists()
