"""The diary of a coordinator's region: counted by the month, card by card in a week, and as a list."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.enums import RequestStatus, VisitStatus
from bookings.models import VisitEvent
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.nations import Nation
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

WAYS = ("month", "week", "list")


@pytest.fixture
def client():
    return client_of(make.staff(Role.COORDINATOR, name="Cora Coordinator"), second_factor=True)


def diary(client, show: str, on: str = "2027-02-10", **query):
    response = client.get(reverse("region_diary"), {"show": show, "on": on, **query})
    assert response.status_code == 200
    return response


def fill(rows: int) -> None:
    for number in range(rows):
        later = tuple(each + timedelta(minutes=number) for each in make.FIRST_TIME)
        someone = make.ambassador(name=f"Person {number}", cleared=True)
        make.visit(ambassador=someone, status=VisitStatus.CONFIRMED, time=later)
        make.visit()


@pytest.mark.parametrize(("show", "queries"), [("month", 6), ("week", 8), ("list", 9)])
@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_however_much_there_is(rows, show, queries, client, django_assert_num_queries):
    fill(rows)
    diary(client, show)
    with django_assert_num_queries(queries):
        diary(client, show)


def test_a_month_counts_each_standing_and_leads_to_the_day_s_list(client):
    fill(2)
    make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.MATCHED)
    make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CANCELLED_BY_SCHOOL)

    page = diary(client, "month")

    day = next(day for week in page.context["weeks"] for day in week if day.day == make.FIRST_DAY)
    assert [each.words for each in day.counts] == ["2 confirmed", "1 to confirm", "2 possible times"]
    assert 'href="?show=list&amp;on=2027-02-10"' in page.text


def test_a_week_and_a_list_name_school_people_and_standing(client):
    person = make.ambassador(name="Ada Engineer", cleared=True)
    visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    asked = make.visit()

    for show in ("week", "list"):
        text = diary(client, show).text
        assert "Ada Engineer" in text
        assert "10am to 11am" in text
        assert reverse("visit", args=[visit.pk]) in text
        assert reverse("coordinate_request", args=[asked.request_id]) in text


def test_a_week_and_a_list_say_what_was_changed_last_for_seven_days(client):
    def visit_changed(*changes: tuple[str, int]) -> None:
        visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
        for kind, days_ago in changes:
            at = make.NOW - timedelta(days=days_ago)
            VisitEvent.objects.create(visit=visit, kind=kind, status="confirmed", at=at)

    visit_changed(("change_time", 3), ("change_arrangements", 1), ("confirm", 0))
    visit_changed(("reopen", 8))

    for show in ("week", "list"):
        for query in ({}, {"status": "changed"}):
            text = diary(client, show, **query).text
            assert text.count("Details changed on Mon 11 Jan 2027") == 1
            assert "Moved on" not in text
            assert "A place free again" not in text


def test_a_request_stands_there_only_while_its_time_is_open(client):
    make.request(status=RequestStatus.DRAFT)
    make.request(status=RequestStatus.WITHDRAWN)
    make.visit(ambassador=make.ambassador(cleared=True), request=make.request(status=RequestStatus.OPEN))
    sent_in = make.request(status=RequestStatus.SUBMITTED)

    lines = diary(client, "list", status="asked").context["page"].object_list

    assert [line.what.url for line in lines] == [reverse("coordinate_request", args=[sent_in.pk])] * 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 3),
        ({"q": "whitby"}, 1),
        ({"q": "WHITBY acad"}, 1),
        ({"q": "nowhere"}, 0),
        ({"status": "confirmed"}, 1),
        ({"status": "asked"}, 2),
        ({"status": "cancelled_by_school"}, 1),
        ({"status": "at_risk"}, 0),
        ({"status": "changed"}, 0),
        ({"status": "'; --"}, 3),
        ({"q": "whitby\x00"}, 3),
        ({"page": "9999999999999999999999"}, 3),
    ],
)
def test_a_filter_narrows_every_way_alike(query, found, client):
    there = make.contact(school=make.school(town="Whitby"))
    make.visit(contact=there, ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
    make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CANCELLED_BY_SCHOOL)
    make.visit()

    month = diary(client, "month", **query).context["weeks"]
    week = diary(client, "week", **query).context["days"]
    listed = diary(client, "list", **query).context["page"].paginator.count

    assert sum(day.total for row in month for day in row) == sum(len(day.entries) for day in week) == listed == found


@pytest.mark.parametrize("show", WAYS)
def test_another_region_s_rows_stand_in_none_of_them(show):
    region = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=region, area="CT")
    elsewhere = client_of(make.staff(Role.COORDINATOR, regions=(region,)), second_factor=True)
    fill(1)
    page = diary(elsewhere, show)
    assert "Beckside" not in page.text
    assert "1 confirmed" not in page.text


def test_a_full_day_of_a_week_says_how_many_more_and_the_list_has_pages(client):
    for _ in range(14):
        make.visit()

    week = diary(client, "week").context["days"]
    assert [(len(each.entries), each.more) for each in week if each.entries] == [(8, 6), (8, 6)]
    page = diary(client, "list", page="2").context["page"]
    assert (page.paginator.count, len(page.object_list)) == (28, 3)


@pytest.mark.parametrize("show", [*WAYS, "year", "\x00"])
def test_a_day_that_makes_no_sense_shows_today_and_says_so(show, client):
    page = diary(client, show, on="9999-12-31")
    assert page.context["shown"].on == make.NOW.date()
    assert "That is no day of this diary" in page.text


def test_only_whoever_coordinates_a_region_opens_it():
    for user in (make.ambassador(cleared=True).user, make.contact().user):
        assert client_of(user).get(reverse("region_diary")).status_code == 403
