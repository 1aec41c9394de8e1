"""A no that says more, and a no that is taken back."""

from datetime import date, timedelta

import pytest

from ambassadors.enums import HoldKind
from ambassadors.models import Hold
from ambassadors.operations.profile import come_back_early, go_away
from bookings.enums import OfferStatus, SeatStatus, Side, VisitStatus
from bookings.models import Commitment, KeptApart
from bookings.operations.offers import accept_offer, decline_offer
from bookings.operations.reconsidering import accept_after_all, reconsider_offer
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

LATER = timedelta(hours=1)


def refused(act, **arguments) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        act(**arguments)
    return refusal.value.codes


def say_no(offer, now, **more) -> None:
    decline_offer(offer=offer, by=offer.ambassador.user, at=now, **more)


def stands(offer) -> str:
    offer.refresh_from_db()
    return offer.status


# --- a no that says more


def test_not_this_school_is_kept_as_the_ambassador_s_word_and_nobody_is_told(now):
    offer = make.offer()

    say_no(offer, now, not_this_school=True)

    [told] = KeptApart.objects.all()
    assert (told.school, told.ambassador, told.side) == (offer.visit.request.school, offer.ambassador, Side.AMBASSADOR)
    assert not Letter.objects.exists()
    assert not Hold.objects.exists()


def test_not_this_month_is_days_away_in_the_month_of_the_visit(now):
    offer = make.offer()

    say_no(offer, now, not_this_month=True)

    [hold] = Hold.objects.all()
    assert (hold.kind, hold.starts_on, hold.ends_on) == (HoldKind.AWAY, date(2027, 2, 1), date(2027, 2, 28))
    assert hold.set_by == offer.ambassador.user
    assert not KeptApart.objects.exists()


def test_in_the_month_that_has_begun_it_begins_today(now):
    soon = (now + timedelta(days=5), now + timedelta(days=5, hours=1))
    request = make.request(status="open", times=(soon,))
    offer = make.offer(visit=make.visit(request=request))

    say_no(offer, now, not_this_month=True)

    [hold] = Hold.objects.all()
    assert (hold.starts_on, hold.ends_on) == (date(2027, 1, 12), date(2027, 1, 31))


def test_said_before_each_is_said_once(now):
    offer = make.offer()
    make.kept_apart(offer.ambassador, school=offer.visit.request.school)
    days = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 28)}
    go_away(ambassador=offer.ambassador, by=offer.ambassador.user, at=now, **days)

    say_no(offer, now + LATER, not_this_school=True, not_this_month=True)

    assert (KeptApart.objects.count(), Hold.objects.count()) == (1, 1)


def test_a_coordinator_on_the_telephone_notes_the_no_and_nothing_more(now):
    offer = make.offer()
    coordinator = make.staff(Role.COORDINATOR)
    more = {"offer": offer, "by": coordinator, "at": now, "on_behalf_of": "Ada Engineer"}

    assert refused(decline_offer, **more, not_this_school=True) == ["not_yours"]
    assert refused(decline_offer, **more, not_this_month=True) == ["not_yours"]
    assert stands(offer) == OfferStatus.SENT
    assert not KeptApart.objects.exists() and not Hold.objects.exists()


def test_days_away_are_taken_back_by_oneself_once(now):
    person = make.ambassador(cleared=True)
    days = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 28)}
    hold = go_away(ambassador=person, by=person.user, at=now, **days)

    come_back_early(hold=hold, by=person.user, at=now)
    come_back_early(hold=hold, by=person.user, at=now + LATER)

    hold.refresh_from_db()
    assert (hold.lifted_at, hold.lifted_by) == (now, person.user)
    assert Entry.objects.filter(action="hold.lift").count() == 1


def test_nobody_else_takes_days_away_back_nor_the_person_what_an_officer_set(now):
    person = make.ambassador(cleared=True)
    own = make.hold(person, starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 3), set_by=person.user)
    officers = make.hold(person, starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 3))
    without_end = make.hold(person, starts_on=date(2027, 3, 1), set_by=person.user)

    assert refused(come_back_early, hold=own, by=make.user(), at=now) == ["not_your_profile"]
    for hold in (officers, without_end):
        assert refused(come_back_early, hold=hold, by=person.user, at=now) == ["not_yours"]
    assert not Hold.objects.filter(lifted_at__isnull=False).exists()


# --- a no that is taken back


def test_a_no_is_taken_back_and_the_offer_is_open_until_its_own_time(now):
    offer = make.offer()
    until = offer.lapses_at
    say_no(offer, now)

    reconsider_offer(offer=offer, by=offer.ambassador.user, at=now + LATER)

    assert (stands(offer), offer.lapses_at) == (OfferStatus.SENT, until)
    assert [event.kind for event in offer.events.order_by("pk")] == ["decline", "reconsider"]


def test_what_was_said_with_the_no_is_taken_back_with_it_and_nothing_else(now):
    offer, other = make.offer(), make.kept_apart(make.ambassador(cleared=True))
    person = offer.ambassador
    before = go_away(
        ambassador=person, starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 2), by=person.user, at=now - LATER
    )
    say_no(offer, now, not_this_school=True, not_this_month=True)

    reconsider_offer(offer=offer, by=person.user, at=now + LATER)

    assert list(KeptApart.objects.all()) == [other]
    assert list(Hold.objects.filter(lifted_at=None)) == [before]


