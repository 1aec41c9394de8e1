"""Whoever watches, whoever visits and the school at the same instant: nobody is left to watch alone."""

import pytest
from django.db import connection
from django.urls import reverse

from bookings.enums import OfferStatus, SeatStatus, VisitStatus
from bookings.models import Commitment, Offer, Seat
from stem.accounts.roles import Role
from tests import make
from tests.bookings.views.test_changing_at_once import at_once, posting
from tests.clients import client_of

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clock_stands_still"),
]
YES = {"starts_at": make.FIRST_TIME[0].isoformat()}


@pytest.fixture
def visit():
    return make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)


def offered(visit) -> Offer:
    return make.offer(seat=make.place_to_watch(visit), ambassador=make.ambassador(name="Nia Newcomer", cleared=True))


@pytest.mark.parametrize("_time", range(5))
def test_a_yes_to_watch_and_the_leads_no_leave_nobody_alone(visit, _time):
    offer, lead = offered(visit), visit.seats.leads().get().ambassador.user

    statuses = at_once(
        posting(offer.ambassador.user, "accept_offer", offer.pk, **YES),
        posting(lead, "give_up_seat", visit.pk, reason="work"),
    )

    visit.refresh_from_db()
    assert max(statuses) < 500
    assert visit.status == VisitStatus.FINDING
    assert not Seat.objects.filter(status=SeatStatus.TAKEN).exists()
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("_time", range(5))
def test_a_yes_to_watch_and_the_schools_no_end_with_the_no(visit, _time):
    offer = offered(visit)

    statuses = at_once(
        posting(offer.ambassador.user, "accept_offer", offer.pk, **YES),
        posting_as_coordinator("refuse_shadow_for", visit.pk),
    )

    visit.refresh_from_db()
    assert max(statuses) < 500
    assert visit.status == VisitStatus.CONFIRMED
    assert not Seat.objects.shadows().filter(status=SeatStatus.TAKEN).exists()
    assert not Offer.objects.to_watch().filter(status__in=[OfferStatus.SENT, OfferStatus.ACCEPTED]).exists()


def test_two_yeses_of_one_person_at_one_hour_leave_them_in_one_place(visit):
    offer = offered(visit)
    other = make.offer(visit=make.visit(), ambassador=offer.ambassador)

    statuses = at_once(
        posting(offer.ambassador.user, "accept_offer", offer.pk, **YES),
        posting(offer.ambassador.user, "accept_offer", other.pk, **YES),
    )

    assert max(statuses) < 500
    assert Commitment.objects.filter(ambassador=offer.ambassador).count() == 1


def posting_as_coordinator(name: str, pk: int):
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    return lambda: client.post(reverse(name, args=[pk])).status_code


def test_room_is_made_once_by_two_at_once(visit):
    statuses = at_once(*(posting_as_coordinator("add_shadow_place", visit.pk) for _each in range(4)))

    assert max(statuses) < 500
    assert visit.seats.shadows().count() == 1
