"""What gives reason for a case, and what does not (rule 2.5): a table of each, and how often each would be wrong."""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.enums import CaseRule
from quality.triggers import DEADLINE, Told, fired, may_be_paused, missed, school_is_called

FIRST = date(2026, 10, 5)


def told(number=0, school=None, *, a=None, score=None, missed=False, **teacher) -> Told:
    """A visit a week, each at another school unless one is named; `a` is what the ambassador said."""
    answers = {code: str(said) for code, said in teacher.items()}
    said = None if a is None else {code: str(words) for code, words in a.items()}
    day = FIRST + timedelta(weeks=number)
    return Told(number, number if school is None else school, day, answers or None, said, score, missed)


def overall(*scores: int, schools: int = 99) -> list[Told]:
    return [told(number, number % schools, T9=score) for number, score in enumerate(scores)]


def triggers(history: list[Told]) -> set[str]:
    return {each.rule.value for each in fired(history)}


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], set()),
        (overall(5), set()),
        (overall(2), {"R1"}),
        (overall(1), {"R1"}),
        (overall(3), set()),
        ([told(T9=4, T10="no")], {"R1"}),
        ([told(T9=4, T10="with_changes")], set()),
        (overall(3, 5, 5, 3), {"R2"}),
        (overall(3, 5, 5, 5, 3), set()),
        (overall(3, 3, 5), set()),
        (overall(3, 3, schools=1), set()),
        (overall(3, 3, 5, 5, 3), {"R2", "R2b"}),
        (overall(3, 5, 3, 5, 3), {"R2", "R2b"}),
        (overall(3, 3, 3), {"R2", "R2b"}),
        (overall(3, 3, 2), {"R1", "R2", "R2b", "R3"}),
        (overall(2, 2, 2, schools=1), {"R1"}),
        (overall(2, 2), {"R1", "R2"}),
        ([told(T9=5, T5=2)], {"R5"}),
        ([told(T9=5, T6=1)], {"R6"}),
        ([told(T9=5, T2=2)], set()),
        ([told(0, T9=5, T2=2), told(1, T9=5), told(2, T9=5), told(3, T9=5, T2=1)], {"R7"}),
        ([told(0, T9=5, T2=2), told(1, T9=5, T2=2), told(2, T9=5, T2=5)], set()),
        ([told(0, T9=4, T3=2, a={"A6": 4}), told(1, T9=4, T3=3, a={"A6": 5})], {"R8"}),
        ([told(0, T9=4, T3=2, a={"A6": 4}), told(1, T9=4, T3=4, a={"A6": 5})], set()),
        ([told(0, T9=4, T3=4, a={"A6": 1}), told(1, T9=4, T3=5, a={"A6": 2})], set()),
        ([told(0, T9=4, T5="not_apply", T6="not_apply", T2="not_apply")], set()),
    ],
    ids=lambda value: None if isinstance(value, set) else "",
)
def test_what_the_last_visit_gives_reason_for(history, expected):
    assert triggers(history) == expected


def test_a_case_keeps_the_visits_that_gave_the_reason_and_no_others():
    [found] = fired(overall(3, 5, 5, 3))
    assert (found.rule, found.visits) == (CaseRule.R2, (0, 3))


def test_a_visit_of_which_no_form_is_in_fires_nothing_again():
    assert triggers([*overall(2, 2, 2), told(3)]) == set()


def test_a_low_level_is_told_by_scores_without_what_the_kind_of_visit_makes_of_them():
    hard = [told(number, T9=3, score=4.2) for number in range(3)]
    assert "R3" not in triggers(hard)
    assert "R3" in triggers([told(number, T9=4, score=2.2) for number in range(3)])


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 2)), max_size=8))
def test_one_school_alone_never_opens_more_than_a_call(scores):
    history = [told(number, 7, T9=score) for number, (score, _school) in enumerate(scores)]
    assert triggers(history) <= {"R1"}


@given(st.lists(st.integers(4, 5), max_size=12))
def test_whoever_is_always_rated_well_never_hears_of_it(scores):
    assert triggers(overall(*scores)) == set()


@pytest.mark.parametrize(
    ("no_shows", "late", "expected", "paused"),
    [
        ([], [], False, False),
        ([10], [], True, False),
        ([], [10], False, False),
        ([], [10, 200], True, False),
        ([10, 300], [], True, True),
        ([10, 366], [], True, False),
        ([], [10, 366], False, False),
        ([366], [], False, False),
    ],
)
def test_who_missed_a_visit_or_called_off_late_is_spoken_with(no_shows, late, expected, paused):
    days, late_days = ([FIRST - timedelta(days=ago) for ago in each] for each in (no_shows, late))
    assert missed(days, late_days, FIRST) is expected
    assert may_be_paused(days, FIRST) is paused


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], ()),
        ([told(a={"A3": "yes", "A5": 5})], ()),
        ([told(a={"A3": "part"})], (0,)),
        ([told(missed=True)], (0,)),
        ([told(a={"A5": 2})], ()),
        ([told(0, a={"A5": 2}), told(1, a={"A5": 1})], (0, 1)),
        ([told(0, a={"A5": 2}), told(1, a={"A5": 1}), told(2, a={"A5": 4})], ()),
        ([told(0, a={"A5": 2}), told(1, missed=True)], (1,)),
    ],
)
def test_a_school_is_called_when_it_was_not_ready(history, expected):
    assert school_is_called(history) == expected


