"""Subjects, stages, activities and routes."""

import re
from collections import Counter

import pytest

from stem.curriculum import (
    ACTIVITIES,
    ACTIVITY_CHOICES,
    SUBJECT_CHOICES,
    SUBJECTS,
    TECHNICAL_ROUTES,
    Field,
    Route,
    Stage,
    fields_of,
    sits_exams,
    subjects_near,
    year_groups,
    years_named,
    youngest_in,
)
from stem.nations import Nation


def test_every_subject_has_one_code_one_name_and_one_field():
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) and subject.code == code for code, subject in SUBJECTS.items())
    assert max(Counter(str(subject.name) for subject in SUBJECTS.values()).values()) == 1
    assert {subject.field for subject in SUBJECTS.values()} == set(Field)
    assert 40 <= len(SUBJECTS) <= 50


def test_every_subject_is_known_to_universities_by_a_code_of_its_own_and_a_group():
    assert all(re.fullmatch(r"10[01]\d{3}", subject.hecos) for subject in SUBJECTS.values())
    assert all(re.fullmatch(r"CAH\d\d-\d\d-\d\d", subject.cah) for subject in SUBJECTS.values())
    assert len({subject.hecos for subject in SUBJECTS.values()}) == len(SUBJECTS)


@pytest.mark.parametrize(
    ("code", "hecos", "cah"),
    [
        ("physics", "100425", "CAH07-01-01"),
        ("mathematics", "100403", "CAH09-01-01"),
        ("computer_science", "100366", "CAH11-01-01"),
        ("civil_engineering", "100148", "CAH10-01-07"),
        ("veterinary_science", "100531", "CAH05-01-01"),
    ],
)
def test_the_codes_are_those_that_are_published(code, hecos, cah):
    assert (SUBJECTS[code].hecos, SUBJECTS[code].cah) == (hecos, cah)


def test_every_choice_of_subject_stands_under_its_field():
    offered = [(code, heading) for heading, choices in SUBJECT_CHOICES for code, _name in choices]
    assert offered == [(subject.code, subject.field.label) for subject in SUBJECTS.values()]


def test_what_is_near_a_subject_is_its_field_and_nothing_else():
    assert subjects_near("statistics") == {"mathematics", "statistics", "finance", "operational_research"}
    assert subjects_near("alchemy") == frozenset()
    assert fields_of(["statistics", "physics", "alchemy"]) == {Field.MATHEMATICS, Field.SCIENCE}


@pytest.mark.parametrize(
    ("stage", "england", "ireland", "scotland"),
    [
        (Stage.KS1, ["Year 1", "Year 2"], ["Year 3", "Year 4"], ["P2", "P3"]),
        (Stage.KS2, ["Year 3", "Year 4", "Year 5", "Year 6"], ["Year 5", "Year 6", "Year 7"], ["P4", "P5", "P6", "P7"]),
        (Stage.KS3, ["Year 7", "Year 8", "Year 9"], ["Year 8", "Year 9", "Year 10"], ["S1", "S2", "S3"]),
        (Stage.KS4, ["Year 10", "Year 11"], ["Year 11", "Year 12"], ["S3", "S4"]),
        (Stage.KS5, ["Year 12", "Year 13"], ["Year 13", "Year 14"], ["S5", "S6"]),
        (Stage.FE, [], [], []),
    ],
)
def test_each_nation_counts_its_years_its_own_way(stage, england, ireland, scotland):
    assert year_groups(Nation.ENG, stage) == england
    assert year_groups(Nation.WLS, stage) == england
    assert year_groups(Nation.NIR, stage) == ireland
    assert year_groups(Nation.SCO, stage) == scotland


def test_year_8_is_the_same_stage_in_england_and_northern_ireland_and_a_year_apart_in_age():
    assert year_groups(Nation.ENG, "ks3").index("Year 8") == 1
    assert year_groups(Nation.NIR, "ks3").index("Year 8") == 0


