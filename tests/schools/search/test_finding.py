"""Schools are found by their names as people misspell them, and by towns, postcodes and numbers."""

import pytest

from schools.enums import SchoolStatus
from schools.models import School
from schools.search import SchoolsFound, find_schools
from schools.search.index import write_words
from stem.nations import Nation
from tests import make

pytestmark = pytest.mark.django_db

FIRST = (
    "Alder",
    "Birch",
    "Cedar",
    "Damson",
    "Elder",
    "Fir",
    "Gorse",
    "Hazel",
    "Larch",
    "Maple",
    "Oak",
    "Poplar",
    "Rowan",
)
SECOND = (
    "Bank",
    "Bridge",
    "Brook",
    "Common",
    "Dale",
    "Field",
    "Green",
    "Heath",
    "Hill",
    "Lane",
    "Mead",
    "Park",
    "Wood",
)
TOWNS = ("Leeds", "Wakefield", "Huddersfield", "Bradford", "Halifax")


def named(*names: str, town: str = "Leeds", **columns) -> list[School]:
    """Schools of these names, none of them anything to do with a register."""
    start = School.objects.count()
    made = School.objects.bulk_create(
        School(
            register="gias",
            register_number=str(200_000 + start + number),
            name=name,
            town=town,
            phase="primary",
            nation=Nation.ENG,
            **columns,
        )
        for number, name in enumerate(names)
    )
    write_words(made)
    return made


@pytest.fixture
def register():
    """Some two hundred schools of made names, and those that the tests look for."""
    for number, one in enumerate(FIRST):
        named(*(f"{one} {other} Primary School" for other in SECOND), town=TOWNS[number % len(TOWNS)])
    named(
        "St Christopher's Church of England Primary School",
        "St Wilfrid's Roman Catholic High School",
        "Wytherington Community Junior School",
        "Hilltop Academy",
        "Mill Top Infant School",
        "The Grammar School",
        "Saint Oswin and Saint Hild Academy",
        "Ysgol Gwernfedw",
    )


def first(text: str) -> str:
    found = find_schools(text, School.objects.open())
    return found[0].name if found else ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("wytherinton community", "Wytherington Community Junior School", id="a letter left out"),
        pytest.param("wyttherington", "Wytherington Community Junior School", id="a letter doubled"),
        pytest.param("wyhterington", "Wytherington Community Junior School", id="letters swapped"),
        pytest.param("wytheringtom", "Wytherington Community Junior School", id="the key beside"),
        pytest.param("ytherington junior", "Wytherington Community Junior School", id="the first letter lost"),
        pytest.param("witherinton", "Wytherington Community Junior School", id="two slips"),
        pytest.param("wyther", "Wytherington Community Junior School", id="still typing"),
        pytest.param("wythrein", "Wytherington Community Junior School", id="still typing, with a slip"),
        pytest.param("kristofers", "St Christopher's Church of England Primary School", id="by ear"),
        pytest.param("saint christophers cofe", "St Christopher's Church of England Primary School", id="CofE"),
        pytest.param("st christopher c of e prim", "St Christopher's Church of England Primary School", id="C of E"),
        pytest.param("st wilfreds rc", "St Wilfrid's Roman Catholic High School", id="RC"),
        pytest.param("stwilfrids catholic high", "St Wilfrid's Roman Catholic High School", id="no space"),
        pytest.param("hill top academy", "Hilltop Academy", id="one word as two"),
        pytest.param("milltop infants", "Mill Top Infant School", id="two words as one"),
        pytest.param("cedarhill", "Cedar Hill Primary School", id="two common words as one"),
        pytest.param("hazle wood primary", "Hazel Wood Primary School", id="a slip among many of its like"),
        pytest.param("primary cedar hill", "Cedar Hill Primary School", id="another order"),
        pytest.param("cedar hill", "Cedar Hill Primary School", id="a word missing"),
        pytest.param("oswin & hild", "Saint Oswin and Saint Hild Academy", id="and"),
        pytest.param("grammar school", "The Grammar School", id="nothing but what it is"),
        pytest.param("gwernfedŵ", "Ysgol Gwernfedw", id="an accent"),
        pytest.param("\u200fwytherington\u200e", "Wytherington Community Junior School", id="marks nobody sees"),
        pytest.param("wytherington\x00", "Wytherington Community Junior School", id="a NUL"),
    ],
)
def test_a_misspelt_name_finds_its_school(typed, meant, register):
    assert first(typed) == meant


