"""Promising the code of conduct, clause by clause, and again a year later."""

from datetime import date, timedelta

import pytest

from ambassadors import conduct
from ambassadors.conduct import CLAUSES, CURRENT_VERSION
from ambassadors.eligibility import missing_requirements
from ambassadors.enums import RequirementKind
from ambassadors.models import Requirement
from ambassadors.operations.conduct import accept_clause
from ambassadors.vouching import promises_of
from stem.audit.models import Entry
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

CODES = [clause.code for clause in CLAUSES]


def promise(person, *codes, at, version=CURRENT_VERSION) -> bool:
    done = False
    for code in codes:
        done = accept_clause(ambassador=person, version=version, code=code, by=person.user, at=at)
    return done


def in_force(person, day) -> list[Requirement]:
    return list(Requirement.objects.counting_on(day).filter(ambassador=person, kind=RequirementKind.CODE))


def test_the_last_promise_accepts_the_whole(now):
    person = make.applicant()
    assert not promise(person, *CODES[:-1], at=now)
    assert in_force(person, day_of(now)) == []
    assert promise(person, CODES[-1], at=now)
    (code,) = in_force(person, day_of(now))
    assert (code.started_on, code.valid_until, code.recorded_by) == (date(2027, 1, 12), date(2028, 1, 11), person.user)


def test_promises_may_be_made_in_any_order_and_on_different_days(now):
    person = make.applicant()
    promise(person, *CODES[6:], at=now)
    later = now + timedelta(days=3)
    assert promise(person, *CODES[:6], at=later)
    assert promises_of(person, on=day_of(later)).next is None


def test_a_promise_made_twice_keeps_its_day_and_is_put_on_record_once(now):
    person = make.applicant()
    promise(person, CODES[0], at=now)
    promise(person, CODES[0], at=now + timedelta(hours=1))
    assert promises_of(person, on=day_of(now)).accepted == {CODES[0]: now}
    assert Entry.objects.filter(action="clause.accept").count() == 1


def test_a_promise_made_again_after_the_last_changes_nothing(now):
    person = make.applicant()
    promise(person, *CODES, at=now)
    assert promise(person, CODES[-1], at=now + timedelta(minutes=1))
    assert person.requirements.filter(kind=RequirementKind.CODE).count() == 1
    assert promises_of(person, on=day_of(now)).accepted == dict.fromkeys(CODES, now)


def test_the_next_year_every_promise_is_made_again_and_the_old_one_holds_meanwhile(now):
    person = make.applicant()
    promise(person, *CODES, at=now)
    later = now + timedelta(days=330)
    assert promises_of(person, on=day_of(later)).accepted == {}
    assert not promise(person, *CODES[:4], at=later)
    assert set(promises_of(person, on=day_of(later)).accepted) == set(CODES[:4])
    assert promise(person, *CODES[4:], at=later)
    assert [row.started_on for row in in_force(person, day_of(later))] == [date(2027, 12, 8), date(2027, 1, 12)]
    assert not promises_of(person, on=day_of(later)).is_due


def test_a_code_that_an_officer_took_back_is_promised_anew(now):
    person = make.applicant()
    promise(person, *CODES, at=now)
    person.requirements.update(withdrawn_by=make.user(), withdrawn_at=now)
    assert promises_of(person, on=day_of(now)).accepted == {}
    assert promise(person, *CODES, at=now + timedelta(hours=1))


def test_a_newer_version_is_asked_for_at_once_and_the_older_counts_for_thirty_days(now, monkeypatch):
    person = make.applicant()
    promise(person, *CODES, at=now)
    newer = day_of(now) + timedelta(days=100)
    monkeypatch.setattr(conduct, "VERSIONS", (date(2026, 9, 1), newer))
    assert not promises_of(person, on=newer - timedelta(days=90)).held.is_soon_over(
        newer - timedelta(days=90), timedelta(60)
    )
    assert promises_of(person, on=newer).is_due
    assert in_force(person, newer + timedelta(days=29)) != []
    assert in_force(person, newer + timedelta(days=30)) == []
    missing = missing_requirements(Requirement.objects.counting_on(newer + timedelta(days=30)), Nation.ENG)
    assert "CODE" in [reason.code for reason in missing]


@pytest.mark.parametrize(("version", "code"), [(0, CODES[0]), (99, CODES[0]), (CURRENT_VERSION, "no_such_thing")])
def test_a_promise_that_the_code_does_not_ask_for_is_refused(version, code, now):
    person = make.applicant()
    with pytest.raises(Refusal) as refused:
        promise(person, code, at=now, version=version)
    assert refused.value.codes == ["clause_unknown"]
    assert not person.clauses.exists()


def test_nobody_promises_for_someone_else(now):
    person = make.applicant()
    with pytest.raises(Refusal) as refused:
        accept_clause(ambassador=person, version=CURRENT_VERSION, code=CODES[0], by=make.user(), at=now)
    assert refused.value.codes == ["not_your_profile"]
