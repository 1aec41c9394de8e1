"""Asking someone, and their answer."""

from datetime import timedelta

import pytest

from bookings.enums import OfferStatus, RequestStatus, SeatStatus, VisitStatus
from bookings.matching.ranking import Match, rank, wanted_by
from bookings.models import Commitment
from bookings.operations.offers import accept_offer, decline_offer, invite_ambassador, lapse_offers, withdraw_offer
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


def facts() -> list[str]:
    return [letter.fact.rpartition(".")[2] for letter in Letter.objects.order_by("pk")]


def best_match(visit, now) -> Match:
    return rank(wanted_by(visit.request, [make.FIRST_TIME]), at=now)[0]


def test_inviting_sends_an_offer_that_lapses_after_three_days(now):
    coordinator = make.staff(Role.COORDINATOR)
    make.ambassador(cleared=True)
    visit = make.visit()

    offer = invite_ambassador(seat=visit.seats.get(), match=best_match(visit, now), by=coordinator, at=now)

    assert offer.status == OfferStatus.SENT
    assert offer.lapses_at == now + timedelta(hours=72)
    assert offer.reasons[0] == "Offers exactly this: Civil and structural engineering"
    assert facts() == ["offer_made"]


def test_a_coordinator_who_is_an_ambassador_too_does_not_invite_themselves(now):
    coordinator = make.staff(Role.COORDINATOR)
    make.ambassador(cleared=True, user=coordinator)
    visit = make.visit()

    with pytest.raises(Refusal) as refusal:
        invite_ambassador(seat=visit.seats.get(), match=best_match(visit, now), by=coordinator, at=now)

    assert refusal.value.codes == ["own_offer"]


def test_nobody_is_asked_twice_for_one_visit(now):
    coordinator = make.staff(Role.COORDINATOR)
    make.ambassador(cleared=True)
    visit = make.visit()
    match = best_match(visit, now)
    invite_ambassador(seat=visit.seats.get(), match=match, by=coordinator, at=now)

    with pytest.raises(Refusal) as refusal:
        invite_ambassador(seat=visit.seats.get(), match=match, by=coordinator, at=now)

    assert refusal.value.codes == ["asked_before"]
    assert facts() == ["offer_made"]


def test_a_fourth_person_is_not_asked_while_three_have_not_answered(now):
    coordinator = make.staff(Role.COORDINATOR)
    visit = make.visit()
    for _ in range(3):
        make.offer(visit=visit)
    make.ambassador(cleared=True, name="Fred Fourth")

    with pytest.raises(Refusal) as refusal:
        invite_ambassador(seat=visit.seats.get(), match=best_match(visit, now), by=coordinator, at=now)

    assert refusal.value.codes == ["enough_asked"]


def test_accepting_takes_the_seat_fixes_the_time_and_thanks_the_others(now):
    visit = make.visit()
    offer, other = make.offer(visit=visit), make.offer(visit=visit)
    starts_at, ends_at = make.SECOND_TIME

    accept_offer(offer=offer, starts_at=starts_at, by=offer.ambassador.user, at=now)

    visit.refresh_from_db()
    other.refresh_from_db()
    seat = visit.seats.get()
    assert (visit.status, visit.starts_at, visit.ends_at) == (VisitStatus.MATCHED, starts_at, ends_at)
    assert (seat.status, seat.ambassador) == (SeatStatus.TAKEN, offer.ambassador)
    assert visit.request.status == RequestStatus.FULFILLED
    assert other.status == OfferStatus.SUPERSEDED
    assert [session.starts_at for session in visit.sessions.all()] == [starts_at]
    assert facts() == ["offer_superseded", "ambassador_found", "offer_accepted"]


def test_a_visit_for_two_people_goes_on_looking_after_the_first(now):
    visit = make.visit(seats=2)
    offer = make.offer(visit=visit)

    accept_offer(offer=offer, starts_at=make.FIRST_TIME[0], by=offer.ambassador.user, at=now)

    visit.refresh_from_db()
    assert (visit.status, visit.starts_at) == (VisitStatus.FINDING, make.FIRST_TIME[0])
    assert visit.request.status == RequestStatus.OPEN


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": OfferStatus.SUPERSEDED}, "seat_taken"),
        ({"status": OfferStatus.LAPSED}, "lapsed"),
        ({"lapses_at": make.NOW}, "lapsed"),
        ({"status": OfferStatus.WITHDRAWN}, "state"),
        ({"status": OfferStatus.DECLINED}, "state"),
    ],
)
def test_an_offer_that_is_no_longer_open_cannot_be_accepted(now, change, code):
    offer = make.offer(**change)

    with pytest.raises(Refusal) as refusal:
        accept_offer(offer=offer, starts_at=make.FIRST_TIME[0], by=offer.ambassador.user, at=now)

    assert refusal.value.codes == [code]
    assert not Commitment.objects.exists()


