"""Naming another time, and the school's answer to it."""

from datetime import timedelta

import pytest

from bookings.enums import OfferStatus, RequestStatus, SeatStatus, VisitStatus
from bookings.matching.ranking import rank, wanted_by
from bookings.models import Commitment, PossibleTime, Request
from bookings.operations.countering import agree_to_time, name_other_times, refuse_times
from bookings.operations.offers import accept_offer, decline_offer, invite_ambassador, lapse_offers, withdraw_offer
from bookings.operations.standing import hold_back
from bookings.operations.visits import cancel_visit
from bookings.queries.boards import not_asked_again_for
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.rendering import word_letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
START = make.OTHER_TIME[0]


def refused(act, **arguments) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        act(**arguments)
    return refusal.value.codes


def facts() -> list[str]:
    return [letter.fact.rpartition(".")[2] for letter in Letter.objects.order_by("pk")]


def stands(offer) -> str:
    offer.refresh_from_db()
    return offer.status


def named(offer, now, *times, **more):
    return {"offer": offer, "times": times or (make.OTHER_TIME,), "by": offer.ambassador.user, "at": now, **more}


def answer(offer, now, **more):
    return {"offer": offer, "by": offer.visit.request.contact.user, "at": now, **more}


# --- naming one


def test_naming_another_time_asks_the_school_and_gives_it_three_days(now):
    offer = make.offer(lapses_at=now + HOUR)

    name_other_times(**named(offer, now, words="After lunch\nwould do too"))

    assert (stands(offer), offer.lapses_at) == (OfferStatus.COUNTERED, now + 72 * HOUR)
    assert [(each.starts_at, each.ends_at) for each in offer.other_times.all()] == [make.OTHER_TIME]
    assert offer.words_to_school == "After lunch would do too"
    assert facts() == ["other_time_named"]
    assert Letter.objects.get().recipient == offer.visit.request.contact.user


def test_the_letter_tells_the_school_when_and_not_who(now):
    offer = make.offer()
    name_other_times(**named(offer, now))

    worded = word_letter(Letter.objects.get(), at=now, preview=True)

    assert "Friday 12 February 2027, 9am to 10am" in worded.text
    assert "Ambassador, bridge engineer, less than 15 minutes away" in worded.text
    for private in ("Ada", "Engineer,", "Northern Bridges"):
        assert private not in worded.text


@pytest.mark.parametrize(
    ("times", "why"),
    [
        ((), "one or two"),
        ((make.OTHER_TIME,) * 2, "one or two"),
        (tuple((START + day * timedelta(days=7), START + day * timedelta(days=7) + HOUR) for day in range(3)), "two"),
        (((make.NOW, make.NOW + HOUR),), "still to come"),
        (((make.NOW + timedelta(days=91), make.NOW + timedelta(days=91, hours=1)),), "within the next 90 days"),
        (((START, START),), "later than the start"),
        (((START, START + timedelta(days=1)),), "same day"),
        (((make.FIRST_TIME[0], make.FIRST_TIME[0] + 2 * HOUR),), "asked for that time itself"),
    ],
)
def test_times_that_cannot_be_named(now, times, why):
    offer = make.offer()

    with pytest.raises(Refusal) as refusal:
        name_other_times(offer=offer, times=times, by=offer.ambassador.user, at=now)

    assert refusal.value.codes == ["times"]
    assert why in refusal.value.told_to()
    assert stands(offer) == OfferStatus.SENT


@pytest.mark.parametrize(
    "words",
    ["Best, Ada Engineer", "ada@work.example", "Ring 01632 960 002", "see https://me.example", "www.me.example"],
)
def test_words_that_tell_who_it_is_are_not_passed_on(now, words):
    assert refused(name_other_times, **named(make.offer(), now, words=words)) == ["words"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": OfferStatus.ACCEPTED}, "accepted_before"),
        ({"status": OfferStatus.SUPERSEDED}, "seat_taken"),
        ({"lapses_at": make.NOW}, "lapsed"),
        ({"status": OfferStatus.COUNTERED}, "state"),
        ({"status": OfferStatus.DECLINED}, "state"),
        ({"status": OfferStatus.WITHDRAWN}, "state"),
    ],
)
def test_an_offer_that_is_no_longer_open_takes_no_other_time(now, change, code):
    assert refused(name_other_times, **named(make.offer(**change), now)) == [code]


def test_a_visit_that_has_its_time_takes_no_other(now):
    visit = make.visit(seats=2)
    offer, other = (make.offer(seat=seat) for seat in visit.seats.all())
    accept_offer(offer=other, starts_at=make.FIRST_TIME[0], by=other.ambassador.user, at=now)

    assert refused(name_other_times, **named(offer, now)) == ["time_fixed"]


