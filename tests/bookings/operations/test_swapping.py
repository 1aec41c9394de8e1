"""One person for another: given back and asked for in one act, and the school accepts again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.enums import CancelReason, OfferStatus, RequestStatus, SeatStatus, VisitStatus
from bookings.models import Offer, Visit
from bookings.operations.offers import accept_offer
from bookings.operations.swapping import swap_person
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]


@pytest.fixture
def clock_stands_still(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: make.NOW)


@pytest.fixture
def cora():
    return make.staff(Role.COORDINATOR)


@pytest.fixture
def visit():
    return make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)


@pytest.fixture
def nia(visit):
    return make.ambassador(name="Nia Next", cleared=True)


def facts() -> list[str]:
    return [letter.fact.rpartition(".")[2] for letter in Letter.objects.order_by("pk")]


def test_the_seat_is_given_back_and_the_other_asked_in_one_act(visit, nia, cora, now):
    seat = visit.seats.get()

    offer = swap_person(seat=seat, person=nia.pk, reason=CancelReason.WORK, by=cora, at=now)

    visit.refresh_from_db()
    seat.refresh_from_db()
    assert (visit.status, visit.starts_at, seat.status) == (VisitStatus.FINDING, make.FIRST_TIME[0], SeatStatus.OPEN)
    assert (offer.ambassador, offer.status, visit.request.status) == (nia, OfferStatus.SENT, RequestStatus.OPEN)
    assert facts() == ["seat_given_up", "ambassador_withdrew", "offer_made"]
    assert seat.events.get().on_behalf_of == "Ada Engineer"


def test_with_their_yes_it_goes_back_to_the_school(visit, nia, cora, now):
    offer = swap_person(seat=visit.seats.get(), person=nia.pk, reason=CancelReason.WORK, by=cora, at=now)
    accept_offer(offer=offer, starts_at=make.FIRST_TIME[0], by=nia.user, at=now)

    visit.refresh_from_db()
    assert (visit.status, visit.seats.get().ambassador) == (VisitStatus.MATCHED, nia)
    assert "ambassador_found" in facts()


def test_only_who_coordinates_the_region_swaps_and_nothing_is_half_done(visit, nia, cora, now):
    seat = visit.seats.get()
    uncleared = make.ambassador(name="Una Uncleared")
    late = make.FIRST_TIME[0] - timedelta(hours=2)
    for person, by, at, code in (
        (nia.pk, visit.request.contact.user, now, "not_coordinator"),
        (uncleared.pk, cora, now, "cannot_be_asked"),
        (0, cora, now, "cannot_be_asked"),
        (seat.ambassador.pk, cora, now, "cannot_be_asked"),
        (nia.pk, cora, late, "too_late"),
    ):
        with pytest.raises(Refusal) as refusal:
            swap_person(seat=seat, person=person, reason=CancelReason.WORK, by=by, at=at)
        assert refusal.value.codes == [code]
    assert Visit.objects.get().status == VisitStatus.CONFIRMED
    assert (Offer.objects.get().status, facts()) == (OfferStatus.ACCEPTED, [])


def test_pressed_twice_it_is_done_once(visit, nia, cora, now):
    seat = visit.seats.get()
    swap_person(seat=seat, person=nia.pk, reason=CancelReason.WORK, by=cora, at=now)

    with pytest.raises(Refusal):
        swap_person(seat=visit.seats.get(), person=nia.pk, reason=CancelReason.WORK, by=cora, at=now)

    assert facts().count("offer_made") == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_offers_who_could_come_then_and_costs_the_same(visit, cora, rows, django_assert_max_num_queries):
    for number in range(rows):
        make.ambassador(name=f"Nia Next {number}", cleared=True)
    client = client_of(cora, second_factor=True)
    address = reverse("swap_person", args=[visit.seats.get().pk])
    assert address in client.get(reverse("visit", args=[visit.pk])).text
    client.get(address)

    with django_assert_max_num_queries(12):
        page = client.get(address)
    assert page.text.count("Nia Next") == rows

    client.post(address, {"reason": "work", "person": page.context["people"][0][0]})
    assert Offer.objects.filter(status=OfferStatus.SENT).count() == 1


def test_nobody_is_asked_who_was_not_offered(visit, nia, cora):
    client = client_of(cora, second_factor=True)
    address = reverse("swap_person", args=[visit.seats.get().pk])

    page = client.post(address, {"reason": "work", "person": str(visit.seats.get().ambassador_id)})

    assert list(page.context["form"].errors) == ["person"]
    assert client_of(visit.request.contact.user).post(address).status_code == 403
