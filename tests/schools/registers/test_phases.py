"""Which ages a school teaches, where the register does not say."""

import pytest

from schools.enums import Phase
from schools.registers.phases import NAMED, phase_of_ages, read_phase


def phase(type_said, *, name="Hill School", ages=(None, None), number="", phase_said="Not applicable"):
    return read_phase(phase_said=phase_said, type_said=type_said, ages=ages, name=name, number=number)


@pytest.mark.parametrize(
    ("said", "ours"),
    [
        ("Nursery", Phase.NURSERY),
        ("Primary", Phase.PRIMARY),
        ("Middle deemed primary", Phase.MIDDLE),
        ("Middle deemed secondary", Phase.MIDDLE),
        ("Secondary", Phase.SECONDARY),
        ("All-through", Phase.ALL_THROUGH),
        ("16 plus", Phase.SIXTEEN_PLUS),
    ],
)
def test_the_register_s_own_word_decides(said, ours):
    assert phase("Community school", phase_said=said, ages=(3, 19)) == ours


def test_every_word_of_the_register_is_known():
    assert set(NAMED.values()) == set(Phase) - {Phase.SPECIAL}


@pytest.mark.parametrize(
    ("kind", "ours"),
    [
        ("Community special school", Phase.SPECIAL),
        ("Academy special converter", Phase.SPECIAL),
        ("Other independent special school", Phase.SPECIAL),
        ("Free schools special", Phase.SPECIAL),
        ("Special post 16 institution", Phase.SIXTEEN_PLUS),
        ("Further education", Phase.SIXTEEN_PLUS),
        ("Sixth form centres", Phase.SIXTEEN_PLUS),
        ("Academy 16-19 converter", Phase.SIXTEEN_PLUS),
        ("Free schools 16 to 19", Phase.SIXTEEN_PLUS),
        ("Higher education institutions", Phase.SIXTEEN_PLUS),
        ("Secure units", Phase.SECONDARY),
        ("Pupil referral unit", Phase.SECONDARY),
        ("Academy alternative provision converter", Phase.SECONDARY),
        ("City technology college", Phase.SECONDARY),
        ("Miscellaneous", Phase.SIXTEEN_PLUS),
        ("Other independent school", Phase.ALL_THROUGH),
        ("British schools overseas", Phase.ALL_THROUGH),
        ("A type that is new", Phase.ALL_THROUGH),
        ("", Phase.ALL_THROUGH),
    ],
)
def test_a_type_tells_or_leaves_a_clear_default(kind, ours):
    assert phase(kind) == ours


@pytest.mark.parametrize(
    ("low", "high", "ours"),
    [
        (2, 5, Phase.NURSERY),
        (3, 11, Phase.PRIMARY),
        (7, 11, Phase.PRIMARY),
        (4, 13, Phase.PRIMARY),
        (7, 13, Phase.MIDDLE),
        (8, 12, Phase.MIDDLE),
        (11, 14, Phase.SECONDARY),
        (9, 16, Phase.SECONDARY),
        (11, 18, Phase.SECONDARY),
        (14, 19, Phase.SECONDARY),
        (3, 19, Phase.ALL_THROUGH),
        (7, 18, Phase.ALL_THROUGH),
        (15, 19, Phase.SIXTEEN_PLUS),
        (16, 25, Phase.SIXTEEN_PLUS),
        (None, 18, None),
        (11, None, None),
    ],
)
def test_ages_tell(low, high, ours):
    assert phase_of_ages(low, high) == ours


def test_ages_come_before_the_name_and_the_type_s_default():
    assert phase("Pupil referral unit", ages=(5, 11)) == Phase.PRIMARY
    assert phase("Other independent school", ages=(11, 18), name="Hill Preparatory School") == Phase.SECONDARY


@pytest.mark.parametrize(
    ("name", "number", "ours"),
    [
        ("Ysgol Gynradd y Bryn", "", Phase.PRIMARY),
        ("Hill C.P. School", "", Phase.PRIMARY),
        ("Y.G.G. Bryn", "", Phase.PRIMARY),
        ("YGGD Bryn", "", Phase.PRIMARY),
        ("Hill Nursery and Infants School", "", Phase.PRIMARY),
        ("Ysgol Babanod y Bryn", "", Phase.PRIMARY),
        ("Hill Comprehensive School", "5501", Phase.SECONDARY),
        ("Ysgol Gyfun y Bryn", "", Phase.SECONDARY),
        ("Ysgol Uwchradd y Bryn", "", Phase.SECONDARY),
        ("High Cross Primary School", "", Phase.PRIMARY),
        ("Hill High School", "", Phase.SECONDARY),
        ("Hill 3-19 School", "4001", Phase.ALL_THROUGH),
        ("Ysgol Feithrin y Bryn", "", Phase.NURSERY),
        ("Hill Special School", "", Phase.SPECIAL),
        ("Hill Sixth Form College", "", Phase.SIXTEEN_PLUS),
        ("Hill Pupil Referral Unit", "", Phase.SECONDARY),
        ("Hill School", "2100", Phase.PRIMARY),
        ("Hill School", "3301", Phase.PRIMARY),
        ("Hill Community School", "4060", Phase.SECONDARY),
        ("Ysgol Bro Bryn", "5500", Phase.ALL_THROUGH),
        ("Hill School", "7001", Phase.SPECIAL),
        ("Saint Mary's Catholic College", "1001", Phase.SIXTEEN_PLUS),
        ("Hill Children's Centre", "1018", Phase.NURSERY),
        ("Ysgol y Bryn", "", Phase.PRIMARY),
        ("Hill House", "6040", Phase.ALL_THROUGH),
    ],
)
def test_a_welsh_school_is_known_by_its_name_or_its_number(name, number, ours):
    assert phase("Welsh establishment", name=name, number=number) == ours


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("Hill Preparatory School", Phase.PRIMARY),
        ("Hill Pre-Prep", Phase.PRIMARY),
        ("Hill School and Nursery", Phase.PRIMARY),
        ("Hill Nursery", Phase.NURSERY),
        ("Hill Senior School", Phase.SECONDARY),
        ("Hill Junior and Senior School", Phase.ALL_THROUGH),
        # These teach from 4 to 18 more often than not.
        ("Hill High School for Girls", Phase.ALL_THROUGH),
        ("Hill Grammar School", Phase.ALL_THROUGH),
    ],
)
def test_a_school_that_charges_fees_is_known_by_its_name(name, ours):
    assert phase("Other independent school", name=name, number="4001") == ours
