"""Which school followed which."""

from datetime import date

import pytest

from schools.registers.links import Link, Succession, read_links
from stem.rules import Refusal
from tests.make.registers import as_csv, written

HEADING = ["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"]
SUMMER = date(2022, 9, 1)


def links(folder, *rows):
    return read_links(written(folder / "links.csv", as_csv([HEADING, *rows])))


def test_a_succession_told_by_both_sides_is_one(tmp_path):
    assert links(
        tmp_path,
        ["900002", "900001", "Hill School", "Predecessor", ""],
        ["900001", "900002", "Hill Academy", "Successor", "01-09-2022"],
    ) == [Link("900001", "900002", SUMMER, Succession.FOLLOWED)]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Predecessor", Succession.FOLLOWED),
        ("Predecessor - merged", Succession.MERGED),
        ("Predecessor - amalgamated", Succession.MERGED),
        ("Result of Amalgamation", Succession.MERGED),
        ("Predecessor - Split School", Succession.SPLIT),
        ("Closure", Succession.FOLLOWED),
    ],
)
def test_the_other_school_was_there_before(tmp_path, said, kind):
    assert links(tmp_path, ["900002", "900001", "", said, "01-09-2022"]) == [Link("900001", "900002", SUMMER, kind)]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Successor", Succession.FOLLOWED),
        ("successor - Merged", Succession.MERGED),
        ("Successor - amalgamated", Succession.MERGED),
        ("Successor - Split School", Succession.SPLIT),
    ],
)
def test_the_other_school_came_after(tmp_path, said, kind):
    assert links(tmp_path, ["900001", "900002", "", said, "01-09-2022"]) == [Link("900001", "900002", SUMMER, kind)]


@pytest.mark.parametrize(
    "said",
    [
        *("Sixth Form Centre Link", "Sixth Form Centre School", "Other", "Expansion", "Children's Centre Link", ""),
        *("Merged - change in age range", "Merged - expansion of school capacity"),
    ],
)
def test_what_is_no_succession_is_passed_over(tmp_path, said):
    assert links(tmp_path, ["900001", "900002", "", said, "01-09-2022"]) == []


def test_a_row_that_names_no_two_schools_is_passed_over(tmp_path):
    rows = [[number, "900002", "", "Successor", ""] for number in ("", "1.00063E+11", "900002")]
    assert links(tmp_path, *rows, ["900001"], ["900003", "900004", "", "Successor", "soon"]) == [
        Link("900003", "900004", None, Succession.FOLLOWED)
    ]


def test_the_register_itself_is_not_taken_for_it(tmp_path):
    with pytest.raises(Refusal) as refused:
        read_links(written(tmp_path / "links.csv", b"URN,EstablishmentName\r\n900001,Hill\r\n"))
    assert refused.value.codes == ["columns_missing"]
