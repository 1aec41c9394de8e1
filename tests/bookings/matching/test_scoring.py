"""The published worked examples of the ranking (rule 6.4), without a database."""

import inspect

import pytest

from bookings.matching.scoring import WEIGHTS, Parts, load_part, nearness
from bookings.matching.wanted import Wanted


@pytest.mark.parametrize(
    ("topic", "stage", "activity", "route_aim", "minutes", "longest", "visits", "score"),
    [
        (1, 1, 1, 0, 20, 60, 0, 0.85),
        (0.5, 1, 1, 1, 45, 60, 3, 0.6625),
        (1, 1, 1, 1, 0, 60, 0, 1.0),
        (0, 0, 0, 0, 60, 60, 9, 0.01),
    ],
)
def test_published_scores(topic, stage, activity, route_aim, minutes, longest, visits, score):
    parts = Parts(topic, stage, activity, route_aim, nearness(minutes, longest), load_part(visits))

    assert parts.score == pytest.approx(score, abs=1e-12)


def test_weights_add_up_to_one():
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)


def test_nobody_is_nearer_than_the_door_or_farther_than_the_end():
    assert [nearness(minutes, 60) for minutes in (0, 30, 60, 90)] == [1.0, 0.5, 0.0, 0.0]
    assert nearness(10, 0) == 0.0


def test_no_input_of_the_matcher_is_a_protected_characteristic():
    protected = {"age", "sex", "gender", "ethnicity", "race", "religion", "disability", "orientation", "dob"}
    names = {*WEIGHTS, *inspect.signature(Wanted).parameters}

    assert not {name for name in names if protected & set(name.split("_"))}
