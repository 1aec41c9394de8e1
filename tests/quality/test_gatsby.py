"""What a visit may count for in a careers programme: the truth table of Q-01, and the candidates of Q-02."""

from itertools import product

import pytest

from ambassadors.enums import EmployerSize
from quality.gatsby import Meaningful, bm7_candidate, meaningful_bm5, pal_candidate
from quality.instruments import CURRENT, load_instrument

WELL = {"T1": "4", "T2": "5", "T3": "4", "T11": "planned"}
BADLY = {"T1": "3", "T2": "2", "T3": "1", "T11": "no"}


@pytest.mark.parametrize("conditions", list(product([True, False], repeat=6)))
def test_an_encounter_is_meaningful_where_all_six_hold_and_in_no_other_of_the_sixty_four(conditions):
    delivered, has_outcomes, *said = conditions
    teacher = {code: (WELL if is_so else BADLY)[code] for code, is_so in zip(WELL, said, strict=True)}

    found = meaningful_bm5(
        delivered=delivered, outcomes=["Know two routes"] if has_outcomes else [" "], teacher=teacher
    )

    assert found is (Meaningful.YES if all(conditions) else Meaningful.NO)


def test_without_the_teacher_s_form_it_is_unknown_and_without_a_visit_it_is_none():
    assert meaningful_bm5(delivered=True, outcomes=["Know two routes"], teacher=None) is Meaningful.UNKNOWN
    assert meaningful_bm5(delivered=False, outcomes=["Know two routes"], teacher=None) is Meaningful.NO
    assert meaningful_bm5(delivered=True, outcomes=[], teacher=None) is Meaningful.NO


@pytest.mark.parametrize("code", WELL)
def test_a_question_left_open_is_never_a_yes(code):
    told = {"delivered": True, "outcomes": ["Know two routes"]}
    rest = {each: answer for each, answer in WELL.items() if each != code}
    assert meaningful_bm5(**told, teacher=rest) is Meaningful.UNKNOWN
    assert meaningful_bm5(**told, teacher={**rest, "T2" if code != "T2" else "T1": "1"}) is Meaningful.NO


@pytest.mark.parametrize(("answer", "is_so"), [("1", False), ("3", False), ("4", True), ("5", True), ("na", False)])
def test_agreement_counts_from_agree_on_and_what_does_not_apply_does_not(answer, is_so):
    found = meaningful_bm5(delivered=True, outcomes=["Know two routes"], teacher={**WELL, "T1": answer})
    assert (found is Meaningful.YES) is is_so


@pytest.mark.parametrize(
    ("organisation", "employer", "heard", "seven", "access"),
    [
        ("Leeds College", EmployerSize.COLLEGE, "all", True, True),
        ("Leeds College", EmployerSize.COLLEGE, "learning", True, False),
        ("Leeds College", EmployerSize.COLLEGE, "other", False, False),
        ("Leeds College", EmployerSize.COLLEGE, "no", False, False),
        ("Leeds College", EmployerSize.COLLEGE, None, False, False),
        ("  ", EmployerSize.COLLEGE, "all", False, False),
        ("Leeds University", EmployerSize.UNIVERSITY, "all", True, False),
        ("Bridges Ltd", EmployerSize.LARGE, "all", False, False),
        ("Bridges Ltd", "", "all", False, False),
    ],
)
def test_only_a_named_provider_who_spoke_of_learning_is_a_candidate(organisation, employer, heard, seven, access):
    ambassador = None if heard is None else {"A12": heard}
    told = {"organisation": organisation, "employer": employer, "ambassador": ambassador}
    assert bm7_candidate(**told) is seven
    assert pal_candidate(**told, years={"9", "10"}) is access


@pytest.mark.parametrize(("years", "is_so"), [({"8"}, True), ({"13"}, True), ({"7", "8"}, False), (set(), False)])
def test_provider_access_is_for_years_eight_to_thirteen(years, is_so):
    told = {"organisation": "Leeds College", "employer": EmployerSize.COLLEGE, "ambassador": {"A12": "all"}}
    assert pal_candidate(**told, years=years) is is_so


def test_the_question_is_in_the_form_that_is_asked_now_and_the_one_before_is_as_it_was():
    codes = {each.code: each for each in load_instrument(CURRENT["ambassador"]).questions}
    assert {"no", "learning", "all", "other"} == set(codes["A12"].options)
    assert "A12" not in {each.code for each in load_instrument("ambassador_v1").questions}
