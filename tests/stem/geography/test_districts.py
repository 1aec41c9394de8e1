"""The half of a postcode before the space, and the middle of what it stands for."""

import pytest

from stem.geography.areas import AREAS
from stem.geography.districts import place_of_district
from stem.geography.models import Sector
from stem.geography.postcodes import read_district
from stem.geography.sectors import pack_unit
from stem.loads.enums import LoadKind, LoadStatus
from stem.nations import Nation
from stem.rules import Refusal
from tests import make

LEEDS = "E08000035"


def sector(code: str, lat: float | None, lon: float | None, *, authorities: str = LEEDS, load=None) -> None:
    load = load or make.load(kind=LoadKind.POSTCODES)
    units = pack_unit("JT", lat, lon, 0)
    Sector.objects.create(load=load, code=code, lat=lat, lon=lon, authorities=authorities, units=units)


def refused(act, given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(given)
    return refusal.value.told_to()


@pytest.mark.parametrize(
    ("typed", "code", "is_cut"),
    [
        ("S10", "S10", False),
        (" s 10 ", "S10", False),
        ("sw1a", "SW1A", False),
        ("LS2 9", "LS2", True),
        ("LS2 9J", "LS2", True),
        ("LS2 9JT", "LS2", True),
        ("ls29jt", "LS2", True),
        ("SIO", "S10", False),
        ("S10 Sheffield", "S10", True),
    ],
)
def test_a_district_is_read_as_it_is_typed_and_more_is_cut(typed, code, is_cut):
    read = read_district(typed)
    assert (read.code, read.is_cut) == (code, is_cut)


@pytest.mark.parametrize("typed", ["", "S", "Sheffield", "Q10", "S100000", "53.8,-1.5", "1", "\u0663"])
def test_what_is_no_district_is_refused_in_words(typed):
    assert "first half of a UK postcode" in refused(read_district, typed)


@pytest.mark.parametrize("typed", ["JE2", "JE2 3AB", "IM1"])
def test_a_district_outside_the_country_is_told_so(typed):
    assert "outside the United Kingdom" in refused(read_district, typed)


@pytest.mark.django_db
class TestPlaces:
    def test_a_district_is_in_the_middle_of_its_sectors(self):
        load = make.load(kind=LoadKind.POSTCODES)
        sector("LS2 7", 53.80, -1.54, load=load)
        sector("LS2 9", 53.82, -1.56, load=load)
        sector("LS20 9", 53.90, -1.70, load=load)
        sector("LS2 8", None, None, load=load)

        place = place_of_district(read_district("LS2"))

        assert (place.point.lat, place.point.lon) == (53.81, -1.55)
        assert (place.nation, place.approximate) == (Nation.ENG, False)

    def test_whatever_follows_the_district_makes_no_difference(self):
        sector("LS2 9", 53.82, -1.56)
        places = {place_of_district(read_district(typed)).point for typed in ("LS2", "LS2 9JT", "LS2 1AA")}
        assert len(places) == 1

    def test_the_nation_is_that_of_most_of_its_authorities(self):
        sector("CH7 1", 53.17, -3.14, authorities="W06000005 E06000050 W06000003")
        assert place_of_district(read_district("CH7")).nation == Nation.WLS

    def test_without_a_directory_it_is_somewhere_in_its_area(self):
        sector("LS2 9", 53.82, -1.56, load=make.load(kind=LoadKind.POSTCODES, status=LoadStatus.REPLACED))

        place = place_of_district(read_district("LS2"))

        assert (place.point, place.nation, place.approximate) == (AREAS["LS"].point, Nation.ENG, True)

    def test_a_district_that_the_directory_does_not_know_is_refused(self):
        sector("LS2 9", 53.82, -1.56)
        assert "no postcode district LS99" in refused(place_of_district, read_district("LS99"))
