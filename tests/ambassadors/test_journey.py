"""The list of tasks: what is done, what is missing, and whose turn it is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.conduct import CLAUSES
from ambassadors.enums import AmbassadorStatus, OfferingKind, Party, RefereeStatus, RequirementKind
from ambassadors.facts import CHECK_WAITS, Facts
from ambassadors.journey import Journey, next_task, reckon, target_of
from ambassadors.models import Application
from ambassadors.task_kinds import DONE, NEEDED_TO_SEND, TO_DO, WITH_US, WITH_YOU, State
from tests import make

AT = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
NOTHING = Facts()


def state(facts: Facts, code: str) -> State:
    return next(task.state for task in reckon(facts).tasks if task.kind.code == code)


def codes(tasks) -> set[str]:
    return {task.kind.code for task in tasks}


def counting(*kinds: RequirementKind) -> frozenset[str]:
    return frozenset(kind.value for kind in kinds)


def referees(*statuses: RefereeStatus) -> dict[str, int]:
    """How many are on their way or here, and how many are here."""
    here = sum(status in {RefereeStatus.ANSWERED, RefereeStatus.ACCEPTED} for status in statuses)
    return {
        "referees": here + sum(status in {RefereeStatus.NAMED, RefereeStatus.ASKED} for status in statuses),
        "referees_answered": here,
    }


WHOLE = replace(
    NOTHING,
    is_named=True,
    has_work=True,
    has_place=True,
    offered=frozenset({OfferingKind.SUBJECT.value, OfferingKind.STAGE.value, OfferingKind.ACTIVITY.value}),
    counting=counting(RequirementKind.ELIG, RequirementKind.SELF, RequirementKind.CODE),
)


def test_with_nothing_given_all_that_must_be_given_is_missing():
    journey = reckon(NOTHING)

    assert codes(journey.missing) == NEEDED_TO_SEND
    assert journey.done == 0


def test_a_registration_is_whole_before_references_identity_and_check():
    journey = reckon(WHOLE)

    assert journey.can_be_sent
    assert {"referees", "identity", "check", "photo"} <= codes(journey.mine)


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((), "To do"),
        ((RefereeStatus.NAMED,), "Begun"),
        ((RefereeStatus.WITHDRAWN, RefereeStatus.NOT_ACCEPTED), "To do"),
        ((RefereeStatus.ASKED, RefereeStatus.NOT_ACCEPTED), "Begun"),
        ((RefereeStatus.ASKED, RefereeStatus.ASKED), "With your referees"),
        ((RefereeStatus.ASKED, RefereeStatus.ANSWERED), "With your referees"),
        ((RefereeStatus.ANSWERED, RefereeStatus.ANSWERED), "With us"),
        ((RefereeStatus.ACCEPTED, RefereeStatus.ANSWERED, RefereeStatus.ASKED), "With us"),
    ],
)
def test_whose_turn_references_are(statuses, expected):
    assert state(replace(NOTHING, **referees(*statuses)), "referees").words == expected


def test_a_check_is_with_us_once_it_is_agreed_to_or_waits_for_a_second_person():
    agreed = replace(NOTHING, check_agreed=True)

    assert state(NOTHING, "check") is TO_DO
    assert state(agreed, "check") is WITH_US
    assert state(replace(NOTHING, check_waits=Party.SECOND), "check") is WITH_US
    assert state(replace(agreed, check_waits=Party.PERSON), "check") is WITH_YOU
    assert state(replace(agreed, counting=counting(RequirementKind.CRC)), "check") is DONE


def test_the_next_task_goes_on_from_the_one_just_done_and_then_round():
    tasks = reckon(NOTHING).tasks

    assert next_task(tasks).kind.code == "about"
    assert next_task(tasks, after="subjects").kind.code == "stages"
    assert next_task(tasks, after=tasks[-1].kind.code).kind.code == "about"


def test_with_nothing_left_there_is_no_next_task():
    assert next_task([task for task in reckon(WHOLE).tasks if task.state.is_done]) is None


FACTS = st.builds(
    Facts,
    is_named=st.booleans(),
    has_work=st.booleans(),
    has_place=st.booleans(),
    has_photo=st.booleans(),
    offered=st.frozensets(st.sampled_from(OfferingKind.values)),
    counting=st.frozensets(st.sampled_from(RequirementKind.values)),
    check_waits=st.sampled_from(CHECK_WAITS),
    clauses=st.integers(0, len(CLAUSES)),
    referees=st.integers(0, 4),
    referees_answered=st.integers(0, 4),
    identity_chosen=st.booleans(),
    check_agreed=st.booleans(),
)


def parties(journey: Journey) -> list[set[str]]:
    """Who has what: what is done, and what waits for the person, for us, and for referees."""
    done = codes(task for task in journey.tasks if task.state.is_done)
    return [done, codes(journey.mine), codes(journey.with_us), codes(journey.with_referees)]


@given(FACTS)
def test_every_task_is_in_one_pair_of_hands(facts):
    journey = reckon(facts)
    held = [code for party in parties(journey) for code in party]

    assert len(held) == len(set(held))
    # Nobody waits for what is only if they like.
    assert codes(journey.tasks) - set(held) <= {"languages", "time"}


@given(FACTS)
def test_it_can_be_sent_when_nothing_that_must_be_given_is_missing(facts):
    journey = reckon(facts)
    done = parties(journey)[0]

    assert journey.can_be_sent == (done >= NEEDED_TO_SEND)


@given(FACTS, st.sampled_from(RequirementKind))
def test_a_requirement_met_never_makes_more_to_do(facts, kind):
    before, after = (
        reckon(facts),
        reckon(replace(facts, counting=facts.counting | {kind.value})),
    )

    assert codes(after.mine) <= codes(before.mine)


@pytest.mark.django_db
def test_the_day_to_decide_by_is_six_weeks_after_sending_in():
    person = make.ambassador(status=AmbassadorStatus.VETTING)
    assert target_of(person, on=AT.date()) is None

    Application.objects.create(ambassador=person, started_at=AT, sent_at=AT)

    assert str(target_of(person, on=AT.date())) == "2027-02-23"
