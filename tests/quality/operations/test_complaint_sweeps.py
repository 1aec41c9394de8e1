"""What days bring to complaints: amber and red, the end of the time for another look, and being forgotten."""

from datetime import date, datetime, time, timedelta

import pytest

from ambassadors.enums import HoldKind
from quality.clocks import by_the_law, tone_on
from quality.complaint_book import complaint_listed, tone_of
from quality.enums import ComplaintStatus
from quality.models import Complaint, ComplaintEvent
from quality.operations.complaint_sweeps import close_unappealed, forget_complaints, remind_of_complaints
from quality.operations.complaints import complain
from quality.workflow import COMPLAINT
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.moments import moment
from tests import make

pytestmark = pytest.mark.django_db

DUE = date(2027, 3, 10)  # a Wednesday


def noon(day: date) -> datetime:
    return moment(day, time(12))


@pytest.mark.parametrize(
    ("received", "nation", "acknowledged", "answered"),
    [
        # a Wednesday in term
        (date(2027, 2, 10), "england", date(2027, 2, 15), date(2027, 3, 10)),
        # a Saturday counts like the Friday before it
        (date(2027, 2, 13), "england", date(2027, 2, 17), date(2027, 3, 12)),
        # Good Friday and Easter Monday, which Scotland does not keep
        (date(2027, 3, 25), "england", date(2027, 4, 1), date(2027, 4, 26)),
        (date(2027, 3, 25), "scotland", date(2027, 3, 31), date(2027, 4, 23)),
        # St Patrick's day
        (date(2027, 3, 15), "northern_ireland", date(2027, 3, 19), date(2027, 4, 15)),
        # Christmas on a Saturday, with its substitute days
        (date(2027, 12, 23), "england", date(2027, 12, 30), date(2028, 1, 25)),
    ],
)
def test_it_is_acknowledged_in_three_and_answered_in_twenty_working_days(received, nation, acknowledged, answered):
    visit = make.visit(contact=make.contact(school=make.school(nation=nation)))
    said = {"said": make.complained(), "is_welfare": False, "is_about_data": False, "by": None}
    complaint = complain(visit=visit, at=noon(received), **said)
    assert (complaint.due_on, complaint.answer_by) == (acknowledged, answered)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2027, 2, 1), date(2027, 3, 3)),  # day 1 is the second of February
        (date(2027, 2, 4), date(2027, 3, 8)),  # a Saturday rolls to Monday
        (date(2027, 2, 5), date(2027, 3, 8)),  # and so does a Sunday
        (date(2027, 2, 27), date(2027, 3, 30)),  # Easter Monday is no working day either
    ],
)
def test_one_about_personal_data_is_acknowledged_within_the_law_s_thirty_days(received, due):
    assert by_the_law(received, 30, "england") == due
    said = {"said": make.complained(), "is_welfare": False, "is_about_data": True, "by": None, "visit": None}
    complaint = complain(at=noon(received), **said)
    assert complaint.due_on == due
    assert complaint.answer_by >= due


@pytest.mark.parametrize(("days", "tone"), [(-8, "good"), (-7, "warning"), (0, "warning"), (1, "bad"), (30, "bad")])
def test_an_answer_is_amber_a_week_ahead_and_red_once_its_day_is_over(days, tone):
    assert tone_on(DUE + timedelta(days=days), DUE, "england", ahead=5) == tone
    complaint = make.complaint(status=ComplaintStatus.INVESTIGATING, due_on=DUE)
    assert tone_of(complaint, at=noon(DUE + timedelta(days=days))) == tone


def test_saying_that_we_have_it_is_amber_a_day_ahead():
    complaint = make.complaint(due_on=DUE)
    tones = [tone_of(complaint, at=noon(DUE + timedelta(days=days))) for days in (-2, -1, 0, 1)]
    assert tones == ["good", "warning", "warning", "bad"]
    assert complaint_listed(complaint, at=noon(DUE + timedelta(days=1))).tag.startswith("Late: ")


def test_nobody_is_late_while_others_have_to_act():
    waiting = make.complaint(status=ComplaintStatus.WAITING, concern=make.concern())
    for complaint in (waiting, make.complaint(status="responded", due_on=DUE), make.complaint(status="closed")):
        assert tone_of(complaint, at=noon(DUE + timedelta(days=99))) is None


