"""The page on which an administrator says which school follows which."""

import pytest
from django.urls import reverse

from schools.enums import SchoolStatus, SuccessionStatus
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return client_of(make.staff(Role.ADMINISTRATOR), second_factor=True)


@pytest.fixture
def pair():
    return make.succession(
        old=make.school(name="Beckside School", status=SchoolStatus.CLOSED), new=make.school(name="Beckside Academy")
    )


def test_without_any_it_says_where_they_come_from(client):
    said = client.get(reverse("successions")).text
    assert "No pairs to look at" in said and reverse("register", args=["links"]) in said


def test_a_pair_is_shown_with_what_speaks_for_it(client, pair):
    said = client.get(reverse("successions")).text
    assert "Beckside School → Beckside Academy" in said and "The postcode is the same" in said


def test_one_school_is_asked_about_first(client, pair):
    address = reverse("confirm_succession", args=[pair.pk])
    assert "Is this one school under a new number?" in client.get(address).text
    pair.refresh_from_db()
    assert pair.status == SuccessionStatus.PROPOSED
    assert "Beckside Academy follows Beckside School now." in client.post(address, follow=True).text
    pair.refresh_from_db()
    assert pair.status == SuccessionStatus.CONFIRMED


def test_two_schools_can_be_looked_at_again(client, pair):
    said = client.post(reverse("decline_succession", args=[pair.pk]), follow=True).text
    assert "stay two schools" in said and "Look again" in said
    client.post(reverse("reopen_succession", args=[pair.pk]))
    pair.refresh_from_db()
    assert pair.status == SuccessionStatus.PROPOSED


def test_a_second_press_is_told_that_it_has_changed(client, pair):
    client.post(reverse("decline_succession", args=[pair.pk]))
    said = client.post(reverse("decline_succession", args=[pair.pk]), follow=True).text
    assert "This has changed since you opened the page." in said
