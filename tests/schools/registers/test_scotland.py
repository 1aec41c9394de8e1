"""The list of Scottish schools, in which 0 is a blank."""

import pytest

from schools.enums import Phase, SchoolStatus
from schools.registers.records import SchoolRecord
from schools.registers.scotland import read_scotland
from stem.nations import Nation
from stem.rules import Refusal
from tests.make.registers import as_csv, scottish_rows, written


def file_of(folder, *schools):
    return read_scotland(written(folder / "sent", as_csv(scottish_rows(*schools), encoding="utf-8", ending="\n")))


def school(folder, **cells):
    [record] = file_of(folder, cells)
    return record


def test_a_school_is_read_in_our_words(tmp_path):
    assert school(tmp_path) == SchoolRecord(
        line=2,
        number="9000047P",
        name="Burnside Primary School",
        phase=Phase.PRIMARY,
        phase_said="Primary",
        type_said="Primary",
        status=SchoolStatus.OPEN,
        status_said="",
        street="1 Burn Road",
        town="Falkirk",
        postcode="FK1 1AA",
        postcode_said="FK1 1AA",
        authority="Falkirk",
        nation_said=Nation.SCO,
        is_abroad=False,
        easting=288900,
        northing=680100,
        lat=56.002,
        lon=-3.783,
        rural=False,
        low_age=None,
        high_age=None,
        roll=124,
        fsm_percent=None,
        fsm_year=None,
        opened_on=None,
        closed_on=None,
    )


def test_departments_of_one_school_are_told_apart(tmp_path):
    primary, secondary = file_of(tmp_path, {}, {"SchUID": "9000047S", "SchoolType": "Secondary"})
    assert [(each.number, each.phase) for each in (primary, secondary)] == [
        ("9000047P", Phase.PRIMARY),
        ("9000047S", Phase.SECONDARY),
    ]


def test_a_special_school_is_special_whatever_its_name(tmp_path):
    assert school(tmp_path, SchoolType="Special").phase == Phase.SPECIAL


@pytest.mark.parametrize(
    ("lines", "street", "town"),
    [
        (("Burn Road", "0", "0"), "", "Burn Road"),
        (("Burn Road", "Ayr", "0"), "Burn Road", "Ayr"),
        (("Burn Road", "Maud", "ABERDEENSHIRE"), "Burn Road", "Maud"),
        (("Burn Road", "0", "ORKNEY"), "Burn Road", "Orkney"),
        (("Burn Road", "", "BRIDGE OF WEIR"), "Burn Road", "Bridge of Weir"),
        ((" ", "0", ""), "", ""),
    ],
)
def test_the_town_is_the_last_line_that_is_no_county(tmp_path, lines, street, town):
    record = school(tmp_path, **dict(zip(("AddressLin", "AddressL_1", "AddressL_2"), lines, strict=True)))
    assert (record.street, record.town) == (street, town)


def test_nothing_is_known_where_0_or_a_blank_stands(tmp_path):
    blank = dict.fromkeys(["Latitude", "Longitude", "GridRefEas", "GridRefNor", "AddrUR8"], "")
    record = school(tmp_path, **blank, Pupil_Roll="0", SchoolName="  Burnside  School ")
    assert (record.lat, record.lon, record.easting, record.northing, record.rural, record.roll) == (None,) * 6
    assert record.name == "Burnside School"
    assert school(tmp_path, Latitude="56.0", Longitude="0").lat is None


@pytest.mark.parametrize(("kind", "rural"), [("5.0", False), ("6.0", True), ("8", True), ("9", None)])
def test_the_last_three_classes_are_rural(tmp_path, kind, rural):
    assert school(tmp_path, AddrUR8=kind).rural == rural


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"SchUID": "0"}, "This row has no number (SchUID)."),
        ({"SchUID": "No-1"}, "“No-1” is not a number (SchUID) of a school."),
        ({"SchoolName": "0"}, "This row has no name."),
    ],
)
def test_a_row_without_its_essentials_is_rejected(tmp_path, cells, reason):
    assert school(tmp_path, **cells).reason == reason


def test_of_ages_and_dates_the_list_is_silent(tmp_path):
    assert file_of(tmp_path, {}).absent == {
        *("low_age", "high_age", "fsm_percent", "fsm_year", "opened_on", "closed_on"),
    }


def test_the_register_of_england_is_not_taken_for_it(tmp_path):
    with pytest.raises(Refusal) as refused:
        read_scotland(written(tmp_path / "sent", b"URN,EstablishmentName\r\n900001,Hill\r\n"))
    assert refused.value.codes == ["columns_missing"]
