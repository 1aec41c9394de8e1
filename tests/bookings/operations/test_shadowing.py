"""Coming along to watch: what it asks, whom it tells, and that the visit never waits or changes for it."""

from datetime import timedelta
from email.utils import parseaddr

import pytest

from bookings import notifications
from bookings.enums import (
    CancelReason,
    OfferStatus,
    SeatKind,
    SeatStatus,
    VisitStatus,
)
from bookings.models import Commitment, Offer, Seat
from bookings.operations import offers, shadowing, visits
from bookings.operations.countering import name_other_times
from bookings.operations.proposals import Wish, agree_proposal, propose_time
from bookings.queries.boards import history_of_visit
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.post import post
from stem.letters.sending import send_due
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
STARTS = make.FIRST_TIME[0]


def teacher(visit):
    return visit.request.contact.user


def lead_of(visit) -> Seat:
    return visit.seats.leads().select_related("ambassador__user", "visit")[0]


def facts() -> list[str]:
    return [letter.fact.rpartition(".")[2] for letter in Letter.objects.order_by("pk")]


def addressed(mail) -> str:
    return parseaddr(mail.to[0])[1]


def standing(visit) -> tuple:
    """All of a visit that nobody who watches may change."""
    visit.refresh_from_db()
    visit.request.refresh_from_db()
    lead = lead_of(visit)
    return (visit.status, visit.starts_at, visit.sequence, visit.changed_at, visit.request.status, lead.ambassador_id)


def refused(act, /, **arguments) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        act(**arguments)
    return refusal.value.codes


# --- making room, and asking


def test_room_is_made_once_however_often_it_is_pressed(visit, cora, now):
    one = shadowing.add_shadow_place(visit=visit, by=cora, at=now)
    other = shadowing.add_shadow_place(visit=visit, by=cora, at=now)

    assert (one, one.kind, one.status) == (other, SeatKind.SHADOW, SeatStatus.OPEN)
    assert [event.kind for event in one.events.all()] == ["add_shadow_place"]
    assert facts() == []


def test_somebody_new_is_asked_as_anybody_is_and_the_visit_stays(visit, place, nia, cora, now):
    before = standing(visit)

    offer = shadowing.invite_shadow(seat=place, person=nia.pk, by=cora, at=now)

    assert (offer.ambassador, offer.status, offer.lapses_at) == (nia, OfferStatus.SENT, now + timedelta(hours=72))
    assert offer.remind_at is not None
    assert (standing(visit), facts()) == (before, ["offer_made"])


@pytest.mark.parametrize("status", [each for each in VisitStatus if each not in ("matched", "confirmed")])
def test_only_a_visit_that_has_its_people_and_is_to_come_has_room(visit, place, nia, cora, now, status):
    visit.status = status
    visit.save()

    assert refused(shadowing.add_shadow_place, visit=visit, by=cora, at=now) == ["state"]
    assert refused(shadowing.invite_shadow, seat=place, person=nia.pk, by=cora, at=now) == ["state"]
    assert refused(shadowing.refuse_shadow, visit=visit, by=teacher(visit), at=now) == ["state"]


def test_once_it_has_begun_nobody_is_asked_any_more(visit, place, nia, cora):
    assert refused(shadowing.add_shadow_place, visit=visit, by=cora, at=STARTS) == ["state"]
    assert refused(shadowing.invite_shadow, seat=place, person=nia.pk, by=cora, at=STARTS) == ["state"]


def test_only_a_coordinator_of_the_region_makes_room_and_asks(visit, place, nia, now):
    for by in (teacher(visit), lead_of(visit).ambassador.user, nia.user, make.user()):
        assert refused(shadowing.add_shadow_place, visit=visit, by=by, at=now) == ["not_coordinator"]
        assert refused(shadowing.invite_shadow, seat=place, person=nia.pk, by=by, at=now) == ["not_coordinator"]
    assert not Offer.objects.to_watch().exists()


def test_nobody_asks_themselves(visit, place, now):
    both = make.staff(Role.COORDINATOR)
    person = make.ambassador(name="Nia Newcomer", user=both, cleared=True)

    assert refused(shadowing.invite_shadow, seat=place, person=person.pk, by=both, at=now) == ["own_offer"]


