"""A series of meetings: asked for, promised, confirmed and called off together, or one by one."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bookings.enums import CancelReason, OfferStatus, RequestStatus, SeatStatus, VisitStatus
from bookings.matching.ranking import rank, wanted_by, wanted_for
from bookings.models import Commitment, Offer, Request, Seat, Visit
from bookings.operations.ladder import ask_next
from bookings.operations.offers import accept_offer, decline_offer, invite_ambassador
from bookings.operations.preparing import write_outline
from bookings.operations.requests import open_request, withdraw_request
from bookings.operations.risk import say_not_practical
from bookings.operations.series import cancel_rest, give_up_rest
from bookings.operations.visits import (
    ask_for_someone_else,
    cancel_visit,
    confirm_visit,
    give_up_seat,
)
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

WEEK = timedelta(weeks=1)
STARTS, ENDS = make.FIRST_TIME
MEETINGS = 4
# Make's first day is a Wednesday before half-term: the week after it nobody has visitors.
WEEKS = (0, 2, 3, 4)
DATES = [(STARTS + weeks * WEEK, ENDS + weeks * WEEK) for weeks in WEEKS]


def somebody(**columns):
    """Cleared, with the children's barred list, which a weekly series needs (V-15)."""
    person = make.ambassador(status="active", **columns)
    make.clear(person, barred_list=True)
    return person


def a_series(now, *, times=(make.FIRST_TIME,), **columns) -> Visit:
    """The first visit of a series for which the search has begun."""
    request = make.request(status=RequestStatus.SUBMITTED, meetings=MEETINGS, times=times, **columns)
    open_request(request=request, by=make.staff(Role.COORDINATOR), at=now)
    return request.visits.get(number=1)


def asked(visit: Visit, person, now) -> Offer:
    seat = visit.seats.get()
    [match] = [each for each in rank(wanted_for(visit, at=now), at=now) if each.ambassador == person]
    return invite_ambassador(seat=seat, match=match, by=make.staff(Role.COORDINATOR), at=now)


def promised(now, **columns) -> tuple[Visit, object]:
    """A series to which somebody has said yes."""
    person, visit = somebody(), a_series(now, **columns)
    offer = asked(visit, person, now)
    accept_offer(offer=offer, starts_at=STARTS, by=person.user, at=now)
    visit.refresh_from_db()
    return visit, person


def confirmed(now) -> tuple[Visit, object]:
    visit, person = promised(now)
    confirm_visit(visit=visit, arrangements=make.arrangements(), by=visit.request.contact.user, at=now)
    return visit, person


def all_of(visit: Visit) -> list[Visit]:
    return list(Visit.objects.filter(request=visit.request).order_by("number"))


def statuses(visit: Visit) -> list[str]:
    return [each.status for each in all_of(visit)]


def facts() -> list[str]:
    return sorted(letter.fact.rpartition(".")[2] for letter in Letter.objects.all())


def codes(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refusal) as no:
        act(*args, **kwargs)
    return no.value.codes


# --- asked and promised


def test_an_open_series_has_a_visit_for_each_meeting_and_looks_for_one_person(now):
    visit = a_series(now)
    assert [(each.number, each.status, each.starts_at) for each in all_of(visit)] == [
        (number, VisitStatus.FINDING, None) for number in (1, 2, 3, 4)
    ]
    assert list(Visit.objects.sought()) == [visit]


def test_a_yes_is_for_every_meeting_and_a_week_without_visitors_is_left_out(now):
    visit, person = promised(now)

    assert [(each.starts_at, each.ends_at) for each in all_of(visit)] == DATES
    assert statuses(visit) == [VisitStatus.MATCHED] * MEETINGS
    assert Commitment.objects.filter(ambassador=person).count() == MEETINGS
    assert Request.objects.get().status == RequestStatus.FULFILLED
    assert [offer.status for offer in Offer.objects.all()] == [OfferStatus.ACCEPTED] * MEETINGS
    # Neither side gets a letter for each.
    assert facts() == ["ambassador_found", "offer_accepted", "offer_made"]


def test_whoever_is_promised_elsewhere_on_one_of_the_days_is_not_found(now):
    person, visit = somebody(), a_series(now)
    assert [each.ambassador for each in rank(wanted_for(visit, at=now), at=now)] == [person]

    make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=DATES[2])

    assert rank(wanted_for(visit, at=now), at=now) == []
    assert len(rank(wanted_by(make.request(), [make.FIRST_TIME]), at=now)) == 1


