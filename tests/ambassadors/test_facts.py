"""The facts about people on their way in, read for many at once, beside the same facts put together by hand."""

import random
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambassadors.conduct import CLAUSES, CURRENT_VERSION
from ambassadors.eligibility import missing_requirements, nation_of
from ambassadors.enums import (
    AmbassadorStatus,
    CheckBody,
    CheckStatus,
    IdentityMethod,
    OfferingKind,
    RefereeCapacity,
    RefereeStatus,
    RequirementKind,
)
from ambassadors.facts import Facts, facts_of, read_applicants, with_facts
from ambassadors.journey import journey_of, reckon
from ambassadors.models import Ambassador, Application, ClauseAcceptance, Limits, Photo, Referee, Requirement
from ambassadors.operations.applications import approve_application
from ambassadors.queries.board import Tab, vetting_board
from ambassadors.queries.records import vetting_record
from ambassadors.queries.turn import turn_of
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.moments import day_of
from stem.policy.values import value_as_column
from stem.rules import why_not
from tests import make

pytestmark = pytest.mark.django_db

AT = make.NOW
TODAY = day_of(AT)
HERE = {RefereeStatus.ANSWERED, RefereeStatus.ACCEPTED}
ON_THE_WAY = HERE | {RefereeStatus.NAMED, RefereeStatus.ASKED}


def some_moment(chance: random.Random) -> datetime:
    return AT - timedelta(days=chance.randrange(1, 60), hours=chance.randrange(24))


def someone(chance: random.Random, number: int, officers: tuple[User, User]) -> Ambassador:
    """Somebody at any step of the way in."""
    person = make.ambassador(
        name=f"Person {number}",
        phone=chance.choice(["", "07700 900123"]),
        postcode=chance.choice(["LS1 4AP", "EH1 1YZ"]),
        subjects=chance.choice([(), ("physics", "chemistry")]),
        stages=chance.choice([(), ("ks3",)]),
    )
    Limits.objects.bulk_create(Limits(ambassador=person) for _row in range(chance.randrange(2)))
    if chance.random() < 0.85:
        sent_at = some_moment(chance)
        asked_at = chance.choice([None, some_moment(chance)])
        Application.objects.create(
            ambassador=person,
            started_at=sent_at - timedelta(days=1),
            sent_at=sent_at,
            identity_method=chance.choice(["", IdentityMethod.IN_PERSON]),
            check_agreed_at=chance.choice([None, some_moment(chance)]),
            asked_at=asked_at,
            asked_by=officers[0] if asked_at else None,
            answered_at=chance.choice([None, AT]) if asked_at else None,
        )
    for clause in CLAUSES[: chance.choice([0, 2])]:
        ClauseAcceptance.objects.create(ambassador=person, version=CURRENT_VERSION, code=clause.code, accepted_at=AT)
    if chance.random() < 0.5:
        Photo.objects.create(ambassador=person, picture=b"a picture", digest="0" * 64, width=9, height=9, added_at=AT)
    give_requirements(chance, person, officers)
    if chance.random() < 0.5:
        make.check(person, status=CheckStatus(chance.choice(CheckStatus.values)))
    for place in range(chance.randrange(4)):
        Referee.objects.create(
            ambassador=person,
            status=chance.choice(RefereeStatus.values),
            full_name=f"Referee {place}",
            email=f"referee{place}@elsewhere.example",
            capacity=RefereeCapacity.EMPLOYER,
            named_at=some_moment(chance),
        )
    return person


def give_requirements(chance: random.Random, person: Ambassador, officers: tuple[User, User]) -> None:
    """Some of them, in and out of date, confirmed or not, withdrawn, and some twice."""
    officer, second = officers
    everything = chance.random() < 0.3
    for kind in [*RequirementKind, *RequirementKind]:
        if not everything and chance.random() < 0.5:
            continue
        is_check = kind is RequirementKind.CRC
        row = make.requirement(
            person,
            kind=kind,
            body=chance.choice([CheckBody.DBS, CheckBody.PVG]) if is_check else "",
            recorded_by=officer,
            confirmed_by=second if is_check and (everything or chance.random() < 0.5) else None,
            valid_until=None
            if everything
            else chance.choice([None, TODAY, TODAY - timedelta(days=1), date(2028, 1, 1)]),
        )
        if not everything and chance.random() < 0.2:
            Requirement.objects.filter(pk=row.pk).update(withdrawn_at=AT, withdrawn_by=officer)


