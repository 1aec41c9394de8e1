"""An offer and the answer to it, signed in and by the link in the letter."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bookings.enums import OfferStatus, SeatStatus, VisitStatus
from bookings.models import Commitment, OfferEvent
from bookings.operations.offers import accept_offer, withdraw_offer
from stem.accounts.roles import Role
from stem.letters.links import mint_link
from stem.letters.models import Letter, OneTimeLink
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

FIRST = make.FIRST_TIME[0].isoformat()
YES = {"answer": "accept", "starts_at": FIRST}
NO = {"answer": "decline", "reason": ""}


def link_to(offer, *, days: float = 30) -> str:
    token = mint_link("answer_offer", offer.pk, expires_at=make.NOW + timedelta(days=days))
    return reverse("answer_offer", args=[token])


def told(response) -> list[str]:
    return [str(error) for found in response.context["form"].errors.values() for error in found]


def stands(offer) -> str:
    offer.refresh_from_db()
    return offer.status


# --- the link in the letter


def test_the_link_shows_what_is_asked():
    offer = make.offer(minutes=26)

    page = Client().get(link_to(offer))

    assert page.status_code == 200
    for words in (
        "Beckside Academy asks for you",
        "Meet someone who builds bridges",
        "Careers talk",
        "Civil and structural engineering",
        "Year 8, 28 pupils",
        "Name three jobs in civil engineering",
        "Wednesday 10 February 2027, 10am to 11am",
        "Thursday 11 February 2027, 2pm to 3pm",
        "About 26 minutes away (13 miles)",
        "Offers exactly this: Civil and structural engineering",
        "Friday 15 January 2027, midday",
    ):
        assert words in page.text, words


def test_the_link_names_nobody_at_the_school_before_a_visit_is_confirmed():
    page = Client().get(link_to(make.offer()))

    for private in ("Sam Supervisor", "Dee Lead", "01632 960002", "Tess Teacher"):
        assert private not in page.text


def test_a_scanner_that_opens_the_link_many_times_answers_nothing():
    offer = make.offer()
    link, scanner = link_to(offer), Client()

    for _ in range(5):
        assert scanner.get(link).status_code == 200
        assert scanner.head(link).status_code == 200

    assert stands(offer) == OfferStatus.SENT
    assert not OfferEvent.objects.exists()
    assert OneTimeLink.objects.get().used_at is None


def test_yes_by_the_link_takes_the_seat_and_spends_the_link():
    offer = make.offer()

    page = Client().post(link_to(offer), YES)

    seat = offer.visit.seats.get()
    assert "You said yes. Thank you!" in page.text
    assert (stands(offer), seat.status, seat.ambassador) == (OfferStatus.ACCEPTED, SeatStatus.TAKEN, offer.ambassador)
    assert OfferEvent.objects.get().by == offer.ambassador.user
    assert OneTimeLink.objects.get().used_at == make.NOW


@pytest.mark.parametrize("reason", ["", "far"])
def test_no_by_the_link_is_kept_with_its_reason_if_any(reason):
    offer = make.offer()

    page = Client().post(link_to(offer), {"answer": "decline", "reason": reason})

    assert "You said no this time" in page.text
    assert (stands(offer), OfferEvent.objects.get().reason) == (OfferStatus.DECLINED, reason)


def test_a_link_acts_once():
    offer = make.offer()
    link = link_to(offer)
    Client().post(link, NO)

    again = Client().post(link, YES)

    assert again.status_code == 410
    assert "This link has been used. Sign in to see where things stand." in again.text
    assert stands(offer) == OfferStatus.DECLINED


def test_an_expired_link_says_so_and_acts_no_more():
    offer = make.offer()

    page = Client().post(link_to(offer, days=0), YES)

    assert page.status_code == 410
    assert "This link has run out. Sign in to see where things stand." in page.text
    assert stands(offer) == OfferStatus.SENT


@pytest.mark.parametrize("token", ["x", "a" * 500, "%00", "é", "..", "<script>"])
def test_a_link_that_was_never_sent_is_answered_with_one_sentence(token):
    page = Client().get(reverse("answer_offer", args=["token"]).replace("token", token))

    assert page.status_code == 404


def test_a_link_made_for_something_else_opens_no_offer():
    offer = make.offer()
    token = mint_link("give_feedback", offer.pk, expires_at=make.NOW + timedelta(days=1))

    assert Client().get(reverse("answer_offer", args=[token])).status_code == 404


def test_a_link_forwarded_to_a_colleague_who_is_signed_in_answers_nothing():
    offer = make.offer()
    colleague = client_of(make.ambassador(cleared=True).user)
    link = link_to(offer)

    assert colleague.get(link).status_code == 403
    assert colleague.post(link, YES).status_code == 403
    assert stands(offer) == OfferStatus.SENT


def test_yes_without_a_time_asks_which():
    offer = make.offer()

    page = Client().post(link_to(offer), {"answer": "accept"})

    assert told(page) == ["Answer “Which time suits you?”."]
    assert OneTimeLink.objects.get().used_at is None


@pytest.mark.parametrize("starts_at", ["soon", "2027-02-10", "x" * 5000, "2030-01-01T10:00:00+00:00"])
def test_a_time_that_was_not_offered_is_not_taken(starts_at):
    offer = make.offer()

    Client().post(link_to(offer), {"answer": "accept", "starts_at": starts_at})

    assert stands(offer) == OfferStatus.SENT
    assert not Commitment.objects.exists()


def test_a_refused_yes_leaves_the_link_unspent():
    ambassador = make.ambassador(cleared=True)
    make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED)
    offer = make.offer(ambassador=ambassador)

    page = Client().post(link_to(offer), YES)

    assert told(page) == ["You already have a visit at that time."]
    assert OneTimeLink.objects.get().used_at is None


def test_a_clash_at_one_time_leaves_the_other_to_choose():
    ambassador = make.ambassador(cleared=True)
    make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED)
    offer = make.offer(ambassador=ambassador)
    link = link_to(offer)
    Client().post(link, YES)

    Client().post(link, {"answer": "accept", "starts_at": make.SECOND_TIME[0].isoformat()})

    assert stands(offer) == OfferStatus.ACCEPTED


def test_when_someone_was_quicker_the_page_says_so_kindly():
    visit = make.visit()
    offer, other = make.offer(visit=visit), make.offer(visit=visit)
    accept_offer(offer=other, starts_at=make.FIRST_TIME[0], by=other.ambassador.user, at=make.NOW)

    page = Client().post(link_to(offer), YES)

    assert "Someone else was quicker" in page.text
    assert stands(offer) == OfferStatus.SUPERSEDED


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"lapses_at": make.NOW}, "The time to answer has run out"),
        ({"status": OfferStatus.LAPSED}, "The time to answer has run out"),
        ({"status": OfferStatus.WITHDRAWN}, "You no longer need to answer"),
        ({"status": OfferStatus.SUPERSEDED}, "Someone else was quicker"),
        ({"status": OfferStatus.RELEASED}, "This visit goes on without you"),
        ({"status": OfferStatus.DECLINED}, "You said no this time"),
    ],
)
def test_an_offer_that_is_over_says_where_it_stands(change, words):
    page = Client().get(link_to(make.offer(**change)))

    assert words in page.text
    assert "Yes, I will come" not in page.text


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (VisitStatus.MATCHED, "The school has the next word."),
        (VisitStatus.CONFIRMED, "You said yes, and so did the school"),
        (VisitStatus.CANCELLED_BY_SCHOOL, "The visit has since been called off"),
        (VisitStatus.DELIVERED, "You said yes, and you went"),
    ],
)
def test_a_yes_of_the_past_is_told_by_what_became_of_its_visit(status, words):
    ambassador = make.ambassador(cleared=True)
    visit = make.visit(ambassador=ambassador, status=status)

    page = client_of(ambassador.user).get(reverse("offer", args=[visit.offers.get().pk]))

    assert words in page.text


def test_vetting_that_lapses_before_the_visit_is_told_in_neutral_words():
    ambassador = make.ambassador(status="active")
    make.clear(ambassador, until=make.FIRST_TIME[0].date() - timedelta(days=1))

    page = Client().post(link_to(make.offer(ambassador=ambassador)), YES)

    assert told(page) == ["We need to find a different ambassador."]


def test_an_answer_without_the_page_s_own_token_is_not_taken():
    offer = make.offer()

    response = Client(enforce_csrf_checks=True).post(link_to(offer), YES)

    assert (response.status_code, stands(offer)) == (403, OfferStatus.SENT)


def test_the_link_s_page_is_kept_by_no_cache():
    assert "no-store" in Client().get(link_to(make.offer()))["Cache-Control"]


# --- signed in


def test_saying_yes_signed_in_shows_what_happens_next():
    offer = make.offer()

    page = client_of(offer.ambassador.user).post(
        reverse("accept_offer", args=[offer.pk]), {"starts_at": FIRST}, follow=True
    )

    assert stands(offer) == OfferStatus.ACCEPTED
    assert "You said yes. Thank you!" in page.text
    assert "Wednesday 10 February 2027, 10am to 11am" in page.text


def test_saying_no_signed_in():
    offer = make.offer()

    page = client_of(offer.ambassador.user).post(
        reverse("decline_offer", args=[offer.pk]), {"reason": "busy"}, follow=True
    )

    assert (stands(offer), OfferEvent.objects.get().reason) == (OfferStatus.DECLINED, "busy")
    assert "You said no this time" in page.text


def test_a_reason_that_is_not_on_the_list_is_not_kept():
    offer = make.offer()

    client_of(offer.ambassador.user).post(reverse("decline_offer", args=[offer.pk]), {"reason": "x" * 400})

    assert stands(offer) == OfferStatus.SENT


@pytest.mark.parametrize("name", ["offer", "accept_offer", "decline_offer"])
def test_nobody_else_finds_the_offer_not_even_a_coordinator(name):
    offer = make.offer()
    coordinator = make.staff(Role.COORDINATOR)
    make.ambassador(user=coordinator, cleared=True)

    for user in (make.ambassador(cleared=True).user, coordinator):
        client = client_of(user, second_factor=True)
        address = reverse(name, args=[offer.pk])
        response = client.get(address) if name == "offer" else client.post(address, {"starts_at": FIRST})
        assert response.status_code == 404

    assert stands(offer) == OfferStatus.SENT


@pytest.mark.parametrize("name", ["accept_offer", "decline_offer"])
def test_to_look_is_not_to_answer(name):
    offer = make.offer()

    assert client_of(offer.ambassador.user).get(reverse(name, args=[offer.pk])).status_code == 405


def test_an_offer_taken_back_while_the_page_was_open_is_told_kindly():
    offer = make.offer()
    withdraw_offer(offer=offer, by=make.staff(Role.COORDINATOR), at=make.NOW)

    page = client_of(offer.ambassador.user).post(reverse("accept_offer", args=[offer.pk]), {"starts_at": FIRST})

    assert "You no longer need to answer" in page.text
    assert [letter.fact.rpartition(".")[2] for letter in Letter.objects.all()] == ["offer_withdrawn"]


def test_an_offer_that_is_about_to_be_sent_is_not_shown_yet():
    offer = make.offer(status=OfferStatus.QUEUED)

    assert client_of(offer.ambassador.user).get(reverse("offer", args=[offer.pk])).status_code == 404


# --- a day that somebody's check is not for


def one_day_too_many():
    """An offer to somebody who is with under-18s on three other days around it."""
    offer = make.offer()
    for days in (1, 2, 3):
        make.own_visit(offer.ambassador, day=make.FIRST_DAY + timedelta(days=days))
    return offer


@pytest.mark.parametrize("by_link", [False, True])
def test_whoever_says_yes_to_a_day_too_many_reads_what_would_help(by_link):
    offer = one_day_too_many()
    if by_link:
        response = Client().post(link_to(offer), YES)
    else:
        response = client_of(offer.ambassador.user).post(reverse("accept_offer", args=[offer.pk]), YES)
    [words] = told(response)
    assert words.startswith("That would be more than 3 days with under-18s within 30")
    assert words.endswith("Choose fewer dates, or ask us to start the check.")
    assert stands(offer) == OfferStatus.SENT


def test_a_coordinator_who_notes_that_yes_reads_what_they_can_do():
    offer = one_day_too_many()
    coordinator = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    response = coordinator.post(reverse("answer_for", args=[offer.pk]), {"answer": FIRST})
    assert "Offer fewer dates, ask somebody else, or start an upgraded check." in response.content.decode()
    assert stands(offer) == OfferStatus.SENT


# --- what somebody's own calendar says


@pytest.mark.parametrize("by_link", [False, True])
def test_whoever_is_busy_by_their_own_calendar_is_told_kindly_and_may_say_yes(by_link):
    offer = make.offer()
    client = Client() if by_link else client_of(offer.ambassador.user)
    address = link_to(offer) if by_link else reverse("offer", args=[offer.pk])
    make.own_calendar(make.ambassador(), busy=[make.FIRST_TIME, make.SECOND_TIME])
    assert "Your own calendar says" not in client.get(address).text

    make.own_calendar(offer.ambassador, busy=[make.FIRST_TIME])

    page = client.get(address)
    assert "Your own calendar says that you are busy" in page.text
    assert page.context["busy"] == [make.FIRST_TIME]
    client.post(address if by_link else reverse("accept_offer", args=[offer.pk]), YES)
    assert stands(offer) == OfferStatus.ACCEPTED
