"""What one text message can say."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stem.texts.gsm import BASIC, EXTENDED, LONGEST, in_alphabet, in_one_text, room_of


def test_the_alphabet_has_its_letters_all_but_the_escape_and_ten_more_behind_that():
    assert (len(BASIC), len(EXTENDED)) == (127, 10)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("St Mary’s – “Upper” School…", 'St Mary\'s - "Upper" School...'),
        ("Ysgol Llŷn", "Ysgol Llyn"),
        ("Tŷ Ddewi", "Ty Ddewi"),
        ("Àrd-sgoil Phort Rìgh", "Ard-sgoil Phort Rìgh"),
        ("École Française Über Ærø", "École Francaise Über Ærø"),
        ("Łódź", "Lodz"),
        ("10\u00a0am", "10 am"),
        ("中学 A", " A"),
        ("É", "É"),
        ("E\u0301", "É"),
        ("£5 @ the_gate", "£5 @ the_gate"),
    ],
)
def test_what_the_alphabet_lacks_is_written_plainer(written, plain):
    assert in_alphabet(written) == plain


def test_some_letters_take_the_room_of_two():
    assert (room_of("abc"), room_of("[a]"), room_of("€")) == (3, 5, 2)


def test_a_name_that_fits_is_whole():
    assert in_one_text(lambda name: f"At {name}.", "Beckside Academy") == "At Beckside Academy."


def test_a_name_that_is_too_long_loses_its_end_and_nothing_else_does():
    page = "https://scheme.example/visits/12/"
    words = in_one_text(lambda name: f"At {name}. {page}", "Saint Cuthbert’s " * 20)
    assert LONGEST - 1 <= len(words) <= LONGEST
    assert words.startswith("At Saint Cuthbert's Saint")
    assert words.endswith(f".... {page}")


def test_without_any_room_nothing_is_cut_in_silence():
    with pytest.raises(ValueError, match="no room"):
        in_one_text(lambda name: "x" * 161 + name, "A school")


@given(name=some.text(max_size=400), before=some.text(max_size=60), page=some.sampled_from(["https://a.example/v/1/"]))
def test_whatever_a_school_is_called_it_is_one_text_of_the_alphabet(name, before, page):
    words = in_one_text(lambda school: f"{before[:10]} {school} {page}", name)
    assert room_of(words) <= LONGEST
    assert set(words) <= BASIC | EXTENDED
    assert words.endswith(page)
