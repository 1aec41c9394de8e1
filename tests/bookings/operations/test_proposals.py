"""Another time for a visit: proposed by one side, agreed to by everyone else, or not."""

from datetime import UTC, datetime, timedelta

import pytest

from bookings.enums import CancelReason, OfferStatus, ProposalStatus, SeatStatus, VisitStatus
from bookings.models import Agreement, Commitment, Proposal, Seat, Session, Visit
from bookings.operations.proposals import (
    Wish,
    agree_proposal,
    propose_time,
    refuse_proposal,
    withdraw_proposal,
)
from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
STARTS, ENDS = make.FIRST_TIME
LATER = (STARTS + DAY, ENDS + DAY)


def confirmed(**columns) -> Visit:
    wanted = {"ambassador": make.ambassador(cleared=True), "status": VisitStatus.CONFIRMED, **columns}
    return make.visit(**wanted)


def with_a_second(visit: Visit, **columns) -> Seat:
    """One more person who comes to this visit."""
    seat = Seat.objects.create(visit=visit)
    person = make.ambassador(name="Fred Fellow", cleared=True, **columns)
    Seat.objects.filter(pk=seat.pk).update(ambassador=person, status=SeatStatus.TAKEN)
    Commitment.objects.create(seat=seat, ambassador=person, starts_at=visit.starts_at, ends_at=visit.ends_at)
    seat.refresh_from_db()
    return seat


def teacher(visit: Visit):
    return visit.request.contact.user


def seat_of(visit: Visit) -> Seat:
    return visit.seats.order_by("pk")[0]


def holder(seat: Seat):
    return seat.ambassador.user


def wish(time=LATER, **columns) -> Wish:
    return Wish(*time, **{"words": "The hall is taken.", "reason": CancelReason.SCHOOL_EVENT, **columns})


def by_school(visit: Visit, at: datetime, **columns) -> Proposal:
    return propose_time(visit=visit, seat=None, wish=wish(**columns), by=teacher(visit), at=at)


def by_person(visit: Visit, at: datetime, seat: Seat | None = None, **columns) -> Proposal:
    seat = seat or seat_of(visit)
    return propose_time(visit=visit, seat=seat, wish=wish(**columns), by=holder(seat), at=at)


def facts() -> list[str]:
    return [letter.fact.rpartition(".")[2] for letter in Letter.objects.order_by("pk")]


def told(fact: str) -> set:
    return {letter.recipient for letter in Letter.objects.filter(fact__endswith=f".{fact}")}


def as_it_stands(visit: Visit) -> tuple:
    visit.refresh_from_db()
    hours = Commitment.objects.filter(seat__visit=visit).order_by("pk").values_list("starts_at", "ends_at")
    lessons = Session.objects.filter(visit=visit).order_by("pk").values_list("starts_at", "ends_at")
    return visit.status, visit.starts_at, visit.ends_at, visit.sequence, visit.changed_at, [*hours], [*lessons]


# --- both ways


def test_a_school_proposes_and_the_visit_stays_until_whoever_comes_agrees(now):
    visit = confirmed()
    before = as_it_stands(visit)

    proposal = by_school(visit, now)

    assert as_it_stands(visit) == before
    assert (proposal.status, proposal.lapses_at) == (ProposalStatus.PROPOSED, now + 72 * HOUR)
    assert [(letter.recipient, letter.fact.rpartition(".")[2]) for letter in Letter.objects.all()] == [
        (holder(seat_of(visit)), "proposal_made")
    ]


