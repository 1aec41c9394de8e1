"""The registers that are made to measure with: our own readers take them for real ones, and leave no row out."""

import zipfile
from pathlib import Path

import pytest

from demo.made_registers import DISTRICTS, SECTORS, UNITS, write_code_point, write_gias
from schools.enums import PlaceNote, SchoolStatus
from schools.models import School
from stem.geography.places import locate
from tests.commanding import told

ONE_AREA = DISTRICTS * SECTORS * UNITS
SCHOOLS = 60


def members_of(path: Path) -> dict[str, bytes]:
    """What is in a zip; the zip itself holds the minute in which it was packed."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.django_db
def test_a_made_directory_of_one_area_is_read_whole(tmp_path):
    answer = told("import_postcodes", write_code_point(tmp_path / "codepo_gb.zip", areas=1))

    assert answer == {"read": ONE_AREA, "stored": ONE_AREA, "without_place": 0, "rejected": []}
    place = locate("ab1 1aa")
    assert (place.postcode.official, place.approximate, place.authority) == ("AB1 1AA", False, "Leeds")


@pytest.mark.django_db
def test_a_made_register_of_schools_is_read_whole_and_lies_where_its_postcodes_do(tmp_path):
    told("import_postcodes", write_code_point(tmp_path / "codepo_gb.zip", areas=1))
    answer = told("import_schools", write_gias(tmp_path / "schools.csv", SCHOOLS), "--register", "gias")

    counts = {"read": SCHOOLS, "created": SCHOOLS, "updated": 0, "unchanged": 0, "closed": 0, "rejected": []}
    assert answer == counts
    assert set(School.objects.values_list("status", flat=True)) == {SchoolStatus.OPEN, SchoolStatus.CLOSED}
    # In the one area that the directory has, register and postcode agree; elsewhere nothing gainsays the register.
    assert set(School.objects.values_list("place_note", flat=True)) <= {"", PlaceNote.UNCHECKED}
    assert not School.objects.filter(lat=None).exists()


def test_the_same_seed_makes_the_same_register_and_another_seed_another(tmp_path):
    first, again, other = (
        write_gias(tmp_path / f"{name}.csv", SCHOOLS, seed).read_bytes()
        for name, seed in (("first", 1), ("again", 1), ("other", 2))
    )
    assert first == again != other


def test_a_made_directory_is_the_same_whenever_it_is_made(tmp_path):
    first, again = (write_code_point(tmp_path / f"{name}.zip", areas=1) for name in ("first", "again"))
    assert members_of(first) == members_of(again)
    assert sorted(members_of(first)) == ["Data/CSV/ab.csv", "Doc/Code-Point_Open_Column_Headers.csv"]
