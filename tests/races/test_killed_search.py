"""A worker that is killed while it asks people leaves each of them asked, with their letter, or not at all."""

import pytest

from tests import make
from tests.races.killing import Killing

pytestmark = pytest.mark.django_db(transaction=True)

VISITS, SEATS, EACH = 4, 2, 3
EVERYBODY = VISITS * SEATS * EACH
SWEEP = ("job", "tests.races.a_noon", "sweep")
ASKED = "SELECT count(*) FROM bookings_offer"
# Each with its event, and with the letter that asks.
WHOLE = (
    "SELECT count(*) FROM bookings_offer o JOIN bookings_offerevent e ON e.offer_id = o.id AND e.kind = 'send' "
    "WHERE o.status = 'sent'"
)
LETTERS = "SELECT count(DISTINCT key) FROM letters_letter WHERE fact = 'bookings.notifications.offer_made'"
MOST_A_SEAT = "SELECT max(n) FROM (SELECT count(*) AS n FROM bookings_offer GROUP BY seat_id) AS each_seat"


def count(killing: Killing, sql: str) -> int:
    return int(killing.rows(sql)[0][0] or 0)


def stands(killing: Killing) -> int:
    """How many are asked; each of them whole, and for no seat more than may be."""
    asked = count(killing, ASKED)
    assert count(killing, WHOLE) == asked == count(killing, LETTERS)
    assert count(killing, MOST_A_SEAT) <= EACH
    return asked


@pytest.fixture
def killing(tmp_path) -> Killing:
    for _number in range(EVERYBODY):
        make.ambassador(cleared=True, visits_delivered=1)
    for _number in range(VISITS):
        make.visit(seats=SEATS)
    return Killing(tmp_path)


@pytest.mark.slow
def test_whenever_a_search_is_killed_the_next_sweep_asks_the_rest(killing):
    kills = 0
    for moment in range(0, EVERYBODY, 2):
        before = stands(killing)
        kills += killing.kill_when(lambda moment=moment: count(killing, ASKED) > moment, *SWEEP)
        assert stands(killing) >= before
    status, _asked = killing.finish(*SWEEP)
    assert (status, stands(killing)) == (0, EVERYBODY)
    assert kills, "each of them came to its end before it could be killed"


@pytest.mark.slow
def test_two_sweeps_at_once_ask_nobody_twice(killing):
    started = [killing.start(*SWEEP) for _each in range(2)]
    said = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0], said
    killing.finish(*SWEEP)
    assert stands(killing) == EVERYBODY
