"""A class answers with its code: counted once each, no more than were there, and told of once all is in."""

from datetime import timedelta
from uuid import uuid4

import pytest

from bookings.enums import VisitStatus
from quality.enums import CaseRule, PollStatus
from quality.models import Case, Poll, Remark, Slip
from quality.operations.feedback import submit_feedback
from quality.operations.polls import (
    begin_poll,
    close_polls,
    count_hands,
    count_poll,
    end_poll,
    hand_in,
    leave_out_poll,
    open_poll_now,
)
from quality.voices import in_words, voice_of, voice_told_with, voices_for
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.moments import day_of
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

START, END = make.FIRST_TIME
WEEK = timedelta(weeks=1)
SHEET = {"P6B": "2", "P6N": "4", "P11": "4", "P12": "5"}


@pytest.fixture
def ada():
    return make.ambassador(cleared=True)


def visit_of(person, *, weeks: int = 0, **columns):
    start, end = (each - weeks * WEEK for each in make.FIRST_TIME)
    return make.visit(ambassador=person, status=VisitStatus.DELIVERED, time=(start, end), **columns)


def sheets(poll: Poll, count: int, answers=SHEET, at=None) -> None:
    for _ in range(count):
        hand_in(poll=poll, answers=answers, slip=uuid4(), at=at or poll.opens_at)


def closed(poll: Poll) -> Poll:
    assert close_polls(at=poll.closes_at) == 1
    poll.refresh_from_db()
    return poll


def refused(act, **arguments) -> list[str]:
    with pytest.raises(Refusal) as caught:
        act(**arguments)
    return caught.value.codes


class TestTheCode:
    def test_it_opens_with_the_visit_and_closes_after_the_fifth_school_day(self, ada):
        visit = visit_of(ada)
        poll = begin_poll(visit=visit, by_hands=False, by=visit.request.contact.user, at=START - timedelta(hours=2))
        assert poll.opens_at == START
        # Wednesday 10 February; from the 15th on it is half term, so the fifth school day is Tuesday the 23rd.
        assert (poll.last_day - day_of(START)).days == 13
        assert (poll.instrument, len(poll.code), poll.planned) == ("secondary_v1", 8, 28)

    def test_pressed_twice_there_is_one(self, ada):
        visit = visit_of(ada)
        made = [begin_poll(visit=visit, by_hands=each, by=visit.request.contact.user, at=END) for each in (False, True)]
        assert made[0] == made[1]

    @pytest.mark.parametrize(
        ("status", "at", "code"),
        [
            (VisitStatus.CANCELLED_BY_SCHOOL, END, "not_there"),
            (VisitStatus.CONFIRMED, START - timedelta(days=1), "too_early"),
            (VisitStatus.DELIVERED, END + 3 * WEEK, "too_late"),
        ],
    )
    def test_there_is_none_without_a_visit_before_its_day_or_long_after_it(self, ada, status, at, code):
        visit = make.visit(ambassador=ada, status=status)
        assert refused(begin_poll, visit=visit, by_hands=False, by=visit.request.contact.user, at=at) == [code]

    def test_nobody_has_one_for_another_school(self, ada):
        stranger = make.contact().user
        assert refused(begin_poll, visit=visit_of(ada), by_hands=False, by=stranger, at=END) == ["not_for_school"]

    @pytest.mark.parametrize(("stage", "asked"), [("ks1", "tally_v1"), ("ks2", "primary_v1"), ("fe", "secondary_v1")])
    def test_what_is_asked_hangs_on_how_old_they_are(self, ada, stage, asked):
        visit = visit_of(ada, request=make.request(status="fulfilled", stage=stage))
        poll = begin_poll(visit=visit, by_hands=False, by=visit.request.contact.user, at=END)
        assert poll.instrument == asked

    def test_the_teacher_opens_it_before_the_visit_starts(self, ada):
        poll = make.poll(visit_of(ada))
        early = START - timedelta(hours=1)
        assert refused(hand_in, poll=poll, answers=SHEET, slip=uuid4(), at=early) == ["not_open_yet"]
        open_poll_now(poll=poll, by=poll.visit.request.contact.user, at=early)
        hand_in(poll=poll, answers=SHEET, slip=uuid4(), at=early)


