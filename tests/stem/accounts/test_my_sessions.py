"""Where one is signed in: seen in plain words, ended at once, and never someone else's."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stem.accounts.devices import device_in_words, device_of
from stem.accounts.models import BrowserSession
from stem.accounts.roles import Role
from stem.accounts.session_store import SEEN
from stem.accounts.sessions import end_sessions_of, open_sessions_of
from stem.audit.models import Entry
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
CHROME = "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "kept", "words"),
    [
        (FIREFOX, "Firefox / Windows", "Firefox on Windows"),
        (SAFARI, "Safari / iPhone", "Safari on iPhone"),
        (EDGE, "Edge / Windows", "Edge on Windows"),
        (CHROME, "Chrome / ChromeOS", "Chrome on ChromeOS"),
        ("curl/8.0", "", "A browser that did not say what it is"),
        ("Firefox", "Firefox", "Firefox"),
    ],
)
def test_a_browser_is_called_what_people_call_it(user_agent, kept, words):
    assert device_of(user_agent) == kept
    assert device_in_words(kept) == words


def signs_in(email: str, user_agent: str = FIREFOX) -> Client:
    browser = Client(headers={"user-agent": user_agent})
    browser.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    assert get_user(browser).is_authenticated
    return browser


@pytest.fixture
def uma():
    return make.user(email="uma@people.example")


def test_a_sign_in_is_listed_at_once_with_its_browser_and_without_its_address(uma):
    here = signs_in(uma.email)
    signs_in(uma.email, SAFARI)

    answer = here.get(reverse("my_sessions"))

    assert [each.device for each in answer.context["here"]] == ["Firefox / Windows"]
    assert [each.device_words for each in answer.context["elsewhere"]] == ["Safari on iPhone"]
    columns = {field.name for field in BrowserSession._meta.get_fields()}
    assert columns == {"session_key", "session_data", "expire_date", "user", "device", "began_at", "seen_at"}
    kept = [row.get_decoded() for row in BrowserSession.objects.all()]
    assert "127.0.0.1" not in str(kept)


def test_no_key_that_lets_someone_in_stands_on_the_page(uma):
    here, there = signs_in(uma.email), signs_in(uma.email, SAFARI)

    page = here.get(reverse("my_sessions")).content.decode()

    assert there.session.session_key not in page
    assert BrowserSession.objects.get(pk=there.session.session_key).reference in page


def test_one_is_ended_at_once_and_the_others_go_on(uma):
    here, there, third = signs_in(uma.email), signs_in(uma.email, SAFARI), signs_in(uma.email, EDGE)
    reference = BrowserSession.objects.get(pk=there.session.session_key).reference

    here.post(reverse("end_session", args=[reference]))

    assert [get_user(each).is_authenticated for each in (here, there, third)] == [True, False, True]
    assert there.get(reverse("my_account")).status_code == 302


def test_all_others_are_ended_at_once(uma):
    here, there, third = signs_in(uma.email), signs_in(uma.email, SAFARI), signs_in(uma.email, EDGE)

    here.post(reverse("end_other_sessions"))

    assert [get_user(each).is_authenticated for each in (here, there, third)] == [True, False, False]


def test_nobody_ends_the_session_of_another_or_by_a_guess(uma):
    other = signs_in(make.user(email="otto@people.example").email)
    reference = BrowserSession.objects.get(pk=other.session.session_key).reference
    here = signs_in(uma.email)

    answers = [here.post(reverse("end_session", args=[each])) for each in (reference, other.session.session_key, "0")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert get_user(other).is_authenticated


def test_nobody_ends_the_one_they_are_in_by_mistake(uma):
    here = signs_in(uma.email)
    reference = BrowserSession.objects.get(pk=here.session.session_key).reference

    assert here.post(reverse("end_session", args=[reference])).status_code == 404
    assert get_user(here).is_authenticated


def test_what_has_run_out_is_not_listed(uma):
    here, there = signs_in(uma.email), signs_in(uma.email, SAFARI)
    session = there.session
    session[SEEN] -= 2 * 60 * 60 + 60
    session.save()

    assert len(open_sessions_of(uma, at=timezone.now())) == 1
    assert here.get(reverse("my_sessions")).context["elsewhere"] == []


def test_staff_who_were_idle_for_half_an_hour_are_not_listed():
    user = make.staff(Role.COORDINATOR)
    client_of(user)

    assert len(open_sessions_of(user, at=timezone.now())) == 1
    assert open_sessions_of(user, at=timezone.now() + timedelta(minutes=31)) == []


def test_the_list_takes_as_many_queries_for_one_as_for_three(uma, django_assert_num_queries):
    here = client_of(uma)
    for _number in range(2):
        with django_assert_num_queries(4):
            here.get(reverse("my_sessions"))
        client_of(uma)
        client_of(uma)


def test_a_sign_in_gets_a_key_of_its_own(uma, client):
    client.get(reverse("join_teacher"))
    before = client.session.session_key

    client.post(reverse("account_login"), {"login": uma.email, "password": PASSWORD})

    assert get_user(client) == uma
    assert client.session.session_key != before
    assert not BrowserSession.objects.filter(pk=before).exists()


def test_someone_is_signed_out_everywhere_for_a_reason_that_is_not_theirs(uma, now):
    browsers = [signs_in(uma.email), signs_in(uma.email, SAFARI)]
    other = signs_in(make.user(email="otto@people.example").email)

    assert end_sessions_of(uma, by=None, at=now) == 2

    assert [get_user(each).is_authenticated for each in [*browsers, other]] == [False, False, True]
    assert Entry.objects.filter(action="sessions.end", actor=None).count() == 1
    assert end_sessions_of(uma, by=None, at=now) == 0


def test_a_session_that_is_ended_in_the_middle_of_a_click_does_not_come_back(uma, now):
    here = signs_in(uma.email)
    store = here.session
    end_sessions_of(uma, by=None, at=now)

    with pytest.raises(UpdateError):
        store.save()

    assert isinstance(get_user(here), AnonymousUser)
