"""Asking both sides how it went, and taking their answers."""

from datetime import timedelta

import pytest

from ambassadors.models import Ambassador
from bookings.enums import VisitStatus
from quality.enums import FeedbackSide, FeedbackStatus
from quality.models import Concern, Feedback
from quality.operations.feedback import (
    confirm_address,
    correct_feedback,
    invite_feedback,
    read_feedback,
    remind_of_feedback,
    settle_silent_visits,
    submit_by_link,
    submit_feedback,
)
from stem.accounts.roles import Role
from stem.geography.models import Region
from stem.letters.hours import from_by_day
from stem.letters.links import find_link, mint_link
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


def test_both_sides_are_asked_once_and_only_after_the_end():
    visit = make.held_visit()

    assert invite_feedback(at=visit.ends_at - timedelta(seconds=1)) == 0
    assert [invite_feedback(at=make.AFTER), invite_feedback(at=make.AFTER)] == [1, 0]

    assert {form.side for form in Feedback.objects.filter(visit=visit)} == {"teacher", "ambassador"}
    assert sorted(letter.fact.rpartition(".")[2] for letter in Letter.objects.all()) == [
        "feedback_asked_of_ambassador",
        "feedback_asked_of_school",
    ]


def times_asked(side: str) -> list[int]:
    """The number of each letter that asks this side, by when it was posted."""
    letters = Letter.objects.filter(fact__endswith=f"feedback_asked_of_{side}").order_by("posted_at", "pk")
    return [letter.ids["reminder"] for letter in letters]


def test_whoever_does_not_answer_is_asked_again_on_three_days_and_no_more():
    visit = make.held_visit()
    invite_feedback(at=make.AFTER)

    asked = [remind_of_feedback(at=make.AFTER + timedelta(days=days)) for days in range(30)]

    assert [days for days, number in enumerate(asked) if number] == [3, 10, 20]
    assert times_asked("school") == times_asked("ambassador") == [0, 1, 2, 3]
    assert {form.reminders for form in Feedback.objects.filter(visit=visit)} == {3}


def test_what_was_missed_is_one_letter_and_asked_twice_it_is_asked_once():
    make.held_visit()
    invite_feedback(at=make.AFTER)
    late = make.AFTER + timedelta(days=12)

    assert [remind_of_feedback(at=late), remind_of_feedback(at=late)] == [2, 0]

    assert times_asked("school") == [0, 2]


def test_whoever_has_answered_is_not_asked_again_and_an_older_letter_falls_silent(outbox):
    make.held_visit()
    invite_feedback(at=make.AFTER)
    [teacher] = Feedback.objects.filter(side=FeedbackSide.TEACHER)
    submit_feedback(feedback=teacher, answers=make.TEACHER_SAYS, by=None, at=make.AFTER)

    later = make.AFTER + timedelta(days=3)
    assert remind_of_feedback(at=later) == 1
    send_due(at=from_by_day(later))

    [message] = outbox
    assert "We have not heard from you yet" in message.body
    assert "we ask again on" in message.body
    assert f"<{Ambassador.objects.get().user.email}>" in message.to[0]


def test_two_forms_that_agree_settle_the_visit_and_are_written_down_on_the_person():
    visit = make.held_visit()
    teacher = make.feedback(visit=visit)
    ambassador = make.feedback(visit=visit, side=FeedbackSide.AMBASSADOR)

    submit_feedback(feedback=teacher, answers=make.TEACHER_SAYS, by=None, at=make.AFTER)
    visit.refresh_from_db()
    assert visit.status == VisitStatus.CONFIRMED

    submit_feedback(feedback=ambassador, answers=make.AMBASSADOR_SAYS, by=None, at=make.AFTER)
    visit.refresh_from_db()
    assert visit.status == VisitStatus.DELIVERED
    assert Ambassador.objects.get().visits_delivered == 1


def test_two_forms_that_disagree_leave_it_to_a_coordinator():
    visit = make.held_visit()
    make.feedback(visit=visit, answers={**make.TEACHER_SAYS, "TF1": "no_ambassador"})
    ambassador = make.feedback(visit=visit, side=FeedbackSide.AMBASSADOR)

    submit_feedback(feedback=ambassador, answers=make.AMBASSADOR_SAYS, by=None, at=make.AFTER)

    visit.refresh_from_db()
    assert visit.status == VisitStatus.CONFIRMED
    assert settle_silent_visits(at=make.AFTER + timedelta(days=30)) == 0


