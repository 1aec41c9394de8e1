"""Proposals, answers, the clock and what overtakes them, from every side and in any order.

Whatever happens: the hours that bind people are those of their visit and never overlap; the calendar version rises by
exactly one for each change that both sides must see, and for nothing else; one proposal is open at most, and none of a
visit that does not stand; nobody gets a letter twice.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bookings.enums import HAS_PEOPLE, CancelReason, ProposalStatus, SeatStatus, VisitStatus
from bookings.models import Commitment, Proposal, Seat, Session, Visit, VisitEvent
from bookings.operations import proposals
from bookings.operations.proposals import Wish
from bookings.operations.visits import ask_for_someone_else, cancel_visit, confirm_visit, give_up_seat
from bookings.queries.proposals import agreed_to, asked_by
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.rules import Refusal
from tests import make
from tests.bookings.operations.test_proposals_settled import ARRANGED

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Changes of a visit that both sides must see, by the event that tells of each.
SEEN = {"confirm", "change_time", "reopen", "cancel_by_school", "cancel_by_ambassador"}


class World:
    """Two visits to one school: Ada comes to both, and Fred to the first; a coordinator may speak for everybody."""

    def __init__(self) -> None:
        self.ada = make.ambassador(name="Ada Engineer", cleared=True)
        self.fred = make.ambassador(name="Fred Fellow", cleared=True)
        self.contact = make.contact()
        first = make.visit(contact=self.contact, ambassador=self.ada, status=VisitStatus.MATCHED)
        seat = Seat.objects.create(visit=first)
        make.offer(seat=seat, ambassador=self.fred, status="accepted")
        Seat.objects.filter(pk=seat.pk).update(ambassador=self.fred, status=SeatStatus.TAKEN)
        Commitment.objects.create(seat=seat, ambassador=self.fred, starts_at=first.starts_at, ends_at=first.ends_at)
        second = make.visit(
            contact=self.contact, ambassador=self.ada, status=VisitStatus.CONFIRMED, time=make.SECOND_TIME
        )
        self.visits = [first, second]
        self.people: dict[str, User] = {
            "teacher": self.contact.user,
            "ada": self.ada.user,
            "fred": self.fred.user,
            "coordinator": make.staff(Role.COORDINATOR),
            "stranger": make.contact().user,
        }

    def side(self, visit: Visit, number: int) -> Seat | None:
        """The school, or one of those who come, or came, to this visit."""
        return [None, *visit.seats.order_by("pk")][number % (visit.seats.count() + 1)]

    def proposal(self, visit: Visit) -> Proposal:
        """What was proposed last, as a page left open would press for it."""
        return visit.proposals.first() or Proposal(pk=0, visit=visit)


def onwards(world: World, visit: Visit, at: datetime, number: int) -> None:
    """What brings a proposal on: somebody's wish where there is none, else the yes of one who is waited for."""
    by, proposal = world.people["coordinator"], visit.proposals.open().first()
    if proposal is None:
        proposals.propose_time(visit=visit, seat=world.side(visit, number), wish=wish(visit, number), by=by, at=at)
        return
    seats = {seat.pk: seat for seat in visit.seats.filter(ambassador__isnull=False)}
    waiting = [each for each in asked_by(proposal, seats.values()) if each not in agreed_to(proposal)]
    seat = seats.get(waiting[number % len(waiting)])
    proposals.agree_proposal(proposal=proposal, seat=seat, by=by, at=at, all_the_same="Our science week.")


# Onto the other visit's time, beside it, a day later, shorter and longer.
SHIFTS = ((DAY + 4 * HOUR, HOUR), (DAY + 3 * HOUR, HOUR), (DAY, HOUR), (0 * HOUR, HOUR / 2), (0 * HOUR, 2 * HOUR))


def wish(visit: Visit, number: int) -> Wish:
    later, length = SHIFTS[number % len(SHIFTS)]
    starts_at = (visit.starts_at or make.FIRST_TIME[0]) + later * (1 if number % 2 else -1)
    return Wish(starts_at, starts_at + length, "It suits better.", CancelReason.OTHER, "Our science week.")