class TestHandingIn:
    def test_answers_are_counted_and_no_sheet_is_kept(self, ada):
        poll = make.poll(visit_of(ada))
        sheets(poll, 2)
        hand_in(poll=poll, answers={"P6B": "na", "P13": "Bridges breathe"}, slip=uuid4(), at=START)
        poll.refresh_from_db()
        assert poll.counts == {"P6B": {"2": 2, "na": 1}, "P6N": {"4": 2}, "P11": {"4": 2}, "P12": {"5": 2}}
        assert poll.handed_in == 3
        assert [each.text for each in Remark.objects.filter(poll=poll)] == ["Bridges breathe"]

    def test_pressed_twice_it_counts_once(self, ada):
        poll, slip = make.poll(visit_of(ada)), uuid4()
        for _ in range(2):
            hand_in(poll=poll, answers=SHEET, slip=slip, at=START)
        poll.refresh_from_db()
        assert poll.handed_in == 1

    def test_nothing_of_a_sheet_is_on_record_and_its_number_goes_when_all_is_in(self, ada):
        poll = make.poll(visit_of(ada))
        before = Entry.objects.count()
        sheets(poll, 3)
        assert Entry.objects.count() == before
        closed(poll)
        assert not Slip.objects.exists()

    @pytest.mark.parametrize("answers", [{}, {"P99": "1"}])
    def test_an_empty_sheet_is_none(self, ada, answers):
        poll = make.poll(visit_of(ada))
        assert refused(hand_in, poll=poll, answers=answers, slip=uuid4(), at=START) == ["nothing_said"]

    def test_after_its_days_it_takes_no_more(self, ada):
        poll = make.poll(visit_of(ada))
        assert refused(hand_in, poll=poll, answers=SHEET, slip=uuid4(), at=poll.closes_at) == ["closed"]

    @pytest.mark.parametrize(
        ("planned", "counted", "most"), [(28, None, 31), (10, None, 11), (28, 12, 12), (28, 40, 40)]
    )
    def test_as_many_answer_as_the_teacher_counted_or_were_planned_and_a_tenth(self, ada, planned, counted, most):
        poll = make.poll(visit_of(ada), planned=planned)
        if counted:
            make.feedback(visit=poll.visit, answers={**make.TEACHER_SAYS, "TF3": counted})
        sheets(poll, most)
        assert refused(hand_in, poll=poll, answers=SHEET, slip=uuid4(), at=START) == ["too_many"]
        poll.refresh_from_db()
        assert (poll.status, poll.handed_in) == (PollStatus.VOID, most)
        assert voice_of(poll, at=poll.closes_at) is None

    def test_who_was_one_too_many_is_not_on_record(self, ada):
        poll = make.poll(visit_of(ada), planned=1)
        sheets(poll, 2)
        with pytest.raises(Refusal):
            sheets(poll, 1)
        entry = Entry.objects.get(action="poll.stop")
        assert (entry.address, entry.request, entry.actor) == ("", "", None)


class TestStopped:
    @pytest.fixture
    def stopped(self, ada):
        return make.poll(visit_of(ada), status=PollStatus.VOID, counts={"P12": {"5": 31}}, handed_in=31)

    def test_somebody_who_has_looked_lets_it_count(self, stopped):
        count_poll(poll=stopped, by=make.staff(Role.QUALITY_MANAGER), at=END)
        stopped.refresh_from_db()
        assert stopped.status == PollStatus.CLOSED
        assert voice_of(stopped, at=END).answers == 31

    def test_or_leaves_it_out_and_what_was_answered_goes(self, stopped):
        leave_out_poll(poll=stopped, by=make.staff(Role.QUALITY_MANAGER), at=END)
        stopped.refresh_from_db()
        assert (stopped.status, stopped.counts) == (PollStatus.LEFT_OUT, {})

    def test_nobody_else_decides_nor_whoever_was_there(self, stopped, ada):
        assert refused(count_poll, poll=stopped, by=stopped.visit.request.contact.user, at=END) == ["not_quality"]
        assert refused(leave_out_poll, poll=stopped, by=ada.user, at=END) == ["not_quality"]

    def test_a_teacher_who_counts_fewer_than_have_answered_stops_it_before_it_is_told(self, ada):
        poll = make.poll(visit_of(ada))
        sheets(poll, 20)
        form = make.feedback(visit=poll.visit)
        submit_feedback(feedback=form, answers={**make.TEACHER_SAYS, "TF3": 15}, by=None, at=END)
        assert closed(poll).status == PollStatus.VOID


