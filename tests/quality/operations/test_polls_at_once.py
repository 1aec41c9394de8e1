"""A class that presses in the same instant."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from quality.enums import PollStatus
from quality.operations.polls import hand_in
from stem.rules import Refusal
from tests import make

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
]
CROWD = 8


def test_no_more_are_counted_than_there_were_pupils():
    poll, together = make.poll(planned=4), Barrier(CROWD)

    def press(_number: int) -> str:
        together.wait()
        try:
            hand_in(poll=poll, answers={"P12": "5"}, slip=uuid4(), at=poll.opens_at)
        except Refusal as refusal:
            return refusal.codes[0]
        finally:
            connection.close()
        return "counted"

    with ThreadPoolExecutor(CROWD) as crowd:
        met = sorted(crowd.map(press, range(CROWD)))

    poll.refresh_from_db()
    assert met == ["closed", "closed", *["counted"] * 5, "too_many"]
    assert (poll.status, poll.handed_in, poll.counts) == (PollStatus.VOID, 5, {"P12": {"5": 5}})


def test_the_same_sheet_pressed_many_times_at_once_counts_once():
    poll, slip, together = make.poll(), uuid4(), Barrier(CROWD)

    def press(_number: int) -> None:
        together.wait()
        try:
            hand_in(poll=poll, answers={"P12": "5"}, slip=slip, at=poll.opens_at)
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as crowd:
        list(crowd.map(press, range(CROWD)))

    poll.refresh_from_db()
    assert poll.handed_in == 1
