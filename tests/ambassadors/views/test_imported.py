"""Whoever another scheme brought is on the register's list and on no other, and their page opens."""

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.held import elsewhere, told_of_it
from ambassadors.models import Ambassador
from ambassadors.operations.claiming import say_no_for
from ambassadors.operations.importing import commit_import
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of
from tests.make.registers import as_csv, written

pytestmark = pytest.mark.django_db

ROWS = [["ID", "Name", "Email", "Postcode", "Status"], ["7", "Ada Smith", "ada@x.example", "LS1 4AP", "Active"]]


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def client():
    return client_of(make.staff(Role.VETTING_OFFICER), second_factor=True)


def brought(folder, *rows):
    """The last of the people in this file, now that they are in the register."""
    path = written(folder / "people.csv", as_csv([*ROWS, *rows]))
    commit_import(path=path, scheme="Alpha", columns={}, by=None, at=make.NOW, tell=lambda done, total: None)
    return Ambassador.objects.order_by("pk").last()


def page(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_they_are_on_the_list_of_everyone_and_not_among_applicants(client, tmp_path):
    person = brought(tmp_path)
    assert "Ada Smith" in page(client, "ambassadors")
    assert "Ada Smith" not in page(client, "vetting_board")
    record = page(client, "ambassador", person.pk)
    assert "Brought by another scheme" in record and "Not active: Brought by another scheme." in record


def test_whoever_is_known_by_an_address_alone_is_called_by_it(client, tmp_path):
    person = brought(tmp_path, ["8", "", "ben@x.example", "LS1 4AP", ""])
    assert (str(person), person.first_name) == ("ben@x.example", "ben@x.example")
    assert f'href="{reverse("ambassador", args=[person.pk])}">ben@x.example' in page(client, "ambassadors")
    assert "<h1>ben@x.example" in page(client, "ambassador", person.pk).replace("\n", "")


def test_somebody_is_told_when_they_heard_of_it_and_of_a_no_under_their_address(client):
    user = make.user(email="ida@old.example")
    make.brought(told_on=make.NOW.date(), user=user)
    say_no_for(ambassador=make.brought(email="Ida@old.example"), by=make.staff(Role.VETTING_OFFICER), at=make.NOW)
    assert [row[1:] for row in told_of_it(user, make.NOW).listed.rows] == [
        ["Told", "By e-mail"],
        ["You said no", "Researchers in Residence"],
    ]
    assert told_of_it(make.user(), make.NOW).listed.rows == []


def test_somebody_is_told_what_other_schemes_said_of_them(tmp_path):
    person, user = brought(tmp_path), make.user()
    Ambassador.objects.filter(pk=person.pk).update(user=user)
    told = elsewhere(user, make.NOW).listed
    assert ["Alpha/7", "Full name", "Ada Smith", ""] in told.rows
    assert ["Alpha/7", "Status there", "Active", ""] in told.rows
    assert elsewhere(make.user(), make.NOW).listed.rows == []
