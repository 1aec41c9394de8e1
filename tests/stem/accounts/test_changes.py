"""What follows a change of the way one signs in: a letter, a record, and the end of the other sessions."""

from pathlib import Path

import allauth
import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user
from django.core import mail
from django.urls import reverse

from stem.accounts.changes import CHANGES
from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.letters.sending import send_due
from tests import make
from tests.clients import client_of
from tests.stem.accounts.test_signing_in import code_in_letter, totp_code

pytestmark = pytest.mark.django_db
NEW_WORDS = {"password1": "three new words", "password2": "three new words"}


@pytest.fixture
def uma():
    return make.user(email="uma@people.example", name="Uma User")


def told() -> list[tuple[str, str]]:
    return [
        (letter.fact_name, letter.ids.get("old") or letter.recipient.email) for letter in Letter.objects.order_by("pk")
    ]


def test_everything_that_the_library_tells_of_has_its_letter():
    folders = [
        Path(allauth.__file__).parent / "templates" / app / "email" for app in ("account", "mfa", "socialaccount")
    ]
    told_by_the_library = {
        path.name.removesuffix("_message.txt")
        for folder in folders
        for path in folder.glob("*_message.txt")
        if "base_notification" in path.read_text()
    }

    # Nobody has two addresses here, of which one could be deleted; and an address is confirmed by a code.
    assert told_by_the_library - {"email_deleted", "email_confirm"} == set(CHANGES)


def change_password(client) -> None:
    client.post(reverse("account_change_password"), {"oldpassword": "correct horse battery", **NEW_WORDS})


def set_up_app(client) -> None:
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})


def remove_app(client) -> None:
    client.post(reverse("mfa_deactivate_totp"))


def make_codes(client) -> None:
    client.post(reverse("mfa_generate_recovery_codes"))


@pytest.mark.parametrize(
    ("act", "fact", "action"),
    [
        (change_password, "password_changed", "password.change"),
        (set_up_app, "factor_added", "factor.add"),
        (remove_app, "factor_removed", "factor.remove"),
        (make_codes, "recovery_codes_made", "recovery_codes.make"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_it_is_told_and_recorded_and_ends_every_other_session(uma, act, fact, action):
    if act in (remove_app, make_codes):
        TOTP.activate(uma, generate_totp_secret())
        RecoveryCodes.activate(uma)
    here, there = client_of(uma, second_factor=True), client_of(uma, second_factor=True)
    stranger = client_of(make.user())

    act(here)

    assert told() == [(fact, "uma@people.example")]
    assert Entry.objects.filter(action=action, actor=uma).count() == 1
    assert [get_user(each).is_authenticated for each in (here, there, stranger)] == [True, False, True]


def test_a_forgotten_password_that_is_replaced_is_told_and_ends_every_session(uma, client):
    there = client_of(uma)
    sent = client.post(reverse("account_reset_password"), {"email": uma.email})
    confirmed = client.post(sent.url, {"code": code_in_letter()})

    client.post(confirmed.url, NEW_WORDS)

    assert told() == [("password_changed", "uma@people.example")]
    assert get_user(there).is_anonymous


def test_a_changed_address_is_told_to_both_and_the_old_one_does_not_learn_the_new(uma, now):
    client = client_of(uma)
    client.post(reverse("account_email"), {"email": "uma@new.example", "action_add": "1"})
    client.post(reverse("account_email_verification_sent"), {"code": code_in_letter()})
    uma.refresh_from_db()
    assert uma.email == "uma@new.example"
    assert told() == [("email_changed", "uma@new.example"), ("email_moved_away", "uma@people.example")]

    mail.outbox.clear()
    send_due(at=now)
    to_new, to_old = sorted(mail.outbox, key=lambda message: message.to[0])
    assert "uma@new.example" in to_new.to[0] and "uma@people.example" in to_old.to[0]
    assert "new.example" not in to_old.body + str(to_old.alternatives)


def test_the_letter_says_when_and_where_and_what_to_do(uma, now):
    client = client_of(uma)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": "correct horse battery", **NEW_WORDS},
        headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"},
    )
    send_due(at=now)
    body = mail.outbox[-1].body

    assert "Dear Uma User," in body
    assert "In which browser: Firefox on Windows" in body
    for page in ("account_reset_password", "my_sessions", "contact"):
        assert reverse(page) in body


def test_staff_neither_see_nor_stop_such_a_letter(uma):
    client = client_of(uma)
    change_password(client)

    assert Letter.objects.get().is_confidential
