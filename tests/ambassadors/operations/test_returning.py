"""Coming back: the same person, with what is still in date."""

from datetime import date, timedelta

import pytest

from ambassadors.enums import AmbassadorStatus, RefereeStatus, RequirementKind
from ambassadors.models import Application, Requirement
from ambassadors.operations.returning import return_to_scheme
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


@pytest.mark.parametrize("status", [each for each in AmbassadorStatus if each is not AmbassadorStatus.LEFT])
def test_only_someone_who_left_comes_back(status, now):
    person = make.ambassador(status=status)
    with pytest.raises(Refusal) as refused:
        return_to_scheme(ambassador=person, by=person.user, at=now)
    assert refused.value.codes == ["state"]


def test_nobody_comes_back_for_someone_else(now):
    with pytest.raises(Refusal) as refused:
        return_to_scheme(ambassador=left(), by=make.user(), at=now)
    assert refused.value.codes == ["not_your_profile"]