def test_yes_after_all_is_one_press(now):
    offer = make.offer()
    say_no(offer, now, not_this_month=True)

    accept_after_all(offer=offer, starts_at=make.FIRST_TIME[0], by=offer.ambassador.user, at=now + LATER)

    seat = offer.visit.seats.get()
    assert (stands(offer), seat.status, seat.ambassador) == (OfferStatus.ACCEPTED, SeatStatus.TAKEN, offer.ambassador)
    assert [event.kind for event in offer.events.order_by("pk")] == ["decline", "reconsider", "accept"]


def test_a_yes_after_all_that_cannot_be_leaves_the_no_as_it_was(now):
    person = make.ambassador(cleared=True)
    make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    offer = make.offer(ambassador=person)
    say_no(offer, now, not_this_school=True)
    yes = {"offer": offer, "starts_at": make.FIRST_TIME[0], "by": person.user, "at": now + LATER}

    assert refused(accept_after_all, **yes) == ["clash"]
    assert stands(offer) == OfferStatus.DECLINED
    assert KeptApart.objects.count() == 1


def test_a_no_that_was_taken_back_is_not_taken_back_twice(now):
    offer = make.offer()
    say_no(offer, now)
    reconsider_offer(offer=offer, by=offer.ambassador.user, at=now)

    assert refused(reconsider_offer, offer=offer, by=offer.ambassador.user, at=now) == ["state"]


def test_once_someone_else_has_the_place_a_no_stands(now):
    visit = make.visit()
    offer, other = make.offer(visit=visit), make.offer(visit=visit)
    say_no(offer, now)
    accept_offer(offer=other, starts_at=make.FIRST_TIME[0], by=other.ambassador.user, at=now)

    assert refused(reconsider_offer, offer=offer, by=offer.ambassador.user, at=now) == ["seat_taken"]


def test_once_its_time_has_run_out_a_no_stands(now):
    offer = make.offer(status=OfferStatus.DECLINED, lapses_at=now)

    assert refused(reconsider_offer, offer=offer, by=offer.ambassador.user, at=now) == ["lapsed"]


def test_once_nobody_is_looked_for_a_no_stands(now):
    offer = make.offer(status=OfferStatus.DECLINED, visit=make.visit(status=VisitStatus.UNFILLED))

    assert refused(reconsider_offer, offer=offer, by=offer.ambassador.user, at=now) == ["state"]


def test_nobody_takes_back_somebody_else_s_no_not_even_a_coordinator(now):
    offer = make.offer(status=OfferStatus.DECLINED)

    for user in (make.ambassador(cleared=True).user, make.staff(Role.COORDINATOR)):
        assert refused(reconsider_offer, offer=offer, by=user, at=now) == ["not_yours"]


def test_whoever_was_asked_anew_answers_the_new_question(now):
    offer = make.offer(status=OfferStatus.DECLINED)
    make.offer(visit=offer.visit, ambassador=offer.ambassador)

    assert refused(reconsider_offer, offer=offer, by=offer.ambassador.user, at=now) == ["asked_before"]


# --- a visit too near to another one (rule T-22)


def near(person, *, hours: float = 0, **columns):
    """A visit of this person's that ends so long before the first time on offer, at another school."""
    starts_at = make.FIRST_TIME[0] - timedelta(hours=1 + hours)
    time = (starts_at, starts_at + timedelta(hours=1))
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=time, **columns)


def test_a_visit_too_near_to_another_is_refused_until_the_person_says_that_they_manage(now):
    person = make.ambassador(cleared=True)
    near(person)
    offer = make.offer(ambassador=person)
    yes = {"offer": offer, "starts_at": make.FIRST_TIME[0], "by": person.user, "at": now}

    assert refused(accept_offer, **yes) == ["too_tight"]
    assert stands(offer) == OfferStatus.SENT

    accept_offer(**yes, manages_journey=True)
    assert (stands(offer), offer.manages_journey) == (OfferStatus.ACCEPTED, True)
    assert Commitment.objects.filter(ambassador=person).count() == 2


def test_with_time_enough_nothing_is_asked(now):
    person = make.ambassador(cleared=True)
    near(person, hours=0.25)
    offer = make.offer(ambassador=person)

    accept_offer(offer=offer, starts_at=make.FIRST_TIME[0], by=person.user, at=now)

    assert (stands(offer), offer.manages_journey) == (OfferStatus.ACCEPTED, False)


def test_a_coordinator_notes_that_they_manage_and_never_says_so_for_them(now):
    person = make.ambassador(cleared=True)
    near(person)
    offer = make.offer(ambassador=person)
    yes = {"offer": offer, "starts_at": make.FIRST_TIME[0], "by": make.staff(Role.COORDINATOR), "at": now}

    assert refused(accept_offer, **yes, manages_journey=True) == ["not_yours"]
    accept_offer(**yes, manages_journey=True, on_behalf_of=person.full_name)

    assert (stands(offer), offer.manages_journey) == (OfferStatus.ACCEPTED, True)
