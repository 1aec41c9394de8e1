"""The page on which a school says which lessons a visit has."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.enums import RequestStatus, VisitStatus
from bookings.models import Visit
from bookings.operations.lessons import MOST_LESSONS
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

STARTS = make.FIRST_TIME[0]
TWO = {
    "start_1": "10am",
    "finish_1": "11am",
    "group_1": "8A",
    "adult_1": "Nell New",
    "start_3": "11.15am",
    "finish_3": "12.15",
    "group_3": "8B",
}


@pytest.fixture
def visit() -> Visit:
    return make.visit(
        request=make.request(status=RequestStatus.FULFILLED),
        ambassador=make.ambassador(cleared=True),
        status=VisitStatus.CONFIRMED,
        time=(STARTS, STARTS + timedelta(hours=3)),
    )


def address(visit: Visit) -> str:
    return reverse("set_lessons", args=[visit.pk])


def page(client, visit: Visit) -> str:
    return client.get(reverse("visit", args=[visit.pk])).text


@pytest.mark.parametrize("by_school", [True, False])
def test_lessons_are_said_on_a_page_and_stand_on_every_other(by_school, visit):
    teacher = client_of(visit.request.contact.user)
    coordinator = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    client = teacher if by_school else coordinator
    assert address(visit) in page(client, visit)

    assert client.post(address(visit), TWO)["Location"] == reverse("visit", args=[visit.pk])

    person = client_of(visit.seats.get().ambassador.user)
    pack = person.get(reverse("visit_pack", args=[visit.pk])).text
    for shown in (page(teacher, visit), page(coordinator, visit), page(person, visit), pack):
        assert "10am to 11am, 8A, Nell New" in shown
        assert "11:15am to 12:15pm, 8B" in shown
    assert visit.events.get().on_behalf_of == ("" if by_school else "Tess Teacher")


def test_what_stands_is_filled_in_and_rows_left_empty_count_for_nothing(visit):
    client = client_of(visit.request.contact.user)
    client.post(address(visit), TWO)

    form = client.get(address(visit)).context["form"]

    assert len(list(form.rows)) == MOST_LESSONS
    assert [row.group.value() for row in form.rows][:3] == ["8A", "8B", None]
    assert form["adult_1"].value() == "Nell New"


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"group_2": ""}, None, "Name at least one lesson"),
        ({"start_1": "10am", "group_1": "8A"}, "finish_1", "Enter when it ends."),
        ({"finish_1": "10am", "group_1": "8A"}, "start_1", "Enter when it starts."),
        ({"start_1": "10am", "finish_1": "11am"}, "group_1", "Enter which class or group it is."),
        ({"start_1": "noonish", "finish_1": "11am", "group_1": "8A"}, "start_1", "Enter a time with am or pm"),
        ({"start_1": "8am", "finish_1": "11am", "group_1": "8A"}, None, "does not lie within the visit"),
        ({"start_1": "11am", "finish_1": "10am", "group_1": "8A"}, None, "has to end later than that"),
        ({"start_1": "10am", "finish_1": "11am", "group_1": "8" * 81}, "group_1", "Use 80 characters or fewer"),
    ],
)
def test_what_cannot_be_is_said_beside_it_and_changes_nothing(said, field, words, visit):
    client = client_of(visit.request.contact.user)

    answer = client.post(address(visit), said)

    errors = answer.context["form"].errors
    assert words in str(errors[field or "__all__"])
    assert visit.running_order == []


def test_an_ambassador_says_nothing_of_them_and_a_stranger_finds_nothing(visit):
    person = client_of(visit.seats.get().ambassador.user)
    assert person.post(address(visit), TWO)["Location"] == reverse("visit", args=[visit.pk])
    assert client_of(make.contact().user).post(address(visit), TWO).status_code == 404
    assert visit.running_order == []


def test_before_the_school_s_yes_an_ambassador_reads_no_name_of_its_staff(visit):
    client_of(visit.request.contact.user).post(address(visit), TWO)
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.MATCHED)
    assert "Nell New" not in page(client_of(visit.seats.get().ambassador.user), visit)