def test_with_the_last_yes_the_visit_its_lessons_and_hours_move_and_the_calendar_version_rises_by_one(now):
    visit = confirmed()
    uid = visit.uid

    agree_proposal(proposal=by_school(visit, now), seat=seat_of(visit), by=holder(seat_of(visit)), at=now + HOUR)

    assert as_it_stands(visit) == (VisitStatus.CONFIRMED, *LATER, 1, now + HOUR, [LATER], [LATER])
    assert (visit.uid, Proposal.objects.get().status) == (uid, ProposalStatus.AGREED)
    assert facts() == ["proposal_made", "visit_changed", "visit_changed"]
    assert told("visit_changed") == {teacher(visit), holder(seat_of(visit))}
    [event] = visit.events.all()
    assert (event.kind, event.note) == (
        "change_time",
        "Wednesday 10 February 2027, 10am to 11am → Thursday 11 February 2027, 10am to 11am",
    )
    assert Entry.objects.filter(action="visit.change_time").count() == 1


def test_an_ambassador_proposes_and_the_school_agrees(now):
    visit = confirmed()

    proposal = by_person(visit, now)
    agree_proposal(proposal=proposal, seat=None, by=teacher(visit), at=now)

    assert (as_it_stands(visit)[1:3], told("proposal_made")) == (LATER, {teacher(visit)})


def test_the_school_has_no_yes_to_give_to_its_own_wish(now):
    visit = confirmed()
    proposal = by_school(visit, now)

    for answer in (agree_proposal, refuse_proposal):
        with pytest.raises(Refusal) as refusal:
            answer(proposal=proposal, seat=None, by=teacher(visit), at=now)
        assert refusal.value.codes == ["not_asked"]


def test_everyone_who_comes_has_to_agree_and_each_agrees_once(now):
    visit = confirmed()
    first, second = seat_of(visit), with_a_second(visit)
    proposal = by_school(visit, now)

    agree_proposal(proposal=proposal, seat=first, by=holder(first), at=now)

    assert as_it_stands(visit)[1] == STARTS
    with pytest.raises(Refusal) as refusal:
        agree_proposal(proposal=proposal, seat=first, by=holder(first), at=now)
    assert refusal.value.codes == ["agreed_before"]
    agree_proposal(proposal=proposal, seat=second, by=holder(second), at=now)
    assert as_it_stands(visit) == (VisitStatus.CONFIRMED, *LATER, 1, now, [LATER, LATER], [LATER])
    assert facts().count("visit_changed") == 3


def test_whoever_comes_beside_the_proposer_is_asked_like_the_school(now):
    visit = confirmed()
    second = with_a_second(visit)
    proposal = by_person(visit, now)

    agree_proposal(proposal=proposal, seat=None, by=teacher(visit), at=now)
    assert as_it_stands(visit)[1] == STARTS
    agree_proposal(proposal=proposal, seat=second, by=holder(second), at=now)

    assert as_it_stands(visit)[1] == LATER[0]
    assert told("proposal_made") == {teacher(visit), holder(second)}


def test_one_no_ends_it_and_everyone_else_hears_that_the_visit_stays(now):
    visit = confirmed()
    first, second = seat_of(visit), with_a_second(visit)
    before = as_it_stands(visit)
    proposal = by_school(visit, now)
    agree_proposal(proposal=proposal, seat=first, by=holder(first), at=now)

    refuse_proposal(proposal=proposal, seat=second, by=holder(second), at=now, words="Friday would suit me.")

    assert (as_it_stands(visit), Proposal.objects.get().status) == (before, ProposalStatus.REFUSED)
    assert told("proposal_ended") == {teacher(visit), holder(first)}


def test_whoever_agreed_may_think_again_while_others_are_waited_for(now):
    visit = confirmed()
    with_a_second(visit)
    proposal = by_school(visit, now)
    agree_proposal(proposal=proposal, seat=seat_of(visit), by=holder(seat_of(visit)), at=now)

    refuse_proposal(proposal=proposal, seat=seat_of(visit), by=holder(seat_of(visit)), at=now)

    assert Proposal.objects.get().status == ProposalStatus.REFUSED


def test_a_visit_that_waits_for_the_schools_yes_moves_too_and_still_waits_for_it(now):
    visit = confirmed(status=VisitStatus.MATCHED)

    agree_proposal(proposal=by_person(visit, now), seat=None, by=teacher(visit), at=now)

    assert as_it_stands(visit)[:4] == (VisitStatus.MATCHED, *LATER, 1)


