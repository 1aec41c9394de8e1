"""Two pairs of eyes: whose they may be, and what two views come to (rules V-31, V-32)."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.assessing import Assessor, Case, Condition, Outcome, Suitability, View, outcome, reasons_may_not_assess

CASE = Case(
    user_id=1,
    email="ada@bridges.example",
    employer="Northern Bridges",
    officers=frozenset({2}),
    first_assessor_id=3,
    referee_emails=frozenset({"Rita@people.example"}),
)
FREE = Assessor(user_id=9, email="olu@scheme.example", employer="The scheme")
VIEWS = st.builds(View, st.sampled_from(Suitability), st.frozensets(st.sampled_from(Condition)))


def codes(assessor: Assessor, case: Case = CASE) -> list[str]:
    return [reason.code for reason in reasons_may_not_assess(assessor, case)]


def test_somebody_with_no_part_in_it_may():
    assert codes(FREE) == []


@pytest.mark.parametrize(
    ("conflict", "code"),
    [
        ({"user_id": 1}, "own_record"),
        ({"user_id": 2}, "vetted_them"),
        ({"user_id": 3}, "same_person"),
        ({"email": "rita@PEOPLE.example"}, "is_referee"),
        ({"email": "boss@Bridges.example"}, "same_employer"),
        ({"employer": " northern  bridges"}, "same_employer"),
        ({"knows_the_person": True}, "knows_them"),
    ],
)
def test_each_conflict_keeps_someone_out(conflict, code):
    assert codes(replace(FREE, **conflict)) == [code]


def test_an_address_that_anybody_may_have_tells_nothing_of_an_employer():
    assert codes(replace(FREE, email="olu@gmail.com"), replace(CASE, email="ada@gmail.com")) == []


def test_two_people_without_an_employer_do_not_share_one():
    assert codes(replace(FREE, employer=""), replace(CASE, employer="")) == []


@given(first=VIEWS, second=VIEWS)
def test_it_is_a_no_only_when_both_say_so_and_a_third_decides_where_they_differ(first, second):
    came_to = outcome(first, second)
    assert (came_to == Outcome.ESCALATED) == (first != second)
    if came_to == Outcome.NOT_SUITABLE:
        assert {first.suitability, second.suitability} == {Suitability.NOT_SUITABLE}


def test_every_pair_of_plain_views():
    table = {(first, second): outcome(View(first), View(second)) for first, second in product(Suitability, repeat=2)}
    assert {pair for pair, came_to in table.items() if came_to != Outcome.ESCALATED} == {(s, s) for s in Suitability}