def test_one_is_asked_at_a_time_and_not_for_a_place_that_somebody_has(visit, place, nia, cora, now):
    other = make.ambassador(name="Noor Newcomer", cleared=True)
    offer = shadowing.invite_shadow(seat=place, person=nia.pk, by=cora, at=now)
    assert refused(shadowing.invite_shadow, seat=place, person=other.pk, by=cora, at=now) == ["enough_asked"]

    offers.accept_offer(offer=offer, starts_at=STARTS, by=nia.user, at=now)

    assert refused(shadowing.invite_shadow, seat=place, person=other.pk, by=cora, at=now) == ["seat_taken"]


def test_whoever_says_no_is_not_asked_again_and_who_forgot_may_be(visit, place, nia, cora, now):
    offer = shadowing.invite_shadow(seat=place, person=nia.pk, by=cora, at=now)
    offers.lapse_offers(at=offer.lapses_at)
    again = shadowing.invite_shadow(seat=place, person=nia.pk, by=cora, at=offer.lapses_at)
    offers.decline_offer(offer=again, by=nia.user, at=offer.lapses_at)

    later = offer.lapses_at + timedelta(hours=1)
    assert refused(shadowing.invite_shadow, seat=place, person=nia.pk, by=cora, at=later) == ["cannot_be_asked"]


def test_a_leads_seat_is_none_to_watch_from(visit, nia, cora, now):
    assert refused(shadowing.invite_shadow, seat=lead_of(visit), person=nia.pk, by=cora, at=now) == ["state"]


# --- saying yes


def test_a_yes_takes_the_place_and_its_hours_and_changes_nothing_else(visit, place, nia, cora, now):
    before = standing(visit)
    offer = shadowing.invite_shadow(seat=place, person=nia.pk, by=cora, at=now)

    offers.accept_offer(offer=offer, starts_at=STARTS, by=nia.user, at=now)

    place.refresh_from_db()
    hours = Commitment.objects.get(seat=place)
    assert (place.status, place.ambassador) == (SeatStatus.TAKEN, nia)
    assert (hours.ambassador, hours.starts_at, hours.ends_at) == (nia, *make.FIRST_TIME)
    assert standing(visit) == before


def test_the_school_and_the_lead_are_told_who_comes_along_in_the_same_act(visit, place, nia, cora, now, mailoutbox):
    offer = shadowing.invite_shadow(seat=place, person=nia.pk, by=cora, at=now)
    offers.accept_offer(offer=offer, starts_at=STARTS, by=nia.user, at=now)

    assert facts() == ["offer_made", "shadow_found", "shadow_found", "visit_confirmed", "offer_accepted"]
    send_due(at=now)
    told = {addressed(mail): mail for mail in mailoutbox if "comes along to" in mail.subject}
    assert {teacher(visit).email, lead_of(visit).ambassador.user.email} == set(told)
    assert "not this time" not in told[lead_of(visit).ambassador.user.email].body.lower()
    assert "If you would rather that nobody watched this time" in told[teacher(visit).email].body
    [confirmed] = [mail for mail in mailoutbox if addressed(mail) == nia.user.email and "Confirmed" in mail.subject]
    assert "beside Ada Engineer" in confirmed.body


def test_before_the_school_has_confirmed_they_hear_of_the_day_with_everybody(visit, place, nia, cora, now):
    visit.status = VisitStatus.MATCHED
    visit.save()
    offer = shadowing.invite_shadow(seat=place, person=nia.pk, by=cora, at=now)
    offers.accept_offer(offer=offer, starts_at=STARTS, by=nia.user, at=now)
    assert "visit_confirmed" not in facts()

    visits.confirm_visit(visit=visit, arrangements=make.arrangements(), by=teacher(visit), at=now)

    assert facts().count("visit_confirmed") == 3


def test_nobody_is_in_two_places_at_once_to_watch(visit, place, nia, cora, now):
    offer = shadowing.invite_shadow(seat=place, person=nia.pk, by=cora, at=now)
    make.visit(ambassador=nia, status=VisitStatus.CONFIRMED)

    assert refused(offers.accept_offer, offer=offer, starts_at=STARTS, by=nia.user, at=now) == ["clash"]


def test_an_offer_to_watch_ends_with_what_it_was_for(visit, place, nia, cora, now):
    offer = shadowing.invite_shadow(seat=place, person=nia.pk, by=cora, at=now)
    lead = lead_of(visit)
    visits.give_up_seat(seat=lead, reason=CancelReason.WORK, by=lead.ambassador.user, at=now)

    assert refused(offers.accept_offer, offer=offer, starts_at=STARTS, by=nia.user, at=now) == ["state"]
    assert Offer.objects.get(pk=offer.pk).status == OfferStatus.WITHDRAWN