@pytest.mark.parametrize(
    ("minutes", "reason"), [((0, 30), None), ((30, 60), None), ((0, 90), None), ((-30, 60), None), ((60, 120), None)]
)
def test_shorter_longer_and_another_hour_of_the_day_need_no_code(now, minutes, reason):
    visit = confirmed()
    time = tuple(STARTS + timedelta(minutes=each) for each in minutes)

    proposal = by_school(visit, now, time=time, reason=reason)
    agree_proposal(proposal=proposal, seat=seat_of(visit), by=holder(seat_of(visit)), at=now)

    assert as_it_stands(visit)[1:] == (*time, 1, now, [time], [time])


def test_several_lessons_keep_their_length_and_those_cut_off_are_gone(now):
    visit = confirmed(time=(STARTS, STARTS + 3 * HOUR))
    Session.objects.all().delete()
    for number in range(3):
        Session.objects.create(visit=visit, starts_at=STARTS + number * HOUR, ends_at=STARTS + (number + 1) * HOUR)
    time = (STARTS + DAY, STARTS + DAY + timedelta(minutes=90))

    agree_proposal(proposal=by_school(visit, now, time=time), seat=seat_of(visit), by=holder(seat_of(visit)), at=now)

    half = timedelta(minutes=30)
    assert as_it_stands(visit)[-1] == [(time[0], time[0] + HOUR), (time[0] + HOUR, time[0] + HOUR + half)]


def test_one_lesson_that_is_a_part_of_the_visit_stays_as_long_as_it_is(now):
    visit = confirmed(time=(STARTS, STARTS + 3 * HOUR))
    Session.objects.filter(visit=visit).delete()
    Session.objects.create(visit=visit, starts_at=STARTS + HOUR, ends_at=STARTS + 2 * HOUR)
    time = (STARTS + DAY, STARTS + DAY + 3 * HOUR)

    agree_proposal(proposal=by_school(visit, now, time=time), seat=seat_of(visit), by=holder(seat_of(visit)), at=now)

    assert as_it_stands(visit)[-1] == [(time[0] + HOUR, time[0] + 2 * HOUR)]


def test_whoever_is_asked_for_a_seat_beside_theirs_no_longer_is(now):
    visit = confirmed()
    Seat.objects.create(visit=visit, kind="shadow")
    offer = make.offer(seat=visit.seats.order_by("pk")[1])

    agree_proposal(proposal=by_person(visit, now), seat=None, by=teacher(visit), at=now)

    offer.refresh_from_db()
    assert offer.status == OfferStatus.WITHDRAWN


# --- what nobody may propose


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"words": "  "}, "words"),
        ({"time": (ENDS + DAY, STARTS + DAY)}, "time_order"),
        ({"time": (STARTS + DAY, STARTS + DAY)}, "time_order"),
        ({"time": (STARTS + DAY, ENDS + 2 * DAY)}, "one_day"),
        ({"time": (datetime(2027, 1, 12, 9, tzinfo=UTC), datetime(2027, 1, 12, 10, tzinfo=UTC))}, "past"),
        ({"time": make.FIRST_TIME}, "same_time"),
        ({"reason": None}, "reason"),
        ({"time": (STARTS + 3 * DAY, ENDS + 3 * DAY)}, "all_the_same"),  # a Saturday
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(now, change, code):
    visit = confirmed()
    before = as_it_stands(visit)

    with pytest.raises(Refusal) as refusal:
        by_school(visit, now, **change)

    assert refusal.value.codes == [code]
    assert (as_it_stands(visit), Proposal.objects.count(), facts()) == (before, 0, [])


