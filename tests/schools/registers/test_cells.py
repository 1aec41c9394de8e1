"""One cell of a register at a time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.registers import cells

NEW_YEAR = date(2024, 1, 31)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        *((form, NEW_YEAR) for form in ("31-01-2024", "31/01/2024", "31/1/2024", "2024-01-31", "31/01/2024 00:00")),
        *((form, None) for form in ("", "31-02-2024", "01-31-2024", "2024", "31-01-24", "00-00-0000", "NULL")),
    ],
)
def test_a_day_is_read_as_registers_and_spreadsheets_write_it(said, day):
    assert cells.read_date(said) == day


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("271", 271),
        ("0", 0),
        ("1,271", 1271),
        ("271.0", 271),
        *((no, None) for no in ("", "SUPP", "*", "-1", "2.5", "1,2")),
    ],
)
def test_a_count_is_whole_and_not_negative(said, count):
    assert cells.read_count(said) == count


@pytest.mark.parametrize(
    ("said", "share"),
    [("18.1", 18.1), ("0", 0), ("18.1%", 18.1), ("100", 100), ("100.1", None), ("SUPP", None), ("", None)],
)
def test_a_share_is_of_a_hundred(said, share):
    assert cells.read_percent(said) == share


@pytest.mark.parametrize(
    ("low", "high", "ages"),
    [
        ("11", "18", (11, 18)),
        ("0", "5", (0, 5)),
        ("", "", (None, None)),
        ("11", "", (11, None)),
        ("18", "11", (None, None)),
        ("0", "0", (None, None)),
        ("11", "1900", (11, None)),
        ("-3", "11", (None, 11)),
    ],
)
def test_ages_that_cannot_be_are_none(low, high, ages):
    assert cells.read_ages(low, high) == ages


@pytest.mark.parametrize(
    ("easting", "northing", "place"),
    [
        ("429500", "434500", (429500, 434500)),
        ("429500.0", "434,500", (429500, 434500)),
        *(
            (*said, (None, None))
            for said in [("0", "0"), ("429500", "0"), ("", "434500"), ("9999999", "1"), ("-1", "5")]
        ),
    ],
)
def test_half_a_place_is_none(easting, northing, place):
    assert cells.read_grid(easting, northing) == place


@pytest.mark.parametrize(
    ("said", "degrees"),
    [("-3.99", -3.99), ("55.8", 55.8), *((no, None) for no in ("", "0", "0.0", "91", "nan", "inf", "north"))],
)
def test_a_latitude_of_nothing_is_a_blank(said, degrees):
    assert cells.read_coordinate(said, 90) == degrees


@pytest.mark.parametrize(("said", "official"), [("ls29jt", "LS2 9JT"), ("2036", ""), ("", "")])
def test_a_postcode_is_official_or_blank(said, official):
    assert cells.read_postcode_or_blank(said) == official


def test_a_street_says_each_line_once_and_the_town_never():
    assert (
        cells.join_street(("1 Beck Lane,", "Leeds", "Headingley", "headingley", ""), "Leeds")
        == "1 Beck Lane, Headingley"
    )


def test_a_street_is_no_longer_than_we_keep():
    assert len(cells.join_street(("Long " * 30, "Longer " * 30), "")) <= 200


@given(st.text(max_size=20))
def test_no_cell_is_too_strange(said):
    cells.read_date(said)
    cells.read_count(said)
    cells.read_percent(said)
    cells.read_grid(said, said)
    cells.read_coordinate(said, 90)
    cells.read_postcode_or_blank(said)
    cells.read_ages(said, said)
