"""A link followed twice in the same instant, and two people who say yes in the same instant."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from bookings.enums import OfferStatus, SeatStatus
from bookings.models import Commitment, Offer, OfferEvent
from stem.letters.links import mint_link
from tests import make

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clock_stands_still"),
]


def link_to(offer) -> str:
    token = mint_link("answer_offer", offer.pk, expires_at=make.NOW + timedelta(days=1))
    return reverse("answer_offer", args=[token])


def posted_at_once(*addresses: str) -> list[int]:
    """What each of these meets, all pressed together."""
    together = Barrier(len(addresses))

    def press(address: str) -> int:
        together.wait()
        try:
            answer = {"answer": "accept", "starts_at": make.FIRST_TIME[0].isoformat()}
            return Client().post(address, answer).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(addresses)) as pool:
        return sorted(pool.map(press, addresses))


def test_a_link_pressed_twice_at_once_accepts_once():
    offer = make.offer()
    link = link_to(offer)

    posted_at_once(link, link)

    offer.refresh_from_db()
    assert offer.status == OfferStatus.ACCEPTED
    assert [event.kind for event in OfferEvent.objects.all()] == ["accept"]


def test_of_two_people_who_say_yes_at_once_one_goes():
    visit = make.visit()
    first, second = make.offer(visit=visit), make.offer(visit=visit)

    assert posted_at_once(link_to(first), link_to(second)) == [200, 200]

    assert sorted(offer.status for offer in Offer.objects.all()) == [OfferStatus.ACCEPTED, OfferStatus.SUPERSEDED]
    assert visit.seats.get().status == SeatStatus.TAKEN
    assert Commitment.objects.count() == 1
