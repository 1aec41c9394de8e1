"""The language in which a visit is wanted: asked once, shown wherever the request is, and English unless it is said."""

import pytest
from django.urls import reverse

from bookings.operations.requests import ask_again
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

ANSWERS = {"activity": "careers_talk", "mode": "in_person", "people": "1"}


def say(request, **answers):
    page = reverse("edit_request", args=[request.pk, "activity"])
    return client_of(request.contact.user).post(page, {**ANSWERS, **answers})


@pytest.mark.parametrize(("answers", "language"), [({"language": "Welsh"}, "Welsh"), ({"language": ""}, ""), ({}, "")])
def test_a_school_may_say_in_which_language(answers, language):
    request = make.request()

    say(request, **answers)
    request.refresh_from_db()

    assert request.language == language


def test_it_can_be_put_back_to_english():
    request = make.request(language="Urdu")

    say(request, language="")
    request.refresh_from_db()

    assert request.language == ""


def test_who_could_come_is_counted_in_that_language(now):
    make.ambassador(cleared=True)
    request = make.request()
    page = reverse("could_come", args=[request.pk, "activity"])
    client = client_of(request.contact.user)

    assert "Nobody yet" not in client.post(page, ANSWERS).text
    assert "Nobody yet" in client.post(page, {**ANSWERS, "language": "Polish"}).text


def test_the_school_the_coordinator_and_whoever_is_asked_read_it(now):
    person = make.ambassador(cleared=True, languages=("Welsh",))
    visit = make.visit(request=make.request(status="open", language="Welsh"))
    request, offer = visit.request, make.offer(seat=visit.seats.first(), ambassador=person)
    pages = {
        reverse("request", args=[request.pk]): request.contact.user,
        reverse("coordinate_request", args=[request.pk]): make.staff(Role.COORDINATOR),
        reverse("offer", args=[offer.pk]): person.user,
    }

    said = {page: "Welsh" in client_of(user, second_factor=True).get(page).text for page, user in pages.items()}

    assert said == dict.fromkeys(pages, True)


def test_asking_again_asks_in_the_same_language(now):
    earlier = make.request(status="open", language="Irish")

    assert ask_again(request=earlier, contact=earlier.contact, at=now).language == "Irish"