# code, minutes, pupils per ambassador, largest group, ambassadors, risk assessment
RULE_5_2 = [
    ("careers_talk", (20, 40), 240, 240, (1, 1), "no"),
    ("lesson_link", (45, 100), 32, 32, (1, 2), "if_practical"),
    ("workshop", (60, 120), 32, 64, (1, 4), "yes"),
    ("speed_networking", (45, 75), 8, 64, (4, 10), "no"),
    ("mock_interview", (60, 180), 1, 30, (3, 15), "no"),
    ("careers_fair", (120, 240), 60, 1500, (1, 3), "site"),
    ("stem_club", (45, 75), 20, 24, (1, 2), "yes"),
    ("mentoring", (30, 45), 4, 8, (1, 2), "no"),
    ("panel_qa", (40, 60), 60, 240, (3, 5), "no"),
    ("virtual_talk", (30, 45), 240, 300, (1, 2), "no"),
    ("site_visit", (180, 240), 10, 30, (2, 6), "yes"),
]


def test_the_activities_are_those_of_the_rule():
    found = [
        (each.code, each.minutes, each.pupils_per_ambassador, each.max_group, each.ambassadors, each.risk_assessment)
        for each in ACTIVITIES.values()
    ]
    assert found == RULE_5_2
    assert [code for code, _name in ACTIVITY_CHOICES] == [row[0] for row in RULE_5_2]


def test_what_sets_some_activities_apart():
    assert [each.code for each in ACTIVITIES.values() if each.needs_curriculum_link] == ["lesson_link"]
    assert [each.code for each in ACTIVITIES.values() if each.needs_risk_assessment] == [
        "workshop",
        "stem_club",
        "site_visit",
    ]
    assert [each.code for each in ACTIVITIES.values() if each.online] == ["virtual_talk"]
    assert {each.code: each.sessions for each in ACTIVITIES.values() if each.sessions != (1, 1)} == {
        "stem_club": (6, 10),
        "mentoring": (6, 6),
    }


def test_apprentices_and_technicians_came_by_a_technical_route_and_graduates_did_not():
    assert set(Route) - TECHNICAL_ROUTES == {Route.DEGREE, Route.OTHER}


@pytest.mark.parametrize(
    ("nation", "stage", "year", "age"),
    [
        # One number, one stage, and a year between them (rule T-06).
        (Nation.ENG, Stage.KS3, 8, 12),
        (Nation.WLS, Stage.KS3, 8, 12),
        (Nation.NIR, Stage.KS3, 8, 11),
        (Nation.SCO, Stage.KS3, 1, 12),
    ],
)
def test_year_8_is_of_one_stage_in_each_nation_and_not_of_one_age(nation, stage, year, age):
    name = f"S{year}" if nation == Nation.SCO else f"Year {year}"
    assert name in year_groups(nation, stage)
    assert youngest_in(year, nation) == age


@pytest.mark.parametrize(
    ("words", "nation", "named"),
    [
        ("Year 8", Nation.ENG, {"8"}),
        ("Years 12 and 13", Nation.ENG, {"12", "13"}),
        ("Y7-Y9", Nation.ENG, {"7", "8", "9"}),
        ("Year 10 to 11", Nation.ENG, {"10", "11"}),
        ("10B3, 11C1", Nation.ENG, {"10", "11"}),
        ("S2", Nation.SCO, {"S2"}),
        ("s4 – s6", Nation.SCO, {"S4", "S5", "S6"}),
        ("P7", Nation.SCO, {"P7"}),
        ("the sixth form", Nation.ENG, set()),
    ],
)
def test_years_are_read_from_a_teacher_s_words(words, nation, named):
    assert years_named(words, nation) == named


@pytest.mark.parametrize(
    ("nation", "stage", "year_groups", "sits"),
    [
        (Nation.ENG, Stage.KS4, "Year 11", True),
        (Nation.ENG, Stage.KS4, "Year 10", False),
        (Nation.ENG, Stage.KS4, "Years 10 and 11", True),
        (Nation.ENG, Stage.KS5, "Year 12", False),
        (Nation.WLS, Stage.KS5, "Year 13", True),
        (Nation.ENG, Stage.KS4, "my form", True),
        (Nation.ENG, Stage.KS3, "Year 8", False),
        (Nation.NIR, Stage.KS4, "Year 11", False),
        (Nation.NIR, Stage.KS4, "Year 12", True),
        (Nation.NIR, Stage.KS5, "Year 14", True),
        (Nation.SCO, Stage.KS4, "S3", False),
        (Nation.SCO, Stage.KS4, "S4", True),
        (Nation.SCO, Stage.KS5, "S5, S6", True),
        (Nation.ENG, Stage.FE, "", False),
    ],
)
def test_who_sits_public_exams(nation, stage, year_groups, sits):
    assert sits_exams(nation, stage, year_groups) == sits
