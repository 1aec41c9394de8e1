"""After a major change: each pass of an earlier version ends on the day it names, once, with a letter."""

from datetime import date

import pytest
from django.core.mail import EmailMessage

from ambassadors.eligibility import reasons_not_bookable
from ambassadors.enums import Course, RequirementKind
from ambassadors.models import Requirement
from ambassadors.operations.requirements import fulfil_requirement
from ambassadors.operations.retaking import call_learners_back
from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.nations import Nation
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 1)


@pytest.fixture
def graduate(db):
    """Someone cleared for visits, who has passed the first version of the induction here."""
    person = make.ambassador(cleared=True, name="Ada Engineer")
    person.requirements.filter(kind=RequirementKind.INDUCT).update(valid_until=None)
    make.passed_quiz(person, person.requirements.get(kind=RequirementKind.INDUCT))
    return person


def standing(person, kind=RequirementKind.INDUCT) -> list[tuple]:
    rows = person.requirements.filter(kind=kind, withdrawn_at=None)
    return list(rows.order_by("pk").values_list("started_on", "valid_until"))


def missing(person, day: date) -> list[str]:
    return [reason.code for reason in reasons_not_bookable(person, day, Nation.ENG)]


def test_a_pass_ends_on_the_day_and_its_owner_is_told(graduate, now, outbox: list[EmailMessage]):
    make.edition(retake_by=DAY)

    assert call_learners_back(at=now) == 1

    assert standing(graduate) == [(date(2026, 9, 1), DAY)]
    assert missing(graduate, DAY) == []
    assert missing(graduate, date(2027, 3, 2)) == ["INDUCT"]
    send_due(at=now)
    assert [(message.to, message.subject) for message in outbox] == [
        ([f"Ada Engineer <{graduate.email}>"], "Please take “Induction” again by Monday 1 March 2027")
    ]
    assert "Clearer words on sessions by video." in outbox[0].body
    assert "/ambassador/courses/induction/" in outbox[0].body


def test_what_was_on_record_stays_as_withdrawn(graduate, now):
    edition = make.edition(retake_by=DAY)
    before = graduate.requirements.get(kind=RequirementKind.INDUCT)

    call_learners_back(at=now)

    before.refresh_from_db()
    assert (before.valid_until, before.withdrawn_by, before.withdrawn_at) == (None, edition.published_by, now)
    assert "course.call_back" in Entry.objects.values_list("action", flat=True)


def test_a_sweep_that_runs_again_calls_nobody_twice(graduate, now):
    make.edition(retake_by=DAY)
    assert [call_learners_back(at=now) for _ in range(3)] == [1, 0, 0]
    assert Letter.objects.count() == 1
    assert Requirement.objects.filter(ambassador=graduate, kind=RequirementKind.INDUCT).count() == 2


def test_a_small_change_calls_nobody(graduate, now):
    make.edition()
    assert call_learners_back(at=now) == 0
    assert standing(graduate) == [(date(2026, 9, 1), None)]


def test_who_passed_the_new_version_is_left_alone(graduate, now):
    make.edition(retake_by=DAY)
    graduate.quiz_attempts.update(edition=2)
    assert call_learners_back(at=now) == 0


def test_what_an_officer_recorded_stays(now):
    person = make.ambassador(cleared=True)
    make.edition(retake_by=DAY)
    assert call_learners_back(at=now) == 0
    assert standing(person) == [(date(2026, 9, 1), date(2029, 8, 31))]


def test_a_pass_that_ends_sooner_ends_then(graduate, now):
    safe = graduate.requirements.get(kind=RequirementKind.SAFEG)
    Requirement.objects.filter(pk=safe.pk).update(valid_until=date(2027, 2, 1))
    make.passed_quiz(graduate, safe, course=Course.KEEPING_CHILDREN_SAFE)
    make.edition(course=Course.KEEPING_CHILDREN_SAFE, retake_by=DAY)

    assert call_learners_back(at=now) == 0
    assert standing(graduate, RequirementKind.SAFEG) == [(date(2026, 9, 1), date(2027, 2, 1))]


def test_of_two_major_changes_the_earlier_day_holds(graduate, now):
    make.edition(number=2, retake_by=DAY)
    call_learners_back(at=now)
    make.edition(number=3, retake_by=date(2027, 2, 1))
    call_learners_back(at=now)
    make.edition(number=4, retake_by=date(2027, 12, 1))
    assert call_learners_back(at=now) == 0
    assert standing(graduate) == [(date(2026, 9, 1), date(2027, 2, 1))]


def test_taking_it_again_in_time_holds_for_good(graduate, now):
    make.edition(retake_by=DAY)
    call_learners_back(at=now)

    held = fulfil_requirement(ambassador=graduate, kind=RequirementKind.INDUCT, by=graduate.user, at=now)

    assert (held.started_on, held.valid_until) == (date(2027, 1, 12), None)
    assert missing(graduate, date(2027, 3, 2)) == []


def test_who_has_taken_it_again_before_the_letter_leaves_gets_none(graduate, now, outbox):
    make.edition(retake_by=DAY)
    call_learners_back(at=now)
    held = fulfil_requirement(ambassador=graduate, kind=RequirementKind.INDUCT, by=graduate.user, at=now)
    make.passed_quiz(graduate, held, number=2)

    send_due(at=now)

    assert (outbox, Letter.objects.get().status) == ([], "not_needed")


def test_another_s_pass_and_the_other_course_are_not_touched(graduate, now):
    other = make.ambassador(cleared=True)
    make.passed_quiz(other, other.requirements.get(kind=RequirementKind.SAFEG), course=Course.KEEPING_CHILDREN_SAFE)
    make.edition(retake_by=DAY)

    assert call_learners_back(at=now) == 1
    assert standing(other, RequirementKind.SAFEG) == [(date(2026, 9, 1), date(2029, 8, 31))]
