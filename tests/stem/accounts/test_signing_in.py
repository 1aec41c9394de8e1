"""Joining and signing in, as people do it."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.contrib.auth import get_user
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from stem.accounts.models import User
from stem.accounts.roles import Role
from tests import make

pytestmark = pytest.mark.django_db
PASSWORD = "three random words"


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


def code_in_letter() -> str:
    """The code on its own line in the latest letter."""
    found = re.search(r"^\s{4}(\S+)\s*$", mail.outbox[-1].body, re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def totp_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def joining(email: str) -> dict[str, str]:
    return {"full_name": "Nia Newcomer", "known_as": "Nee", "email": email, "password1": PASSWORD, "language": "en-gb"}


@pytest.mark.parametrize(
    ("part", "next_page"), [("join_teacher", "claim_school"), ("join_ambassador", "join_as_ambassador")]
)
def test_joining_takes_an_address_a_code_and_leads_on(client, part, next_page):
    answer = client.post(reverse(part), joining("nia@people.example"))
    assert answer.url == reverse("account_email_verification_sent")
    assert get_user(client).is_anonymous

    answer = client.post(answer.url, {"code": code_in_letter()})

    assert answer.url == reverse(next_page)
    user = get_user(client)
    assert (user.email, user.full_name, user.short_name) == ("nia@people.example", "Nia Newcomer", "Nee")


def test_a_wrong_code_does_not_let_anyone_in(client):
    answer = client.post(reverse("join_teacher"), joining("nia@people.example"))

    client.post(answer.url, {"code": "WRONG1"})

    assert get_user(client).is_anonymous


def test_signing_in_with_a_code(client):
    user = make.user(email="uma@people.example")
    answer = client.post(reverse("account_request_login_code"), {"email": "Uma@People.example"})

    client.post(answer.url, {"code": code_in_letter()})

    assert get_user(client) == user


def test_signing_in_with_a_password(client):
    user = make.user(email="uma@people.example")

    client.post(reverse("account_login"), {"login": "uma@people.example", "password": "correct horse battery"})

    assert get_user(client) == user


def page_words(answer) -> str:
    """A page without what differs at every look: tokens, and the address that was typed."""
    text = re.sub(r'(csrfmiddlewaretoken" value=|csrf-token": ?|x-csrftoken": ?)"[^"]+"', "", answer.content.decode())
    return re.sub(r"(known|stranger)@people\.example", "someone", text)


@pytest.mark.parametrize("page", ["account_request_login_code", "account_reset_password"])
def test_a_known_and_an_unknown_address_get_the_same_answer(page):
    make.user(email="known@people.example")
    answers = {}
    for name in ("known", "stranger"):
        client = Client()
        first = client.post(reverse(page), {"email": f"{name}@people.example"})
        answers[name] = (first.status_code, first.url, page_words(client.get(first.url)))

    assert answers["known"] == answers["stranger"]
    assert [message.to for message in mail.outbox] == [["known@people.example"], ["stranger@people.example"]]


def test_joining_with_a_known_address_looks_the_same_and_tells_its_owner_by_letter():
    make.user(email="known@people.example")
    answers = {}
    for name in ("known", "stranger"):
        client = Client()
        first = client.post(reverse("join_teacher"), joining(f"{name}@people.example"))
        answers[name] = (first.status_code, first.url, page_words(client.get(first.url)))

    assert answers["known"] == answers["stranger"]
    assert "account already" in mail.outbox[0].subject
    assert User.objects.filter(email="known@people.example").count() == 1


def test_wrong_password_and_unknown_address_get_the_same_sentence():
    make.user(email="known@people.example")
    pages = [
        Client().post(reverse("account_login"), {"login": f"{name}@people.example", "password": "wrong words here"})
        for name in ("known", "stranger")
    ]

    assert page_words(pages[0]) == page_words(pages[1])


def test_staff_pages_stay_closed_until_a_second_factor_is_set_up(client):
    coordinator = make.staff(Role.COORDINATOR, email="cora@scheme.example")
    client.post(reverse("account_login"), {"login": coordinator.email, "password": "correct horse battery"})
    home = reverse("coordinator_home")
    assert client.get(home).url.startswith(reverse("choose_factor"))

    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})

    assert client.get(home).status_code == 200


def test_a_second_factor_that_was_not_used_in_this_sign_in_does_not_open_staff_pages(client):
    coordinator = make.staff(Role.COORDINATOR, email="cora@scheme.example")
    secret = generate_totp_secret()
    TOTP.activate(coordinator, secret)

    answer = client.post(reverse("account_login"), {"login": coordinator.email, "password": "correct horse battery"})
    assert answer.url == reverse("mfa_authenticate")
    assert get_user(client).is_anonymous

    client.post(answer.url, {"code": totp_code(secret)})
    assert client.get(reverse("coordinator_home")).status_code == 200


def test_a_code_by_e_mail_is_no_second_factor(client):
    coordinator = make.staff(Role.COORDINATOR, email="cora@scheme.example")
    TOTP.activate(coordinator, generate_totp_secret())
    answer = client.post(reverse("account_request_login_code"), {"email": coordinator.email})

    answer = client.post(answer.url, {"code": code_in_letter()})

    assert answer.url == reverse("mfa_authenticate")
    assert get_user(client).is_anonymous


def test_a_new_password_never_skips_the_second_factor(client):
    coordinator = make.staff(Role.COORDINATOR, email="cora@scheme.example")
    TOTP.activate(coordinator, generate_totp_secret())
    answer = client.post(reverse("account_reset_password"), {"email": coordinator.email})
    answer = client.post(answer.url, {"code": code_in_letter()})
    client.post(answer.url, {"password1": "another three words", "password2": "another three words"})

    answer = client.post(reverse("account_login"), {"login": coordinator.email, "password": "another three words"})

    assert answer.url == reverse("mfa_authenticate")
    assert get_user(client).is_anonymous


def test_the_eleventh_wrong_password_is_not_even_tried(client):
    user = make.user(email="uma@people.example")
    for _number in range(10):
        client.post(reverse("account_login"), {"login": user.email, "password": "wrong words here"})

    answer = client.post(reverse("account_login"), {"login": user.email, "password": "correct horse battery"})

    assert get_user(client).is_anonymous
    assert "Too many" in answer.content.decode()


def test_a_letter_that_cannot_leave_is_one_sentence_and_no_crash(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9  # nobody listens there

    answer = client.post(reverse("account_request_login_code"), {"email": "uma@people.example"}, follow=True)

    assert answer.status_code == 200
    assert "The e-mail could not be sent. Please try again in a few minutes." in answer.content.decode()


def test_a_new_password_signs_out_everywhere_else():
    user = make.user(email="uma@people.example")
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        browser.post(reverse("account_login"), {"login": user.email, "password": "correct horse battery"})
    words = {"oldpassword": "correct horse battery", "password1": "three new words", "password2": "three new words"}

    here.post(reverse("account_change_password"), words)

    assert (get_user(here).is_authenticated, get_user(elsewhere).is_authenticated) == (True, False)


@pytest.mark.parametrize(
    "page",
    [
        "account_login",
        "account_request_login_code",
        "account_reset_password",
        "join",
        "join_teacher",
        "join_ambassador",
    ],
)
def test_the_front_door_opens(client, page):
    assert client.get(reverse(page)).status_code == 200


@pytest.mark.parametrize(
    "page", ["my_account", "account_email", "account_change_password", "mfa_index", "account_logout"]
)
def test_ones_own_account_opens(client, page):
    user = make.user(email="uma@people.example")
    client.post(reverse("account_login"), {"login": user.email, "password": "correct horse battery"})

    assert client.get(reverse(page)).status_code == 200
