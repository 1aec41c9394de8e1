"""Every act of vetting by everybody, in any order, against a simple model of what must never come to be.

Never somebody in a visit who is not cleared on its day; never a step that rule 1.5 does not draw; never a decision of
one person alone, nor of anybody who asked for the check or saw the certificate; never a no before a word of theirs.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambassadors.assessing import Suitability, View
from ambassadors.enums import CheckStatus, EligibilityBasis, HoldKind, IdentityDocument, RequirementKind
from ambassadors.models import Ambassador, Application, Check, Requirement
from ambassadors.operations import assessments, checks, holds
from ambassadors.operations.answers import agree_to_check
from ambassadors.operations.checks import Certificate, Right
from ambassadors.operations.requirements import record_requirement
from ambassadors.operations.updates import consent_to_updates, withdraw_consent
from ambassadors.reach.keeping import keep_reach
from bookings.enums import VisitStatus
from bookings.models import Visit
from bookings.operations import assessing, standing
from bookings.operations.offers import accept_offer
from bookings.operations.updates import record_answer
from bookings.operations.visits import confirm_visit
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.moments import day_of
from stem.rules import Refusal
from stem.update_service import StatusResult
from tests import make
from tests.ambassadors.reach.true import assert_reach_is_true
from tests.ambassadors.test_check_workflow import DRAWN
from tests.bookings.operations.test_assessing import WEIGHTS
from tests.bookings.operations.test_standing import ARRANGED, assert_nobody_is_where_they_may_not_be

RIGHT = Right(EligibilityBasis.INFREQUENT, "A talk a term.", volunteer_free=True)
VIEWS = (View(Suitability.OK), View(Suitability.NOT_SUITABLE))
STEPS = {tuple(line.split()) for line in DRAWN.split("\n") if line}
WHO = ("person", "officer", "colleague", "assessor", "other", "third", "lead", "deputy")


class World:
    """One person with a visit and offers, and everybody who has a part in vetting them."""

    def __init__(self) -> None:
        self.now = make.NOW
        self.person = make.ambassador(name="Pat Person", cleared=True)
        Requirement.objects.filter(ambassador=self.person, kind=RequirementKind.CRC).update(
            valid_until=date(2027, 3, 1)
        )
        keep_reach([self.person.pk])
        time = (self.now + timedelta(days=20), self.now + timedelta(days=20, hours=1))
        make.visit(ambassador=self.person, status=VisitStatus.CONFIRMED, time=time)
        self.offers = [make.offer(ambassador=self.person) for _ in range(2)]
        officers = (Role.VETTING_OFFICER, Role.DISCLOSURE_ASSESSOR)
        leads = (Role.SAFEGUARDING_LEAD, Role.DISCLOSURE_ASSESSOR)
        roles = (None, officers, officers, *[officers] * 3, leads, leads)
        Application.objects.create(ambassador=self.person, started_at=self.now, check_agreed_at=self.now)
        self.people: dict[str, User] = {
            name: self.person.user if parts is None else make.staff(*parts, email=f"{name}@{name}.example")
            for name, parts in zip(WHO, roles, strict=True)
        }

    @property
    def check(self) -> Check:
        """The last one, or one that is not there, as a page left open would press for it."""
        return self.person.checks.first() or Check(pk=0, ambassador=self.person, began_at=self.now, moved_at=self.now)

    @property
    def decided(self) -> Check:
        """The last one that counts, about which the update service may be asked; or one that is not there."""
        return self.person.checks.relied_on().first() or self.check


Act = Callable[[World, User, datetime, int], Any]
ACTS: dict[str, Act] = {
    "agree": lambda world, by, at, number: agree_to_check(
        ambassador=world.person, paid_or_credited=False, expects_frequent=False, by=by, at=at
    ),
    "begin": lambda world, by, at, number: checks.begin_check(ambassador=world.person, by=by, at=at),
    "right": lambda world, by, at, number: checks.confirm_eligibility(check=world.check, right=RIGHT, by=by, at=at),
    "apply": lambda world, by, at, number: checks.apply_for_check(check=world.check, by=by, at=at),
    "issued": lambda world, by, at, number: checks.note_issued(check=world.check, by=by, at=at),
    "see": lambda world, by, at, number: checks.see_original(
        check=world.check,
        certificate=Certificate("00123456", day_of(at), "Office", number % 7 != 0, number % 2 == 0),
        by=by,
        at=at,
    ),
    "clear": lambda world, by, at, number: assessing.clear_check(check=world.check, by=by, at=at),
    "view": lambda world, by, at, number: assessing.record_view(
        check=world.check, view=VIEWS[number % 2], weights=WEIGHTS, knows_the_person=False, by=by, at=at
    ),
    "settle": lambda world, by, at, number: assessing.decide_escalated(
        check=world.check, view=VIEWS[number % 2], because="Heard both.", by=by, at=at
    ),
    "comment": lambda world, by, at, number: assessments.comment_on_check(
        check=world.check, words="Long ago.", by=by, at=at
    ),
    "appeal": lambda world, by, at, number: assessments.appeal(check=world.check, by=by, at=at),
    "hear": lambda world, by, at, number: assessments.hear_appeal(
        check=world.check, is_upheld=number % 2 == 0, because="Heard.", by=by, at=at
    ),
    "agree_to_updates": lambda world, by, at, number: consent_to_updates(check=world.decided, by=by, at=at),
    "end_updates": lambda world, by, at, number: withdraw_consent(check=world.decided, by=by, at=at),
    "answer": lambda world, by, at, number: record_answer(
        check=world.decided,
        result=list(StatusResult)[number % 3],
        seen=world.decided.status_checks.count(),
        by=by,
        at=at,
    ),
    "bar": lambda world, by, at, number: assessing.bar(ambassador=world.person, by=by, at=at) if number > 20 else None,
    "withdraw": lambda world, by, at, number: checks.withdraw_check(check=world.check, by=by, at=at),
    "take_back": lambda world, by, at, number: standing.take_back_requirement(
        requirement=world.person.requirements.filter(withdrawn_at=None)[number % 3], by=by, at=at
    ),
    "record": lambda world, by, at, number: record_requirement(
        ambassador=world.person, kind=list(RequirementKind)[number % 9], started_on=day_of(at), by=by, at=at
    ),
    "see_papers": lambda world, by, at, number: record_requirement(
        ambassador=world.person,
        kind=RequirementKind.ID,
        started_on=day_of(at),
        documents=[IdentityDocument.PASSPORT],
        by=by,
        at=at,
    ),
    "hold": lambda world, by, at, number: standing.hold_back(
        ambassador=world.person, kind=HoldKind.VETTING, truth="A question", starts_on=day_of(at), by=by, at=at
    ),
    "lift": lambda world, by, at, number: [
        holds.lift_hold(hold=hold, by=by, at=at) for hold in world.person.holds.filter(lifted_at=None)
    ],
    "accept": lambda world, by, at, number: accept_offer(
        offer=world.offers[number % 2],
        starts_at=world.offers[number % 2].visit.request.possible_times.all()[0].starts_at,
        by=by,
        at=at,
    ),
    "confirm": lambda world, by, at, number: [
        confirm_visit(visit=visit, arrangements=ARRANGED, by=visit.request.contact.user, at=at)
        for visit in Visit.objects.filter(status=VisitStatus.MATCHED)
    ],
    "lapse": lambda world, by, at, number: standing.give_back_lapsed(at=at),
}
# What brings a check on from where it stands, and who may: so that a search does not end at the first step.
OFFICERS, ASSESSORS, LEADS = ("officer", "colleague"), ("assessor", "other", "third"), ("lead", "deputy")
ONWARDS: dict[str | None, list[tuple[str, tuple[str, ...]]]] = {
    None: [("begin", OFFICERS)],
    "required": [("right", OFFICERS)],
    "eligible": [("apply", OFFICERS)],
    "applied": [("issued", ("person", *OFFICERS))],
    "issued": [("see", OFFICERS)],
    "seen": [("clear", OFFICERS)],
    "ok": [("begin", OFFICERS), ("agree_to_updates", ("person",)), ("answer", OFFICERS), ("end_updates", ("person",))],
    "assessing": [("view", (*ASSESSORS, *OFFICERS)), ("view", (*ASSESSORS, *LEADS)), ("comment", ("person",))],
    "escalated": [("settle", LEADS)],
    "not_suitable": [("appeal", ("person",))],
    "appealed": [("hear", LEADS)],
}


class TestEveryOrder(TestCase):
    """Up to thirty acts, most of them onwards, by whoever has the part or by whoever comes along."""

    @settings(max_examples=min(settings.default.max_examples // 2, 40))
    @given(
        acts=st.lists(
            st.tuples(st.sampled_from([*["onwards"] * 3 * len(ACTS), *ACTS]), st.sampled_from(WHO), st.integers(0, 23)),
            min_size=10,
            max_size=30,
        )
    )
    def test_nothing_comes_to_be_that_must_not(self, acts):
        world = World()
        for number, (act, who, chance) in enumerate(acts):
            at = world.now + timedelta(hours=number)
            last = world.person.checks.first()
            name, by = act, who
            if act == "onwards":
                ways = ONWARDS.get(last.status if last else None, ONWARDS[None])
                name, able = ways[chance % len(ways)]
                by = able[chance % len(able)]
            with suppress(Refusal, IndexError):
                ACTS[name](world, world.people[by], at, chance)
            assert_nobody_is_where_they_may_not_be()
            assert_reach_is_true()
            assert_every_check_went_the_way_that_is_drawn(world.person)
        event(str(sorted(set(world.person.checks.values_list("status", flat=True)))))


def assert_every_check_went_the_way_that_is_drawn(person: Ambassador) -> None:
    for check in person.checks.all():
        way = ["required", *check.events.values_list("status", flat=True)]
        for step in pairwise(way):
            assert step in STEPS or step[1] in {"withdrawn", "barred"}, step
        assert way[-1] == check.status
        views = list(check.assessments.values_list("assessor", flat=True))
        assert len(set(views)) == len(views)
        assert not {check.eligibility_by_id, check.seen_by_id} & set(views)
        if "not_suitable" in way:
            # All of this happens within two days: a no that nobody commented on would have come too soon.
            assert check.notes.filter(written_by=person.user).exists()
        if check.decided_on is not None:
            assert check.first_decider_id is not None and check.second_decider_id is not None
            assert check.first_decider_id != check.second_decider_id
            # What two did not agree on, and an appeal, is settled by somebody who had not weighed it.
            assert not {"escalated", "appealed"} & set(way[:-1]) or check.second_decider_id not in views
    counting = Requirement.objects.filter(ambassador=person, kind=RequirementKind.CRC, withdrawn_at=None)
    # The first was there from the start; any other comes from a decision, or from what the update service says of one.
    for row in counting.filter(recorded_at__gte=make.NOW):
        assert hasattr(row, "check_made") or row.status_check.result == StatusResult.CURRENT
    last = person.checks.first()
    if last is not None and last.status in {CheckStatus.NOT_SUITABLE, CheckStatus.REFUSED, CheckStatus.BARRED}:
        assert not counting.exists()
