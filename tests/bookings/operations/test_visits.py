"""A visit from the school's yes to its end, or to its being called off."""

from datetime import timedelta

import pytest
from django.db import transaction

from ambassadors.models import Ambassador
from bookings import notifications
from bookings.enums import CancelReason, OfferStatus, ProposalStatus, RequestStatus, SeatStatus, VisitStatus
from bookings.models import Commitment, Seat, Visit
from bookings.operations.visits import (
    Arrangements,
    ask_for_someone_else,
    cancel_visit,
    confirm_visit,
    give_up_seat,
    settle_visit,
)
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.post import post
from stem.letters.rendering import word_letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

ARRANGEMENTS = make.arrangements()


def facts() -> list[str]:
    return [letter.fact.rpartition(".")[2] for letter in Letter.objects.order_by("pk")]


def matched(**columns) -> Visit:
    return make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.MATCHED, **columns)


def confirmed(**columns) -> Visit:
    return make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, **columns)


def teacher(visit: Visit):
    return visit.request.contact.user


def test_confirming_tells_both_sides_and_raises_the_calendar_version(now):
    visit = matched()

    confirm_visit(visit=visit, arrangements=ARRANGEMENTS, by=teacher(visit), at=now)

    visit.refresh_from_db()
    assert (visit.status, visit.sequence, visit.arrival) == (VisitStatus.CONFIRMED, 1, "Ask at reception")
    people = [letter.recipient for letter in Letter.objects.order_by("pk")]
    assert people == [teacher(visit), visit.seats.get().ambassador.user]
    assert facts() == ["visit_confirmed", "visit_confirmed"]


@pytest.mark.parametrize(
    "missing", ["supervising_adult", "supervising_email", "safeguarding_lead", "arrival", "access_needs"]
)
def test_no_visit_is_confirmed_without_its_people(now, missing):
    visit = matched()

    arrangements = Arrangements(**{**vars(ARRANGEMENTS), missing: ""})
    with pytest.raises(Refusal) as refusal:
        confirm_visit(visit=visit, arrangements=arrangements, by=teacher(visit), at=now)

    visit.refresh_from_db()
    assert refusal.value.codes == [missing]
    assert (visit.status, facts()) == (VisitStatus.MATCHED, [])


def test_vetting_is_tested_again_at_confirmation_and_the_school_hears_neutral_words(now):
    visit = matched()
    make.hold(visit.seats.get().ambassador, starts_on=now.date(), truth="Under investigation")

    with pytest.raises(Refusal) as refusal:
        confirm_visit(visit=visit, arrangements=ARRANGEMENTS, by=teacher(visit), at=now)

    assert refusal.value.codes == ["hold"]
    assert refusal.value.told_to() == "We need to find a different ambassador."


def test_another_schools_teacher_cannot_confirm(now):
    visit = matched()

    with pytest.raises(Refusal) as refusal:
        confirm_visit(visit=visit, arrangements=ARRANGEMENTS, by=make.contact().user, at=now)

    assert refusal.value.codes == ["not_for_school"]


def test_asking_for_someone_else_frees_the_seat_and_the_time(now):
    visit = matched()

    ask_for_someone_else(visit=visit, by=teacher(visit), at=now, because="Someone who works with rivers")

    visit.refresh_from_db()
    seat = visit.seats.get()
    assert (visit.status, visit.starts_at, visit.sessions.count()) == (VisitStatus.FINDING, None, 0)
    assert (seat.status, seat.ambassador, seat.offers.get().status) == (SeatStatus.OPEN, None, OfferStatus.RELEASED)
    visit.request.refresh_from_db()
    assert visit.request.status == RequestStatus.OPEN
    assert not Commitment.objects.exists()
    assert facts() == ["offer_released"]


def test_an_ambassador_who_cannot_come_is_replaced_and_a_confirmed_time_is_kept(now):
    visit = confirmed()
    seat = visit.seats.get()

    give_up_seat(seat=seat, reason=CancelReason.ILLNESS, by=seat.ambassador.user, at=now)

    visit.refresh_from_db()
    assert (visit.status, visit.starts_at, visit.sequence) == (VisitStatus.FINDING, make.FIRST_TIME[0], 1)
    assert visit.seats.get().status == SeatStatus.OPEN
    assert facts() == ["seat_given_up", "ambassador_withdrew"]


def test_on_the_morning_itself_it_is_too_late_to_replace_and_the_visit_is_off(now):
    visit = confirmed()
    seat = visit.seats.get()
    morning = visit.starts_at - timedelta(hours=2)

    give_up_seat(seat=seat, reason=CancelReason.TRAVEL, by=seat.ambassador.user, at=morning)

    visit.refresh_from_db()
    visit.request.refresh_from_db()
    assert visit.status == VisitStatus.CANCELLED_BY_AMBASSADOR
    assert visit.events.get().reason == CancelReason.TRAVEL
    assert visit.request.status == RequestStatus.OPEN
    assert visit.request.visits.count() == 2  # the request's second time is still to come
    assert facts() == ["visit_cancelled", "visit_cancelled"]


