"""From a teacher's first thought to a request that someone works on."""

from datetime import timedelta

import pytest

from bookings.enums import OfferStatus, RequestStatus, VisitStatus
from bookings.models import Request
from bookings.operations.requests import (
    answer_questions,
    ask_again,
    discard_draft,
    give_up_request,
    offer_times,
    open_request,
    start_request,
    submit_request,
    withdraw_request,
)
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


def facts() -> list[str]:
    return [letter.fact.rpartition(".")[2] for letter in Letter.objects.order_by("pk")]


def test_a_complete_request_with_enough_notice_is_opened_by_rule(now):
    request = make.request(people=2)

    submit_request(request=request, by=request.contact.user, at=now)

    request.refresh_from_db()
    visit = request.visits.get()
    assert request.status == RequestStatus.OPEN
    assert [event.kind for event in request.events.all()] == ["submit", "open"]
    assert (visit.status, visit.seats.count(), visit.supervising_adult) == (
        VisitStatus.FINDING,
        2,
        request.supervising_adult,
    )
    assert facts() == ["request_received"]


def test_short_notice_waits_for_a_coordinator(now):
    soon = (now + timedelta(days=3), now + timedelta(days=3, hours=1))
    request = make.request(times=(soon,))

    submit_request(request=request, by=request.contact.user, at=now)
    request.refresh_from_db()
    assert (request.status, request.visits.count()) == (RequestStatus.SUBMITTED, 0)

    open_request(request=request, by=make.staff(Role.COORDINATOR), at=now)
    request.refresh_from_db()
    assert (request.status, request.visits.count()) == (RequestStatus.OPEN, 1)


def test_every_missing_answer_is_named_at_once(now):
    request = make.request(purpose="", pupils=None, times=())

    with pytest.raises(Refusal) as refusal:
        submit_request(request=request, by=request.contact.user, at=now)

    request.refresh_from_db()
    assert refusal.value.codes == ["purpose", "pupils", "times"]
    assert (request.status, facts()) == (RequestStatus.DRAFT, [])


def test_a_request_is_sent_in_once(now):
    request = make.request()
    submit_request(request=request, by=request.contact.user, at=now)

    with pytest.raises(Refusal) as refusal:
        submit_request(request=request, by=request.contact.user, at=now)

    assert refusal.value.codes == ["state"]
    assert request.visits.count() == 1


def test_what_was_sent_in_is_not_changed_behind_anyones_back(now):
    request = make.request()
    submit_request(request=request, by=request.contact.user, at=now)

    for change in (
        lambda: answer_questions(request=request, answers={"purpose": "Other"}, by=request.contact.user),
        lambda: offer_times(request=request, times=[make.FIRST_TIME], by=request.contact.user),
        lambda: discard_draft(draft=request, by=request.contact.user),
    ):
        with pytest.raises(Refusal) as refusal:
            change()
        assert refusal.value.codes == ["sent_in"]


@pytest.mark.parametrize(
    ("times", "code"),
    [
        ([], "number_of_times"),
        ([(make.NOW + timedelta(days=n), make.NOW + timedelta(days=n, hours=1)) for n in range(6)], "number_of_times"),
        ([(make.NOW, make.NOW)], "time_order"),
        ([make.FIRST_TIME, make.FIRST_TIME], "time_twice"),
    ],
)
def test_impossible_times_change_nothing(times, code):
    request = make.request()

    with pytest.raises(Refusal) as refusal:
        offer_times(request=request, times=times, by=request.contact.user)

    assert refusal.value.codes == [code]
    assert [time.starts_at for time in request.possible_times.all()] == [make.FIRST_TIME[0], make.SECOND_TIME[0]]


def test_another_school_can_neither_read_nor_change_a_request(now):
    request, stranger = make.request(), make.contact()

    with pytest.raises(Refusal) as refusal:
        answer_questions(request=request, answers={"purpose": "Other"}, by=stranger.user)

    assert refusal.value.codes == ["not_for_school"]
    assert not Request.objects.visible_to(stranger.user).exists()


def test_the_next_request_knows_the_people_at_school(now):
    earlier = make.request()
    submit_request(request=earlier, by=earlier.contact.user, at=now)

    request = start_request(contact=make.contact(school=earlier.school), at=now)

    assert (request.supervising_adult, request.safeguarding_phone) == ("Sam Supervisor", "01632 960002")
    assert (request.supervising_email, request.purpose) == ("s.supervisor@school.example", "")


def test_asking_again_keeps_every_answer_but_the_times(now):
    earlier = make.request(topic="Suspension bridges")

    request = ask_again(request=earlier, contact=earlier.contact, at=now)

    assert (request.topic, request.purpose, request.possible_times.count()) == (
        "Suspension bridges",
        earlier.purpose,
        0,
    )


def test_withdrawing_ends_the_search_and_tells_who_was_asked(now):
    visit = make.visit()
    offer = make.offer(visit=visit)

    withdraw_request(request=visit.request, by=visit.request.contact.user, at=now)

    visit.refresh_from_db()
    offer.refresh_from_db()
    assert (visit.status, offer.status) == (VisitStatus.CANCELLED_BY_SCHOOL, OfferStatus.WITHDRAWN)
    assert facts() == ["offer_withdrawn"]


def test_a_request_that_someone_accepted_is_not_withdrawn_over_their_head(now):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.MATCHED)

    with pytest.raises(Refusal) as refusal:
        withdraw_request(request=visit.request, by=visit.request.contact.user, at=now)

    assert refusal.value.codes == ["visit_agreed"]


def test_giving_up_tells_the_school(now):
    visit = make.visit()

    give_up_request(request=visit.request, by=make.staff(Role.COORDINATOR), at=now)

    visit.refresh_from_db()
    assert (visit.status, visit.request.status) == (VisitStatus.UNFILLED, RequestStatus.UNFILLED)
    assert facts() == ["request_unfilled"]
