"""Which numbers are texted, however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stem.texts.numbers import end_of, mobile_in_words, read_mobile

OURS = "+447700900123"


@pytest.mark.parametrize(
    "typed",
    [
        "07700 900123",
        "07700900123",
        " 07700-900-123 ",
        "+44 7700 900123",
        "+44 (0)7700 900123",
        "0044 7700 900 123",
        "(07700) 900123",
        "07700.900.123",
        "07700\u00a0900123",
    ],
)
def test_a_mobile_number_is_read_however_it_is_typed(typed):
    assert read_mobile(typed) == OURS


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ring me",
        "01632 960002",
        "7700 900123",
        "07700 90012",
        "07700 9001234",
        "+1 202 555 0123",
        "+353 87 123 4567",
        "070 1234 5678",
        "076 1234 5678",
        "07700 900123 x",
        "07700 900123, 07700 900124",
        "٠٧٧٠٠٩٠٠١٢٣",
        "0770090012３",
        "+44+447700900123",
    ],
)
def test_what_is_no_mobile_number_of_the_united_kingdom_is_none(typed):
    assert read_mobile(typed) is None


def test_the_isle_of_man_has_mobiles_among_the_pagers():
    assert read_mobile("07624 312345") == "+447624312345"


def test_it_is_shown_as_people_write_it():
    assert (mobile_in_words(OURS), end_of(OURS)) == ("07700 900123", "123")


@given(some.text(max_size=30) | some.text("0123456789+() -", max_size=20))
def test_whatever_is_typed_is_a_number_or_none(typed):
    number = read_mobile(typed)
    assert number is None or (len(number) == 13 and number.startswith("+447") and number[1:].isdigit())
    assert number is None or read_mobile(mobile_in_words(number)) == number
