"""How alike two records are in each field, in the words that people read."""

import pytest

from ambassadors.linkage.comparing import Comparer
from ambassadors.linkage.levels import LEVELS, Field, First, Surname
from ambassadors.linkage.records import Person, read_person
from tests.ambassadors.linkage.people import ADA, TOWN, elsewhere, level

NEAR = "a slip or another spelling apart"


@pytest.mark.parametrize(
    ("one", "other", "first", "surname"),
    [
        ("Susan Smith", "SMITH, Susan", "the same", "the same"),
        ("Susan Smith", "Sue Smith", "one is short for the other, or another form of it", "the same"),
        ("Susan Smith", "Susna Smiht", NEAR, NEAR),
        ("Susan Smith", "S Smith", "an initial that fits", "the same"),
        ("Susan Smith", "J Smith", "different", "the same"),
        ("Mary Susan Smith", "Susan Smith", "one is the other's second first name", "the same"),
        ("Susan Smith", "Susan Smith-Penrose", "the same", "one is a part of the other"),
        ("Susan Smith", "Smith Susan", "the same", "the same"),
        ("Chris Harrison", "Harrison Christopher", NEAR, NEAR),
        ("Emma Reynolds", "R. Emma", "an initial that fits", "the same"),
        ("Ka-Ming Zhou", "Zhou Ka-Ming", "the same", "the same"),
        ("Siân Llŷr", "Sian Llyr", "the same", "the same"),
        ("Susan Smith", "David Patel", "different", "different"),
        ("Ng", "Wei Ng", "", "the same"),
    ],
)
def test_names(one: str, other: str, first: str, surname: str):
    for a, b in ((one, other), (other, one)):
        pair = Person("N", "1", a), Person("S", "2", b)
        assert (level(Field.FIRST_NAME, *pair), level(Field.SURNAME, *pair)) == (first, surname)


def test_what_somebody_is_known_as_is_a_first_name_too():
    pair = Person("N", "1", "Chukwuemeka Obi", known_as="Charlie"), Person("S", "2", "Charles Obi")
    assert level(Field.FIRST_NAME, *pair) == "one is short for the other, or another form of it"


def test_a_former_surname_is_seen_in_the_address():
    pair = Person("N", "1", "Emma Kirkley", email="emma.winridge@a.example"), Person("S", "2", "Emma Winridge")
    assert level(Field.SURNAME, *pair) == "one is in the other's e-mail address"


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ("Adaeze.Okonkwo71@POST.example", "the same"),
        ("adaeze.okonkw71@post.example", "a slip apart"),
        ("adaeze.okonkwo71@mail.example", "the same before the @, with figures in it"),
        ("adaeze.okonkwo72@post.example", "different"),
        ("", ""),
    ],
)
def test_addresses(other: str, words: str):
    assert level(Field.EMAIL, ADA, elsewhere(ADA, email=other)) == words


def test_an_offices_address_is_nobodys_own():
    pair = [Person("N", "1", "A B", email="office@a.example"), Person("S", "2", "C D", email="office@a.example")]
    assert level(Field.EMAIL, *pair) == "the same, of an office"


@pytest.mark.parametrize(
    ("other", "words"),
    [("7010123456", "the same"), ("07010 123465", "a slip apart"), ("07010 999999", "different"), ("7.01E+09", "")],
)
def test_numbers(other: str, words: str):
    assert level(Field.PHONE, ADA, elsewhere(ADA, phone=other)) == words


@pytest.mark.parametrize(
    ("postcode", "lat", "words"),
    [
        ("LS63QT", 53.82, "the same"),
        ("LS6 3QA", 53.82, "a slip apart"),
        ("LS6 3AB", 53.82, "the same sector"),
        ("LS7 1AB", 53.84, "within 5 km"),
        ("HG1 1AB", 54.0, "within 40 km"),
        ("EX1 1AB", 50.7, "farther apart"),
        ("ZZ9 9ZZ", None, ""),
        ("", None, ""),
    ],
)
def test_homes(postcode: str, lat: float | None, words: str):
    lon = None if lat is None else -1.57
    assert level(Field.HOME, ADA, elsewhere(ADA, postcode=postcode, lat=lat, lon=lon)) == words


def test_longitude_nought_is_a_place():
    greenwich = elsewhere(ADA, postcode="SE10 9AB", lat=51.48, lon=0.0)
    assert level(Field.HOME, ADA, greenwich) == "farther apart"


@pytest.mark.parametrize(
    ("other", "words"),
    [("CALDER ROBOTICS", "the same"), ("Caldre Robotics", "nearly the same"), ("Tees Optics", "different"), ("", "")],
)
def test_employers(other: str, words: str):
    assert level(Field.EMPLOYER, ADA, elsewhere(ADA, employer=other)) == words


@pytest.mark.parametrize(
    ("other", "words"),
    [("0000000218250097", "the same"), ("0000-0002-1825-0098", "a slip apart"), ("0000-0001-5109-3700", "different")],
)
def test_orcids(other: str, words: str):
    assert level(Field.ORCID, ADA, elsewhere(ADA, orcid=other)) == words


def test_a_rare_name_says_more_than_a_common_one():
    traits = [read_person(each) for each in TOWN]
    comparer = Comparer(traits)
    smith, rare = (read_person(Person("N", "1", name)) for name in ("Susan Smith", "Susan Quartermain"))
    (_, common), (_, uncommon) = comparer.compare(smith, smith)[1], comparer.compare(rare, rare)[1]
    assert common > 5 * uncommon


def test_each_level_of_a_field_adds_up_to_everyone():
    for field, levels in LEVELS.items():
        assert sum(each.same for each in levels) == pytest.approx(1), field
    assert len(LEVELS[Field.FIRST_NAME]) == len(First) and len(LEVELS[Field.SURNAME]) == len(Surname)
