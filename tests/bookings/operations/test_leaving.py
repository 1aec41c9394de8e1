"""Leaving a school: everything that is not over goes to a colleague, and nothing is left without anyone."""

from datetime import timedelta

import pytest

from bookings.enums import RequestStatus, VisitStatus
from bookings.models import Request, RequestEvent
from bookings.operations.leaving import hand_over_request, leave_school
from schools.enums import ContactStatus
from schools.models import Contact
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.rules import Refusal
from tests import make
from tests.journeys.people import invitation_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make.contact(lead=True, user=make.user(name="Lee Leaver"))


@pytest.fixture
def colleague(lead):
    return make.contact(school=lead.school, user=make.user(name="Carol Colleague"))


def visit_of(contact, status, weeks=0):
    time = tuple(moment + timedelta(weeks=weeks) for moment in make.FIRST_TIME)
    return make.visit(contact=contact, ambassador=make.ambassador(cleared=True), status=status, time=time)


def test_drafts_live_requests_and_coming_visits_go_to_the_successor_and_history_stays(lead, colleague, now):
    going = [
        make.request(contact=lead),
        make.request(contact=lead, status=RequestStatus.SUBMITTED),
        make.visit(contact=lead).request,
        visit_of(lead, VisitStatus.MATCHED).request,
        visit_of(lead, VisitStatus.CONFIRMED).request,
        visit_of(lead, VisitStatus.CONFIRMED, weeks=-8).request,
    ]
    over = [
        make.request(contact=lead, status=RequestStatus.WITHDRAWN),
        visit_of(lead, VisitStatus.DELIVERED, weeks=-9).request,
        visit_of(lead, VisitStatus.CANCELLED_BY_SCHOOL).request,
    ]

    leave_school(contact=lead, successor=colleague, by=lead.user, at=now)

    assert set(Request.objects.filter(contact=colleague)) == set(going)
    assert set(Request.objects.filter(contact=lead)) == set(over)
    events = RequestEvent.objects.filter(kind="hand_over")
    assert {(event.request, event.by, event.note) for event in events} == {
        (request, lead.user, "Lee Leaver to Carol Colleague") for request in going
    }
    assert all(event.status == event.request.status for event in events)
    assert Entry.objects.filter(action="request.hand_over").count() == len(going)
    lead.refresh_from_db()
    colleague.refresh_from_db()
    assert (lead.status, lead.is_lead, colleague.is_lead) == (ContactStatus.ENDED, False, True)


def test_the_successor_is_told_by_letter_what_is_theirs(lead, colleague, now, outbox):
    make.visit(contact=lead)
    make.request(contact=colleague, purpose="Something of their own")

    leave_school(contact=lead, successor=colleague, by=lead.user, at=now)
    send_due(at=now)

    told = {message.subject: message for message in outbox}
    letter = told["What Lee Leaver had going at Beckside Academy is yours now"]
    assert letter.to == [f"Carol Colleague <{colleague.user.email}>"]
    assert "Meet someone who builds bridges" in letter.body
    assert "Something of their own" not in letter.body
    assert "You lead at Beckside Academy now" in told


def test_a_colleague_with_something_going_chooses_who_goes_on(lead, colleague, now):
    make.request(contact=colleague)

    with pytest.raises(Refusal) as refusal:
        leave_school(contact=colleague, by=colleague.user, at=now)

    assert refusal.value.codes == ["no_successor"]
    colleague.refresh_from_db()
    assert colleague.status == ContactStatus.APPROVED


def test_whoever_has_nothing_going_just_leaves(colleague, now):
    leave_school(contact=colleague, by=colleague.user, at=now)

    colleague.refresh_from_db()
    assert (colleague.status, Letter.objects.count()) == (ContactStatus.ENDED, 0)


def test_where_nobody_else_acts_what_is_live_keeps_them_until_someone_does(lead, now):
    make.visit(contact=lead)
    make.contact(school=lead.school, approved=False)

    for by in (lead.user, make.staff(Role.COORDINATOR)):
        with pytest.raises(Refusal) as refusal:
            leave_school(contact=lead, by=by, at=now)
        assert refusal.value.codes == ["nobody_else"]
    assert Contact.objects.leading().get() == lead


