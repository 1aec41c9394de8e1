"""The published worked examples of the ranking (rule 6.4), without a database."""

import inspect
import re

import pytest

from ambassadors.models import Reach
from ambassadors.reach.rows import Row, Traveller
from bookings.matching.reaching import Within
from bookings.matching.scoring import WEIGHTS, Parts, aim_part, load_part, nearness
from bookings.matching.standings import Situation
from bookings.matching.wanted import Wanted
from stem.curriculum import Aim

PROTECTED = frozenset(
    {
        *("age", "sex", "gender", "ethnicity", "race", "religion", "belief", "disability", "orientation", "dob"),
        *("marriage", "pregnancy", "birth"),
    }
)


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
    inputs = (Wanted, Within, Situation, Row, Traveller)
    names = {*WEIGHTS, *(each.name for each in Reach._meta.get_fields())}
    names |= {name for each in inputs for name in inspect.signature(each).parameters}

    assert not {name for name in names if PROTECTED & set(name.split("_"))}


def test_no_aim_of_a_school_is_a_protected_characteristic():
    words = {
        word for aim in Aim for word in re.findall(r"[a-z]+", f"{aim.value} {aim.label}".replace("_", " ").lower())
    }

    assert not words & {*PROTECTED, "women", "woman", "girls", "men", "boys", "female", "male", "black", "disabled"}


@pytest.mark.parametrize(
    ("opted_in", "hoped_for", "part"), [(0, 0, 0), (0, 2, 0), (1, 2, 0.5), (2, 2, 1), (1, 3, 1 / 3)]
)
def test_an_aim_counts_as_its_share_of_those_hoped_for(opted_in, hoped_for, part):
    assert aim_part(opted_in, hoped_for) == part