def test_another_time_cannot_be_named(visit, place, nia, cora, now):
    offer = shadowing.invite_shadow(seat=place, person=nia.pk, by=cora, at=now)
    times = [(STARTS + DAY, STARTS + DAY + timedelta(hours=1))]

    assert refused(name_other_times, offer=offer, times=times, by=nia.user, at=now) == ["time_fixed"]


# --- leaving, and being let go


def test_without_whoever_watches_the_visit_goes_on_as_it_was(visit, watched, nia, now):
    before = standing(visit)

    visits.give_up_seat(seat=watched, reason=CancelReason.ILLNESS, by=nia.user, at=now)

    watched.refresh_from_db()
    assert (watched.status, Commitment.objects.filter(ambassador=nia).exists()) == (SeatStatus.OPEN, False)
    assert standing(visit) == before
    assert facts() == ["seat_given_up", "shadow_withdrew", "shadow_withdrew"]


def test_even_an_hour_before_it_is_not_called_off_for_them(visit, watched, nia):
    before = standing(visit)

    late = STARTS - timedelta(hours=1)
    visits.give_up_seat(seat=watched, reason=CancelReason.ILLNESS, by=nia.user, at=late)

    assert standing(visit) == before


def test_when_the_lead_leaves_nobody_watches_and_both_hear_so(visit, watched, nia, now):
    lead = lead_of(visit)

    visits.give_up_seat(seat=lead, reason=CancelReason.WORK, by=lead.ambassador.user, at=now)

    watched.refresh_from_db()
    visit.refresh_from_db()
    assert (visit.status, watched.status) == (VisitStatus.FINDING, SeatStatus.OPEN)
    assert not Commitment.objects.exists()
    assert sorted(facts()) == ["ambassador_withdrew", "seat_given_up", "shadow_let_go"]


def test_whoever_is_not_accepted_takes_nobody_along(visit, watched, now):
    visit.status = VisitStatus.MATCHED
    visit.save()

    visits.ask_for_someone_else(visit=visit, by=teacher(visit), at=now, because="Another subject.")

    visit.refresh_from_db()
    assert (visit.status, visit.starts_at) == (VisitStatus.FINDING, None)
    assert sorted(facts()) == ["offer_released", "shadow_let_go"]


def test_of_two_who_visit_one_leaving_lets_whoever_watches_go(visit, nia, now):
    two = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, time=make.SECOND_TIME)
    fred = make.ambassador(name="Fred Fellow", cleared=True)
    seat = Seat.objects.create(visit=two, ambassador=fred, status=SeatStatus.TAKEN)
    make.offer(seat=seat, ambassador=fred, status=OfferStatus.ACCEPTED)
    watched = make.watched(two, ambassador=nia)

    visits.give_up_seat(seat=seat, reason=CancelReason.WORK, by=fred.user, at=now)

    watched.refresh_from_db()
    two.refresh_from_db()
    assert (two.starts_at, watched.status) == (make.SECOND_TIME[0], SeatStatus.OPEN)


def test_with_the_next_lead_they_may_be_asked_anew(visit, watched, nia, cora, now):
    lead = lead_of(visit)
    visits.give_up_seat(seat=lead, reason=CancelReason.WORK, by=lead.ambassador.user, at=now)
    other = make.ambassador(name="Olu Other", cleared=True)
    offer = make.offer(seat=lead, ambassador=other)
    offers.accept_offer(offer=offer, starts_at=STARTS, by=other.user, at=now)
    visit.refresh_from_db()
    assert visit.status == VisitStatus.MATCHED

    again = shadowing.invite_shadow(seat=watched, person=nia.pk, by=cora, at=now)
    offers.accept_offer(offer=again, starts_at=STARTS, by=nia.user, at=now)

    watched.refresh_from_db()
    assert watched.ambassador == nia


