"""What the scheme's staff see of letters, and do to those that have not gone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.geography.models import Region
from stem.letters.models import Letter, OneTimeLink
from stem.letters.post import post
from stem.letters.sending import send_due
from stem.nations import Nation
from tests import make
from tests.clients import client_of
from tests.stem.letters import notifications

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return make.staff(Role.COORDINATOR, name="Cora Coordinator")


@pytest.fixture
def client(coordinator) -> Client:
    return client_of(coordinator, second_factor=True)


@pytest.fixture
def letter(now) -> Letter:
    return post(notifications.greeting, due_at=now, number=7)


def page(client: Client, name: str, *args: int, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def press(client: Client, name: str, letter: Letter, **data: str) -> str:
    """What the letter's page says after this button."""
    response = client.post(reverse(name, args=[letter.pk]), data, follow=True)
    assert response.redirect_chain == [(reverse("staff_letter", args=[letter.pk]), 302)]
    letter.refresh_from_db()
    return response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(rows, client, now, django_assert_num_queries):
    for number in range(rows):
        post(notifications.plain, to=make.user(), due_at=now, number=number)
    page(client, "staff_letters")
    # the session, its person, their roles and regions; how many letters, and these
    with django_assert_num_queries(6):
        assert page(client, "staff_letters").count('<td data-label="To">') == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_letters_page_costs_the_same_however_much_was_done(rows, client, letter, django_assert_num_queries):
    for _ in range(rows):
        press(client, "hold_letter", letter)
        press(client, "release_letter", letter)
    page(client, "staff_letter", letter.pk)
    # the session, its person, their roles and regions; the letter, a savepoint, the audit's line, what was done
    with django_assert_num_queries(9):
        assert page(client, "staff_letter", letter.pk).count("Held</p>") == rows


def test_the_list_is_narrowed_by_state_and_by_address(client, now):
    post(notifications.plain, to=make.user(email="zed@people.example"), due_at=now, number=1)
    post(notifications.plain, due_at=now - timedelta(days=1), number=2)
    send_due(at=now - timedelta(hours=1))
    post(notifications.greeting, due_at=now, number=3)

    def listed(**query: str) -> list[str]:
        text = page(client, "staff_letters", **query)
        return [row.split("</td>")[0] for row in text.split('<td data-label="To">')[1:]]

    undecided = '<span class="quiet">Decided as it leaves</span>'
    assert listed() == [undecided, "zed@people.example", "reader2@people.example"]
    assert listed(status="sent") == ["reader2@people.example"]
    assert listed(status="waiting") == [undecided, "zed@people.example"]
    assert listed(q=" ZED@") == ["zed@people.example"]
    assert listed(q="reader2", status="sent") == ["reader2@people.example"]
    assert listed(q="reader2", status="waiting") == []
    assert "No letters here" in page(client, "staff_letters", q="nobody@people.example")


def test_pages_keep_the_filter_in_the_address(client, now):
    for number in range(51):
        post(notifications.plain, due_at=now, number=number)
    first = page(client, "staff_letters", status="waiting")
    assert "1 to 50 of 51" in first
    assert "?status=waiting&amp;page=2" in first
    assert "51 to 51 of 51" in page(client, "staff_letters", status="waiting", page="2")


def test_a_preview_shows_the_words_and_no_link_that_works(client, letter):
    text = page(client, "staff_letter", letter.pk)
    assert "Greeting number 7 from" in text
    assert "Yes, Ada O&#x27;Neill: answer here." in text
    assert "[[answer_test 7]]" in text
    assert "/answer-test/" not in text
    assert OneTimeLink.objects.count() == 0


def test_the_html_is_shown_in_a_box_in_which_nothing_runs(client, letter):
    assert f'src="{reverse("letter_preview", args=[letter.pk])}"' in page(client, "staff_letter", letter.pk)
    response = client.get(reverse("letter_preview", args=[letter.pk]))
    assert '<a href="[[answer_test 7]]">answer here</a>' in response.content.decode()
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert sorted(part.strip() for part in response["Content-Security-Policy"].split(";")) == [
        "default-src 'none'",
        "frame-ancestors 'self'",
        "img-src 'self' data:",
        "sandbox",
        "style-src 'unsafe-inline'",
    ]


def test_whoever_reads_a_letter_is_written_down(client, coordinator, letter):
    page(client, "staff_letter", letter.pk)
    entry = Entry.objects.get(action="letter.read")
    assert (entry.actor, entry.object_type, entry.object_id) == (coordinator, "letters.letter", str(letter.pk))


def test_nobody_but_its_reader_learns_that_there_is_a_confidential_letter(client, now, letter):
    private = post(notifications.private, due_at=now, number=7)

    assert set(Letter.objects.visible_to(make.staff(Role.COORDINATOR, Role.ADMINISTRATOR))) == {letter}
    for name in ("staff_letter", "letter_preview", "edit_letter", "cancel_letter"):
        assert client.get(reverse(name, args=[private.pk])).status_code == 404
    client.post(reverse("hold_letter", args=[private.pk]))
    private.refresh_from_db()
    assert private.status == "waiting"


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (notifications.no_longer_true, "is no longer so"),
        (notifications.untellable, "cannot be written"),
        (notifications.broken, "cannot be written"),
    ],
)
def test_a_letter_without_words_has_a_page_that_says_why(client, now, fact, words):
    assert words in page(client, "staff_letter", post(fact, due_at=now, number=7).pk)


