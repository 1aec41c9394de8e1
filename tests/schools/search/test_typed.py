"""What someone typed to find a school, read for what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.search.typed import MOST_LETTERS, MOST_WORDS, Typed, read_typed


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("LS2 9JT", "LS2 9JT"),
        ("ls29jt", "LS2 9JT"),
        ("LS2 9j t.", "LS2 9JT"),
        ("LS2 9", "LS2 9"),
        ("LS2 9J", "LS2 9J"),
        ("ls2", "LS2 "),
        ("Beckside LS2", "LS2 "),
        ("beckside academy ls2 9jt", "LS2 9JT"),
        ("ZZ99 9ZZ", ""),
        ("school 21", ""),
        ("beckside", ""),
    ],
)
def test_a_postcode_is_recognised_as_far_as_it_goes(text, postcode):
    assert read_typed(text).postcode == postcode


@pytest.mark.parametrize("text", ["100000", "urn 100000", "URN: 100000", "#100000", " 100000 "])
def test_a_number_is_recognised(text):
    assert (read_typed(text).number, read_typed(text).words) == ("100000", ())


def test_what_is_left_are_words_of_which_the_last_may_go_on():
    assert read_typed("Beckside Acad") == Typed(("beckside", "academy"), is_open_ended=True)
    assert read_typed("Beckside Academy ls2") == Typed(("beckside", "academy"), is_open_ended=False, postcode="LS2 ")
    assert not read_typed("Beckside.").is_open_ended


@given(st.text(max_size=3 * MOST_LETTERS))
def test_anything_can_be_read(text):
    assert len(read_typed(text).words) <= MOST_WORDS