def test_every_trigger_has_its_deadline():
    assert set(DEADLINE) == set(CaseRule)


# --- how often a trigger would be wrong, and how often it finds (rule 2.5), with the ratings that are stated there

WEIGHTS = {
    "good": (0, 0.01, 0.07, 0.33, 0.59),
    "middling": (0.02, 0.05, 0.15, 0.37, 0.41),
    "poor": (0.08, 0.13, 0.28, 0.33, 0.18),
}


def shares(weights: tuple[float, ...], visits: int, people: int = 1500) -> dict[str, float]:
    """Of so many people with so many rated visits, the share for whom each trigger fired at least once."""
    chance, met = random.Random(11), Counter[str]()
    for _person in range(people):
        history = overall(*chance.choices((1, 2, 3, 4, 5), weights, k=visits))
        met.update({each for upto in range(1, visits + 1) for each in triggers(history[:upto])})
    return {each: met[each] / people for each in ("R1", "R2", "R2b", "R3")}


def test_good_people_seldom_hear_of_it_and_poor_visits_are_found():
    good, middling, poor = (shares(WEIGHTS[mix], visits=5) for mix in ("good", "middling", "poor"))
    assert good["R2"] < 0.07 and good["R2b"] < 0.01 and good["R3"] < 0.005
    assert poor["R2"] > 0.7 and poor["R2b"] > 0.4 and poor["R3"] > 0.35
    assert all(good[each] < middling[each] < poor[each] for each in good)
    # Of a single visit: as often as it is rated so.
    assert shares(WEIGHTS["poor"], visits=1)["R1"] == pytest.approx(0.21, abs=0.03)
    assert shares(WEIGHTS["good"], visits=1)["R1"] == pytest.approx(0.01, abs=0.008)


# The same without chance: every course that the visits can take, each by how likely it is.


def ever_three_of_five(weights: tuple[float, ...], visits: int) -> float:
    """How likely it is that R2b has fired by so many visits: of a rating it asks no more than whether it is low."""
    low = sum(weights[:3])
    return sum(
        prod(low if score == 3 else 1 - low for score in course)
        for course in product((3, 5), repeat=visits)
        if any("R2b" in triggers(overall(*course[max(0, upto - 5) : upto])) for upto in range(3, visits + 1))
    )


def likely_low(weights: tuple[float, ...], visits: int) -> float:
    """How likely it is that R3 fires at so many visits: of ratings it asks no more than their sum."""
    likely = {0: 1.0}
    for _visit in range(visits):
        likely = {
            total: sum(likely.get(total - score, 0) * weights[score - 1] for score in (1, 2, 3, 4, 5))
            for total in range(6 * visits)
        }
    sums = range(visits, 5 * visits + 1)
    return sum(likely[total] for total in sums if "R3" in triggers(overall(*spread_evenly(total, visits))))


def spread_evenly(total: int, visits: int) -> list[int]:
    """So many ratings that come to this sum."""
    each, over = divmod(total, visits)
    return [each + (number < over) for number in range(visits)]


@pytest.mark.parametrize(
    ("mix", "visits", "stated"),
    [("good", 5, 0.004), ("poor", 5, 0.50), ("good", 12, 0.02), ("middling", 12, 0.25), ("poor", 12, 0.88)],
)
def test_three_low_of_five_is_found_as_often_as_is_stated(mix, visits, stated):
    assert ever_three_of_five(WEIGHTS[mix], visits) == pytest.approx(stated, abs=0.02)


@pytest.mark.parametrize(
    ("mix", "visits", "stated"),
    [
        *(("good", 3, 0.001), ("good", 5, 0.001), ("good", 12, 0.001)),
        *(("middling", 3, 0.02), ("middling", 5, 0.04), ("middling", 12, 0.05)),
        *(("poor", 3, 0.18), ("poor", 5, 0.41), ("poor", 12, 0.76)),
    ],
)
def test_a_low_level_is_found_as_often_as_is_stated_and_hardly_at_all_where_visits_are_good(mix, visits, stated):
    assert likely_low(WEIGHTS[mix], visits) == pytest.approx(stated, abs=0.001 if mix == "good" else 0.02)


def test_the_mixes_have_the_means_that_are_stated():
    means = {mix: sum(score * share for score, share in enumerate(each, 1)) for mix, each in WEIGHTS.items()}
    assert means == pytest.approx({"good": 4.5, "middling": 4.1, "poor": 3.4}, abs=0.005)
    assert all(sum(each) == pytest.approx(1) for each in WEIGHTS.values())
