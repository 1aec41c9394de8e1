"""Whatever is done to references, and in whatever order: they are complete exactly when they should be."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.enums import RefereeCapacity, RefereeStatus, RequirementKind
from ambassadors.models import Ambassador, Referee
from ambassadors.operations.referees import QUALIFYING, Naming, ask_referee_again, name_referee, withdraw_referee
from ambassadors.operations.references import (
    Reference,
    accept_reference,
    give_reference,
    not_accept_reference,
    turn_down_reference,
)
from ambassadors.workflow import REFEREE
from stem.accounts.roles import Role
from stem.letters.links import find_link, mint_link
from stem.rules import Refusal, why_not
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db

PEOPLE = ("applicant", "officer", "second", "stranger")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("name", "again", "withdraw", "answer", "doubt", "turn_down", "accept", "not_accept")),
        st.integers(0, 2),
        st.sampled_from(PEOPLE),
        st.sampled_from(RefereeCapacity),
    ),
    max_size=30,
)
DECISIONS = ("accept", "accept_first", "not_accept", "not_accept_first")
DECIDED = (RefereeStatus.ACCEPTED, RefereeStatus.NOT_ACCEPTED)
# What leads to completeness, so that many of the orders tried come near it.
ROAD = [("name", 0), ("answer", 0), ("name", 1), ("doubt", 1), ("accept", 0), ("accept", 1), ("accept", 1)]


def act(what: str, person: Ambassador, which: int, by, capacity: RefereeCapacity, at) -> None:
    """One thing that someone tries."""
    if what == "name":
        naming = Naming(f"Referee {which}", f"r{which}@a.example", capacity)
        name_referee(ambassador=person, naming=naming, by=by, at=at)
        return
    referee = person.referees.filter(email=f"r{which}@a.example").last()
    if referee is None:
        return
    if what in ("answer", "doubt", "turn_down"):
        token = mint_link("give_reference", referee.pk, expires_at=at + timedelta(days=1))
        link = find_link("give_reference", token, at=at)
        if what == "turn_down":
            turn_down_reference(link=link, because="unknown", at=at)
        else:
            said = Reference("Long", "Yes", has_doubts=what == "doubt", reliability="Very")
            give_reference(link=link, reference=said, at=at)
    elif what == "accept":
        accept_reference(referee=referee, verified_how="Rang", by=by, at=at)
    elif what == "not_accept":
        not_accept_reference(referee=referee, because="Not theirs", by=by, at=at)
    else:
        verb = ask_referee_again if what == "again" else withdraw_referee
        verb(referee=referee, by=by, at=at)


def check(person: Ambassador, people: dict) -> None:
    """What must be so after every step."""
    referees = list(person.referees.all())
    accepted = [each for each in referees if each.status == RefereeStatus.ACCEPTED]
    should_be = len(accepted) >= 2 and any(each.capacity in QUALIFYING for each in accepted)
    recorded = list(person.requirements.filter(kind=RequirementKind.REF))
    assert len(recorded) == should_be
    assert all(row.recorded_by in (people["officer"], people["second"]) for row in recorded)
    alive = [each for each in referees if each.status not in (RefereeStatus.NOT_ACCEPTED, RefereeStatus.WITHDRAWN)]
    assert len(alive) <= 2
    for each in referees:
        decisions = [event for event in each.events.all() if event.kind in DECISIONS]
        assert {event.by for event in decisions} <= {people["officer"], people["second"]}
        if each.has_doubts and decisions and each.status in DECIDED:
            last = decisions[-1]
            first = [event for event in decisions if event.kind == f"{last.kind}_first"][-1]
            assert {first.by, last.by} == {people["officer"], people["second"]}


@given(STEPS, st.integers(0, len(ROAD)))
def test_references_are_complete_iff_two_are_accepted_and_one_of_them_counts(steps, along_the_road):
    person = make.applicant()
    people = {
        "applicant": person.user,
        "officer": make.staff(Role.VETTING_OFFICER),
        "second": make.staff(Role.VETTING_OFFICER),
        "stranger": make.user(),
    }
    road = [(what, which, None, RefereeCapacity.EMPLOYER) for what, which in ROAD[:along_the_road]]
    for number, (what, which, who, capacity) in enumerate([*road, *steps]):
        default = "officer" if number != len(ROAD) - 1 else "second"
        by = people[who or ("applicant" if what == "name" else default)]
        why_not(act, what, person, which, by, capacity, NOW + timedelta(hours=number))
        check(person, people)


@pytest.mark.parametrize("move", REFEREE.moves)
@pytest.mark.parametrize("status", RefereeStatus)
def test_a_move_starts_where_the_table_says_and_nowhere_else(move, status):
    referee = Referee(status=status)
    if status in REFEREE.moves[move].sources:
        REFEREE.check(referee, move)
    else:
        with pytest.raises(Refusal):
            REFEREE.check(referee, move)


def test_the_road_leads_there():
    person = make.applicant()
    officer, second = make.staff(Role.VETTING_OFFICER), make.staff(Role.VETTING_OFFICER)
    for number, (what, which) in enumerate(ROAD):
        by = person.user if what == "name" else second if number == len(ROAD) - 1 else officer
        act(what, person, which, by, RefereeCapacity.EMPLOYER, NOW + timedelta(hours=number))
    assert person.requirements.filter(kind=RequirementKind.REF).exists()
