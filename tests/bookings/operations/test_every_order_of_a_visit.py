"""Asking, answering, confirming, giving up and calling off in any order, by the clock: what holds at every moment.

Nobody is in two places at once. A seat that is taken has its hours and its one accepted offer, and one that is open has
neither. Nobody is asked for what is no longer sought. And no clock is forgotten: after the sweeps nothing is overdue.
Whoever comes along to watch never counts: a visit has what it waits for without them, and they never come alone.
People go away, fill their own calendars, lose what clears them or are suspended meanwhile, and schools ask for more.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambassadors.enums import HoldKind
from ambassadors.models import Ambassador
from ambassadors.operations.profile import go_away
from ambassadors.operations.requirements import withdraw_requirement
from bookings.enums import (
    HAS_PEOPLE,
    PROMISED,
    UNSETTLED_OFFERS,
    UPCOMING,
    Asking,
    CancelReason,
    OfferStatus,
    ProposalStatus,
    RequestStatus,
    SeatKind,
    SeatStatus,
    VisitStatus,
)
from bookings.models import Commitment, Offer, Proposal, Request, Seat, Visit
from bookings.operations import countering, ladder, offers, proposals, requests, shadowing, standing, visits
from bookings.operations.reconfirming import ask_again
from bookings.operations.reconsidering import reconsider_offer
from bookings.operations.reserves import keep_in_reserve
from quality.models import Suspension
from quality.operations.suspensions import suspend
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.rules import Refusal
from tests import make
from tests.bookings.operations.test_standing import ARRANGED

HOUR = timedelta(hours=1)
# Two schools want somebody at the same hour, and one of them at another as well; the third wants two people.
FIRST = (make.NOW + timedelta(days=6), make.NOW + timedelta(days=6, hours=1))
SECOND = (make.NOW + timedelta(days=8), make.NOW + timedelta(days=8, hours=1))
OVER = (
    VisitStatus.CANCELLED_BY_SCHOOL,
    VisitStatus.CANCELLED_BY_AMBASSADOR,
    VisitStatus.CANCELLED_BY_SCHEME,
    VisitStatus.UNFILLED,
)


class World:
    """Three schools that look for somebody, five people who could go, and their coordinator."""

    def __init__(self) -> None:
        self.people = [make.ambassador(name=f"Person {number}", cleared=True) for number in range(5)]
        for person in self.people[:3]:
            make.limits(person, at_short_notice=True)
        self.coordinator = make.staff(Role.COORDINATOR)
        self.lead = make.staff(Role.SAFEGUARDING_LEAD)
        self.officer = make.staff(Role.VETTING_OFFICER)
        for times, wanted in (((FIRST,), 1), ((FIRST, SECOND), 1), ((SECOND,), 2)):
            request = make.request(status=RequestStatus.OPEN, times=times, people=wanted)
            make.visit(request=request, seats=wanted)
        self.sequences: dict[int, int] = {}

    def visit(self, number: int) -> Visit:
        """One of the visits there are by now."""
        every = Visit.objects.order_by("pk")
        return every[number % len(every)]

    def person(self, number: int) -> Ambassador:
        """One of the people, as they stand."""
        return Ambassador.objects.get(pk=self.people[number % 5].pk)

    def offer(self, number: int, status: OfferStatus = OfferStatus.SENT) -> Offer:
        """One of the offers that stand so."""
        every = list(Offer.objects.filter(status=status).order_by("pk"))
        return every[number % len(every)]

    def proposal(self, number: int) -> Proposal:
        """One of those that wait for an answer."""
        every = list(Proposal.objects.filter(status=ProposalStatus.PROPOSED).order_by("pk"))
        return every[number % len(every)]

    def seat(self, number: int) -> Seat:
        """One of the seats that are taken."""
        every = list(Seat.objects.filter(status=SeatStatus.TAKEN).order_by("pk"))
        return every[number % len(every)]


def contact(visit: Visit) -> User:
    user: User = visit.request.contact.user
    return user


def accept(world: World, at: datetime, number: int) -> None:
    offer = world.offer(number)
    times = [each.starts_at for each in offer.visit.request.possible_times.all()]
    starts_at = offer.visit.starts_at or times[number % len(times)]
    offers.accept_offer(offer=offer, starts_at=starts_at, by=offer.ambassador.user, at=at)


def decline(world: World, at: datetime, number: int) -> None:
    offer = world.offer(number)
    offers.decline_offer(offer=offer, by=offer.ambassador.user, at=at)


def give_up(world: World, at: datetime, number: int) -> None:
    seat = world.seat(number)
    assert seat.ambassador is not None and seat.ambassador.user is not None
    visits.give_up_seat(seat=seat, reason=CancelReason.ILLNESS, by=seat.ambassador.user, at=at)


def confirm(world: World, at: datetime, number: int) -> None:
    visit = world.visit(number)
    visits.confirm_visit(visit=visit, arrangements=ARRANGED, by=contact(visit), at=at)


def ask_for_someone_else(world: World, at: datetime, number: int) -> None:
    visit = world.visit(number)
    visits.ask_for_someone_else(visit=visit, by=contact(visit), at=at, because="Another subject.")


def cancel(world: World, at: datetime, number: int) -> None:
    visit = world.visit(number)
    by = world.coordinator if number % 2 else contact(visit)
    visits.cancel_visit(visit=visit, reason=CancelReason.KIT, by=by, at=at, for_scheme=bool(number % 2))


def withdraw(world: World, at: datetime, number: int) -> None:
    visit = world.visit(number)
    requests.withdraw_request(request=visit.request, by=contact(visit), at=at)


def give_up_search(world: World, at: datetime, number: int) -> None:
    requests.give_up_request(request=world.visit(number).request, by=world.coordinator, at=at)


def add_time(world: World, at: datetime, number: int) -> None:
    request = world.visit(number).request
    starts_at = FIRST[0] + timedelta(days=21 + number % 3)
    requests.add_times(request=request, times=[(starts_at, starts_at + HOUR)], by=request.contact.user, at=at)


def hold(world: World, at: datetime, number: int) -> None:
    standing.hold_back(
        ambassador=world.person(number),
        kind=HoldKind.VETTING,
        truth="A question",
        starts_on=at.date(),
        by=world.lead,
        at=at,
    )


def be_away(world: World, at: datetime, number: int) -> None:
    person, starts_on = world.person(number), (FIRST[0] + timedelta(days=number % 7 - 2)).date()
    go_away(ambassador=person, starts_on=starts_on, ends_on=starts_on + timedelta(days=2), by=person.user, at=at)


def fill_own_calendar(world: World, at: datetime, number: int) -> None:
    busy = (FIRST, SECOND)[number % 2]
    make.own_calendar(world.person(number), busy=[busy])


def lose_clearance(world: World, at: datetime, number: int) -> None:
    [requirement, *_others] = world.person(number).requirements.filter(withdrawn_at=None).order_by("pk")
    withdraw_requirement(requirement=requirement, by=world.officer, at=at)


def be_suspended(world: World, at: datetime, number: int) -> None:
    suspend(ambassador=world.person(number), because="A worry", tell=number % 2 == 0, by=world.lead, at=at)


def ask_for_another(world: World, at: datetime, number: int) -> None:
    starts_at = (FIRST, SECOND)[number % 2][0] + timedelta(minutes=30 * (number % 3))
    wanted = make.request(status=RequestStatus.SUBMITTED, times=((starts_at, starts_at + HOUR),), people=1 + number % 2)
    requests.open_request(request=wanted, by=world.coordinator, at=at)


def name_another_time(world: World, at: datetime, number: int) -> None:
    offer = world.offer(number)
    starts_at = FIRST[0] + timedelta(days=14 + number % 3, hours=1)
    by = offer.ambassador.user
    countering.name_other_times(offer=offer, times=[(starts_at, starts_at + HOUR)], by=by, at=at, manages_journey=True)


def answer_another_time(world: World, at: datetime, number: int) -> None:
    offer = world.offer(number, OfferStatus.COUNTERED)
    by = offer.visit.request.contact.user
    if number % 3 == 0:
        countering.refuse_times(offer=offer, by=by, at=at)
        return
    starts_at = offer.other_times.all()[0].starts_at
    countering.agree_to_time(offer=offer, starts_at=starts_at, by=by, at=at, all_the_same="It suits.")


def say_yes_after_all(world: World, at: datetime, number: int) -> None:
    offer = world.offer(number, OfferStatus.DECLINED)
    reconsider_offer(offer=offer, by=offer.ambassador.user, at=at)


def wait_in_reserve(world: World, at: datetime, number: int) -> None:
    offer = world.offer(number, OfferStatus.SUPERSEDED)
    keep_in_reserve(offer=offer, by=offer.ambassador.user, at=at)


def propose(world: World, at: datetime, number: int) -> None:
    visit = world.visit(number)
    assert visit.starts_at is not None and visit.ends_at is not None
    later = timedelta(days=number % 5, hours=number % 3)
    wish = proposals.Wish(
        visit.starts_at + later, visit.ends_at + later, "It suits us better.", all_the_same="It suits."
    )
    proposals.propose_time(visit=visit, seat=None, wish=wish, by=contact(visit), at=at)


def answer_proposal(world: World, at: datetime, number: int) -> None:
    proposal = world.proposal(number)
    for seat in proposal.visit.seats.leads().filter(status=SeatStatus.TAKEN):
        assert seat.ambassador is not None and seat.ambassador.user is not None
        if number % 4 == 0:
            proposals.refuse_proposal(proposal=proposal, seat=seat, by=seat.ambassador.user, at=at)
            return
        proposals.agree_proposal(proposal=proposal, seat=seat, by=seat.ambassador.user, at=at)


def sweep(world: World, at: datetime, number: int) -> None:
    offers.lapse_offers(at=at)
    offers.remind_asked(at=at)
    proposals.lapse_proposals(at=at)
    ask_again(at=at)
    standing.give_back_lapsed(at=at)
    ladder.ask_next(at=at)


def choose(world: World, at: datetime, number: int) -> None:
    asking = list(Asking)[number % 3]
    ladder.choose_asking(request=world.visit(number).request, asking=asking, by=world.coordinator, at=at)


def let_somebody_watch(world: World, at: datetime, number: int) -> None:
    seat = shadowing.add_shadow_place(visit=world.visit(number), by=world.coordinator, at=at)
    shadowing.invite_shadow(seat=seat, person=world.person(number // 2).pk, by=world.coordinator, at=at)


def refuse_watching(world: World, at: datetime, number: int) -> None:
    visit = world.visit(number)
    shadowing.refuse_shadow(visit=visit, by=contact(visit), at=at)


def settle(world: World, at: datetime, number: int) -> None:
    outcome = ("deliver", "not_deliver", "miss_by_ambassador", "miss_by_school")[number % 4]
    visits.settle_visit(visit=world.visit(number), outcome=outcome, by=world.coordinator, at=at)


Act = Callable[[World, datetime, int], Any]
ACTS: dict[str, Act] = {
    each.__name__: each
    for each in (
        *(accept, decline, give_up, confirm, ask_for_someone_else, cancel, withdraw, give_up_search),
        *(add_time, hold, choose, settle, let_somebody_watch, refuse_watching),
        *(be_away, fill_own_calendar, lose_clearance, be_suspended, ask_for_another),
        *(name_another_time, answer_another_time, say_yes_after_all, wait_in_reserve, propose, answer_proposal),
    )
}
# What brings a search on comes most often, so that there is something to give up.
OFTEN = ("accept", "confirm", "sweep", "sweep", "decline", "let_somebody_watch")


class TestEveryOrderOfAVisit(TestCase):
    """Up to forty acts, with hours or days between them."""

    @settings(max_examples=min(settings.default.max_examples // 2, 60))
    @given(
        acts=st.lists(
            st.tuples(st.sampled_from([*OFTEN * 3, *ACTS]), st.integers(0, 59), st.integers(0, 30)),
            min_size=10,
            max_size=40,
        )
    )
    def test_every_promise_holds_at_every_moment(self, acts):
        world, at = World(), make.NOW
        sweep(world, at, 0)
        for name, number, hours in acts:
            at += timedelta(hours=hours)
            # A number may name none: a division by how many there are.
            with suppress(Refusal, ZeroDivisionError, *((AssertionError,) if name == "propose" else ())):
                sweep(world, at, number) if name == "sweep" else ACTS[name](world, at, number)
            assert_every_promise_holds(world)
            assert_nobody_suspended_is_expected(at)
        sweep(world, at, 0)
        assert_every_promise_holds(world)
        assert not Offer.objects.due_to_lapse(at).exists()
        assert not Proposal.objects.due_to_lapse(at).exists()
        event(str(sorted(set(Visit.objects.values_list("status", flat=True)))))


def assert_every_promise_holds(world: World) -> None:
    """What is said at the head of this page, row by row."""
    for one, other in combinations(Commitment.objects.all(), 2):
        apart = one.ends_at <= other.starts_at or other.ends_at <= one.starts_at
        assert apart or one.ambassador_id != other.ambassador_id
    for visit in Visit.objects.prefetch_related("seats__commitment", "seats__offers"):
        seats = list(visit.seats.all())
        for seat in seats:
            assert_seat_is_true(seat, visit)
        live = [(each, seat) for seat in seats for each in seat.offers.all() if each.status in UNSETTLED_OFFERS]
        for _each, seat in live:
            assert visit.status in (HAS_PEOPLE if seat.is_shadow else (VisitStatus.FINDING,))
        if visit.status in UPCOMING and any(seat.is_shadow and seat.ambassador_id for seat in seats):
            assert visit.status in HAS_PEOPLE
            assert all(seat.ambassador_id for seat in seats if not seat.is_shadow)
        if visit.status in UPCOMING:
            is_open = any(seat.kind == SeatKind.LEAD and seat.status == SeatStatus.OPEN for seat in seats)
            assert is_open == (visit.status == VisitStatus.FINDING)
        if visit.status in PROMISED:
            assert visit.starts_at and visit.supervising_adult
        assert visit.sequence >= world.sequences.get(visit.pk, 0)
        world.sequences[visit.pk] = visit.sequence
    for request in Request.objects.prefetch_related("visits"):
        sought = any(visit.status == VisitStatus.FINDING for visit in request.visits.all())
        assert sought == (request.status == RequestStatus.OPEN)


def assert_nobody_suspended_is_expected(at: datetime) -> None:
    """From the moment of a suspension no school expects the person, and nobody asks them (rule V-71)."""
    suspended = Suspension.objects.standing().values("ambassador")
    expected = Seat.objects.filter(status=SeatStatus.TAKEN, visit__status__in=UPCOMING, visit__starts_at__gt=at)
    assert not expected.filter(ambassador__in=suspended).exists()
    assert not Offer.objects.filter(status=OfferStatus.SENT, ambassador__in=suspended).exists()


def assert_seat_is_true(seat: Seat, visit: Visit) -> None:
    """A taken seat of a visit that stands has its hours and its offer, an open one neither; few are asked at once."""
    accepted = [each.ambassador_id for each in seat.offers.all() if each.status == OfferStatus.ACCEPTED]
    hours = [(each.ambassador_id, each.starts_at, each.ends_at) for each in Commitment.objects.filter(seat=seat)]
    if seat.status == SeatStatus.OPEN:
        assert not accepted and not hours
    else:
        assert accepted == [seat.ambassador_id]
        assert hours == ([] if visit.status in OVER else [(seat.ambassador_id, visit.starts_at, visit.ends_at)])
    assert sum(each.status == OfferStatus.SENT for each in seat.offers.all()) <= 10