def test_one_side_is_enough_after_fourteen_days_of_silence():
    visit = make.held_visit()
    make.feedback(visit=visit, answers=make.TEACHER_SAYS)

    assert settle_silent_visits(at=visit.ends_at + timedelta(days=13)) == 0
    assert settle_silent_visits(at=visit.ends_at + timedelta(days=14)) == 1
    assert settle_silent_visits(at=visit.ends_at + timedelta(days=14)) == 0


def test_a_form_is_taken_once_and_never_changed():
    form = make.feedback(answers=make.TEACHER_SAYS)

    with pytest.raises(Refusal) as refusal:
        submit_feedback(feedback=form, answers={**make.TEACHER_SAYS, "T9": "1"}, by=None, at=make.AFTER)

    form.refresh_from_db()
    assert (refusal.value.codes, form.answers["T9"]) == (["state"], "5")


def test_a_form_is_not_taken_after_its_28_days():
    form = make.feedback()

    with pytest.raises(Refusal) as refusal:
        submit_feedback(feedback=form, answers=make.TEACHER_SAYS, by=None, at=form.closes_at)

    assert refusal.value.codes == ["closed"]


def test_a_link_that_was_spent_takes_nothing_more():
    form = make.feedback()
    token = mint_link("give_feedback", form.pk, expires_at=form.closes_at)
    link = find_link("give_feedback", token, at=make.AFTER)
    submit_by_link(link=link, answers=make.TEACHER_SAYS, at=make.AFTER)

    with pytest.raises(Refusal) as refusal:
        submit_by_link(link=link, answers=make.TEACHER_SAYS, at=make.AFTER)

    assert refusal.value.codes == ["link_used"]


@pytest.mark.parametrize(("code", "answer"), [("TF2", "part"), ("TF2", "no")])
def test_absent_staff_go_to_the_safeguarding_lead_the_same_day(code, answer):
    lead = make.staff(Role.SAFEGUARDING_LEAD)
    form = make.feedback()

    submit_feedback(feedback=form, answers={**make.TEACHER_SAYS, code: answer}, by=None, at=make.AFTER)

    assert Concern.objects.get().visit == form.visit
    assert [letter.recipient for letter in Letter.objects.all()] == [lead]


def test_only_the_regions_own_people_read_a_form():
    elsewhere = Region.objects.create(name="Far away", slug="far-away", nation="england")
    form = make.feedback(answers=make.TEACHER_SAYS)
    stranger = make.staff(Role.COORDINATOR, regions=(elsewhere,))

    assert not Feedback.objects.visible_to(stranger).exists()
    with pytest.raises(Refusal) as refusal:
        read_feedback(feedback=form, by=stranger, at=make.AFTER)
    assert refusal.value.codes == ["not_quality"]

    read_feedback(feedback=form, by=make.staff(Role.QUALITY_MANAGER), at=make.AFTER)
    form.refresh_from_db()
    assert form.status == FeedbackStatus.READ


def test_nobody_reads_what_was_said_of_their_own_visit():
    both = make.staff(Role.COORDINATOR, Role.SAFEGUARDING_LEAD)
    own = make.visit(ambassador=make.ambassador(cleared=True, user=both), status=VisitStatus.CONFIRMED)
    make.feedback(visit=own, answers=make.TEACHER_SAYS)
    others = make.feedback(answers=make.TEACHER_SAYS)
    make.concern(visit=own)
    elsewhere, nowhere = make.concern(visit=others.visit), make.concern()

    assert list(Feedback.objects.visible_to(both)) == [others]
    assert list(Concern.objects.visible_to(both)) == [elsewhere, nowhere]