def test_a_draft_keeps_nobody_and_waits_for_whoever_comes_next(lead, now):
    draft = make.request(contact=lead)

    leave_school(contact=lead, by=lead.user, at=now)

    lead.refresh_from_db()
    assert lead.status == ContactStatus.ENDED
    assert list(Request.objects.visible_to(make.contact(school=lead.school).user)) == [draft]
    assert not Request.objects.visible_to(lead.user).exists()


def test_the_lead_ends_the_part_of_someone_who_has_gone_and_takes_over(lead, colleague, now):
    visit = make.visit(contact=colleague)

    leave_school(contact=colleague, successor=lead, by=lead.user, at=now)

    visit.request.refresh_from_db()
    assert visit.request.contact == lead
    assert {letter.fact.rpartition(".")[2] for letter in Letter.objects.all()} == {"work_handed_over", "contact_ended"}


def test_a_coordinator_does_it_on_their_behalf_and_the_record_says_so(lead, colleague, now):
    make.visit(contact=lead)
    officer = make.staff(Role.COORDINATOR)

    leave_school(contact=lead, successor=colleague, by=officer, at=now, on_behalf_of="Lee Leaver")

    event = RequestEvent.objects.get(kind="hand_over")
    assert (event.by, event.on_behalf_of) == (officer, "Lee Leaver")
    assert lead.events.get(kind="end").on_behalf_of == "Lee Leaver"


def test_nobody_else_ends_someone_s_part(lead, colleague, now):
    make.visit(contact=lead)

    for user in (colleague.user, make.contact(lead=True).user, make.staff(Role.SAFEGUARDING_LEAD)):
        with pytest.raises(Refusal) as refusal:
            leave_school(contact=lead, successor=colleague, by=user, at=now)
        assert refusal.value.codes == ["not_lead"]
    assert Request.objects.get().contact == lead


@pytest.mark.parametrize("who", ["themselves", "a stranger", "someone who waits"])
def test_only_a_colleague_takes_over(who, lead, colleague, now):
    make.visit(contact=lead)
    successor = {
        "themselves": lambda: lead,
        "a stranger": make.contact,
        "someone who waits": lambda: make.contact(school=lead.school, approved=False),
    }[who]()

    with pytest.raises(Refusal) as refusal:
        leave_school(contact=lead, successor=successor, by=lead.user, at=now)

    assert (refusal.value.codes, Request.objects.get().contact) == (["successor"], lead)


def test_leaving_twice_is_refused(lead, colleague, now):
    leave_school(contact=colleague, by=colleague.user, at=now)

    with pytest.raises(Refusal) as refusal:
        leave_school(contact=colleague, by=colleague.user, at=now)

    assert refusal.value.codes == ["state"]


# --- one request, without leaving


def test_one_request_goes_to_a_colleague_with_its_visit_and_both_are_told(lead, colleague, now, outbox):
    visit = visit_of(lead, VisitStatus.CONFIRMED)
    other = visit_of(lead, VisitStatus.CONFIRMED, weeks=1).request

    hand_over_request(request=visit.request, successor=colleague, by=lead.user, at=now)
    send_due(at=now)

    visit.request.refresh_from_db()
    other.refresh_from_db()
    assert (visit.request.contact, other.contact) == (colleague, lead)
    [event] = visit.request.events.all()
    assert (event.kind, event.by, event.note) == ("hand_over", lead.user, "Lee Leaver to Carol Colleague")
    told = {message.to[0]: message for message in outbox}
    assert set(told) == {f"Carol Colleague <{colleague.user.email}>", f"Lee Leaver <{lead.user.email}>"}
    method, calendar = invitation_in(told[f"Carol Colleague <{colleague.user.email}>"])
    assert (method, calendar.walk("VEVENT")[0]["UID"]) == ("REQUEST", f"{visit.uid}@visits.rolemodel.example")
    method, calendar = invitation_in(told[f"Lee Leaver <{lead.user.email}>"])
    assert (method, calendar.walk("VEVENT")[0]["UID"]) == ("CANCEL", f"{visit.uid}@visits.rolemodel.example")
    assert visit.sequence == 0


