"""Whatever two leads do to a worry, in whatever order, what the rules promise of it holds (rule 2.9)."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from quality.enums import ConcernLevel, ConcernOutcome, HandedTo, Referral
from quality.models import Concern, Suspension
from quality.operations import concern_steps as steps
from quality.operations import referrals
from quality.operations.concerns import raise_concern, triage_concern
from quality.workflow import CONCERN
from stem.accounts.roles import Role
from stem.moments import day_of
from stem.rules import Refusal
from tests import make

AT = make.AFTER
SINCE = AT - timedelta(hours=1)
WHO = st.integers(0, 1)


class Ways(RuleBasedStateMachine):
    """One worry about one ambassador, and two leads; each step is done, or refused with nothing changed."""

    @initialize()
    def begin(self) -> None:
        self.leads = [make.staff(Role.SAFEGUARDING_LEAD) for _number in range(2)]
        self.person = make.ambassador(cleared=True)
        self.concern = raise_concern(told=make.told(), school_told=False, visit=None, by=None, at=SINCE)

    def tried(self, act, who: int, **said) -> None:
        before, happened = self.read(), self.concern.events.count()
        try:
            act(concern=self.concern, by=self.leads[who], at=AT, **said)
        except Refusal:
            assert (self.read(), self.concern.events.count()) == (before, happened)
            return
        if act in (steps.close_concern, referrals.confirm_not_met):
            first = before["close_proposed_by_id" if act is steps.close_concern else "referral_by_id"]
            assert first == self.leads[1 - who].pk
        assert self.concern.events.count() == happened + 1

    def read(self) -> dict:
        return Concern.objects.filter(pk=self.concern.pk).values().get() | {"account": b""}

    @rule(who=WHO, level=st.sampled_from(ConcernLevel), handed_to=st.sampled_from([None, *HandedTo]))
    def triage(self, who, level, handed_to):
        self.tried(triage_concern, who, level=level, note="Why", about=self.person, handed_to=handed_to)

    @rule(who=WHO)
    def pass_on(self, who):
        self.tried(steps.pass_on_concern, who, whom="DSL", told_at=AT, note="")

    @rule(who=WHO, reference=st.sampled_from(["", "L/1"]))
    def refer(self, who, reference):
        told = {"whom": "Lou", "told_at": AT, "head_told_at": AT, "note": ""}
        self.tried(steps.refer_concern, who, officer_reference=reference, **told)

    @rule(who=WHO, outcome=st.sampled_from(ConcernOutcome))
    def find(self, who, outcome):
        self.tried(steps.record_outcome, who, outcome=outcome, note="Why")

    @rule(who=WHO, act=st.sampled_from([steps.record_actions, steps.propose_close]))
    def go_on(self, who, act):
        self.tried(act, who, note="Done")

    @rule(who=WHO, act=st.sampled_from([steps.close_concern, steps.close_concern, steps.keep_open]))
    def end(self, who, act):
        self.tried(act, who)

    @rule(who=WHO, referral=st.sampled_from(Referral))
    def answer(self, who, referral):
        said = {"referred_on": day_of(AT), "referral_reference": "DBS 1", "note": "Why"}
        self.tried(referrals.answer_referral, who, referral=referral, **said)

    @rule(leads=st.lists(WHO, min_size=1, max_size=8), level=st.sampled_from(ConcernLevel))
    def go_by_the_book(self, leads, level):
        """A stretch of what comes next, so that the end is reached as well."""
        for who in leads:
            self.onward(who, level)

    def onward(self, who: int, level: ConcernLevel) -> None:
        concern = Concern.objects.get(pk=self.concern.pk)
        if concern.owes_referral and concern.status in ("referred", "outcome", "actions"):
            return self.confirm(who) if concern.referral else self.answer(who, Referral.NOT_MET)
        return {
            "raised": lambda: self.triage(who, level, HandedTo.QUALITY),
            "child_welfare": lambda: self.pass_on(who),
            "harm_threshold": lambda: self.refer(who, "L/1"),
            "low_level": lambda: self.find(who, ConcernOutcome.FALSE),
            "referred": lambda: (
                self.go_on(who, steps.record_actions)
                if concern.level == "child_welfare"
                else self.find(who, ConcernOutcome.UNFOUNDED)
            ),
            "outcome": lambda: self.go_on(who, steps.record_actions),
            "not_safeguarding": lambda: self.go_on(who, steps.propose_close),
            "actions": lambda: self.go_on(who, steps.propose_close),
            "closing": lambda: self.end(who, steps.close_concern),
        }.get(concern.status, lambda: None)()

    @rule(who=WHO)
    def confirm(self, who):
        self.tried(referrals.confirm_not_met, who)

    @invariant()
    def promises(self) -> None:
        if not hasattr(self, "concern"):
            return
        concern = Concern.objects.get(pk=self.concern.pk)
        assert concern.status in CONCERN.statuses
        is_harm = concern.level == ConcernLevel.HARM_THRESHOLD
        if is_harm:
            assert Suspension.objects.standing().filter(ambassador=self.person).exists()
            assert concern.status == "harm_threshold" or concern.officer_reference == "L/1"
        owed = self.person.holds.filter(referral_owed=True).exists()
        assert owed is (is_harm and not concern.is_referral_settled)
        if concern.status == "closed":
            assert concern.close_proposed_by_id != concern.closed_by_id
            assert not owed
            assert concern.finding or concern.level in ("child_welfare", "not_safeguarding")
        assert (concern.ambassador_id is None) is (
            concern.status == "raised" or (concern.status == "closed" and concern.finding in ("false", "malicious"))
        )


class TestWays(Ways.TestCase, TestCase):
    """The same on the database of the day, each way undone before the next."""

    settings = settings(max_examples=5, stateful_step_count=24, deadline=None, suppress_health_check=list(HealthCheck))
