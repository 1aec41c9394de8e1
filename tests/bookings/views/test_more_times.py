"""A school says when else a visit could be, while somebody is looked for."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.enums import RequestStatus, VisitStatus
from bookings.operations.requests import add_times
from stem.rules import Refusal
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

THIRD = (make.FIRST_TIME[0] + timedelta(days=14), make.FIRST_TIME[1] + timedelta(days=14))


def sought():
    visit = make.visit()
    return visit.request


def times_of(request) -> list:
    return list(request.possible_times.values_list("starts_at", flat=True))


def refused(request, now, *times, by=None, **said) -> list[str]:
    before = times_of(request)
    with pytest.raises(Refusal) as refusal:
        add_times(request=request, times=times, by=by or request.contact.user, at=now, **said)
    assert times_of(request) == before
    return refusal.value.codes


def test_a_time_that_is_added_stands_beside_the_others_and_in_the_history(now):
    request = sought()
    for _twice in range(2):
        add_times(request=request, times=[THIRD], by=request.contact.user, at=now)
    assert times_of(request) == [make.FIRST_TIME[0], make.SECOND_TIME[0], THIRD[0]]
    assert [event.note for event in request.events.filter(kind="add_times")] == [
        "Wednesday 24 February 2027, 10am to 11am"
    ]


def test_what_cannot_be_added_changes_nothing(now):
    request = sought()
    starts_at, ends_at = THIRD
    tomorrow = (now + timedelta(days=1), now + timedelta(days=1, hours=1))
    week = timedelta(days=7)
    many = [(starts_at + number * week, ends_at + number * week) for number in range(4)]
    sunday = (make.FIRST_TIME[0] + timedelta(days=4), make.FIRST_TIME[1] + timedelta(days=4))
    assert refused(request, now, (ends_at, starts_at)) == ["time_order"]
    assert refused(request, now, THIRD, (starts_at, ends_at + timedelta(hours=1))) == ["time_twice"]
    assert refused(request, now, *many) == ["number_of_times"]
    assert refused(request, now, tomorrow) == ["too_soon"]
    assert refused(request, now, sunday) == ["all_the_same"]
    assert refused(request, now, THIRD, by=make.contact().user) == ["not_for_school"]


@pytest.mark.parametrize("status", [RequestStatus.DRAFT, RequestStatus.WITHDRAWN, RequestStatus.UNFILLED])
def test_nothing_is_added_where_nobody_is_looked_for(now, status):
    assert refused(make.request(status=status), now, THIRD) == ["state"]


def test_nothing_is_added_once_a_time_is_agreed(now):
    request = make.request(status=RequestStatus.OPEN)
    make.visit(request=request, ambassador=make.ambassador(cleared=True), seats=2, status=VisitStatus.FINDING)
    assert refused(request, now, THIRD) == ["state"]


def test_the_page_adds_a_time_and_leads_back():
    request = sought()
    client = client_of(request.contact.user)
    address = reverse("more_times", args=[request.pk])
    assert "When else could it be?" in client.get(address).content.decode()
    day = dict(zip(("day_1_0", "day_1_1", "day_1_2"), ("24", "Feb", "2027"), strict=True))

    answer = client.post(address, {**day, "start_1": "10am", "finish_1": "11am"}, follow=True)

    assert "Added. Whoever is asked sees these times as well." in answer.content.decode()
    assert times_of(request)[-1] == THIRD[0]


def test_the_page_says_what_is_wrong_beside_the_form():
    request = sought()
    address = reverse("more_times", args=[request.pk])
    assert "Give at least one time." in client_of(request.contact.user).post(address, {"x": "1"}).content.decode()
    assert len(times_of(request)) == 2


def test_a_colleague_of_another_school_does_not_find_it():
    address = reverse("more_times", args=[sought().pk])
    assert client_of(make.contact().user).get(address).status_code == 404


def test_the_request_leads_there_only_while_no_time_is_agreed():
    request = sought()
    agreed = make.visit(ambassador=make.ambassador(cleared=True), contact=request.contact).request
    for wanted, is_there in ((request, True), (agreed, False)):
        said = client_of(request.contact.user).get(reverse("request", args=[wanted.pk])).content.decode()
        assert ("Add more times" in said) == is_there
