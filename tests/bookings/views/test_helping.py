"""What would help where few can be asked: told to the coordinator whose request it is."""

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.enums import OfferStatus, VisitStatus
from stem.accounts.roles import Role
from stem.geography.models import Region
from stem.nations import Nation
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def client():
    return client_of(make.staff(Role.COORDINATOR), second_factor=True)


def page(client, name: str, request: int) -> str:
    response = client.get(reverse(name, args=[request]))
    assert response.status_code == 200
    return response.content.decode()


def test_where_nobody_can_be_asked_the_way_to_it_stands(client):
    visit = make.visit()
    make.ambassador(cleared=True, postcode="TR1 1AA")

    assert reverse("what_would_help", args=[visit.request_id]) in page(client, "coordinate_request", visit.request_id)


def test_each_change_is_told_with_how_many_more_could_be_asked(client):
    visit = make.visit()
    make.ambassador(cleared=True, postcode="TR1 1AA")

    said = page(client, "what_would_help", visit.request_id)

    assert "Online instead of at the school" in said
    assert "1 more" in said


def test_whoever_has_been_asked_already_is_not_counted(client):
    visit = make.visit()
    make.offer(visit=visit, ambassador=make.ambassador(cleared=True, postcode="TR1 1AA"), status=OfferStatus.DECLINED)

    assert "No one change would help" in page(client, "what_would_help", visit.request_id)


def test_another_day_is_one_on_which_the_school_has_visitors(client):
    visit = make.visit()
    person = make.ambassador(cleared=True)
    make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=make.SECOND_TIME)

    said = page(client, "what_would_help", visit.request_id)

    assert "Also " in said
    assert not any(day in said for day in ("Also Saturday", "Also Sunday"))


def test_where_nobody_is_looked_for_nothing_is_reckoned(client):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)

    assert "Nobody is looked for here" in page(client, "what_would_help", visit.request_id)


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_however_many_could_come(rows, client, django_assert_num_queries):
    visit = make.visit()
    for number in range(rows):
        make.ambassador(name=f"Far {number}", cleared=True, postcode="TR1 1AA")
    page(client, "what_would_help", visit.request_id)  # a new sign-in is written down once
    # session, person, roles, regions; the visit and its times; who was asked; the school's dates; reach, twice; time
    with django_assert_num_queries(11):
        page(client, "what_would_help", visit.request_id)


def test_a_request_of_another_region_is_not_found(client):
    visit = make.visit()
    kent = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    elsewhere = client_of(make.staff(Role.COORDINATOR, name="Kent", regions=(kent,)), second_factor=True)
    address = reverse("what_would_help", args=[visit.request_id])

    assert (elsewhere.get(address).status_code, client.get(address).status_code) == (404, 200)


class TestTheSchool:
    """Whoever checks their request before it is sent in reads how it stands, in numbers that name nobody."""

    def checked(self, draft) -> str:
        answer = client_of(draft.contact.user).get(reverse("check_request", args=[draft.pk]))
        assert answer.status_code == 200
        return answer.content.decode()

    def test_reads_what_would_help_where_nobody_could_come(self):
        for number in range(3):
            make.ambassador(name=f"Far {number}", cleared=True, postcode="TR1 1AA")

        said = self.checked(make.request())

        assert "Nobody yet, as it stands." in said
        assert "Online instead of at the school: a few more" in said
        assert "3 more" not in said

    def test_reads_larger_numbers_by_fives(self):
        for number in range(7):
            make.ambassador(name=f"Far {number}", cleared=True, postcode="TR1 1AA")

        assert "Online instead of at the school: at least 5 more" in self.checked(make.request())

    def test_reads_only_how_many_where_there_are_enough(self):
        for number in range(6):
            make.ambassador(name=f"Near {number}", cleared=True)
        make.ambassador(cleared=True, postcode="TR1 1AA")

        said = self.checked(make.request())

        assert "At least 5 people could come." in said
        assert "Online instead" not in said

    def test_reads_no_number_while_an_answer_is_missing(self):
        assert "as it stands" not in self.checked(make.request(subject=""))

    def test_reads_none_after_asking_too_often(self, settings):
        settings.PAGE_RATE_LIMITS = {**settings.PAGE_RATE_LIMITS, "could_come": "1/m/user"}
        draft = make.request()

        assert "as it stands" in self.checked(draft)
        assert "as it stands" not in self.checked(draft)
