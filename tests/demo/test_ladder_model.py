"""The term that ways of asking are tried on: what it does by the habits that it is told."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from demo.ladder_model import Candidate, Habits, Ladder, Played, Search, Steady, Term
from tests.bookings.test_ladder import POLICY

# A Tuesday, noon; and two times four weeks later.
NOW = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TIMES = tuple((NOW + timedelta(days=day), NOW + timedelta(days=day) + HOUR) for day in (28, 29))
EAGER = Habits(overlooked=0, yes=1, tired_by_letter=1, spread=0, median_hours=2)
NEVER = replace(EAGER, yes=0)
LADDER = Ladder(POLICY)


def search(*people: int, times=TIMES) -> Search:
    return Search(NOW, tuple(Candidate(person, times) for person in people), times)


def play(*searches: Search, way=LADDER, habits=EAGER) -> Played:
    return Term(way, habits, random.Random(1)).play(searches)


def test_whoever_always_says_yes_fills_a_seat_two_hours_later():
    played = play(search(1, 2, 3, 4))
    assert (played.filled, played.letters, played.thanked_in_vain) == (1, 3, 2)
    assert played.days == [pytest.approx(2 / 24)]


def test_whoever_always_says_no_lets_everybody_be_asked_once():
    played = play(search(1, 2, 3, 4, 5), habits=NEVER)
    assert (played.filled, played.letters, played.letters_a_seat) == (0, 5, float("inf"))


def test_one_by_one_writes_one_letter_and_everybody_at_once_writes_all():
    assert play(search(1, 2, 3, 4), way=Steady(1, timedelta(hours=72))).letters == 1
    assert play(search(1, 2, 3, 4), way=Steady(10_000, timedelta(days=14))).letters == 4


def test_nobody_goes_to_two_places_at_once_or_to_more_than_they_want():
    one_time = TIMES[:1]
    assert play(search(1, times=one_time), search(1, times=one_time)).filled == 1
    assert play(search(1), search(1)).filled == 2
    assert play(search(1), search(1), habits=replace(EAGER, most_visits=1)).filled == 1


def test_a_letter_that_is_overlooked_is_answered_after_a_reminder_or_lapses():
    heeded = play(search(1), habits=replace(EAGER, overlooked=1, heeds_reminder=1))
    assert (heeded.filled, heeded.reminders) == (1, 1)
    assert heeded.days[0] > 1
    lost = play(search(1), habits=replace(EAGER, overlooked=1, heeds_reminder=0))
    assert (lost.filled, lost.reminders) == (0, 2)


def test_people_who_are_asked_often_say_yes_less_often():
    many = [search(number) for number in range(200)]
    same = [search(*[number % 20]) for number in range(200)]
    willing = replace(EAGER, yes=0.5, tired_by_letter=0.7, most_visits=100)
    rested = play(*many, habits=willing)
    asked_often = play(
        *(
            replace(each, times=((NOW + timedelta(days=28 + place), NOW + timedelta(days=28 + place) + HOUR),))
            for place, each in enumerate(same)
        ),
        habits=willing,
    )
    assert rested.filled > asked_often.filled


def test_the_same_chances_play_the_same_term():
    searches = [search(*range(number, number + 9)) for number in range(50)]
    habits = Habits()
    assert play(*searches, habits=habits) == play(*searches, habits=habits)