def test_a_clash_on_one_day_refuses_the_whole_series_and_says_which_day(now):
    person, visit = somebody(), a_series(now)
    offer = asked(visit, person, now)
    make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=DATES[2])

    with pytest.raises(Refusal) as no:
        accept_offer(offer=offer, starts_at=STARTS, by=person.user, at=now)

    assert (no.value.codes, "3 March" in no.value.told_to()) == (["clash"], True)
    assert statuses(visit) == [VisitStatus.FINDING] * MEETINGS
    assert not Commitment.objects.filter(seat__visit__request=visit.request).exists()


def test_a_weekly_series_needs_the_barred_list_and_one_every_four_weeks_does_not(now):
    person = make.ambassador(cleared=True)
    assert rank(wanted_for(a_series(now), at=now), at=now) == []
    monthly = a_series(now, weeks_apart=4)
    assert [each.ambassador for each in rank(wanted_for(monthly, at=now), at=now)] == [person]


def test_a_rule_asks_for_the_first_meeting_alone(now):
    people = [somebody(name=f"Person {number}") for number in range(3)]
    visit = a_series(now)

    assert ask_next(at=now) == len(people)

    assert set(Offer.objects.values_list("visit", flat=True)) == {visit.pk}


def test_of_two_who_are_asked_the_second_hears_that_somebody_was_quicker(now):
    first, second = somebody(), somebody(name="Second Person")
    visit = a_series(now)
    offers = [asked(visit, person, now) for person in (first, second)]
    accept_offer(offer=offers[0], starts_at=STARTS, by=first.user, at=now)

    assert codes(accept_offer, offer=offers[1], starts_at=STARTS, by=second.user, at=now) == ["seat_taken"]
    assert set(Seat.objects.filter(visit__request=visit.request).values_list("ambassador", flat=True)) == {first.pk}


def test_a_no_leaves_every_meeting_open(now):
    person, visit = somebody(), a_series(now)
    decline_offer(offer=asked(visit, person, now), by=person.user, at=now)
    assert statuses(visit) == [VisitStatus.FINDING] * MEETINGS


# --- the school's word


def test_the_school_says_yes_once_for_all_meetings_and_each_goes_into_the_calendars(now):
    visit, _person = confirmed(now)
    assert statuses(visit) == [VisitStatus.CONFIRMED] * MEETINGS
    assert [each.sequence for each in all_of(visit)] == [1] * MEETINGS
    assert facts().count("visit_confirmed") == 2 * MEETINGS


def test_the_school_asks_for_somebody_else_for_all_of_them_and_the_series_is_looked_for_as_at_first(now):
    visit, person = promised(now)

    ask_for_someone_else(visit=visit, by=visit.request.contact.user, at=now, because="Somebody earlier in their work")

    assert [(each.status, each.starts_at) for each in all_of(visit)] == [(VisitStatus.FINDING, None)] * MEETINGS
    assert not Commitment.objects.filter(ambassador=person).exists()
    assert facts().count("offer_released") == 1
    another = somebody(name="Another Person")
    accept_offer(offer=asked(visit, another, now), starts_at=STARTS, by=another.user, at=now)
    assert [(each.starts_at, each.ends_at) for each in all_of(visit)] == DATES


# --- one, or all that remain


def test_whoever_cannot_come_to_one_meeting_gives_that_one_back_and_somebody_is_looked_for_its_day(now):
    visit, person = confirmed(now)
    third = all_of(visit)[2]

    give_up_seat(seat=third.seats.get(), reason=CancelReason.WORK, by=person.user, at=now)

    assert statuses(visit) == [VisitStatus.CONFIRMED, VisitStatus.CONFIRMED, VisitStatus.FINDING, VisitStatus.CONFIRMED]
    assert list(Visit.objects.sought()) == [third]
    third.refresh_from_db()
    assert third.starts_at == DATES[2][0]
    other = somebody(name="Other Person")
    accept_offer(offer=asked(third, other, now), starts_at=DATES[2][0], by=other.user, at=now)
    assert [
        seat.ambassador for seat in Seat.objects.filter(visit__request=visit.request).order_by("visit__number")
    ] == [
        person,
        person,
        other,
        person,
    ]


