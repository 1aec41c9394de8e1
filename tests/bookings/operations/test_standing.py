"""Whoever may not come sits in no visit: what they promised is given back in the same moment, and nobody reads why."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambassadors.eligibility import reasons_not_cleared
from ambassadors.enums import CheckBody, HoldKind, RequirementKind
from ambassadors.models import Ambassador, Hold, Requirement
from ambassadors.operations.declarations import declare_change
from ambassadors.operations.profile import go_away, take_a_break
from bookings.enums import UPCOMING, OfferStatus, VisitStatus
from bookings.models import Commitment, Offer, Seat, Visit
from bookings.operations.offers import accept_offer
from bookings.operations.standing import date_membership, give_back_lapsed, hold_back, take_back_requirement
from bookings.operations.visits import confirm_visit
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def person() -> Ambassador:
    return make.ambassador(name="Hana Held", cleared=True)


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Olu Officer")


def in_days(now, days: int):
    return now + days * DAY, now + days * DAY + timedelta(hours=1)


def promised(person: Ambassador, now, days: int = 30, status=VisitStatus.CONFIRMED, **columns) -> Visit:
    return make.visit(ambassador=person, status=status, time=in_days(now, days), **columns)


def hold(person: Ambassador, officer, now, **said) -> Hold:
    told = {"kind": HoldKind.VETTING, "truth": "A question", "starts_on": day_of(now), "ends_on": None, **said}
    return hold_back(ambassador=person, by=officer, at=now, **told)


def facts_to(user) -> list[str]:
    return sorted(letter.fact_name for letter in Letter.objects.filter(recipient=user))


def is_kept(visit: Visit, person: Ambassador) -> bool:
    return visit.seats.filter(ambassador=person).exists()


def test_a_hold_gives_back_what_is_promised_tells_the_school_and_looks_for_someone_else(person, officer, now, outbox):
    visits = [promised(person, now), promised(person, now, 60, VisitStatus.MATCHED)]

    hold(person, officer, now)

    assert [Visit.objects.get(pk=visit.pk).status for visit in visits] == [VisitStatus.FINDING] * 2
    assert not Seat.objects.filter(ambassador=person).exists() and not Commitment.objects.exists()
    assert [facts_to(visit.request.contact.user) for visit in visits] == [["ambassador_withdrew"]] * 2
    assert facts_to(person.user) == ["place_given_back", "place_given_back"]
    send_due(at=now)
    assert len(outbox) == 4
    assert not any("hold" in message.body.lower() or "A question" in message.body for message in outbox)


def test_only_visits_on_the_days_of_the_hold_are_given_back(person, officer, now):
    before, within, after = (promised(person, now, days) for days in (20, 40, 60))
    hold(person, officer, now, starts_on=day_of(now + 30 * DAY), ends_on=day_of(now + 50 * DAY))
    assert [is_kept(visit, person) for visit in (before, within, after)] == [True, False, True]


def test_a_visit_too_near_to_fill_again_is_called_off_by_a_rule(person, officer, now):
    visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=(now + DAY / 8, now + DAY / 6))
    hold(person, officer, now)
    visit.refresh_from_db()
    assert visit.status == VisitStatus.CANCELLED_BY_AMBASSADOR
    assert "visit_cancelled" in facts_to(visit.request.contact.user)


def test_no_history_that_a_school_or_a_coordinator_reads_names_who_held_them(person, officer, now):
    visit = promised(person, now)
    hold(person, officer, now)
    visit.refresh_from_db()
    events = [*visit.events.all(), *visit.request.events.all()]
    events += [event for seat in visit.seats.all() for event in seat.events.all()]
    events += [event for offer in Offer.objects.all() for event in offer.events.all()]
    assert {event.by for event in events if event.at == now} == {None}


def test_the_last_day_of_a_membership_gives_back_the_visits_after_it(officer, now):
    person = make.ambassador(name="Morag Member", cleared=True)
    row = person.requirements.get(kind=RequirementKind.CRC)
    Requirement.objects.filter(pk=row.pk).update(body=CheckBody.PVG, valid_until=None)
    within, after = (promised(person, now, days) for days in (20, 40))
    date_membership(requirement=row, last_day=day_of(now + 20 * DAY), by=officer, at=now)
    assert [is_kept(visit, person) for visit in (within, after)] == [True, False]
    assert facts_to(person.user) == ["place_given_back"]


def test_an_offer_is_taken_back_where_no_time_of_it_is_left(person, officer, now):
    offer = make.offer(ambassador=person)
    hold(person, officer, now)
    offer.refresh_from_db()
    assert offer.status == OfferStatus.WITHDRAWN
    assert facts_to(person.user) == ["offer_withdrawn"]


def test_an_offer_for_another_day_stays(person, officer, now):
    offer = make.offer(ambassador=person)
    hold(person, officer, now, ends_on=day_of(now))
    offer.refresh_from_db()
    assert offer.status == OfferStatus.SENT


def test_whoever_goes_along_keeps_their_place_and_the_time(person, officer, now):
    beside = make.ambassador(name="Bea Beside", cleared=True)
    visit = promised(person, now, seats=2)
    visit.seats.filter(ambassador=None).update(status="taken", ambassador=beside)
    hold(person, officer, now)
    visit.refresh_from_db()
    assert is_kept(visit, beside) and visit.starts_at == in_days(now, 30)[0]


def test_a_hold_that_is_refused_gives_nothing_back(person, officer, now):
    visit = promised(person, now)
    with pytest.raises(Refusal):
        hold(person, officer, now, truth=" ")
    assert is_kept(visit, person) and not Hold.objects.exists() and not Letter.objects.exists()


def test_held_twice_it_is_given_back_once(person, officer, now):
    promised(person, now)
    assert hold(person, officer, now) == hold(person, officer, now)
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("kind", [kind for kind in RequirementKind if kind is not RequirementKind.CRC])
def test_a_record_taken_back_takes_the_visits_for_which_it_was_needed(kind, person, officer, now):
    visit = promised(person, now)
    record = Requirement.objects.get(ambassador=person, kind=kind)
    take_back_requirement(requirement=record, by=officer, at=now)
    assert not is_kept(visit, person)
    assert facts_to(visit.request.contact.user) == ["ambassador_withdrew"]


def test_a_record_that_another_stands_in_for_takes_nothing(person, officer, now):
    visit = promised(person, now)
    first = Requirement.objects.get(ambassador=person, kind=RequirementKind.ID)
    make.requirement(person, kind=RequirementKind.ID, recorded_by=officer)
    take_back_requirement(requirement=first, by=officer, at=now)
    assert is_kept(visit, person)


class TestWhatPeopleSayOfThemselves:
    def test_days_away_a_break_and_a_change_let_their_word_stand(self, person, now):
        visit = promised(person, now, 5, VisitStatus.MATCHED)
        day = day_of(visit.starts_at)
        go_away(ambassador=person, starts_on=day, ends_on=day, by=person.user, at=now)
        declare_change(ambassador=person, reach_on="07700 900123", by=person.user, at=now)
        take_a_break(ambassador=person, by=person.user, at=now)
        assert give_back_lapsed(at=now) == 0
        confirm_visit(visit=visit, arrangements=ARRANGED, by=visit.request.contact.user, at=now)
        assert is_kept(visit, person)

    def test_a_school_cannot_confirm_someone_whom_an_officer_holds(self, person, now):
        visit = promised(person, now, 5, VisitStatus.MATCHED)
        # As though the hold had come another way than by its own verb.
        make.hold(person, kind=HoldKind.QUALITY, truth="Late twice", starts_on=day_of(now))
        with pytest.raises(Refusal) as refused:
            confirm_visit(visit=visit, arrangements=ARRANGED, by=visit.request.contact.user, at=now)
        assert refused.value.codes == ["hold"]


ARRANGED = make.arrangements()


class TestLapsing:
    @pytest.fixture
    def lapsing(self, person, now) -> Ambassador:
        Requirement.objects.filter(ambassador=person, kind=RequirementKind.SAFEG).update(
            valid_until=day_of(now + 13 * DAY)
        )
        return person

    def test_the_last_day_counts_and_the_day_after_is_given_back(self, lapsing, now):
        last, after = (promised(lapsing, now, days) for days in (13, 14))
        assert give_back_lapsed(at=now) == 1
        assert [is_kept(visit, lapsing) for visit in (last, after)] == [True, False]

    def test_until_ten_working_days_before_it_waits_for_the_renewal(self, lapsing, now):
        # Ten working days from Tuesday 12 January are Tuesday the 26th.
        near, far = (promised(lapsing, now, days) for days in (14, 15))
        assert give_back_lapsed(at=now) == 1
        assert [is_kept(visit, lapsing) for visit in (near, far)] == [False, True]
        assert give_back_lapsed(at=now + DAY) == 1

    def test_a_renewal_in_time_keeps_it(self, lapsing, officer, now):
        visit = promised(lapsing, now, 14)
        make.requirement(lapsing, kind=RequirementKind.SAFEG, recorded_by=officer)
        assert give_back_lapsed(at=now) == 0
        assert is_kept(visit, lapsing)

    def test_run_twice_it_does_it_once(self, lapsing, now):
        promised(lapsing, now, 14)
        assert [give_back_lapsed(at=now) for _ in range(2)] == [1, 0]
        assert Letter.objects.count() == 2


class TestAnyOrder(TestCase):
    """Whatever is held, taken back, accepted and confirmed in whatever order, no visit has someone who may not come."""

    @settings(max_examples=min(settings.default.max_examples, 60))
    @given(acts=st.lists(st.sampled_from(["hold", "take_back", "accept", "confirm", "lapse"]), min_size=1, max_size=8))
    def test_nobody_who_is_not_cleared_sits_in_a_visit_to_come(self, acts):
        now = make.NOW
        person, officer = make.ambassador(cleared=True), make.staff(Role.VETTING_OFFICER)
        promised(person, now, 10, VisitStatus.MATCHED)
        offers = [make.offer(ambassador=person) for _ in range(2)]
        for number, act in enumerate(acts):
            with suppress(Refusal):
                do(act, number, person, officer, offers)
            assert_nobody_is_where_they_may_not_be()


def do(act: str, number: int, person: Ambassador, officer, offers: list[Offer]) -> None:
    now = make.NOW + timedelta(minutes=number)
    if act == "hold":
        first = day_of(now) + number * 5 * DAY
        hold(person, officer, now, starts_on=first, ends_on=first + 7 * DAY)
    elif act == "take_back":
        kinds = list(RequirementKind)
        record = Requirement.objects.filter(ambassador=person, kind=kinds[number]).first()
        take_back_requirement(requirement=record, by=officer, at=now)
    elif act == "accept":
        offer = offers[number % len(offers)]
        times = offer.visit.request.possible_times.all()
        accept_offer(offer=offer, starts_at=times[number % len(times)].starts_at, by=person.user, at=now)
    elif act == "confirm":
        for visit in Visit.objects.filter(status=VisitStatus.MATCHED):
            confirm_visit(visit=visit, arrangements=ARRANGED, by=visit.request.contact.user, at=now)
    else:
        give_back_lapsed(at=now)


def assert_nobody_is_where_they_may_not_be() -> None:
    for seat in Seat.objects.filter(ambassador__isnull=False, visit__status__in=UPCOMING).select_related("visit"):
        day = day_of(seat.visit.starts_at)
        assert reasons_not_cleared(seat.ambassador, day, Nation(seat.visit.request.school.nation)) == []
