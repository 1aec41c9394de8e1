"""The arithmetic of priorities: rule 6.2 and its vectors."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.priority.reckoning import (
    WEIGHTS,
    Figures,
    Parts,
    coldness,
    disadvantage,
    expected_visits,
    median_minutes,
    parts_of,
    remoteness,
    waiting,
)
from stem.curriculum import Stage

PERCENTILES = st.floats(0, 1)
FIGURES = st.builds(
    Figures,
    percentiles=st.lists(PERCENTILES, max_size=3).map(tuple),
    visits=st.integers(0, 60),
    roll=st.none() | st.integers(0, 4000),
    minutes=st.none() | st.lists(st.integers(0, 60), max_size=5).map(tuple),
    stage=st.sampled_from([*Stage.values, "", "nonsense"]),
    school_days=st.integers(0, 200),
    fell_through=st.booleans(),
)


@pytest.mark.parametrize(
    ("parts", "score"),
    [
        (Parts(0.9, 1.0, 42 / 60, 1.0, 5 / 20), 0.8125),
        (Parts(0.2, 0.0, 10 / 60, 0.6, 1.0), 0.3250),
        (Parts(0.5, 0.5, 25 / 60, 0.9, 0.5), 0.5475),
        (Parts(1, 1, 1, 1, 1), 1.0),
        (Parts(0, 0, 0, 0, 0), 0.0),
    ],
)
def test_a_priority_is_the_weighted_sum_of_its_parts(parts, score):
    assert parts.score == score


def test_the_weights_are_the_rules_and_come_to_one():
    assert list(WEIGHTS.values()) == [0.30, 0.25, 0.15, 0.15, 0.15]
    assert sum(WEIGHTS.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("roll", "visits", "expected", "part"),
    [
        (240, 3, 6, 0.5),
        (1500, 3, 9, 0.6667),
        (1500, 12, 9, 0.0),
        (1500, 0, 9, 1.0),
        (None, 3, 6, 0.5),
        (0, 3, 6, 0.5),
        (1000, 6, 6, 0.0),
    ],
)
def test_a_school_is_cold_as_far_as_it_lacks_its_share(roll, visits, expected, part):
    assert (expected_visits(roll), coldness(visits, roll)) == (expected, part)


@pytest.mark.parametrize(
    ("percentiles", "part"), [((), None), ((0.9,), 0.9), ((0.2, 0.6), 0.4), ((0.1, 0.2, 0.9), 0.4)]
)
def test_disadvantage_is_the_mean_of_what_is_known(percentiles, part):
    assert disadvantage(percentiles) == part


@pytest.mark.parametrize(
    ("minutes", "middle", "part"),
    [
        ((40, 41, 42, 43, 44), 42, 0.7),
        ((44, 42, 40, 43, 41), 42, 0.7),  # in whatever order they are found
        ((10, 10, 10, 10, 10, 59), 10, 0.1667),  # the five nearest alone count
        ((1, 2, 3), 3, 0.05),  # two are missing, and count as an hour away
        ((1, 2), 60, 1.0),
        ((), 60, 1.0),
        ((60, 60, 60, 60, 60), 60, 1.0),
        ((0, 0, 0, 0, 0), 0, 0.0),
    ],
)
def test_a_school_is_remote_by_the_middle_one_of_the_five_nearest(minutes, middle, part):
    assert (median_minutes(minutes), remoteness(minutes)) == (middle, part)


@pytest.mark.parametrize(
    ("stage", "part"),
    [("ks1", 0.7), ("ks2", 0.9), ("ks3", 1.0), ("ks4", 0.6), ("ks5", 0.4), ("fe", 0.4), ("", None), ("ks9", None)],
)
def test_the_years_in_which_pupils_decide_come_first(stage, part):
    assert parts_of(Figures((), 0, None, None, stage, 0, fell_through=False)).stage == part


@pytest.mark.parametrize(
    ("days", "fell_through", "part"),
    [(0, False, 0.0), (5, False, 0.25), (20, False, 1.0), (90, False, 1.0), (-3, False, 0.0), (0, True, 1.0)],
)
def test_waiting_counts_for_four_weeks_of_school_and_a_broken_promise_at_once(days, fell_through, part):
    assert waiting(days, fell_through=fell_through) == part


def test_what_is_not_known_counts_as_the_middle():
    unknown = Parts(None, 1.0, None, None, 1.0)
    assert unknown.score == Parts(0.5, 1.0, 0.5, 0.5, 1.0).score
    assert Parts(0.4, 1, 1, 1, 1).score < Parts(None, 1, 1, 1, 1).score < Parts(0.6, 1, 1, 1, 1).score


@given(FIGURES)
def test_every_part_and_the_whole_lie_between_nothing_and_one(figures):
    parts = parts_of(figures)
    assert all(0 <= parts.counted(name) <= 1 for name in WEIGHTS)
    assert 0 <= parts.score <= 1


@given(FIGURES, st.sampled_from([*WEIGHTS]), PERCENTILES)
def test_more_of_any_part_never_lowers_the_whole(figures, name, value):
    parts = parts_of(figures)
    other = replace(parts, **{name: value})
    lower, higher = sorted([parts, other], key=lambda each: each.counted(name))
    assert lower.score <= higher.score


@given(FIGURES, st.integers(1, 20))
def test_a_school_that_waits_longer_or_has_had_less_never_falls_behind(figures, more):
    score = parts_of(figures).score
    assert parts_of(replace(figures, school_days=figures.school_days + more)).score >= score
    assert parts_of(replace(figures, visits=figures.visits + more)).score <= score
    assert parts_of(replace(figures, fell_through=True)).score >= score


@given(st.lists(st.integers(0, 90), max_size=8), st.integers(0, 90))
def test_one_more_ambassador_never_makes_a_school_more_remote(minutes, another):
    assert remoteness([*minutes, another]) <= remoteness(minutes)