def test_a_school_may_say_why_on_a_day_without_visitors_and_only_a_school_may(now):
    visit = confirmed()
    saturday = (STARTS + 3 * DAY, ENDS + 3 * DAY)

    with pytest.raises(Refusal) as refusal:
        by_person(visit, now, time=saturday, all_the_same="I like it.")
    assert refusal.value.codes == ["closed"]
    proposal = by_school(visit, now, time=saturday, all_the_same="It is our open day.")
    agree_proposal(proposal=proposal, seat=seat_of(visit), by=holder(seat_of(visit)), at=now)

    assert as_it_stands(visit)[1:3] == saturday


def test_a_school_that_closes_on_the_day_meanwhile_says_why_with_its_yes(now):
    visit = confirmed()
    proposal = by_person(visit, now)
    make.closure(visit.request.school, day=LATER[0].date())

    with pytest.raises(Refusal) as refusal:
        agree_proposal(proposal=proposal, seat=None, by=teacher(visit), at=now)
    assert (refusal.value.codes, Agreement.objects.count()) == (["all_the_same"], 0)
    agree_proposal(proposal=proposal, seat=None, by=teacher(visit), at=now, all_the_same="Our science day.")

    assert as_it_stands(visit)[1] == LATER[0]
    assert Proposal.objects.get().all_the_same == "Our science day."


def test_an_ambassador_does_not_propose_when_they_are_elsewhere(now):
    visit = confirmed()
    make.visit(ambassador=seat_of(visit).ambassador, time=LATER, status=VisitStatus.CONFIRMED)

    with pytest.raises(Refusal) as refusal:
        by_person(visit, now)

    assert refusal.value.codes == ["clash"]


@pytest.mark.parametrize(
    ("status", "weeks"),
    [
        (VisitStatus.FINDING, 0),
        (VisitStatus.CANCELLED_BY_SCHOOL, 0),
        (VisitStatus.DELIVERED, -8),
        (VisitStatus.CONFIRMED, -8),
    ],
)
def test_only_a_visit_with_people_that_is_still_to_come_can_be_moved(now, status, weeks):
    visit = confirmed(status=status, time=(STARTS + weeks * WEEK, ENDS + weeks * WEEK))

    with pytest.raises(Refusal) as refusal:
        by_school(visit, now)

    assert (refusal.value.codes, Proposal.objects.count()) == (["state"], 0)


def test_one_is_open_at_a_time_whoever_proposes(now):
    visit = confirmed()
    by_school(visit, now)

    for propose in (by_school, by_person):
        with pytest.raises(Refusal) as refusal:
            propose(visit, now, time=(STARTS + 2 * DAY, ENDS + 2 * DAY))
        assert refusal.value.codes == ["proposed_before"]

    assert (Proposal.objects.count(), facts()) == (1, ["proposal_made"])


def test_nobody_proposes_or_answers_for_others(now):
    visit = confirmed()
    other, stranger = with_a_second(visit), make.contact().user
    first = seat_of(visit)
    for seat, by, code in (
        (None, stranger, "not_for_school"),
        (None, holder(first), "not_for_school"),
        (first, teacher(visit), "not_yours"),
        (first, holder(other), "not_yours"),
        (seat_of(confirmed(ambassador=make.ambassador(cleared=True))), holder(first), "not_yours"),
    ):
        with pytest.raises(Refusal) as refusal:
            propose_time(visit=visit, seat=seat, wish=wish(), by=by, at=now)
        assert refusal.value.codes == [code]
    proposal = by_school(visit, now)
    for answer in (agree_proposal, refuse_proposal):
        for by in (stranger, holder(other), teacher(visit)):
            with pytest.raises(Refusal) as refusal:
                answer(proposal=proposal, seat=first, by=by, at=now)
            assert refusal.value.codes == ["not_yours"]
    with pytest.raises(Refusal) as refusal:
        withdraw_proposal(proposal=proposal, by=holder(first), at=now)
    assert refusal.value.codes == ["not_for_school"]
    assert (Agreement.objects.count(), Proposal.objects.get().status) == (0, ProposalStatus.PROPOSED)
