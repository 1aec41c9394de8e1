"""The registers as really published, where the environment variable REAL_REGISTERS names the folder they lie in."""

import os
from collections import Counter
from pathlib import Path

import pytest

from schools.enums import Phase, SchoolStatus
from schools.registers.gias import read_gias
from schools.registers.records import SchoolRecord
from schools.registers.scotland import read_scotland
from stem.nations import Nation

FOLDER = Path(os.environ.get("REAL_REGISTERS", ""))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def england():
    register = read_gias(FOLDER / "gias_register_2023-11-16_cp1252.csv.gz")
    assert register.total == 50515
    return list(register)


@pytest.fixture(scope="module")
def scotland():
    register = read_scotland(FOLDER / "scotland_schools_2022.csv.gz")
    assert register.total == 2495
    return list(register)


def test_every_row_of_england_is_a_school(england):
    assert {type(record) for record in england} == {SchoolRecord}
    assert len({record.number for record in england}) == 50515
    assert Counter(record.status for record in england) == {
        SchoolStatus.OPEN: 27075,
        SchoolStatus.CLOSED: 23359,
        SchoolStatus.PROPOSED: 81,
    }


def test_the_known_dirt_of_england_is_read_as_what_it_is(england):
    there = [record for record in england if record.status == SchoolStatus.OPEN]
    assert sum(not record.postcode_said for record in there) == 276
    assert [record.postcode_said for record in england if record.postcode_said and not record.postcode] == ["2036"]
    assert sum(record.easting is None for record in there) == 680
    assert sum(record.is_abroad for record in england) == 480
    assert sum(record.nation_said == Nation.WLS for record in england) == 2467
    assert {record.fsm_year for record in england} == {2023, None}


def test_a_phase_that_is_not_applicable_is_told_by_everything_else(england):
    silent = [
        record for record in england if record.status == SchoolStatus.OPEN and record.phase_said == "Not applicable"
    ]
    assert len(silent) == 6213
    assert {record.phase for record in silent if "special" in record.type_said and "post" not in record.type_said} == {
        Phase.SPECIAL
    }
    welsh = Counter(record.phase for record in silent if record.type_said == "Welsh establishment")
    assert welsh == {
        Phase.PRIMARY: 1224,
        Phase.SECONDARY: 203,
        Phase.ALL_THROUGH: 102,
        Phase.SPECIAL: 40,
        Phase.NURSERY: 8,
        Phase.SIXTEEN_PLUS: 3,
    }


def test_every_row_of_scotland_is_a_school(scotland):
    assert {type(record) for record in scotland} == {SchoolRecord}
    assert Counter(record.phase for record in scotland) == {
        Phase.PRIMARY: 2006,
        Phase.SECONDARY: 361,
        Phase.SPECIAL: 128,
    }
    assert sum(record.lat is None for record in scotland) == 8
    assert all(record.postcode and record.town for record in scotland)
