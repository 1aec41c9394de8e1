"""The whole of it on made registers: how much is found, one to one, with weights that learn."""

import pytest

from ambassadors.linkage.estimating import estimate
from ambassadors.linkage.finding import find_pairs
from ambassadors.linkage.levels import Field, Phone
from ambassadors.linkage.records import read_person
from ambassadors.linkage.weighing import SAME, Weights
from demo.linkage_bench import as_people, score
from demo.made_people import make_people, true_pairs
from tests.ambassadors.linkage.people import ADA, elsewhere

ROWS = make_people(4000, seed=21)
PEOPLE, TRUTH = as_people(ROWS), true_pairs(ROWS)


@pytest.mark.parametrize("learn", [False, True])
def test_of_a_hundred_duplicates_ninety_seven_are_proposed_and_three_at_most_are_false(learn: bool):
    reached = score(find_pairs(PEOPLE, learn=learn), PEOPLE, TRUTH)
    assert reached.recall >= 0.97 and reached.precision >= 0.97, str(reached)


def test_few_pairs_are_compared():
    assert find_pairs(PEOPLE).compared < 10 * len(PEOPLE)


def test_each_record_is_in_one_pair_for_each_other_scheme():
    pairs = find_pairs(PEOPLE, above=0).pairs
    ends = [end for pair in pairs for end in ((pair.a.key, pair.b.scheme), (pair.b.key, pair.a.scheme))]
    assert len(ends) == len(set(ends)) > 0


def test_the_likelier_of_two_is_taken():
    twin = elsewhere(ADA, legacy_id="3", full_name="Akosua Okonkwo", email="", orcid="")
    same = elsewhere(ADA, legacy_id="4")
    found = find_pairs([ADA, twin, same], above=0)
    assert [(pair.a.key, pair.b.key) for pair in found.pairs] == [("North/1", "South/4")]


def test_two_records_of_one_scheme_are_compared_only_when_asked():
    again = elsewhere(ADA, scheme=ADA.scheme)
    assert find_pairs([ADA, again]).pairs == ()
    assert [(pair.a.key, pair.b.key) for pair in find_pairs([ADA, again], within=True).pairs] == [
        ("North/1", "North/2")
    ]


def test_a_person_in_three_schemes_makes_three_pairs():
    found = find_pairs([ADA, elsewhere(ADA), elsewhere(ADA, scheme="West")])
    assert len(found.pairs) == 3


def test_every_pair_says_why():
    [pair] = find_pairs([ADA, elsewhere(ADA, phone="")]).pairs
    assert [reason.field for reason in pair.because][:3] == ["first name", "surname", "e-mail"]
    assert "phone" not in [reason.field for reason in pair.because]
    assert all(reason.weight > 0 for reason in pair.because if reason.words == "the same")


@pytest.mark.parametrize("count", [0, 1])
def test_a_register_of_nobody_or_one_has_no_pairs(count: int):
    assert find_pairs([ADA][:count], learn=True).pairs == ()


def test_weights_are_learned_from_the_register_alone():
    traits = [read_person(each) for each in PEOPLE]
    both = [(a, b) for a, b in TRUTH if traits[a].phone and traits[b].phone]
    share = sum(traits[a].phone == traits[b].phone for a, b in both) / len(both)
    far_off = {**Weights().same, Field.PHONE: (0.5, 0.1, 0.4)}
    learned = find_pairs(PEOPLE, weights=Weights(far_off), learn=True).weights
    assert learned.same[Field.PHONE][Phone.EXACT] == pytest.approx(share, abs=0.05)
    assert learned.matches == pytest.approx(2 * len(TRUTH) / len(PEOPLE), rel=0.1)
    assert abs(0.5 - share) > 0.2 and abs(SAME - learned.matches) > 0.05


def test_nothing_to_learn_from_leaves_the_weights_as_they_were():
    assert estimate([], 10).same[Field.PHONE] == pytest.approx(Weights().same[Field.PHONE])