class TestWhoeverIsAsked:
    """The letter goes to an address of the school's own, and to nobody else (rule G-01)."""

    @pytest.fixture
    def visit(self):
        """One to a school of which no domain is known."""
        return make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)

    def is_asked(self, visit, *, at=make.AFTER) -> bool:
        invite_feedback(at=at)
        return bool(times_asked("school"))

    def test_is_nobody_at_an_address_that_nobody_knows_while_the_ambassador_is_asked(self, visit):
        assert not self.is_asked(visit)
        assert (times_asked("ambassador"), Feedback.objects.unasked(make.AFTER).get().visit) == ([0], visit)

    def test_is_somebody_at_the_school_s_own_domain_and_not_at_one_that_looks_like_it(self, visit):
        make.domain(school=visit.request.school, domain="l.example")
        assert not self.is_asked(visit)
        make.domain(school=visit.request.school, domain="school.example")
        assert self.is_asked(visit)

    def test_is_whoever_acts_for_the_school_wherever_their_address_is(self, visit):
        contact = make.contact(school=visit.request.school, user=make.user(email="tess@gmail.com"))
        visit.supervising_email = contact.user.email.upper()
        visit.save()
        assert self.is_asked(visit)

    def test_is_never_whoever_came_though_they_act_for_the_school_and_have_its_address(self, visit):
        person = visit.seats.get().ambassador
        make.contact(school=visit.request.school, user=person.user)
        make.domain(school=visit.request.school, domain=person.user.email.rpartition("@")[2])
        visit.supervising_email = person.user.email
        visit.save()
        assert not self.is_asked(visit)
        form = Feedback.objects.unasked(make.AFTER).get()
        with pytest.raises(Refusal) as refusal:
            confirm_address(feedback=form, note="Rang", by=make.staff(Role.COORDINATOR), at=make.AFTER)
        assert (refusal.value.codes, times_asked("school")) == (["of_visitor"], [])

    def test_is_asked_once_somebody_has_rung_the_school_and_has_as_long_as_anybody(self, visit):
        self.is_asked(visit)
        form, later = Feedback.objects.unasked(make.AFTER).get(), make.AFTER + timedelta(days=12)
        assert remind_of_feedback(at=later) == 1
        cora = make.staff(Role.COORDINATOR)
        confirm_address(feedback=form, note="Rang the office, 01632 960000", by=cora, at=later)
        form.refresh_from_db()
        assert (times_asked("school"), form.closes_at) == ([0], later + timedelta(days=28))
        assert [remind_of_feedback(at=later + timedelta(days=days)) for days in (2, 3)] == [0, 1]
        with pytest.raises(Refusal) as refusal:
            confirm_address(feedback=form, note="Again", by=cora, at=later)
        assert refusal.value.codes == ["answered"]

    def test_is_asked_by_itself_once_the_domain_is_verified_and_the_next_time_without_a_call(self, visit):
        self.is_asked(visit)
        make.domain(school=visit.request.school, domain="school.example")
        later = make.AFTER + timedelta(days=2)
        assert (self.is_asked(visit, at=later), times_asked("school")) == (True, [0])

    def test_nobody_confirms_it_without_saying_how_or_elsewhere(self, visit):
        self.is_asked(visit)
        form = Feedback.objects.unasked(make.AFTER).get()
        far_away = Region.objects.create(name="Far", slug="far", nation="england")
        elsewhere = make.staff(Role.COORDINATOR, regions=(far_away,))
        for by, note, code in ((make.staff(Role.COORDINATOR), " ", "no_note"), (elsewhere, "Rang", "not_quality")):
            with pytest.raises(Refusal) as refusal:
                confirm_address(feedback=form, note=note, by=by, at=make.AFTER)
            assert refusal.value.codes == [code]


class TestPuttingRight:
    def correct(self, form, by, **said) -> None:
        told = {"words": "T9 should be 4", "because": "Wrong row", "on_behalf_of": "Sam Supervisor", **said}
        correct_feedback(feedback=form, by=by, at=make.AFTER, **told)

    def test_stands_beside_the_form_with_why_and_who_and_no_answer_changes(self):
        form, cora = make.feedback(answers=make.TEACHER_SAYS), make.staff(Role.COORDINATOR)
        self.correct(form, cora)
        self.correct(form, cora)
        form.refresh_from_db()
        [event] = form.events.all()
        assert (event.kind, event.by, event.on_behalf_of) == ("correct", cora, "Sam Supervisor")
        assert event.note == "T9 should be 4\nBecause: Wrong row"
        assert (form.answers, form.status) == (make.TEACHER_SAYS, FeedbackStatus.SUBMITTED)

    def test_is_nothing_for_whoever_came_nor_without_a_reason_nor_before_a_form_is_in(self):
        form, cora = make.feedback(answers=make.TEACHER_SAYS), make.staff(Role.COORDINATOR)
        person = form.visit.seats.get().ambassador.user
        tried = [(form, person, {}, "not_quality"), (form, cora, {"because": " "}, "no_note")]
        for to, by, said, code in [*tried, (make.feedback(), cora, {}, "not_in")]:
            with pytest.raises(Refusal) as refusal:
                self.correct(to, by, **said)
            assert refusal.value.codes == [code]