@pytest.mark.parametrize("make_it", [matched, confirmed])
def test_a_school_cancels_and_everyone_is_told_and_free_again(now, make_it):
    visit = make_it()

    cancel_visit(visit=visit, reason=CancelReason.SCHOOL_EVENT, by=teacher(visit), at=now)

    visit.refresh_from_db()
    visit.request.refresh_from_db()
    assert (visit.status, visit.sequence) == (VisitStatus.CANCELLED_BY_SCHOOL, 1)
    assert visit.request.status == RequestStatus.WITHDRAWN
    assert visit.seats.get().ambassador is not None
    assert not Commitment.objects.exists()
    assert facts() == ["visit_cancelled", "visit_cancelled"]


def test_cancelling_a_search_tells_those_who_were_asked(now):
    visit = make.visit()
    make.offer(visit=visit)

    cancel_visit(visit=visit, reason=CancelReason.STAFFING, by=teacher(visit), at=now)

    assert facts() == ["offer_withdrawn", "visit_cancelled"]


def test_a_visit_is_called_off_once(now):
    visit = confirmed()
    cancel_visit(visit=visit, reason=CancelReason.OTHER, by=teacher(visit), at=now)

    with pytest.raises(Refusal) as refusal:
        cancel_visit(visit=visit, reason=CancelReason.OTHER, by=teacher(visit), at=now)

    assert refusal.value.codes == ["state"]
    assert len(facts()) == 2


def test_only_a_coordinator_cancels_for_the_scheme(now):
    visit = confirmed()

    with pytest.raises(Refusal) as refusal:
        cancel_visit(visit=visit, reason=CancelReason.OTHER, by=teacher(visit), at=now, for_scheme=True)

    assert refusal.value.codes == ["not_coordinator"]


def test_a_delivered_visit_is_written_down_on_the_person(now):
    visit = confirmed()

    settle_visit(visit=visit, outcome="deliver", by=make.staff(Role.COORDINATOR), at=make.FIRST_TIME[1])

    person = Ambassador.objects.get()
    assert (person.visits_delivered, person.last_visit_on) == (1, make.FIRST_TIME[0].date())


def test_a_visit_is_not_settled_before_it_is_over(now):
    with pytest.raises(Refusal) as refusal:
        settle_visit(visit=confirmed(), outcome="deliver", by=None, at=now)

    assert refusal.value.codes == ["not_over"]


class TestWhatWasAgreedStands:
    """Somebody leaves a visit whose time both sides had agreed on."""

    def test_a_visit_that_was_moved_keeps_its_time_when_its_person_leaves_before_the_yes(self, now):
        person = make.ambassador(cleared=True)
        visit = make.visit(ambassador=person, status=VisitStatus.MATCHED)
        later = {"starts_at": make.SECOND_TIME[0], "ends_at": make.SECOND_TIME[1]}
        make.proposal(visit=visit, status=ProposalStatus.AGREED, **later)
        Visit.objects.filter(pk=visit.pk).update(**later)
        Commitment.objects.filter(seat__visit=visit).update(**later)

        give_up_seat(seat=visit.seats.get(), reason=CancelReason.WORK, by=person.user, at=now)

        visit.refresh_from_db()
        assert (visit.status, visit.starts_at) == (VisitStatus.FINDING, make.SECOND_TIME[0])

    def test_whoever_is_asked_for_it_reads_the_time_that_it_has_and_no_other(self, now):
        visit = make.visit(starts_at=make.SECOND_TIME[0], ends_at=make.SECOND_TIME[1])
        offer = make.offer(visit=visit)
        with transaction.atomic():
            letter = post(notifications.offer_made, to=offer.ambassador.user, due_at=now, offer_id=offer.pk)
        words = word_letter(letter, at=now)
        assert words is not None
        assert "Thursday 11 February 2027, 2pm to 3pm" in words.text
        assert "Wednesday 10 February" not in words.text

    def test_the_school_hears_of_a_second_person_who_leaves_as_well(self, now):
        one, other = (make.ambassador(cleared=True) for _each in range(2))
        visit = make.visit(ambassador=one, status=VisitStatus.FINDING, seats=3)
        seat = visit.seats.filter(ambassador=None)[0]
        Seat.objects.filter(pk=seat.pk).update(ambassador=other, status=SeatStatus.TAKEN)
        make.offer(seat=seat, ambassador=other, status=OfferStatus.ACCEPTED)

        give_up_seat(seat=visit.seats.get(ambassador=other), reason=CancelReason.WORK, by=other.user, at=now)

        visit.refresh_from_db()
        [letter] = Letter.objects.filter(fact="bookings.notifications.ambassador_withdrew")
        assert letter.ids["sequence"] == visit.sequence
