"""The arithmetic of fair shares (rules E-11, E-12)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.priority.sharing import Term, Week, at_least, is_reserved


@pytest.mark.parametrize(
    ("offers", "needed"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 2), (6, 3), (10, 4), (11, 5), (100, 40)]
)
def test_at_least_two_in_five_offers_of_a_week_are_reserved(offers, needed):
    assert at_least(offers, 40) == needed


def test_a_week_says_whether_it_is_short_and_whether_it_has_room():
    assert (Week(10, 3, 40).needed, Week(10, 3, 40).is_short) == (4, True)
    assert Week(10, 4, 40).is_short is False
    assert Week(9, 4, 40).has_room_for_others is True
    assert Week(10, 4, 40).has_room_for_others is False
    assert Week(0, 0, 40).has_room_for_others is False, "the first offer of a week is for those it is kept for"
    assert Week(0, 0, 0).has_room_for_others is True


@given(st.lists(st.booleans(), max_size=60), st.integers(0, 100))
def test_whoever_keeps_to_it_never_falls_short(wishes, share):
    week = Week(0, 0, share)
    for to_others in wishes:
        others = to_others and week.has_room_for_others
        week = Week(week.offers + 1, week.reserved + (not others), share)
        assert not week.is_short
        assert week.reserved * 100 >= share * week.offers


@pytest.mark.parametrize(("disadvantage", "reserved"), [(None, False), (0.5999, False), (0.6, True), (1.0, True)])
def test_the_two_most_disadvantaged_fifths_are_known_to_be_such(disadvantage, reserved):
    assert is_reserved(disadvantage) is reserved


@pytest.mark.parametrize(("visits", "is_full"), [(0, False), (2, False), (3, True), (4, True)])
def test_three_visits_of_a_term_are_enough(visits, is_full):
    assert Term(visits, 3).is_full is is_full


@pytest.mark.parametrize(("searches", "needed"), [(0, 0), (1, 1), (4, 1), (5, 2), (8, 2)])
def test_somebody_new_is_asked_in_one_search_of_four(searches, needed):
    assert Week(0, 0, 40, searches=searches).newcomers_needed == needed
