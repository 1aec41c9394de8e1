"""A case opens where a rule gives reason for it, and nobody is judged unheard."""

from datetime import date, timedelta

import pytest

from ambassadors.enums import HoldKind
from bookings.enums import CancelReason, SeatStatus, VisitStatus
from bookings.models import Seat, Visit
from bookings.operations.visits import give_up_seat
from quality.enums import CaseOutcome, CaseRule, CaseStatus, FeedbackSide
from quality.models import Case, Feedback
from quality.operations.cases import (
    ask_for_reply,
    decide_case,
    note_on_case,
    open_missed_cases,
    reply_to_case,
    take_case,
)
from quality.operations.feedback import submit_feedback
from stem.accounts.models import RoleGrant
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.moments import day_of
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

AFTER = make.AFTER
FORTNIGHT, WEEK = timedelta(days=15), timedelta(weeks=1)
POOR = {**make.TEACHER_SAYS, "T9": "2"}
SO_SO = {**make.TEACHER_SAYS, "T9": "3"}


@pytest.fixture
def ada():
    return make.ambassador(cleared=True)


@pytest.fixture
def cora():
    return make.staff(Role.COORDINATOR)


def visit_of(person, *, weeks: int = 0, contact=None) -> Visit:
    """A visit that this person made, so many weeks before the usual one."""
    start, end = (each - weeks * WEEK for each in make.FIRST_TIME)
    more = {"contact": contact} if contact else {}
    return make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=(start, end), **more)


def submit(visit: Visit, answers: dict[str, str], side: FeedbackSide = FeedbackSide.TEACHER) -> Feedback:
    form = make.feedback(visit=visit, side=side)
    submit_feedback(feedback=form, answers=answers, by=None, at=AFTER)
    return form


def opened(**about) -> list[str]:
    return sorted(Case.objects.filter(**about).values_list("rule", flat=True))


def asked_about(person, by, *, at=AFTER + FORTNIGHT) -> Case:
    submit(visit_of(person), POOR)
    case = Case.objects.get()
    ask_for_reply(case=case, words="How was it?", by=by, at=at)
    case.refresh_from_db()
    return case


def refused(act, **arguments) -> list[str]:
    with pytest.raises(Refusal) as caught:
        act(**arguments)
    return caught.value.codes


class TestOpening:
    def test_a_poor_visit_opens_a_case_with_the_answers_that_gave_reason_for_it(self, ada):
        form = submit(visit_of(ada), {**POOR, "T10": "with_changes", "T12": "Their slides"})
        case = Case.objects.get()
        assert (case.rule, case.ambassador, case.status) == (CaseRule.R1, ada, CaseStatus.OPEN)
        said = {"T9": "2", "T10": "with_changes"}
        assert case.evidence == [{"visit": form.visit_id, "form": form.pk, "said": said}]

    def test_a_good_visit_opens_none(self, ada):
        submit(visit_of(ada), make.TEACHER_SAYS)
        assert opened() == []

    def test_whoever_looks_after_the_school_is_written_to_at_once_and_the_letter_names_nobody(self, ada, cora):
        submit(visit_of(ada), POOR)
        letter = Letter.objects.get(fact="quality.notifications.case_opened")
        assert (letter.recipient, letter.due_at) == (cora, AFTER)

    def test_somebody_acts_within_the_days_of_the_rule(self, ada):
        submit(visit_of(ada), POOR)
        # Five working days from a Wednesday.
        assert Case.objects.get().act_by == day_of(AFTER) + WEEK

    def test_a_visit_that_did_not_take_place_is_not_rated(self, ada):
        submit(visit_of(ada), {**POOR, "TF1": "we_cancelled"})
        assert opened() == []

    def test_a_second_low_visit_at_another_school_is_a_reason_though_its_form_comes_late(self, ada):
        late = visit_of(ada, weeks=2)
        submit(visit_of(ada), SO_SO)
        assert opened() == []
        submit(late, SO_SO)
        assert opened(ambassador=ada) == [CaseRule.R2]

    def test_two_low_visits_at_one_school_are_none(self, ada):
        first = visit_of(ada, weeks=2)
        again = visit_of(ada, contact=first.request.contact)
        submit(first, SO_SO)
        submit(again, SO_SO)
        assert opened() == []

    def test_what_one_school_says_of_a_third_visit_in_a_year_opens_none(self, ada):
        first = visit_of(ada, weeks=2)
        others = [visit_of(ada, weeks=weeks, contact=first.request.contact) for weeks in (1, 0)]
        for visit in (first, others[0]):
            submit(visit, make.TEACHER_SAYS)
        submit(others[1], POOR)
        assert opened() == []

    def test_whoever_only_watched_has_no_case(self, ada):
        visit, newcomer = visit_of(ada), make.ambassador(cleared=True)
        make.watched(visit, ambassador=newcomer)
        submit(visit, POOR)
        assert opened(ambassador=newcomer) == []
        assert opened(ambassador=ada) == [CaseRule.R1]

    def test_another_visit_of_the_same_kind_is_noted_on_the_case_that_waits(self, ada):
        submit(visit_of(ada, weeks=1), POOR)
        more = submit(visit_of(ada), POOR)
        case = Case.objects.get(rule=CaseRule.R1)
        assert [event.note for event in case.events.filter(kind="again")] == [str(more.visit_id)]

    def test_a_school_that_was_not_ready_has_a_case_and_the_ambassador_none(self, ada):
        visit = visit_of(ada)
        submit(visit, {**make.AMBASSADOR_SAYS, "A1": "school_not_ready"}, FeedbackSide.AMBASSADOR)
        assert opened(school=visit.request.school) == [CaseRule.R9]
        assert opened(ambassador=ada) == []

    def test_nothing_of_the_person_changes(self, ada):
        submit(visit_of(ada), {**POOR, "T10": "no", "T5": "1", "T6": "1"})
        assert opened() == [CaseRule.R1, CaseRule.R5, CaseRule.R6]
        before = ada.status
        ada.refresh_from_db()
        assert ada.status == before
        assert not ada.holds.exists()


