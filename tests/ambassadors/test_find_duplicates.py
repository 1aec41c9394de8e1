"""The command that says who in the register may be one person."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ambassadors.models import Ambassador, Membership, Scheme
from stem.policy.operations import set_value
from tests import make
from tests.commanding import told
from tests.stem.administrators import administrator

pytestmark = pytest.mark.django_db


def member(scheme: str, legacy_id: str, **columns) -> Ambassador:
    """Somebody in the register who came from this scheme."""
    person = make.ambassador(**{"organisation": "Calder Robotics", **columns})
    into, _made = Scheme.objects.get_or_create(name=scheme)
    Membership.objects.create(ambassador=person, scheme=into, legacy_id=legacy_id)
    return person


def okonkwo(scheme: str, legacy_id: str, **columns) -> Ambassador:
    return member(
        scheme,
        legacy_id,
        **{"name": "Adaeze Okonkwo", "email": "adaeze71@post.example", "phone": "07010 123456", **columns},
    )


def pairs(*words: object) -> list[tuple[str, str]]:
    return [(each["a"], each["b"]) for each in told("find_duplicates", *words)["pairs"]]


def test_one_person_in_two_schemes_is_found_by_scheme_and_id_with_why():
    okonkwo("North", "7")
    okonkwo("South", "S-19", name="OKONKWO, Adaeze", phone="+44 7010 123456")
    member("South", "S-20", name="Hamish Reid", email="hamish@post.example", phone="07015 000001", postcode="EX1 1AA")
    [pair] = told("find_duplicates")["pairs"]
    assert (pair["a"], pair["b"]) == ("North/7", "South/S-19")
    assert pair["probability"] > 0.99
    assert {"field": "phone", "words": "the same"}.items() <= pair["because"][3].items()
    assert sum(each["weight"] for each in pair["because"]) > 6


def test_husband_and_wife_are_found_only_by_whoever_asks_for_less():
    okonkwo("North", "7")
    okonkwo("South", "8", name="Emeka Okonkwo", email="emeka@post.example")
    assert pairs() == []
    assert pairs("--above", "0.001") == [("North/7", "South/8")]


def test_the_scheme_says_from_where_on_a_pair_is_proposed():
    okonkwo("North", "7")
    okonkwo("South", "8", name="A. Okonkwo", email="", organisation="Tees Optics", postcode="EX1 1AA")
    [pair] = told("find_duplicates", "--above", "0.01")["pairs"]
    assert (pair["band"], pairs()) == ("propose", [("North/7", "South/8")])
    percent = int(pair["probability"] * 100) + 1
    set_value("duplicate_propose", percent, from_day=timezone.localdate(), by=administrator(), at=timezone.now())
    assert pairs() == []
    assert [each["band"] for each in told("find_duplicates", "--above", "0.01")["pairs"]] == ["review"]


def test_who_is_in_two_schemes_already_is_no_pair():
    person = okonkwo("North", "7")
    Membership.objects.create(ambassador=person, scheme=Scheme.objects.create(name="South"), legacy_id="8")
    assert pairs("--above", "0") == []


def test_who_joined_here_is_compared_with_who_came():
    okonkwo("North", "7")
    here = make.ambassador(
        name="Adaeze Okonkwo", email="adaeze71@post.example", phone="07010 123456", organisation="Calder Robotics"
    )
    assert pairs() == [("North/7", f"register/{here.scheme_number or here.pk}")]


def test_within_a_scheme_only_when_asked():
    okonkwo("North", "7")
    okonkwo("North", "8")
    assert pairs() == []
    assert pairs("--within") == [("North/7", "North/8")]


def test_homes_of_which_only_the_area_is_known_are_no_neighbours():
    for scheme, postcode in (("North", "LS6 3QT"), ("South", "LS17 8AB")):
        okonkwo(scheme, "7", postcode=postcode)
    Ambassador.objects.update(lat=53.8, lon=-1.5, approximate=True)
    [pair] = told("find_duplicates")["pairs"]
    assert "postcode" not in [each["field"] for each in pair["because"]]


def test_nothing_is_merged_and_three_queries_are_made():
    okonkwo("North", "7")
    okonkwo("South", "8")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        call_command("find_duplicates", stdout=StringIO())
    asked = [query["sql"] for query in queries if "ambassadors_" in query["sql"]]
    assert len(asked) == 3 and all(sql.lstrip().upper().startswith(("SELECT", "DECLARE")) for sql in asked)


def test_people_read_lines():
    okonkwo("North", "7")
    okonkwo("South", "8")
    call_command("find_duplicates", stdout=(out := StringIO()))
    lines = out.getvalue().splitlines()
    assert lines[0].startswith("North/7 and South/8: ") and "first name: the same" in lines[1]
    assert lines[-1] == "1 pairs of 1 compared"


@pytest.mark.parametrize("above", ["2", "-0.1", "often", "nan"])
def test_only_a_probability_is_one(above: str):
    with pytest.raises(CommandError, match="probability from 0 to 1"):
        call_command("find_duplicates", f"--above={above}")
