"""What an address's domain can prove."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.domains import domain_of, is_public, read_domain


@pytest.mark.parametrize(
    "typed",
    ["brook.sch.uk", "BROOK.sch.UK", "@brook.sch.uk", "head@brook.sch.uk", "  brook.sch.uk. ", "a@b@brook.sch.uk"],
)
def test_a_domain_is_read_as_people_type_it(typed):
    assert read_domain(typed) == "brook.sch.uk"


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "@", "brook", "brook.", ".sch.uk", "brook..uk", "-brook.sch.uk", "brook-.sch.uk", "brook sch.uk"),
        *("brook.sch.uk/mail", "https://brook.sch.uk", "brook.sch.uk:25", "brook_school.uk", "brook.sch.uk\x00"),
        *("br\x00ook.sch.uk", "x" * 100_000, f"{'x' * 64}.uk", f"{'ab.' * 90}uk"),
    ],
    ids=lambda typed: repr(typed[:20]),
)
def test_what_is_no_domain_is_not_read(typed):
    assert read_domain(typed) == ""


@pytest.mark.parametrize(
    "typed", ["br\u043e\u043ek.sch.uk", "broo\u212a.sch.uk", "ｂrook.sch.uk", "brook。sch.uk", "brook.sch.u\u212a"]
)
def test_letters_that_only_look_like_ours_make_no_domain_of_ours(typed):
    assert read_domain(typed) == ""
    assert domain_of(f"head@{typed}") == ""


@pytest.mark.parametrize("address", ["", "brook.sch.uk", "@brook.sch.uk", "head@", "head@brook"])
def test_what_is_no_address_has_no_domain(address):
    assert domain_of(address) == ""


@pytest.mark.parametrize(
    "domain",
    [
        "gmail.com",
        "hotmail.co.uk",
        "outlook.com",
        "yahoo.co.uk",
        "icloud.com",
        "btinternet.com",
        "sky.com",
        "sch.uk",
        "ac.uk",
        "co.uk",
        "hwbcymru.net",
        "c2kni.net",
        "lgflmail.org",
    ],
)
def test_where_anyone_could_have_an_address_proves_nothing(domain):
    assert is_public(domain)


@pytest.mark.parametrize("domain", ["brook.sch.uk", "brook.leeds.sch.uk", "trust.org.uk", "college.ac.uk"])
def test_a_school_s_own_domain_can_prove_something(domain):
    assert not is_public(domain)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered_in_the_one_spelling(text):
    domain = read_domain(text)

    assert read_domain(domain) == domain == domain.lower()
    assert domain.isascii()
