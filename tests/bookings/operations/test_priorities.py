"""Priorities kept as they are today: what they are reckoned from, when, and for whom (rule 6.2)."""

from datetime import UTC, datetime, timedelta

import pytest

from ambassadors.models import Ambassador
from bookings.enums import CancelReason, Mode, RequestStatus, VisitStatus
from bookings.models import Priority, Request
from bookings.operations.priorities import reckon_priorities, reckon_waiting
from bookings.operations.requests import submit_request, withdraw_request
from bookings.operations.visits import ask_for_someone_else, give_up_seat
from bookings.priority.reckoning import Figures
from schools.enums import SuccessionStatus
from stem.accounts.roles import Role
from tests import make

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def reckoned(request: Request, *, at: datetime = make.NOW) -> Figures:
    """The figures of this request's priority, reckoned now."""
    reckon_priorities([request], at=at)
    return Priority.objects.get(request=request).known


def visited(contact, *, ago: timedelta, status: VisitStatus = VisitStatus.DELIVERED):
    """A visit to this school, so long ago."""
    start = make.NOW - ago
    person = make.ambassador(cleared=True)
    return make.visit(contact=contact, ambassador=person, status=status, time=(start, start + timedelta(hours=1)))


def test_a_request_has_its_priority_from_when_it_is_sent_in(now):
    request = make.request()
    make.disadvantage(request.school, percentile=0.83)
    submit_request(request=request, by=request.contact.user, at=now)
    priority = Priority.objects.get(request=request)
    assert priority.known == Figures(
        percentiles=(0.83,), visits=0, roll=None, minutes=(), stage="ks3", school_days=0, fell_through=False
    )
    assert (priority.score, priority.disadvantage, priority.census) == (0.799, 0.83, 2026)
    assert priority.reckoned_on == now.date()


def test_a_draft_has_none(now):
    make.request()
    assert reckon_waiting(at=now) == 0
    assert not Priority.objects.exists()


def test_a_visit_counts_for_three_years_and_only_if_it_took_place():
    contact = make.contact()
    asked = make.request(contact=contact, status=RequestStatus.OPEN)
    visited(contact, ago=35 * 30 * DAY)
    visited(contact, ago=37 * 31 * DAY)
    visited(contact, ago=90 * DAY, status=VisitStatus.NO_SHOW_BY_AMBASSADOR)
    visited(make.contact(), ago=60 * DAY)
    assert reckoned(asked).visits == 1


def test_visits_to_the_schools_that_it_follows_count():
    academy, before, earlier, unrelated = (make.contact() for _number in range(4))
    make.succession(old=before.school, new=academy.school, status=SuccessionStatus.CONFIRMED)
    make.succession(old=earlier.school, new=before.school, status=SuccessionStatus.CONFIRMED)
    make.succession(old=unrelated.school, new=academy.school, status=SuccessionStatus.PROPOSED)
    for number, contact in enumerate([academy, before, earlier, unrelated], start=1):
        visited(contact, ago=number * 30 * DAY)
    assert reckoned(make.request(contact=academy, status=RequestStatus.OPEN)).visits == 3


def test_waiting_is_counted_in_the_school_s_own_days():
    contact = make.contact()
    make.closure(contact.school, day=datetime(2027, 1, 11, tzinfo=UTC).date())
    # Friday 8 January: a weekend and a day on which the school is closed lie between.
    asked = make.request(
        contact=contact, status=RequestStatus.OPEN, submitted_at=datetime(2027, 1, 8, 15, 0, tzinfo=UTC)
    )
    assert reckoned(asked).school_days == 1
    assert reckoned(asked, at=make.NOW + 3 * DAY).school_days == 4


@pytest.mark.parametrize("mode", Mode.values)
def test_the_nearest_of_the_field_who_take_part_are_counted_online_too(mode):
    asked = make.request(status=RequestStatus.OPEN, mode=mode)
    for number in range(4):
        make.ambassador(name=f"Near {number}", cleared=True)
    other = make.ambassador(name="Other of the field", cleared=True, subjects=("mechanical_engineering",))
    Ambassador.objects.filter(pk=other.pk).update(lat=53.9590, lon=-1.0815)  # in York
    make.ambassador(name="Of another field", cleared=True, subjects=("nursing",))
    make.ambassador(name="Paused", cleared=True, status="paused")
    make.ambassador(name="Only online", cleared=True, in_person=False)
    minutes = reckoned(asked).minutes
    assert minutes is not None and len(minutes) == 5
    assert minutes[:4] == (minutes[0],) * 4 and minutes[0] < 10 and 50 < minutes[4] <= 60