class TestMissing:
    def test_whoever_did_not_come_has_a_case_within_two_working_days_and_one(self, ada, cora):
        visit = make.visit(ambassador=ada, status=VisitStatus.NO_SHOW_BY_AMBASSADOR)
        assert [open_missed_cases(at=AFTER), open_missed_cases(at=AFTER)] == [1, 0]
        case = Case.objects.get()
        assert (case.rule, case.visit, case.ambassador) == (CaseRule.R4, visit, ada)
        assert case.act_by == day_of(AFTER) + timedelta(days=2)

    def test_one_visit_given_back_late_is_none_and_a_second_one_is(self, ada, cora):
        for weeks, count in ((0, 0), (1, 1)):
            visit = visit_of(ada, weeks=-weeks)
            at = visit.starts_at - timedelta(days=3)
            give_up_seat(seat=visit.seats.get(), reason=CancelReason.WORK, by=ada.user, at=at)
            assert open_missed_cases(at=at) == count

    def test_what_the_school_called_off_is_no_reason(self, ada):
        make.visit(ambassador=ada, status=VisitStatus.CANCELLED_BY_SCHOOL)
        assert open_missed_cases(at=AFTER) == 0


class TestHearing:
    def test_the_person_is_asked_and_has_ten_working_days(self, ada, cora):
        case = asked_about(ada, cora)
        assert (case.status, case.handler, case.asked) == (CaseStatus.ASKED, cora, "How was it?")
        assert Letter.objects.get(fact="quality.notifications.case_asked").recipient == ada.user
        assert case.reply_by is not None
        assert (case.reply_by - day_of(AFTER + FORTNIGHT)).days >= 14

    def test_nobody_is_asked_of_a_form_that_they_may_not_know_of_yet(self, ada, cora):
        submit(visit_of(ada), POOR)
        assert refused(ask_for_reply, case=Case.objects.get(), words="How?", by=cora, at=AFTER) == ["not_revealed"]

    def test_their_answer_is_told_to_whoever_asked(self, ada, cora):
        case = asked_about(ada, cora)
        reply_to_case(case=case, words="They were younger.", by=ada.user, at=AFTER + FORTNIGHT)
        case.refresh_from_db()
        assert (case.status, case.reply) == (CaseStatus.HEARD, "They were younger.")
        assert Letter.objects.get(fact="quality.notifications.case_answered").recipient == cora

    def test_nobody_answers_for_somebody_else(self, ada, cora):
        case = asked_about(ada, cora)
        other = make.ambassador(cleared=True).user
        assert refused(reply_to_case, case=case, words="It was fine.", by=other, at=AFTER) == ["not_yours"]

    def test_whoever_rang_them_puts_their_side_on_record_for_them(self, ada, cora):
        submit(visit_of(ada), POOR)
        case = Case.objects.get()
        reply_to_case(case=case, words="A fire drill.", by=cora, at=AFTER, on_behalf_of=str(ada))
        assert case.events.get(kind="reply").on_behalf_of == str(ada)

    @pytest.mark.parametrize("words", ["", "  \n"])
    def test_no_words_are_no_answer(self, ada, cora, words):
        case = asked_about(ada, cora)
        assert refused(reply_to_case, case=case, words=words, by=ada.user, at=AFTER) == ["no_words"]


