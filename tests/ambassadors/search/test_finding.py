"""People are found by what staff type: slips, nicknames, parts, addresses, numbers, employers and places."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador, Membership, Scheme
from ambassadors.search import PeopleFound, find_people
from ambassadors.search.index import index_people
from ambassadors.search.places import circle_round
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


def person(name: str, **columns) -> Ambassador:
    return make.ambassador(**{"name": name, "organisation": "", **columns})


def found(text: str, **places) -> list[str]:
    return [each.full_name for each in find_people(text, Ambassador.objects.all(), **places)[:25]]


def why(text: str) -> list[str]:
    """By what the first of them was found."""
    return [hit.found_by for hit in find_people(text, Ambassador.objects.all()).found[0].hits.values()]


# --- by name


@pytest.mark.parametrize(
    "text",
    [
        "Elizabeth O'Connor",
        "elizabeth oconnor",
        "O CONNOR elizabeth",
        "O'Connor, Elizabeth",
        "Elizabth OConnor",
        "Elisabeth OConor",
        "Liz O'Connor",
        "elizabeth oco",
        "conor",
        "elizab",
        "Ëlizabeth Ó'Connor",
    ],
)
def test_a_name_is_found_as_it_is_misspelt_shortened_swapped_or_begun(text):
    person("Elizabeth O'Connor")
    person("Zoltan Kovacs")
    assert found(text) == ["Elizabeth O'Connor"]


@pytest.mark.parametrize("text", ["van der berg", "vanderberg", "Berg", "Mary-Jane van den Berg", "mary jane"])
def test_a_name_of_several_parts_is_found_by_each_and_as_one(text):
    person("Mary-Jane van der Berg")
    assert found(text)[:1] == ["Mary-Jane van der Berg"]


def test_who_has_the_name_itself_comes_before_who_has_another_of_it():
    person("William Jones")
    person("Bill Jones")
    assert found("bill jones") == ["Bill Jones", "William Jones"]
    assert found("william jones") == ["William Jones", "Bill Jones"]


def test_whoever_has_it_as_it_was_typed_comes_before_who_has_something_like_it():
    person("Jon Smith")
    person("John Smyth")
    listed = find_people("jon smith", Ambassador.objects.all())
    assert ([each.full_name for each in listed[:2]], listed.exactly) == (["Jon Smith", "John Smyth"], 1)
    assert not listed.is_near


def test_where_only_slips_are_found_that_is_said():
    person("Katarzyna Wójcik")
    assert find_people("katarzina wojick", Ambassador.objects.all()).is_near
    assert not find_people("katarzyna wojcik", Ambassador.objects.all()).is_near


def test_all_that_was_typed_must_be_there_or_else_the_most_of_it_is_offered():
    person("Ada Lovelace", organisation="Difference Engines")
    person("Ada Byron")
    assert found("ada lovelace difference") == ["Ada Lovelace"]
    listed = find_people("ada lovelace steamworks", Ambassador.objects.all())
    assert ([each.full_name for each in listed[:5]], listed.is_near) == (["Ada Lovelace"], True)


def test_nobody_is_found_for_what_nobody_has_nor_for_nothing_like_it():
    person("Ada Lovelace")
    assert found("qqqqzzzz") == []


def test_a_former_name_leads_to_its_person():
    ada = person("Ada Lovelace", said={"full_name": ["Ada Lovelace", "2027-01-01"]})
    scheme = Scheme.objects.create(name="Alpha")
    Membership.objects.create(
        ambassador=ada, scheme=scheme, legacy_id="A-17", said={"full_name": ["Ada Byron", "2020-01-01"]}
    )
    index_people([ada.pk])
    assert (found("byron"), why("byron")) == (["Ada Lovelace"], ["fn"])
    assert (found("a-17"), set(why("a-17"))) == (["Ada Lovelace"], {"i"})
    assert why("ada lovelace") == ["n", "n"]


# --- by address and number


@pytest.mark.parametrize(
    "text", ["ada.e@work.example", "ADA.E@work.example", "ada.e@", "ada.e", "@work.example", "@work"]
)
def test_an_e_mail_address_is_found_whole_by_its_beginning_and_by_its_domain(text):
    ada = person("Ada Lovelace", user=make.user(email="ada.e@work.example", name="Ada Lovelace"))
    person("Adam Other", user=make.user(email="adam@elsewhere.example", name="Adam Other"))
    assert found(text) == [ada.full_name]


@pytest.mark.parametrize("text", ["new.one@home.example", "new.on", "@home.example", "new.one@"])
def test_an_account_s_new_address_is_found_at_once_though_nobody_told_the_register(text):
    ada = person("Ada Lovelace")
    ada.user.email = "new.one@home.example"
    ada.user.save()
    assert found(text) == ["Ada Lovelace"]


def test_for_an_address_that_nobody_has_who_is_called_so_may_be_meant():
    person("Ada Lovelace")
    listed = find_people("ada.lovelace@nowhere.example", Ambassador.objects.all())
    assert ([each.full_name for each in listed[:5]], listed.is_near) == (["Ada Lovelace"], True)


@pytest.mark.parametrize("text", ["07700 900123", "+447700900123", "900123", "0770 090 0123"])
def test_a_telephone_number_is_found_in_every_spelling_and_by_its_end(text):
    person("Ada Lovelace", phone="(07700) 900 123")
    person("Bob Other", phone="07700 900124")
    assert found(text) == ["Ada Lovelace"]


def test_a_number_of_the_scheme_is_found():
    person("Ada Lovelace", scheme_number="A000123")
    assert found("a000123") == ["Ada Lovelace"]


# --- by employer


@pytest.mark.parametrize("text", ["Northern Bridges", "northen bridges", "Bridges Ltd", "north", "lovelace northern"])
def test_an_employer_is_found_misspelt_and_without_its_form(text):
    person("Ada Lovelace", organisation="Northern Bridges Limited")
    person("Bob Other", organisation="Southern Tunnels")
    assert found(text) == ["Ada Lovelace"]


# --- by place


def test_people_of_a_postcode_are_found_or_else_those_around_it():
    person("Ada Lovelace", postcode="LS2 9JT")
    person("Bob Other", postcode="LS2 8AA")
    person("Cy Elsewhere", postcode="LS12 1AA")
    assert found("LS2 9JT") == ["Ada Lovelace"]
    assert found("LS2") == ["Ada Lovelace", "Bob Other"]
    assert find_people("LS2 7ZZ", Ambassador.objects.all()).is_near
    assert found("other ls2") == ["Bob Other"]
    assert found("elsewhere ls2") == []


def test_people_of_a_town_are_found_with_those_who_have_its_name():
    person("Ada Lovelace", postcode="LS2 9JT")
    person("Bob Leeds", postcode="BD1 1AA")
    person("Cy Other", postcode="BD1 1AA")
    assert found("leeds") == ["Bob Leeds", "Ada Lovelace"]
    assert found("lovelace leeds") == ["Ada Lovelace"]
    assert find_people("lovelace bradford", Ambassador.objects.all()).is_near


def test_within_so_many_miles_the_nearest_comes_first():
    person("Ada Lovelace", postcode="EH1 1AA")
    person("Bob Other", postcode="LS2 9JT")
    person("Cy Elsewhere", postcode="BD1 1AA")
    assert found("", circle=circle_round("LS2 9JT", 30)) == ["Bob Other", "Cy Elsewhere"]
    assert found("elsewhere", circle=circle_round("Leeds", 30)) == ["Cy Elsewhere"]
    assert found("lovelace", circle=circle_round("Leeds", 30)) == []


def test_a_place_that_is_none_is_refused():
    with pytest.raises(Refusal) as refused:
        circle_round("nowhere", 5)
    assert refused.value.codes == ["postcode"]


# --- within a scope


def test_nobody_outside_the_scope_is_found_by_anything():
    person("Ada Lovelace", postcode="LS2 9JT", phone="07700 900123", organisation="Northern Bridges")
    ours = Ambassador.objects.filter(area="EH")
    for text in ("ada lovelace", "adda lovelac", "leeds", "LS2", "07700900123", "northern", "@work.example", "ada zz"):
        assert list(find_people(text, ours)) == [], text


def test_a_misspelt_name_is_found_in_the_scope_though_others_elsewhere_are_called_so():
    for number in range(4):
        person(f"Jon Smiht {number}", postcode="EH1 1AA")
    person("Jon Smith", postcode="LS2 9JT")
    assert [each.full_name for each in find_people("jon smiht", Ambassador.objects.filter(area="LS"))] == ["Jon Smith"]


def test_who_is_suspended_is_listed_like_anybody():
    ada = person("Ada Lovelace", status=AmbassadorStatus.ACTIVE)
    before = found("lovelace")
    make.suspension(ada)
    assert found("lovelace") == before == ["Ada Lovelace"]


def test_a_page_is_fetched_when_it_is_asked_for(django_assert_max_num_queries):
    for number in range(30):
        person(f"Ada Lovelace {number}")
    with django_assert_max_num_queries(2):
        listed = find_people("ada lovelace", Ambassador.objects.all())
    assert (len(listed), isinstance(listed, PeopleFound)) == (30, True)
    with django_assert_max_num_queries(1):
        assert len(listed[20:30]) == 10


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_anything_may_be_typed(text):
    list(find_people(text, Ambassador.objects.all()))