def test_whoever_gives_back_all_that_remain_is_followed_by_one_person_for_them_all(now):
    visit, person = confirmed(now)
    second = all_of(visit)[1]

    assert give_up_rest(seat=second.seats.get(), reason=CancelReason.WORK, by=person.user, at=now) == 3

    assert statuses(visit) == [VisitStatus.CONFIRMED, *[VisitStatus.FINDING] * 3]
    assert list(Visit.objects.sought()) == [second]
    other = somebody(name="Other Person")
    accept_offer(offer=asked(second, other, now), starts_at=DATES[1][0], by=other.user, at=now)
    assert Commitment.objects.filter(ambassador=other).count() == 3
    assert statuses(visit) == [VisitStatus.CONFIRMED, *[VisitStatus.MATCHED] * 3]


def test_a_school_calls_one_meeting_off_and_the_others_stand(now):
    visit, person = confirmed(now)
    second = all_of(visit)[1]

    cancel_visit(visit=second, reason=CancelReason.SCHOOL_EVENT, by=visit.request.contact.user, at=now)

    assert statuses(visit) == [
        VisitStatus.CONFIRMED,
        VisitStatus.CANCELLED_BY_SCHOOL,
        VisitStatus.CONFIRMED,
        VisitStatus.CONFIRMED,
    ]
    assert Request.objects.get().status == RequestStatus.FULFILLED
    assert Commitment.objects.filter(ambassador=person).count() == 3


def test_a_school_calls_off_all_that_remain(now):
    visit, person = confirmed(now)

    called_off = cancel_rest(
        visit=all_of(visit)[1], reason=CancelReason.STAFFING, by=visit.request.contact.user, at=now
    )

    assert called_off == 3
    assert statuses(visit) == [VisitStatus.CONFIRMED, *[VisitStatus.CANCELLED_BY_SCHOOL] * 3]
    assert Commitment.objects.filter(ambassador=person).count() == 1
    cancel_visit(visit=visit, reason=CancelReason.STAFFING, by=visit.request.contact.user, at=now)
    assert Request.objects.get().status == RequestStatus.WITHDRAWN


def test_nobody_else_calls_off_or_gives_back_a_series(now):
    visit, _person = confirmed(now)
    stranger = make.user()
    before = statuses(visit)
    assert codes(cancel_rest, visit=visit, reason=CancelReason.OTHER, by=stranger, at=now) == ["not_for_school"]
    assert codes(give_up_rest, seat=visit.seats.get(), reason=CancelReason.OTHER, by=stranger, at=now) == ["not_yours"]
    assert statuses(visit) == before


def test_a_meeting_lost_on_the_day_before_leaves_the_others_as_they_are(now):
    visit, person = confirmed(now)
    give_up_seat(seat=visit.seats.get(), reason=CancelReason.ILLNESS, by=person.user, at=STARTS - timedelta(hours=4))
    assert statuses(visit) == [VisitStatus.CANCELLED_BY_AMBASSADOR, *[VisitStatus.CONFIRMED] * 3]
    assert Request.objects.get().status == RequestStatus.FULFILLED


def test_a_meeting_for_which_nobody_was_found_comes_to_nothing_by_itself(now):
    visit, person = confirmed(now)
    second = all_of(visit)[1]
    give_up_seat(seat=second.seats.get(), reason=CancelReason.WORK, by=person.user, at=now)

    ask_next(at=DATES[1][1])

    assert statuses(visit) == [
        VisitStatus.CONFIRMED,
        VisitStatus.UNFILLED,
        VisitStatus.CONFIRMED,
        VisitStatus.CONFIRMED,
    ]
    assert Request.objects.get().status == RequestStatus.FULFILLED


def test_a_series_that_nobody_has_taken_is_withdrawn_as_a_whole(now):
    visit = a_series(now)
    withdraw_request(request=visit.request, by=visit.request.contact.user, at=now)
    assert statuses(visit) == [VisitStatus.CANCELLED_BY_SCHOOL] * MEETINGS


def test_a_school_is_told_when_nobody_was_found_for_a_meeting_that_stands_in_its_calendar(now):
    visit, person = confirmed(now)
    second = all_of(visit)[1]
    give_up_seat(seat=second.seats.get(), reason=CancelReason.WORK, by=person.user, at=now)
    Letter.objects.all().delete()

    ask_next(at=DATES[1][1])

    [letter] = Letter.objects.filter(fact__endswith=".visit_cancelled")
    assert (letter.recipient, letter.ids["visit_id"]) == (visit.request.contact.user, second.pk)


