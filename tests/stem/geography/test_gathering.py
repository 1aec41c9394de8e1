"""From a directory's rows to sectors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stem.geography.gathering import Gathering
from stem.geography.postcode_files import Row
from stem.geography.sectors import unpack_units

LEEDS = "E08000035"


def row(postcode="LS2 9JT", line=1, *, lat="", lon="", east="429500", north="434500", code=LEEDS, file="", trouble=""):
    return Row(file, line, postcode, lat, lon, east, north, code, trouble)


def in_degrees(lat, lon, **columns):
    return row(lat=lat, lon=lon, east="", north="", **columns)


def gathered(*rows):
    gathering = Gathering()
    taken = sum(gathering.take_all(rows))
    assert taken == gathering.read == gathering.stored + len(gathering.rejected)
    return gathering


def units(gathering):
    return {sector.code: list(unpack_units(sector.units, sector.codes)) for sector in gathering.sectors()}


def one(*rows):
    """The one postcode in these rows."""
    [[unit]] = units(gathered(*rows)).values()
    return unit


def reason(*rows):
    """Why the last of these rows was left out."""
    return gathered(*rows).rejected[-1]["reason"]


spelt = st.sampled_from(["LS2 9JT", "LS29JT", "ls2 9jt", "LS2  9JT", "LS12 9AA", "CF10 3AT", "M1 1AE", "SE10 8XJ"])
east_and_north = st.tuples(st.integers(0, 700_000), st.integers(0, 1_300_000))
rows = st.builds(
    lambda postcode, place, code: row(postcode, east=str(place[0]), north=str(place[1]), code=code),
    st.builds(
        "{}{}".format, st.sampled_from(["LS2 9", "LS2 8", "CF10 3", "BT1 1"]), st.text("ABDE", min_size=2, max_size=2)
    ),
    st.just((0, 0)) | east_and_north,
    st.sampled_from(["", LEEDS, "E08000032", "W06000015", "E99999999"]),
)


@given(st.lists(rows, unique_by=lambda each: each.postcode), st.randoms(use_true_random=False))
def test_any_order_of_rows_gives_the_same_sectors(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert list(gathered(*shuffled).sectors()) == list(gathered(*found).sectors())


@given(st.lists(st.builds(row, spelt | st.text(max_size=9), east=st.text(max_size=4), lat=st.text(max_size=3))))
def test_whatever_stands_in_a_row_it_is_stored_or_has_its_reason(found):
    gathering = gathered(*found)
    assert sum(len(each) for each in units(gathering).values()) == gathering.stored
    assert all(each["reason"] for each in gathering.rejected)


@pytest.mark.parametrize("spelling", ["LS2 9JT", "LS29JT", "LS2  9JT", "ls2 9jt", "ls29jt"])
def test_any_spelling_of_a_postcode_is_its_sector(spelling):
    assert list(units(gathered(row(spelling)))) == ["LS2 9"]


def test_metres_of_the_grid_become_degrees():
    point = one(row(east="394235", north="806529")).point
    assert (point.lat, point.lon) == pytest.approx((57.149606, -2.096916), abs=2e-5)


def test_degrees_are_believed_before_metres():
    assert one(row(lat="53.8", lon="0.000000", east="394235", north="806529")).point.lon == 0


class TestNowhere:
    @pytest.mark.parametrize(
        "nowhere",
        [
            row(east="0", north="0"),
            row(east="", north=""),
            row(east="429500", north=""),
            in_degrees("99.999999", "0.000000"),
            in_degrees("0", "0"),
        ],
    )
    def test_a_postcode_without_a_place_is_kept_without_one(self, nowhere):
        gathering = gathered(nowhere)
        assert (gathering.stored, gathering.without_place) == (1, 1)
        assert [each.middle for each in gathering.sectors()] == [None]

    def test_it_does_not_move_the_middle_of_its_sector(self):
        [sector] = gathered(in_degrees("53.8", "-1.5"), row("LS2 9AA", east="0", north="0")).sectors()
        assert (sector.middle.lat, sector.middle.lon) == (53.8, -1.5)

    def test_irish_metres_are_not_taken_for_british_ones(self):
        assert one(row("BT7 1NN", east="333700", north="372600", code="N09000003")).point is None
        assert one(in_degrees("54.584", "-5.934", postcode="BT7 1NN")).point is not None


class TestRejected:
    SENTENCE = "The coordinates of LS2 9JT are not numbers of a place in the United Kingdom."

    @pytest.mark.parametrize(
        "wrong",
        [
            row(east="700001"),
            row(north="1300001"),
            row(east="-1"),
            row(east="here"),
            row(east="1e999"),
            row(east="nan"),
            in_degrees("53.8", ""),
            in_degrees("48.9", "-1.5"),
            in_degrees("53.8", "-9.1"),
            in_degrees("53.8", "3.1"),
            in_degrees("nan", "nan"),
            in_degrees("north", "west"),
        ],
    )
    def test_a_place_out_of_these_islands_is_none(self, wrong):
        assert reason(wrong) == self.SENTENCE

    def test_a_rejected_row_leaves_nothing_behind(self):
        good = row("LS2 9AA")
        assert list(gathered(row(east="here", code="W06000015"), good).sectors()) == list(gathered(good).sectors())

    @pytest.mark.parametrize("rubbish", ["", "nowhere", "LS2", "LS2 9CC", "ZZ1 1AA", "LS2 9J", "LS2 9JTX"])
    def test_what_is_no_postcode_is_told_with_its_line(self, rubbish):
        gathering = gathered(row(rubbish, 7, file="ls.csv"))
        assert gathering.rejected == [{"file": "ls.csv", "line": 7, "reason": f"“{rubbish}” is no postcode."}]

    def test_marks_that_nobody_sees_are_not_shown(self):
        assert reason(row("LS\x00\x07")) == "“LS” is no postcode."

    def test_a_row_that_does_not_fit_its_heading_says_so(self):
        assert reason(row("", trouble="This row has 3 fields where the heading has 4.")).startswith("This row has 3")

    @pytest.mark.parametrize("spelling", ["LS2 9JT", "LS29JT", "ls2 9jt"])
    def test_of_two_rows_with_one_postcode_the_first_counts(self, spelling):
        gathering = gathered(in_degrees("53.8", "-1.5"), in_degrees("54", "-2", postcode=spelling, line=2))
        assert gathering.rejected == [
            {"line": 2, "reason": f"{spelling} stands in the file twice; its first row counts."}
        ]
        [[unit]] = units(gathering).values()
        assert unit.point.lat == 53.8


class TestCodes:
    @pytest.mark.parametrize("none", ["", "E99999999", "L99999999", "M99999999", "Leeds City", "North Yorkshire", "x"])
    def test_what_is_no_code_is_none(self, none):
        assert one(row(code=none)).code == ""

    @pytest.mark.parametrize(
        ("said", "code"), [("England", "E92000001"), ("northern ireland", "N92000002"), ("S12000049", "S12000049")]
    )
    def test_a_nation_may_be_told_by_its_name(self, said, code):
        assert one(row(code=said)).code == code

    def test_each_postcode_of_a_sector_keeps_its_own(self):
        gathering = gathered(row(code=LEEDS), row("LS2 9AA", code="E08000032"), row("LS2 9AB", code=""))
        [sector] = gathering.sectors()
        assert sector.codes == ["", "E08000032", LEEDS]
        assert [unit.code for unit in unpack_units(sector.units, sector.codes)] == ["E08000032", "", LEEDS]
