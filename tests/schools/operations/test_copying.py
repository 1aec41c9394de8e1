"""A load of schools is taken back: every column is again what it was."""

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from schools.models import School, SchoolVersion
from stem.accounts.roles import Role
from stem.geography.replacing import place_again
from stem.loads.models import Load
from stem.loads.operations import undo_load
from stem.loads.tasks import follow_up_all
from tests import make
from tests.commanding import few_examples, told, undone_afterwards
from tests.make.postcodes import onspd, onspd_row
from tests.schools.operations.importing import ANY, by_number, counts, import_gias, readable, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make.staff(Role.ADMINISTRATOR)


def undo(by):
    undo_load(load=Load.objects.get(status="loaded", kind="gias"), by=by, at=timezone.now())


def reloaded(folder, *schools):
    return counts(import_gias(folder, *schools, words=ANY))


@few_examples
@given(readable, readable)
def test_a_load_undone_leaves_every_column_as_the_load_before_left_it(folder, before, after):
    with undone_afterwards():
        by = make.staff(Role.ADMINISTRATOR)
        reloaded(folder, *before)
        as_it_was = rows()
        reloaded(folder, *after)
        if rows() == as_it_was:
            return  # nothing new: there is nothing to undo
        after_it = rows()
        undo(by)
        assert rows() == as_it_was
        reloaded(folder, *after)
        assert rows() == after_it, "and it can be loaded again"


@few_examples
@given(st.lists(readable, min_size=2, max_size=4))
def test_several_loads_undone_one_after_another_go_back_step_by_step(folder, registers):
    with undone_afterwards():
        by = make.staff(Role.ADMINISTRATOR)
        states = [rows()]
        for register in registers:
            reloaded(folder, *register)
            states += [rows()] if rows() != states[-1] else []
        for state in reversed(states[:-1]):
            undo(by)
            assert rows() == state


def test_the_first_load_undone_leaves_no_school_but_its_history(folder, administrator):
    reloaded(folder, {}, {})
    undo(administrator)
    assert not School.objects.exists()
    assert list(SchoolVersion.objects.values_list("school", "is_new")) == [(None, True)] * 2


def test_a_school_that_somebody_acts_for_is_kept(folder, administrator):
    reloaded(folder, {})
    make.contact(school=by_number())
    before = rows()
    reloaded(folder, {}, {}, {})
    make.contact(school=by_number("900003"))
    undo(administrator)
    assert rows() == [*before, rows()[-1]]
    assert sorted(School.objects.values_list("register_number", flat=True)) == ["900001", "900003"]
    assert reloaded(folder, {}, {}, {}) == (3, 1, 0, 2, 0, 0)


def test_schools_of_other_registers_and_by_hand_are_left_alone(folder, administrator):
    other = make.school(register="scotland")
    by_hand = make.school(register="hand", register_number="900001")
    reloaded(folder, {"name": "The register's"})
    undo(administrator)
    assert set(School.objects.all()) == {other, by_hand}


def test_what_an_undo_brought_back_is_placed_by_the_directory_in_force(folder, administrator, tmp_path):
    nowhere = {"easting": "", "northing": ""}
    reloaded(folder, nowhere)
    reloaded(folder, {**nowhere, "name": "Renamed"})
    told("import_postcodes", onspd(tmp_path / "ONSPD.csv", [onspd_row("LS2 9JT", "53.800000", "-1.500000")]))
    place_again()
    undo(administrator)
    assert (by_number().name, by_number().approximate) == ("Beckside Academy", True)
    follow_up_all()
    assert (by_number().point.lat, by_number().approximate) == (53.8, False)


def test_a_place_that_was_found_some_other_way_is_not_lost_by_the_next_load(folder):
    nowhere = {"easting": "", "northing": ""}
    reloaded(folder, nowhere)
    School.objects.update(lat=53.8, lon=-1.5, approximate=False)
    assert reloaded(folder, nowhere) == (1, 0, 0, 1, 0, 0)
    assert reloaded(folder, {**nowhere, "postcode": "LS2 9AA"}) == (1, 0, 1, 0, 0, 0)
    assert by_number().approximate


def test_history_says_what_each_load_brought(folder):
    reloaded(folder, {"name": "Old name"}, {})
    reloaded(folder, {"name": "New name"}, {})
    versions = by_number().versions.order_by("pk")
    assert [(each.name, each.is_new, each.line) for each in versions] == [
        ("Old name", True, 2),
        ("New name", False, 2),
    ]
    assert by_number("900002").versions.count() == 1
