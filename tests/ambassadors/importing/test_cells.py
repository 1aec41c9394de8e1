"""Each kind of cell by itself: what Excel does to it is mended where nothing is lost, and named where something is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.importing.cells import READERS, No, in_words, plain_text, read_day, read_id
from stem.workbooks import Dated, Unreadable

TODAY = date(2026, 11, 28)


def why(read, *said):
    with pytest.raises(No) as no:
        read(*said)
    return str(no.value)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("07700 900123", "07700 900123"),
        ("7700900123", "07700900123"),  # Excel took the zero
        ("447700900123", "+447700900123"),
        ("+44 (0)7700 900123", "+44 (0)7700 900123"),
        ("4.47700900123E+11", "+447700900123"),  # all its digits are there
        ("'07700900123", "07700900123"),
        ('="07700900123"', "07700900123"),
        ("0113 496 0123 ext 12", "0113 496 0123 ext 12"),
        ("n/a", ""),
    ],
)
def test_a_telephone_number_is_what_was_meant(said, meant):
    assert in_words(said, READERS["phone"]) == meant


@pytest.mark.parametrize("said", ["4.477E+11", "1.2E+11", "447700000000"])
def test_a_number_of_which_excel_lost_digits_is_no_number(said):
    assert why(in_words, said, READERS["phone"]).startswith("Excel has rounded it")
    assert why(read_id, said).startswith("Excel has rounded it")


@pytest.mark.parametrize("said", ["1234", "07700 900123 / 07700 900124", "ask Jo", "+"])
def test_what_is_no_telephone_number_is_named_so(said):
    assert "telephone" in why(in_words, said, READERS["phone"])


@pytest.mark.parametrize("said", ["00123", "V-17", "1E5", "1000000", "O'Brien/7", "2019-03-12"])
def test_an_id_is_kept_to_the_letter(said):
    assert read_id(said) == said


def test_an_id_of_which_excel_made_a_day_is_lost():
    assert "made a day of it" in why(read_id, Dated("2019-03-12"))
    assert why(read_id, " ") == "This row has no id."


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2019-03-04", date(2019, 3, 4)),
        ("2019-03-04 10:00:00", date(2019, 3, 4)),
        ("04/03/2019", date(2019, 3, 4)),  # day first
        ("4.3.19", date(2019, 3, 4)),
        ("4/3/85", date(1985, 3, 4)),
        ("4 March 2019", date(2019, 3, 4)),
        ("04-Mar-19", date(2019, 3, 4)),
        ("4th Sept 2019", date(2019, 9, 4)),
        ("43528", date(2019, 3, 4)),
    ],
)
def test_a_day_is_read_in_any_of_the_ways_people_write_one(said, meant):
    assert read_day(said, TODAY) == meant


def test_a_day_that_cannot_be_is_told_why():
    assert "month seems to come before" in why(read_day, "03/25/2019", TODAY)
    assert why(read_day, "31/02/2019", TODAY).startswith("This is not a day")
    assert why(read_day, "01/01/2027", TODAY) == "This day is still to come."
    assert why(read_day, "1900-01-01", TODAY) == "This day is too long ago to be right."
    assert why(read_day, "spring", TODAY).startswith("This is not a day")


@pytest.mark.parametrize("said", ["=A1", '=HYPERLINK("http://a.example")', "#REF!", "########", "Zo\ufffd"])
def test_a_formula_an_error_and_lost_letters_are_no_value(said):
    assert why(plain_text, said)


def test_a_cell_says_what_people_see_of_it():
    assert plain_text("  Ada\u200b \n Smith\x00 ") == "Ada Smith"
    assert [plain_text(each) for each in ("-", "N/A", "?", "")] == [""] * 4
    assert why(plain_text, Unreadable("=A1", "Because.")) == "Because."


def test_names_addresses_and_places():
    assert in_words("Null", READERS["full_name"]) == "Null"
    assert in_words("mailto:ada@x.example", READERS["email"]) == "ada@x.example"
    assert in_words("ls14ap", READERS["postcode"]) == "LS1 4AP"
    assert why(in_words, "ada@x.example", READERS["full_name"]) == "This is not a name."
    assert "one e-mail address" in why(in_words, "a@x.example; b@x.example", READERS["email"])
    assert "Jersey" in why(in_words, "JE2 3AB", READERS["postcode"])
    assert "longer than 150" in why(in_words, "x" * 151, READERS["job_title"])


CELLS = st.one_of(
    st.text(), st.from_regex(r"[0-9./E+-]{1,14}"), st.text().map(Dated), st.builds(Unreadable, st.text(), st.text())
)


def outcome(read, *said):
    """What a reader makes of this: a value, or its reason for none."""
    try:
        return read(*said)
    except No as no:
        return no


@given(CELLS)
def test_no_cell_does_more_than_be_rejected(cell):
    for read in [read_id, *(lambda said, reader=reader: in_words(said, reader) for reader in READERS.values())]:
        found = outcome(read, cell)
        assert isinstance(found, str) or str(found) or isinstance(cell, Unreadable)
    if isinstance(cell, str):
        found = outcome(read_day, cell, TODAY)
        assert str(found) if isinstance(found, No) else date(1930, 1, 1) <= found <= TODAY
