"""What staff type is read for what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.search.typed import MOST_WORDS, read_typed


def words(text: str) -> list[str]:
    return [each.words[0] for each in read_typed(text).asked]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Ada   Engineer ", ["ada", "engineer"]),
        ("O'Brien", ["obrien"]),
        ("Seán Ó Briain", ["sean", "o", "briain"]),
        ("Smith-Jones", ["smith", "jones"]),
        ("Northern Bridges Ltd", ["northern", "bridges"]),
        ("Smith in Leeds", ["smith", "leeds"]),
        ("Ltd", ["ltd"]),
        ("…", []),
        ("\x00", []),
    ],
)
def test_words_are_folded_and_those_that_tell_nobody_apart_are_left_out(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "postcode", "rest"),
    [
        ("LS2 9JT", "LS2 9JT", []),
        ("smith ls2", "LS2 ", ["smith"]),
        ("Smith LS2 9", "LS2 9", ["smith"]),
        ("smith", "", ["smith"]),
    ],
)
def test_a_postcode_is_taken_out_of_the_words(text, postcode, rest):
    assert (read_typed(text).postcode, words(text)) == (postcode, rest)


@pytest.mark.parametrize(
    ("text", "miles", "centre", "rest"),
    [
        ("smith within 5 miles of LS2 9JT", 5, "LS2 9JT", ["smith"]),
        ("10 mi from Leeds", 10, "Leeds", []),
        ("999 miles of Leeds", 500, "Leeds", []),
    ],
)
def test_a_distance_is_taken_out_of_the_words(text, miles, centre, rest):
    typed = read_typed(text)
    assert (typed.miles, typed.centre, words(text)) == (miles, centre, rest)


@pytest.mark.parametrize("text", ["07700 900123", "+44 7700 900123", "(07700) 900-123", "00447700900123"])
def test_a_telephone_number_is_one_in_every_spelling(text):
    assert [each.words for each in read_typed(text).asked] == [("tel:7700900123",)]


def test_the_name_of_a_town_is_known_for_one_and_may_still_be_somebody_s():
    asked = read_typed("Milton Keynes").asked
    assert [(each.words[0], each.areas) for each in asked] == [("milton", {"MK"}), ("keynes", {"MK"})]
    assert [each.areas for each in read_typed("Keynes Milton").asked] == [set(), set()]
    assert [each.areas for each in read_typed("LS").asked] == [{"LS"}]
    assert [each.areas for each in read_typed("ls").asked] == [set()]


def test_an_address_is_no_word_and_one_without_its_at_may_be_both():
    whole = read_typed("Ada.E@Work.example").asked
    assert [(each.words, each.addresses, each.is_plain) for each in whole] == [((), ("ada.e@work.example",), False)]
    part = read_typed("ada.eng").asked
    assert [(each.words[0], each.addresses) for each in part] == [
        ("ada", ("ada.eng", "@ada.eng")),
        ("eng", ("ada.eng", "@ada.eng")),
    ]


@given(st.text(max_size=400))
def test_anything_can_be_typed(text):
    typed = read_typed(text)
    assert len([each for each in typed.asked if each.is_plain]) <= MOST_WORDS
    for each in typed.asked:
        assert each.words or each.addresses
