"""What somebody offers, in codes of our list or in its words; what is on no list is named by itself."""

from datetime import date

import pytest

from ambassadors.importing.columns import read_map
from ambassadors.importing.people import read_people
from ambassadors.importing.sheets import look_into
from stem.curriculum import ACTIVITIES, SUBJECTS, Route, Stage
from tests.make.registers import as_csv, written

TODAY = date(2026, 11, 28)
# The columns as our own files have them.
OURS = (
    *("legacy_id", "full_name", "known_as", "email", "phone", "postcode", "employer", "job_title", "orcid"),
    *("subjects", "stages", "activities", "languages", "route", "max_minutes", "joined_on", "status"),
)


def read(folder, *rows, columns=""):
    path = written(folder / "people.csv", as_csv([list(each) for each in rows], encoding="utf-8"))
    file = read_people(path, remembered={}, asked=read_map(columns), on=TODAY)
    people = [dict(each.said) for each in file]
    return people, [(each.line, each.column, each.value) for each in file.rejected]


def test_our_own_columns_are_all_read(tmp_path):
    row = (
        *("1", "Ada Smith", "Addy", "ada@x.example", "07700 900123", "LS1 4AP", "Bridges", "Engineer"),
        *("https://orcid.org/0000-0002-1825-0097", "physics;civil_engineering", "ks3", "careers_talk;panel_qa"),
        *("welsh;Tamil", "apprenticeship", "45", "2019-03-04", "Active"),
    )
    [said], rejected = read(tmp_path, OURS, row)
    assert rejected == []
    assert said == {
        "full_name": "Ada Smith",
        "known_as": "Addy",
        "email": "ada@x.example",
        "phone": "07700 900123",
        "postcode": "LS1 4AP",
        "organisation": "Bridges",
        "job_title": "Engineer",
        "orcid": "0000-0002-1825-0097",
        "subjects": "civil_engineering;physics",
        "stages": "ks3",
        "activities": "careers_talk;panel_qa",
        "languages": "Tamil;Welsh",
        "route": "apprenticeship",
        "max_minutes": "45",
        "joined_on": "2019-03-04",
        "legacy_status": "Active",
    }


@pytest.mark.parametrize(
    ("column", "codes", "names"),
    [
        ("subjects", SUBJECTS, [each.name for each in SUBJECTS.values()]),
        ("activities", ACTIVITIES, [each.name for each in ACTIVITIES.values()]),
        ("stages", Stage.values, Stage.labels),
        (
            "stages",
            Stage.values,
            ["Key Stage 1", "key stage 2", "KS 3", "KS4", "Sixth form", "further education college"],
        ),
    ],
)
def test_every_code_and_every_name_of_our_lists_is_understood(tmp_path, column, codes, names):
    heading = ("ID", "Name", column)
    by_code, by_name = read(tmp_path, heading, ("1", "A", ";".join(codes)), ("2", "B", "; ".join(map(str, names))))[0]
    assert by_code[column] == by_name[column] == ";".join(sorted(codes))


@pytest.mark.parametrize(("label", "code"), [(str(label), code) for code, label in Route.choices])
def test_every_route_is_understood(tmp_path, label, code):
    assert [each["route"] for each in read(tmp_path, ("ID", "Name", "Route"), ("1", "A", label))[0]] == [code]


def test_what_is_on_no_list_is_left_out_by_itself_and_named(tmp_path):
    heading = ("ID", "Name", "Subjects", "Route", "Max minutes", "ORCID", "Languages")
    rows = [
        ("1", "A", "physics; magic;;alchemy", "luck", "5", "0000-0002-1825-0098", "42; Welsh"),
        ("2", "B", "=A1", "", "60 minutes", "", "x" * 41),
    ]
    people, rejected = read(tmp_path, heading, *rows)
    assert people == [
        {"full_name": "A", "subjects": "physics", "languages": "Welsh"},
        {"full_name": "B", "max_minutes": "60"},
    ]
    assert sorted(rejected) == [
        (2, "Languages", "42"),
        (2, "Max minutes", "5"),
        (2, "ORCID", "0000-0002-1825-0098"),
        (2, "Route", "luck"),
        (2, "Subjects", "alchemy"),
        (2, "Subjects", "magic"),
        (3, "Languages", "x" * 41),
        (3, "Subjects", "=A1"),
    ]


@pytest.mark.parametrize("columns", ["organisation=Firm", "employer=Firm", "Firm=employer", "Firm=organisation"])
def test_a_map_may_be_written_either_way_round_and_by_either_name(tmp_path, columns):
    people, _rejected = read(tmp_path, ("ID", "Name", "Firm"), ("1", "A", "Bridges"), columns=columns)
    assert people == [{"full_name": "A", "organisation": "Bridges"}]


def test_a_file_is_shown_by_its_heading_and_its_first_rows_whatever_its_columns_are(tmp_path):
    rows = [["A list of ours"], [], ["Key", " Called\n as "], ["1", "Ada"], ["2"], ["3", "Cai"], ["4", "Dee"]]
    found = look_into(written(tmp_path / "people.csv", as_csv(rows)), remembered={"legacy_id": "Key"})
    assert (found.headings, found.rows) == (["Key", "Called as"], [["1", "Ada"], ["2", ""], ["3", "Cai"]])
