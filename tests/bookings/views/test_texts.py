"""Asking to be texted on the page of one's account, and stopping it there."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus
from stem.accounts.roles import Role
from stem.texts.models import NumberProof, TextNumber
from stem.texts.tasks import send_due_texts
from tests import make
from tests.clients import client_of
from tests.stem.texts.pocket import POCKET

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pocket")]
TYPED, NUMBER = "07700 900123", "+447700900123"
PAGES = ("my_texts", "prove_number", "stop_texts")


@pytest.fixture
def person():
    return make.ambassador(name="Pat Person", cleared=True).user


@pytest.fixture
def client(person) -> Client:
    return client_of(person)


def page(client: Client, name: str, *args: str) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def post(client: Client, name: str, **data: str):
    return client.post(reverse(name), data, follow=True)


def ask(client: Client, number: str = TYPED) -> str:
    """Ask for a code, and look at the telephone for it."""
    POCKET.taken.clear()
    response = post(client, "my_texts", number=number)
    assert response.redirect_chain == [(reverse("prove_number"), 302)]
    send_due_texts()
    (code,) = re.findall(r"\d{6}", POCKET.taken[0].words)
    return code


def test_a_person_opts_in_by_a_code_and_out_by_one_press(client, person):
    assert "Set up texts" in page(client, "my_account")
    code = ask(client)
    assert TYPED in page(client, "prove_number")
    assert "This number is yours" in post(client, "prove_number", code=code).content.decode()
    assert TextNumber.objects.get(user=person).number == NUMBER
    assert TYPED in page(client, "my_account") and "Change or stop texts" in page(client, "my_account")
    assert "No more texts" in post(client, "stop_texts").content.decode()
    assert not TextNumber.objects.exists()
    assert "Set up texts" in page(client, "my_account")


def test_a_school_s_contact_does_as_well():
    client = client_of(make.contact().user)
    post(client, "prove_number", code=ask(client))
    assert TextNumber.objects.get().number == NUMBER


def test_the_page_says_what_is_texted_and_that_stop_is_the_gateway_s(client):
    shown = page(client, "my_texts")
    assert all(words in shown for words in ("called off", "moved", "cannot come", "STOP", "eight in the morning"))


@pytest.mark.parametrize("typed", ["", "01632 960002", "+1 202 555 0123", "x" * 50])
def test_only_a_mobile_number_is_one(client, typed):
    shown = post(client, "my_texts", number=typed).content.decode()
    assert "error-summary" in shown and not NumberProof.objects.exists()


def test_a_wrong_code_is_said_beside_the_field_and_the_third_ends_it(client):
    code = ask(client)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert "You may try 2 times more" in post(client, "prove_number", code=wrong).content.decode()
    assert "You may try once more" in post(client, "prove_number", code=wrong).content.decode()
    last = post(client, "prove_number", code=wrong)
    assert last.redirect_chain == [(reverse("my_texts"), 302)]
    assert "not the code, three times" in last.content.decode()
    assert post(client, "prove_number", code=code).redirect_chain == [(reverse("my_texts"), 302)]
    assert not TextNumber.objects.exists()


def test_without_a_code_that_waits_there_is_nothing_to_type(client):
    assert client.get(reverse("prove_number")).headers["Location"] == reverse("my_texts")


def test_codes_are_not_sent_without_end(client):
    for each in range(5):
        ask(client, f"07700 90012{each}")
    assert post(client, "my_texts", number=TYPED).status_code == 429


def test_nor_to_one_number_by_many_people():
    for _ in range(5):
        ask(client_of(make.contact().user))
    assert post(client_of(make.contact().user), "my_texts", number=TYPED).status_code == 429
    ask(client_of(make.contact().user), "07700 900456")


def test_nobody_reads_or_changes_another_s(client, person):
    other = make.contact().user
    make.texted(other, number="+447700900456")
    assert "900456" not in page(client, "my_texts")
    post(client, "stop_texts")
    assert TextNumber.objects.get().user == other


@pytest.mark.parametrize(
    "who",
    [
        make.user,
        lambda: make.staff(Role.COORDINATOR),
        lambda: make.contact(approved=False).user,
        lambda: make.ambassador(status=AmbassadorStatus.LEFT).user,
    ],
    ids=["nobody yet", "staff", "a teacher who waits", "who has left"],
)
def test_who_has_no_visits_to_be_told_of_finds_nothing_of_it(who):
    client = client_of(who())
    assert "text" not in re.sub(r"<[^>]*>", " ", page(client, "my_account").partition("<main")[2]).lower()
    assert [client.get(reverse(name)).status_code for name in PAGES[:2]] == [404, 404]
    assert client.post(reverse("stop_texts")).status_code == 404


def test_without_a_port_nothing_of_it_shows_anywhere(client, settings, person):
    settings.TEXTS_BACKEND = ""
    for name in ("my_account", "privacy", "what_we_hold", "letters_wanted"):
        assert "text message" not in page(client, name).lower() and reverse("my_texts") not in page(client, name)
    assert {client.post(reverse(name)).status_code for name in PAGES} == {404}
    assert client.get(reverse("what_we_hold_about", args=["texts"])).status_code == 404


def test_the_account_s_page_costs_one_question_more(client, settings):
    def questions(backend: str) -> int:
        settings.TEXTS_BACKEND = backend
        with CaptureQueriesContext(connection) as asked:
            page(client, "my_account")
        return len(asked)

    page(client, "my_account")
    on = settings.TEXTS_BACKEND
    assert questions(on) == questions("") + 1 <= 12


def test_the_privacy_notice_tells_of_it(client):
    shown = page(client, "privacy")
    assert "If you ask us to text you" in shown and "Your mobile number for texts" in shown


def test_what_we_hold_tells_the_number_and_what_went_to_it(client, person):
    code = ask(client)
    assert "Waits for its code" in page(client, "what_we_hold_about", "texts")
    post(client, "prove_number", code=code)
    shown = page(client, "what_we_hold_about", "texts")
    assert TYPED in shown and "Code for number" in shown and "123" in shown
    assert "Text messages" in page(client, "what_we_hold")


def test_also_where_the_port_has_been_taken_away_and_something_is_left(client, person, settings):
    make.texted(person)
    settings.TEXTS_BACKEND = ""
    assert TYPED in page(client, "what_we_hold_about", "texts")
    assert client_of(make.user()).get(reverse("what_we_hold_about", args=["texts"])).status_code == 404
