"""A school's diary: who comes, which times it has offered, and when it has no pupils in."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bookings.diaries.entries import Sort
from bookings.enums import RequestStatus, VisitStatus
from schools.enums import SpanKind
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

WAYS = ("month", "week", "list")
DAY = timedelta(days=1)


@pytest.fixture
def contact():
    return make.contact()


def diary(contact, show: str = "month", on: date | str = make.FIRST_DAY, **query):
    response = client_of(contact.user).get(reverse("school_diary"), {"show": show, "on": str(on), **query})
    assert response.status_code == 200
    return response


def timed(page, day: date = make.FIRST_DAY) -> list[tuple[str, str, str, str]]:
    [found] = [each for each in page.context["diary"].days if each.day == day]
    return [(each.sort, each.clock, each.detail, each.status) for each in found.timed]


@pytest.mark.parametrize("show", WAYS)
@pytest.mark.parametrize(
    ("status", "told"),
    [
        # Nobody is named before everyone needed has said yes (rule P-05).
        (VisitStatus.FINDING, (Sort.FINDING, "10am to 11am", "", "We are looking")),
        (VisitStatus.MATCHED, (Sort.KEPT, "10am to 11am", "Ada Engineer", "Yours to confirm")),
        (VisitStatus.CONFIRMED, (Sort.CONFIRMED, "10am to 11am", "Ada Engineer", "Confirmed")),
    ],
)
def test_a_visit_stands_as_its_school_may_know_it(show, status, told, contact):
    visit = make.visit(contact=contact, ambassador=make.ambassador(cleared=True), status=status)
    page = diary(contact, show)
    assert timed(page) == [told]
    assert reverse("visit", args=[visit.pk]) in page.text
    assert status != VisitStatus.FINDING or "Ada Engineer" not in page.text


@pytest.mark.parametrize("status", [VisitStatus.CANCELLED_BY_SCHOOL, VisitStatus.CANCELLED_BY_AMBASSADOR])
def test_what_was_called_off_stands_in_it_no_more(status, contact):
    make.visit(contact=contact, ambassador=make.ambassador(cleared=True), status=status)
    assert timed(diary(contact)) == []


@pytest.mark.parametrize("show", WAYS)
@pytest.mark.parametrize(
    ("status", "stands"),
    [(RequestStatus.DRAFT, False), (RequestStatus.SUBMITTED, True), (RequestStatus.WITHDRAWN, False)],
)
def test_times_that_were_offered_stand_while_they_can_be_taken(show, status, stands, contact):
    wanted = make.request(contact=contact, status=status)
    page = diary(contact, show)
    assert timed(page) == ([(Sort.ASKED, "10am to 11am", "", "Time offered")] if stands else [])
    assert (reverse("request", args=[wanted.pk]) in page.text) is stands


def test_days_without_school_stand_run_by_run_and_lead_to_where_they_are_said(contact):
    make.closure(contact.school, day=date(2027, 2, 11), last=date(2027, 2, 12), name="Polling day")
    make.closure(contact.school, day=date(2027, 2, 26), kind=SpanKind.INSET)
    page = diary(contact, on=date(2027, 2, 12))
    whole = [(each.title, each.first, each.last) for day in page.context["diary"].days for each in day.whole]
    assert ("Polling day", date(2027, 2, 11), date(2027, 2, 12)) in whole
    assert ("INSET day", date(2027, 2, 26), date(2027, 2, 26)) in whole
    # The usual dates are a guess, which the page says of them.
    [half_term] = {each for day in page.context["diary"].days for each in day.whole if each.title == "Half term"}
    assert half_term.status == "By the usual dates"
    assert "Polling day" in page.text and reverse("school_time") in page.text


def test_a_bank_holiday_is_said_once(contact):
    page = diary(contact, on=date(2027, 3, 26))
    [friday] = [each for each in page.context["diary"].days if each.day == date(2027, 3, 26)]
    assert (friday.is_bank_holiday, friday.timed) == (True, ())


def test_another_school_s_diary_shows_nothing_of_it(contact):
    make.visit(contact=contact, ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
    make.request(contact=contact, status=RequestStatus.SUBMITTED)
    stranger = make.contact(school=make.school(name="Elsewhere"))
    assert not [each for day in diary(stranger).context["diary"].days for each in day.timed]


@pytest.mark.parametrize("show", WAYS)
@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_however_much_there_is(rows, show, contact, django_assert_num_queries):
    for number in range(rows):
        later = tuple(each + timedelta(hours=number) for each in make.FIRST_TIME)
        make.visit(contact=contact, ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, time=later)
        make.request(contact=contact, status=RequestStatus.SUBMITTED)
    client, query = client_of(contact.user), {"show": show, "on": "2027-02-10"}
    client.get(reverse("school_diary"), query)
    with django_assert_num_queries(8):
        client.get(reverse("school_diary"), query)


@pytest.mark.parametrize("query", [{"on": "9999-99-99"}, {"on": "\x00"}, {"show": "<script>"}])
def test_an_address_that_makes_no_sense_shows_todays(query, contact):
    page = client_of(contact.user).get(reverse("school_diary"), query)
    assert (page.status_code, page.context["shown"].on) == (200, make.NOW.date())
