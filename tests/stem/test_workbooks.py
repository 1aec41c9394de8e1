"""Workbooks as Excel writes them: read cell by cell, or refused with one sentence."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stem import workbooks
from stem.rules import Refusal, why_not
from stem.workbooks import Dated, Unreadable, is_workbook, open_workbook
from tests.make.registers import written
from tests.make.workbooks import LINK, MAIN, day, error, formula, number, sheet, workbook


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("workbooks")


def read(folder, content):
    path = written(folder / "book.xlsx", content)
    assert is_workbook(path)
    return {each.name: list(each.rows()) for each in open_workbook(path)}


def test_a_number_stands_as_it_is_written_and_a_day_as_a_day(folder):
    rows = [["ID", "Seen"], [number("447700900123"), day(43536)], [number("2.0"), day(43536.75, style=2)]]
    assert read(folder, workbook({"People": rows})) == {
        "People": [(1, ["ID", "Seen"]), (2, ["447700900123", "2019-03-12"]), (3, ["2", "2019-03-12"])]
    }
    [(_name, found)] = read(folder, workbook({"People": rows})).items()
    assert [type(cell) for cell in found[1][1]] == [str, Dated]


def test_a_formula_is_taken_by_what_it_came_to_and_never_reckoned(folder):
    rows = [[formula('UPPER("bloggs")', "BLOGGS"), formula("A1"), error()]]
    [(_line, [kept, lost, wrong])] = read(folder, workbook({"People": rows}))["People"]
    assert kept == "BLOGGS"
    assert isinstance(lost, Unreadable) and lost.value == "=A1" and "formula" in lost.reason
    assert isinstance(wrong, Unreadable) and wrong.value == "#N/A"


def test_shared_texts_are_read_without_how_they_are_pronounced(folder):
    shared = f'<sst {MAIN}><si><r><t>Zo</t></r><r><t>ë</t></r><rPh sb="0" eb="1"><t>zou</t></rPh></si></sst>'
    book = workbook({"People": [['<c t="s"><v>0</v></c>']]}, **{"xl/sharedStrings.xml": shared})
    assert read(folder, book) == {"People": [(1, ["Zoë"])]}


def test_cells_that_are_left_out_are_blank_and_rows_keep_their_numbers(folder):
    cells = '<c r="B7"><v>2</v></c><c r="AB7"><v>1</v></c>'
    rows = f'<worksheet {MAIN}><sheetData><row r="7">{cells}</row></sheetData></worksheet>'
    [(line, cells)] = read(folder, workbook({"People": []}, **{"xl/worksheets/sheet1.xml": rows}))["People"]
    assert (line, len(cells), cells[1], cells[27]) == (7, 28, "2", "1")


def test_days_may_be_counted_from_1904(folder):
    sheets = '<sheets><sheet name="P" sheetId="1" r:id="rId1"/></sheets>'
    book = f'<workbook {MAIN} {LINK}><workbookPr date1904="1"/>{sheets}</workbook>'
    assert read(folder, workbook({"P": [[day(42074)]]}, **{"xl/workbook.xml": book})) == {"P": [(1, ["2019-03-12"])]}


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + sheet([["<c><v>&b;</v></c>"]])


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/worksheets/sheet1.xml": BOMB},
        {"xl/worksheets/sheet1.xml": sheet([["a"]])[:-20]},
        {"xl/workbook.xml": "<"},
        {"xl/workbook.xml": "<workbook/>"},
        {"xl/worksheets/sheet1.xml": "\0\0\0"},
        {"xl/worksheets/sheet1.xml": sheet([['<c t="s"><v>7</v></c>']])},
    ],
)
def test_a_workbook_that_is_damaged_or_made_to_do_harm_is_refused(folder, parts):
    with pytest.raises(Refusal):
        read(folder, workbook({"People": [["a"]]}, **parts))


def test_a_row_that_no_workbook_has_is_not_counted_up_to(folder):
    far = f'<worksheet {MAIN}><sheetData><row r="{{0}}"><c r="A{{0}}"><v>1</v></c></row></sheetData></worksheet>'
    found = [
        read(folder, workbook({"P": []}, **{"xl/worksheets/sheet1.xml": far.format(line)}))["P"]
        for line in (1_048_576, 999_999_999)
    ]
    assert found == [[(1_048_576, ["1"])], []]


def test_texts_that_fill_the_memory_are_refused(folder, monkeypatch):
    monkeypatch.setattr(workbooks, "_MOST_TEXTS", 10)
    with pytest.raises(Refusal) as refused:
        read(folder, workbook({"P": [["a"]]}, **{"xl/sharedStrings.xml": f"<sst {MAIN}></sst>"}))
    assert refused.value.codes == ["file_too_large"]


def test_whole_numbers_and_fractions_truths_and_hours(folder):
    cells = [number("4.47700900123E+11"), number("0.25"), '<c t="b"><v>1</v></c>', '<c t="d"><v>2019-03-12</v></c>']
    assert read(folder, workbook({"P": [cells]}))["P"] == [(1, ["447700900123", "0.25", "TRUE", "2019-03-12"])]


WHOLE = workbook({"People": [["ID", "Name"], ["1", "Ada"], ["2", "Ben"]]})


@given(st.integers(0, len(WHOLE)), st.binary(max_size=40))
def test_no_damage_does_more_than_be_refused(folder, place, rubbish):
    path = written(folder / "damaged.xlsx", WHOLE[:place] + rubbish + WHOLE[place + len(rubbish) :])
    refusal = why_not(lambda: [list(each.rows()) for each in open_workbook(path)])
    assert refusal is None or refusal.codes


def test_what_is_no_workbook_is_told_apart_by_its_content(folder):
    assert not is_workbook(written(folder / "people.xlsx", b"ID,Name\n1,Ada\n"))
    with zipfile.ZipFile(folder / "other.zip", "w") as archive:
        archive.writestr("people.csv", "ID")
    assert not is_workbook(folder / "other.zip")
    assert not is_workbook(folder / "nowhere")
