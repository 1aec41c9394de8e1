"""The table of education authorities."""

import csv
import gzip
import os
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path

import pytest

from stem.geography.areas import AREAS
from stem.geography.authorities import _DISTRICTS, AUTHORITIES, Authority, _codes_in, authority_of
from stem.nations import Nation


@pytest.mark.parametrize(
    ("code", "name", "nation", "region"),
    [
        ("E08000035", "Leeds", Nation.ENG, "Yorkshire and the Humber"),
        ("E08000025", "Birmingham", Nation.ENG, "West Midlands"),
        ("E08000037", "Gateshead", Nation.ENG, "North East"),
        ("E09000001", "City of London", Nation.ENG, "London"),
        ("E09000033", "Westminster", Nation.ENG, "London"),
        ("E06000010", "Kingston upon Hull, City of", Nation.ENG, "Yorkshire and the Humber"),
        ("E06000017", "Rutland", Nation.ENG, "East Midlands"),
        ("E06000042", "Milton Keynes", Nation.ENG, "South East"),
        ("E06000053", "Isles Of Scilly", Nation.ENG, "South West"),
        ("E06000060", "Buckinghamshire", Nation.ENG, "South East"),
        ("W06000015", "Cardiff", Nation.WLS, "Wales"),
        ("W06000023", "Powys", Nation.WLS, "Wales"),
        ("S12000013", "Na h-Eileanan an Iar", Nation.SCO, "Scotland"),
        ("S12000033", "Aberdeen City", Nation.SCO, "Scotland"),
        ("N09000003", "Belfast", Nation.NIR, "Northern Ireland"),
        ("N09000010", "Newry, Mourne and Down", Nation.NIR, "Northern Ireland"),
    ],
)
def test_a_district_of_one_tier_is_its_own_authority(code, name, nation, region):
    assert authority_of(code) == Authority(name, nation, region)


@pytest.mark.parametrize(
    ("code", "district", "county", "region"),
    [
        ("E07000106", "Canterbury", "Kent", "South East"),
        ("E07000116", "Tunbridge Wells", "Kent", "South East"),
        ("E07000008", "Cambridge", "Cambridgeshire", "East of England"),
        ("E07000240", "St Albans", "Hertfordshire", "East of England"),
        ("E07000244", "East Suffolk", "Suffolk", "East of England"),
        ("E07000072", "Epping Forest", "Essex", "East of England"),
        # Their letters are Stockport's, Sheffield's, Peterborough's and Salisbury's, each in another region.
        ("E07000037", "High Peak", "Derbyshire", "East Midlands"),
        ("E07000171", "Bassetlaw", "Nottinghamshire", "East Midlands"),
        ("E07000140", "South Holland", "Lincolnshire", "East Midlands"),
        ("E07000093", "Test Valley", "Hampshire", "South East"),
    ],
)
def test_a_district_of_two_tiers_has_its_county_for_authority(code, district, county, region):
    assert authority_of(code) == Authority(county, Nation.ENG, region), district


@pytest.mark.parametrize(
    ("code", "district", "name"),
    [
        ("E07000004", "Aylesbury Vale", "Buckinghamshire"),
        ("E07000027", "Barrow-in-Furness", "Westmorland and Furness"),
        ("E07000028", "Carlisle", "Cumberland"),
        ("E07000030", "Eden", "Westmorland and Furness"),
        ("E06000028", "Bournemouth", "Bournemouth, Christchurch and Poole"),
        ("E07000048", "Christchurch", "Bournemouth, Christchurch and Poole"),
        ("E07000053", "Weymouth and Portland", "Dorset"),
        ("E07000154", "Northampton", "West Northamptonshire"),
        ("E07000156", "Wellingborough", "North Northamptonshire"),
        ("E07000165", "Harrogate", "North Yorkshire"),
        ("E07000206", "Waveney", "Suffolk"),
        ("E07000246", "Somerset West and Taunton", "Somerset"),
        ("E08000019", "Sheffield until 2025", "Sheffield"),
        ("E06000048", "Northumberland until 2013", "Northumberland"),
        ("S12000015", "Fife until 2018", "Fife"),
        ("S12000046", "Glasgow until 2019", "Glasgow City"),
    ],
)
def test_a_superseded_code_leads_to_the_authority_of_today(code, district, name):
    authority = authority_of(code)
    assert authority and authority.name == name, district


@pytest.mark.parametrize("code", ["", "E07000001", "E10000016", "E06000099", "E9999999", "L99999999", "e08000035"])
def test_a_code_of_no_district_has_no_authority(code):
    assert authority_of(code) is None


def test_no_code_stands_in_the_table_twice():
    codes = [code for table in _DISTRICTS.values() for runs in table.values() for code in _codes_in(runs)]
    assert sorted(codes) == sorted(AUTHORITIES)


def test_no_two_authorities_share_a_name():
    names = [name for table in _DISTRICTS.values() for name in table]
    assert len(names) == len(set(names))


def test_a_region_is_spelt_as_in_the_table_of_areas_and_lies_in_the_same_nation():
    of_areas = {(area.nation, area.region) for area in AREAS.values()}
    assert {(authority.nation, authority.region) for authority in AUTHORITIES.values()} == of_areas


def test_as_many_authorities_teach_as_each_nation_has():
    assert Counter(authority.nation for authority in set(AUTHORITIES.values())) == {
        Nation.ENG: 153,
        Nation.WLS: 22,
        Nation.SCO: 32,
        Nation.NIR: 11,
    }


# Where the real registers are, on machines that have them: codepo_gb.zip, gias*.csv.gz and scotland*.csv.gz. The test
# of them exists only there: one that skipped itself would fail a run of which nothing may be left out.
REGISTERS = os.environ.get("REAL_REGISTERS", "")


def read_postcodes(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Each postcode that has a district, without its space, with the codes of its nation and its district."""
    with zipfile.ZipFile(folder / "codepo_gb.zip") as archive:
        for name in archive.namelist():
            if name.startswith("Data/CSV/"):
                with archive.open(name) as file:
                    for row in csv.reader(TextIOWrapper(file, "utf-8")):
                        if row[8]:
                            yield row[0].replace(" ", ""), row[4], row[8]


def read_schools(folder: Path) -> Iterator[tuple[str, str]]:
    """The postcode of each open school in the registers, and the name of its authority."""
    with gzip.open(next(folder.glob("gias*.csv.gz")), "rt", encoding="cp1252") as file:
        for row in csv.DictReader(file):
            if row["EstablishmentStatus (name)"].startswith("Open"):
                yield row["Postcode"].replace(" ", ""), row["LA (name)"]
    with gzip.open(next(folder.glob("scotland*.csv.gz")), "rt", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            yield row["PostCode"].replace(" ", ""), row["LAName"]


if REGISTERS:

    @pytest.mark.slow
    def test_the_open_registers_of_postcodes_and_schools_agree_with_the_table():
        district_of, nations = {}, set()
        for postcode, nation, district in read_postcodes(Path(REGISTERS)):
            district_of[postcode] = district
            nations.add((district, nation))
        schools = defaultdict(Counter)
        for postcode, name in read_schools(Path(REGISTERS)):
            if postcode in district_of:
                schools[district_of[postcode]][name] += 1

        assert {district for district, _ in nations} <= AUTHORITIES.keys()
        letters = {Nation.ENG: "E", Nation.WLS: "W", Nation.SCO: "S"}
        assert {each for each in nations if letters[AUTHORITIES[each[0]].nation] != each[1][0]} == set()
        told = {district: names.most_common(1)[0][0] for district, names in schools.items()}
        assert told == {district: AUTHORITIES[district].name for district in schools}