def by_hand(person: Ambassador) -> Facts:
    """The facts, one row after another."""
    application = Application.objects.filter(ambassador=person).first()
    statuses = [referee.status for referee in person.referees.all()]
    under_way = person.checks.filter(status__in=CheckStatus.under_way()).first()
    return Facts(
        is_named=bool(person.full_name and person.phone),
        has_work=bool(person.job_title and person.route),
        has_place=bool(person.postcode),
        has_time=Limits.objects.filter(ambassador=person).exists(),
        has_photo=Photo.objects.filter(ambassador=person).exists(),
        offered=frozenset(OfferingKind(each.kind).value for each in person.offerings.all()),
        counting=frozenset(
            Requirement.objects.counting_on(TODAY).filter(ambassador=person).values_list("kind", flat=True)
        ),
        check_waits=CheckStatus(under_way.status).waits_for.value if under_way else "",
        clauses=person.clauses.count(),
        referees=sum(status in ON_THE_WAY for status in statuses),
        referees_answered=sum(status in HERE for status in statuses),
        identity_chosen=bool(application and application.identity_method),
        check_agreed=bool(application and application.check_agreed_at),
    )


@pytest.fixture
def people() -> list[Ambassador]:
    chance = random.Random(20270112)
    officers = make.user(), make.user()
    return [someone(chance, number, officers) for number in range(40)]


def test_many_are_read_as_each_would_be(people):
    read = {each.pk: each.facts for each in read_applicants(Ambassador.objects.all(), on=TODAY)}

    assert read == {person.pk: by_hand(person) for person in people}
    assert facts_of(people[0], on=TODAY) == read[people[0].pk]
    assert journey_of(people[0], on=TODAY) == reckon(by_hand(people[0]))


@pytest.mark.parametrize("name", ["wants_to_talk", "paid_or_credited", "expects_frequent"])
@pytest.mark.parametrize("said", [True, False])
def test_what_an_officer_has_to_look_at_is_read_as_it_was_said(name, said):
    person = make.ambassador()
    Application.objects.create(ambassador=person, started_at=AT, **{name: said})

    (read,) = read_applicants(Ambassador.objects.all(), on=TODAY)
    assert {
        "wants_to_talk": read.wants_to_talk,
        "paid_or_credited": read.paid_or_credited,
        "expects_frequent": read.expects_frequent,
    } == {"wants_to_talk": False, "paid_or_credited": False, "expects_frequent": False, name: said}


@pytest.mark.parametrize(
    ("asked", "answered", "expected"),
    [(None, None, (False, False)), (AT, None, (True, False)), (AT, AT, (False, True))],
)
def test_whether_someone_is_asked_or_has_answered(asked, answered, expected):
    person = make.ambassador()
    by = make.user() if asked else None
    Application.objects.create(
        ambassador=person, started_at=AT, asked_at=asked, asked_by=by, answered_at=answered, decline_proposed_by=None
    )

    (read,) = read_applicants(Ambassador.objects.all(), on=TODAY)
    assert (read.is_asked, read.has_answered) == expected


def test_whatever_the_number_one_query_reads_them():
    for number in range(3):
        someone(random.Random(number), number, (make.user(), make.user()))
    with CaptureQueriesContext(connection) as asked:
        assert len(read_applicants(Ambassador.objects.all(), on=TODAY)) == 3
    assert len(asked) == 1


def test_a_record_and_the_board_tell_the_same_turn(people):
    officer = make.staff(Role.VETTING_OFFICER)
    board = vetting_board(Ambassador.objects.all(), reader=officer.pk, on=TODAY, vetting_days=42)
    rows = board.rows(board.of(Tab.ALL))
    read = with_facts(Ambassador.objects.select_related("application"), on=TODAY)
    read = read.annotate(vetting_days=value_as_column("vetting_days", on=TODAY))

    assert {row.pk for row in rows} == {person.pk for person in people}
    for row in rows:
        person = read.get(pk=row.pk)
        record = vetting_record(person, on=TODAY)
        assert turn_of(person, record.rows, reader=officer.pk, on=TODAY) == row.turn


def test_the_board_says_ready_of_exactly_those_whom_approval_takes_in(people):
    officer = make.staff(Role.VETTING_OFFICER)
    board = vetting_board(Ambassador.objects.all(), reader=officer.pk, on=TODAY, vetting_days=42)
    ready = {place.applicant.pk for place in board.of(Tab.READY)}
    approved = set()
    for person in people:
        counting = Requirement.objects.counting_on(TODAY).filter(ambassador=person)
        missing = [each.code for each in missing_requirements(counting, nation_of(person))]
        refusal = why_not(approve_application, ambassador=person, by=officer, at=AT)
        assert (refusal.codes if refusal else []) == missing
        approved |= set() if refusal else {person.pk}

    assert ready == approved != set()


def test_a_draft_that_has_said_nothing_yet_is_read_too():
    draft = make.ambassador(status=AmbassadorStatus.DRAFT, full_name="", job_title="")
    Ambassador.objects.filter(pk=draft.pk).update(postcode="", area="", nation="")

    assert not facts_of(draft, on=TODAY).is_named
