"""Who the scheme is: what was entered, else what the settings say; asked of the database seldom."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from bookings.calendar import visit_event
from stem.letters.messages import build_message
from stem.letters.post import post
from stem.letters.rendering import word_letter
from stem.scheme import notifications
from stem.scheme.identity import forget, remember, who_we_are
from stem.scheme.models import Identity
from stem.scheme.operations import address_letters, name_scheme
from tests import make

pytestmark = pytest.mark.django_db
LETTERS = {
    "sender_name": "Ada at STEM North",
    "sender_email": "post@north.example",
    "reply_email": "help@north.example",
    "phone": "01632 960100",
}


@pytest.fixture
def by():
    return make.user()


def test_until_something_is_entered_the_settings_say_it(settings):
    settings.SCHEME_NAME, settings.SCHEME_EMAIL, settings.SCHEME_PHONE = "Ours", "us@scheme.example", "01632 960001"
    settings.DEFAULT_FROM_EMAIL = "Ours <post@scheme.example>"
    scheme = who_we_are(afresh=True)
    assert (scheme.known_as, scheme.email, scheme.telephone) == ("Ours", "us@scheme.example", "01632 960001")
    assert scheme.sender == "Ours <post@scheme.example>"


def test_what_is_entered_is_on_pages_and_in_letters_from_then_on(by, now):
    name_scheme(name="STEM North", by=by, at=now)
    address_letters(**LETTERS, by=by, at=now)

    page = Client().get(reverse("contact")).content.decode()
    letter = post(notifications.trial_letter, to=by, due_at=now, user_id=by.pk)
    message = build_message(letter, word_letter(letter, at=now))
    assert all(words in page for words in ("STEM North", "help@north.example", "01632 960100"))
    assert message.from_email == "Ada at STEM North <post@north.example>"
    assert message.reply_to == ["help@north.example"]
    assert message.subject == "Test letter from STEM North"
    assert all(words in message.body for words in ("STEM North", "help@north.example", "01632 960100"))


def test_a_sender_without_a_name_has_the_scheme_s(by, now):
    name_scheme(name="Ärzte, Ltd", by=by, at=now)
    address_letters(**{**LETTERS, "sender_name": ""}, by=by, at=now)
    assert who_we_are().sender == "=?utf-8?b?w4RyenRlLCBMdGQ=?= <post@north.example>"
    assert who_we_are().sender_in_words == "Ärzte, Ltd <post@north.example>"


def test_a_visit_keeps_its_name_in_calendars_when_the_address_changes(by, now):
    visit = make.visit(ambassador=make.ambassador(cleared=True))
    before = visit_event(visit, url="https://scheme.example/")
    address_letters(**LETTERS, by=by, at=now)
    after = visit_event(visit, url="https://scheme.example/")
    assert after.uid == before.uid
    assert (before.organiser_email, after.organiser_email) == ("scheme@rolemodel.example", "help@north.example")


def test_a_page_asks_for_it_once_and_the_next_not_at_all(django_assert_num_queries):
    forget()
    with django_assert_num_queries(1):
        Client().get(reverse("contact"))
    with django_assert_num_queries(0):
        Client().get(reverse("contact"))


def test_it_is_asked_again_when_the_time_is_over(django_assert_num_queries):
    remember(Identity(name="Old"), seconds=0)
    with django_assert_num_queries(1):
        assert who_we_are().known_as == "Rolemodel"


def test_a_page_has_a_name_though_the_database_does_not_answer(monkeypatch):
    remember(Identity(name="Last known"), seconds=0)

    class Broken:
        def entered(self):
            raise DatabaseError

    monkeypatch.setattr(Identity, "objects", Broken())
    assert who_we_are().known_as == "Last known"


def test_the_logo_s_bytes_are_not_fetched_with_every_page(by, now):
    name_scheme(name="STEM North", by=by, at=now)
    forget()
    with connection.execute_wrapper(lambda execute, sql, *rest: execute(_without_picture(sql), *rest)):
        who_we_are()


def _without_picture(sql: str) -> str:
    assert "picture" not in sql
    return sql


def test_there_is_one_row_and_the_database_holds_us_to_it():
    Identity.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Identity.objects.create(pk=2)
