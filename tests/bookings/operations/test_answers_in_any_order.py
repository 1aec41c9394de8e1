"""Other times, yes, no and second thoughts of several people in any order, against what must never come to be."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bookings.enums import LIVE_OFFERS, UNSETTLED_OFFERS, CancelReason, OfferStatus, SeatStatus, VisitStatus
from bookings.models import Commitment, Offer, Seat, Visit
from bookings.operations.countering import agree_to_time, name_other_times, refuse_times
from bookings.operations.offers import accept_offer, decline_offer, lapse_offers, withdraw_offer
from bookings.operations.reconsidering import accept_after_all, reconsider_offer
from bookings.operations.reserves import keep_in_reserve
from bookings.operations.visits import give_up_seat
from bookings.queries.reserves import reserves_of
from bookings.workflow import OFFER
from stem.accounts.roles import Role
from stem.rules import Refusal
from tests import make

STEPS = {(source, move.target) for move in OFFER.moves.values() for source in move.sources}
TIMES = (make.OTHER_TIME, tuple(time + timedelta(days=3) for time in make.OTHER_TIME))


class World:
    """A visit with one place or two, for which three people are asked."""

    def __init__(self, seats: int) -> None:
        self.coordinator = make.staff(Role.COORDINATOR)
        self.visit = make.visit(seats=seats)
        places = list(self.visit.seats.all())
        self.offers = [make.offer(seat=places[number % seats]) for number in range(3)]

    def give_up(self, at: Any) -> None:
        """Whoever has a place first gives it back."""
        seat = self.visit.seats.filter(ambassador__isnull=False).first()
        if seat is not None and seat.ambassador is not None:
            give_up_seat(seat=seat, reason=CancelReason.WORK, by=seat.ambassador.user, at=at)


Act = Callable[[World, Offer, dict[str, Any], int], Any]
ACTS: dict[str, Act] = {
    "counter": lambda world, offer, by, number: name_other_times(offer=offer, times=TIMES[: 1 + number % 2], **by),
    "accept": lambda world, offer, by, number: accept_offer(
        offer=offer, starts_at=(make.FIRST_TIME, make.SECOND_TIME)[number % 2][0], **by
    ),
    "decline": lambda world, offer, by, number: decline_offer(
        offer=offer, not_this_school=number % 3 == 0, not_this_month=number % 5 == 0, **by
    ),
    "reconsider": lambda world, offer, by, number: reconsider_offer(offer=offer, **by),
    "after_all": lambda world, offer, by, number: accept_after_all(offer=offer, starts_at=make.FIRST_TIME[0], **by),
    "agree": lambda world, offer, by, number: agree_to_time(
        offer=offer, starts_at=TIMES[number % 2][0], by=world.visit.request.contact.user, at=by["at"]
    ),
    "refuse": lambda world, offer, by, number: refuse_times(
        offer=offer, by=world.visit.request.contact.user, at=by["at"]
    ),
    "withdraw": lambda world, offer, by, number: withdraw_offer(offer=offer, by=world.coordinator, at=by["at"]),
    "reserve": lambda world, offer, by, number: keep_in_reserve(offer=offer, **by),
    "give_up": lambda world, offer, by, number: world.give_up(by["at"]),
    "lapse": lambda world, offer, by, number: lapse_offers(at=by["at"]),
}


class TestAnyOrder(TestCase):
    """Up to twelve acts, some hours apart, so that clocks run out on the way."""

    @settings(max_examples=min(settings.default.max_examples // 2, 40))
    @given(
        seats=st.integers(1, 2),
        acts=st.lists(
            st.tuples(st.sampled_from([*ACTS]), st.integers(0, 2), st.integers(0, 15)), min_size=3, max_size=12
        ),
    )
    def test_nothing_comes_to_be_that_must_not(self, seats, acts):
        world = World(seats)
        for number, (act, who, chance) in enumerate(acts):
            offer = Offer.objects.get(pk=world.offers[who].pk)
            by = {"by": offer.ambassador.user, "at": make.NOW + timedelta(hours=7 * number)}
            with suppress(Refusal):
                ACTS[act](world, offer, by, chance)
            assert_all_is_well(world)


def assert_all_is_well(world: World) -> None:
    visit = Visit.objects.get(pk=world.visit.pk)
    for seat in Seat.objects.filter(visit=visit):
        accepted = list(Offer.objects.filter(seat=seat, status=OfferStatus.ACCEPTED))
        hours = list(Commitment.objects.filter(seat=seat))
        if seat.status == SeatStatus.TAKEN:
            assert [offer.ambassador_id for offer in accepted] == [seat.ambassador_id]
            assert [(each.starts_at, each.ends_at) for each in hours] == [(visit.starts_at, visit.ends_at)]
            assert not Offer.objects.filter(seat=seat, status__in=UNSETTLED_OFFERS).exists()
        else:
            assert accepted == hours == []
    taken = visit.seats.filter(status=SeatStatus.TAKEN)
    assert (visit.status == VisitStatus.MATCHED) == (taken.count() == visit.seats.count())
    # Another time waits for a school only while the visit could still be at any.
    if visit.starts_at is not None:
        assert not Offer.objects.filter(visit=visit, status=OfferStatus.COUNTERED).exists()
    for offer in Offer.objects.filter(visit=visit):
        way = ["sent", *offer.events.order_by("pk").values_list("status", flat=True)]
        assert all(step in STEPS or step[0] == step[1] for step in pairwise(way)), way
        assert way[-1] == offer.status
        if offer.status == OfferStatus.COUNTERED:
            assert 1 <= offer.other_times.count() <= 2
    live = Offer.objects.filter(visit=visit, status__in=LIVE_OFFERS).values_list("ambassador", flat=True)
    assert not set(reserves_of(visit)) & set(live)
