"""What comes of another time that was proposed: who cannot come then, the clock, the telephone, what overtakes it."""

from datetime import timedelta

import pytest

from ambassadors.models import Ambassador
from bookings.enums import CancelReason, ProposalStatus, VisitStatus
from bookings.models import Agreement, Proposal, Visit
from bookings.operations.arrangements import change_arrangements
from bookings.operations.proposals import (
    agree_proposal,
    lapse_proposals,
    propose_time,
    refuse_proposal,
    withdraw_proposal,
)
from bookings.operations.visits import (
    Arrangements,
    ask_for_someone_else,
    cancel_visit,
    confirm_visit,
    give_up_seat,
)
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.rules import Audience, Refusal
from tests import make
from tests.bookings.operations.test_proposals import (
    DAY,
    ENDS,
    HOUR,
    LATER,
    STARTS,
    as_it_stands,
    by_person,
    by_school,
    confirmed,
    facts,
    holder,
    seat_of,
    teacher,
    told,
    wish,
    with_a_second,
)
from tests.journeys.people import invitation_in

pytestmark = pytest.mark.django_db


def coordinator():
    return make.staff(Role.COORDINATOR, name="Cora Coordinator")


def agreed_by_person(visit: Visit, at, **columns) -> Proposal:
    proposal = by_school(visit, at, **columns)
    return agree_proposal(proposal=proposal, seat=seat_of(visit), by=holder(seat_of(visit)), at=at)


# --- who cannot come then


def test_whoever_is_elsewhere_then_does_not_move_and_says_so_themselves(now):
    visit = confirmed()
    make.visit(ambassador=seat_of(visit).ambassador, time=LATER, status=VisitStatus.CONFIRMED)
    before = as_it_stands(visit)

    with pytest.raises(Refusal) as refusal:
        agreed_by_person(visit, now)

    assert refusal.value.codes == ["clash"]
    assert (as_it_stands(visit), Agreement.objects.count()) == (before, 0)


def test_of_somebody_else_who_cannot_come_no_more_is_learnt(now):
    visit = confirmed()
    second = with_a_second(visit)
    proposal = by_school(visit, now)
    agree_proposal(proposal=proposal, seat=second, by=holder(second), at=now)
    make.hold(second.ambassador, starts_on=LATER[0].date(), ends_on=LATER[0].date(), truth="A private truth")

    with pytest.raises(Refusal) as refusal:
        agree_proposal(proposal=proposal, seat=seat_of(visit), by=holder(seat_of(visit)), at=now)

    assert refusal.value.codes == ["cannot_then"]
    assert refusal.value.told_to(Audience.PERSON) == (
        "Not everyone who comes can be there at that time. The visit stays as it is."
    )
    assert Proposal.objects.get().status == ProposalStatus.PROPOSED


def test_a_school_learns_no_reason_either_and_a_coordinator_its_kind(now):
    visit = confirmed()
    proposal = by_person(visit, now)
    make.hold(seat_of(visit).ambassador, starts_on=LATER[0].date(), truth="A private truth")

    for by, codes in ((teacher(visit), ["cannot_then"]), (coordinator(), ["hold"])):
        with pytest.raises(Refusal) as refusal:
            agree_proposal(proposal=proposal, seat=None, by=by, at=now)
        assert refusal.value.codes == codes
        assert "private" not in refusal.value.told_to(Audience.COORDINATOR)


def test_a_break_stands_in_the_way_of_another_day_and_not_of_another_hour(now):
    visit = confirmed(ambassador=make.ambassador(cleared=True, status="paused"))

    with pytest.raises(Refusal) as refusal:
        agreed_by_person(visit, now)
    assert refusal.value.codes == ["not_active"]
    withdraw_proposal(proposal=Proposal.objects.get(), by=teacher(visit), at=now)
    agreed_by_person(visit, now, time=(STARTS + 2 * HOUR, ENDS + 2 * HOUR), reason=None)

    assert as_it_stands(visit)[1] == STARTS + 2 * HOUR


