"""Matching finds whom a walk over everybody finds: the same people in the same order, for the same times, as well."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest
from django.db import connection
from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from ambassadors import conduct
from bookings.matching import candidates, reaching, relaxing
from bookings.matching import near_misses as near_misses_found
from bookings.matching.near_misses import find_near_misses
from bookings.matching.ranking import rank
from bookings.matching.wanted import Interval, Wanted
from stem.curriculum import Stage
from stem.moments import day_of
from tests import make
from tests.bookings.matching.oracle import (
    KINDS,
    Answer,
    Person,
    answer,
    failings,
    is_in_reach,
    near_misses,
    read_register,
)
from tests.bookings.matching.population import (
    DAY,
    NEW_VERSION,
    OLD_VERSION,
    SCHOOLS,
    some_person,
    some_request,
)
from tests.bookings.matching.settling import schools_been_to, settle, settled

# In the summer before V-15 holds, and in the winter after: Tuesdays.
SUMMER = datetime(2026, 8, 18, 12, 0, tzinfo=UTC)
WINTER = make.NOW
STAGE_WORDS = {f"Does not offer {stage.label}." for stage in Stage}
# What happens often enough that the comparison is about it: first why people are left out, each reason by itself.
COUNTED = (
    *("subject", "stage", "activity", "language", "mode", "journey far", "journey nowhere", "short_notice"),
    *("unavailable paused", "unavailable no part", "unavailable hold"),
    *(f"vetting {why}" for why in ("missing", "withdrawn", "not yet", "lapsed", "unconfirmed", "outdated", "no PVG")),
    *KINDS,
    *(f"conditions {code}" for code in ("paired", "ks_limit", "no_series", "no_online")),
    *("days series", "days four in thirty"),
    *(f"time {why}" for why in ("past", "hours", "promised", "busy", "notice", "resting", "month", "term")),
    *("apart school", "apart ambassador", "last_time"),
    *("found", "asked for again", "subject of its field alone", "asked of late", "on the way", "some of the times"),
    *("for an aim", "for some aims", "a change that gains", "a gain of at least"),
    "of one score",
    *("to a whole series", "to its first meeting alone"),
)


@contextmanager
def versions_of_the_code(at: datetime) -> Iterator[None]:
    """As if the code of conduct had been written anew twice: of older acceptances some are in their days of grace."""
    with pytest.MonkeyPatch.context() as patch:
        days = (-1000, OLD_VERSION, NEW_VERSION)
        patch.setattr(conduct, "VERSIONS", tuple(day_of(at) + each * DAY for each in days))
        yield


def found_by_matching(wanted: Wanted, at: datetime, limit: int | None = None) -> list[Answer]:
    """What is judged: in the oracle's words."""
    return [
        Answer(match.ambassador.pk, match.score, match.parts, match.minutes, match.times)
        for match in rank(wanted, at=at, limit=limit)
    ]


