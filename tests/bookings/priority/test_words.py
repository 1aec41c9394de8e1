"""What coordinators and schools read of a priority."""

import re

import pytest
from hypothesis import given

from bookings.priority.reckoning import Figures, parts_of
from bookings.priority.words import band_of, parts_in_words, reasons_for_school
from tests.bookings.priority.test_reckoning import FIGURES

PLAIN = Figures(
    percentiles=(0.2,), visits=6, roll=800, minutes=(5, 6, 7, 8, 9), stage="ks4", school_days=3, fell_through=False
)
LEFT_OUT = Figures(
    percentiles=(0.91,), visits=0, roll=None, minutes=(31, 58), stage="ks3", school_days=12, fell_through=True
)


@pytest.mark.parametrize(
    ("score", "band"),
    [(1.0, "high"), (0.6, "high"), (0.5999, "medium"), (0.4, "medium"), (0.3999, "standard"), (0.0, "standard")],
)
def test_a_priority_has_one_of_three_names(score, band):
    assert band_of(score) == band


def working(figures: Figures, census: int | None = 2026) -> list[str]:
    return [part.working for part in parts_in_words(parts_of(figures), figures, census)]


def test_a_coordinator_reads_what_each_part_came_from():
    assert working(PLAIN) == [
        "By free school meals at 20 of 100 among schools of its nation and phase, census of 2026.",
        "6 visits in three years; 6 would be the share of a school of 800 pupils.",
        "7 minutes to the middle one of the five nearest ambassadors of this field.",
        "Key Stage 4 (ages 14 to 16)",
        "3 school days since it was sent in.",
    ]
    assert working(LEFT_OUT)[1:3] == [
        "0 visits in three years; 6 would be the share of a school of unknown size.",
        "Fewer than three ambassadors of this field live within an hour.",
    ]
    assert working(LEFT_OUT)[4] == "Someone had promised to come and could not. 12 school days since it was sent in."


def test_what_is_not_known_says_so():
    blank = Figures(percentiles=(), visits=1, roll=None, minutes=None, stage="", school_days=1, fell_through=False)
    parts = parts_in_words(parts_of(blank), blank, None)
    assert [part.in_short for part in parts] == ["unknown", "83", "unknown", "unknown", "5"]
    assert parts[0].working == "Not known: no register tells enough of this school. Counts as the middle."
    assert parts[2].working == "Not known: nobody knows where the school is. Counts as the middle."


def test_a_school_reads_why_in_words():
    assert reasons_for_school(parts_of(LEFT_OUT), LEFT_OUT) == [
        "Many of your pupils are entitled to free school meals, compared with schools like yours.",
        "Nobody has visited you through us in the last three years.",
        "Few ambassadors for this subject live near you.",
        "Your class is at the age at which a picture of later life takes shape.",
        "Someone had promised to come and could not.",
    ]
    assert reasons_for_school(parts_of(PLAIN), PLAIN) == [
        "Other schools have had fewer visits, or have waited for longer."
    ]


@given(FIGURES)
def test_a_school_reads_no_number_whatever_is_known(figures):
    parts = parts_of(figures)
    told = [*reasons_for_school(parts, figures), str(band_of(parts.score).label)]
    assert not re.search(r"\d|%", " ".join(told))
