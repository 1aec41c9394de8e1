"""Signing in by another service, against one that runs: what is believed, what is kept, and every way it can fail."""

import hashlib
import json
import re
from base64 import urlsafe_b64encode
from html import unescape
from urllib.parse import parse_qs, urlsplit

import environ
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.auth import get_user
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from stem.accounts.connections import disconnect_provider
from stem.accounts.models import BrowserSession, User
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.rules import Refusal
from stem.settings.providers import sign_in_providers
from tests import make
from tests.clients import client_of
from tests.stem.accounts.provider import Service, running
from tests.stem.accounts.test_signing_in import code_in_letter

pytestmark = pytest.mark.django_db
BEGIN = "/account/with/school/"
KNOWN_AS = {"full_name": "Nia Newcomer", "known_as": "", "language": "cy"}


@pytest.fixture(scope="module")
def service():
    with running() as found:
        yield found


@pytest.fixture(autouse=True)
def _offered(service, settings):
    settings.SOCIALACCOUNT_PROVIDERS = service.as_setting()


def question(client: Client, **posted: str) -> str:
    """Where the page sends someone who begins."""
    page = client.post(BEGIN, posted)
    assert page.status_code == 200, page.content.decode()
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode())
    assert found
    return unescape(found[1])


def comes_from(client: Client, service: Service, subject: str):
    return client.get(service.answers(question(client), subject))


def said(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# --- joining and signing in


@pytest.mark.parametrize(
    ("part", "next_page"), [("join_teacher", "claim_school"), ("join_ambassador", "join_as_ambassador")]
)
def test_joining_by_a_service_that_vouches_for_the_address_asks_for_a_name_and_leads_on(
    client, service, part, next_page
):
    service.knows("nia", email="nia@people.example", email_verified=True, name="Nia N")
    client.get(reverse(part))
    answer = comes_from(client, service, "nia")
    assert answer.url == reverse("socialaccount_signup")
    assert client.get(answer.url).context["form"].initial["full_name"] == "Nia N"

    answer = client.post(answer.url, {**KNOWN_AS, "email": "somebody.else@people.example"})

    assert answer.url == reverse(next_page)
    user = get_user(client)
    assert (user.email, user.full_name, user.language) == ("nia@people.example", "Nia Newcomer", "cy")
    assert not user.has_usable_password()
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("nia@people.example", True)]
    assert mail.outbox == []


@pytest.mark.parametrize("vouches", [False, "false", None, 1, "yes"])
def test_an_address_that_the_service_does_not_vouch_for_is_confirmed_by_a_code(client, service, vouches):
    service.knows("nia", email="nia@people.example", email_verified=vouches)
    answer = comes_from(client, service, "nia")
    answer = client.post(answer.url, {**KNOWN_AS, "email": "nia@work.example"})
    assert get_user(client).is_anonymous

    client.post(answer.url, {"code": code_in_letter()})

    assert get_user(client).email == "nia@work.example"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("nia@work.example", True)]


def test_a_service_whose_word_for_an_address_is_not_taken(client, service, settings):
    settings.SOCIALACCOUNT_PROVIDERS = service.as_setting(believe_email=False)
    service.knows("nia", email="nia@people.example", email_verified=True)
    answer = comes_from(client, service, "nia")

    client.post(answer.url, {**KNOWN_AS, "email": "nia@people.example"})

    assert get_user(client).is_anonymous
    assert mail.outbox[-1].to == ["nia@people.example"]


def test_whoever_has_joined_signs_in_and_gets_a_session_of_their_own(client, service):
    connected(make.user(email="uma@people.example"), "uma")
    client.get(reverse("join_teacher"))
    before = client.session.session_key

    comes_from(client, service, "uma")

    assert get_user(client).email == "uma@people.example"
    assert client.session.session_key != before


def connected(user: User, subject: str) -> SocialAccount:
    return SocialAccount.objects.create(user=user, provider="school", uid=subject)


