"""What holds for every pair, and not for three examples."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ambassadors.linkage.blocking import LARGEST, pairs_to_compare
from ambassadors.linkage.comparing import Comparer
from ambassadors.linkage.finding import find_pairs
from ambassadors.linkage.records import Person, read_person
from ambassadors.linkage.weighing import Scale, Weights
from tests.ambassadors.linkage.people import ADA, TOWN, elsewhere

TRAITS = [read_person(each) for each in TOWN]
COMPARER, SCALE = Comparer(TRAITS), Scale(Weights(), 60_000)
FIELDS = ("full_name", "email", "phone", "postcode", "employer", "orcid")
people = some.sampled_from(TOWN)
blanks = some.sets(some.sampled_from(FIELDS[1:]))


def odds(one: Person, other: Person) -> float:
    return SCALE.odds(COMPARER.compare(read_person(one), read_person(other)))


def without(person: Person, fields: set[str]) -> Person:
    return replace(person, **dict.fromkeys(fields, ""))


@given(people, people, blanks, blanks)
def test_it_makes_no_difference_who_comes_first(one: Person, other: Person, mine: set[str], theirs: set[str]):
    one, other = without(one, mine), without(other, theirs)
    assert odds(one, other) == pytest.approx(odds(other, one))


@given(people, people, blanks, some.sampled_from(FIELDS[1:]))
def test_a_field_that_agrees_never_makes_a_pair_less_likely(one: Person, other: Person, blank: set[str], field: str):
    one, other = without(one, blank | {field}), without(other, blank | {field})
    agreed = {"postcode": "LS6 3QT"}.get(field, getattr(ADA, field))
    assert odds(replace(one, **{field: agreed}), replace(other, **{field: agreed})) >= odds(one, other) * 0.999


@given(people, people)
def test_the_lines_of_why_add_up_to_the_odds(one: Person, other: Person):
    comparison = COMPARER.compare(read_person(one), read_person(other))
    total = sum(reason.weight for reason in SCALE.reasons(comparison))
    # A line of less than a twentieth of a bit is left out.
    assert 2**total == pytest.approx(SCALE.odds(comparison), rel=0.05)


def _slip(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice("qxz37") + text[at + 1 :]


@pytest.mark.parametrize("field", FIELDS)
@given(chance=some.randoms(use_true_random=False), gone=some.booleans())
@settings(max_examples=25)
def test_a_slip_in_any_one_field_leaves_the_pair_compared(field: str, chance: random.Random, gone: bool):
    spoilt = elsewhere(ADA, **{field: "" if gone else _slip(getattr(ADA, field), chance)})
    assert (0, 1) in set(pairs_to_compare([read_person(ADA), read_person(spoilt)]))


@pytest.mark.parametrize("field", FIELDS)
def test_so_it_does_where_every_other_key_is_shared_by_many(field: str):
    david = replace(ADA, full_name="David Smith", email="office@calder.example", phone="01632500500", orcid="")
    crowd = [
        replace(david, full_name=each.full_name, scheme=each.scheme, legacy_id=f"c{number}", postcode=each.postcode)
        for number, each in enumerate(TOWN[: 3 * LARGEST])
    ]
    rows = [read_person(each) for each in (david, elsewhere(david, **{field: ""}), *crowd)]
    assert (0, 1) in set(pairs_to_compare(rows))


@given(some.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None)
def test_the_order_of_rows_changes_nothing(chance: random.Random):
    rows = TOWN[:300]
    expected = find_pairs(rows, learn=True)
    chance.shuffle(shuffled := list(rows))
    assert find_pairs(shuffled, learn=True) == expected


def test_nobody_is_compared_with_more_others_than_keys_allow():
    crowd = [replace(ADA, scheme=f"S{number}", legacy_id=str(number)) for number in range(20 * LARGEST)]
    assert len(list(pairs_to_compare([read_person(each) for each in crowd]))) <= len(crowd) * LARGEST
