"""How many could come: counted as matching counts, and told so that nobody learns who."""

import random
from dataclasses import replace
from datetime import date

import pytest
from django.test import TestCase
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.reach.keeping import keep_reach
from bookings.matching import counting
from bookings.matching.counting import (
    STEP,
    held_on,
    how_many_are_cleared,
    how_many_could_come,
    how_many_for,
    rounded,
    rounded_for_anyone,
)
from bookings.matching.ranking import rank, wanted_by
from bookings.models import Request
from tests import make
from tests.bookings.matching.population import some_person, some_request
from tests.bookings.matching.settling import settled

BOTH = (make.FIRST_TIME, make.SECOND_TIME)
NUMBERS = st.integers(min_value=0, max_value=100_000)


def counted(request: Request, times=BOTH, *, at=make.NOW, **changes) -> int | None:
    for name, value in changes.items():
        setattr(request, name, value)
    return how_many_for(request, times, at=at)


class TestRounding:
    @given(st.integers(min_value=1, max_value=4), st.integers(min_value=1, max_value=4))
    def test_one_is_never_told_from_four(self, one, other):
        assert rounded(one) == rounded(other)
        assert rounded(one).in_words == rounded(other).in_words == "A few people could come."

    @given(NUMBERS)
    def test_a_number_is_never_told_more_exactly_than_by_fives(self, number):
        told = rounded(number).at_least
        assert told <= number < max(told, 1) + STEP
        assert told in (0, 1) if number < STEP else told % STEP == 0

    @given(NUMBERS, NUMBERS)
    def test_more_people_are_never_told_as_fewer(self, one, other):
        fewer, more = sorted([one, other])
        assert rounded(fewer).at_least <= rounded(more).at_least

    @given(st.integers(min_value=0, max_value=4), st.integers(min_value=0, max_value=4))
    def test_anybody_is_told_the_same_of_every_number_below_five(self, one, other):
        assert rounded_for_anyone(one) == rounded_for_anyone(other)

    @given(st.integers(min_value=1, max_value=100_000))
    def test_anybody_else_is_told_what_a_school_is(self, number):
        assert rounded_for_anyone(number) == rounded(number)

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (0, "Nobody yet, as it stands."),
            (1, "A few people could come."),
            (4, "A few people could come."),
            (5, "At least 5 people could come."),
            (49, "At least 45 people could come."),
        ],
    )
    def test_a_number_in_words(self, number, words):
        assert rounded(number).in_words == words


class TestManyPeople(TestCase):
    def test_the_number_is_that_of_the_people_whom_matching_finds(self):
        chance = random.Random(20270113)
        keys = settled([some_person(chance.choice) for _each in range(300)], make.NOW)
        wanted = [some_request(chance.choice, keys, make.NOW) for _each in range(30)]

        numbers = [how_many_could_come(each, at=make.NOW) for each in wanted]

        assert numbers == [len(rank(each, at=make.NOW)) for each in wanted]
        assert sum(numbers) > 30


@pytest.mark.django_db
class TestOfARequest:
    @pytest.fixture
    def request_(self):
        return make.request()

    def test_a_complete_one_is_counted_as_it_is_ranked(self, request_):
        make.ambassador(cleared=True)
        make.ambassador(cleared=True, subjects=("mechanical_engineering",))
        make.ambassador(cleared=True, subjects=("biology",))

        assert counted(request_) == len(rank(wanted_by(request_, BOTH), at=make.NOW)) == 2

    def test_without_a_subject_there_is_no_number(self, request_):
        make.ambassador(cleared=True)
        assert [counted(request_, subject=subject) for subject in ("", "alchemy", "civil_engineering")] == [
            None,
            None,
            1,
        ]

    def test_a_school_without_a_place_learns_how_many_could_come_online(self, request_):
        make.ambassador(cleared=True)
        request_.school.lat = request_.school.lon = None

        assert (counted(request_), counted(request_, mode="online")) == (None, 1)

    def test_what_is_not_said_yet_keeps_nobody_out(self, request_):
        make.ambassador(cleared=True, stages=("ks3",), activities=("careers_talk",))
        make.ambassador(cleared=True, stages=("ks1",), activities=("workshop",))
        limited = make.ambassador(stages=("ks4",), activities=("workshop",), status="active")
        make.clear(limited, conditions="ks_limit")
        keep_reach([limited.pk])

        assert counted(request_) == 1
        assert counted(request_, activity="") == 1
        assert counted(request_, stage="") == 3
        assert counted(request_, activity="workshop") == 2

    def test_an_online_talk_is_online_before_anybody_says_where(self, request_):
        make.ambassador(cleared=True, postcode="TR1 1AA", activities=("virtual_talk",))
        assert counted(request_, activity="virtual_talk", mode="") == 1

    def test_without_times_hours_are_left_aside_and_days_are_not(self, request_):
        make.ambassador(cleared=True)
        make.hours(make.ambassador(cleared=True), days=())
        make.hold(make.ambassador(cleared=True), starts_on=make.NOW.date())
        lapsed = make.ambassador(status="active")
        make.clear(lapsed, until=date(2027, 1, 13))
        keep_reach([lapsed.pk])

        assert (counted(request_), counted(request_, times=())) == (1, 2)

    def test_times_that_are_past_count_for_nothing(self, request_):
        make.hours(make.ambassador(cleared=True), days=())
        assert counted(request_, at=make.SECOND_TIME[1]) == counted(request_, times=()) == 1

    def test_a_time_sooner_than_promised_counts_only_who_may_be_asked_so_soon(self, request_):
        make.ambassador(cleared=True)
        make.limits(make.ambassador(cleared=True), at_short_notice=True)
        soon = tuple(each.replace(month=1, day=20) for each in make.FIRST_TIME)

        assert counted(request_, times=[soon]) == 1

    def test_whom_the_school_asks_for_is_counted_as_anybody_is(self, request_):
        person = make.ambassador(cleared=True)
        make.ambassador(cleared=True)
        assert counted(request_, wanted_again=person) == 2

    def test_a_number_takes_as_many_statements_for_many_people_as_for_few(self, django_assert_num_queries):
        wanted = wanted_by(make.request(), BOTH)
        for people in (1, 7):
            for _each in range(people):
                make.ambassador(cleared=True)
            with django_assert_num_queries(2):
                how_many_could_come(wanted, at=make.NOW)
            with django_assert_num_queries(2):
                how_many_are_cleared(replace(wanted, times=()), on=make.FIRST_DAY, held=held_on(make.FIRST_DAY))


@pytest.mark.django_db
def test_of_many_no_more_are_counted_than_anybody_is_told(monkeypatch):
    monkeypatch.setattr(counting, "MANY", 2)
    for number in range(4):
        make.ambassador(name=f"Person {number}", cleared=True)

    assert how_many_could_come(wanted_by(make.request(), [make.FIRST_TIME]), at=make.NOW) == 2