def test_the_day_from_which_it_moves_is_none_of_the_days_with_pupils(now):
    person = make.ambassador(cleared=True)  # a check without the barred list: three days within thirty (V-15)
    for days in (2, 3):
        make.visit(ambassador=person, time=(STARTS + days * DAY, ENDS + days * DAY), status=VisitStatus.CONFIRMED)
    visit = confirmed(ambassador=person)

    agreed_by_person(visit, now)

    assert as_it_stands(visit)[1] == LATER[0]


# --- the clock


def test_what_nobody_answers_lapses_and_everyone_hears_that_the_visit_stays(now):
    visit = confirmed()
    proposal = by_school(visit, now)

    assert lapse_proposals(at=proposal.lapses_at - timedelta(seconds=1)) == 0
    assert lapse_proposals(at=proposal.lapses_at) == 1
    assert lapse_proposals(at=proposal.lapses_at) == 0

    assert Proposal.objects.get().status == ProposalStatus.LAPSED
    assert told("proposal_ended") == {teacher(visit), holder(seat_of(visit))}


def test_a_yes_after_the_time_is_over_comes_too_late_whether_or_not_a_sweep_has_come_by(now):
    visit = confirmed()
    proposal = by_school(visit, now)

    with pytest.raises(Refusal) as refusal:
        agree_proposal(proposal=proposal, seat=seat_of(visit), by=holder(seat_of(visit)), at=proposal.lapses_at)

    assert refusal.value.codes == ["lapsed"]
    assert by_person(visit, proposal.lapses_at).status == ProposalStatus.PROPOSED
    assert set(Proposal.objects.values_list("status", flat=True)) == {"proposed", "lapsed"}


@pytest.mark.parametrize(("hours_before", "waits"), [(24 * 20, 72), (24 * 9, 24), (10, 10)])
def test_the_nearer_it_is_the_shorter_an_answer_is_waited_for(now, hours_before, waits):
    visit = confirmed()
    at = STARTS - timedelta(hours=hours_before)

    assert by_school(visit, at).lapses_at == at + timedelta(hours=waits)


def test_an_earlier_time_is_not_waited_for_beyond_itself(now):
    visit = confirmed()
    at = STARTS - 2 * DAY
    proposal = by_school(visit, at, time=(at + 3 * HOUR, at + 4 * HOUR), reason=None)

    assert proposal.lapses_at == at + 3 * HOUR


# --- what overtakes it


@pytest.mark.parametrize("act", ["cancel", "give_up", "someone_else"])
def test_a_visit_that_no_longer_stands_takes_the_proposal_with_it_without_a_letter_of_its_own(now, act):
    visit = confirmed(status=VisitStatus.MATCHED if act == "someone_else" else VisitStatus.CONFIRMED)
    proposal = by_school(visit, now)
    person = holder(seat_of(visit))
    {
        "cancel": lambda: cancel_visit(visit=visit, reason=CancelReason.OTHER, by=teacher(visit), at=now),
        "give_up": lambda: give_up_seat(seat=seat_of(visit), reason=CancelReason.WORK, by=person, at=now),
        "someone_else": lambda: ask_for_someone_else(visit=visit, by=teacher(visit), at=now, because="Rivers"),
    }[act]()

    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.LAPSED
    assert "proposal_ended" not in facts()
    with pytest.raises(Refusal):
        agree_proposal(proposal=proposal, seat=seat_of(visit), by=coordinator(), at=now)


def test_the_school_may_say_yes_to_the_person_while_another_time_is_open(now):
    visit = confirmed(status=VisitStatus.MATCHED)
    proposal = by_person(visit, now)
    confirm_visit(visit=visit, arrangements=ARRANGED, by=teacher(visit), at=now)

    agree_proposal(proposal=proposal, seat=None, by=teacher(visit), at=now)

    assert as_it_stands(visit)[:4] == (VisitStatus.CONFIRMED, *LATER, 2)


