"""What somebody learns who has no account, or who reads the table of sessions."""

import json
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from stem.accounts import forms
from stem.accounts.codes import code_of, new_seed
from stem.accounts.models import BrowserSession
from tests import make
from tests.stem.accounts.test_signing_in import code_in_letter, joining, page_words

pytestmark = pytest.mark.django_db
WAYS_IN = [
    ("account_request_login_code", lambda email: {"email": email}),
    ("account_reset_password", lambda email: {"email": email}),
    ("join_teacher", joining),
]


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


def plain(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


@pytest.mark.parametrize(("page", "words"), WAYS_IN)
def test_no_session_holds_the_code_of_a_letter(client, page, words):
    if page != "join_teacher":
        make.user(email="uma@people.example")
    client.post(reverse(page), words("uma@people.example"))
    code = code_in_letter()

    kept = json.dumps([row.get_decoded() for row in BrowserSession.objects.all()])

    assert "uma@people.example" in kept
    assert plain(code) not in plain(kept)


def test_a_code_belongs_to_its_seed_and_to_this_server(settings):
    seed = new_seed()
    code = code_of(seed)
    assert re.fullmatch(r"[B-Z]{4}-[B-Z]{4}", code)
    assert code == code_of(seed) != code_of(new_seed())

    settings.SECRET_KEY = "another server's key"

    assert code_of(seed) != code


def test_where_no_code_is_waited_for_none_is_right():
    assert code_of("") == ""
    for typed in ("", "----", "BCDF-GHJK"):
        assert not forms.ConfirmLoginCodeForm({"code": typed}, code="").is_valid()


@pytest.mark.parametrize(("page", "words"), WAYS_IN)
def test_wrong_codes_and_another_try_are_answered_alike(page, words):
    make.user(email="known@people.example")
    answers: dict[str, list[object]] = {"known": [], "stranger": []}
    for name, seen in answers.items():
        cache.clear()
        browser = Client()
        page_of_code = browser.post(reverse(page), words(f"{name}@people.example")).url
        for posted in ({"action": "resend"}, *[{"code": "WRNG-WRNG"}] * 4):
            answer = browser.post(page_of_code, posted)
            seen.append((answer.status_code, answer.get("Location"), page_words(answer)))

    assert answers["known"] == answers["stranger"]
    assert [message.to for message in mail.outbox] == [["known@people.example"], ["stranger@people.example"]]


def test_joining_hashes_a_password_for_a_known_address_too(client, monkeypatch):
    make.user(email="known@people.example")
    hashed = []
    monkeypatch.setattr(forms, "make_password", hashed.append)

    client.post(reverse("join_teacher"), joining("known@people.example"))

    assert hashed == [joining("")["password1"]]


def test_too_many_tries_from_one_address_are_told_so_on_our_page(client):
    answers = [client.post(reverse("account_reset_password"), {"email": f"n{n}@people.example"}) for n in range(21)]

    assert [answer.status_code for answer in answers] == [302] * 20 + [429]
    assert "Too many tries" in answers[-1].content.decode()


@pytest.mark.parametrize(("seen_by_the_proxy", "last"), [("192.0.2.{}", 302), ("192.0.2.1", 429)])
def test_behind_a_proxy_each_visitor_has_a_count_of_their_own(client, settings, seen_by_the_proxy, last):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(21):
        # What a visitor writes in front of it is not believed.
        passed_on = f"203.0.113.{n}, {seen_by_the_proxy.format(n)}"
        answer = client.post(
            reverse("account_reset_password"),
            {"email": f"n{n}@people.example"},
            headers={"x-forwarded-for": passed_on},
        )

    assert answer.status_code == last