def test_a_meeting_with_an_outline_of_its_own_waits_for_its_own_yes_but_not_when_somebody_else_is_wanted(now):
    visit, person = promised(now)
    third = all_of(visit)[2]
    write_outline(seat=third.seats.get(), text="We build a bridge of paper.", by=person.user, at=now)
    school = visit.request.contact.user

    confirm_visit(visit=visit, arrangements=make.arrangements(), by=school, at=now)

    assert [each.status for each in all_of(visit)].count(VisitStatus.CONFIRMED) == 3
    assert all_of(visit)[2].status == VisitStatus.MATCHED

    another, somebody_else = promised(now, contact=make.contact(school=make.school(name="Other School")))
    third = all_of(another)[2]
    write_outline(seat=third.seats.get(), text="We build a bridge of paper.", by=somebody_else.user, at=now)
    ask_for_someone_else(visit=another, by=another.request.contact.user, at=now, because="Another subject")
    assert statuses(another) == [VisitStatus.FINDING] * MEETINGS


def test_what_is_said_of_a_lesson_that_is_not_practical_is_said_of_every_meeting(now):
    person, visit = somebody(activities=("lesson_link",)), a_series(now, activity="lesson_link")
    accept_offer(offer=asked(visit, person, now), starts_at=STARTS, by=person.user, at=now)
    school = visit.request.contact.user
    assert codes(confirm_visit, visit=visit, arrangements=make.arrangements(), by=school, at=now) == [
        "practical_unsaid"
    ]

    visit.refresh_from_db()
    say_not_practical(seat=visit.seats.get(), by=person.user, at=now)
    confirm_visit(visit=visit, arrangements=make.arrangements(), by=school, at=now)

    assert statuses(visit) == [VisitStatus.CONFIRMED] * MEETINGS


# --- several who come


def a_series_for_two(now) -> tuple[Visit, list]:
    """A series for two people, who have been asked."""
    visit, people = a_series(now, people=2), [somebody(name=name) for name in ("Ada Engineer", "Bea Builder")]
    by = make.staff(Role.COORDINATOR)
    for seat, person in zip(visit.seats.order_by("pk"), people, strict=True):
        [match] = [each for each in rank(wanted_for(visit, at=now), at=now) if each.ambassador == person]
        invite_ambassador(seat=seat, match=match, by=by, at=now)
    return visit, people


def says_yes(person, now) -> None:
    offer = Offer.objects.get(ambassador=person, status=OfferStatus.SENT)
    accept_offer(offer=offer, starts_at=STARTS, by=person.user, at=now)


def test_two_people_are_found_for_every_meeting_and_the_school_hears_once_both_are(now):
    visit, (ada, bea) = a_series_for_two(now)

    says_yes(ada, now)
    assert statuses(visit) == [VisitStatus.FINDING] * MEETINGS
    assert "ambassador_found" not in facts()
    says_yes(bea, now)

    assert statuses(visit) == [VisitStatus.MATCHED] * MEETINGS
    assert [[seat.ambassador for seat in each.seats.order_by("pk")] for each in all_of(visit)] == [[ada, bea]] * 4
    assert facts().count("ambassador_found") == 1
    assert Request.objects.get().status == RequestStatus.FULFILLED


def test_one_of_two_gives_one_meeting_back_and_the_other_stays_in_all(now):
    visit, (ada, bea) = a_series_for_two(now)
    says_yes(ada, now)
    says_yes(bea, now)
    second = all_of(visit)[1]

    give_up_seat(seat=second.seats.get(ambassador=ada), reason=CancelReason.WORK, by=ada.user, at=now)

    assert statuses(visit) == [VisitStatus.MATCHED, VisitStatus.FINDING, VisitStatus.MATCHED, VisitStatus.MATCHED]
    assert Commitment.objects.filter(ambassador=bea).count() == MEETINGS
    [sought] = Visit.objects.sought()
    cleo = somebody(name="Cleo Chemist")
    [match] = [each for each in rank(wanted_for(sought, at=now), at=now) if each.ambassador == cleo]
    offer = invite_ambassador(
        seat=sought.seats.get(status=SeatStatus.OPEN), match=match, by=make.staff(Role.COORDINATOR), at=now
    )
    accept_offer(offer=offer, starts_at=DATES[1][0], by=cleo.user, at=now)
    assert statuses(visit) == [VisitStatus.MATCHED] * MEETINGS
    assert {seat.ambassador for seat in second.seats.all()} == {cleo, bea}


