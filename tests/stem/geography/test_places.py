"""From a postcode to a place."""

import pytest

from stem.geography.places import Gazetteer, locate
from stem.geography.points import Point
from stem.geography.postcodes import read_postcode
from stem.nations import Nation
from stem.rules import Refusal
from tests.commanding import told
from tests.make.postcodes import onspd, onspd_row

pytestmark = pytest.mark.django_db


def test_a_postcode_lies_in_the_middle_of_its_area_until_better_is_known():
    place = locate("ls29jt")
    assert (place.postcode.official, place.approximate) == ("LS2 9JT", True)
    assert (place.point.lat, place.point.lon) == (53.822, -1.552)
    assert (place.nation, place.region_name) == (Nation.ENG, "Yorkshire and the Humber")


@pytest.mark.parametrize(
    ("postcode", "nation", "region"),
    [
        ("CF10 3AT", Nation.WLS, "Wales"),
        ("EH1 1YZ", Nation.SCO, "Scotland"),
        ("BT7 1NN", Nation.NIR, "Northern Ireland"),
        ("SE10 8XJ", Nation.ENG, "London"),
        ("TD1 1AA", Nation.SCO, "Scotland"),  # Berwick shares these letters; its post town decides
        ("SY1 1AA", Nation.ENG, "West Midlands"),
    ],
)
def test_the_letters_say_which_nation(postcode, nation, region):
    assert (locate(postcode).nation, locate(postcode).region_name) == (nation, region)


@pytest.mark.parametrize(
    ("postcode", "sentence"),
    [
        ("JE2 3AB", "Jersey is outside the United Kingdom. Give a postcode in one of its four nations."),
        ("GY1 1AA", "Guernsey is outside the United Kingdom. Give a postcode in one of its four nations."),
        ("IM1 1AA", "The Isle of Man is outside the United Kingdom. Give a postcode in one of its four nations."),
        ("BF1 2AT", "A forces postcode goes wherever its unit goes. Give the postcode of the place itself."),
        ("BX9 1AS", "This postcode is for letters only. Give the postcode of the place itself."),
        ("GIR 0AA", "This postcode was for letters to a bank only. Give the postcode of the place itself."),
        ("nowhere", "Enter a full UK postcode, like LS2 9JT."),
    ],
)
def test_a_postcode_that_is_nowhere_in_the_united_kingdom_is_refused(postcode, sentence):
    with pytest.raises(Refusal) as refused:
        locate(postcode)
    assert (refused.value.codes, refused.value.told_to()) == (["postcode"], sentence)


class TestWithADirectory:
    @pytest.fixture(autouse=True)
    def _directory(self, tmp_path):
        rows = [
            onspd_row("LS2 9JT", "53.800000", "-1.500000"),
            onspd_row("LS2 9AA", "53.802000", "-1.504000"),
            onspd_row("LS2 9AB", "99.999999", "0.000000"),
            onspd_row("LS99 1AA", "99.999999", "0.000000"),
            onspd_row("CH7 1AA", "53.167000", "-3.142000", district="W06000005", nation="W92000004"),
            onspd_row("CH7 1AB", "53.168000", "-3.090000", district="E06000050"),
            onspd_row("CH7 2AA", "53.167000", "-3.142000", district="W06000005", nation="W92000004"),
            onspd_row("SY5 1AA", "52.700000", "-3.000000", district="", nation="W92000004"),
            onspd_row("SE10 8XJ", "51.480000", "0.000000", district="E09000011"),
            onspd_row("TD15 1AA", "55.770000", "-2.000000", district="E06000057"),
        ]
        told("import_postcodes", onspd(tmp_path / "ONSPD.csv", rows))

    def test_a_postcode_it_knows_is_exact(self):
        place = locate("ls29jt")
        assert (place.point, place.approximate) == (Point(53.8, -1.5), False)
        assert (place.authority, place.region_name, place.nation) == ("Leeds", "Yorkshire and the Humber", Nation.ENG)

    @pytest.mark.parametrize("postcode", ["LS2 9AB", "LS2 9ZZ"])
    def test_one_without_a_point_or_unknown_lies_in_the_middle_of_its_sector(self, postcode):
        place = locate(postcode)
        assert (place.point, place.approximate) == (Point(53.801, -1.502), True)
        assert place.sector_middle == place.point
        assert place.authority == "Leeds", "its sector lies in one authority"

    @pytest.mark.parametrize("postcode", ["LS99 1AA", "LS99 1AB", "LS1 1AA"])
    def test_a_sector_without_points_or_unknown_lies_in_the_middle_of_its_area(self, postcode):
        place = locate(postcode)
        assert (place.point, place.approximate, place.sector_middle) == (Point(53.822, -1.552), True, None)

    @pytest.mark.parametrize(
        ("postcode", "nation", "authority", "region"),
        [
            ("CH7 1AA", Nation.WLS, "Flintshire", "Wales"),
            ("CH7 1AB", Nation.ENG, "Cheshire West and Chester", "North West"),
            ("CH7 1ZZ", Nation.ENG, "", "North West"),  # the sector lies in both: its letters decide
            ("CH7 2ZZ", Nation.WLS, "Flintshire", "Wales"),
            ("SY5 1AA", Nation.WLS, "", "Wales"),
            ("TD15 1AA", Nation.ENG, "Northumberland", "North East"),
        ],
    )
    def test_at_a_border_the_postcode_says_which_nation(self, postcode, nation, authority, region):
        place = locate(postcode)
        assert (place.nation, place.authority, place.region_name) == (nation, authority, region)

    def test_longitude_zero_is_a_place(self):
        assert locate("SE10 8XJ").point == Point(51.48, 0.0)

    def test_many_are_read_in_one_query(self, django_assert_num_queries):
        gazetteer = Gazetteer()
        postcodes = [read_postcode(text) for text in ("LS2 9JT", "LS2 9AA", "CH7 1AA", "M1 1AE", "SE10 8XJ")]
        with django_assert_num_queries(1):
            gazetteer.read_ahead(postcodes)
            assert [gazetteer.place_of(each).approximate for each in postcodes] == [False, False, False, True, False]
