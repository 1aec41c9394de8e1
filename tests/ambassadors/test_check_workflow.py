"""A criminal record check: no state is skipped, and no way leads round two people (rule 1.5, V-30)."""

from itertools import product

import pytest

from ambassadors.workflow import CHECK

# As rule 1.5 draws it, and no other: from here to there in one step.
DRAWN = """
required eligible
eligible applied
applied issued
issued seen
issued required
seen ok
seen assessing
assessing ok
assessing conditions
assessing not_suitable
assessing escalated
escalated ok
escalated conditions
escalated not_suitable
not_suitable appealed
appealed refused
appealed ok
ok superseded
conditions superseded
"""


def steps() -> set[tuple[str, str]]:
    return {(source, each.target) for each in CHECK.moves.values() for source in each.sources}


def test_its_steps_are_those_that_the_rule_draws_and_two_that_end_it_from_anywhere():
    drawn = {tuple(line.split()) for line in DRAWN.split("\n") if line}
    assert {step for step in steps() if step[1] not in {"withdrawn", "barred"}} == drawn
    assert {source for source, target in steps() if target == "barred"} == set(CHECK.statuses) - {"barred"}


@pytest.mark.parametrize(("source", "target"), list(product(CHECK.statuses, repeat=2)))
def test_nothing_leaves_a_bar_and_nothing_is_decided_without_an_original_seen(source, target):
    if (source, target) in steps():
        assert source != "barred"
        if target in {"ok", "conditions"}:
            assert source in {"seen", "assessing", "escalated", "appealed"}


def test_no_way_from_required_to_a_decision_goes_round_the_original():
    reached, edge = {"required"}, {"required"}
    while edge:
        edge = {target for source, target in steps() if source in edge and source != "seen"} - reached
        reached |= edge
    assert "seen" in reached
    assert not reached & {"ok", "conditions", "not_suitable", "assessing", "escalated"}