class TestDeciding:
    def decide(self, case: Case, by, outcome: CaseOutcome, *, at=AFTER + FORTNIGHT, **more):
        said = {"note": "Spoke with both.", "told": "Thank you.", **more}
        decide_case(case=case, outcome=outcome, by=by, at=at, **said)

    @pytest.mark.parametrize("outcome", ["observe", "restrict", "pause", "end"])
    def test_nobody_is_judged_before_they_were_asked(self, ada, cora, outcome):
        submit(visit_of(ada), POOR)
        case, until = Case.objects.get(), date(2027, 6, 1)
        codes = refused(self.decide, case=case, by=cora, outcome=CaseOutcome(outcome), until=until)
        assert codes == ["reply_first"]

    def test_nor_while_they_have_time_to_answer(self, ada, cora):
        case = asked_about(ada, cora)
        assert refused(self.decide, case=case, by=cora, outcome=CaseOutcome.OBSERVE) == ["reply_waits"]
        self.decide(case, cora, CaseOutcome.OBSERVE, at=AFTER + 3 * FORTNIGHT)
        case.refresh_from_db()
        assert case.decision == CaseOutcome.OBSERVE

    def test_support_needs_no_hearing_and_is_told_where_there_are_words(self, ada, cora):
        submit(visit_of(ada), POOR)
        self.decide(Case.objects.get(), cora, CaseOutcome.SUPPORT)
        assert Letter.objects.get(fact="quality.notifications.case_decided").recipient == ada.user

    def test_what_never_reached_them_may_end_without_a_word(self, ada, cora):
        submit(visit_of(ada), POOR)
        self.decide(Case.objects.get(), cora, CaseOutcome.NO_ACTION, told="")
        assert not Letter.objects.filter(fact="quality.notifications.case_decided").exists()

    def test_a_pause_is_a_hold_and_gives_back_what_was_promised(self, ada, cora):
        case = asked_about(ada, cora)
        at = AFTER + FORTNIGHT
        reply_to_case(case=case, words="Sorry.", by=ada.user, at=at)
        start, end = (each + 6 * WEEK for each in make.FIRST_TIME)
        promised = make.visit(ambassador=ada, status=VisitStatus.CONFIRMED, time=(start, end))
        self.decide(case, cora, CaseOutcome.PAUSE, until=date(2027, 7, 31))
        hold = ada.holds.get()
        assert (hold.kind, hold.ends_on, hold.set_by) == (HoldKind.QUALITY, date(2027, 7, 31), cora)
        assert Seat.objects.get(visit=promised).status == SeatStatus.OPEN

    @pytest.mark.parametrize("until", [None, date(2026, 1, 1)])
    def test_a_pause_says_until_when(self, ada, cora, until):
        case = asked_about(ada, cora)
        reply_to_case(case=case, words="Sorry.", by=ada.user, at=AFTER)
        assert refused(self.decide, case=case, by=cora, outcome=CaseOutcome.PAUSE, until=until) == ["until"]
        assert not ada.holds.exists()

    def test_whoever_rated_one_of_its_visits_does_not_decide(self, ada):
        visit = visit_of(ada)
        rater = make.staff(Role.COORDINATOR, email=visit.supervising_email)
        submit(visit, POOR)
        codes = refused(self.decide, case=Case.objects.get(), by=rater, outcome=CaseOutcome.NO_ACTION)
        assert codes == ["rated_it"]

    def test_a_decision_stands(self, ada, cora):
        submit(visit_of(ada), POOR)
        case = Case.objects.get()
        self.decide(case, cora, CaseOutcome.NO_ACTION)
        assert refused(self.decide, case=case, by=cora, outcome=CaseOutcome.SUPPORT) == ["state"]
        assert refused(take_case, case=case, by=cora, at=AFTER) == ["state"]

    def test_of_a_school_nothing_but_help_is_decided(self, ada, cora):
        visit = visit_of(ada)
        submit(visit, {**make.AMBASSADOR_SAYS, "A3": "no"}, FeedbackSide.AMBASSADOR)
        case = Case.objects.get()
        assert refused(ask_for_reply, case=case, words="How?", by=cora, at=AFTER + FORTNIGHT) == ["not_a_person"]
        codes = refused(self.decide, case=case, by=cora, outcome=CaseOutcome.PAUSE, until=date(2027, 7, 1))
        assert codes == ["not_for_school"]
        self.decide(case, cora, CaseOutcome.SUPPORT, told="")

    def test_nobody_handles_a_case_about_themselves_or_of_another_region(self, ada, cora):
        submit(visit_of(ada), POOR)
        case = Case.objects.get()
        assert refused(take_case, case=case, by=ada.user, at=AFTER) == ["not_quality"]
        assert refused(note_on_case, case=case, note="Rang", by=make.ambassador().user, at=AFTER) == ["not_quality"]
        RoleGrant.objects.create(user=ada.user, role=Role.COORDINATOR, granted_at=AFTER - FORTNIGHT)
        assert refused(take_case, case=case, by=ada.user, at=AFTER) == ["not_quality"]

    def test_what_was_done_is_written_down_by_whoever_took_it_on(self, ada, cora):
        submit(visit_of(ada), POOR)
        case = Case.objects.get()
        take_case(case=case, by=cora, at=AFTER)
        take_case(case=case, by=cora, at=AFTER)
        for _twice in range(2):
            note_on_case(case=case, note=" Rang the teacher. ", by=cora, at=AFTER)
        assert refused(note_on_case, case=case, note=" ", by=cora, at=AFTER) == ["no_note"]
        assert [(event.kind, event.note) for event in case.events.exclude(kind="open")] == [
            ("take", ""),
            ("note", "Rang the teacher."),
        ]