@pytest.mark.parametrize("text", ["", " ", "?!", "\x00", "xqzzvj", "xqzzvj wkwkwk", "%_%", "' OR 1=1 --"])
def test_what_is_no_school_finds_none(text, register):
    assert find_schools(text, School.objects.all()) == []


@pytest.mark.parametrize("text", ["a" * 100_000, "school " * 20_000, " ".join(FIRST + SECOND + TOWNS), "ש" * 300])
def test_any_length_is_answered(text, register):
    assert len(find_schools(text, School.objects.all())) <= 20


def test_what_every_school_is_finds_some_of_them(register):
    assert len(find_schools("primary school", School.objects.all())) == 20


def test_the_town_tells_schools_of_one_name_apart():
    here, there = named("St Bega's School", town="Leeds"), named("St Bega's School", town="Halifax")
    assert find_schools("st begas halifax", School.objects.all())[0] == there[0]
    assert find_schools("st begas leds", School.objects.all())[0] == here[0]


def test_a_town_alone_lists_its_schools(register):
    assert {school.town for school in find_schools("huddersfeild", School.objects.all())} == {"Huddersfield"}


def test_the_likeliest_is_not_followed_by_all_that_share_its_town():
    make.school()
    make.school(name="Harbour School", town="Leeds")
    assert [school.name for school in find_schools("beckside leeds", School.objects.all())] == ["Beckside Academy"]


@pytest.mark.parametrize("text", ["LS2 9JT", "ls29jt", "LS2 9", "ls2", "beckside ls2 9jt", "urn 654321", "654321"])
def test_a_postcode_or_a_number_finds_the_school(text):
    school = make.school(register_number="654321")
    make.school(name="Beckside School", postcode="BS1 4DJ", town="Bristol")
    assert find_schools(text, School.objects.all())[0] == school


def test_a_postcode_without_a_school_finds_those_nearby():
    school = make.school(postcode="LS2 9JT")
    assert find_schools("LS2 9AA", School.objects.all()) == [school]
    assert find_schools("LS2 8AA", School.objects.all()) == [school]
    assert find_schools("LS3 1AA", School.objects.all()) == []


def test_a_district_that_is_cut_into_letters_is_found_by_its_number():
    school = make.school(postcode="SW1A 2AA")
    make.school(postcode="SW10 0AA")
    assert find_schools("SW1", School.objects.all()) == [school]


def test_open_schools_come_before_closed_ones():
    closed, is_open = named("Tarn School", status=SchoolStatus.CLOSED), named("Tarn School")
    assert find_schools("tarn", School.objects.all()) == [*is_open, *closed]
    assert find_schools("tarn", School.objects.open()) == is_open


def test_nothing_outside_the_scope_is_found():
    theirs = make.school(postcode="BS1 4DJ")
    ours = make.school()
    for text in ("beckside", "bs1 4dj beckside", theirs.register_number, ours.register_number):
        assert theirs not in find_schools(text, School.objects.filter(area="LS"))
    assert find_schools("beckside", School.objects.filter(area="LS")) == [ours]


def test_a_page_of_what_is_found_fetches_that_page_alone(register, django_assert_num_queries):
    found = SchoolsFound("cedar", School.objects.all())
    assert len(found) == len(SECOND)
    with django_assert_num_queries(1):
        assert [school.name.split()[0] for school in found[10:20]] == ["Cedar"] * 3
    assert found[0] == found[:1][0]


@pytest.mark.parametrize("text", ["wytherinton", "hill top academy leeds", "st mary primary school"])
def test_a_search_asks_five_questions_at_most(text, register, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        find_schools(text, School.objects.open())