def missed_by_matching(wanted: Wanted, interval: Interval, at: datetime) -> dict[int, str]:
    """Whom it finds to fail one gate alone, with that gate; not of those who live farther away than anybody travels.

    The box that is looked in has corners, and who lives in one may be told of.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(near_misses_found, "FIRST", 100_000)
        patch.setattr(near_misses_found, "FIRST_OUT_OF_HOURS", 100_000)
        misses = find_near_misses(wanted, interval, limit=1_000_000, at=at)
    near = [miss for miss in misses if is_in_reach(miss.ambassador, wanted)]
    return {miss.ambassador.pk: gate_named(str(miss.why_not)) for miss in near}


def gate_named(words: str) -> str:
    """Which gate these words are about: whatever is about none of the others is about time."""
    whole = {
        "Vetting is not complete for that day.": "vetting",
        "Unavailable.": "unavailable",
        "Cannot be booked for this visit.": "conditions",
        "Has not said that they can be asked at short notice.": "short_notice",
        "Does not visit online.": "mode",
        "Only visits online.": "mode",
        "Came to this class last time.": "last_time",
        **dict.fromkeys(STAGE_WORDS, "stage"),
    }
    parts = {
        " or another subject of ": "subject",
        "Does not offer this activity": "activity",
        "talk to a class in": "language",
        " minutes away, and travels ": "journey",
        "More than 3 days": "days",
        "A series needs": "days",
    }
    return whole.get(words) or next((gate for part, gate in parts.items() if part in words), "time")


@st.composite
def worlds(draw: st.DrawFn):
    """A moment, some people, and some requests."""

    def pick(values):
        return draw(st.sampled_from(values))

    at = pick((WINTER, SUMMER))
    people = [some_person(pick) for _each in range(draw(st.integers(min_value=5, max_value=25)))]
    return at, people, [some_request(pick, range(len(people)), at, range(SCHOOLS)) for _each in range(5)]


class TestFewPeople(HypothesisTestCase):
    @settings(max_examples=min(settings.default.max_examples, 40))
    @given(worlds())
    def test_matching_finds_whom_the_walk_finds(self, world):
        at, drawn, requests = world
        with versions_of_the_code(at):
            keys = settled(drawn, at)
            people, schools = read_register(), schools_been_to()
            for number, wanted in enumerate(requests):
                # Whom the school asks for again was drawn before they had a key, and mostly could not be asked.
                wanted = with_keys(wanted, keys, schools)
                wanted = asking_for_the_last(wanted, answer(wanted, at, people)) if number % 2 else wanted
                everybody = answer(wanted, at, people)
                assert found_by_matching(wanted, at) == everybody
                assert found_by_matching(wanted, at, limit=3) == everybody[:3]
                series = as_a_series(wanted, 2 + number % 3, 1 + number % 2)
                assert found_by_matching(series, at) == answer(series, at, people)
                if number < 2:
                    interval = wanted.times[0]
                    assert missed_by_matching(wanted, interval, at) == near_misses(wanted, interval, at, people)


def with_keys(wanted: Wanted, people: list[int], schools: list[int]) -> Wanted:
    """The same with the keys of the school and of whom it asks for again, where numbers were drawn."""
    again = None if wanted.again is None else people[wanted.again]
    return replace(wanted, again=again, school=None if wanted.school is None else schools[wanted.school])


def as_a_series(wanted: Wanted, meetings: int, weeks_apart: int) -> Wanted:
    """The same so often, so many weeks apart."""

    def further(interval: Interval) -> tuple[Interval, ...]:
        weeks = [number * weeks_apart * 7 * DAY for number in range(1, meetings)]
        return tuple((interval[0] + each, interval[1] + each) for each in weeks)

    brings = {each: further(each) for each in wanted.times}
    return replace(wanted, meetings=meetings, weeks_apart=weeks_apart, further=brings)


class TestManyPeople(TestCase):
    """Fifteen hundred, made once: of a thousand the days lie around the winter, of the others around the summer."""

    @classmethod
    def setUpTestData(cls):
        chance = random.Random(20270112)
        cls.keys = []
        for at, count in ((WINTER, 1000), (SUMMER, 500)):
            cls.keys += settled([some_person(chance.choice) for _each in range(count)], at)
        if connection.vendor == "postgresql":
            # It plans by what it knows of its tables, and looks at them by itself only when it has the time.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def compare(self, requests: int, *, seed: int) -> Counter[str]:
        """Compare the answers to so many requests, and count what made people fit or kept them out."""
        chance = random.Random(seed)
        people = read_register()
        counted: Counter[str] = Counter()
        for at, share in ((WINTER, requests * 2 // 3), (SUMMER, requests // 3)):
            with versions_of_the_code(at):
                settle(self.keys)
                for number in range(share):
                    wanted = some_request(chance.choice, self.keys, at, schools_been_to())
                    if number % 4 == 0:
                        wanted = asking_for_the_last(wanted, answer(wanted, at, people))
                    walked = answer(wanted, at, people)
                    assert found_by_matching(wanted, at) == walked
                    most = chance.choice([1, 3, 12, 40])
                    assert found_by_matching(wanted, at, limit=most) == walked[:most]
                    counted += told_of(walked, wanted) + decided_alone(people, wanted, at)
                    if number % 3 == 1:
                        series = as_a_series(wanted, chance.choice([2, 3, 6]), chance.choice([1, 2, 4]))
                        coming = answer(series, at, people)
                        assert found_by_matching(series, at) == coming
                        assert found_by_matching(series, at, limit=most) == coming[:most]
                        counted["to a whole series"] += len(coming)
                        counted["to its first meeting alone"] += len(walked) - len(coming)
                    if number % 5 < 2:
                        interval = wanted.times[-1]
                        missed = near_misses(wanted, interval, at, people)
                        assert missed_by_matching(wanted, interval, at) == missed
                    if number % 6 == 0:
                        counted += changed(wanted, len(walked), at, people)
        return counted

    def test_matching_finds_whom_the_walk_finds_and_each_gate_keeps_some_out(self):
        counted = self.compare(60, seed=1)
        # That a time is past decides too seldom by itself for so few requests.
        often = set(COUNTED) - {"time past"}
        assert {what: counted[what] for what in often if counted[what] < 5} == {}, counted

    def test_the_order_is_true_however_few_are_read_to_begin_with(self):
        with pytest.MonkeyPatch.context() as patch:
            for module, name, number in ((reaching, "AT_THE_DOOR", 8), (reaching, "FEW", 5), (candidates, "FIRST", 6)):
                patch.setattr(module, name, number)
            self.compare(40, seed=3)

    @pytest.mark.slow
    def test_matching_finds_whom_the_walk_finds_whatever_is_asked(self):
        counted = self.compare(300, seed=2)
        assert {what: counted[what] for what in COUNTED if counted[what] < 20} == {}, counted


def changed(wanted: Wanted, now: int, at: datetime, people: list[Person]) -> Counter[str]:
    """Make each change that is told of, and count: as many more as is said, or so many at least."""
    counted: Counter[str] = Counter()
    others = [tuple(each + days * DAY for each in wanted.times[0]) for days in (1, -1, 2)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relaxing, "MOST_TOLD", 100)
        for most in (40, 100_000):
            patch.setattr(relaxing, "LOOKED_AT", most)
            for each in relaxing.find_relaxations(wanted, [each for each in others if each not in wanted.times], at=at):
                exactly = len(answer(each.wanted, at, people)) - now
                assert each.gain <= exactly if each.is_at_least else each.gain == exactly, each.change
                counted["a change that gains"] += 1
                counted["a gain of at least"] += each.is_at_least
    return counted


def asking_for_the_last(wanted: Wanted, walked: list[Answer]) -> Wanted:
    """The same of a school that asks again for whoever would come last."""
    return replace(wanted, again=walked[-1].pk) if walked else wanted


def told_of(walked: list[Answer], wanted: Wanted) -> Counter[str]:
    """What an answer had in it that could have gone wrong."""
    counted = Counter({"found": len(walked), "asked for again": walked[:1] != sorted(walked, key=best_first)[:1]})
    for each in walked:
        counted["subject of its field alone"] += each.parts["topic"] < 1
        counted["for an aim"] += each.parts["route_aim"] == 1
        counted["for some aims"] += 0 < each.parts["route_aim"] < 1
        counted["asked of late"] += each.parts["load"] < 1
        counted["on the way"] += 0 < each.parts["nearness"] < 1
        counted["some of the times"] += len(each.times) < len(wanted.times)
    counted["of one score"] += len(walked) - len({each.score for each in walked})
    return counted


def best_first(found: Answer) -> float:
    return -found.score


def decided_alone(people: list[Person], wanted: Wanted, at: datetime) -> Counter[str]:
    """What kept people out of a time whom nothing else did: left out, each of them would be found."""
    decided: Counter[str] = Counter()
    for interval, person in product(wanted.times, people):
        found = failings(person, wanted, interval, at)
        first, second = next(found, None), next(found, None)
        if first is not None and second is None:
            decided.update(filter(None, (f"{first.gate} {first.why}".strip(), first.kind)))
    return decided
