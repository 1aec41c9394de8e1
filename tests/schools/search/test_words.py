"""How names, and what people type for them, become the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.search.words import own_words, words_in
from stem.slips import sound_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St Mary's Church of England Primary School", "Saint Marys CofE primary school"),
        ("St. Mary's C.E. Primary School", "st mary ’s C of E Primary School"),
        ("Holy Rood Roman Catholic School", "HOLY ROOD RC SCHOOL"),
        ("Holy Rood Catholic School", "Holy Rood R.C. School"),
        ("King's College", "Kings' College"),
        ("Peter & Paul", "Peter and Paul"),
        ("Peter+Paul", "Peter & Paul"),
        ("SS Peter and Paul", "St Peter and St Paul"),
        ("Hillside Junior School", "Hillside Jr Sch"),
        ("Hillside Junior Mixed and Infant School", "Hillside JMI School"),
        ("École Française", "Ecole Francaise"),
        ("Stoke-on-Trent", "Stoke on Trent"),
        ("The Dell School", "Dell School"),
        ("St Mark's Church of England School", "St Mark's Curch of England School"),
        ("Hillside VA School", "Hillside Voluntary Aided School"),
        ("Ysgol Gŵyr", "ysgol gwyr"),
    ],
)
def test_two_ways_to_write_a_name_are_one(one, other):
    assert set(words_in(one)) == set(words_in(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hill School", "Hall School"), ("Heart of England School", "Church of England School"), ("Moss", "Mos")],
)
def test_two_names_stay_two(one, other):
    assert words_in(one) != words_in(other)


def test_a_school_is_looked_for_by_its_own_words_or_by_all_when_it_has_none():
    assert own_words(words_in("Hill Top Primary School")) == ["hill", "top"]
    assert own_words(words_in("The Grammar School")) == ["grammar", "school"]


@pytest.mark.parametrize(
    ("one", "other"), [("christopher", "kristofer"), ("catherine", "kathryn"), ("phillip", "filip"), ("knight", "nite")]
)
def test_what_sounds_alike_is_filed_together(one, other):
    assert sound_of(one) == sound_of(other)


@given(st.text())
def test_any_text_has_words_of_letters_and_digits_alone(text):
    for word in words_in(text):
        assert word and word.isalnum()
