"""No small number can be found again from what is shown, by whoever knows how we hide it (rule 2.8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.suppression import CELL_LEAST, PUPILS_LEAST, in_tenths, makes_a_pool, rounded, share


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (1, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1002, 1000)]
)
def test_the_public_reads_counts_to_the_nearest_five(count, expected):
    assert rounded(count) == expected


@pytest.mark.parametrize(
    ("part", "base", "told"),
    [
        (15, 30, 50),
        (15, 29, None),
        (5, 100, 5),
        (95, 100, 95),
        (4, 100, "few"),
        (0, 100, "few"),
        (96, 100, "most"),
        (100, 100, "most"),
    ],
)
def test_a_percentage_needs_its_base_and_tells_of_all_or_nobody_as_of_nearly(part, base, told):
    assert share(part, base) == told


@pytest.mark.parametrize(
    ("agreed", "answered", "told"),
    [
        (9, 9, None),
        (10, 10, 10),
        (0, 10, 0),
        (5, 10, 5),
        (4, 10, 0),
        (6, 10, 10),
        (14, 20, 7),
        (25, 30, 8),
        (99, 104, 9),
    ],
)
def test_a_share_is_told_in_tenths_of_ten_or_more_and_the_rest_as_most_or_few(agreed, answered, told):
    assert in_tenths(agreed, answered) == told


@given(st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_nobody_of_fewer_than_five_is_found_in_a_share(counted):
    agreed, answered = counted
    told = in_tenths(agreed, answered)
    if told is None:
        assert answered < PUPILS_LEAST
    elif 0 < told < 10:
        assert min(agreed, answered - agreed) >= CELL_LEAST
    else:
        # As told, it could as well have been nobody, or everybody.
        assert in_tenths(0 if told == 0 else answered, answered) == told


@pytest.mark.parametrize(
    ("sessions", "is_one"),
    [
        ([("a", 4), ("a", 4), ("b", 2)], True),
        ([("a", 4), ("a", 4), ("b", 1)], False),
        ([("a", 9), ("a", 9), ("a", 9)], False),
        ([("a", 9), ("b", 9)], False),
        ([], False),
    ],
)
def test_small_sessions_make_a_pool_from_three_at_two_schools_with_ten_answers(sessions, is_one):
    assert makes_a_pool(sessions) is is_one
