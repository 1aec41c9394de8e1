"""Showing that it is oneself before a sign-in changes: who is asked, for what, and where it leads back to."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.urls import reverse

from stem.accounts.roles import Role
from stem.accounts.session_store import DEVICE
from stem.accounts.views.confirming import WAITING
from tests import make
from tests.clients import client_of
from tests.stem.accounts.test_signing_in import code_in_letter, totp_code

pytestmark = pytest.mark.django_db
ELEVEN_MINUTES = 11 * 60
# Every page that changes how one signs in, or what one is told of it.
GUARDED = [
    "account_email",
    "account_change_password",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "end_other_sessions",
    "connect_known",
]
OF_ADMINISTRATORS = ["grant_role", "end_role", "reset_factor"]


def some_time_ago(client: Client, seconds: int = ELEVEN_MINUTES) -> Client:
    """The same browser, as long after its owner last showed who they are."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {**each, "at": each["at"] - seconds} for each in session[AUTHENTICATION_METHODS_SESSION_KEY]
    ]
    session.save()
    return client


def sent_to(answer) -> tuple[str, str]:
    where = urlsplit(answer.url)
    return where.path, parse_qs(where.query)["next"][0]


@pytest.mark.parametrize("name", GUARDED)
def test_who_signed_in_a_while_ago_confirms_and_comes_back(name):
    client, page = some_time_ago(client_of(make.user())), reverse(name)

    assert sent_to(client.get(page)) == (reverse("account_reauthenticate"), page)


@pytest.mark.parametrize("name", OF_ADMINISTRATORS)
def test_an_administrator_confirms_with_the_second_factor_and_not_with_a_password(name):
    user = make.staff(Role.ADMINISTRATOR)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    client = some_time_ago(client_of(user, second_factor=True))
    grant = make.staff(Role.COORDINATOR).grants.get()
    page = reverse(name, args=[] if name == "grant_role" else [grant.pk])
    asked = client.get(page)
    assert sent_to(asked) == (reverse("mfa_reauthenticate"), page)

    client.post(reverse("account_reauthenticate"), {"password": "correct horse battery", "next": page})
    assert sent_to(client.get(page)) == (reverse("mfa_reauthenticate"), page)

    answer = client.post(asked.url, {"code": totp_code(secret), "next": page})
    assert answer.url == page
    assert client.get(page).status_code == 200


def test_a_button_that_is_pressed_too_late_does_nothing_and_leads_back_to_its_page():
    user = make.user()
    client = some_time_ago(client_of(user))
    came_from = f"http://testserver{reverse('my_sessions')}"

    answer = client.post(reverse("end_other_sessions"), headers={"referer": came_from})

    assert sent_to(answer) == (reverse("account_reauthenticate"), reverse("my_sessions"))


def test_nobody_is_led_to_another_site():
    client = some_time_ago(client_of(make.user()))

    answer = client.post(reverse("end_other_sessions"), headers={"referer": "https://elsewhere.example/my"})

    assert sent_to(answer)[1] == reverse("my_account")


def test_who_signed_in_just_now_is_not_asked():
    client = client_of(make.user())

    assert client.get(reverse("account_change_password")).status_code == 200


def test_a_password_that_was_sent_too_late_is_kept_nowhere():
    client = some_time_ago(client_of(make.user()))

    client.post(reverse("account_change_password"), {"oldpassword": "a secret word", "password1": "another one"})

    assert "a secret word" not in str(dict(client.session))


# --- by a code from a letter


@pytest.fixture
def by_code():
    """Someone who has neither a password nor a second factor, and signed in a while ago."""
    user = make.user(email="uma@people.example")
    user.set_unusable_password()
    user.save()
    return some_time_ago(client_of(user))


def test_who_has_neither_password_nor_factor_confirms_by_a_letter(by_code):
    page = reverse("mfa_add_webauthn")
    asked = by_code.get(page)
    assert sent_to(asked) == (reverse("confirm_by_letter"), page)
    assert by_code.get(asked.url).status_code == 200
    assert mail.outbox == []

    sent = by_code.post(reverse("send_confirming_code"), {"next": page})
    assert sent.url == asked.url
    assert mail.outbox[0].to == ["uma@people.example"]
    answer = by_code.post(asked.url, {"code": code_in_letter().lower(), "next": page})

    assert answer.url == page
    assert by_code.get(page).status_code == 200
    again = by_code.post(asked.url, {"code": code_in_letter(), "next": page})
    assert again.status_code == 200  # it was good once


def test_three_wrong_codes_use_it_up(by_code):
    by_code.post(reverse("send_confirming_code"))
    page = reverse("confirm_by_letter")
    for _number in range(3):
        answer = by_code.post(page, {"code": "WRNG-WRNG"})
    assert "three times" in answer.content.decode()

    by_code.post(page, {"code": code_in_letter()})

    assert by_code.get(reverse("mfa_add_webauthn")).status_code == 302


def test_a_code_is_good_for_a_quarter_of_an_hour(by_code):
    by_code.post(reverse("send_confirming_code"))
    session = by_code.session
    session[WAITING] = {**session[WAITING], "at": session[WAITING]["at"] - 901}
    session.save()

    by_code.post(reverse("confirm_by_letter"), {"code": code_in_letter()})

    assert by_code.get(reverse("mfa_add_webauthn")).status_code == 302


def test_no_more_letters_than_ten_a_minute(by_code):
    answers = [by_code.post(reverse("send_confirming_code")).status_code for _number in range(11)]

    assert answers == [302] * 10 + [429]


def test_the_code_itself_is_in_no_session(by_code):
    by_code.post(reverse("send_confirming_code"))

    assert code_in_letter() not in str(dict(by_code.session))
    assert by_code.session[DEVICE]


def test_a_letter_does_not_stand_in_for_a_second_factor():
    user = make.user()
    TOTP.activate(user, generate_totp_secret())
    client = some_time_ago(client_of(user))
    client.post(reverse("send_confirming_code"))
    client.post(reverse("confirm_by_letter"), {"code": code_in_letter()})

    assert sent_to(client.get(reverse("mfa_deactivate_totp")))[0] == reverse("mfa_reauthenticate")
