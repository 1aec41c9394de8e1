"""The postcodes of a sector in one piece."""

from hypothesis import given
from hypothesis import strategies as st

from stem.geography.points import Point
from stem.geography.sectors import Unit, find_unit, middle_of, pack_unit, sort_units, unpack_units
from stem.nations import Nation
from tests.places import GREENWICH

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
degrees = st.integers(-180_000_000, 180_000_000).map(lambda millionths: millionths / 1_000_000)
points = st.none() | st.builds(Point, degrees.filter(lambda each: -90 <= each <= 90), degrees)
codes = st.lists(st.sampled_from(["", "E08000035", "W06000015", "S12000049", "N09000003"]), min_size=1, unique=True)
pairs = st.text(LETTERS, min_size=2, max_size=2)


@st.composite
def sectors(draw):
    """Some postcodes, each once, and the list of their authorities."""
    known = draw(codes)
    units = st.builds(Unit, pairs, points, st.sampled_from(known))
    return draw(st.lists(units, unique_by=lambda unit: unit.letters)), known


def packed(units, known):
    return b"".join(
        pack_unit(each.letters, each.point and each.point.lat, each.point and each.point.lon, known.index(each.code))
        for each in units
    )


@given(sectors())
def test_what_is_packed_and_sorted_comes_out_again_in_the_order_of_its_letters(sector):
    units, known = sector
    kept = sort_units(packed(units, known))
    assert list(unpack_units(kept, known)) == sorted(units, key=lambda unit: unit.letters)


@given(sectors(), pairs)
def test_a_postcode_is_found_whether_or_not_it_is_there(sector, letters):
    units, known = sector
    kept = sort_units(packed(units, known))
    by_letters = {unit.letters: unit for unit in units}
    for wanted in [*by_letters, letters]:
        assert find_unit(kept, known, wanted) == by_letters.get(wanted)


@given(sectors(), st.randoms(use_true_random=False))
def test_the_order_in_which_they_came_makes_no_difference(sector, random):
    units, known = sector
    shuffled = list(units)
    random.shuffle(shuffled)
    assert sort_units(packed(shuffled, known)) == sort_units(packed(units, known))


@given(sectors())
def test_the_middle_lies_among_those_that_have_a_point(sector):
    units, known = sector
    found = [unit.point for unit in units if unit.point]
    middle = middle_of(packed(units, known))
    if not found:
        assert middle is None
        return
    assert min(point.lat for point in found) <= middle.lat <= max(point.lat for point in found)
    assert min(point.lon for point in found) <= middle.lon <= max(point.lon for point in found)


def test_longitude_zero_is_a_place_like_any_other():
    kept = pack_unit("XJ", GREENWICH.lat, GREENWICH.lon, 0)
    assert [unit.point for unit in unpack_units(kept, [""])] == [GREENWICH]


def test_a_code_tells_the_nation_or_nothing():
    said = {code: Unit("AA", None, code).nation for code in ["E08000035", "W06000015", "S12000049", "N09000003", ""]}
    assert list(said.values()) == [Nation.ENG, Nation.WLS, Nation.SCO, Nation.NIR, None]
