"""Another time as its school reads and answers it: signed in, by the link in the letter, and by telephone."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bookings.enums import OfferStatus, VisitStatus
from bookings.models import OfferEvent, PossibleTime
from stem.accounts.roles import Role
from stem.letters.links import mint_link
from stem.letters.models import OneTimeLink
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

START = make.OTHER_TIME[0].isoformat()
YES, NO = {"answer": "agree", "starts_at": START}, {"answer": "refuse"}


def link_to(offer, *, days: float = 30) -> str:
    token = mint_link("answer_other_time", offer.pk, expires_at=make.NOW + timedelta(days=days))
    return reverse("answer_other_time", args=[token])


def stands(offer) -> str:
    offer.refresh_from_db()
    return offer.status


def of_school(offer) -> Client:
    return client_of(offer.visit.request.contact.user)


def test_the_request_s_page_says_when_an_ambassador_could_come_and_not_who():
    offer = make.countered(words_to_school="Before lunch")

    page = of_school(offer).get(reverse("request", args=[offer.visit.request_id]))

    assert "An ambassador could come at another time" in page.text
    assert "Friday 12 February 2027, 9am to 10am" in page.text
    for private in ("Ada", "Northern Bridges"):
        assert private not in page.text


def test_the_school_s_own_page_leads_to_it_while_it_waits():
    offer = make.countered()
    client = of_school(offer)
    assert "See when, and answer" in client.get(reverse("school_home")).text

    client.post(reverse("other_time", args=[offer.pk]), NO)

    assert "See when, and answer" not in client.get(reverse("school_home")).text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_request_s_page_costs_the_same_for_three_as_for_one(django_assert_num_queries, rows):
    visit = make.visit()
    for _ in range(rows):
        make.countered(visit=visit, times=(make.OTHER_TIME, tuple(t + timedelta(days=3) for t in make.OTHER_TIME)))
    client = client_of(visit.request.contact.user)
    client.get(reverse("request", args=[visit.request_id]))

    with django_assert_num_queries(10):
        page = client.get(reverse("request", args=[visit.request_id]))

    assert page.text.count("Yours to answer") == rows


@pytest.mark.parametrize("times", [1, 2])
def test_the_page_of_other_times_costs_the_same_for_two_as_for_one(django_assert_num_queries, times):
    both = (make.OTHER_TIME, tuple(time + timedelta(days=3) for time in make.OTHER_TIME))
    offer = make.countered(times=both[:times])
    client = of_school(offer)
    client.get(reverse("other_time", args=[offer.pk]))

    with django_assert_num_queries(7):
        assert client.get(reverse("other_time", args=[offer.pk])).status_code == 200


def test_the_school_agrees_signed_in():
    offer = make.countered()

    page = of_school(offer).post(reverse("other_time", args=[offer.pk]), YES, follow=True)

    assert "Agreed: the visit is at that time. This page shows what comes next." in page.text
    assert stands(offer) == OfferStatus.ACCEPTED
    assert "Ada Engineer" in page.text


def test_the_school_says_no_signed_in():
    offer = make.countered()

    page = of_school(offer).post(reverse("other_time", args=[offer.pk]), NO, follow=True)

    assert "We tell the ambassador, and go on looking" in page.text
    assert stands(offer) == OfferStatus.REFUSED


def test_pressed_four_times_it_is_agreed_once():
    offer = make.countered()

    for _ in range(4):
        of_school(offer).post(reverse("other_time", args=[offer.pk]), YES)

    assert [event.kind for event in OfferEvent.objects.filter(offer=offer)] == ["agree"]


def test_a_scanner_that_opens_the_link_answers_nothing():
    offer = make.countered()
    link = link_to(offer)

    for _ in range(3):
        page = Client().get(link)
        assert (page.status_code, Client().head(link).status_code) == (200, 200)

    assert "no-store" in page["Cache-Control"]
    assert "Ada" not in page.text
    assert stands(offer) == OfferStatus.COUNTERED
    assert OneTimeLink.objects.get().used_at is None


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (YES, OfferStatus.ACCEPTED, "See on the visit’s page who it is"),
        (NO, OfferStatus.REFUSED, "Nothing is left to answer"),
    ],
)
def test_the_link_answers_once(answer, status, words):
    offer = make.countered()
    link = link_to(offer)

    page = Client().post(link, answer)

    assert words in page.text
    assert stands(offer) == status
    assert Client().post(link, answer).status_code == 410


@pytest.mark.parametrize(("days", "token", "status"), [(0, "", 410), (1, "never-sent", 404)])
def test_a_link_that_opens_nothing_says_so(days, token, status):
    address = reverse("answer_other_time", args=[token]) if token else link_to(make.countered(), days=days)

    page = Client().get(address)

    assert page.status_code == status
    assert "Go to your school’s page" in page.text


def test_a_link_for_the_person_asked_opens_nothing_for_the_school():
    offer = make.countered()
    token = mint_link("answer_offer", offer.pk, expires_at=make.NOW + timedelta(days=1))

    assert Client().get(reverse("answer_other_time", args=[token])).status_code == 404


def test_a_link_forwarded_to_somebody_signed_in_elsewhere_answers_nothing():
    offer = make.countered()
    link = link_to(offer)

    for user in (make.contact().user, offer.ambassador.user):
        assert client_of(user).post(link, YES).status_code == 403
    assert stands(offer) == OfferStatus.COUNTERED


def test_a_refused_yes_leaves_the_link_unspent():
    offer = make.countered()
    make.visit(ambassador=offer.ambassador, status=VisitStatus.CONFIRMED, time=make.OTHER_TIME)

    page = Client().post(link_to(offer), YES)

    assert "That time is no longer possible." in page.text
    assert "another visit" not in page.text
    assert OneTimeLink.objects.get().used_at is None


@pytest.mark.parametrize("by_link", [False, True])
def test_on_a_day_without_visitors_the_page_asks_why_then_all_the_same(by_link):
    offer = make.countered()
    make.closure(offer.visit.request.school, day=make.OTHER_TIME[0].date())
    client = Client() if by_link else of_school(offer)
    address = link_to(offer) if by_link else reverse("other_time", args=[offer.pk])
    assert "Why then all the same?" in client.get(address).text

    page = client.post(address, YES)
    assert [*page.context["form"].errors] == ["all_the_same"]
    client.post(address, {**YES, "all_the_same": "Only Year 8 is in"})

    assert stands(offer) == OfferStatus.ACCEPTED
    assert PossibleTime.objects.get(starts_at=make.OTHER_TIME[0]).all_the_same == "Only Year 8 is in"


@pytest.mark.parametrize("starts_at", ["", "soon", "x" * 5000, make.FIRST_TIME[0].isoformat()])
def test_a_time_that_was_not_named_is_not_taken(starts_at):
    offer = make.countered()

    of_school(offer).post(reverse("other_time", args=[offer.pk]), {"answer": "agree", "starts_at": starts_at})

    assert stands(offer) == OfferStatus.COUNTERED


def test_another_school_does_not_find_it_nor_one_without_other_times():
    offer, plain = make.countered(), make.offer()

    assert client_of(make.contact().user).get(reverse("other_time", args=[offer.pk])).status_code == 404
    assert of_school(plain).get(reverse("other_time", args=[plain.pk])).status_code == 404


def test_once_it_is_settled_the_page_says_so():
    offer = make.countered(lapses_at=make.NOW)

    page = of_school(offer).post(reverse("other_time", args=[offer.pk]), YES)

    assert "Nothing is left to answer" in page.text
    assert "The time to answer has run out. We go on looking." in page.text


# --- by telephone


def coordinator() -> Client:
    return client_of(make.staff(Role.COORDINATOR), second_factor=True)


@pytest.mark.parametrize(("answer", "status"), [(YES, OfferStatus.ACCEPTED), (NO, OfferStatus.REFUSED)])
def test_a_coordinator_notes_what_the_school_says_on_the_telephone(answer, status):
    offer, client = make.countered(), coordinator()
    page = client.get(reverse("coordinate_request", args=[offer.visit.request_id]))
    assert "See the times, or answer for the school" in page.text

    page = client.post(reverse("answer_other_time_for", args=[offer.pk]), answer, follow=True)

    assert "Noted: the answer of Tess Teacher." in page.text
    assert stands(offer) == status
    assert OfferEvent.objects.get(offer=offer).on_behalf_of == "Tess Teacher"


def test_a_coordinator_sees_who_waits_in_reserve():
    visit = make.visit()
    offer = make.offer(visit=visit, status=OfferStatus.SUPERSEDED)
    client, page = coordinator(), reverse("coordinate_request", args=[visit.request_id])
    assert "In reserve" not in client.get(page).text

    make.reserve(offer.ambassador, visit=visit)

    shown = client.get(page).text
    assert "In reserve" in shown and "Waits in reserve" in shown
    assert "In reserve" not in of_school(offer).get(reverse("request", args=[visit.request_id])).text