def test_whoever_lives_more_than_an_hour_away_is_missing():
    asked = make.request(status=RequestStatus.OPEN)
    make.ambassador(cleared=True, postcode="CT1 2EH")
    assert reckoned(asked).minutes == ()


def test_a_school_of_unknown_place_is_neither_near_nor_far():
    school = make.school(lat=None, lon=None)
    school.point = None
    school.save()
    asked = make.request(contact=make.contact(school=school), status=RequestStatus.OPEN)
    assert reckoned(asked).minutes is None


def test_a_school_that_loses_whoever_was_promised_comes_to_the_front(now):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.MATCHED)
    seat = visit.seats.get()
    give_up_seat(seat=seat, reason=CancelReason.ILLNESS, by=seat.ambassador.user, at=now)
    priority = Priority.objects.get(request=visit.request)
    assert priority.known.fell_through and priority.parts.waiting == 1.0


def test_a_visit_lost_too_late_to_replace_does_the_same(now):
    today = (now + timedelta(hours=3), now + timedelta(hours=4))
    wanted = make.request(status=RequestStatus.FULFILLED, times=(today, make.SECOND_TIME))
    visit = make.visit(
        request=wanted, ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, time=today
    )
    seat = visit.seats.get()
    give_up_seat(seat=seat, reason=CancelReason.ILLNESS, by=seat.ambassador.user, at=now)
    visit.refresh_from_db()
    assert visit.status == VisitStatus.CANCELLED_BY_AMBASSADOR
    assert Priority.objects.get(request=wanted).known.fell_through


def test_a_school_that_asks_for_someone_else_waits_its_turn(now):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.MATCHED)
    ask_for_someone_else(visit=visit, because="We know them already.", by=visit.request.contact.user, at=now)
    assert not Priority.objects.get(request=visit.request).known.fell_through


def test_each_day_what_waits_is_reckoned_once(now):
    asked = [make.request(status=status) for status in (RequestStatus.OPEN, RequestStatus.SUBMITTED)]
    make.request(status=RequestStatus.WITHDRAWN)
    assert (reckon_waiting(at=now), reckon_waiting(at=now + timedelta(hours=6))) == (2, 0)
    make.disadvantage(asked[0].school)
    assert reckon_waiting(at=now + DAY) == 2
    priority = Priority.objects.get(request=asked[0])
    assert (priority.disadvantage, priority.school_days) == (0.9, 1)
    assert priority.reckoned_on == (now + DAY).date()


def test_what_it_was_last_stays_with_a_request_that_is_over(now):
    asked = make.request(status=RequestStatus.OPEN)
    reckon_waiting(at=now)
    withdraw_request(request=asked, by=asked.contact.user, at=now)
    assert reckon_waiting(at=now + DAY) == 0
    assert Priority.objects.get(request=asked).reckoned_on == now.date()


@pytest.mark.parametrize("schools", [1, 3])
def test_many_are_reckoned_in_as_many_queries_as_one(schools, now, django_assert_num_queries):
    for number in range(schools):
        contact = make.contact()
        make.disadvantage(contact.school)
        visited(contact, ago=30 * DAY + number * DAY)
        make.request(contact=contact, status=RequestStatus.OPEN)
    requests = list(Request.objects.waiting().select_related("school"))
    # places, schools before these, visits, days, promises broken; four circles; and what is kept
    with django_assert_num_queries(10):
        reckon_priorities(requests, at=now)


def test_the_door_is_that_of_the_request(now):
    asked = make.request(status=RequestStatus.OPEN)
    make.priority(asked)
    assert [*Priority.objects.visible_to(asked.contact.user)] == [asked.priority]
    assert [*Priority.objects.visible_to(make.staff(Role.COORDINATOR))] == [asked.priority]
    assert not Priority.objects.visible_to(make.contact().user).exists()