def test_a_held_letter_stays_until_it_is_released(client, letter, now, outbox):
    assert "The letter is held" in press(client, "hold_letter", letter)
    assert (letter.status, send_due(at=now).sent) == ("held", 0)
    press(client, "release_letter", letter)
    assert (letter.status, send_due(at=now).sent) == ("waiting", 1)
    assert [(event.kind, event.by.full_name) for event in letter.events.all()] == [
        ("hold", "Cora Coordinator"),
        ("release", "Cora Coordinator"),
    ]


def test_cancelling_asks_first(client, letter, now, outbox):
    assert "Yes, cancel it" in page(client, "cancel_letter", letter.pk)
    letter.refresh_from_db()
    assert letter.status == "waiting"
    press(client, "cancel_letter", letter)
    assert (letter.status, send_due(at=now).moved) == ("cancelled", 0)


def test_a_failed_letter_is_tried_again_from_the_start(client, letter, now):
    Letter.objects.filter(pk=letter.pk).update(status="failed", attempts=10, next_try_at=now + timedelta(days=9))
    press(client, "retry_letter", letter)
    assert (letter.status, letter.attempts) == ("waiting", 0)
    assert letter.next_try_at < now + timedelta(days=9)


@pytest.mark.parametrize("name", ["hold_letter", "release_letter", "retry_letter", "cancel_letter"])
@pytest.mark.parametrize("status", ["sending", "sent", "not_needed"])
def test_nothing_is_done_to_what_has_gone(client, letter, now, name, status):
    Letter.objects.filter(pk=letter.pk).update(
        status=status, claimed_until=now, sent_at=now, to_email="ada@people.example"
    )
    assert "This has changed since you opened the page" in press(client, name, letter)
    assert letter.status == status


class TestEditing:
    WORDS = {"subject": "In our\nwords", "body": "Dear Ada,\r\nanswer at [[answer_test 7]]\r\n<b>soon</b>"}

    def test_the_form_begins_with_the_letters_own_words(self, client, letter):
        text = page(client, "edit_letter", letter.pk)
        assert "Greeting number 7 from" in text
        assert "[[answer_test 7]]" in text

    def test_it_goes_with_those_words_and_a_link_that_works(self, client, letter, now, outbox):
        press(client, "edit_letter", letter, **self.WORDS)
        assert (letter.subject, letter.body) == (
            "In our words",
            "Dear Ada,\nanswer at [[answer_test 7]]\n<b>soon</b>\n",
        )
        send_due(at=now)
        (message,) = outbox
        assert message.subject == "In our words"
        assert message.body.startswith("Dear Ada,\nanswer at https://scheme.example/answer-test/")
        html = message.alternatives[0].content
        assert 'href="https://scheme.example/answer-test/' in html
        assert "&lt;b&gt;soon&lt;/b&gt;" in html
        assert [event.kind for event in letter.events.all()] == ["edit"]
        assert Entry.objects.filter(action="letter.edit").count() == 1

    def test_the_same_words_again_are_no_second_edit(self, client, letter):
        for _ in range(2):
            press(client, "edit_letter", letter, **self.WORDS)
        assert letter.events.count() == 1

    def test_a_letter_whose_fact_holds_no_longer_does_not_go_even_so(self, client, letter, now, outbox):
        press(client, "edit_letter", letter, **self.WORDS)
        Letter.objects.update(fact="tests.stem.letters.notifications.no_longer_true")
        assert send_due(at=now).not_needed == 1

    def test_both_words_are_asked_for(self, client, letter):
        response = client.post(reverse("edit_letter", args=[letter.pk]), {"subject": "", "body": ""})
        text = response.content.decode()
        assert "Enter subject." in text and "Enter text." in text

    def test_what_has_gone_is_not_edited(self, client, letter, now):
        send_due(at=now)
        assert "can no longer be edited" in press(client, "edit_letter", letter, **self.WORDS)
        assert letter.body == ""


@pytest.mark.parametrize("name", ["staff_letter", "letter_preview", "cancel_letter", "edit_letter"])
def test_a_letter_that_is_not_there_is_not_found(client, name):
    assert client.get(reverse(name, args=[12345])).status_code == 404


def test_a_coordinator_of_one_region_is_told_who_looks_after_letters(letter):
    region = Region.objects.create(name="Shetland", slug="shetland", nation=Nation.SCO)
    regional = client_of(make.staff(Role.COORDINATOR, regions=(region,)), second_factor=True)

    assert "A letter belongs to no region" in page(regional, "staff_letters")
    assert regional.get(reverse("staff_letter", args=[letter.pk])).status_code == 404
