"""Both sides at the same instant: two wishes, two answers, and an answer to a visit that is being called off."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from bookings.enums import ProposalStatus, SeatStatus, VisitStatus
from bookings.models import Commitment, Proposal, Seat, Visit
from stem.letters.models import Letter
from tests import make
from tests.clients import client_of

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clock_stands_still"),
]
WISH = {
    "day_0": "11",
    "day_1": "2",
    "day_2": "2027",
    "start": "10am",
    "finish": "11am",
    "words": "So.",
    "reason": "other",
}


def at_once(*presses: Callable[[], int]) -> list[int]:
    """What each of these meets, all pressed together."""
    together = Barrier(len(presses))

    def press(each: Callable[[], int]) -> int:
        together.wait()
        try:
            return each()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return sorted(pool.map(press, presses))


def posting(user, name: str, pk: int, /, **answers: str) -> Callable[[], int]:
    client = client_of(user)
    return lambda: client.post(reverse(name, args=[pk]), answers).status_code


def visit_of_two() -> tuple[Visit, list[Seat]]:
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
    fred = make.ambassador(name="Fred Fellow", cleared=True)
    seat = Seat.objects.create(visit=visit, ambassador=fred, status=SeatStatus.TAKEN)
    Commitment.objects.create(seat=seat, ambassador=fred, starts_at=visit.starts_at, ends_at=visit.ends_at)
    return visit, list(visit.seats.select_related("ambassador__user").order_by("pk"))


def test_of_all_who_propose_at_once_one_is_asked_about():
    visit, seats = visit_of_two()
    users = [visit.request.contact.user, *(seat.ambassador.user for seat in seats)]

    statuses = at_once(*(posting(user, "propose_time", visit.pk, **WISH) for user in users * 2))

    assert max(statuses) < 500
    assert Proposal.objects.count() == 1
    assert Letter.objects.count() == 2


def test_two_who_agree_at_once_move_the_visit_once():
    visit, seats = visit_of_two()
    proposal = make.proposal(visit)

    statuses = at_once(
        *(posting(seat.ambassador.user, "proposal", proposal.pk, answer="yes") for seat in seats for _press in range(2))
    )

    visit.refresh_from_db()
    assert max(statuses) < 500
    assert (visit.sequence, visit.starts_at) == (1, make.FIRST_TIME[0] + timedelta(days=1))
    assert set(Commitment.objects.values_list("starts_at", flat=True)) == {visit.starts_at}
    assert Letter.objects.filter(fact__endswith=".visit_changed").count() == 3


def test_a_yes_a_no_and_a_cancellation_at_once_leave_one_story():
    visit, seats = visit_of_two()
    proposal = make.proposal(visit, seat=seats[0])
    teacher = visit.request.contact.user

    statuses = at_once(
        posting(teacher, "proposal", proposal.pk, answer="yes"),
        posting(seats[1].ambassador.user, "proposal", proposal.pk, answer="yes"),
        posting(seats[0].ambassador.user, "withdraw_proposal", proposal.pk),
        posting(teacher, "cancel_visit", visit.pk, reason="other"),
    )

    visit.refresh_from_db()
    proposal.refresh_from_db()
    moved = proposal.status == ProposalStatus.AGREED
    assert max(statuses) < 500
    assert (visit.status, visit.sequence) == (VisitStatus.CANCELLED_BY_SCHOOL, 1 + moved)
    assert proposal.status != ProposalStatus.PROPOSED
    assert not Commitment.objects.exists()
