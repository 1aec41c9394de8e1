"""Which schools someone can reach, and what is said where that cannot be shown."""

import pytest

from bookings.queries.reach import reach_from, reach_of
from schools.enums import Phase, Register, SchoolStatus
from stem.geography.points import Point
from stem.nations import Nation
from tests import make
from tests.places import LEEDS

pytestmark = pytest.mark.django_db


def home(point: Point | None = LEEDS, **columns):
    person = make.ambassador(**columns)
    person.point, person.approximate = point, False
    return person


def school_at(point: Point, **columns):
    school = make.school(**columns)
    school.point = point
    school.save()
    return school


def test_open_schools_within_the_minutes_are_counted_by_what_they_teach():
    near = Point(LEEDS.lat + 0.05, LEEDS.lon)
    for phase in (Phase.PRIMARY, Phase.NURSERY, Phase.SECONDARY, Phase.ALL_THROUGH, Phase.SIXTEEN_PLUS, Phase.SPECIAL):
        school_at(near, phase=phase)
    school_at(near, status=SchoolStatus.CLOSED)
    school_at(Point(LEEDS.lat + 0.5, LEEDS.lon))

    reach = reach_of(home(), 30)

    assert [(str(title), count) for title, count in reach.by_phase] == [
        ("Primary", 2),
        ("Secondary", 2),
        ("Colleges and sixth forms", 1),
        ("Special", 1),
    ]
    assert (reach.total, reach.title, reach.note) == (6, "6 schools within 30 minutes", "")
    assert reach.about == "About 16 miles by road, by the same rule that we match by."


def test_one_school_is_one_school():
    school_at(LEEDS)
    assert reach_of(home(), 30).title == "1 school within 30 minutes"


def test_a_place_that_is_known_roughly_is_drawn_and_said_to_be_rough():
    school_at(LEEDS)
    person = home()
    person.approximate = True

    reach = reach_of(person, 30)

    assert reach.total == 1
    assert reach.note == "We know only roughly where this postcode is, so take the circle as a rough one."


@pytest.mark.parametrize(
    ("person", "register", "words"),
    [
        (
            {"point": None},
            None,
            "We do not know where this postcode is, so we cannot draw it. It is saved all the same.",
        ),
        ({}, None, "We can show schools here once the scheme has its register."),
        ({}, Register.HAND, "We can show schools here once the scheme has its register."),
        ({}, Register.GIAS, "No school of ours is so near. Give more minutes, or meet classes online."),
        (
            {"nation": Nation.NIR},
            Register.GIAS,
            "We have no register of Northern Ireland’s schools yet, so no map. They can ask for you all the same.",
        ),
    ],
    ids=["no place", "no register", "a register by hand", "far from all", "Northern Ireland"],
)
def test_where_there_is_nothing_to_draw_one_sentence_says_why(person, register, words):
    if register:
        school_at(Point(50.2632, -5.0510), register=register)
    nation = person.pop("nation", None)
    someone = home(**person)
    someone.nation = nation or someone.nation

    reach = reach_of(someone, 30)

    assert (reach.drawing, reach.total, reach.note) == (None, 0, words)


def test_a_postcode_that_is_none_is_told_in_its_sentence():
    reach = reach_from("LS99", 30)
    assert (reach.drawing, reach.note) == (None, "Enter a full UK postcode, like LS2 9JT.")


def test_a_map_of_three_schools_or_thirty_takes_one_query(django_assert_num_queries):
    person = home()
    for _ in range(2):
        for _ in range(3):
            school_at(LEEDS)
        with django_assert_num_queries(1):
            assert reach_of(person, 30).drawing