def test_taken_back_it_changes_nothing_and_whoever_was_asked_hears_so(now):
    visit = confirmed()
    before = as_it_stands(visit)
    proposal = by_person(visit, now)

    withdraw_proposal(proposal=proposal, by=holder(seat_of(visit)), at=now)

    assert (as_it_stands(visit), told("proposal_ended")) == (before, {teacher(visit)})
    with pytest.raises(Refusal) as refusal:
        withdraw_proposal(proposal=proposal, by=holder(seat_of(visit)), at=now)
    assert refusal.value.codes == ["state"]


# --- the telephone


def test_a_coordinator_speaks_for_either_side_and_the_history_says_for_whom_for_ever(now):
    visit, cora = confirmed(), coordinator()
    proposal = propose_time(visit=visit, seat=None, wish=wish(), by=cora, at=now)
    agree_proposal(proposal=proposal, seat=seat_of(visit), by=cora, at=now)

    said = [(event.kind, event.by, event.on_behalf_of) for event in proposal.events.all()]
    assert said == [("propose", cora, str(teacher(visit))), ("agree", cora, "Ada Engineer")]
    assert visit.events.get().on_behalf_of == "Ada Engineer"


def test_nobody_else_is_on_record_as_speaking_for_another(now):
    visit = confirmed()
    proposal = by_school(visit, now)
    refuse_proposal(proposal=proposal, seat=seat_of(visit), by=holder(seat_of(visit)), at=now)

    assert {event.on_behalf_of for event in proposal.events.all()} == {""}


def test_a_colleague_of_the_contact_answers_for_the_school_in_their_own_name(now):
    visit = confirmed()
    colleague = make.contact(school=visit.request.school)
    proposal = by_person(visit, now)

    agree_proposal(proposal=proposal, seat=None, by=colleague.user, at=now)

    assert [event.on_behalf_of for event in proposal.events.all()] == ["", ""]


# --- letters and calendars


def test_both_get_one_letter_whose_calendar_moves_the_very_entry_they_have(now, outbox):
    visit = confirmed()
    agreed_by_person(visit, now)
    send_due(at=now)

    moved = [message for message in outbox if message.subject.startswith("Moved: ")]
    assert {message.to[0].rpartition("<")[2].strip(">") for message in moved} == {
        teacher(visit).email,
        holder(seat_of(visit)).email,
    }
    for message in moved:
        method, calendar = invitation_in(message)
        [entry] = calendar.walk("VEVENT")
        assert (method, entry["UID"]) == ("REQUEST", f"{visit.uid}@visits.rolemodel.example")
        assert (entry["SEQUENCE"], entry["STATUS"]) == (1, "CONFIRMED")
        assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == LATER
        assert "Wednesday 10 February 2027, 10am to 11am" in message.body
        assert "Thursday 11 February 2027, 10am to 11am" in message.body


def test_moved_and_moved_again_before_a_letter_leaves_it_tells_the_last_time_once(now, outbox):
    visit = confirmed()
    agreed_by_person(visit, now)
    agreed_by_person(visit, now + HOUR, time=(STARTS, ENDS), reason=None)
    send_due(at=now + HOUR)

    moved = [message for message in outbox if message.subject.startswith("Moved: ")]
    assert len(moved) == 2
    assert [invitation_in(message)[1].walk("VEVENT")[0]["SEQUENCE"] for message in moved] == [2, 2]


def test_whoever_is_asked_reads_when_why_and_by_when(now, outbox):
    visit = confirmed()
    by_school(visit, now)
    send_due(at=now)

    [message] = outbox
    for words in ("Beckside Academy", "The hall is taken.", "Thursday 11 February 2027", "Friday 15 January 2027"):
        assert words in message.body, words
    assert "School event" not in message.body  # the code is the scheme's


