"""Whatever three people do to a complaint, in whatever order, what the rules promise of it holds (rule 2.9)."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from quality.enums import ComplaintOutcome, ComplaintStatus, ConcernLevel, HandedTo
from quality.models import Complaint
from quality.operations import complaints as steps
from quality.operations.complaint_sweeps import close_unappealed, remind_of_complaints
from quality.operations.concerns import triage_concern
from stem.accounts.roles import Role
from stem.rules import Refusal
from tests import make

WHO = st.integers(0, 2)
FOUND = st.sampled_from([ComplaintOutcome.UPHELD, ComplaintOutcome.NOT_UPHELD])
WORDS = {"words": "So it is.", "note": "Why"}
PRESSED = [steps.acknowledge_complaint, steps.investigate_complaint, steps.confirm_repeat, steps.keep_investigating]


class Ways(RuleBasedStateMachine):
    """One complaint; a quality manager, an administrator, and a handler of no more than complaints."""

    @initialize(is_welfare=st.booleans())
    def begin(self, is_welfare: bool) -> None:
        self.at = make.AFTER
        self.people = [make.staff(role) for role in (Role.QUALITY_MANAGER, Role.ADMINISTRATOR, Role.COMPLAINT_HANDLER)]
        self.lead = make.staff(Role.SAFEGUARDING_LEAD)
        self.complaint = steps.complain(
            said=make.complained(), visit=None, is_welfare=is_welfare, is_about_data=False, by=None, at=self.at
        )

    def read(self) -> dict[str, Any]:
        rows = Complaint.objects.filter(pk=self.complaint.pk)
        return {
            name: bytes(each) if isinstance(each, memoryview) else each for name, each in rows.values().get().items()
        }

    def tried(self, act, **said) -> bool:
        before, happened = self.read(), self.complaint.events.count()
        try:
            act(complaint=self.complaint, at=self.at, **said)
        except Refusal:
            assert (self.read(), self.complaint.events.count()) == (before, happened)
            return False
        assert self.complaint.events.count() == happened + 1
        return True

    @rule(who=WHO, act=st.sampled_from(PRESSED))
    def press(self, who, act):
        self.tried(act, by=self.people[who])

    @rule(who=WHO, to=WHO)
    def assign(self, who, to):
        self.tried(steps.assign_complaint, handler=self.people[to], by=self.people[who])

    @rule(who=WHO, finding=FOUND)
    def respond(self, who, finding):
        self.tried(steps.respond_to_complaint, finding=finding, **WORDS, by=self.people[who])

    @rule(who=WHO, act=st.sampled_from([steps.propose_repeat, steps.reroute_complaint]))
    def say(self, who, act):
        self.tried(act, **WORDS, by=self.people[who])

    @rule(who=WHO)
    def withdraw(self, who):
        self.tried(steps.withdraw_complaint, note="They rang", by=self.people[who])

    @rule()
    def appeal(self):
        due_on, is_answered = self.read()["due_on"], self.read()["status"] == ComplaintStatus.RESPONDED
        done = self.tried(steps.appeal_complaint, words="Again", by=None)
        assert done == (is_answered and self.at.date() <= due_on)

    @rule(who=WHO, finding=FOUND)
    def answer_again(self, who, finding):
        if self.tried(steps.answer_appeal, finding=finding, **WORDS, by=self.people[who]):
            assert who != 2, "they are no more senior than whoever answered"

    @rule(days=st.integers(1, 30))
    def days_go_by(self, days):
        self.at += timedelta(days=days)
        remind_of_complaints(at=self.at)
        close_unappealed(at=self.at)

    @rule(is_one=st.booleans())
    def look_at_the_worry(self, is_one):
        concern = self.read()["concern_id"] and Complaint.objects.get(pk=self.complaint.pk).concern
        level = ConcernLevel.HARM_THRESHOLD if is_one else ConcernLevel.NOT_SAFEGUARDING
        if concern:
            said = {"level": level, "note": "Why", "handed_to": HandedTo.COMPLAINT}
            try:
                triage_concern(concern=concern, **said, by=self.lead, at=self.at)
            except Refusal:
                return

    @rule(who=st.integers(0, 1))
    def take_it_to_its_answer(self, who):
        """The way it is meant: without it, chance alone seldom gets there."""
        handler = self.people[who]
        self.tried(steps.acknowledge_complaint, by=handler)
        self.tried(steps.assign_complaint, handler=handler, by=handler)
        self.tried(steps.investigate_complaint, by=handler)
        self.tried(steps.respond_to_complaint, finding=ComplaintOutcome.PARTLY, **WORDS, by=handler)

    @invariant()
    def the_promises_hold(self):
        if not hasattr(self, "complaint"):
            return
        row = self.read()
        status = row["status"]
        has_day = status not in (ComplaintStatus.WAITING, ComplaintStatus.CLOSED)
        assert (row["due_on"] is not None) == has_day
        assert (row["closed_at"] is not None) == (status == ComplaintStatus.CLOSED)
        assert row["finding"] or status != ComplaintStatus.CLOSED
        if row["second_by_id"] is not None:
            first = {row["answered_by_id"], row["repeat_by_id"], row["repeat_second_id"], row["handler_id"]}
            assert row["second_by_id"] not in first
        if row["repeat_second_id"] is not None:
            assert row["repeat_second_id"] != row["repeat_by_id"]
        if status == ComplaintStatus.WAITING:
            assert row["handler_id"] is None
            assert not Complaint.objects.get(pk=row["id"]).is_theirs_to_read


class TestWays(Ways.TestCase, TestCase):
    """The same on the database of the day, each way undone before the next."""

    settings = settings(max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
