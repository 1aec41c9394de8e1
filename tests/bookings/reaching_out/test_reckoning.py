"""How cold schools and authorities are: rules E-20 and E-21, and the day on which a year ends."""

from datetime import date

import pytest

from bookings.reaching_out.reckoning import WEIGHTS, Authority, Seen, compare, first_asked, seen_by

TODAY = date(2027, 1, 12)


def authority(name: str, *, pupils: int = 1000, visits: int = 0, nation: str = "england") -> Authority:
    return Authority(nation, name, schools=3, never=1, pupils=pupils, visits=visits)


@pytest.mark.parametrize(
    ("last", "seen"),
    [
        (TODAY, Seen.YEAR),
        (date(2026, 1, 12), Seen.YEAR),
        (date(2026, 1, 11), Seen.THREE_YEARS),
        (date(2024, 1, 12), Seen.THREE_YEARS),
        (date(2024, 1, 11), Seen.LONGER),
        (None, Seen.NEVER),
    ],
)
def test_a_last_visit_ages_by_the_calendar(last, seen):
    assert seen_by(TODAY)(last) == seen


@pytest.mark.parametrize(
    ("disadvantage", "minutes", "pupils", "score"),
    [
        (1.0, 60, 1000, 1.0),
        (0.0, 0, 0, 0.0),
        (0.9, 42, 240, 0.708),  # .45 + .21 + .048
        (0.9, 600, 2400, 0.95),
        (None, None, None, 0.5),
    ],
)
def test_whom_to_ask_first_is_the_weighted_sum(disadvantage, minutes, pupils, score):
    assert list(WEIGHTS.values()) == [0.5, 0.3, 0.2]
    assert first_asked(disadvantage, minutes, pupils) == score


def test_an_authority_below_half_of_its_nation_s_middle_is_a_cold_spot():
    kent, leeds, york = authority("Kent", visits=4), authority("Leeds", visits=2), authority("York", visits=9)
    found = compare([york, kent, leeds, authority("Unknown", pupils=0), authority("Fife", visits=1, nation="scotland")])
    assert [(each.authority.name, each.is_cold) for each in found] == [
        ("Leeds", False),  # half is not below half
        ("Kent", False),
        ("Fife", False),  # the middle of its own nation
        ("York", False),
        ("Unknown", False),
    ]
    assert [each.is_cold for each in compare([kent, york, authority("Leeds", visits=1)])] == [True, False, False]


def test_where_half_have_none_nobody_can_have_less_than_half():
    found = compare([authority("Kent"), authority("Leeds"), authority("York", visits=9)])
    assert [each.is_cold for each in found] == [False, False, False]
