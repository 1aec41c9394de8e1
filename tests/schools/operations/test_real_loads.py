"""The registers as really published go in whole, where the environment variable REAL_REGISTERS names their folder."""

import os
from collections import Counter
from pathlib import Path

import pytest

from schools.models import School
from stem.geography.points import km_between
from tests.commanding import told
from tests.schools.operations.importing import counts, rows

FOLDER = Path(os.environ.get("REAL_REGISTERS", ""))

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_great_britain_goes_in_and_loading_it_again_changes_nothing():
    answer = told("import_postcodes", FOLDER / "codepo_gb.zip")
    assert answer == {"read": 1_745_849, "stored": 1_745_849, "without_place": 836, "rejected": []}
    england = ("import_schools", FOLDER / "gias_register_2023-11-16_cp1252.csv.gz", "--register", "gias")
    scotland = ("import_schools", FOLDER / "scotland_schools_2022.csv.gz", "--register", "scotland")
    assert counts(told(*england)) == (50_515, 50_515, 0, 0, 0, 0)
    assert counts(told(*scotland)) == (2_495, 2_495, 0, 0, 0, 0)
    assert Counter(School.objects.values_list("nation", flat=True)) == {
        "england": 47_577,
        "scotland": 2_495,
        "wales": 2_458,
        "": 480,
    }
    assert School.objects.filter(place_note="grid_far").count() == 352
    far = School.objects.exclude(grid_lat=None).exclude(place_note__in=["grid_far"]).exclude(lat=None)
    assert all(km_between(school.point, school.grid_point) == 0 for school in far.iterator())
    before = rows()
    assert counts(told(*england)) == (50_515, 0, 0, 50_515, 0, 0)
    assert counts(told(*scotland)) == (2_495, 0, 0, 2_495, 0, 0)
    assert rows() == before