def test_one_comes_back_to_where_one_was_going_and_nowhere_else(service):
    connected(make.user(), "uma")
    for asked, reached in ((reverse("my_sessions"), reverse("my_sessions")), ("https://elsewhere.example/", "/")):
        client = Client()
        answer = client.get(service.answers(question(client, next=asked), "uma"))
        assert answer.url == reached


def test_a_service_is_no_second_factor(client, service):
    user = make.staff(Role.COORDINATOR)
    connected(user, "cora")
    comes_from(client, service, "cora")
    assert client.get(reverse("coordinator_home")).url.startswith(reverse("choose_factor"))

    TOTP.activate(user, generate_totp_secret())
    another = Client()
    answer = comes_from(another, service, "cora")

    assert answer.url == reverse("mfa_authenticate")
    assert get_user(another).is_anonymous


def test_no_token_and_nothing_else_of_what_the_service_told_is_kept(client, service):
    service.knows("nia", email="nia@people.example", email_verified=True, name="Nia", picture="https://x.example/nia")
    answer = comes_from(client, service, "nia")
    waiting = json.dumps([row.get_decoded() for row in BrowserSession.objects.all()])
    assert "access_token" not in waiting and "picture" not in waiting and "x.example" not in waiting
    client.post(answer.url, KNOWN_AS)

    assert SocialAccount.objects.get().extra_data == {"email": "nia@people.example"}
    assert not SocialToken.objects.exists()


# --- accounts that there are already


def test_an_address_that_has_an_account_is_never_connected_unasked(client, service):
    user = make.user(email="uma@people.example")
    service.knows("uma", email="Uma@people.example", email_verified=True)
    answer = comes_from(client, service, "uma")
    assert answer.url == reverse("account_known")
    assert "uma@people.example" in said(client.get(answer.url)).lower()
    assert get_user(client).is_anonymous
    assert not SocialAccount.objects.exists()

    sent = client.post(
        reverse("account_request_login_code"), {"email": "uma@people.example", "next": reverse("connect_known")}
    )
    answer = client.post(sent.url, {"code": code_in_letter()})
    assert answer.url == reverse("connect_known")
    client.post(answer.url)

    assert SocialAccount.objects.get().user == user
    assert [letter.fact_name for letter in Letter.objects.all()] == ["account_connected"]


def test_what_a_service_said_of_one_person_is_not_connected_to_another(client, service):
    make.user(email="uma@people.example")
    other = make.user(email="otto@people.example")
    service.knows("uma", email="uma@people.example", email_verified=True)
    comes_from(client, service, "uma")
    client.post(reverse("account_login"), {"login": other.email, "password": "correct horse battery"})

    for verb in (client.get, client.post):
        assert verb(reverse("connect_known")).url == reverse("connected_accounts")

    assert not SocialAccount.objects.exists()


def test_an_unverified_address_that_has_an_account_tells_its_owner_and_nobody_else(client, service):
    make.user(email="uma@people.example")
    service.knows("mallory", email="uma@people.example", email_verified=False)
    answer = comes_from(client, service, "mallory")

    answer = client.post(answer.url, {**KNOWN_AS, "email": "uma@people.example"})

    assert answer.url == reverse("account_email_verification_sent")
    assert "account already" in mail.outbox[0].subject
    client.post(answer.url, {"code": "BCDF-GHJK"})
    assert get_user(client).is_anonymous
    assert not SocialAccount.objects.exists()


def test_one_connects_and_disconnects_and_is_told_of_both(service):
    user = make.user(email="uma@people.example")
    client = client_of(user)
    assert "Not connected" in said(client.get(reverse("connected_accounts")))
    service.knows("uma", email="other@people.example", email_verified=True)

    comes_from(client, service, "uma")
    assert "other@people.example" in said(client.get(reverse("connected_accounts")))
    client.post(reverse("disconnect_account", args=["school"]))

    assert not SocialAccount.objects.exists()
    told = [(letter.fact_name, letter.recipient) for letter in Letter.objects.order_by("pk")]
    assert told == [("account_connected", user), ("account_disconnected", user)]


