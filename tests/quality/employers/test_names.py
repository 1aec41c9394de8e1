"""Two ways to write an employer's name are one where only case, spaces, punctuation and the kind of firm differ."""

import pytest

from quality.employers.names import key_of


@pytest.mark.parametrize(
    "written",
    [
        *("Northern Bridges", "NORTHERN BRIDGES", "Northern-Bridges Ltd", "northern  bridges, limited"),
        *("Northern Bridges P.L.C.", "The Northern Bridges", "NorthernBridges plc.", "Northern Brídges"),
    ],
)
def test_these_are_one(written):
    assert key_of(written) == "northernbridges"


@pytest.mark.parametrize("written", ["Northern Bridge", "Southern Bridges", "Northern Bridges 2", ""])
def test_these_are_others(written):
    assert key_of(written) != "northernbridges"


def test_an_ampersand_is_an_and():
    assert key_of("Marsh & Daughters Ltd") == key_of("Marsh and Daughters")


def test_a_name_of_nothing_but_such_words_keeps_them():
    assert key_of("The Limited") == "thelimited"
    assert key_of("  .,- ") == ""
