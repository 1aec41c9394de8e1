"""What the scheme's staff see of texts, and do to those that have not gone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.geography.models import Region
from stem.nations import Nation
from stem.texts.models import Text
from stem.texts.post import post_text
from stem.texts.sending import send_due
from tests import make
from tests.clients import client_of
from tests.stem.texts import facts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pocket")]
DAY = timedelta(days=1)
PAGES = ("staff_text", "hold_text", "release_text", "retry_text", "cancel_text")


@pytest.fixture
def coordinator():
    return make.staff(Role.COORDINATOR, name="Cora Coordinator")


@pytest.fixture
def client(coordinator) -> Client:
    return client_of(coordinator, second_factor=True)


def posted(now, *, number: int = 7, fact=facts.plain) -> Text:
    reader = make.texted(make.user(name="Rhys Reader"))
    return post_text(fact, {"number": number}, to=reader, until=now + DAY, at=now)


def page(client: Client, name: str, *args: int, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def press(client: Client, name: str, text: Text) -> str:
    """What the text's page says after this button."""
    response = client.post(reverse(name, args=[text.pk]), follow=True)
    assert response.redirect_chain == [(reverse("staff_text", args=[text.pk]), 302)]
    text.refresh_from_db()
    return response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(rows, client, now, django_assert_num_queries):
    for number in range(rows):
        posted(now, number=number)
    page(client, "staff_texts")
    # the session, its person, their roles and regions; how many texts, and these
    with django_assert_num_queries(6):
        assert page(client, "staff_texts").count('<td data-label="To">') == rows


def test_the_list_tells_where_each_stands_and_narrows(client, now):
    posted(now)
    send_due(at=now)
    posted(now, number=8)
    assert page(client, "staff_texts", status="sent").count('<td data-label="To">') == 1
    assert page(client, "staff_texts", status="failed").count('<td data-label="To">') == 0
    assert "No texts here" in page(client, "staff_texts", status="failed")


def test_a_text_s_page_tells_its_words_and_no_more_of_a_number_than_its_end(client, now, coordinator):
    text = posted(now)
    send_due(at=now)
    shown = page(client, "staff_text", text.pk)
    assert "Text 7" in shown and "Rhys Reader" in shown and "ends in 123" in shown
    assert "7700" not in shown
    assert Entry.objects.get(action="text.read").actor == coordinator


def test_one_that_cannot_be_written_has_a_page_all_the_same(client, now):
    assert "no longer so" in page(client, "staff_text", posted(now, fact=facts.untellable).pk)


def test_it_is_held_released_and_cancelled(client, now):
    text = posted(now)
    assert "is held" in press(client, "hold_text", text) and text.status == "held"
    assert "goes when it is due" in press(client, "release_text", text) and text.status == "waiting"
    assert "Cancel this text?" in page(client, "cancel_text", text.pk)
    assert "will not be sent" in press(client, "cancel_text", text) and text.status == "cancelled"
    shown = page(client, "staff_text", text.pk)
    assert all(word in shown for word in ("Held", "Released", "Cancelled"))
    assert "This has changed" in press(client, "hold_text", text)


def test_a_failed_one_is_tried_again(client, now):
    text = posted(now)
    Text.objects.update(status="failed", attempts=9, kills=5)
    assert "tried again" in press(client, "retry_text", text)
    assert (text.status, text.attempts, text.kills) == ("waiting", 0, 0)


def test_a_coordinator_of_one_region_sees_none(now):
    region = Region.objects.create(name="Leeds", slug="leeds-of-test", nation=Nation.ENG)
    client, text = client_of(make.staff(Role.COORDINATOR, regions=(region,)), second_factor=True), posted(now)
    assert 'data-label="To"' not in page(client, "staff_texts")
    assert [client.get(reverse(name, args=[text.pk])).status_code for name in ("staff_text", "cancel_text")] == [
        404,
        404,
    ]
    assert client.post(reverse("hold_text", args=[text.pk])).status_code == 404


def test_nobody_else_may_look(now):
    text = posted(now)
    for user in (make.user(), make.contact().user, text.recipient):
        assert client_of(user).get(reverse("staff_text", args=[text.pk])).status_code == 403


def test_the_letters_page_leads_there(client, settings):
    assert reverse("staff_texts") in page(client, "staff_letters")
    settings.TEXTS_BACKEND = ""
    assert reverse("staff_texts") not in page(client, "staff_letters")


def test_without_a_port_no_page_stands(client, now, settings):
    text = posted(now)
    settings.TEXTS_BACKEND = ""
    assert client.get(reverse("staff_texts")).status_code == 404
    assert {client.post(reverse(name, args=[text.pk])).status_code for name in PAGES} == {404}
    text.refresh_from_db()
    assert text.status == "waiting"