def test_connecting_and_disconnecting_want_one_to_have_confirmed_oneself(service, settings):
    user = make.user(email="uma@people.example")
    connected(user, "uma")
    client = client_of(user)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0

    for address in (BEGIN, reverse("disconnect_account", args=["school"])):
        assert client.post(address).url.startswith(reverse("account_reauthenticate"))

    assert SocialAccount.objects.exists()


def test_what_signs_in_somebody_else_is_not_connected(service):
    connected(make.user(), "uma")
    client = client_of(make.user())

    answer = comes_from(client, service, "uma")

    assert "signs in another account here" in said(client.get(answer.url))
    assert SocialAccount.objects.count() == 1


def test_one_account_has_one_connection_to_a_service(service):
    user = make.user()
    connected(user, "first")
    client = client_of(user)

    answer = comes_from(client, service, "second")

    assert "Disconnect it first" in said(client.get(answer.url))
    assert [each.uid for each in SocialAccount.objects.all()] == ["first"]


def test_the_last_way_in_stays(now):
    user = make.user(email="uma@people.example")
    EmailAddress.objects.update(verified=False)
    connected(user, "uma")

    with pytest.raises(Refusal) as refusal:
        disconnect_provider(user=user, provider_id="school", at=now)
    assert refusal.value.codes == ["last_way_in"]

    EmailAddress.objects.update(verified=True)
    disconnect_provider(user=user, provider_id="school", at=now)
    with pytest.raises(Refusal) as refusal:
        disconnect_provider(user=user, provider_id="school", at=now)
    assert refusal.value.codes == ["not_connected"]


# --- the question


def test_the_question_carries_a_state_a_nonce_and_a_challenge_of_its_own(client):
    asked = [{key: values[0] for key, values in parse_qs(urlsplit(question(client)).query).items()} for _ in range(2)]

    for key in ("state", "nonce", "code_challenge"):
        assert asked[0][key] != asked[1][key]
    state, _at, _provider = client.session[statekit.STATES_SESSION_KEY][asked[0]["state"]]
    digest = hashlib.sha256(state["pkce_code_verifier"].encode()).digest()
    assert asked[0]["code_challenge"] == urlsafe_b64encode(digest).decode().rstrip("=")
    assert asked[0]["code_challenge_method"] == "S256"


