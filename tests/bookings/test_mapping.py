"""The map tells the truth: what is drawn inside the circle can be reached, and nothing that can be is drawn outside."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.mapping import (
    MARGIN,
    MIDDLE,
    MOST_DOTS,
    MOST_LABELS,
    RADIUS,
    SIDE,
    Drawing,
    Spot,
    draw,
    label,
    place,
    sample,
    split,
)
from stem.geography.points import Point, km_between
from stem.geography.travel import is_within_minutes, km_for_minutes
from tests.places import BRADFORD, LEEDS, LERWICK, LONDON, TRURO, YORK

HOMES = st.sampled_from([LEEDS, LONDON, TRURO, LERWICK])
MINUTES = st.integers(10, 240)
TOWNS = st.sampled_from(["", "Ely", "Otley", "Milton Keynes", "St Albans", "Bishop Auckland", "Newcastle upon Tyne"])


@st.composite
def spots_round(draw_from, home: Point, minutes: int, most: int = 40) -> list[Spot]:
    """Schools round a home, many of them near the line."""
    reach = km_for_minutes(minutes) / 111
    far = st.floats(-1.3, 1.3).map(lambda share: share * reach)
    offsets = draw_from(st.lists(st.tuples(far, far, TOWNS), max_size=most))
    return [
        Spot(number, home.lat + up, home.lon + along * 1.7, town) for number, (up, along, town) in enumerate(offsets)
    ]


def drawn(home: Point, minutes: int, spots: list[Spot]) -> Drawing:
    return draw(home, minutes, *split(home, minutes, spots))


@given(st.data(), HOMES, MINUTES)
def test_the_schools_within_reach_are_those_of_the_matcher_s_rule(data, home, minutes):
    spots = data.draw(spots_round(home, minutes))

    within, beyond = split(home, minutes, spots)

    assert within == [spot for spot in spots if is_within_minutes(home, spot.point, minutes)]
    assert sorted([*within, *beyond]) == sorted(spots)


@given(st.data(), HOMES, MINUTES)
def test_a_dot_stands_inside_the_circle_when_its_school_is_within_reach_and_only_then(data, home, minutes):
    spots = data.draw(spots_round(home, minutes))

    drawing = drawn(home, minutes, spots)

    for dot in drawing.dots:
        assert (hypot(dot.x - MIDDLE, dot.y - MIDDLE) < RADIUS) == dot.is_within
        assert MARGIN <= dot.x <= SIDE - MARGIN and MARGIN <= dot.y <= SIDE - MARGIN
    within = [spot for spot in spots if is_within_minutes(home, spot.point, minutes)]
    assert sum(dot.is_within for dot in drawing.dots) == len(within)


@pytest.mark.parametrize("share", [0.999_999, 1.0, 1.000_001])
def test_a_school_on_the_very_line_stands_on_its_side(share):
    north = Spot(1, LEEDS.lat + share * km_for_minutes(60) / 111.195_08, LEEDS.lon)
    [dot] = drawn(LEEDS, 60, [north]).dots
    assert dot.is_within == is_within_minutes(LEEDS, north.point, 60)
    assert (hypot(dot.x - MIDDLE, dot.y - MIDDLE) < RADIUS) == dot.is_within


def test_north_is_up_and_distances_are_true():
    x, y = place(LEEDS, km_for_minutes(60), YORK)
    assert x > MIDDLE and y < MIDDLE
    far = hypot(x - MIDDLE, y - MIDDLE) / RADIUS
    assert far == pytest.approx(km_between(LEEDS, YORK) / km_for_minutes(60))
    assert place(LEEDS, km_for_minutes(60), BRADFORD)[0] < MIDDLE
    assert place(LEEDS, km_for_minutes(60), LEEDS) == (MIDDLE, MIDDLE)


@given(st.data(), HOMES, MINUTES)
def test_no_two_names_touch_and_none_leaves_the_paper(data, home, minutes):
    labels = label(home, km_for_minutes(minutes), data.draw(spots_round(home, minutes)))

    assert len(labels) <= MOST_LABELS
    assert not [pair for pair in combinations(labels, 2) if pair[0].touches(pair[1])]
    for each in labels:
        left, top, right, bottom = each.box
        assert left >= MARGIN and top >= MARGIN and right <= SIDE - MARGIN and bottom <= SIDE - MARGIN


def test_the_towns_with_most_schools_are_named_and_each_once_however_it_is_written():
    spots = [Spot(n, 53.90, -1.69, "Otley") for n in range(5)]
    spots += [Spot(10 + n, 53.80, -1.75, town) for n, town in enumerate(["Bradford", "BRADFORD", "Bradford"])]

    names = [each.text for each in label(LEEDS, km_for_minutes(60), spots)]

    assert names == ["Otley", "Bradford"]


def test_of_very_many_schools_some_are_drawn_and_always_the_same_ones():
    spots = [Spot(n, LEEDS.lat + n % 71 / 500, LEEDS.lon - n % 83 / 500) for n in range(3000)]

    drawing = drawn(LEEDS, 60, spots)

    assert drawing.is_sampled
    assert len(drawing.dots) == MOST_DOTS
    assert drawn(LEEDS, 60, spots[::-1]).dots == drawing.dots
    assert sample(spots, 3000) == spots


def test_a_few_schools_are_all_drawn():
    spots = [Spot(n, LEEDS.lat + n / 100, LEEDS.lon) for n in range(12)]
    drawing = drawn(LEEDS, 60, spots)
    assert (len(drawing.dots), drawing.is_sampled) == (12, False)
    assert drawing.within.count("M") == 12
    assert drawing.beyond == ""


@pytest.mark.parametrize(("minutes", "miles"), [(10, 2), (30, 5), (60, 10), (120, 20), (240, 50)])
def test_the_scale_is_a_round_number_of_miles(minutes, miles):
    drawing = drawn(LEEDS, minutes, [])
    assert drawing.scale_miles == miles
    assert drawing.scale == pytest.approx(miles * 1.609344 / km_for_minutes(minutes) * RADIUS, abs=0.1)
