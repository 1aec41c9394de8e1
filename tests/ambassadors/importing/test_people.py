"""Whole files as schemes send them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.importing.columns import read_map
from ambassadors.importing.people import read_people
from stem.rules import Refusal, why_not
from tests.make.registers import as_csv, written
from tests.make.workbooks import day, formula, number, workbook

TODAY = date(2026, 11, 28)
HEADING = ["Volunteer ID", "Forename", "Surname", "Email address", "Mobile", "Post code", "Company", "Date joined"]
ADA = ["V1", "Ada", "Smith", "ada@x.example", "07700 900123", "LS1 4AP", "Bridges", "04/03/2019"]
BEN = ["V2", "Ben", "Jones", "ben@x.example", "07700 900124", "LS2 9JT", "", ""]
SAID = {
    "full_name": "Ada Smith",
    "email": "ada@x.example",
    "phone": "07700 900123",
    "postcode": "LS1 4AP",
    "organisation": "Bridges",
    "joined_on": "2019-03-04",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("people")


def opened(folder, content, columns="", remembered=None):
    path = written(folder / "people", content)
    return read_people(path, remembered=remembered or {}, asked=read_map(columns), on=TODAY)


def read(folder, content, columns=""):
    """The people of a file by their ids, and what was rejected."""
    file = opened(folder, content, columns)
    people = {each.legacy_id: dict(each.said) for each in file}
    return people, [tuple(each.as_dict().values()) for each in file.rejected]


def refusal_of(folder, content, columns=""):
    with pytest.raises(Refusal) as refused:
        read(folder, content, columns)
    return refused.value.codes[0], refused.value.told_to()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_people_are_read_however_the_file_is_written(folder, delimiter, encoding):
    content = as_csv([HEADING, ADA, [*BEN[:2], "Brontë", *BEN[3:]]], encoding=encoding, delimiter=delimiter)
    people, rejected = read(folder, content)
    assert people["V1"] == SAID and people["V2"]["full_name"] == "Ben Brontë"
    assert rejected == []


def test_letters_of_two_encodings_in_one_file_are_both_read(folder):
    rows = [as_csv([HEADING], encoding="utf-8"), as_csv([[*ADA[:2], "Brontë — Łoś", *ADA[3:]]] * 1, encoding="utf-8")]
    rows.append(as_csv([[*BEN[:2], "Béla", *BEN[3:]]], encoding="cp1252"))
    people, rejected = read(folder, b"".join(rows))
    assert [people["V1"]["full_name"], people["V2"]["full_name"]] == ["Ada Brontë — Łoś", "Ben Béla"]
    assert rejected == []


def test_a_workbook_is_read_from_the_sheet_that_has_our_columns(folder):
    heading = ["ID", "Name", "E-mail", "Phone", "Joined", "Employer"]
    rows = [["Our volunteers"], [], heading, [number("7"), "Ada", "ada@x.example", number("7700900123"), day(43528)]]
    rows += [heading, [number("8"), formula('"B"&"en"', "Ben"), formula("C1")]]
    file = opened(folder, workbook({"Notes": [["Read me"]], "People": rows}))
    assert {each.legacy_id: dict(each.said) for each in file} == {
        "7": {"full_name": "Ada", "email": "ada@x.example", "phone": "07700900123", "joined_on": "2019-03-04"},
        "8": {"full_name": "Ben"},
    }
    [rejected] = file.rejected
    assert (rejected.line, rejected.column, rejected.value) == (6, "E-mail", "=C1")
    assert (file.read, file.repeated_headings, file.count()) == (2, 1, 2)


def test_of_two_sheets_of_people_we_do_not_choose(folder):
    rows = [["ID", "Name"], ["1", "Ada"]]
    code, said = refusal_of(folder, workbook({"Active": rows, "Left": rows}))
    assert code == "tables_several" and "Active, Left" in said


def test_a_cell_that_cannot_be_read_is_left_out_and_its_row_is_not(folder):
    people, rejected = read(folder, as_csv([HEADING, [*ADA[:3], "ada at work", "4.477E+11", *ADA[5:]]]))
    assert people == {"V1": {name: value for name, value in SAID.items() if name not in ("email", "phone")}}
    assert [each[:3] for each in rejected] == [
        (2, "Email address", "ada at work"),
        (2, "Mobile", "4.477E+11"),
    ]


def test_a_row_without_an_id_or_without_name_and_address_is_left_out(folder):
    rows = [HEADING, ["", *ADA[1:]], ["V2", "", "", "none", *[""] * 4], BEN, ["V2", *ADA[1:]]]
    people, rejected = read(folder, as_csv(rows))
    assert [*people] == ["V2"] and people["V2"]["full_name"] == "Ben Jones"
    assert [(each[0], each[1]) for each in rejected] == [
        (2, "Volunteer ID"),
        (3, "Email address"),
        (3, "Surname"),
        (5, "Volunteer ID"),
    ]
    assert rejected[-1][3] == "This id stands on line 4 already."


def test_rows_that_are_too_long_too_short_or_run_together_are_left_out(folder):
    rows = b"ID,Name,Town\n1,Ada,York\n2,Ben,York,more\n3,Cai\n4,Dee,York\n"
    people, rejected = read(folder, rows)
    assert [*people] == ["1", "4"]
    assert [each[0] for each in rejected] == [3, 4]


def test_a_heading_repeated_is_no_person(folder):
    file = opened(folder, as_csv([HEADING, ADA, HEADING, BEN, HEADING]))
    assert [each.legacy_id for each in file] == ["V1", "V2"]
    assert (file.read, file.repeated_headings, file.rejected) == (2, 2, [])


def test_a_guess_gives_way_to_what_staff_say_and_to_what_they_said_before(folder):
    content = as_csv([["ID", "Our ref", "Name", "Knows as"], ["1", "R1", "Ada Smith", "Ada"]])
    assert [*read(folder, content)[0]] == ["1"]
    assert read(folder, content, "legacy_id=our REF,full_name=Knows as")[0] == {"R1": {"full_name": "Ada"}}
    assert [each.legacy_id for each in opened(folder, content, remembered={"legacy_id": "Our ref"})] == ["R1"]
    assert [each.legacy_id for each in opened(folder, content, remembered={"legacy_id": "Gone"})] == ["1"]


def test_a_misspelt_heading_is_guessed_and_one_of_vetting_never_is(folder):
    content = as_csv(
        [["ID", "Name", "Emial adress", "DBS number", "DBS status"], ["1", "Ada", "a@x.example", "1", "x"]]
    )
    assert read(folder, content)[0] == {"1": {"full_name": "Ada", "email": "a@x.example"}}


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ("phone", "columns"),
        ("shoe=Size", "columns"),
        ("phone=Fax", "columns_missing"),
        ("legacy_id=", "columns_missing"),
    ],
)
def test_what_staff_say_of_columns_must_make_sense(folder, columns, code):
    assert refusal_of(folder, as_csv([HEADING, ADA]), columns)[0] == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\n\n", "file_empty"),
        (b"Name,Email\nAda,a@x.example\n", "columns_missing"),
        (b"ID,Name,Name\n1,Ada,Smith\n", "columns_twice"),
        (b'ID,Name\n1,"Ada\n2,Ben\n', "file_cut"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_a_table"),
        (b"<html><body>ID,Name</body></html>", "not_a_table"),
        (bytes(range(256)) * 20, "not_a_table"),
    ],
)
def test_a_file_that_is_something_else_is_refused(folder, content, code):
    assert refusal_of(folder, content)[0] == code


def test_marks_nobody_sees_and_a_cell_of_a_megabyte_spoil_no_more_than_their_row(folder):
    content = b"ID,Name,Town\n1,A\0da,York\n2,%s,York\n3,Cai,York\n" % (b"x" * 1_000_000)
    people, rejected = read(folder, content)
    assert people == {"1": {"full_name": "Ada"}, "3": {"full_name": "Cai"}}
    assert [each[0] for each in rejected] == [3]


TEXTS = st.text(max_size=20)


@given(st.lists(st.lists(TEXTS, max_size=9), max_size=6), st.sampled_from(["utf-8", "utf-16"]))
def test_no_rows_do_more_than_be_rejected(folder, rows, encoding):
    content, found = as_csv([HEADING, ADA, *rows], encoding=encoding), []
    refusal = why_not(lambda: found.append(read(folder, content)))
    if refusal is not None:
        # Too many marks that are no letters: it looks like no text at all.
        assert refusal.codes == ["not_a_table"]
        return
    [(people, rejected)] = found
    assert "V1" in people
    assert all(line > 1 and reason for line, _column, _value, reason in rejected)


@given(st.binary(max_size=300))
def test_no_bytes_do_more_than_be_refused(folder, rubbish):
    for content in (rubbish, as_csv([HEADING, ADA]) + rubbish):
        refusal = why_not(lambda content=content: list(opened(folder, content)))
        assert refusal is None or refusal.codes
