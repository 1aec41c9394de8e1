"""Tables as people send them: read whatever their order and packing, or refused with one sentence."""

import gzip
import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stem.rules import Kind, Refusal, why_not
from stem.tables import Misfit, open_table
from tests.make.registers import as_csv, written

COLUMNS = {"number": ["Number", "No"], "name": ["Name"], "town": ["Town"]}
ROWS = [
    ["Number", "Name", "Town"],
    ["1", "Beckside", "Leeds"],
    ["2", "Ysgol Tŷ Coch, Café", "Dover"],
    ["3", "Hill", ""],
]
ENGLISH = [["Number", "Name", "Town"], ["1", "Beckside", "Leeds"], ["2", "Hill", "York"], ["3", "Café", ""]]
WANTED = [(2, ("1", "Beckside", "Leeds")), (3, ("2", "Hill", "York")), (4, ("3", "Café", ""))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("tables")


def table_of(folder, content):
    return open_table(written(folder / "sent", content), columns=COLUMNS, required=["number", "name"])


def read(folder, content):
    table = table_of(folder, content)
    rows = list(table.rows())
    assert table.total == len(rows)
    return rows


def refusal_of(folder, content):
    with pytest.raises(Refusal) as refused:
        read(folder, content)
    [reason] = refused.value.reasons
    assert reason.kind is Kind.INPUT
    return reason.code, reason.truth


def zipped(**members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__slash__", "/"), content)
    return packed.getvalue()


# --- read


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(as_csv(ENGLISH), id="as published"),
        pytest.param(as_csv(ENGLISH, encoding="utf-8"), id="UTF-8"),
        pytest.param(as_csv(ENGLISH, encoding="utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(as_csv(ENGLISH, encoding="utf-16", delimiter="\t"), id="a spreadsheet's Unicode text"),
        pytest.param(as_csv(ENGLISH, delimiter=";"), id="semicolons"),
        pytest.param(as_csv(ENGLISH, delimiter="\t"), id="tabs"),
        pytest.param(as_csv(ENGLISH, ending="\n"), id="Unix"),
        pytest.param(as_csv(ENGLISH, ending="\r"), id="old Mac"),
        pytest.param(as_csv(ENGLISH).rstrip(), id="no line end at the end"),
        pytest.param(as_csv(ENGLISH) + b"\r\n\r\n,,\r\n\x1a", id="blank lines at the end"),
        pytest.param(gzip.compress(as_csv(ENGLISH), mtime=0), id="gzip"),
        pytest.param(zipped(**{"a.csv": as_csv(ENGLISH)}), id="zip"),
        pytest.param(
            zipped(
                **{
                    "readme.txt": b"About these",
                    "__MACOSX__slash__._a.csv": b"\0\5\x16",
                    "Notes.pdf": b"%PDF",
                    "a.csv": as_csv(ENGLISH),
                }
            ),
            id="zip with words beside",
        ),
        pytest.param(
            zipped(**{"links.csv": b"From,To\r\n1,2\r\n", "a.csv": as_csv(ENGLISH)}), id="zip with another table"
        ),
        pytest.param(as_csv([[" number ", "NAME", "town  "], *ENGLISH[1:]]), id="headings in any case"),
        pytest.param(as_csv([["Number", "Name", "Town"], ["1", " Beck\0side ", "\x07Leeds"], *ENGLISH[2:]]), id="NULs"),
    ],
)
def test_a_table_reads_the_same_in_every_dress(folder, content):
    assert read(folder, content) == WANTED


def test_a_line_before_the_heading_may_name_the_mark(folder):
    assert read(folder, b"sep=;\r\nNumber;Name\r\n1;Hill\r\n") == [(3, ("1", "Hill", ""))]


def test_the_line_is_the_one_an_editor_shows(folder):
    content = as_csv([["Number", "Name"], ["1", "Beck\r\nside"], ["2", "Hill"]])
    assert read(folder, content) == [(2, ("1", "Beck side", "")), (4, ("2", "Hill", ""))]


def test_an_absent_column_is_blank_and_said_to_be_absent(folder):
    table = table_of(folder, as_csv([["Name", "Number"], ["Hill", "7"]]))
    assert table.present == {"number", "name"}
    assert list(table.rows()) == [(2, ("7", "Hill", ""))]


def test_the_rows_may_be_asked_for_again(folder):
    table = table_of(folder, as_csv(ENGLISH))
    assert list(table.rows()) == list(table.rows()) == WANTED


def test_a_column_is_found_by_any_heading_it_may_have(folder):
    assert read(folder, b"No,Name\n5,Hill\n") == [(2, ("5", "Hill", ""))]


def test_letters_of_other_languages_survive(folder):
    assert read(folder, as_csv(ROWS, encoding="utf-8"))[1] == (3, ("2", "Ysgol Tŷ Coch, Café", "Dover"))


def test_a_row_that_does_not_fit_is_told_and_the_others_are_read(folder):
    rows = read(folder, b"Number,Name,Town\n1,Hill\n2,Beck,Leeds,LS2\n3,Dale,York,\n4,Moor,Hull\n")
    assert rows == [
        (2, Misfit(("1", "Hill", ""), 2, 3)),
        (3, Misfit(("2", "Beck", "Leeds"), 4, 3)),
        (4, ("3", "Dale", "York")),
        (5, ("4", "Moor", "Hull")),
    ]
    assert rows[0][1].sentence == "This row has 2 fields where the heading has 3."


@given(st.data())
def test_any_order_of_columns_and_more_of_them_read_the_same(folder, data):
    extra = data.draw(st.lists(st.sampled_from(["Head", "Phone", "Wards (code)", ""]), max_size=4))
    order = data.draw(st.permutations([*range(3), *range(3, 3 + len(extra))]))
    wide = [[*row, *(extra if row is ENGLISH[0] else ["x"] * len(extra))] for row in ENGLISH]
    shuffled = [[row[place] for place in order] for row in wide]
    assert read(folder, as_csv(shuffled, delimiter=data.draw(st.sampled_from(",;\t")))) == WANTED


# --- refused


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "file_empty", "This file is empty."),
        (b"\xef\xbb\xbf\r\n \r\n", "file_empty", "This file is empty."),
        (gzip.compress(b"", mtime=0), "file_empty", "This file is empty."),
        (b"Number,Name,Town\r\n", "no_rows", "a heading and no rows"),
        (b"\n <!DOCTYPE html><html><title>Sign in</title>", "not_a_table", "This is a web page"),
        (b"%PDF-1.7 ...", "not_a_table", "a document to read"),
        (b"\x89PNG\r\n\x1a\n", "not_a_table", "a picture"),
        (zipped(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b""}), "not_a_table", "Save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not_a_table", "Save it as CSV"),
        (random.Random(1).randbytes(5000), "not_a_table", "damaged beyond reading"),
        (b"x" * (1 << 20), "not_a_table", "it has no lines"),
        (zipped(**{"readme.txt": b"Nothing"}), "not_a_table", "no table in this zip"),
        (gzip.compress(gzip.compress(b"a", mtime=0), mtime=0), "not_a_table", "Unpack it"),
        (gzip.compress(as_csv(ENGLISH), mtime=0)[:-9], "file_cut", "cut short on its way"),
        (zipped(**{"a.csv": as_csv(ENGLISH)})[:-30], "file_cut", "cut short on its way"),
        (as_csv(ENGLISH)[:-8], "file_cut", "A quotation mark on line 4 is never closed"),
        (b'Number,Name,Town\n1,"Hill,York\n2,Beck,Leeds\n', "file_cut", "A quotation mark on line 2"),
        (b"Number,Name,Town\n1,Hill,York\n2,Be", "file_cut", "The last row, on line 3, is not whole"),
        (as_csv(ENGLISH, encoding="utf-16")[:-1], "file_cut", "cut short on its way"),
        (as_csv(ROWS, encoding="utf-8") + b"4,H\xc3", "file_cut", "cut short on its way"),
        (as_csv(ENGLISH).replace(b"\xe9", b"\x81"), "file_encoding", "neither UTF-8 nor Windows-1252"),
        (as_csv(ENGLISH, encoding="utf-16-le"), "file_encoding", "neither UTF-8 nor Windows-1252"),
        (as_csv(ENGLISH, encoding="utf-32"), "file_encoding", "neither UTF-8 nor Windows-1252"),
        (as_csv(ROWS, encoding="utf-8") + b'"4","Caf\xe9",""', "file_encoding", "neither UTF-8 nor Windows-1252"),
        (b"Number;Names;Town\n1;Hill;York\n", "columns_missing", "no column “Name”. Near it stands “names”."),
        (b"A,B\n1,2\n", "columns_missing", "none of the columns “Number”, “Name”. Send the file as published"),
        (b"Number,Name,name\n1,Hill,York\n", "columns_twice", "The column “Name” stands in this file more than once."),
        (zipped(**{"a.csv": as_csv(ENGLISH), "b.csv": as_csv(ENGLISH)}), "tables_several", "(a.csv, b.csv)"),
        (
            gzip.compress(b"Number,Name\n" + b"1,Hill\n" * (10 << 20), mtime=0),
            "file_too_large",
            "more than any register",
        ),
        (
            b'Number,Name,Town\n0,a,b\n1,"Hill,York\n2,Beck,"Leeds"\n',
            "rows_run_together",
            "Lines 3 to 4 run into each other",
        ),
        (b'Number,Name,Town\n1,"Hill,York\n2,"Beck",Leeds\n', "rows_run_together", "Lines 2 to 3 run into each other"),
        (b"Number,Name Town\n1,Hill,York\n2,Beck,Leeds\n3,a,b\n", "columns_missing", "“Name”"),
        (b"Number,Name\n1,Hill,York\n2,Beck,Leeds\n3,a,b\n", "rows_misfit", "Most rows of this file"),
    ],
)
def test_a_damaged_file_is_refused_with_its_sentence(folder, content, code, words):
    said, truth = refusal_of(folder, content)
    assert (said, words in truth) == (code, True), truth


