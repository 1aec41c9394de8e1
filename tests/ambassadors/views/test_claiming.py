"""The pages of whoever another scheme brought, and of who asks whether we know them: they tell nobody anything else."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, CheckStatus
from ambassadors.models import Ambassador, Suppression
from ambassadors.notifications import turned_down_before
from ambassadors.operations.applications import begin_application
from ambassadors.operations.claiming import LINK
from ambassadors.operations.front_door import ask_for_record
from ambassadors.operations.merging import merge_people
from ambassadors.operations.notices import tell_imported
from ambassadors.queries.front_door import record_like
from ambassadors.queries.records import known_before
from stem.accounts.roles import Role
from stem.letters.links import mint_link
from stem.letters.models import Letter, OneTimeLink
from stem.letters.sending import send_due
from tests import make
from tests.clients import client_of
from tests.fire.rows import Watch
from tests.make import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def told():
    """Somebody who was told, and the path of the link in their letter."""
    person = make.brought(email="ida@old.example")
    tell_imported(at=NOW)
    send_due(at=NOW)
    [link] = re.findall(r"https?://[^/]+(/known/\S+)", str(mail.outbox[-1].body))
    return person, link


def said(client, address, **answers):
    response = client.post(address, answers, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_the_link_shows_three_ways_and_nothing_of_the_record_but_its_scheme(told, client):
    person, link = told
    watch = Watch()
    with watch.watching():
        page = client.get(link)
    assert watch.changed() == []
    words = page.content.decode()
    assert "Researchers in Residence" in words
    for secret in (person.full_name, person.email, person.postcode, person.first_name):
        assert secret not in words
    assert "no-cache" in page["Cache-Control"] or "no-store" in page["Cache-Control"]


def test_this_is_me_leads_a_stranger_to_an_account_and_back_to_the_record(told, client):
    person, link = told
    response = client.post(link, {"way": "claim"})
    assert response["Location"] == reverse("join_ambassador")
    user = make.user(email="ida@new.example")
    client.force_login(user)
    assert "Researchers in Residence" in client.get(reverse("join_as_ambassador")).content.decode()
    said(client, reverse("known_here"), way="claim")
    person.refresh_from_db()
    assert person.user == user
    assert OneTimeLink.objects.filter(purpose=LINK, used_at=None).count() == 0
    assert "This link has been used" in client.get(link).content.decode()


def test_this_is_me_pressed_twice_is_said_once(told):
    person, link = told
    client = client_of(make.user())
    pages = [client.post(link, {"way": "claim"}) for _ in range(2)]
    assert [page.status_code for page in pages] == [302, 410]
    assert person.events.filter(kind="claim").count() == 1


def test_later_changes_nothing_and_says_so(told, client):
    person, link = told
    assert "Your link goes on working" in said(client, link, way="later")
    assert Ambassador.objects.unclaimed().get() == person


def test_no_asks_first_and_then_deletes_without_signing_in(told, client):
    _person, link = told
    response = client.post(link, {"way": "no"}, follow=True)
    assert "Delete what we have about you?" in response.content.decode()
    assert Ambassador.objects.count() == 1
    assert "There is a problem" in said(client, f"{link}no/")
    assert Ambassador.objects.count() == 1
    assert "It is deleted" in said(client, f"{link}no/", sure="on")
    assert (Ambassador.objects.count(), Suppression.objects.count()) == (0, 1)
    assert client.post(f"{link}no/").status_code == 404


@pytest.mark.parametrize("way", ["", "nothing", "claim\0"])
def test_what_is_none_of_the_three_is_said_in_words(told, client, way):
    page = client.post(told[1], {"way": way})
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert Ambassador.objects.unclaimed().count() == 1


def test_a_link_whose_record_somebody_has_claimed_is_closed(told, client):
    person, link = told
    Ambassador.objects.filter(pk=person.pk).update(user=make.user())
    assert client.get(link).status_code == 410


def test_whoever_proves_the_very_address_is_offered_the_record_and_others_are_not():
    make.brought(email="Ida@old.example")
    offered = client_of(make.user(email="ida@old.example")).get(reverse("join_as_ambassador")).content.decode()
    assert "We have something about you from Researchers in Residence" in offered
    other = client_of(make.user(email="ida@new.example"))
    assert "Researchers" not in other.get(reverse("join_as_ambassador")).content.decode()
    assert other.get(reverse("known_here")).status_code == 302


def test_whoever_had_begun_already_is_offered_it_too_and_both_become_one():
    person, user = make.brought(email="ida@old.example"), make.user(email="ida@old.example")
    begin_application(user=user, at=NOW)
    client = client_of(user)
    assert "Researchers in Residence" in client.get(reverse("join_as_ambassador")).content.decode()
    said(client, reverse("known_here"), way="claim")
    mine = Ambassador.objects.unmerged().get()
    assert (mine.user, mine.postcode) == (user, person.postcode)


# Whether we know somebody under another address.

ME = {"name": "Noor Newcomer", "phone": "07700 900555"}


def record_of(kind: str) -> Ambassador | None:
    """The record, if any, of a person of this name and number."""
    match kind:
        case "unknown":
            return None
        case "known":
            return make.brought(**ME, email="noor@old.example")
        case "with an account":
            return make.ambassador(**ME, status=AmbassadorStatus.LEFT)
        case "declined":
            return make.ambassador(**ME, status=AmbassadorStatus.DECLINED)
    barred = make.ambassador(**ME, status=AmbassadorStatus.LEFT)
    make.check(barred, status=CheckStatus.BARRED)
    return barred


KINDS = ("unknown", "known", "with an account", "declined", "barred")


def without_tokens(response) -> bytes:
    return re.sub(rb"\b[A-Za-z0-9]{64}\b", b"", response.content)


def test_asking_answers_everyone_in_the_same_bytes_and_asks_the_database_the_same():
    seen = set()
    for kind in KINDS:
        record_of(kind)
        client = client_of(make.user(email=f"{kind.split()[0]}@new.example", **ME))
        with CaptureQueriesContext(connection) as asked:
            pages = [client.get(reverse("ask_for_record"))]
            pages += [client.post(reverse("ask_for_record")), client.get(reverse("record_asked_for"))]
        answers = tuple((page.status_code, page.get("Location"), without_tokens(page)) for page in pages)
        seen.add((answers, len(asked)))
        Ambassador.objects.filter(full_name=ME["name"]).update(full_name="Somebody Else", phone="")
    assert len(seen) == 1
    assert Letter.objects.count() == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_letter_goes_to_the_address_on_record_and_to_nobody_else(kind):
    record = record_of(kind)
    client = client_of(make.user(email="noor@new.example", **ME))
    for _twice in range(2):
        client.post(reverse("ask_for_record"))
    send_due(at=NOW)
    assert Letter.objects.count() == 1
    sent = [message.to[0] for message in mail.outbox]
    assert sent == ([f"Noor Newcomer <{record.reached_at}>"] if kind in ("known", "with an account") else [])


def test_the_link_in_that_letter_opened_while_signed_in_makes_the_record_one_s_own():
    record, user = record_of("known"), make.user(email="noor@new.example", **ME)
    begin_application(user=user, at=NOW)
    client = client_of(user)
    client.post(reverse("ask_for_record"))
    send_due(at=NOW)
    [link] = re.findall(r"https?://[^/]+(/known/\S+)", str(mail.outbox[-1].body))
    said(client, link, way="claim")
    assert Ambassador.objects.unmerged().get().user == user
    assert record is not None
    assert record.memberships.model.objects.get().ambassador.user == user


def test_whoever_comes_under_a_name_that_became_part_of_a_record_is_led_to_the_record():
    one, other = make.brought(name="Ida Registered", email="ida@old.example"), make.brought(**ME)
    officer = make.staff(Role.VETTING_OFFICER)
    whose = dict.fromkeys(("full_name", "email"), str(one.pk))
    kept = merge_people(one=one, other=other, choices=whose, by=officer, at=NOW).kept
    Ambassador.objects.filter(pk=kept.pk).update(phone="")
    user = make.user(name=ME["name"], phone=ME["phone"])
    ask_for_record(user=user, at=NOW)
    send_due(at=NOW)
    assert [message.recipients() for message in mail.outbox] == [["Ida Registered <ida@old.example>"]]
    Ambassador.objects.filter(pk=kept.pk).update(status=AmbassadorStatus.DECLINED)
    assert record_like(user, above=0.6) is None


def test_another_person_of_the_household_is_not_written_to():
    make.brought(name="Bea Newcomer", phone=ME["phone"], email="bea@old.example", postcode="LS1 4AP")
    client_of(make.user(**ME)).post(reverse("ask_for_record"))
    send_due(at=NOW)
    assert mail.outbox == []


# Somebody who was turned down before.


@pytest.mark.parametrize("kind", ["declined", "barred"])
@pytest.mark.parametrize("mark", ["email", "phone"])
def test_officers_hear_once_that_somebody_turned_down_has_come_again(kind, mark):
    before = record_of(kind)
    if mark == "email":
        Ambassador.objects.filter(pk=before.pk).update(phone="", email="Noor@new.example")
    officer = make.staff(Role.VETTING_OFFICER, email="officer@scheme.example")
    user = make.user(email="noor@new.example", name="Noor Newcomer", phone=ME["phone"] if mark == "phone" else "")
    assert client_of(user).post(reverse("begin_application")).status_code == 302
    begin_application(user=user, at=NOW)
    send_due(at=NOW)
    assert [message.to for message in mail.outbox] == [[f"{officer.full_name} <officer@scheme.example>"]]
    assert "turned down before" in str(mail.outbox[0].body)
    assert Letter.objects.get(fact__endswith=turned_down_before.__name__).is_confidential


def test_somebody_turned_down_is_known_again_by_what_stood_on_a_record_that_became_part_of_theirs():
    turned_down = make.ambassador(name="Noor Before", status=AmbassadorStatus.DECLINED)
    other = make.brought(**ME, email="noor@old.example")
    lead = make.staff(Role.VETTING_OFFICER, Role.SAFEGUARDING_LEAD)
    whose = dict.fromkeys(("full_name", "email"), str(turned_down.pk))
    merge_people(one=turned_down, other=other, choices=whose, by=lead, at=NOW)
    again = make.ambassador(user=make.user(email="noor@old.example"))
    assert known_before(again, surely=True) == [turned_down]


def test_a_name_alone_is_no_reason_for_a_letter():
    make.ambassador(name="Noor Newcomer", status=AmbassadorStatus.DECLINED)
    make.staff(Role.VETTING_OFFICER)
    begin_application(user=make.user(name="Noor Newcomer"), at=NOW)
    assert Letter.objects.count() == 0


def test_an_applicant_who_was_turned_down_before_sees_what_everybody_sees():
    pages = []
    for kind in ("unknown", "declined"):
        record_of(kind)
        client = client_of(make.user(email=f"{kind}@new.example", **ME))
        client.post(reverse("begin_application"))
        names = ("join_as_ambassador", "about_me", "ask_for_record")
        pages.append([without_tokens(client.get(reverse(name))) for name in names])
    assert pages[0] == pages[1]


def test_a_token_of_another_purpose_opens_nothing(client: Client):
    token = mint_link("give_reference", make.brought().pk, expires_at=NOW.replace(year=2030))
    assert client.get(reverse("answer_notice", args=[token])).status_code == 404
