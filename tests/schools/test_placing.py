"""Where a school is, when its register and its postcode may say different things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.enums import PlaceNote
from schools.placing import FARTHEST_KM, Settled, settle
from stem.geography.places import Place
from stem.geography.points import Point, km_between
from stem.geography.postcodes import read_postcode
from stem.nations import Nation
from tests.places import GREENWICH, LEEDS, YORK


def place(point=LEEDS, *, approximate=False):
    return Place(read_postcode("LS2 9JT"), point, approximate, Nation.ENG, "Yorkshire and the Humber", "Leeds", None)


NORTH = [Point(LEEDS.lat + metres / 111_195, LEEDS.lon) for metres in (0, 500, 999, 1001)]


@pytest.mark.parametrize(
    ("grid", "postcode", "settled"),
    [
        (NORTH[0], place(), Settled(LEEDS, False, "")),
        (NORTH[1], place(), Settled(NORTH[1], False, "")),
        (NORTH[2], place(), Settled(NORTH[2], False, "")),
        (NORTH[3], place(), Settled(LEEDS, False, PlaceNote.GRID_FAR)),
        (YORK, place(), Settled(LEEDS, False, PlaceNote.GRID_FAR)),
        (YORK, place(approximate=True), Settled(YORK, False, PlaceNote.UNCHECKED)),
        (YORK, None, Settled(YORK, False, PlaceNote.UNCHECKED)),
        (GREENWICH, place(GREENWICH), Settled(GREENWICH, False, "")),
        (None, place(), Settled(LEEDS, False, "")),
        (None, place(approximate=True), Settled(LEEDS, True, "")),
        (None, None, Settled(None, False, PlaceNote.NOWHERE)),
    ],
)
def test_the_register_is_believed_within_a_kilometre_of_its_postcode(grid, postcode, settled):
    assert settle(grid, postcode) == settled


near = st.builds(Point, st.floats(53.6, 54.0), st.floats(-1.8, -1.2))


@given(near, near)
def test_no_school_lies_more_than_a_kilometre_from_a_postcode_that_is_known(grid, point):
    settled = settle(grid, place(point))
    assert km_between(settled.point, point) <= FARTHEST_KM
    assert (settled.point == grid) == (settled.note == "" or grid == point)