def test_a_file_that_is_not_there_is_refused(folder):
    with pytest.raises(Refusal) as refused:
        open_table(folder / "nowhere.csv", columns=COLUMNS, required=[])
    assert refused.value.codes == ["file_missing"]


def test_a_locked_zip_is_refused(folder):
    packed = bytearray(zipped(**{"a.csv": as_csv(ENGLISH)}))
    packed[6] |= 1
    packed[packed.index(b"PK\1\2") + 8] |= 1
    assert refusal_of(folder, bytes(packed))[0] == "file_encrypted"


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda content: zipped(**{"a.csv": content})])
@given(st.data())
def test_a_cut_at_any_byte_is_refused_or_read(folder, pack, data):
    content = pack(as_csv(ENGLISH, encoding="utf-8"))
    read_or_refused(folder, content[: data.draw(st.integers(0, len(content) - 1))])


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda content: zipped(**{"a.csv": content})])
@given(st.data())
def test_any_bytes_changed_lost_or_put_in_are_refused_or_read(folder, pack, data):
    content = bytearray(pack(as_csv(ENGLISH, encoding="utf-8")))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place : place + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    read_or_refused(folder, bytes(content))


@given(
    st.binary(),
    st.sampled_from([b"", b"\x1f\x8b", b"PK\3\4", b"PK\5\6", b"\xff\xfe", b"\xef\xbb\xbf", b"Number,Name\n"]),
)
def test_any_bytes_at_all_are_refused_or_read(folder, content, start):
    read_or_refused(folder, start + content)


def read_or_refused(folder, content):
    """Nothing but a Refusal, in whole sentences, may come of it."""
    refusal = why_not(read, folder, content)
    assert refusal is None or refusal.told_to().endswith(".")
