"""The list of tasks: what is done, what is missing, and whose turn it is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.conduct import CLAUSES
from ambassadors.enums import AmbassadorStatus, OfferingKind, RefereeStatus, RequirementKind
from ambassadors.journey import (
    DONE,
    NEEDED_TO_SEND,
    TO_DO,
    WITH_US,
    Facts,
    Journey,
    State,
    next_task,
    reckon,
    target_of,
)
from ambassadors.models import Ambassador, Application, Referee, Requirement
from tests import make

AT = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
NOTHING = Facts(
    ambassador=Ambassador(full_name="Ada Engineer"),
    application=None,
    offered=frozenset(),
    counting={},
    unconfirmed=False,
    clauses=0,
    referees=[],
    has_photo=False,
)


def state(facts: Facts, code: str) -> State:
    return next(task.state for task in reckon(facts).tasks if task.kind.code == code)


def codes(tasks) -> set[str]:
    return {task.kind.code for task in tasks}


def counting(*kinds: RequirementKind) -> dict[str, Requirement]:
    return {kind.value: Requirement(kind=kind) for kind in kinds}


def referees(*statuses: RefereeStatus) -> list[Referee]:
    return [Referee(status=status) for status in statuses]


WHOLE = replace(
    NOTHING,
    ambassador=Ambassador(
        full_name="Ada", phone="07700 900123", job_title="Engineer", route="degree", postcode="LS1 4AP"
    ),
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
    assert state(replace(NOTHING, referees=referees(*statuses)), "referees").words == expected


def test_a_check_is_with_us_once_it_is_agreed_to_or_waits_for_a_second_person():
    agreed = replace(NOTHING, application=Application(check_agreed_at=AT))

    assert state(NOTHING, "check") is TO_DO
    assert state(agreed, "check") is WITH_US
    assert state(replace(NOTHING, unconfirmed=True), "check") is WITH_US
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
    ambassador=st.builds(
        Ambassador,
        full_name=st.just("Ada"),
        phone=st.sampled_from(["", "07700 900123"]),
        job_title=st.sampled_from(["", "Engineer"]),
        route=st.sampled_from(["", "degree"]),
        postcode=st.sampled_from(["", "LS1 4AP"]),
    ),
    application=st.one_of(
        st.none(),
        st.builds(
            Application,
            identity_method=st.sampled_from(["", "in_person"]),
            check_agreed_at=st.sampled_from([None, AT]),
            paid_or_credited=st.none(),
            expects_frequent=st.none(),
        ),
    ),
    offered=st.frozensets(st.sampled_from(OfferingKind.values)),
    counting=st.sets(st.sampled_from(RequirementKind)).map(lambda kinds: counting(*kinds)),
    unconfirmed=st.booleans(),
    clauses=st.integers(0, len(CLAUSES)),
    referees=st.lists(st.sampled_from(RefereeStatus), max_size=4).map(lambda found: referees(*found)),
    has_photo=st.booleans(),
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
    assert codes(journey.tasks) - set(held) <= {"languages", "often"}


@given(FACTS)
def test_it_can_be_sent_when_nothing_that_must_be_given_is_missing(facts):
    journey = reckon(facts)
    done = parties(journey)[0]

    assert journey.can_be_sent == (done >= NEEDED_TO_SEND)


@given(FACTS, st.sampled_from(RequirementKind))
def test_a_requirement_met_never_makes_more_to_do(facts, kind):
    before, after = (
        reckon(facts),
        reckon(replace(facts, counting={**facts.counting, kind.value: Requirement(kind=kind)})),
    )

    assert codes(after.mine) <= codes(before.mine)


@pytest.mark.django_db
def test_the_day_to_decide_by_is_six_weeks_after_sending_in():
    person = make.ambassador(status=AmbassadorStatus.VETTING)
    assert target_of(person, on=AT.date()) is None

    Application.objects.create(ambassador=person, started_at=AT, sent_at=AT)

    assert str(target_of(person, on=AT.date())) == "2027-02-23"
