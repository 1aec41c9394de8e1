"""No small number can be found again from what is shown, by whoever knows how we hide it (rule 2.8)."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.suppression import (
    CELL_LEAST,
    PUPILS_LEAST,
    Breakdown,
    all_of_one_mind,
    in_tenths,
    makes_a_pool,
    percent,
    rounded,
    shown,
)

LARGEST = 11


def parts(*counts: int) -> dict[str, int]:
    return dict(zip("abcdefgh", counts, strict=False))


@pytest.mark.parametrize(
    ("counts", "total", "seen"),
    [
        ((10, 20, 5), 35, (10, 20, 5)),
        ((10, 0, 5), 15, (10, 0, 5)),
        ((10, 3, 20), 33, (None, None, 20)),
        ((10, 1, 1, 20), 32, (None, None, None, 20)),
        ((4, 4, 4, 30), 42, (None, None, None, 30)),
        ((4, 4, 30, 40), 78, (None, None, None, 40)),
        ((3, 40), 43, (None, None)),
        ((0, 0), 0, (0, 0)),
    ],
)
def test_a_small_part_is_hidden_with_enough_beside_it(counts, total, seen):
    assert shown(parts(*counts)) == Breakdown(total, dict(zip("abcdefgh", seen, strict=False)))


@pytest.mark.parametrize(("counts", "total"), [((3,), None), ((2, 2), None), ((7, 0), 7), ((4, 0, 0), None)])
def test_a_total_that_is_itself_small_is_not_shown(counts, total):
    assert shown(parts(*counts)).total == total


@pytest.mark.parametrize("many", [2, 3, 4])
def test_whoever_knows_the_rule_and_the_total_finds_no_small_part(many):
    """Every table that looks the same: where a hidden small part is the same in all of them it has been found."""
    looks: defaultdict[tuple[object, ...], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(LARGEST + 1), repeat=many):
        if sum(counts) <= LARGEST:
            seen = shown(parts(*counts))
            looks[(seen.total, *seen.parts.values())].append(counts)
    for look, tables in looks.items():
        told = look[1:] or (None,) * many
        for at in (at for at, each in enumerate(told) if each is None):
            found = {table[at] for table in tables}
            assert len(found) > 1 or not 0 < min(found) < CELL_LEAST, (look, tables)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_what_is_shown_is_true_large_enough_and_leaves_two_hidden_or_none(counts):
    table = parts(*counts)
    seen = shown(table)
    assert seen.total in (None, sum(counts))
    assert all(count in (None, table[name]) and not 0 < (count or 0) < CELL_LEAST for name, count in seen.parts.items())
    hidden = [table[name] for name, count in seen.parts.items() if count is None]
    assert not hidden or (len(hidden) > 1 and sum(hidden) >= CELL_LEAST)


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (1, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1002, 1000)]
)
def test_the_public_reads_counts_to_the_nearest_five(count, expected):
    assert rounded(count) == expected


@pytest.mark.parametrize(
    ("part", "base", "expected"),
    [(15, 30, 50), (15, 29, None), (3, 100, None), (97, 100, None), (0, 100, 0), (100, 100, 100), (5, 100, 5)],
)
def test_a_percentage_needs_its_base_and_tells_of_no_small_part(part, base, expected):
    assert percent(part, base) == expected


def test_where_all_answered_alike_it_says_most():
    assert all_of_one_mind({"yes": 12, "no": 0})
    assert not all_of_one_mind({"yes": 11, "no": 1})


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
