"""Every way in that might go round the second factor, and what an administrator can do for who has lost theirs."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from stem.accounts.factors import reset_second_factor
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make
from tests.clients import client_of
from tests.stem.accounts.passkeys import forged, with_passkey
from tests.stem.accounts.test_signing_in import code_in_letter, totp_code

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
STAFF_PAGE = "coordinator_home"


def by_password(client: Client, user: User):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def by_code(client: Client, user: User):
    sent = client.post(reverse("account_request_login_code"), {"email": user.email})
    return client.post(sent.url, {"code": code_in_letter()})


def by_a_new_password(client: Client, user: User):
    sent = client.post(reverse("account_reset_password"), {"email": user.email})
    confirmed = client.post(sent.url, {"code": code_in_letter()})
    client.post(confirmed.url, {"password1": "another three words", "password2": "another three words"})
    assert get_user(client).is_anonymous
    return client.post(reverse("account_login"), {"login": user.email, "password": "another three words"})


def with_app(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())


WAYS = [by_password, by_code, by_a_new_password]


@pytest.mark.parametrize("way_in", WAYS)
@pytest.mark.parametrize("factor", [with_app, with_passkey])
def test_no_way_in_goes_round_the_second_factor(client, way_in, factor):
    user = make.staff(Role.COORDINATOR)
    factor(user)

    answer = way_in(client, user)

    assert answer.url == reverse("mfa_authenticate")
    for page in (STAFF_PAGE, "my_account", "mfa_index", "choose_factor", "confirm_by_letter", "mfa_activate_totp"):
        assert client.get(reverse(page)).url.startswith(reverse("account_login"))
    assert client.post(answer.url, {"code": "000000"}).status_code == 200
    assert get_user(client).is_anonymous


@pytest.mark.parametrize("typed", ["", "not a passkey", "{}", "[]", '{"id": "x", "response": {}}', "null"])
def test_a_made_up_passkey_opens_nothing(client, typed):
    user = make.staff(Role.COORDINATOR)
    with_passkey(user)
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})

    answer = client.post(reverse("mfa_login_webauthn"), {"credential": typed})

    assert answer.url == reverse("account_login")
    assert get_user(client).is_anonymous


@pytest.mark.parametrize("alone", [True, False])
def test_a_passkey_s_answer_that_is_signed_by_another_key_opens_nothing(client, alone):
    user = make.staff(Role.COORDINATOR)
    with_passkey(user)
    if alone:
        client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    else:
        by_password(client, user)
        client.get(reverse("mfa_authenticate"))
    answer = forged(user, client.session["mfa.webauthn.state"]["challenge"])

    client.post(reverse("mfa_login_webauthn" if alone else "mfa_authenticate"), {"credential": answer})

    assert get_user(client).is_anonymous


@pytest.mark.parametrize("way_in", WAYS)
def test_a_recovery_code_stands_in_once(way_in):
    user = make.staff(Role.COORDINATOR)
    with_app(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    first = Client()
    way_in(first, user)
    first.post(reverse("mfa_authenticate"), {"code": code})
    assert first.get(reverse(STAFF_PAGE)).status_code == 200

    user.set_password(PASSWORD)
    user.save()
    again = Client()
    way_in(again, user)
    again.post(reverse("mfa_authenticate"), {"code": code})

    assert get_user(again).is_anonymous


# --- lost altogether


@pytest.fixture
def alex():
    return make.staff(Role.ADMINISTRATOR, email="alex@scheme.example")


@pytest.fixture
def cora():
    user = make.staff(Role.COORDINATOR, email="cora@scheme.example", name="Cora")
    with_app(user)
    with_passkey(user)
    RecoveryCodes.activate(user)
    return user


def test_an_administrator_takes_away_every_factor_and_the_person_is_told_and_signed_out(alex, cora):
    browser = client_of(cora, second_factor=True)
    office = client_of(alex, second_factor=True)
    page = reverse("reset_factor", args=[cora.grants.get().pk])
    assert "telephone them" in office.get(page).content.decode()
    assert Authenticator.objects.filter(user=cora).count() == 3

    office.post(page)

    assert not Authenticator.objects.filter(user=cora).exists()
    assert get_user(browser).is_anonymous
    assert [(each.fact_name, each.recipient) for each in Letter.objects.all()] == [("second_factor_reset", cora)]
    assert Entry.objects.filter(action="factor.reset", actor=alex, object_id=str(cora.pk)).count() == 1
    assert User.objects.get(pk=cora.pk).check_password(PASSWORD)


@pytest.mark.parametrize(("by", "of", "code"), [("cora", "alex", "not_administrator"), ("alex", "alex", "oneself")])
def test_it_is_for_administrators_and_for_others_only(alex, cora, now, by, of, code):
    people = {"alex": alex, "cora": cora}
    with_app(alex)

    with pytest.raises(Refusal) as refusal:
        reset_second_factor(user=people[of], by=people[by], at=now)

    assert refusal.value.codes == [code]
    assert Authenticator.objects.filter(user=alex).exists()


def test_where_there_is_no_factor_there_is_none_to_take(alex, now):
    with pytest.raises(Refusal) as refusal:
        reset_second_factor(user=make.staff(Role.COORDINATOR), by=alex, at=now)

    assert refusal.value.codes == ["no_factor"]


@pytest.mark.parametrize("page", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_after_that_a_new_one_wants_a_password_and_a_letter_in_one_sign_in(client, alex, cora, now, page):
    reset_second_factor(user=cora, by=alex, at=now.replace(year=2020))
    by_password(client, cora)
    assert client.get(reverse(page)).url.startswith(reverse("confirm_by_letter"))
    client.post(reverse("send_confirming_code"))
    client.post(reverse("confirm_by_letter"), {"code": code_in_letter()})
    assert client.get(reverse(page)).status_code == 200

    another = Client()
    by_code(another, cora)
    assert another.get(reverse(page)).url.startswith(reverse("account_reauthenticate"))
    another.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert another.get(reverse(page)).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_once_there_is_a_new_one_everything_is_as_before(client, alex, cora, now):
    reset_second_factor(user=cora, by=alex, at=now.replace(year=2020))
    by_password(client, cora)
    client.post(reverse("send_confirming_code"))
    client.post(reverse("confirm_by_letter"), {"code": code_in_letter()})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})

    assert client.get(reverse(STAFF_PAGE)).status_code == 200
    assert User.objects.get(pk=cora.pk).factor_reset_at is None