class TestReminding:
    def test_whoever_sees_to_it_hears_once_in_amber_and_once_in_red(self):
        hana, alex = make.staff(Role.QUALITY_MANAGER), make.staff(Role.ADMINISTRATOR)
        make.complaint(status=ComplaintStatus.INVESTIGATING, handler=hana, due_on=DUE)
        assert remind_of_complaints(at=noon(DUE - timedelta(days=8))) == 0
        for days in (-7, -6, 0, 1, 2):
            assert remind_of_complaints(at=noon(DUE + timedelta(days=days))) == 1
        assert [letter.recipient for letter in Letter.objects.all()] == [hana, hana]
        assert alex not in {letter.recipient for letter in Letter.objects.all()}

    def test_of_what_nobody_sees_to_everyone_hears_who_may(self):
        hana, alex = make.staff(Role.QUALITY_MANAGER), make.staff(Role.ADMINISTRATOR)
        make.staff(Role.COORDINATOR)
        make.complaint(due_on=DUE)
        remind_of_complaints(at=noon(DUE))
        assert {letter.recipient for letter in Letter.objects.all()} == {hana, alex}

    def test_of_another_look_those_hear_who_may_answer(self):
        hana, alex = make.staff(Role.QUALITY_MANAGER), make.staff(Role.ADMINISTRATOR)
        make.staff(Role.COMPLAINT_HANDLER)
        make.complaint(status=ComplaintStatus.APPEALED, handler=hana, due_on=DUE)
        remind_of_complaints(at=noon(DUE))
        assert [letter.recipient for letter in Letter.objects.all()] == [alex]


class TestClosing:
    def test_what_nobody_asked_about_again_is_closed_the_day_after(self):
        complaint = make.complaint(status=ComplaintStatus.RESPONDED, due_on=DUE)
        assert [close_unappealed(at=noon(DUE + timedelta(days=days))) for days in (0, 1, 2)] == [0, 1, 0]
        over = Complaint.objects.get(pk=complaint.pk)
        assert (over.status, over.finding, over.due_on) == ("closed", "partly", None)

    def test_what_was_asked_about_again_is_not(self):
        make.complaint(status=ComplaintStatus.APPEALED, due_on=DUE)
        assert close_unappealed(at=noon(DUE + timedelta(days=1))) == 0


def closed_on(day: date, **columns) -> Complaint:
    complaint = make.complaint(status=ComplaintStatus.CLOSED, closed_at=noon(day), **columns)
    COMPLAINT.note(complaint, "note", by=None, at=noon(day), note="A note")
    return complaint


class TestForgetting:
    def test_it_is_deleted_six_years_after_it_was_closed_with_what_was_done_about_it(self):
        closed_on(DUE)
        assert forget_complaints(at=noon(date(2033, 3, 10))) == 0
        assert ComplaintEvent.objects.exists()
        assert forget_complaints(at=noon(date(2033, 3, 11))) == 1
        assert not Complaint.objects.exists()
        assert not ComplaintEvent.objects.exists()

    def test_what_is_not_closed_stays(self):
        for status in (ComplaintStatus.RECEIVED, ComplaintStatus.RESPONDED):
            make.complaint(status=status)
        assert forget_complaints(at=noon(date(2050, 1, 1))) == 0

    def test_what_belongs_to_a_worry_or_to_somebody_who_is_held_stays(self):
        came, person = (
            make.visit(ambassador=make.ambassador(cleared=True), status="confirmed"),
            make.ambassador(cleared=True),
        )
        worried = make.visit()
        make.concern(visit=worried)
        for held in (came.seats.get().ambassador, person):
            make.hold(held, kind=HoldKind.SAFEGUARDING, truth="x", starts_on=DUE)
        kept = [
            closed_on(DUE, concern=make.concern()),
            closed_on(DUE, visit=worried),
            closed_on(DUE, visit=came),
            closed_on(DUE, complained_of=person.user),
        ]
        closed_on(DUE, visit=make.visit(ambassador=make.ambassador(cleared=True), status="confirmed"))
        assert forget_complaints(at=noon(date(2040, 1, 1))) == 1
        assert set(Complaint.objects.all()) == set(kept)
