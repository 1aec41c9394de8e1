"""What the register says against what we keep, and what each load brought."""

from datetime import UTC, date, datetime

import pytest

from schools.enums import PlaceNote, SchoolStatus
from schools.queries.records import brought_by_loads, compare
from stem.loads.enums import LoadStatus
from tests import make

pytestmark = pytest.mark.django_db


def told(school):
    return {str(each.label): (each.said, each.kept, str(each.note)) for each in compare(school)}


def test_a_phase_that_was_read_from_the_ages_says_so():
    school = make.school(phase_said="Not applicable", low_age=11, high_age=18)
    assert told(school)["Phase"] == (
        "Not applicable",
        "Secondary",
        "Read from the type of school and the ages it takes.",
    )
    assert told(school)["Ages"] == ("11 to 18", "", "")
    assert told(make.school(phase_said="Secondary"))["Phase"] == ("Secondary", "Secondary", "")


def test_a_place_that_is_not_the_register_s_says_why():
    school = make.school(grid_lat=53.9590, grid_lon=-1.0815, place_note=PlaceNote.GRID_FAR)
    school.lat, school.lon, school.approximate = 53.7997, -1.5492, False
    said, kept, note = told(school)["Place"]
    assert (said, kept) == ("53.9590, -1.0815", "Where its postcode is")
    assert note == "The register’s grid reference is 35 km from the postcode, so the postcode counts."


def test_numbers_come_with_their_year_and_nothing_is_made_of_nothing():
    school = make.school(fsm_percent=18.1, fsm_year=2026, roll=None, rural=False, opened_on=date(2019, 9, 1))
    assert told(school)["Free school meals"][0] == "18.1 % in the census of January 2026"
    assert told(school)["Rural"][0] == "No"
    assert "Pupils on roll" not in told(school)
    assert told(school)["Opened"][0] == "1 September 2019"


def test_each_load_tells_what_it_changed_the_latest_first():
    school = make.school(name="Beckside Academy", roll=280)
    days = [datetime(2027, month, 2, 9, 0, tzinfo=UTC) for month in (1, 2, 3)]
    first, second, undone = (
        make.load(status=status, file_name=name, finished_at=day)
        for status, name, day in zip(
            (LoadStatus.REPLACED, LoadStatus.LOADED, LoadStatus.UNDONE),
            ("jan.csv", "feb.csv", "mar.csv"),
            days,
            strict=True,
        )
    )
    make.version(school, load=first, is_new=True, name="Beckside School", roll=270)
    make.version(school, load=second)
    make.version(school, load=undone, status=SchoolStatus.CLOSED)
    latest, new = brought_by_loads(school)
    assert (latest.file_name, latest.changes) == (
        "feb.csv",
        ("Name: Beckside School → Beckside Academy", "Pupils on roll: 270 → 280"),
    )
    assert (new.file_name, new.is_new, new.changes) == ("jan.csv", True, ())


@pytest.mark.parametrize("rows", [1, 3])
def test_the_history_is_one_query(rows, django_assert_num_queries):
    school = make.school()
    for _ in range(rows):
        make.version(school, load=make.load(status=LoadStatus.REPLACED))
    with django_assert_num_queries(1):
        brought_by_loads(school)
