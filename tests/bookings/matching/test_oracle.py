"""Matching finds whom a walk over everybody finds: the same people in the same order, for the same times, as well."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from ambassadors import conduct
from bookings.matching.candidates import Interval, Wanted
from bookings.matching.near_misses import find_near_misses
from bookings.matching.ranking import rank
from stem.curriculum import Stage
from stem.moments import day_of
from tests import make
from tests.bookings.matching.oracle import Answer, Person, answer, failings, near_misses, read_register
from tests.bookings.matching.population import DAY, NEW_VERSION, OLD_VERSION, some_person, some_request
from tests.bookings.matching.settling import settled

# In the summer before V-15 holds, and in the winter after: Tuesdays.
SUMMER = datetime(2026, 8, 18, 12, 0, tzinfo=UTC)
WINTER = make.NOW
# What each person who misses by one thing is told to miss by, as far as words can be told apart.
STAGE_WORDS = {f"Does not offer {stage.label}." for stage in Stage}


@contextmanager
def versions_of_the_code(at: datetime) -> Iterator[None]:
    """As if the code of conduct had been written anew twice: acceptances of the last but one are still in their grace."""
    with pytest.MonkeyPatch.context() as patch:
        days = (-1000, OLD_VERSION, NEW_VERSION)
        patch.setattr(conduct, "VERSIONS", tuple(day_of(at) + each * DAY for each in days))
        yield


def found_by_matching(wanted: Wanted, at: datetime) -> list[Answer]:
    """What is judged: in the oracle's words."""
    return [
        Answer(match.ambassador.pk, match.score, match.parts, match.minutes, match.times)
        for match in rank(wanted, at=at)
    ]


def missed_by_matching(wanted: Wanted, interval: Interval, at: datetime) -> dict[int, str]:
    """Whom it finds to fail one gate alone, with that gate."""
    misses = find_near_misses(wanted, interval, limit=1_000_000, at=at)
    return {miss.ambassador.pk: gate_named(str(miss.why_not)) for miss in misses}


def gate_named(words: str) -> str:
    """Which gate these words are about: whatever is about none of the others is about time."""
    whole = {
        "Vetting is not complete for that day.": "vetting",
        "Unavailable.": "unavailable",
        "Cannot be booked for this visit.": "conditions",
        "Has not said that they can be asked at short notice.": "short_notice",
        "Does not visit online.": "mode",
        "Only visits online.": "mode",
        **dict.fromkeys(STAGE_WORDS, "stage"),
    }
    parts = {
        " or another subject of ": "subject",
        "Does not offer this activity": "activity",
        " minutes away, and travels ": "journey",
        "More than 3 days": "days",
        "A series needs": "days",
    }
    return whole.get(words) or next((gate for part, gate in parts.items() if part in words), "time")


@st.composite
def worlds(draw: st.DrawFn):
    """A moment, some people, and how to draw requests."""

    def pick(values):
        return draw(st.sampled_from(values))

    drawn = [some_person(pick) for _each in range(draw(st.integers(min_value=5, max_value=25)))]
    numbers = range(len(drawn))
    at = pick((WINTER, SUMMER))
    return at, drawn, [some_request(pick, numbers, at) for _each in range(8)]


class TestFewPeople(HypothesisTestCase):
    @settings(max_examples=min(settings.default.max_examples, 60))
    @given(worlds())
    def test_matching_finds_whom_the_walk_finds(self, world):
        at, drawn, requests = world
        keys = settled(drawn, at)
        people = read_register()
        with versions_of_the_code(at):
            for wanted in requests:
                wanted = by_key(wanted, keys)
                assert found_by_matching(wanted, at) == answer(wanted, at, people)
                interval = wanted.times[0]
                assert missed_by_matching(wanted, interval, at) == near_misses(wanted, interval, at, people)


def by_key(wanted: Wanted, keys: list[int]) -> Wanted:
    """The same, with whom the school asks for again named by the key that they have got since."""
    return wanted if wanted.again is None else Wanted(**{**vars(wanted), "again": keys[wanted.again]})


class TestManyPeople(TestCase):
    """Fifteen hundred, made once."""

    people: list[Person]

    @classmethod
    def setUpTestData(cls):
        chance = random.Random(20270112)
        cls.keys = settled([some_person(chance.choice) for _each in range(1500)], WINTER)

    def agree(self, requests: int, seed: int) -> Counter[str]:
        """Compare the answers to so many requests, and count by what alone people were kept out."""
        chance = random.Random(seed)
        people = read_register()
        decided: Counter[str] = Counter()
        with versions_of_the_code(WINTER):
            for _each in range(requests):
                wanted = some_request(chance.choice, self.keys, WINTER)
                assert found_by_matching(wanted, WINTER) == answer(wanted, WINTER, people)
                interval = wanted.times[0]
                assert missed_by_matching(wanted, interval, WINTER) == near_misses(wanted, interval, WINTER, people)
                decided += decided_alone(people, wanted, interval)
        return decided

    def test_matching_finds_whom_the_walk_finds(self):
        print(self.agree(60, seed=1))


def decided_alone(people: list[Person], wanted: Wanted, interval: Interval) -> Counter[str]:
    """What kept out people whom nothing else did: left out, each of them would be found."""
    decided: Counter[str] = Counter()
    for person in people:
        found = failings(person, wanted, interval, WINTER)
        first, second = next(found, None), next(found, None)
        if first is not None and second is None:
            decided.update(filter(None, (f"{first.gate} {first.why}".strip(), first.kind)))
    return decided
