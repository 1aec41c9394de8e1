"""Who is one person, and who only looks alike."""

from dataclasses import replace

import pytest

from ambassadors.linkage.finding import PROPOSE, Band, band_of
from tests.ambassadors.linkage.people import ADA, elsewhere, likely

OTHER = {"email": "o.other33@inbox.example", "phone": "07015 765432", "orcid": ""}
AWAY = {"postcode": "EX1 1AB", "lat": 50.7, "lon": -3.5}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"full_name": "Okonkwo Adaeze"},
        {"full_name": "A. Okonkwo"},
        {"full_name": "Adaeze Thornbury", "employer": ""},
        {"full_name": "Adaze Okonkow", "email": ""},
        {"email": "a.okonkwo@calder.example", "phone": "", "orcid": ""},
        {"phone": "7.01E+09", "orcid": "", "employer": "Tees Optics"},
        {**AWAY, "employer": "Tees Optics"},
        {"email": "", "phone": "", "employer": "", "postcode": "", "lat": None, "lon": None},
    ],
)
def test_one_person_with_slips_is_proposed(changes: dict[str, object]):
    assert likely(ADA, elsewhere(ADA, **changes)) >= PROPOSE


def test_husband_and_wife_are_not_proposed():
    assert likely(ADA, elsewhere(ADA, full_name="Emeka Okonkwo", employer="Tees Optics", **OTHER)) < PROPOSE


def test_husband_and_wife_with_one_telephone_and_one_address_are_not_proposed():
    ada = replace(ADA, email="okonkwos@post.example", orcid="")
    assert likely(ada, elsewhere(ada, full_name="Emeka Okonkwo", employer="Tees Optics")) < PROPOSE


def test_parent_and_child_of_one_name_are_not_proposed():
    assert likely(ADA, elsewhere(ADA, employer="Tees Optics", **OTHER)) < PROPOSE


def test_twins_whose_names_begin_alike_are_not_proposed():
    twin = elsewhere(ADA, full_name="Akosua Okonkwo", **{**OTHER, "phone": ADA.phone})
    assert likely(ADA, twin) < PROPOSE


def test_colleagues_on_one_switchboard_with_one_office_address_are_not_proposed():
    ada = replace(ADA, email="office@calder.example", phone="01632 500500", orcid="")
    assert likely(ada, elsewhere(ada, full_name="Hamish Reid", **AWAY)) < PROPOSE


def test_two_people_of_a_very_common_name_in_one_town_are_not_proposed():
    david = replace(ADA, full_name="David Smith", email="dsmith1@post.example", orcid="")
    assert likely(david, elsewhere(david, postcode="LS6 3AB", employer="Tees Optics", **OTHER)) < PROPOSE


def test_who_is_not_proposed_may_be_for_somebody_to_look_at():
    assert [band_of(each) for each in (0.99, 0.6, 0.3, 0.05)] == [Band.PROPOSE, Band.PROPOSE, Band.REVIEW, Band.BELOW]
    assert band_of(0.7, propose=0.8) == Band.REVIEW
