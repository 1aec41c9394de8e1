"""A visit as its ambassador sees it, and not being able to come."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.enums import OfferStatus, SeatStatus, VisitStatus
from bookings.models import Offer, Visit
from bookings.operations.visits import ask_for_someone_else, confirm_visit
from stem.letters.models import Letter
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

ARRANGEMENTS = make.arrangements(arrival="Ring at the side door.")


def agreed(**columns) -> Visit:
    return make.visit(**{"ambassador": make.ambassador(cleared=True), "status": VisitStatus.CONFIRMED, **columns})


def client_for(visit):
    return client_of(visit.seats.first().ambassador.user)


def page_of(visit):
    return client_for(visit).get(reverse("visit", args=[visit.pk]))


def facts() -> list[str]:
    return sorted(letter.fact.rpartition(".")[2] for letter in Letter.objects.all())


def test_a_confirmed_visit_has_all_that_is_needed_for_the_day():
    visit = agreed(arrival="Ring at the side door.")

    page = page_of(visit)

    for words in (
        "Confirmed",
        "Wednesday 10 February 2027, 10am to 11am",
        "LS2 9JT",
        "About 8 minutes away (4 miles)",
        "Ring at the side door.",
        "Sam Supervisor",
        "Dee Lead",
        "tel:01632960002",
        "Name three jobs in civil engineering",
        "Year 8, 28 pupils",
        "Bring an identity document",
        "Never be alone with pupils",
        reverse("visit_calendar", args=[visit.pk]),
        reverse("give_up_seat", args=[visit.pk]),
    ):
        assert words in page.text, words


def test_who_is_there_on_the_day_is_told_once_the_school_has_confirmed():
    page = page_of(agreed(status=VisitStatus.MATCHED))

    assert "School to confirm" in page.text
    for private in ("Sam Supervisor", "Dee Lead", "01632 960002"):
        assert private not in page.text


def test_what_happened_names_sides_and_never_people_or_reasons():
    visit = agreed(status=VisitStatus.MATCHED)
    contact = visit.request.contact.user
    confirm_visit(visit=visit, arrangements=ARRANGEMENTS, by=contact, at=make.NOW)

    page = page_of(visit)

    assert [(event.title, event.by) for event in page.context["agreed"].history] == [("Confirmed", "the school")]
    assert "Tess Teacher" not in page.text


def test_a_visit_that_was_called_off_offers_nothing_more_to_do():
    visit = agreed(status=VisitStatus.CANCELLED_BY_SCHOOL)

    page = page_of(visit)

    assert "Cancelled" in page.text
    assert reverse("give_up_seat", args=[visit.pk]) not in page.text


def test_someone_the_school_did_not_take_no_longer_finds_the_visit():
    visit = agreed(status=VisitStatus.MATCHED)
    client = client_for(visit)
    ask_for_someone_else(visit=visit, by=visit.request.contact.user, at=make.NOW, because="Another subject")

    assert client.get(reverse("visit", args=[visit.pk])).status_code == 404


def test_the_others_who_come_are_named():
    visit = agreed(seats=2)
    make.offer(seat=visit.seats.last(), ambassador=make.ambassador(cleared=True, name="Fred Fellow"))
    seat = visit.seats.last()
    fellow = Offer.objects.get(seat=seat).ambassador
    type(seat).objects.filter(pk=seat.pk).update(ambassador=fellow, status=SeatStatus.TAKEN)

    assert page_of(visit).context["agreed"].others == ["Fred Fellow"]


# --- not being able to come


def test_the_page_says_what_will_happen_before_anything_does():
    visit = agreed()

    page = client_for(visit).get(reverse("give_up_seat", args=[visit.pk]))

    assert "look for someone else" in page.text
    assert visit.seats.get().status == SeatStatus.TAKEN


def test_on_the_day_itself_the_page_says_that_the_visit_is_called_off():
    soon = make.NOW + timedelta(hours=2)
    visit = agreed(time=(soon, soon + timedelta(hours=1)))

    page = client_for(visit).get(reverse("give_up_seat", args=[visit.pk]))

    assert "the visit is called off" in page.text


def test_giving_up_a_place_tells_the_school_and_keeps_the_reason():
    visit = agreed()

    response = client_for(visit).post(reverse("give_up_seat", args=[visit.pk]), {"reason": "illness"})

    visit.refresh_from_db()
    offer = Offer.objects.get()
    assert response["Location"] == reverse("ambassador_home")
    assert (visit.status, visit.seats.get().status, offer.status) == (
        VisitStatus.FINDING,
        SeatStatus.OPEN,
        OfferStatus.RELEASED,
    )
    assert offer.events.get().reason == "illness"
    assert facts() == ["ambassador_withdrew", "seat_given_up"]


@pytest.mark.parametrize("reason", ["", "school_event", "x" * 300])
def test_a_reason_from_the_list_is_needed(reason):
    visit = agreed()

    page = client_for(visit).post(reverse("give_up_seat", args=[visit.pk]), {"reason": reason})

    assert list(page.context["form"].errors) == ["reason"]
    assert visit.seats.get().status == SeatStatus.TAKEN


def test_a_place_given_up_twice_is_given_up_once():
    visit = agreed()
    client, address = client_for(visit), reverse("give_up_seat", args=[visit.pk])
    client.post(address, {"reason": "work"})

    assert client.post(address, {"reason": "work"}).status_code == 404
    assert Offer.objects.get().events.count() == 1


def test_nobody_gives_up_another_s_place():
    visit = agreed()
    stranger = client_of(make.ambassador(cleared=True).user)

    assert stranger.post(reverse("give_up_seat", args=[visit.pk]), {"reason": "work"}).status_code == 404
    assert visit.seats.get().status == SeatStatus.TAKEN


def test_a_visit_that_is_over_cannot_be_given_up():
    visit = agreed(status=VisitStatus.DELIVERED)

    response = client_for(visit).post(reverse("give_up_seat", args=[visit.pk]), {"reason": "work"})

    assert response["Location"] == reverse("visit", args=[visit.pk])
    assert visit.seats.get().status == SeatStatus.TAKEN
