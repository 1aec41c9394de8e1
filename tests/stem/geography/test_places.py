"""From a postcode to a place."""

import pytest

from stem.geography.places import locate
from stem.nations import Nation
from stem.rules import Refusal

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