def test_nobody_names_a_time_for_somebody_else(now):
    offer = make.offer()

    for user in (make.ambassador(cleared=True).user, make.staff(Role.COORDINATOR), offer.visit.request.contact.user):
        assert refused(name_other_times, **{**named(offer, now), "by": user}) == ["not_yours"]


def test_a_time_at_which_they_are_promised_elsewhere_is_not_named(now):
    offer = make.offer()
    make.visit(ambassador=offer.ambassador, status=VisitStatus.CONFIRMED, time=make.OTHER_TIME)

    assert refused(name_other_times, **named(offer, now)) == ["clash"]


def test_a_time_too_near_to_another_visit_is_named_by_whoever_manages_it(now):
    offer = make.offer()
    make.visit(ambassador=offer.ambassador, status=VisitStatus.CONFIRMED, time=(START - HOUR, START))

    assert refused(name_other_times, **named(offer, now)) == ["too_tight"]
    name_other_times(**named(offer, now, manages_journey=True))
    agree_to_time(**answer(offer, now, starts_at=START))

    assert (stands(offer), offer.manages_journey) == (OfferStatus.ACCEPTED, True)


# --- while it waits


def test_it_no_longer_holds_a_place_among_the_three_and_nobody_is_asked_twice(now):
    coordinator, visit = make.staff(Role.COORDINATOR), make.visit()
    for _ in range(3):
        make.offer(visit=visit)
    name_other_times(**named(visit.offers.first(), now))
    countered = visit.offers.get(status=OfferStatus.COUNTERED)
    fourth = make.ambassador(cleared=True, name="Fred Fourth")

    matches = {match.ambassador.pk: match for match in rank(wanted_by(visit.request, [make.FIRST_TIME]), at=now)}
    invite_ambassador(seat=visit.seats.get(), match=matches[fourth.pk], by=coordinator, at=now)

    assert countered.ambassador_id in not_asked_again_for(visit)
    withdraw_offer(offer=visit.offers.filter(status=OfferStatus.SENT).first(), by=coordinator, at=now)
    again = {"seat": visit.seats.get(), "match": matches[countered.ambassador_id], "by": coordinator, "at": now}
    assert refused(invite_ambassador, **again) == ["asked_before"]


def test_someone_else_s_yes_supersedes_it(now):
    offer = make.countered()
    other = make.offer(visit=offer.visit)

    accept_offer(offer=other, starts_at=make.FIRST_TIME[0], by=other.ambassador.user, at=now)

    assert stands(offer) == OfferStatus.SUPERSEDED
    assert refused(agree_to_time, **answer(offer, now, starts_at=START)) == ["seat_taken"]
    assert "offer_superseded" in facts()


def test_a_time_that_somebody_beside_them_has_fixed_takes_theirs_back(now):
    visit = make.visit(seats=2)
    first, second = visit.seats.all()
    offer, other = make.countered(seat=first), make.offer(seat=second)

    accept_offer(offer=other, starts_at=make.FIRST_TIME[0], by=other.ambassador.user, at=now)

    assert stands(offer) == OfferStatus.WITHDRAWN
    assert "offer_withdrawn" in facts()


def test_it_lapses_like_an_offer_and_says_whose_answer_was_missing(now):
    offer = make.countered(lapses_at=now)

    assert (lapse_offers(at=now), lapse_offers(at=now)) == (1, 0)

    assert stands(offer) == OfferStatus.LAPSED
    assert facts() == ["other_time_lapsed"]


def test_the_person_takes_it_back_by_a_no(now):
    offer = make.countered()

    decline_offer(offer=offer, by=offer.ambassador.user, at=now)

    assert stands(offer) == OfferStatus.DECLINED


def test_a_coordinator_takes_it_back(now):
    offer = make.countered()

    withdraw_offer(offer=offer, by=make.staff(Role.COORDINATOR), at=now)

    assert (stands(offer), facts()) == (OfferStatus.WITHDRAWN, ["offer_withdrawn"])


def test_it_goes_with_the_visit_that_is_called_off(now):
    offer = make.countered()

    cancel_visit(visit=offer.visit, reason="staffing", by=offer.visit.request.contact.user, at=now)

    assert stands(offer) == OfferStatus.WITHDRAWN


def test_it_goes_with_a_hold_over_its_day(now):
    offer = make.countered()
    officer = make.staff(Role.VETTING_OFFICER)

    hold_back(
        ambassador=offer.ambassador, kind="vetting", truth="A question", starts_on=START.date(), by=officer, at=now
    )

    assert stands(offer) == OfferStatus.WITHDRAWN


# --- the school's answer