def test_whoever_comes_second_finds_what_the_first_has_given_back_meanwhile(now):
    visit, (ada, bea) = a_series_for_two(now)
    says_yes(ada, now)
    third = all_of(visit)[2]
    give_up_seat(seat=third.seats.get(ambassador=ada), reason=CancelReason.WORK, by=ada.user, at=now)

    says_yes(bea, now)

    assert statuses(visit) == [VisitStatus.MATCHED, VisitStatus.MATCHED, VisitStatus.FINDING, VisitStatus.MATCHED]
    assert [seat.ambassador for seat in third.seats.exclude(ambassador=None)] == [bea]
    assert Request.objects.get().status == RequestStatus.OPEN


# --- every order

ACTS = ("accept", "confirm", "give_one", "give_rest", "cancel_one", "cancel_rest", "else", "ask")


class EveryOrderTests(TestCase):
    """Whatever happens in whichever order."""

    @settings(max_examples=40, deadline=None)
    @given(
        acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, MEETINGS - 1), st.integers(0, 2)), max_size=9),
        wanted=st.integers(1, 2),
    )
    def test_nobody_is_in_two_places_and_each_taken_seat_binds_its_hours(self, acts, wanted):
        people = [somebody(name=f"Person {number}") for number in range(3)]
        visit = a_series(make.NOW, people=wanted)
        ask_next(at=make.NOW)
        for name, number, who in acts:
            with suppress(Refusal):
                _act(visit, people[who], name, all_of(visit)[number], make.NOW)
            _check(visit)


def _act(visit: Visit, person, name: str, meeting: Visit, now) -> None:
    school = visit.request.contact.user
    seat = meeting.seats.filter(ambassador=person).first() or meeting.seats.first()
    if name == "ask":
        ask_next(at=now)
    elif name == "accept":
        offer = Offer.objects.filter(ambassador=person, status=OfferStatus.SENT, visit__request=visit.request).first()
        if offer is not None:
            accept_offer(offer=offer, starts_at=offer.visit.starts_at or STARTS, by=person.user, at=now)
    elif name == "confirm":
        confirm_visit(visit=meeting, arrangements=make.arrangements(), by=school, at=now)
    elif name == "else":
        ask_for_someone_else(visit=meeting, by=school, at=now, because="Another")
    elif name.startswith("cancel"):
        act = cancel_rest if name == "cancel_rest" else cancel_visit
        act(visit=meeting, reason=CancelReason.OTHER, by=school, at=now)
    elif seat.ambassador is not None:
        act = give_up_rest if name == "give_rest" else give_up_seat
        act(seat=seat, reason=CancelReason.OTHER, by=seat.ambassador.user, at=now)


def _check(visit: Visit) -> None:
    for each in all_of(visit):
        for seat in each.seats.all():
            bound = Commitment.objects.filter(seat=seat).first()
            stands = each.status in (VisitStatus.FINDING, VisitStatus.MATCHED, VisitStatus.CONFIRMED)
            assert (bound is not None) == (seat.status == SeatStatus.TAKEN and stands)
            assert bound is None or (bound.starts_at, bound.ends_at) == (each.starts_at, each.ends_at)
        if each.status in (VisitStatus.MATCHED, VisitStatus.CONFIRMED):
            assert {seat.status for seat in each.seats.all()} == {SeatStatus.TAKEN}
        people = [seat.ambassador_id for seat in each.seats.all() if seat.ambassador_id]
        assert len(people) == len(set(people))
    sought = Visit.objects.sought().filter(request=visit.request)
    assert len(sought) <= 1
    finding = [each for each in all_of(visit) if each.status == VisitStatus.FINDING]
    request = Request.objects.get(pk=visit.request_id)
    if finding:
        assert request.status == RequestStatus.OPEN
    else:
        assert request.status in (RequestStatus.FULFILLED, RequestStatus.WITHDRAWN)
