"""Cells that a spreadsheet program shows and does not reckon."""

import csv
from io import StringIO

import pytest

from stem.spreadsheets import safe_cell, written_table


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 1632", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "  \t=1", '=HYPERLINK("http://x")', "＝1"],
)
def test_what_would_begin_a_formula_begins_with_a_quote(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "12", "St Mary's", "a=b", "1-2", "a@b.example", "'=1"])
def test_everything_else_stays_as_it_is(text):
    assert safe_cell(text) == text


def test_a_table_reads_back_as_it_was_with_its_quotes_commas_and_lines():
    content = written_table(["Line", "Reason"], [(2, 'He said "no", twice\nover'), (-3, "=1"), (4, "Ysgol Dŵr")])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows == [["Line", "Reason"], ["2", 'He said "no", twice\nover'], ["-3", "'=1"], ["4", "Ysgol Dŵr"]]