def test_each_agreed_meeting_of_a_series_goes_from_one_calendar_to_the_other(lead, colleague, now, outbox):
    wanted = make.request(contact=lead, status=RequestStatus.FULFILLED, meetings=3, weeks_apart=1)
    agreed = [
        make.visit(
            request=wanted,
            ambassador=make.ambassador(cleared=True),
            status=status,
            number=number,
            time=tuple(moment + timedelta(weeks=number) for moment in make.FIRST_TIME),
        )
        for number, status in enumerate((VisitStatus.CONFIRMED, VisitStatus.CONFIRMED, VisitStatus.MATCHED), 1)
    ][:2]

    hand_over_request(request=wanted, successor=colleague, by=lead.user, at=now)
    send_due(at=now)

    def entries(email: str) -> list[tuple[str, str]]:
        told = [invitation_in(message) for message in outbox if email in message.to[0]]
        return [(method, str(calendar.walk("VEVENT")[0]["UID"])) for method, calendar in told]

    uids = [f"{visit.uid}@visits.rolemodel.example" for visit in agreed]
    assert entries(colleague.user.email) == [("REQUEST", uid) for uid in uids]
    assert entries(lead.user.email) == [("CANCEL", uid) for uid in uids]


def test_whoever_leaves_keeps_no_visit_in_their_calendar(lead, colleague, now, outbox):
    visit = visit_of(lead, VisitStatus.CONFIRMED)

    leave_school(contact=lead, successor=colleague, by=lead.user, at=now)
    send_due(at=now)

    [(method, calendar)] = [
        invitation_in(message)
        for message in outbox
        if lead.user.email in message.to[0] and "text/calendar" in message.message().as_string()
    ]
    assert (method, calendar.walk("VEVENT")[0]["UID"]) == ("CANCEL", f"{visit.uid}@visits.rolemodel.example")
    assert "See the request" not in "".join(message.body for message in outbox if lead.user.email in message.to[0])


def test_a_colleague_may_take_over_what_is_somebody_elses_and_hand_it_back(lead, colleague, now):
    wanted = make.request(contact=lead, status=RequestStatus.SUBMITTED)

    hand_over_request(request=wanted, successor=colleague, by=colleague.user, at=now)
    hand_over_request(request=wanted, successor=lead, by=colleague.user, at=now + timedelta(hours=1))
    hand_over_request(request=wanted, successor=colleague, by=lead.user, at=now + timedelta(hours=2))

    wanted.refresh_from_db()
    assert wanted.contact == colleague
    assert Letter.objects.count() == 6


def test_a_coordinator_hands_over_for_whoever_asks_them_to(lead, colleague, now):
    wanted = make.request(contact=lead, status=RequestStatus.SUBMITTED)

    by = make.staff(Role.COORDINATOR)
    hand_over_request(request=wanted, successor=colleague, by=by, at=now, on_behalf_of="Lee Leaver")

    assert wanted.events.get().on_behalf_of == "Lee Leaver"


def test_nothing_is_handed_to_who_cannot_go_on_with_it(lead, colleague, now):
    wanted = make.request(contact=lead, status=RequestStatus.SUBMITTED)
    over = visit_of(lead, VisitStatus.DELIVERED, weeks=-9).request
    waiting = make.contact(school=lead.school, approved=False)
    for request, successor, by, code in (
        (wanted, lead, lead.user, "theirs_already"),
        (wanted, waiting, lead.user, "successor"),
        (wanted, make.contact(), lead.user, "successor"),
        (wanted, colleague, make.contact().user, "not_for_school"),
        (over, colleague, lead.user, "over"),
    ):
        with pytest.raises(Refusal) as refusal:
            hand_over_request(request=request, successor=successor, by=by, at=now)
        assert refusal.value.codes == [code]
    assert not RequestEvent.objects.exists() and not Letter.objects.exists()
