"""Coming back: the same person, with what is still in date."""

from datetime import date, timedelta

import pytest

from ambassadors.conduct import CLAUSES, CURRENT_VERSION
from ambassadors.enums import AmbassadorStatus, RefereeStatus, RequirementKind
from ambassadors.facts import read_applicants
from ambassadors.journey import journey_of
from ambassadors.models import Ambassador, Application, Requirement
from ambassadors.operations.returning import return_to_scheme
from ambassadors.task_kinds import DONE, TO_DO
from stem.moments import day_of
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

LONG_PAST = {"started_on": date(2024, 1, 11)}


def come_back(person, now) -> set[str]:
    """What is in force once they are back."""
    return_to_scheme(ambassador=person, by=person.user, at=now)
    person.refresh_from_db()
    counting = Requirement.objects.counting_on(day_of(now)).filter(ambassador=person)
    return set(counting.values_list("kind", flat=True))


def left(**columns):
    return make.ambassador(cleared=True, status=AmbassadorStatus.LEFT, scheme_number="A000007", **columns)


def test_whoever_comes_back_soon_signs_again_and_keeps_the_rest(now):
    person = left()
    assert come_back(person, now) == set(RequirementKind.values) - {"SELF"}
    assert (person.status, person.scheme_number) == (AmbassadorStatus.VETTING, "A000007")
    assert Application.objects.get(ambassador=person).sent_at == now


def test_after_24_months_without_a_visit_references_and_induction_are_done_anew(now):
    person = left()
    person.requirements.update(**LONG_PAST)
    old = make.answered(person, status=RefereeStatus.ACCEPTED, named_at=now - timedelta(days=1200))
    assert come_back(person, now) == set(RequirementKind.values) - {"SELF", "REF", "INDUCT"}
    old.refresh_from_db()
    assert old.status == RefereeStatus.WITHDRAWN


@pytest.mark.parametrize(("last_visit", "kept"), [(date(2025, 1, 11), False), (date(2025, 1, 12), True)])
def test_it_is_the_last_visit_that_counts(last_visit, kept, now):
    person = left(last_visit_on=last_visit)
    person.requirements.update(**LONG_PAST)
    assert ({"REF", "INDUCT"} <= come_back(person, now)) is kept


def test_a_reference_given_not_long_ago_still_counts(now):
    person = make.ambassador(status=AmbassadorStatus.LEFT)
    fresh = make.answered(person, named_at=now - timedelta(days=60))
    come_back(person, now)
    fresh.refresh_from_db()
    assert fresh.status == RefereeStatus.ANSWERED


def test_what_was_agreed_about_a_check_stands_as_long_as_the_check(now):
    for person, agreed in ((left(), now), (make.ambassador(status=AmbassadorStatus.LEFT), None)):
        Application.objects.create(ambassador=person, started_at=now, check_agreed_at=now, wants_to_talk=True)
        come_back(person, now)
        application = Application.objects.get(ambassador=person)
        assert (application.check_agreed_at, application.wants_to_talk) == (agreed, False)


def test_nothing_that_was_open_with_an_officer_is_open_again(now):
    person = left()
    by = {"asked_by": make.user(), "decline_proposed_by": make.user()}
    Application.objects.create(
        ambassador=person, started_at=now, asked_for="A name", asked_at=now, decline_proposed_at=now, **by
    )
    come_back(person, now)
    (read,) = read_applicants(Ambassador.objects.all(), on=day_of(now))
    assert (read.is_asked, read.has_answered, read.decline_proposed_by) == (False, False, None)


@pytest.mark.parametrize(("is_held", "state"), [(True, DONE), (False, TO_DO)])
def test_promises_of_an_earlier_round_are_not_half_of_a_new_one(is_held, state, now):
    person = left()
    for clause in CLAUSES:
        person.clauses.create(version=CURRENT_VERSION, code=clause.code, accepted_at=now - timedelta(days=800))
    if not is_held:
        person.requirements.filter(kind=RequirementKind.CODE).update(valid_until=date(2026, 12, 1))
    come_back(person, now)
    tasks = journey_of(person, on=day_of(now)).tasks
    assert [task.state for task in tasks if task.kind.code == "conduct"] == [state]


@pytest.mark.parametrize("status", ["draft", "imported", "vetting", "active", "paused", "declined"])
def test_only_someone_who_left_comes_back(status, now):
    person = make.ambassador(status=status)
    with pytest.raises(Refusal) as refused:
        return_to_scheme(ambassador=person, by=person.user, at=now)
    assert refused.value.codes == ["state"]


def test_nobody_comes_back_for_someone_else(now):
    with pytest.raises(Refusal) as refused:
        return_to_scheme(ambassador=left(), by=make.user(), at=now)
    assert refused.value.codes == ["not_your_profile"]