def test_agreeing_is_a_yes_at_that_time(now):
    offer = make.countered()
    other = make.offer(visit=offer.visit)

    agree_to_time(**answer(offer, now, starts_at=START))

    visit, seat = offer.visit, offer.visit.seats.get()
    visit.refresh_from_db()
    assert stands(offer) == OfferStatus.ACCEPTED
    assert (visit.status, visit.starts_at, visit.ends_at) == (VisitStatus.MATCHED, *make.OTHER_TIME)
    assert (seat.status, seat.ambassador) == (SeatStatus.TAKEN, offer.ambassador)
    assert Request.objects.get(pk=visit.request_id).status == RequestStatus.FULFILLED
    assert PossibleTime.objects.filter(request=visit.request, starts_at=START).exists()
    assert stands(other) == OfferStatus.SUPERSEDED
    assert facts() == ["offer_superseded", "ambassador_found", "other_time_agreed"]


def test_agreed_again_it_is_agreed_once(now):
    offer = make.countered()
    agree_to_time(**answer(offer, now, starts_at=START))

    assert refused(agree_to_time, **answer(offer, now, starts_at=START)) == ["seat_taken"]
    assert Commitment.objects.count() == 1


def test_a_coordinator_answers_for_a_school_that_telephones_marked_for_ever(now):
    coordinator = make.staff(Role.COORDINATOR)
    agreed, no = make.countered(), make.countered()

    agree_to_time(offer=agreed, starts_at=START, by=coordinator, at=now, on_behalf_of="Tess Teacher")
    refuse_times(offer=no, by=coordinator, at=now, on_behalf_of="Tess Teacher")

    for offer, kind in ((agreed, "agree"), (no, "refuse")):
        event = offer.events.get()
        assert (event.kind, event.by, event.on_behalf_of) == (kind, coordinator, "Tess Teacher")


def test_nobody_else_answers_for_the_school(now):
    offer = make.countered()

    for user in (make.contact().user, offer.ambassador.user):
        assert refused(agree_to_time, **{**answer(offer, now, starts_at=START), "by": user}) == ["not_for_school"]
        assert refused(refuse_times, **{**answer(offer, now), "by": user}) == ["not_for_school"]
    assert stands(offer) == OfferStatus.COUNTERED


def test_a_no_is_told_kindly_and_they_are_not_asked_again_for_this_visit(now):
    offer = make.countered()

    refuse_times(**answer(offer, now))

    assert (stands(offer), facts()) == (OfferStatus.REFUSED, ["other_time_refused"])
    assert not_asked_again_for(offer.visit) == [offer.ambassador_id]
    assert refused(refuse_times, **answer(offer, now)) == ["state"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lapses_at": make.NOW}, "lapsed"),
        ({"status": OfferStatus.LAPSED}, "lapsed"),
        ({"status": OfferStatus.SUPERSEDED}, "seat_taken"),
        ({"status": OfferStatus.WITHDRAWN}, "state"),
        ({"status": OfferStatus.SENT}, "state"),
    ],
)
def test_an_answer_that_comes_too_late_changes_nothing(now, change, code):
    offer = make.countered()
    type(offer).objects.filter(pk=offer.pk).update(**change)

    assert refused(agree_to_time, **answer(offer, now, starts_at=START)) == [code]
    assert refused(refuse_times, **answer(offer, now)) == [code]
    assert not Commitment.objects.exists()


def test_a_time_that_was_not_named_is_not_agreed_to(now):
    assert refused(agree_to_time, **answer(make.countered(), now, starts_at=START + HOUR)) == ["time_gone"]


def test_a_time_that_is_taken_since_is_told_to_the_school_without_why(now):
    offer = make.countered()
    make.visit(ambassador=offer.ambassador, status=VisitStatus.CONFIRMED, time=make.OTHER_TIME)

    with pytest.raises(Refusal) as refusal:
        agree_to_time(**answer(offer, now, starts_at=START))

    assert refusal.value.told_to() == "That time is no longer possible. We go on looking for someone."
    assert stands(offer) == OfferStatus.COUNTERED
    assert not PossibleTime.objects.filter(starts_at=START).exists()


def test_on_a_day_without_visitors_the_school_says_why_then_all_the_same(now):
    offer = make.countered()
    make.closure(offer.visit.request.school, day=START.date())

    assert refused(agree_to_time, **answer(offer, now, starts_at=START)) == ["all_the_same"]
    agree_to_time(**answer(offer, now, starts_at=START, all_the_same="Only Year 8 is in"))

    assert PossibleTime.objects.get(starts_at=START).all_the_same == "Only Year 8 is in"
    assert stands(offer) == OfferStatus.ACCEPTED
