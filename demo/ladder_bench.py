"""How a term of searches ends by the ladder, beside asking everybody at once and asking one by one."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from statistics import median, quantiles

from django.db import connection

from bookings.matching.candidates import find_candidates
from bookings.matching.wanted import Interval
from demo.ladder_model import Candidate, Habits, Played, Search, Term, ways
from demo.made_ground import Ground
from demo.match_bench import People, request_somewhere
from demo.measuring import Row
from stem.moments import moment
from stem.nations import Nation
from stem.policy.values import values
from stem.workdays import add_working_days, is_working_day

PEOPLE, SEARCHES, SEED = 20_000, 5_000, 32
# How many are looked at for each search: the ladder never comes so far, and "everybody" is so many.
LONGEST = 200
FIRST_DAY, WEEKS = date(2027, 1, 11), 11
LESSONS = (time(9, 30), time(11), time(13, 30))


def bench_ladder() -> list[Row]:
    """A term of 5,000 requests over 20,000 ambassadors; floor: the baseline that each row names."""
    chance, ground = random.Random(SEED), Ground()
    People(chance, ground).grow_to(PEOPLE)
    searches = [_search(chance, ground) for _each in range(SEARCHES)]
    policy = values(on=FIRST_DAY)
    played = {name: Term(way, Habits(), random.Random(SEED)).play(searches) for name, way in ways(policy)}
    ours = played.pop("ladder")
    return [row for name, other in played.items() for row in _rows(ours, name, other)]


def _rows(ours: Played, name: str, other: Played) -> Iterator[Row]:
    """The figures that matter, of ours and beside each that of the baseline."""
    of = f"of {ours.searches:,} requests, beside {name}"
    yield _row(f"share filled {of}", ours.share, ours.share, other.share, "%")
    days = quantiles(ours.days, n=20)[-1]
    yield _row(f"days to fill {of}", median(ours.days), days, median(other.days), "days")
    yield _row(f"letters a filled seat {of}", ours.letters_a_seat, ours.letters_a_seat, other.letters_a_seat, "letters")
    vain, others = (each.thanked_in_vain / each.filled for each in (ours, other))
    yield _row(f"still thinking when a seat is filled, {of}", vain, vain, others, "people")


def _row(what: str, mine: float, p95: float, floor: float, unit: str) -> Row:
    ratio = round(mine / floor, 2) if floor else 0.0
    return Row(what, SEARCHES, connection.vendor, round(mine, 2), round(p95, 2), round(floor, 2), ratio, unit)


def _search(chance: random.Random, ground: Ground) -> Search:
    """A school asks on some working day of the term for one of three times, three to seven weeks ahead."""
    day = FIRST_DAY + timedelta(days=chance.randrange(7 * WEEKS))
    day = day if is_working_day(day, Nation.ENG) else add_working_days(day, 1, Nation.ENG)
    asked_at = datetime.combine(day, time(chance.randrange(8, 17), chance.randrange(60)), tzinfo=UTC)
    times = tuple(sorted(_time(chance, day) for _each in range(3)))
    wanted = replace(request_somewhere(chance, ground), times=times)
    found = find_candidates(wanted, at=asked_at, limit=LONGEST)
    return Search(asked_at, tuple(Candidate(each.pk, each.times) for each in found), times)


def _time(chance: random.Random, day: date) -> Interval:
    there = add_working_days(day, chance.randrange(15, 36), Nation.ENG)
    starts_at = moment(there, chance.choice(LESSONS))
    return starts_at, starts_at + timedelta(minutes=60)
