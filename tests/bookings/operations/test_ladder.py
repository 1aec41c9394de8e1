"""A search goes on by itself: the best are asked, a few at a time, the next when they say no, and nobody for ever."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bookings.enums import Asking, CancelReason, OfferStatus, RequestStatus, SeatStatus, VisitStatus
from bookings.models import Commitment, Offer, Seat
from bookings.operations.ladder import ask_next, choose_asking
from bookings.operations.offers import accept_offer, decline_offer, lapse_offers, remind_asked, withdraw_offer
from bookings.operations.visits import give_up_seat, settle_visit
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


def people(count: int, **columns) -> list:
    """So many who can be asked, the first of them the best: each lives as near, and has a higher number."""
    return [make.ambassador(cleared=True, visits_delivered=1, **columns) for _number in range(count)]


def asked(visit, *statuses: OfferStatus) -> list[int]:
    rows = Offer.objects.filter(visit=visit, status__in=statuses or [OfferStatus.SENT])
    return list(rows.order_by("pk").values_list("ambassador", flat=True))


def facts(fact: str) -> int:
    return Letter.objects.filter(fact=f"bookings.notifications.{fact}").count()


class TestAsking:
    def test_the_best_three_are_asked_and_no_more_until_one_of_them_answers(self, now):
        everybody = people(5)
        visit = make.visit()

        assert ask_next(at=now) == 3
        assert asked(visit) == [each.pk for each in everybody[:3]]
        assert ask_next(at=now) == 0

    def test_a_no_makes_room_for_the_next(self, now):
        everybody = people(5)
        visit = make.visit()
        ask_next(at=now)

        decline_offer(offer=Offer.objects.get(ambassador=everybody[1]), by=everybody[1].user, at=now)

        assert ask_next(at=now) == 1
        assert asked(visit) == [everybody[index].pk for index in (0, 2, 3)]

    def test_whoever_does_not_answer_makes_room_as_well(self, now):
        everybody = people(6)
        visit = make.visit()
        ask_next(at=now)

        later = now + timedelta(hours=72)
        lapse_offers(at=later)

        assert ask_next(at=later) == 3
        assert asked(visit) == [each.pk for each in everybody[3:]]

    def test_whoever_did_not_answer_is_asked_once_more_when_nobody_else_is_left_and_then_no_more(self, now):
        [silent] = people(1)
        visit = make.visit()
        for days in (0, 3, 6):
            lapse_offers(at=now + timedelta(days=days))
            ask_next(at=now + timedelta(days=days))
        assert visit.offers.filter(ambassador=silent).count() == 2

    def test_whom_a_coordinator_passed_over_is_not_asked_again_by_the_rule(self, now):
        first, second = people(2)
        visit = make.visit()
        ask_next(at=now)

        withdraw_offer(offer=visit.offers.get(ambassador=first), by=make.staff(Role.COORDINATOR), at=now)

        assert ask_next(at=now) == 0
        assert asked(visit) == [second.pk]

    def test_whoever_wants_a_coordinator_to_choose_is_asked_by_nobody_else(self, now):
        one, other = people(2)
        make.limits(one, only_by_hand=True)
        visit = make.visit()
        ask_next(at=now)
        assert asked(visit) == [other.pk]

    def test_whoever_said_no_is_not_asked_for_another_visit_of_the_request(self, now):
        no, called_off, free = people(3)
        request = make.request(status=RequestStatus.OPEN)
        lost = make.visit(request=request, ambassador=called_off, status=VisitStatus.CANCELLED_BY_AMBASSADOR)
        make.offer(visit=lost, ambassador=no, status=OfferStatus.DECLINED)
        again = make.visit(request=request)
        ask_next(at=now)
        assert asked(again) == [free.pk]

    def test_a_yes_ends_it(self, now):
        everybody = people(5)
        visit = make.visit()
        ask_next(at=now)
        offer = Offer.objects.get(ambassador=everybody[0])

        accept_offer(offer=offer, starts_at=make.FIRST_TIME[0], by=everybody[0].user, at=now)

        assert ask_next(at=now) == 0
        assert asked(visit) == []

    def test_each_seat_of_a_visit_of_many_has_its_own_three(self, now):
        everybody = people(8)
        visit = make.visit(seats=2)

        assert ask_next(at=now) == 6

        first, second = (list(seat.offers.order_by("pk")) for seat in visit.seats.all())
        assert [each.ambassador_id for each in first] == [everybody[index].pk for index in (0, 2, 4)]
        assert [each.ambassador_id for each in second] == [everybody[index].pk for index in (1, 3, 5)]

    @pytest.mark.parametrize("hour", [6, 20])
    def test_nobody_is_asked_at_night(self, now, hour):
        people(3)
        make.visit()
        assert ask_next(at=now.replace(hour=hour)) == 0

    def test_the_first_request_has_the_first_choice(self, now):
        [only] = people(1)
        later, sooner = make.visit(), make.visit()
        make.priority(sooner.request, percentiles=(1.0,))
        make.priority(later.request, percentiles=(0.1,))

        ask_next(at=now)

        assert asked(sooner) == [only.pk]

    def test_it_waits_where_it_is_another_school_s_turn(self, now):
        people(2)
        visit = make.visit()
        make.priority(visit.request, percentiles=(0.1,))
        waiting = make.visit(request=make.request(status=RequestStatus.OPEN, asking=Asking.BY_HAND))
        make.priority(waiting.request, percentiles=(0.9,))

        assert ask_next(at=now) == 0
        assert asked(visit) == []

    def test_somebody_new_is_asked_where_it_is_their_turn(self, now):
        everybody = people(4)
        new = make.ambassador(name="New", cleared=True, subjects=("mechanical_engineering",))
        visit = make.visit()

        ask_next(at=now)

        assert asked(visit) == [everybody[0].pk, everybody[1].pk, new.pk]


class TestWays:
    def test_by_hand_nobody_is_asked_by_a_rule(self, now):
        people(3)
        make.visit(request=make.request(status=RequestStatus.OPEN, asking=Asking.BY_HAND))
        assert ask_next(at=now) == 0

    def test_in_an_open_call_whoever_said_that_they_could_is_asked(self, now):
        everybody = people(4)
        visit = make.visit(request=make.request(status=RequestStatus.OPEN, asking=Asking.OPEN_CALL))
        assert ask_next(at=now) == 0

        make.willing(everybody[3], request=visit.request)

        assert ask_next(at=now) == 1
        assert asked(visit) == [everybody[3].pk]

    def test_a_coordinator_chooses_and_it_stands_in_the_history_once(self, now):
        coordinator = make.staff(Role.COORDINATOR)
        wanted = make.visit().request

        for _press in range(2):
            choose_asking(request=wanted, asking=Asking.BY_HAND, by=coordinator, at=now)

        wanted.refresh_from_db()
        assert wanted.asking == Asking.BY_HAND
        assert [event.kind for event in wanted.events.all()] == ["ask_by_hand"]

    def test_a_request_that_is_asked_for_by_hand_has_its_clock_all_the_same(self, now):
        visit = make.visit(request=make.request(status=RequestStatus.OPEN, asking=Asking.BY_HAND))
        ask_next(at=make.SECOND_TIME[0] + timedelta(hours=1))
        visit.refresh_from_db()
        assert visit.status == VisitStatus.UNFILLED

    def test_an_open_call_tells_no_school_that_nobody_is_left(self, now):
        make.visit(request=make.request(status=RequestStatus.OPEN, asking=Asking.OPEN_CALL))
        ask_next(at=now)
        assert facts("search_is_slow") == 0

    def test_nobody_else_chooses_and_nobody_once_it_is_over(self, now):
        wanted = make.visit().request
        over = make.request(status=RequestStatus.WITHDRAWN)
        for request, by, code in (
            (wanted, wanted.contact.user, "not_coordinator"),
            (over, make.staff(Role.COORDINATOR), "state"),
        ):
            with pytest.raises(Refusal) as refusal:
                choose_asking(request=request, asking=Asking.BY_HAND, by=by, at=now)
            assert refusal.value.codes == [code]


class TestReplacing:
    """Somebody who was promised cannot come after all (rule T-50)."""

    def promised(self, now, *, days: int):
        starts_at = now + timedelta(days=days)
        person = make.ambassador(name="Promised", cleared=True, visits_delivered=1)
        visit = make.visit(
            ambassador=person, status=VisitStatus.CONFIRMED, time=(starts_at, starts_at + timedelta(hours=1))
        )
        give_up_seat(seat=visit.seats.get(), reason=CancelReason.ILLNESS, by=person.user, at=now)
        return visit

    def test_five_are_asked_at_once_for_a_day(self, now):
        people(8)
        visit = self.promised(now, days=9)

        assert ask_next(at=now) == 5
        assert {each.lapses_at for each in Offer.objects.filter(visit=visit, status=OfferStatus.SENT)} == {
            now + timedelta(hours=24)
        }

    def test_within_three_working_days_ten_who_can_be_asked_so_soon_for_four_hours_by_night_as_well(self, now):
        ready = people(11)
        for each in ready:
            make.limits(each, at_short_notice=True)
        people(2)
        coordinator = make.staff(Role.COORDINATOR)
        visit = self.promised(now, days=2)

        late = now.replace(hour=20)
        assert ask_next(at=late) == 10
        assert set(asked(visit)) <= {each.pk for each in ready}
        assert Letter.objects.filter(fact="bookings.notifications.search_needs_you", recipient=coordinator).count() == 1

    def test_no_school_waits_its_turn_for_that(self, now):
        people(2)
        visit = self.promised(now, days=9)
        make.priority(visit.request, percentiles=(0.1,))
        waiting = make.visit(request=make.request(status=RequestStatus.OPEN, asking=Asking.BY_HAND))
        make.priority(waiting.request, percentiles=(0.9,))

        assert ask_next(at=now) == 2


class TestEnding:
    def test_a_school_is_told_once_when_nobody_is_left(self, now):
        visit = make.visit()
        for _sweep in range(3):
            ask_next(at=now)

        assert facts("search_is_slow") == 1
        assert [event.kind for event in visit.events.all()] == ["find_nobody"]

    def test_a_school_is_told_in_good_time_that_nobody_has_said_yes(self, now):
        people(3)
        make.visit()
        late = make.SECOND_TIME[0] - timedelta(days=9)
        ask_next(at=late - timedelta(days=1))
        assert facts("search_is_slow") == 0

        for _sweep in range(2):
            ask_next(at=late)

        assert facts("search_is_slow") == 1

    def test_it_is_told_by_day_and_once_although_one_of_several_has_been_found_meanwhile(self, now):
        everybody = people(4)
        visit = make.visit(seats=2)
        ask_next(at=now)
        late = (make.SECOND_TIME[0] - timedelta(days=9)).replace(hour=3)
        ask_next(at=late)
        [letter] = Letter.objects.filter(fact="bookings.notifications.search_is_slow")
        assert letter.due_at == late.replace(hour=8)

        offer = Offer.objects.get(ambassador=everybody[3])
        Offer.objects.filter(pk=offer.pk).update(lapses_at=late + timedelta(days=1))
        accept_offer(offer=offer, starts_at=make.SECOND_TIME[0], by=everybody[3].user, at=late)
        ask_next(at=late + timedelta(hours=6))

        assert facts("search_is_slow") == 1
        assert visit.events.filter(kind="run_late").count() == 1

    def test_a_search_ends_when_its_last_time_has_gone_by_and_the_school_is_told(self, now):
        visit = make.visit()
        coordinator = make.staff(Role.COORDINATOR)
        on_the_day = make.SECOND_TIME[0] - timedelta(hours=2)
        ask_next(at=on_the_day)
        visit.refresh_from_db()
        assert visit.status == VisitStatus.FINDING
        assert Letter.objects.filter(fact="bookings.notifications.search_needs_you", recipient=coordinator).exists()

        for _sweep in range(2):
            ask_next(at=make.SECOND_TIME[0] + timedelta(hours=1))

        visit.refresh_from_db()
        visit.request.refresh_from_db()
        assert (visit.status, visit.request.status) == (VisitStatus.UNFILLED, RequestStatus.UNFILLED)
        assert facts("request_unfilled") == 1


class TestComingAllTheSame:
    def test_a_visit_to_which_somebody_comes_goes_ahead_and_is_settled_by_a_coordinator(self, now):
        stays, goes = people(2)
        time = (now + timedelta(days=9), now + timedelta(days=9, hours=1))
        visit = make.visit(ambassador=stays, status=VisitStatus.CONFIRMED, time=time, seats=2)
        second = visit.seats.get(ambassador=None)
        Seat.objects.filter(pk=second.pk).update(ambassador=goes, status=SeatStatus.TAKEN)
        Commitment.objects.create(seat=second, ambassador=goes, starts_at=time[0], ends_at=time[1])
        make.offer(seat=second, ambassador=goes, status=OfferStatus.ACCEPTED)
        give_up_seat(seat=visit.seats.get(ambassador=goes), reason=CancelReason.ILLNESS, by=goes.user, at=now)
        assert Letter.objects.filter(fact="bookings.notifications.other_withdrew", recipient=stays.user).count() == 1

        after = time[1] + timedelta(minutes=1)
        ask_next(at=after)
        visit.refresh_from_db()
        assert visit.status == VisitStatus.FINDING

        settle_visit(visit=visit, outcome="deliver", by=make.staff(Role.COORDINATOR), at=after)
        visit.refresh_from_db()
        visit.request.refresh_from_db()
        assert (visit.status, visit.request.status) == (VisitStatus.DELIVERED, RequestStatus.FULFILLED)

    def test_a_search_goes_on_while_a_school_may_take_another_time(self, now):
        visit = make.visit()
        offer = make.offer(visit=visit, status=OfferStatus.COUNTERED, lapses_at=make.SECOND_TIME[0] + timedelta(days=1))
        ask_next(at=make.SECOND_TIME[0] + timedelta(hours=1))
        offer.refresh_from_db()
        assert offer.status == OfferStatus.COUNTERED
        ask_next(at=make.SECOND_TIME[0] + timedelta(days=2))
        visit.refresh_from_db()
        assert visit.status == VisitStatus.UNFILLED


class TestReminding:
    def test_whoever_has_not_answered_is_reminded_twice_and_not_after_an_answer(self, now):
        silent, quick, _third = people(3)
        make.visit()
        ask_next(at=now)
        decline_offer(offer=Offer.objects.get(ambassador=quick), by=quick.user, at=now)

        for hours in range(0, 72, 3):
            remind_asked(at=now + timedelta(hours=hours))

        told = Letter.objects.filter(fact="bookings.notifications.offer_waits")
        assert told.filter(recipient=silent.user).count() == 2
        assert not told.filter(recipient=quick.user).exists()

    def test_a_worker_that_slept_for_days_reminds_once_and_not_of_what_is_over(self, now):
        silent = people(1)[0]
        make.visit()
        ask_next(at=now)

        remind_asked(at=now + timedelta(hours=60))
        remind_asked(at=now + timedelta(hours=60))
        remind_asked(at=now + timedelta(hours=80))

        assert Letter.objects.filter(fact="bookings.notifications.offer_waits", recipient=silent.user).count() == 1


def test_to_look_at_a_search_at_night_takes_the_same_few_statements_for_each(now):
    at = datetime(2027, 1, 12, 22, 0, tzinfo=UTC)
    counts = []
    for _number in range(3):
        make.visit()
        with CaptureQueriesContext(connection) as captured:
            ask_next(at=at)
        counts.append(len(captured))
    assert counts[2] - counts[1] == counts[1] - counts[0] <= 2
