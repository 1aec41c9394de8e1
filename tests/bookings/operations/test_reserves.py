"""Whoever was not quick enough and would still come."""

from datetime import timedelta

import pytest

from ambassadors.enums import AmbassadorStatus
from bookings.enums import CancelReason, OfferStatus, Side, VisitStatus
from bookings.models import OfferEvent, Reserve
from bookings.operations.offers import accept_offer
from bookings.operations.reserves import keep_in_reserve, no_longer_in_reserve
from bookings.operations.visits import give_up_seat
from bookings.queries.boards import board_of
from bookings.queries.reserves import reserves_of
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.rendering import word_letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

LATER = timedelta(hours=1)


def taken(now, others: int = 1):
    """A visit that one person has accepted, and the offers of those who were not as quick."""
    visit = make.visit()
    offers = [make.offer(visit=visit) for _ in range(others)]
    first = make.offer(visit=visit)
    accept_offer(offer=first, starts_at=make.FIRST_TIME[0], by=first.ambassador.user, at=now)
    for offer in offers:
        offer.refresh_from_db()
    visit.refresh_from_db()
    return visit, offers


def wait(offer, at) -> None:
    keep_in_reserve(offer=offer, by=offer.ambassador.user, at=at)


def refused(act, **arguments) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        act(**arguments)
    return refusal.value.codes


def test_said_four_times_it_is_said_once(now):
    visit, [offer] = taken(now)

    for hours in range(4):
        wait(offer, now + timedelta(hours=hours))

    [reserve] = Reserve.objects.all()
    assert (reserve.visit, reserve.ambassador, reserve.said_at) == (visit, offer.ambassador, now)
    assert OfferEvent.objects.filter(kind="keep_in_reserve").count() == 1


def test_taken_back_and_said_again_it_counts_from_then(now):
    visit, [offer] = taken(now)
    by = {"offer": offer, "by": offer.ambassador.user}
    wait(offer, now)

    no_longer_in_reserve(**by, at=now)
    no_longer_in_reserve(**by, at=now)
    assert reserves_of(visit) == []
    wait(offer, now + LATER)

    assert Reserve.objects.get().said_at == now + LATER
    kinds = OfferEvent.objects.filter(offer=offer).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["supersede", "keep_in_reserve", "no_longer_in_reserve", "keep_in_reserve"]


@pytest.mark.parametrize("status", [OfferStatus.SENT, OfferStatus.DECLINED, OfferStatus.ACCEPTED, OfferStatus.LAPSED])
def test_only_whoever_was_not_quick_enough_waits(now, status):
    offer = make.offer(status=status)

    assert refused(keep_in_reserve, offer=offer, by=offer.ambassador.user, at=now) == ["state"]


@pytest.mark.parametrize("change", [{"status": VisitStatus.CANCELLED_BY_SCHOOL}, {"starts_at": make.NOW}])
def test_nobody_waits_for_a_visit_that_is_off_or_has_begun(now, change):
    offer = make.offer(status=OfferStatus.SUPERSEDED, visit=make.visit(ambassador=make.ambassador(cleared=True)))
    type(offer.visit).objects.filter(pk=offer.visit_id).update(**change)

    assert refused(keep_in_reserve, offer=offer, by=offer.ambassador.user, at=now) == ["state"]


def test_nobody_says_it_for_somebody_else(now):
    _visit, [offer] = taken(now)

    for user in (make.ambassador(cleared=True).user, make.staff(Role.COORDINATOR)):
        for act in (keep_in_reserve, no_longer_in_reserve):
            assert refused(act, offer=offer, by=user, at=now) == ["not_yours"]


def test_reserves_come_in_the_order_in_which_they_said_so(now):
    visit, offers = taken(now, others=3)
    for hours, number in enumerate([2, 0, 1]):
        wait(offers[number], now + timedelta(hours=hours))

    assert reserves_of(visit) == [offers[number].ambassador_id for number in (2, 0, 1)]


def test_whoever_can_be_asked_no_more_is_no_reserve(now):
    visit, offers = taken(now, others=5)
    for offer in offers:
        wait(offer, now)
    stays, paused, asked, declined, apart = offers
    type(paused.ambassador).objects.filter(pk=paused.ambassador_id).update(status=AmbassadorStatus.PAUSED)
    make.offer(visit=visit, ambassador=asked.ambassador)
    make.offer(visit=visit, ambassador=declined.ambassador, status=OfferStatus.DECLINED)
    make.kept_apart(apart.ambassador, school=visit.request.school, side=Side.SCHOOL)

    assert reserves_of(visit) == [stays.ambassador_id]


def test_a_coordinator_finds_them_once_the_place_is_free(now):
    visit, [offer] = taken(now)
    wait(offer, now)
    seat = visit.seats.get()

    give_up_seat(seat=seat, reason=CancelReason.WORK, by=seat.ambassador.user, at=now)

    visit.refresh_from_db()
    assert board_of(visit.request).in_reserve_for(visit) == {offer.ambassador_id}
    assert reserves_of(visit) == [offer.ambassador_id]


@pytest.mark.parametrize("is_off", [False, True])
def test_the_letter_offers_it_while_there_is_something_to_wait_for(now, is_off):
    visit, _offers = taken(now)
    if is_off:
        type(visit).objects.filter(pk=visit.pk).update(status=VisitStatus.CANCELLED_BY_SCHEME)
    letter = Letter.objects.get(fact__endswith=".offer_superseded")

    assert ("Keep me in reserve" in word_letter(letter, at=now, preview=True).text) is not is_off
