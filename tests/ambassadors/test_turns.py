"""Whose turn it is while someone is vetted, for what, and since when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.conduct import CLAUSES
from ambassadors.enums import OfferingKind, Party, RefereeStatus, RequirementKind
from ambassadors.facts import CHECK_WAITS, Applicant, Facts
from ambassadors.journey import decide_by, reckon
from ambassadors.moments import Moments
from ambassadors.task_kinds import WITH_REFEREES, WITH_US
from ambassadors.turns import since, waiting_on
from stem.nations import Nation

SENT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
ON = (SENT + timedelta(days=30)).date()
EVERYTHING = frozenset(RequirementKind.values)


def days(count: int) -> datetime:
    """So many days after it was sent in."""
    return SENT + timedelta(days=count)


def facts(*missing: RequirementKind, **others) -> Facts:
    """Of someone who has given all that they give themselves, and has every requirement but these."""
    whole = {
        "is_named": True,
        "has_work": True,
        "has_place": True,
        "has_photo": True,
        "offered": frozenset(OfferingKind.values),
        "counting": EVERYTHING - {kind.value for kind in missing},
    }
    return Facts(**{**whole, **others})


def applicant(what: Facts, **others) -> Applicant:
    return Applicant(pk=1, full_name="Amina", nation=Nation.ENG, facts=what, **others)


REF, ID, CRC = RequirementKind.REF, RequirementKind.ID, RequirementKind.CRC
ASKED, ANSWERED, ACCEPTED = RefereeStatus.ASKED, RefereeStatus.ANSWERED, RefereeStatus.ACCEPTED
NAMED, NOT_ACCEPTED = RefereeStatus.NAMED, RefereeStatus.NOT_ACCEPTED


@pytest.mark.parametrize(
    ("who", "happened", "party", "codes", "began"),
    [
        pytest.param(applicant(facts()), {"met_at": days(9)}, Party.US, ["approve"], days(9), id="everything-there"),
        pytest.param(applicant(facts()), {}, Party.US, ["approve"], SENT, id="everything-there-from-the-start"),
        pytest.param(
            applicant(facts(has_photo=False)), {"met_at": days(9)}, Party.US, ["approve"], days(9), id="photo"
        ),
        pytest.param(applicant(facts(ID)), {}, Party.PERSON, ["identity"], SENT, id="identity-not-chosen"),
        pytest.param(
            applicant(facts(ID, identity_chosen=True)), {}, Party.US, ["identity"], SENT, id="identity-chosen"
        ),
        pytest.param(
            applicant(facts(CRC, check_agreed=True)),
            {"check_agreed_at": days(4)},
            Party.US,
            ["check"],
            days(4),
            id="agreed-to-a-check",
        ),
        pytest.param(
            applicant(facts(CRC, check_agreed=True)),
            {"check_agreed_at": days(-4)},
            Party.US,
            ["check"],
            SENT,
            id="agreed-before-it-was-sent-in",
        ),
        pytest.param(
            applicant(facts(CRC, check_agreed=True, check_waits=Party.SECOND), check_seen_by=7),
            {"check_agreed_at": days(4), "check_moved_at": days(20)},
            Party.SECOND,
            ["check"],
            days(20),
            id="seen-and-not-confirmed",
        ),
        pytest.param(
            applicant(facts(CRC, check_agreed=True, check_waits=Party.PERSON)),
            {"check_agreed_at": days(4), "check_moved_at": days(12)},
            Party.PERSON,
            ["check"],
            days(12),
            id="their-certificate-is-to-be-shown",
        ),
        pytest.param(
            applicant(facts(REF, referees=2, referees_answered=1)),
            {"referees": ((ASKED, days(3)), (ANSWERED, days(8)))},
            Party.REFEREE,
            ["referees"],
            days(3),
            id="one-referee-has-not-answered",
        ),
        pytest.param(
            applicant(facts(REF, referees=2)),
            {"referees": ((NAMED, days(5)), (ASKED, days(3)))},
            Party.REFEREE,
            ["referees"],
            days(3),
            id="the-referee-who-waits-longest",
        ),
        pytest.param(
            applicant(facts(REF, referees=2, referees_answered=2)),
            {"referees": ((ANSWERED, days(8)), (ANSWERED, days(6)))},
            Party.US,
            ["referees"],
            days(6),
            id="both-have-answered",
        ),
        pytest.param(
            applicant(facts(REF, referees=2, referees_answered=2)),
            {"referees": ((ACCEPTED, days(12)), (ANSWERED, days(6)))},
            Party.US,
            ["referees"],
            days(6),
            id="one-is-accepted-and-one-to-be-read",
        ),
        pytest.param(
            applicant(facts(REF, referees=1, referees_answered=1)),
            {"referees": ((ACCEPTED, days(7)), (NOT_ACCEPTED, days(11)))},
            Party.PERSON,
            ["referees"],
            days(11),
            id="one-came-to-nothing",
        ),
        pytest.param(applicant(facts(REF)), {}, Party.PERSON, ["referees"], SENT, id="nobody-named"),
        pytest.param(
            applicant(facts(REF, CRC, check_agreed=True), is_asked=True),
            {"asked_at": days(10), "check_agreed_at": days(1)},
            Party.PERSON,
            ["asked", "referees"],
            days(10),
            id="asked-for-more-beside-a-task",
        ),
        pytest.param(
            applicant(facts(CRC, check_agreed=True), is_asked=True),
            {"asked_at": days(10), "check_agreed_at": days(1)},
            Party.PERSON,
            ["asked"],
            days(10),
            id="asked-for-more",
        ),
        pytest.param(
            applicant(facts(REF, referees=2), has_answered=True),
            {"asked_at": days(10), "answered_at": days(13), "referees": ((ASKED, days(3)), (ASKED, days(3)))},
            Party.US,
            ["answered"],
            days(13),
            id="answered-what-was-asked",
        ),
        pytest.param(
            applicant(facts(), decline_proposed_by=7, decline_proposed_at=days(5)),
            {"decline_proposed_at": days(5), "met_at": days(2)},
            Party.SECOND,
            ["decline"],
            days(5),
            id="a-decline-is-proposed",
        ),
        pytest.param(
            applicant(facts(), decline_proposed_by=7, decline_proposed_at=days(25)),
            {"decline_proposed_at": days(25), "met_at": days(2)},
            Party.PERSON,
            ["decline"],
            days(25),
            id="while-they-may-comment-it-is-theirs",
        ),
        pytest.param(
            applicant(facts(), wants_to_talk=True),
            {"met_at": days(2)},
            Party.US,
            ["talk", "approve"],
            SENT,
            id="who-wants-to-talk-is-rung",
        ),
        pytest.param(
            applicant(facts(), has_unread=True),
            {"met_at": days(2), "referees": ((ANSWERED, days(9)), (ANSWERED, days(4)))},
            Party.US,
            ["referees", "approve"],
            days(2),
            id="a-reference-is-read-whatever-is-on-record",
        ),
        pytest.param(
            applicant(facts(), has_unread=True, has_doubt=True),
            {"met_at": days(9), "referees": ((ANSWERED, days(9)), (ANSWERED, days(4)))},
            Party.US,
            ["referees", "doubt"],
            days(4),
            id="a-reason-against-is-decided-before-approval",
        ),
        pytest.param(
            applicant(facts(), has_doubt=True, has_first_word=True),
            {"met_at": days(9), "referees": ((ACCEPTED, days(9)), (ANSWERED, days(4)))},
            Party.SECOND,
            ["referees"],
            days(4),
            id="of-two-who-decide-about-a-reference-the-second-is-waited-for",
        ),
        pytest.param(
            applicant(facts(), photo_waits=True),
            {"met_at": days(9)},
            Party.US,
            ["confirm_photo", "approve"],
            days(9),
            id="a-photo-to-confirm-holds-nothing-up",
        ),
        pytest.param(
            applicant(facts(ID, identity_chosen=True), photo_waits=True),
            {},
            Party.US,
            ["identity"],
            SENT,
            id="a-photo-is-looked-at-with-the-document",
        ),
        pytest.param(
            applicant(facts(REF), photo_waits=True),
            {},
            Party.PERSON,
            ["referees"],
            SENT,
            id="a-photo-to-confirm-makes-it-nobody-s-turn",
        ),
        pytest.param(
            applicant(facts(RequirementKind.DECL)),
            {},
            Party.US,
            ["DECL"],
            SENT,
            id="what-no-task-asks-for-is-ours-to-record",
        ),
    ],
)
def test_whose_turn_it_is_and_since_when(who, happened, party, codes, began):
    waiting = waiting_on(who, on=ON)

    assert (waiting.party, [matter.code for matter in waiting.theirs]) == (party, codes)
    assert since(waiting, Moments(sent_at=SENT, **happened)) == began


def test_someone_in_scotland_is_not_ready_without_the_scheme_s_own_membership():
    someone = applicant(facts())._replace(nation=Nation.SCO)

    assert waiting_on(someone, on=ON).lacks == ("PVG",)
    assert [matter.code for matter in waiting_on(someone, on=ON).theirs] == ["PVG"]
    assert waiting_on(someone._replace(has_pvg=True), on=ON).is_ready


@pytest.mark.parametrize(
    ("sent", "target"),
    [
        (datetime(2027, 1, 12, 12, 0, tzinfo=UTC), date(2027, 2, 23)),
        # Half past eleven at night in summer, by Greenwich, is tomorrow in London.
        (datetime(2027, 6, 30, 23, 30, tzinfo=UTC), date(2027, 8, 12)),
    ],
)
def test_it_should_be_decided_within_six_weeks(sent, target):
    assert decide_by(sent, 42) == target


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
    referees=st.integers(2, 4),
    referees_answered=st.integers(0, 2),
    identity_chosen=st.booleans(),
    check_agreed=st.booleans(),
)
APPLICANTS = st.builds(
    Applicant,
    pk=st.just(1),
    full_name=st.just("Amina"),
    nation=st.sampled_from(["", *Nation.values]),
    facts=FACTS,
    has_pvg=st.booleans(),
    is_asked=st.booleans(),
    has_unread=st.just(False),
    has_first_word=st.just(False),
    photo_waits=st.booleans(),
    has_doubt=st.booleans(),
    decline_proposed_at=st.sampled_from([None, SENT, SENT + timedelta(days=29)]),
)


@given(APPLICANTS)
def test_the_board_and_the_person_s_own_list_agree(who):
    tasks = reckon(who.facts).tasks
    held = {
        party: {matter.code for matter in waiting_on(who, on=ON).matters if matter.party is party} for party in Party
    }

    known = {task.kind.code for task in tasks}
    assert held[Party.PERSON] & known == {task.kind.code for task in tasks if task.state.is_mine}
    assert held[Party.REFEREE] == {task.kind.code for task in tasks if task.state is WITH_REFEREES}
    ours = held[Party.US] | held[Party.SECOND]
    assert ours & known == {task.kind.code for task in tasks if task.state is WITH_US}


@given(APPLICANTS)
def test_there_is_always_somebody_whose_turn_it_is(who):
    waiting = waiting_on(who, on=ON)

    assert waiting.theirs
    assert {*waiting.theirs, *waiting.others} == set(waiting.matters)
    assert waiting.is_ready == ("approve" in {matter.code for matter in waiting.matters})
