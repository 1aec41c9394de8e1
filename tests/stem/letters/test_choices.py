"""Letters that people may do without stay away from those who do, and only those letters."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from stem.accounts.feeds import feed_key
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.choices import choose_letters, resume_letters, stop_key, stop_letters, unwanted_by
from stem.letters.kinds import PARTS, WHY_ALWAYS, WITHOUT_IT, LetterKind, Part, kinds_for
from stem.letters.models import Letter, UnwantedKind
from stem.letters.post import post
from stem.letters.sending import send_due
from stem.letters.tasks import clear_before
from tests import make
from tests.clients import client_of
from tests.stem.letters import notifications

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
FACTS = {
    notifications.thanks: LetterKind.RECEIPTS,
    notifications.news: LetterKind.OFFER_NEWS,
    notifications.agreed: LetterKind.VISITS,
}


@pytest.fixture
def reader(db) -> User:
    return make.user(name="Rita Reader")


def sent(reader: User | None, fact, at, number: int = 1) -> Letter:
    with transaction.atomic():
        letter = post(fact, to=reader, due_at=at, number=number)
    send_due(at=at)
    letter.refresh_from_db()
    return letter


def raw(message) -> dict[str, str]:
    """The headers as they go over the wire, read back."""
    return dict(message_from_bytes(message.message().as_bytes(), policy=policy.default).items())


def test_every_kind_says_why_it_comes_or_where_else_to_look_and_never_both():
    assert set(WHY_ALWAYS) | set(WITHOUT_IT) == set(LetterKind) == set(PARTS)
    assert set(WHY_ALWAYS) & set(WITHOUT_IT) == set()


def test_who_has_no_part_yet_is_told_of_sign_in_alone():
    assert kinds_for([]) == [LetterKind.SIGN_IN]
    assert LetterKind.OFFERS in kinds_for([Part.AMBASSADOR]) and LetterKind.OFFERS not in kinds_for([Part.SCHOOL])


def test_a_letter_that_one_may_do_without_says_how_in_its_headers_and_at_its_foot(reader, now, outbox):
    letter = sent(reader, notifications.thanks, now)

    (message,) = outbox
    address = f"https://scheme.example{reverse('stop_letters', args=[stop_key(reader, LetterKind.RECEIPTS)])}"
    headers = raw(message)
    # So long a header begins on a line of its own: a mail program unfolds it.
    assert (headers["List-Unsubscribe"].strip(), headers["List-Unsubscribe-Post"]) == (
        f"<{address}>",
        "List-Unsubscribe=One-Click",
    )
    assert address in message.body and f'href="{address}"' in message.alternatives[0].content
    assert letter.status == "sent"


@pytest.mark.parametrize("fact", [notifications.agreed, notifications.plain])
def test_a_letter_that_always_comes_offers_no_way_to_stop_it(fact, reader, now, outbox):
    sent(reader, fact, now)
    assert "List-Unsubscribe" not in raw(outbox[0])
    assert "letters/stop" not in outbox[0].body + outbox[0].alternatives[0].content


def test_without_an_account_there_is_no_choice_to_keep(db, now, outbox):
    assert sent(None, notifications.thanks, now).status == "sent"
    assert "List-Unsubscribe" not in raw(outbox[0])


def test_a_choice_holds_for_what_was_posted_before_it_and_has_not_left(reader, now, outbox):
    letter = post(notifications.thanks, to=reader, due_at=now + timedelta(hours=1), number=1)
    stop_letters(user=reader, kind=LetterKind.RECEIPTS, at=now)

    sweep = send_due(at=now + timedelta(hours=1))

    letter.refresh_from_db()
    assert (letter.status, letter.to_email, sweep.not_wanted, sweep.moved, outbox) == ("not_wanted", "", 1, 1, [])
    assert letter.tone == "neutral"
    assert clear_before(now + timedelta(days=91)) == 1


def test_staff_see_that_it_was_not_wanted(reader, now):
    stop_letters(user=reader, kind=LetterKind.RECEIPTS, at=now)
    letter = sent(reader, notifications.thanks, now)
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    listed = client.get(reverse("staff_letters"), {"status": "not_wanted"}).content.decode()
    assert "Not wanted by its reader" in listed and f"/staff/letters/{letter.pk}/" in listed


def test_a_preview_shows_staff_no_link_that_would_stop_anything(reader, now):
    letter = post(notifications.thanks, to=reader, due_at=now, number=1)
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    shown = client.get(reverse("letter_preview", args=[letter.pk])).content.decode()
    assert "[[stop_letters]]" in shown and "letters/stop" not in shown


def test_words_that_staff_have_edited_keep_the_way_to_stop_them(reader, now, outbox):
    letter = post(notifications.thanks, to=reader, due_at=now, number=1)
    Letter.objects.filter(pk=letter.pk).update(subject="Thanks", body="Ours. Stop: [[stop_letters]]\n")
    send_due(at=now)
    key = stop_key(reader, LetterKind.RECEIPTS)
    assert key in outbox[0].body and key in raw(outbox[0])["List-Unsubscribe"]


def test_a_closed_account_gets_no_letter(reader, now, outbox):
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert (sent(reader, notifications.agreed, now).status, outbox) == ("not_needed", [])


class TestAnyChoice(TestCase):
    @given(
        unwanted=st.sets(st.sampled_from(sorted(LetterKind))),
        posted=st.lists(st.sampled_from(sorted(FACTS, key=lambda fact: fact.__name__)), max_size=6),
    )
    def test_exactly_the_unwanted_optional_letters_stay_away(self, unwanted, posted):
        mail.outbox.clear()
        reader = make.user()
        choose_letters(user=reader, wanted=set(LetterKind) - unwanted, among=set(LetterKind), at=make.NOW)
        with transaction.atomic():
            letters = [post(f, to=reader, due_at=make.NOW, number=n) for n, f in enumerate(posted)]
        send_due(at=make.NOW)

        stays_away = {kind for kind in unwanted if kind.is_optional}
        assert unwanted_by(reader) == {kind.value for kind in stays_away}
        expected = ["not_wanted" if FACTS[fact] in stays_away else "sent" for fact in posted]
        assert [Letter.objects.get(pk=letter.pk).status for letter in letters] == expected
        assert len(mail.outbox) == expected.count("sent")

    @given(choices=st.lists(st.sets(st.sampled_from(sorted(WITHOUT_IT))), min_size=1, max_size=4))
    def test_the_last_choice_is_the_one_that_holds(self, choices):
        reader = make.user()
        for wanted in choices:
            choose_letters(user=reader, wanted=wanted, among=set(WITHOUT_IT), at=make.NOW)
        assert unwanted_by(reader) == {kind.value for kind in set(WITHOUT_IT) - choices[-1]}


def test_what_is_not_asked_about_is_left_as_it_was(reader, now):
    stop_letters(user=reader, kind=LetterKind.OFFER_NEWS, at=now)
    choose_letters(user=reader, wanted=[], among=[LetterKind.RECEIPTS], at=now)
    assert unwanted_by(reader) == {"offer_news", "receipts"}
    resume_letters(user=reader, kind=LetterKind.RECEIPTS, at=now)
    assert unwanted_by(reader) == {"offer_news"}
    assert Entry.objects.filter(action="letters.choose", actor=reader).count() == 3


def link(reader: User, kind: LetterKind = LetterKind.RECEIPTS) -> str:
    return reverse("stop_letters", args=[stop_key(reader, kind)])


def test_looking_at_the_link_stops_nothing(reader):
    shown = Client().get(link(reader)).content.decode()
    assert "Stop these letters?" in shown
    assert unwanted_by(reader) == set()


def test_a_mail_program_s_one_press_stops_them_without_cookie_token_or_redirect(reader):
    program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = program.post(link(reader), ONE_CLICK)
        assert (answer.status_code, answer.cookies.get("sessionid")) == (200, None)
    assert unwanted_by(reader) == {"receipts"}


def test_a_person_s_press_stops_them_and_another_brings_them_back(reader):
    window = Client()
    assert "These letters have stopped" in window.post(link(reader), follow=True).content.decode()
    assert unwanted_by(reader) == {"receipts"}
    assert "Stop these letters?" in window.post(link(reader), {"again": "yes"}, follow=True).content.decode()
    assert unwanted_by(reader) == set()


def test_a_key_that_was_made_up_or_is_for_something_else_opens_nothing(reader):
    good = stop_key(reader, LetterKind.RECEIPTS)
    bad = [
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        "x",
        "a.b",
        feed_key(reader),
        stop_key(reader, LetterKind.VISITS),
        f"{stop_key(make.user(), LetterKind.RECEIPTS).split('.')[0]}.{good.split('.')[1]}",
    ]
    for key in bad:
        address = reverse("stop_letters", args=[key])
        assert (Client().get(address).status_code, Client().post(address, ONE_CLICK).status_code) == (404, 404)
    assert UnwantedKind.objects.count() == 0


def test_the_link_of_a_closed_account_opens_nothing(reader):
    address = link(reader)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_the_link_at_the_foot_leads_to_a_page_that_works(reader, now, outbox):
    sent(reader, notifications.thanks, now)
    path = re.search(r"https://scheme\.example(/letters/stop/\S+)", outbox[0].body)[1]
    Client().post(path)
    assert unwanted_by(reader) == {"receipts"}
