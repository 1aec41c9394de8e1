"""Who said what of a person, and whose word counts."""

import pytest
from django.urls import reverse

from ambassadors.models import Ambassador, Pin
from ambassadors.operations.merging import merge_people
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER)


@pytest.fixture
def person(officer, now) -> Ambassador:
    """Somebody who registered here, and whom another scheme knows under another number."""
    own = make.ambassador(phone="01632 960001")
    merge_people(one=own, other=make.imported(), choices={}, by=officer, at=now)
    return own


def choose(client, person: Ambassador, whose: object):
    return client.post(reverse("choose_word", args=[person.pk, "phone"]), {"whose": whose})


def test_each_word_stands_with_whose_it_is_and_one_of_them_counts(officer, person):
    page = client_of(officer, second_factor=True).get(reverse("who_said_what", args=[person.pk])).content.decode()
    for words in ("01632 960001", "01632 960777", "Engineers for Schools", "1 Mar 2026", "Counts", "Let this count"):
        assert words in page


def test_an_officer_lets_another_word_count_and_leaves_it_to_the_rule_again(officer, person):
    client = client_of(officer, second_factor=True)
    choose(client, person, person.memberships.get().pk)
    person.refresh_from_db()
    assert (person.phone, Pin.objects.get().set_by) == ("01632 960777", officer)
    choose(client, person, "rule")
    person.refresh_from_db()
    assert (person.phone, Pin.objects.count()) == ("01632 960001", 0)


@pytest.mark.parametrize("whose", ["", "nobody", "-1", "999999", "1e3", "9" * 40])
def test_a_word_of_nobody_changes_nothing(officer, person, whose):
    answer = choose(client_of(officer, second_factor=True), person, whose)
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.phone == "01632 960001"


def test_what_nobody_speaks_of_is_refused(officer, person):
    client = client_of(officer, second_factor=True)
    answer = client.post(reverse("choose_word", args=[person.pk, "status"]), {"whose": "0"}, follow=True)
    assert "Nothing is on record" in answer.content.decode()