def test_whoever_has_no_account_is_told_how_to_answer_all_the_same(now, outbox):
    person = make.ambassador(cleared=True)
    visit = confirmed(ambassador=person)
    Ambassador.objects.filter(pk=person.pk).update(user=None)
    by_school(visit, now)
    send_due(at=now)

    [message] = outbox
    assert "Answer this letter or telephone us" in message.body and "/proposals/" not in message.body


def test_a_matched_visit_moved_to_a_closed_day_is_confirmed_without_asking_why_again(now):
    visit = confirmed(status=VisitStatus.MATCHED)
    day = LATER[0].date()
    make.closure(visit.request.school, day=day)
    agreed_by_person(visit, now, all_the_same="Our open day.")
    visit.refresh_from_db()

    confirm_visit(visit=visit, arrangements=ARRANGED, by=teacher(visit), at=now)

    assert as_it_stands(visit)[:3] == (VisitStatus.CONFIRMED, *LATER)


# --- small changes


ARRANGED = make.arrangements(supervising_adult="Nell New", supervising_email="n@school.example", arrival="Room 12.")


def test_who_is_there_is_changed_without_anybodys_yes_and_told_to_whoever_comes_once(now, outbox):
    visit = confirmed()

    assert change_arrangements(visit=visit, arrangements=ARRANGED, by=teacher(visit), at=now)
    again = Arrangements(**{**vars(ARRANGED), "arrival": "Room 14."})
    assert change_arrangements(visit=visit, arrangements=again, by=teacher(visit), at=now + timedelta(seconds=20))
    assert not change_arrangements(visit=visit, arrangements=again, by=teacher(visit), at=now + HOUR)
    send_due(at=now + HOUR)

    visit.refresh_from_db()
    assert (visit.supervising_adult, visit.arrival, visit.sequence, visit.starts_at) == (
        "Nell New",
        "Room 14.",
        0,
        STARTS,
    )
    [message] = outbox
    assert message.to == [f"Ada Engineer <{holder(seat_of(visit)).email}>"]
    assert "Room 14." in message.body and "Room 12." not in message.body
    assert [event.kind for event in visit.events.all()] == ["change_arrangements"] * 2


@pytest.mark.parametrize(
    "missing", ["supervising_adult", "supervising_email", "safeguarding_lead", "safeguarding_phone"]
)
def test_nothing_that_a_promised_visit_needs_can_be_taken_away(now, missing):
    visit = confirmed()

    arrangements = Arrangements(**{**vars(ARRANGED), missing: ""})
    with pytest.raises(Refusal) as refusal:
        change_arrangements(visit=visit, arrangements=arrangements, by=teacher(visit), at=now)

    visit.refresh_from_db()
    assert (refusal.value.codes, visit.supervising_adult, facts()) == ([missing], "Sam Supervisor", [])


@pytest.mark.parametrize("status", [VisitStatus.MATCHED, VisitStatus.CANCELLED_BY_SCHOOL])
def test_only_a_confirmed_visit_to_come_has_arrangements_to_change(now, status):
    for visit in (confirmed(status=status), confirmed(time=(STARTS - 60 * DAY, ENDS - 60 * DAY))):
        with pytest.raises(Refusal) as refusal:
            change_arrangements(visit=visit, arrangements=ARRANGED, by=teacher(visit), at=now)
        assert refusal.value.codes == ["state"]


def test_nobody_but_the_school_and_its_coordinator_changes_who_is_there(now):
    visit = confirmed()
    for by in (make.contact().user, holder(seat_of(visit))):
        with pytest.raises(Refusal) as refusal:
            change_arrangements(visit=visit, arrangements=ARRANGED, by=by, at=now)
        assert refusal.value.codes == ["not_for_school"]
    change_arrangements(visit=visit, arrangements=ARRANGED, by=coordinator(), at=now, on_behalf_of="Tess Teacher")
    assert visit.events.get().on_behalf_of == "Tess Teacher"
    assert Letter.objects.count() == 1
