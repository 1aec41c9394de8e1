"""Who may open a page: the marks themselves. Each page's own mark is held to in tests/architecture."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of
from tests.stem.accounts.test_signing_in import code_in_letter, totp_code

pytestmark = pytest.mark.django_db
PEOPLE = "/staff/people/?role=coordinator&page=2"


def sent_to(answer) -> tuple[str, str]:
    """Where an answer leads, and where it promises to come back to."""
    where = urlsplit(answer.url)
    return where.path, parse_qs(where.query)["next"][0]


def test_nobody_in_particular_signs_in_first_and_comes_back(client):
    assert sent_to(client.get(PEOPLE)) == (reverse("account_login"), PEOPLE)


@pytest.mark.parametrize("roles", [(), (Role.COORDINATOR,)])
def test_people_without_the_role_are_refused(roles):
    assert client_of(make.staff(*roles), second_factor=True).get(PEOPLE).status_code == 403


def test_staff_without_a_second_factor_set_one_up():
    assert sent_to(client_of(make.staff(Role.ADMINISTRATOR)).get(PEOPLE)) == (reverse("choose_factor"), PEOPLE)


def test_staff_who_have_one_but_did_not_use_it_use_it_now_and_go_on():
    user = make.staff(Role.ADMINISTRATOR)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    client = client_of(user)
    answer = client.get(PEOPLE)
    assert sent_to(answer) == (reverse("mfa_reauthenticate"), PEOPLE)

    answer = client.post(answer.url, {"code": totp_code(secret), "next": PEOPLE})

    assert answer.url == PEOPLE
    assert client.get(PEOPLE).status_code == 200


def test_a_password_is_no_second_factor_however_often_it_is_given():
    user = make.staff(Role.ADMINISTRATOR)
    TOTP.activate(user, generate_totp_secret())
    client = client_of(user)

    client.post(reverse("account_reauthenticate"), {"password": "correct horse battery"})

    assert sent_to(client.get(PEOPLE)) == (reverse("mfa_reauthenticate"), PEOPLE)


def test_the_first_administrator_gets_in_by_a_code_and_an_app():
    call_command("make_administrator", "alex@scheme.example", "--name", "Alex Moss")
    client = Client()
    asked = client.post(reverse("account_request_login_code"), {"email": "alex@scheme.example"})
    client.post(asked.url, {"code": code_in_letter()})

    client.get(client.get(PEOPLE).url)
    set_up = reverse("mfa_activate_totp")
    secret = client.get(set_up).context["form"].secret
    client.post(set_up, {"code": totp_code(secret)})

    assert client.get(reverse("go_on_with_factor")).url == PEOPLE
    assert client.get(PEOPLE).status_code == 200