Act = Callable[[World, Visit, User, datetime, int], Any]
ACTS: dict[str, Act] = {
    "propose": lambda world, visit, by, at, number: proposals.propose_time(
        visit=visit, seat=world.side(visit, number), wish=wish(visit, number), by=by, at=at
    ),
    "agree": lambda world, visit, by, at, number: proposals.agree_proposal(
        proposal=world.proposal(visit), seat=world.side(visit, number), by=by, at=at
    ),
    "refuse": lambda world, visit, by, at, number: proposals.refuse_proposal(
        proposal=world.proposal(visit), seat=world.side(visit, number), by=by, at=at
    ),
    "withdraw": lambda world, visit, by, at, number: proposals.withdraw_proposal(
        proposal=world.proposal(visit), by=by, at=at
    ),
    "lapse": lambda world, visit, by, at, number: proposals.lapse_proposals(at=at),
    "confirm": lambda world, visit, by, at, number: confirm_visit(visit=visit, arrangements=ARRANGED, by=by, at=at),
    "give_up": lambda world, visit, by, at, number: give_up_seat(
        seat=world.side(visit, number) or visit.seats.all()[0], reason=CancelReason.WORK, by=by, at=at
    ),
    "cancel": lambda world, visit, by, at, number: cancel_visit(visit=visit, reason=CancelReason.OTHER, by=by, at=at),
    "someone_else": lambda world, visit, by, at, number: ask_for_someone_else(
        visit=visit, by=by, at=at, because="Rivers"
    ),
}
ACTS["onwards"] = lambda world, visit, by, at, number: onwards(world, visit, at, number)
# Most acts bring something on, so that a search does not end at the first step.
OFTEN = [*["onwards"] * 3 * len(ACTS), *ACTS]
WHO = ("teacher", "ada", "fred", "coordinator", "coordinator", "coordinator", "stranger")


class TestProposalsInAnyOrder(TestCase):
    @settings(max_examples=min(settings.default.max_examples, 60))
    @given(
        acts=st.lists(
            st.tuples(st.sampled_from(OFTEN), st.sampled_from(WHO), st.integers(0, 1), st.integers(0, 29)),
            min_size=8,
            max_size=30,
        )
    )
    def test_every_promise_is_kept(self, acts):
        world = World()
        for number, (act, who, which, chance) in enumerate(acts):
            at = make.NOW + timedelta(hours=3 * number)
            visit = Visit.objects.get(pk=world.visits[which].pk)
            with suppress(Refusal):
                ACTS[act](world, visit, world.people[who], at, chance)
            assert_hours_are_kept()
            assert_versions_are_counted(world)
            assert_proposals_stand()
            if chance % 5 == 0:
                send_due(at=at)
        assert_no_letter_is_sent_twice()
        event(str(sorted(set(Proposal.objects.values_list("status", flat=True)))))


def assert_hours_are_kept() -> None:
    for hours in Commitment.objects.select_related("seat__visit"):
        visit = hours.seat.visit
        assert (hours.starts_at, hours.ends_at) == (visit.starts_at, visit.ends_at)
        beside = Commitment.objects.filter(ambassador=hours.ambassador, starts_at__lt=hours.ends_at)
        assert list(beside.filter(ends_at__gt=hours.starts_at)) == [hours]
    for lesson in Session.objects.select_related("visit"):
        assert lesson.visit.starts_at <= lesson.starts_at < lesson.ends_at <= lesson.visit.ends_at


def assert_versions_are_counted(world: World) -> None:
    # A search that goes on with one person fewer was no move of the table, and is seen by whoever is left all the same.
    for visit in Visit.objects.all():
        seen = VisitEvent.objects.filter(visit=visit, kind__in=SEEN).count()
        quiet = visit.seats.filter(events__kind="free").count()
        assert seen <= visit.sequence <= seen + quiet, (seen, quiet, visit.sequence)
        moved = visit.proposals.filter(status=ProposalStatus.AGREED).count()
        assert visit.events.filter(kind="change_time").count() == moved


def assert_proposals_stand() -> None:
    for proposal in Proposal.objects.open().select_related("visit"):
        assert proposal.visit.status in HAS_PEOPLE
        assert (proposal.was_starts_at, proposal.was_ends_at) == (proposal.visit.starts_at, proposal.visit.ends_at)
    counted = Counter(Proposal.objects.open().values_list("visit", flat=True))
    assert all(number == 1 for number in counted.values())


def assert_no_letter_is_sent_twice() -> None:
    owed = Counter(
        (letter.fact, letter.recipient_id, str(sorted(letter.ids.items()))) for letter in Letter.objects.all()
    )
    assert [what for what, number in owed.items() if number > 1] == []