def test_a_visit_moves_without_asking_whoever_watches_who_is_let_go(visit, watched, nia, now):
    wish = Wish(STARTS + DAY, STARTS + DAY + timedelta(hours=1), "The hall is taken.", reason=CancelReason.OTHER)
    proposal = propose_time(visit=visit, seat=None, wish=wish, by=teacher(visit), at=now)
    assert [letter.recipient for letter in Letter.objects.all()] == [lead_of(visit).ambassador.user]

    lead = lead_of(visit)
    agree_proposal(proposal=proposal, seat=lead, by=lead.ambassador.user, at=now)

    visit.refresh_from_db()
    watched.refresh_from_db()
    assert (visit.starts_at, watched.status) == (STARTS + DAY, SeatStatus.OPEN)
    assert facts().count("shadow_let_go") == 1


def test_a_visit_that_is_called_off_is_off_for_whoever_watches_too(visit, watched, now):
    visits.cancel_visit(visit=visit, reason=CancelReason.STAFFING, by=teacher(visit), at=now)

    assert facts() == ["visit_cancelled"] * 3
    assert not Commitment.objects.exists()


def test_confirming_tests_them_again_and_they_alone_stay_away(visit, watched, nia, now):
    visit.status = VisitStatus.MATCHED
    visit.save()
    nia.requirements.all().delete()

    visits.confirm_visit(visit=visit, arrangements=make.arrangements(), by=teacher(visit), at=now)

    visit.refresh_from_db()
    watched.refresh_from_db()
    assert (visit.status, watched.status) == (VisitStatus.CONFIRMED, SeatStatus.OPEN)
    assert "place_given_back" in facts()


# --- the school's no


def test_the_school_may_say_not_this_time_and_the_visit_stays(visit, watched, nia, cora, now):
    before = standing(visit)

    shadowing.refuse_shadow(visit=visit, by=teacher(visit), at=now)
    shadowing.refuse_shadow(visit=visit, by=teacher(visit), at=now)

    watched.refresh_from_db()
    assert (watched.status, standing(visit)) == (SeatStatus.OPEN, before)
    assert facts() == ["shadow_let_go", "shadow_withdrew"]
    assert refused(shadowing.invite_shadow, seat=watched, person=nia.pk, by=cora, at=now) == ["school_said_no"]
    assert refused(shadowing.add_shadow_place, visit=visit, by=cora, at=now) == ["school_said_no"]


def test_what_was_asked_is_taken_back_with_it(visit, place, nia, cora, now):
    offer = shadowing.invite_shadow(seat=place, person=nia.pk, by=cora, at=now)

    shadowing.refuse_shadow(visit=visit, by=cora, at=now, on_behalf_of=str(teacher(visit)))

    offer.refresh_from_db()
    assert (offer.status, facts()) == (OfferStatus.WITHDRAWN, ["offer_made", "offer_withdrawn"])
    assert place.events.get(kind="refuse_shadow").on_behalf_of == str(teacher(visit))


def test_it_is_for_the_school_alone_to_say(visit, watched, nia, now):
    for by in (nia.user, lead_of(visit).ambassador.user, make.contact().user):
        assert refused(shadowing.refuse_shadow, visit=visit, by=by, at=now) == ["not_for_school"]
    other = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
    assert refused(shadowing.refuse_shadow, visit=other, by=teacher(other), at=now) == ["no_shadow"]


# --- what is told of it


def test_what_happened_reads_as_what_it_was(visit, place, nia, cora, now):
    offer = shadowing.invite_shadow(seat=place, person=nia.pk, by=cora, at=now)
    offers.accept_offer(offer=offer, starts_at=STARTS, by=nia.user, at=now)
    shadowing.refuse_shadow(visit=visit, by=teacher(visit), at=now)

    titles = [each.title for each in history_of_visit(visit)]
    assert set(titles) == {
        "Asked to come along and watch: Nia Newcomer",
        "Comes along to watch: Nia Newcomer",
        "The school would rather that nobody watches",
        "Does not come along after all: Nia Newcomer",
    }


def test_letters_fall_silent_when_they_are_true_no_more(visit, watched, nia, cora, now, mailoutbox):
    offer = watched.offers.get()
    shadowing.refuse_shadow(visit=visit, by=teacher(visit), at=now)
    visits.cancel_visit(visit=visit, reason=CancelReason.STAFFING, by=teacher(visit), at=now)
    for fact in (notifications.shadow_found, notifications.shadow_withdrew):
        post(fact, to=teacher(visit), due_at=now, visit_id=visit.pk, seat_id=0, offer_id=offer.pk)
    send_due(at=now)

    assert not [mail for mail in mailoutbox if "watch" in mail.subject and addressed(mail) == teacher(visit).email]
