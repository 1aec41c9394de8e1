"""Server and worker are ended by SIGKILL a hundred times while everybody is busy: nothing is lost, or half done."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.races.busy_hour import EACH_KILL, BusyHour, Planner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
KILLS, MUCH = 100, 20


@pytest.fixture
def hour(tmp_path: Path) -> Iterator[BusyHour]:
    seed = random.randrange(2**32)
    plans = Planner(MUCH, seconds=KILLS * EACH_KILL * 2 / 3).plan()
    hour = BusyHour(tmp_path, plans, random.Random(seed))
    try:
        yield hour
    finally:
        hour.close()


def test_a_hundred_kills_in_a_busy_hour_lose_no_letter_and_no_clock(hour: BusyHour, record_property):
    began = time.monotonic()
    hour.open()
    hour.kill(KILLS)
    hour.settle()

    posted, taken = hour.posted(), hour.taken()
    repeats = taken.total() - len(posted)
    for victim, times in hour.kills.items():
        record_property(f"killed: {victim}", times)
    record_property("letters posted while they were killed", len(posted))
    record_property("messages that a killed worker had in hand", sum(hour.in_hand))
    record_property("letters that came twice", repeats)
    record_property("seconds of busy hours", round(time.monotonic() - began))

    # Nobody met an error, everybody's every act is owed its letters, once each, and the clocks' are among them.
    assert max(hour.met) < 500, hour.met
    assert Counter(fact for fact, _status in posted.values()) == hour.plans.letters
    # Each of them came, at least once. One that had come when its worker was killed may be needed no more.
    assert set(taken) == set(posted)
    assert {status for _fact, status in posted.values()} <= {"sent", "not_needed"}
    # Of the worker's two processes one at a time has a message in hand: a kill costs at most one repeat.
    assert repeats <= sum(hour.in_hand)
    assert max(hour.in_hand) <= 1
    assert_whole(hour)


def assert_whole(hour: BusyHour) -> None:
    """All was done, each act whole, and what was written down of it can be proved unchanged."""
    # Those who came to the visits that were called off had said yes before.
    stands = {"accepted": 2 * MUCH, "declined": MUCH, "withdrawn": MUCH, "lapsed": MUCH, "sent": MUCH}
    assert hour.offers() == Counter(stands)
    visits = hour.killing.rows("SELECT status, count(*) FROM bookings_visit WHERE status <> 'finding' GROUP BY status")
    assert dict(visits) == {"matched": MUCH, "cancelled_by_school": MUCH}
    assert hour.killing.rows("SELECT count(*) FROM bookings_commitment") == [(MUCH,)]
    events = hour.killing.rows("SELECT kind, count(*) FROM bookings_offerevent GROUP BY kind")
    assert dict(events) == {"send": 2 * MUCH, "accept": MUCH, "decline": MUCH, "withdraw": MUCH, "lapse": MUCH}
    status, audit = hour.killing.finish("verify_audit")
    assert (status, audit["broken_at"]) == (0, None)
