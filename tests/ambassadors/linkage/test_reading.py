"""What people type in one field comes out in one form, however they type it."""

import pytest

from ambassadors.linkage.names import is_near, read_name, skeleton
from ambassadors.linkage.nicknames import called, groups_by_name
from ambassadors.linkage.records import read_email, read_employer, read_home, read_orcid, read_phone


@pytest.mark.parametrize(
    ("text", "first", "surname"),
    [
        ("Mary-Jane O'Brien", ("mary", "jane"), "obrien"),
        ("OBRIEN, Mary Jane", ("mary", "jane"), "obrien"),
        ("Dr Mary Jane O Brien PhD", ("mary", "jane"), "obrien"),
        ("Siân Llŷr-Jones", ("sian",), "llyrjones"),
        ("Łukasz Wiśniewski", ("lukasz",), "wisniewski"),
        ("Ludwig van der Berg", ("ludwig",), "vanderberg"),
        ("Mac Donald, Iain", ("iain",), "macdonald"),
        ("McKenzie Shona B", ("mckenzie", "b"), "shona"),
        ("Ng", (), "ng"),
        ("", (), ""),
        (" , ", (), ""),
        ("S. Okonkwo", ("s",), "okonkwo"),
    ],
)
def test_a_name_is_read_by_its_parts(text: str, first: tuple[str, ...], surname: str):
    name = read_name(text)
    assert (name.first, name.surname) == (first, surname)


def test_both_parts_of_a_double_surname_are_known():
    assert read_name("Emma Winridge-Kirkley").parts == ("winridge", "kirkley")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("muhammad", "mohammed"),
        ("hussain", "hussein"),
        ("chowdhury", "choudhury"),
        ("stephen", "steven"),
        ("mackenzie", "mckenzie"),
        ("thompson", "thomson"),
        ("okonkwo", "okonkow"),
        ("ian", "ina"),
        ("wisniewski", "wisnewski"),
    ],
)
def test_a_slip_or_another_spelling_is_near(one: str, other: str):
    assert is_near(one, other) and is_near(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("lee", "leo"), ("jane", "john"), ("patel", "khan"), ("ng", "ho"), ("", "al")]
)
def test_another_name_is_not_near(one: str, other: str):
    assert not is_near(one, other)


def test_a_skeleton_keeps_the_first_letter():
    assert skeleton("evans") != skeleton("fans")


@pytest.mark.parametrize(
    ("one", "other"),
    [("susan", "sue"), ("robert", "bob"), ("malgorzata", "gosia"), ("chukwuemeka", "emeka"), ("sean", "shaun")],
)
def test_a_nickname_shares_a_group_with_its_name(one: str, other: str):
    assert not set(called(one)).isdisjoint(called(other))


def test_a_name_of_no_group_is_its_own():
    assert called("xiaoling") == ("xiaoling",)


def test_no_nickname_is_listed_twice_in_a_group():
    assert {name: groups for name, groups in groups_by_name().items() if len(set(groups)) != len(groups)} == {}


@pytest.mark.parametrize(
    "text",
    [
        "07010 123456",
        "+44 7010 123456",
        "+44 (0)7010 123456",
        "00447010123456",
        "7010123456",
        "7010123456.0",
        "(07010)123456",
    ],
)
def test_a_number_comes_out_alike(text: str):
    assert read_phone(text) == "7010123456"


@pytest.mark.parametrize("text", ["", "4.47E+11", "7.01E+09", "none", "12345"])
def test_what_is_no_number_any_more_is_missing(text: str):
    assert read_phone(text) == ""


def test_a_number_abroad_keeps_its_plus():
    assert read_phone("+353 86 123 4567") == read_phone("00353861234567") == "+353861234567"


@pytest.mark.parametrize(
    ("text", "read"),
    [(" Ada@Post.Example ", "ada@post.example"), ("ada+stem@post.example", "ada@post.example"), ("ada", ""), ("", "")],
)
def test_an_address_is_small_and_plain(text: str, read: str):
    assert read_email(text) == read


def test_an_employer_is_known_without_what_kind_of_body_it_is():
    assert read_employer("Calder Robotics Ltd") == read_employer("CALDER ROBOTICS limited") == "calder robotics"
    assert read_employer("Univ. of Leeds") == read_employer("The University of Leeds")
    assert read_employer("The Company Ltd") != ""


@pytest.mark.parametrize(("text", "read"), [("ls6 3qt", "LS63QT"), ("LS63QT", "LS63QT"), ("LS6", ""), ("", "")])
def test_a_postcode_has_no_spaces(text: str, read: str):
    assert read_home(text) == read


def test_an_orcid_may_be_an_address():
    assert read_orcid("https://orcid.org/0000-0002-1825-0097") == read_orcid("0000000218250097") == "0000000218250097"
    assert read_orcid("0000-0002") == ""
