"""What rested on an approximate place is placed again once more is known."""

import pytest

from ambassadors.models import Ambassador
from schools.enums import PlaceNote
from schools.models import School
from stem.geography import replacing
from stem.geography.points import Point
from stem.geography.replacing import ask_about, place_again
from tests import make
from tests.commanding import told
from tests.make.postcodes import onspd, onspd_row

pytestmark = pytest.mark.django_db

HERE = Point(53.8, -1.5)
MIDDLE = Point(53.801, -1.502)
AREA = Point(53.822, -1.552)


@pytest.fixture
def directory(tmp_path):
    """Loads a directory in which LS2 9JT is here, as a command does; nothing follows until a test asks."""

    def load(*rows):
        rows = rows or (onspd_row("LS2 9JT", "53.800000", "-1.500000"), onspd_row("LS2 9AA", "53.802000", "-1.504000"))
        told("import_postcodes", onspd(tmp_path / "ONSPD.csv", rows))

    return load


def again(row):
    row.refresh_from_db()
    return row.point, row.approximate


def school(**columns):
    """A school whose register said where it is, and that was placed when no directory was loaded."""
    made = make.school()
    School.objects.filter(pk=made.pk).update(**columns)
    made.refresh_from_db()
    return made


class TestSchools:
    def test_one_that_lay_in_the_middle_of_its_area_lies_at_its_postcode(self, directory):
        made = school()
        directory()
        assert again(made) == (AREA, True)
        place_again()
        assert again(made) == (HERE, False)

    def test_everything_is_placed_again_after_a_load(self, directory, django_capture_on_commit_callbacks):
        made = school()
        with django_capture_on_commit_callbacks(execute=True):
            directory()
        assert again(made) == (HERE, False)

    def test_it_may_be_placed_better_and_still_not_well(self, directory):
        made = school(postcode="LS2 9ZZ")
        directory()
        place_again()
        assert again(made) == (MIDDLE, True)

    @pytest.mark.parametrize(
        ("grid", "point", "note"),
        [
            (Point(53.8089, -1.5), Point(53.8089, -1.5), ""),  # 990 m
            (Point(53.8091, -1.5), HERE, PlaceNote.GRID_FAR),  # 1,012 m
        ],
    )
    def test_the_register_s_point_is_checked_once_the_postcode_is_known(self, directory, grid, point, note):
        place = {"lat": grid.lat, "lon": grid.lon, "grid_lat": grid.lat, "grid_lon": grid.lon, "approximate": False}
        made = school(**place, place_note=PlaceNote.UNCHECKED)
        place_again()
        assert (again(made), made.place_note) == ((grid, False), PlaceNote.UNCHECKED)
        directory()
        place_again()
        assert (again(made), made.place_note) == ((point, False), note)

    def test_its_nation_is_that_of_its_postcode(self, directory):
        made = make.school(postcode="CH7 1AA")
        assert made.nation == "england"
        directory(onspd_row("CH7 1AA", "53.167000", "-3.142000", district="W06000005", nation="W92000004"))
        place_again()
        made.refresh_from_db()
        assert made.nation == "wales"

    @pytest.mark.parametrize("postcode", ["", "nowhere", "JE2 3AB"])
    def test_what_has_no_postcode_of_ours_stays_where_it_is(self, directory, postcode):
        made = school(postcode=postcode)
        directory()
        place_again()
        assert again(made) == (AREA, True)

    def test_a_settled_place_is_not_looked_at(self, directory):
        school(approximate=False)
        directory()
        assert place_again() == 0


class TestHomes:
    def test_a_home_lies_in_the_middle_of_its_sector_and_not_at_its_postcode(self, directory):
        made = make.ambassador(postcode="LS2 9JT")
        directory()
        place_again()
        assert again(made) == (MIDDLE, False)
        assert again(make.ambassador(postcode="LS2 9AA")) == (MIDDLE, False)
        assert again(make.ambassador(postcode="LS2 9ZZ")) == (MIDDLE, False)

    def test_without_a_sector_it_lies_in_the_middle_of_its_area(self, directory):
        directory()
        assert again(make.ambassador(postcode="LS1 4AP")) == (AREA, True)


def test_the_sweep_goes_on_batch_by_batch_and_may_run_twice(directory, monkeypatch):
    monkeypatch.setattr(replacing, "BATCH", 2)
    made = [school() for _ in range(5)]
    directory()
    assert (place_again(), place_again()) == (5, 0)
    assert [again(each) for each in made] == [(HERE, False)] * 5


class TestGeocoder:
    @pytest.fixture
    def asked(self, settings, monkeypatch):
        """A service that knows LS2 9JT and nothing else, and what it was asked."""
        questions = []

        def geocode(postcode):
            questions.append(postcode)
            return HERE if postcode == "LS2 9JT" else None

        settings.GEOCODER = "nominatim"
        monkeypatch.setattr(replacing, "geocode", geocode)
        monkeypatch.setattr(replacing, "has_answer", lambda postcode: postcode in questions)
        return questions

    def test_it_is_off_unless_the_scheme_allows_one(self, settings, asked):
        settings.GEOCODER = ""
        made = school()
        assert (ask_about(School), asked, again(made)) == (0, [], (AREA, True))

    def test_it_is_asked_about_what_the_directory_does_not_know(self, directory, asked):
        made, other = school(), school(postcode="LS1 1AA")
        directory(onspd_row("LS1 1AA", "53.800000", "-1.500000"))
        place_again()
        assert (asked, again(made), again(other)) == (["LS2 9JT"], (HERE, False), (HERE, False))

    def test_it_is_never_told_where_anyone_lives(self, asked):
        made = make.ambassador(postcode="LS2 9JT")
        place_again()
        assert (ask_about(Ambassador), asked, again(made)) == (0, [], (AREA, True))

    def test_what_it_does_not_know_does_not_keep_it_from_the_rest(self, asked, monkeypatch):
        monkeypatch.setattr(replacing, "MOST_ASKED_ABOUT", 2)
        unknown = [school(postcode=f"LS1 1A{letter}") for letter in "ABD"]
        known = school()
        assert ask_about(School) == 0
        assert asked == ["LS1 1AA", "LS1 1AB"], "no more in one night"
        assert ask_about(School) == 1
        assert (again(known), {again(each)[1] for each in unknown}) == ((HERE, False), {True})

    def test_a_place_that_was_found_meanwhile_is_left(self, asked, monkeypatch):
        made = school()

        def meanwhile(_postcode):
            School.objects.update(lat=1, lon=2, approximate=False)
            return HERE

        monkeypatch.setattr(replacing, "geocode", meanwhile)
        assert (ask_about(School), again(made)) == (0, (Point(1, 2), False))