class TestTelling:
    def test_it_is_told_once_it_is_closed_and_never_before(self, ada):
        poll = make.poll(visit_of(ada))
        sheets(poll, 12)
        poll.refresh_from_db()
        assert voice_of(poll, at=END) is None
        assert voices_for(ada.user, at=END) == []
        line = voice_of(closed(poll), at=poll.closes_at).lines[0]
        assert (line.words, line.words_before) == ("most", "few")

    @pytest.mark.parametrize(("n", "is_told"), [(9, False), (10, True)])
    def test_of_fewer_than_ten_nothing_is_told(self, ada, n, is_told):
        poll = make.poll(visit_of(ada))
        sheets(poll, n)
        assert (voice_of(closed(poll), at=poll.closes_at) is not None) is is_told

    def test_small_classes_of_two_schools_are_told_together_once_there_are_three_and_ten(self, ada):
        contact, other = make.contact(), make.contact()
        for weeks, (whose, n) in enumerate([(contact, 4), (contact, 5), (other, 3)]):
            asked = make.request(contact=whose, status="fulfilled")
            poll = make.poll(visit_of(ada, weeks=weeks, request=asked))
            sheets(poll, n)
            end_poll(poll=poll, by=whose.user, at=poll.opens_at)
        [voice] = voices_for(ada.user, at=END)
        assert (voice.is_of_several, voice.answers, voice.lines[0].words) == (True, 12, "most")
        assert {voice_told_with(each, at=END).answers for each in Poll.objects.all()} == {12}
        # What comes later waits for the next: it cannot be found by taking one from the other.
        late = make.poll(visit_of(ada, weeks=9, request=make.request(contact=other, status="fulfilled")))
        sheets(late, 6)
        end_poll(poll=late, by=other.user, at=late.opens_at)
        told = [(each.answers, bool(each.lines)) for each in voices_for(ada.user, at=END)]
        assert told == [(12, True), (6, False)]

    def test_three_of_one_school_are_not_enough(self, ada):
        contact = make.contact()
        for weeks in range(3):
            poll = make.poll(visit_of(ada, weeks=weeks, request=make.request(contact=contact, status="fulfilled")))
            sheets(poll, 9)
            end_poll(poll=poll, by=contact.user, at=poll.opens_at)
        assert [bool(each.lines) for each in voices_for(ada.user, at=END)] == [False, False, False]

    def test_what_nobody_answered_and_what_all_answered_alike_is_never_all_nor_nobody(self):
        assert [in_words(each) for each in (None, 0, 7, 10)] == ["too few answered", "few", "about 7 in 10", "most"]


class TestLeftToMakeUpTheirMinds:
    def answered(self, ada, n: int, answer: str) -> Poll:
        poll = make.poll(visit_of(ada))
        sheets(poll, n, {"P11": answer})
        return closed(poll)

    def test_a_class_that_was_not_opens_a_case_about_the_content_with_nothing_of_any_pupil_s(self, ada):
        poll = self.answered(ada, 10, "2")
        case = Case.objects.get()
        assert (case.rule, case.ambassador) == (CaseRule.R5, ada)
        assert case.evidence == [{"visit": poll.visit_id, "form": None, "said": {}, "what": "class"}]

    @pytest.mark.parametrize(("n", "answer"), [(9, "1"), (10, "3"), (12, "na")])
    def test_fewer_than_ten_or_a_mean_of_three_opens_none(self, ada, n, answer):
        self.answered(ada, n, answer)
        assert not Case.objects.exists()


class TestHands:
    def hands(self, ada, **columns) -> Poll:
        return make.poll(visit_of(ada), by_hands=True, **columns)

    def count(self, poll: Poll, **counts) -> None:
        said = {code: dict(zip(("up", "middle", "down"), each, strict=True)) for code, each in counts.items()}
        count_hands(poll=poll, counts=said, by=poll.visit.request.contact.user, at=END)

    def test_what_was_counted_closes_it_and_is_told(self, ada):
        poll = self.hands(ada)
        self.count(poll, K1=(14, 6, 1), K2=(20, 0, 0), K3=(0, 0, 0))
        poll.refresh_from_db()
        assert (poll.status, poll.handed_in) == (PollStatus.CLOSED, 21)
        said = [line.words for line in voice_of(poll, at=END).lines]
        assert said == ["about 7 in 10", "most", "too few answered"]

    @pytest.mark.parametrize(
        ("counts", "code"), [({"K1": (32, 0, 0)}, "too_many"), ({"K1": (0, 0, 0)}, "nothing_said")]
    )
    def test_more_hands_than_pupils_or_none_are_counted_again(self, ada, counts, code):
        poll = self.hands(ada)
        assert refused(self.count, poll=poll, **counts) == [code]
        poll.refresh_from_db()
        assert (poll.status, poll.handed_in) == (PollStatus.OPEN, 0)

    def test_a_class_on_devices_has_none(self, ada):
        assert refused(self.count, poll=make.poll(visit_of(ada)), K1=(3, 0, 0)) == ["not_by_hands"]
