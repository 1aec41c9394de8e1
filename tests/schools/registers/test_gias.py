"""The register of England, as published and as people have damaged it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.enums import Phase, SchoolStatus
from schools.registers.gias import REQUIRED, read_gias
from schools.registers.records import Rejected, SchoolRecord
from stem.nations import Nation
from stem.rules import Refusal, why_not
from tests.make.registers import GIAS_HEADINGS, as_csv, gias_rows, written


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("gias")


def file_of(folder, *schools, columns=None):
    return read_gias(written(folder / "sent", as_csv(gias_rows(*schools, columns=columns))))


def school(folder, columns=None, **cells):
    [record] = file_of(folder, cells, columns=columns)
    assert isinstance(record, SchoolRecord)
    return record


def test_a_school_is_read_in_our_words_and_the_register_s(folder):
    assert school(folder) == SchoolRecord(
        line=2,
        number="900001",
        name="Beckside Academy",
        phase=Phase.SECONDARY,
        phase_said="Secondary",
        type_said="Academy converter",
        status=SchoolStatus.OPEN,
        status_said="Open",
        street="1 Beck Lane, Headingley",
        town="Leeds",
        postcode="LS2 9JT",
        postcode_said="LS2 9JT",
        authority="Leeds",
        nation_said=Nation.ENG,
        is_abroad=False,
        easting=429500,
        northing=434500,
        lat=None,
        lon=None,
        rural=False,
        low_age=11,
        high_age=18,
        roll=1271,
        fsm_percent=18.1,
        fsm_year=2023,
        opened_on=date(2011, 9, 1),
        closed_on=None,
    )


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        ("Open", SchoolStatus.OPEN),
        ("Open, but proposed to close", SchoolStatus.OPEN),
        ("Closed", SchoolStatus.CLOSED),
        ("Proposed to open", SchoolStatus.PROPOSED),
    ],
)
def test_a_school_that_is_to_close_is_still_open_and_one_to_open_is_not_yet(folder, said, ours):
    assert school(folder, status=said).status == ours


@pytest.mark.parametrize(
    ("cells", "nation", "is_abroad"),
    [
        ({}, Nation.ENG, False),
        ({"type": "Welsh establishment", "la_name": "Cardiff", "la_code": "681"}, Nation.WLS, False),
        ({"type": "Special post 16 institution", "la_name": "Powys", "la_code": "666"}, Nation.WLS, False),
        ({"type": "British schools overseas", "la_name": "Does not apply", "la_code": "000"}, None, True),
        ({"type": "Offshore schools", "la_name": "Jersey Offshore Establishments"}, None, True),
        ({"type": "Offshore schools", "la_name": "Scotland Offshore Establishments"}, Nation.SCO, True),
        ({"type": "Service children's education", "la_name": "BFPO Overseas Establishments"}, None, True),
        ({"type": "Online provider", "la_name": "Does not apply", "la_code": "000"}, None, False),
    ],
)
def test_the_nation_is_told_where_the_register_tells_it(folder, cells, nation, is_abroad):
    record = school(folder, **cells)
    assert (record.nation_said, record.is_abroad) == (nation, is_abroad)


@pytest.mark.parametrize(
    ("said", "rural"),
    [
        ("(England/Wales) Rural village", True),
        ("Larger rural: nearer to a major town", True),
        ("Urban city and town", False),
        ("", None),
        ("Not applicable", None),
    ],
)
def test_the_countryside_is_known_in_either_classification(folder, said, rural):
    assert school(folder, urban_rural=said).rural == rural


def test_what_is_odd_is_read_as_far_as_it_can_be(folder):
    odd = {"postcode": "2036", "low_age": "18", "high_age": "11", "roll": "SUPP", "fsm": "-3", "easting": "0"}
    record = school(folder, **odd, opened="01/09/2011", closed="2021-08-31", urn="900,001")
    assert (record.postcode, record.postcode_said, record.number) == ("", "2036", "900001")
    assert (record.low_age, record.high_age, record.roll, record.fsm_percent, record.fsm_year) == (None,) * 5
    assert (record.easting, record.northing) == (None, None)
    assert (record.opened_on, record.closed_on) == (date(2011, 9, 1), date(2021, 8, 31))


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"urn": ""}, "This row has no number (URN)."),
        (
            {"urn": "1.00063E+11"},
            "A spreadsheet has rounded the number 1.00063E+11: load the file as downloaded, never opened and saved.",
        ),
        ({"urn": "A1000"}, "“A1000” is not a number (URN) of a school."),
        ({"urn": "0"}, "“0” is not a number (URN) of a school."),
        ({"urn": "-900001"}, "“-900001” is not a number (URN) of a school."),
        ({"name": " "}, "This row has no name."),
        ({"status": "Moved"}, "“Moved” is no status that we know: a school is open, closed or proposed to open."),
    ],
)
def test_a_row_without_its_essentials_is_rejected_in_its_place(folder, cells, reason):
    first, second, third = file_of(folder, {}, cells, {})
    assert (first.line, third.line) == (2, 4)
    assert second == Rejected(
        3, reason, cells.get("urn", "900002"), cells.get("name", "Beckside Academy").strip(), "LS2 9JT"
    )


def test_a_number_that_stands_twice_is_taken_once(folder):
    first, second = file_of(folder, {"urn": "900007"}, {"urn": "0900007"})
    assert first.number == "900007"
    assert second.reason == "The number 900007 stands on line 2 already."


def test_a_row_that_does_not_fit_is_rejected_and_counted(folder):
    rows = gias_rows({}, {}, {})
    rows[2].append("more")
    register = read_gias(written(folder / "sent", as_csv(rows)))
    assert register.total == 3
    assert [getattr(each, "reason", "") for each in register] == [
        "",
        "This row has 25 fields where the heading has 24.",
        "",
    ]


@pytest.mark.parametrize(
    ("changed", "year"), [("30-06-2023", 2022), ("01-07-2023", 2023), ("16-11-2023", 2023), ("02-01-2024", 2023)]
)
def test_without_a_census_date_the_latest_change_tells_the_year(folder, changed, year):
    columns = [column for column in GIAS_HEADINGS if column != "census"]
    others = {"changed": "01-02-2015"}
    records = file_of(folder, others, {"changed": changed}, {**others, "fsm": ""}, columns=columns)
    assert [record.fsm_year for record in records] == [year, year, None]


def test_without_changes_the_latest_opening_tells_the_year(folder):
    columns = [column for column in GIAS_HEADINGS if column not in ("census", "changed")]
    proposed = {"status": "Proposed to open", "opened": "01-09-2030"}
    [record, _later] = file_of(folder, {"opened": "01-04-2022"}, proposed, columns=columns)
    assert record.fsm_year == 2021


def test_a_file_says_of_which_facts_it_is_silent(folder):
    assert file_of(folder, {}).absent == {"lat", "lon"}
    spare = file_of(folder, {}, columns=list(REQUIRED))
    assert spare.absent == {
        *("street", "town", "authority", "easting", "northing", "lat", "lon", "rural", "low_age", "high_age"),
        *("roll", "fsm_percent", "fsm_year", "opened_on", "closed_on", "phase", "phase_said", "type_said"),
    }
    [record] = spare
    assert (record.number, record.town, record.roll, record.nation_said) == ("900001", "", None, Nation.ENG)


@pytest.mark.parametrize(("code", "status"), [("1", "open"), ("2", "closed"), ("3", "open"), ("4", "proposed")])
def test_a_file_without_the_names_of_statuses_is_read_by_their_codes(folder, code, status):
    path = folder / "codes.csv"
    heading = '"URN","EstablishmentName","EstablishmentStatus (code)","Postcode"'
    path.write_text(f'{heading}\r\n"900001","Beckside Academy","{code}","LS2 9JT"\r\n')
    [record] = read_gias(path)
    assert (record.status, record.phase_said, record.postcode) == (status, "", "LS2 9JT")


@pytest.mark.parametrize("column", REQUIRED)
def test_a_file_without_an_essential_column_is_refused_by_its_name(folder, column):
    with pytest.raises(Refusal) as refused:
        file_of(folder, {}, columns=[each for each in GIAS_HEADINGS if each != column])
    assert refused.value.codes == ["columns_missing"]
    assert f"“{GIAS_HEADINGS[column]}”" in refused.value.told_to()


SCHOOLS = ({}, {"status": "Closed", "phase": "Not applicable", "name": "Dale Primary"}, {"urn": ""}, {"roll": "1,204"})


@given(st.permutations(list(GIAS_HEADINGS)))
def test_any_order_of_columns_reads_the_same(folder, columns):
    assert list(file_of(folder, *SCHOOLS, columns=columns)) == list(file_of(folder, *SCHOOLS))


@given(st.data())
def test_any_byte_changed_or_cut_is_refused_or_read(folder, data):
    content = bytearray(as_csv(gias_rows(*SCHOOLS)))
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        del content[place:]
    else:
        content[place] = data.draw(st.integers(0, 255))
    refusal = why_not(read_all, folder, bytes(content))
    assert refusal is None or refusal.told_to().endswith(".")


def read_all(folder, content):
    register = read_gias(written(folder / "sent", content))
    assert len(list(register)) == register.total
