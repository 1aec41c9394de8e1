"""Whether two schools at one postcode may be one school under two numbers."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.resemblance import ALIKE, MOST_DAYS_BETWEEN, likeness, why_alike

SUMMER = date(2027, 8, 31)


@dataclass
class Named:
    name: str
    opened_on: date | None = None
    closed_on: date | None = None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Beckside High School", "Beckside Academy"),
        ("St Mary's Catholic Primary School", "St. Marys Roman Catholic Primary Academy"),
        ("The Hill Infant School", "Hill Infants' Academy"),
        ("Mill Lane Junior School", "Mill Lane Primary Academy"),
        ("THE ACADEMY", "The Academy"),
    ],
)
def test_names_are_alike_in_the_words_that_tell_schools_apart(old, new):
    assert likeness(old, new) >= ALIKE
    assert why_alike(Named(old), Named(new)) == "The postcode is the same, the names are alike"


@pytest.mark.parametrize(
    ("old", "new"),
    [("Beckside High School", "Hillside Academy"), ("St Mary's Primary School", "St Peter's Primary School")],
)
def test_others_are_not(old, new):
    assert likeness(old, new) < ALIKE
    assert why_alike(Named(old), Named(new)) == ""


@pytest.mark.parametrize(
    "days", [-MOST_DAYS_BETWEEN - 1, -MOST_DAYS_BETWEEN, 1, MOST_DAYS_BETWEEN, MOST_DAYS_BETWEEN + 1]
)
def test_one_that_opens_when_the_other_closes_may_follow_it_under_any_name(days):
    why = why_alike(Named("Beckside", closed_on=SUMMER), Named("Ghyll Park", opened_on=SUMMER + timedelta(days=days)))
    assert bool(why) == (abs(days) <= MOST_DAYS_BETWEEN)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_a_name_is_like_itself(a, b):
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, a) == 1