def test_words_in_the_address_change_nothing_of_the_question(client):
    found = re.search(
        r"url=([^\"]+)",
        client.post(f"{BEGIN}?auth_params=nonce%3Dmine&scope=everything&process=redirect").content.decode(),
    )
    asked = parse_qs(urlsplit(unescape(found[1])).query)

    assert asked["nonce"] != ["mine"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_nobody_begins_by_following_a_link(client):
    assert client.get(BEGIN).status_code == 405


def test_a_service_that_nobody_named_is_not_there(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}

    assert client.post(BEGIN).status_code == 404
    assert client.get(f"{BEGIN}callback/?state=a&code=b").status_code == 404
    assert "Go on with" not in said(client.get(reverse("account_login")))


# --- every way to fail


def test_who_declines_is_told_that_nothing_has_changed(client, service):
    answer = client.get(service.answers(question(client)))

    assert (answer.status_code, "You did not go on with School sign-in. Nothing has changed." in said(answer)) == (
        200,
        True,
    )


RUN_OUT = "This attempt has run out, or was begun in another window. Please begin again."
NOT_CONFIRMED = "School sign-in did not confirm who you are."


def test_an_answer_is_read_once(client, service):
    connected(make.user(), "uma")
    back = service.answers(question(client), "uma")
    client.get(back)
    client.post(reverse("account_logout"))

    answer = client.get(back)

    assert (answer.status_code, RUN_OUT in said(answer)) == (400, True)
    assert get_user(client).is_anonymous


def test_an_answer_to_someone_else_s_question_is_refused(client, service):
    connected(make.user(), "uma")
    back = service.answers(question(Client()), "uma")

    answer = client.get(back)

    assert (answer.status_code, RUN_OUT in said(answer)) == (400, True)
    assert get_user(client).is_anonymous


def test_an_answer_that_comes_after_ten_minutes_is_refused(client, service, monkeypatch):
    connected(make.user(), "uma")
    back = service.answers(question(client), "uma")
    monkeypatch.setattr(statekit, "STATE_TTL", -1)

    assert RUN_OUT in said(client.get(back))
    assert get_user(client).is_anonymous


def test_an_answer_about_another_number_is_refused(client, service):
    connected(make.user(), "uma")

    answer = client.get(service.answers(question(client), "uma", nonce="another"))

    assert (answer.status_code, NOT_CONFIRMED in said(answer)) == (400, True)
    assert get_user(client).is_anonymous


def test_a_made_up_code_is_refused(client, service):
    back = urlsplit(service.answers(question(client), "uma"))
    state = parse_qs(back.query)["state"][0]

    assert NOT_CONFIRMED in said(client.get(f"{back.path}?code=made-up&state={state}"))


def test_a_service_whose_answers_have_run_out_is_refused(client, settings):
    connected(make.user(), "uma")
    with running(life=-60) as late:
        settings.SOCIALACCOUNT_PROVIDERS = late.as_setting()
        answer = comes_from(client, late, "uma")

    assert (answer.status_code, NOT_CONFIRMED in said(answer)) == (400, True)
    assert get_user(client).is_anonymous


def test_a_service_that_is_away_is_said_to_be_away(client, service, settings):
    with running() as gone:
        settings.SOCIALACCOUNT_PROVIDERS = gone.as_setting()
        back = gone.answers(question(client), "uma")

    for answer in (client.get(back), client.post(BEGIN)):
        assert (answer.status_code, "School sign-in does not answer." in said(answer)) == (400, True)


# --- the settings


def env_of(named: dict[str, str]) -> environ.Env:
    env = environ.Env()
    env.ENVIRON = named
    return env


def test_nothing_is_offered_unless_it_is_named():
    assert sign_in_providers(env_of({})) == []


def test_google_microsoft_and_others_are_named_by_the_environment():
    named = {
        "GOOGLE_CLIENT_ID": "g",
        "GOOGLE_CLIENT_SECRET": "gs",
        "MICROSOFT_CLIENT_ID": "m",
        "MICROSOFT_TENANT": "contoso",
        "OIDC_PROVIDERS": json.dumps(
            [{"id": "kc", "name": "Trust", "server_url": "https://sign-in.example", "client_id": "k", "secret": "ks"}]
        ),
    }
    found = sign_in_providers(env_of(named))

    assert [(each["provider_id"], each["settings"]) for each in found] == [
        ("google", {"server_url": "https://accounts.google.com", "believe_email": True}),
        ("microsoft", {"server_url": "https://login.microsoftonline.com/contoso/v2.0", "believe_email": False}),
        ("kc", {"server_url": "https://sign-in.example", "believe_email": True}),
    ]


@pytest.mark.parametrize(
    ("described", "said_of_it"),
    [
        ({"id": "kc"}, "name, server_url, client_id, secret"),
        ({"server_url": "http://sign-in.example"}, "must begin with https://"),
        ({"id": "google"}, "an id of its own"),
    ],
)
def test_a_service_that_is_badly_described_is_refused_in_one_sentence(described, said_of_it):
    whole = {"id": "kc", "name": "Trust", "server_url": "https://sign-in.example", "client_id": "k", "secret": "s"}
    one = described if described == {"id": "kc"} else {**whole, **described}
    named = {"GOOGLE_CLIENT_ID": "g", "OIDC_PROVIDERS": json.dumps([one])}

    with pytest.raises(ImproperlyConfigured, match=re.escape(said_of_it)):
        sign_in_providers(env_of(named))
