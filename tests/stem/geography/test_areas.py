"""The table of postcode areas."""

from collections import Counter

import pytest

from stem.geography.areas import AREAS
from stem.geography.points import km_between
from stem.nations import Nation
from tests import places

ENGLISH_REGIONS = {
    "North East",
    "North West",
    "Yorkshire and the Humber",
    "East Midlands",
    "West Midlands",
    "East of England",
    "London",
    "South East",
    "South West",
}


def test_each_nation_has_its_areas():
    assert Counter(area.nation for area in AREAS.values()) == {
        Nation.ENG: 99,
        Nation.SCO: 16,
        Nation.WLS: 5,
        Nation.NIR: 1,
    }


def test_every_area_of_england_has_a_region_and_the_others_have_their_nation():
    assert {area.region for area in AREAS.values() if area.nation == Nation.ENG} == ENGLISH_REGIONS
    assert all(area.region == area.nation.label for area in AREAS.values() if area.nation != Nation.ENG)


def test_jersey_guernsey_and_the_isle_of_man_are_in_no_nation_of_the_united_kingdom():
    assert AREAS.keys().isdisjoint({"JE", "GY", "IM"})


@pytest.mark.parametrize(
    ("area", "place"),
    [
        ("LS", places.LEEDS),
        ("S", places.SHEFFIELD),
        ("M", places.MANCHESTER),
        ("CF", places.CARDIFF),
        ("G", places.GLASGOW),
        ("TR", places.TRURO),
        ("BT", places.BELFAST),
        ("SE", places.GREENWICH),
        ("ZE", places.LERWICK),
    ],
)
def test_the_middle_of_an_area_is_near_its_post_town(area, place):
    assert km_between(AREAS[area].point, place) < 30


def test_no_two_areas_share_a_middle():
    assert len({area.point for area in AREAS.values()}) == len(AREAS)