def test_a_time_that_was_not_asked_for_cannot_be_chosen(now):
    offer = make.offer()

    with pytest.raises(Refusal) as refusal:
        accept_offer(offer=offer, starts_at=make.FIRST_TIME[0] + timedelta(days=1), by=offer.ambassador.user, at=now)

    assert refusal.value.codes == ["time_gone"]


def test_someone_else_cannot_answer(now):
    offer = make.offer()

    with pytest.raises(Refusal) as refusal:
        accept_offer(offer=offer, starts_at=make.FIRST_TIME[0], by=make.user(), at=now)

    assert refusal.value.codes == ["not_yours"]


def test_a_person_with_a_visit_at_that_time_hears_of_the_clash(now):
    ambassador = make.ambassador(cleared=True)
    make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED)
    offer = make.offer(ambassador=ambassador)

    with pytest.raises(Refusal) as refusal:
        accept_offer(offer=offer, starts_at=make.FIRST_TIME[0], by=ambassador.user, at=now)

    assert refusal.value.codes == ["clash"]


def test_a_visit_may_start_when_the_last_one_at_the_school_ends(now):
    ambassador = make.ambassador(cleared=True)
    starts_at, _ends_at = make.FIRST_TIME
    contact, before = make.contact(), (starts_at - timedelta(hours=1), starts_at)
    make.visit(contact=contact, ambassador=ambassador, status=VisitStatus.CONFIRMED, time=before)
    offer = make.offer(visit=make.visit(contact=contact), ambassador=ambassador)

    accept_offer(offer=offer, starts_at=starts_at, by=ambassador.user, at=now)

    assert Commitment.objects.filter(ambassador=ambassador).count() == 2


def test_vetting_that_lapses_before_the_visit_is_seen_at_acceptance(now):
    ambassador = make.ambassador(status="active")
    make.clear(ambassador, until=make.FIRST_TIME[0].date() - timedelta(days=1))
    offer = make.offer(ambassador=ambassador)

    with pytest.raises(Refusal) as refusal:
        accept_offer(offer=offer, starts_at=make.FIRST_TIME[0], by=ambassador.user, at=now)

    assert set(refusal.value.codes) == {"ELIG", "ID", "REF", "SELF", "CRC", "INDUCT", "SAFEG", "CODE", "DECL"}
    assert refusal.value.told_to() == "We need to find a different ambassador."


def test_a_coordinator_notes_an_answer_by_telephone_for_ever(now):
    offer = make.offer()
    coordinator = make.staff(Role.COORDINATOR)

    accept_offer(
        offer=offer, starts_at=make.FIRST_TIME[0], by=coordinator, at=now, on_behalf_of=offer.ambassador.full_name
    )

    event = offer.events.get()
    assert (event.kind, event.by, event.on_behalf_of) == ("accept", coordinator, "Ada Engineer")


def test_declining_is_free_and_keeps_the_reason(now):
    offer = make.offer()

    decline_offer(offer=offer, by=offer.ambassador.user, at=now, reason="date")

    offer.refresh_from_db()
    assert (offer.status, offer.events.get().reason) == (OfferStatus.DECLINED, "date")


def test_an_offer_taken_back_tells_the_person(now):
    offer = make.offer()

    withdraw_offer(offer=offer, by=make.staff(Role.COORDINATOR), at=now)

    assert facts() == ["offer_withdrawn"]


def test_offers_lapse_once_when_their_time_is_over(now):
    due, later = make.offer(lapses_at=now), make.offer(lapses_at=now + timedelta(seconds=1))

    assert (lapse_offers(at=now), lapse_offers(at=now)) == (1, 0)

    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.status, later.status) == (OfferStatus.LAPSED, OfferStatus.SENT)
    assert facts() == ["offer_lapsed"]
