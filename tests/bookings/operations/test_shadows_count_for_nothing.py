"""Whoever comes along to watch counts for nothing that a visit waits for, and speaks for nobody."""

from datetime import timedelta

import pytest

from bookings.enums import CancelReason, RequestStatus, SeatKind
from bookings.models import Offer, Reconfirmation
from bookings.operations import reconfirming, shadowing, visits
from bookings.operations.ladder import ask_next
from bookings.operations.preparing import write_outline
from bookings.operations.proposals import Wish, propose_time
from bookings.operations.swapping import swap_person
from bookings.queries.boards import board_of
from bookings.queries.readiness import readiness_of
from bookings.queries.sharing import week_of
from stem.rules import Refusal
from tests import make
from tests.bookings.operations.test_shadowing import DAY, STARTS, lead_of, teacher

pytestmark = pytest.mark.django_db


def refused(act, /, **arguments) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        act(**arguments)
    return refusal.value.codes


def test_nobody_looks_for_a_shadow(visit, place, nia, now):
    assert ask_next(at=now) == 0
    lead = lead_of(visit)
    visits.give_up_seat(seat=lead, reason=CancelReason.WORK, by=lead.ambassador.user, at=now)
    request = visit.request
    request.refresh_from_db()
    assert request.status == RequestStatus.OPEN

    ask_next(at=now + timedelta(days=1))

    assert {offer.seat_id for offer in Offer.objects.awaiting_answer()} == {lead.pk}
    assert board_of(request).open_seat == lead
    assert [seat.kind for seat in board_of(request).seats] == [SeatKind.LEAD]


def test_an_offer_to_watch_is_none_of_a_week_s_offers(visit, place, nia, cora, now):
    before = week_of(None, at=now, share=40)
    shadowing.invite_shadow(seat=place, person=nia.pk, by=cora, at=now)
    assert week_of(None, at=now, share=40) == before


def test_a_visit_is_ready_without_whoever_watches_who_is_not_asked(visit, watched, nia):
    near = STARTS - 2 * DAY
    assert reconfirming.ask_again(at=near.replace(hour=10)) == 1
    assert set(Reconfirmation.objects.values_list("seat", flat=True)) == {None, lead_of(visit).pk}

    for seat, by in ((None, teacher(visit)), (lead_of(visit), lead_of(visit).ambassador.user)):
        reconfirming.reconfirm_visit(visit=visit, seat=seat, by=by, at=near)

    assert readiness_of(visit, visit.seats.all(), at=near).is_ready
    again = {"visit": visit, "seat": watched, "by": nia.user, "at": near}
    assert refused(reconfirming.reconfirm_visit, **again) == ["not_yours"]


def test_whoever_watches_speaks_for_nobody(visit, watched, nia, cora, now):
    wish = Wish(STARTS + DAY, STARTS + DAY + timedelta(hours=1), "So.", reason=CancelReason.OTHER)
    assert refused(propose_time, visit=visit, seat=watched, wish=wish, by=nia.user, at=now) == ["not_yours"]
    assert refused(write_outline, seat=watched, text="Bridges", by=nia.user, at=now) == ["not_yours"]
    swap = {"seat": watched, "person": nia.pk, "reason": CancelReason.WORK, "by": cora, "at": now}
    assert refused(swap_person, **swap) == ["state"]


def test_a_visit_that_was_watched_is_none_that_one_has_given(visit, watched, nia, cora):
    visits.settle_visit(visit=visit, outcome="deliver", by=cora, at=make.FIRST_TIME[1] + DAY)

    nia.refresh_from_db()
    ada = lead_of(visit).ambassador
    assert (nia.visits_delivered, nia.last_visit_on, nia.is_new, ada.visits_delivered) == (0, None, True, 10)
