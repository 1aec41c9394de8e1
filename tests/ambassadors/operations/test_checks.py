"""A criminal record check, step by step: by right, in person, by two people, and nothing kept of what it says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ambassadors.eligibility import reasons_not_bookable
from ambassadors.enums import CheckBody, CheckStatus, EligibilityBasis, RequirementKind
from ambassadors.models import Ambassador, Application, Check, Requirement
from ambassadors.operations import checks
from ambassadors.operations.answers import agree_to_check
from ambassadors.operations.checks import Certificate, Right
from ambassadors.operations.requirements import record_requirement, withdraw_requirement
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.encryption import decrypted
from stem.letters.models import Letter
from stem.nations import Nation
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db
RIGHT = Right(EligibilityBasis.INFREQUENT, "Two talks a term, a teacher in the room.", volunteer_free=True)
SEEN = Certificate("0012 3456 7890", date(2027, 1, 4), "Our office", matches=True, is_to_be_weighed=False)
ISSUED = CheckStatus.ISSUED


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Olu Officer")


@pytest.fixture
def colleague():
    return make.staff(Role.VETTING_OFFICER, name="Cora Colleague")


@pytest.fixture
def person() -> Ambassador:
    return make.applicant()


def refusal(operation, **arguments) -> list[str]:
    with pytest.raises(Refusal) as refused:
        operation(**arguments)
    return refused.value.codes


def agreed(person: Ambassador, now, *, paid: bool = False) -> Check:
    make.requirement(person, kind=RequirementKind.SELF, recorded_by=person.user)
    agree_to_check(ambassador=person, paid_or_credited=paid, expects_frequent=False, by=person.user, at=now)
    return person.checks.get()


def test_from_agreeing_to_a_check_that_counts(person, officer, colleague, now):
    check = agreed(person, now)
    checks.confirm_eligibility(check=check, right=RIGHT, by=officer, at=now)
    checks.apply_for_check(check=check, by=officer, at=now)
    checks.note_issued(check=check, by=person.user, at=now)
    checks.see_original(check=check, certificate=SEEN, by=officer, at=now)
    assert not Requirement.objects.filter(kind=RequirementKind.CRC).exists()
    checks.clear_check(check=check, by=colleague, at=now)

    check.refresh_from_db()
    assert (check.status, check.first_decider, check.second_decider) == (CheckStatus.OK, officer, colleague)
    row = check.requirement
    # From the day of issue, for the scheme's months less a day (V-02, V-03).
    assert (row.started_on, row.valid_until, row.body) == (date(2027, 1, 4), date(2030, 1, 3), CheckBody.DBS)
    assert (row.recorded_by, row.confirmed_by, row.barred_list) == (officer, colleague, False)
    assert list(check.events.values_list("kind", flat=True)) == [
        "confirm_eligibility", "apply", "note_issued", "see_original", "clear",
    ]  # fmt: skip
    letters = [letter.fact_name for letter in Letter.objects.filter(recipient=person.user)]
    assert sum(name.endswith("check_decided") for name in letters) == 1


def test_its_number_is_encrypted_and_only_the_last_four_can_be_read_in_the_database(person, officer, now):
    check = make.check(person, status=ISSUED)
    checks.see_original(check=check, certificate=replace(SEEN, number="001234567890"), by=officer, at=now)
    check.refresh_from_db()
    assert b"001234567890" not in bytes(check.number) and check.number_ends == "7890"
    assert decrypted(bytes(check.number)) == "001234567890"


@pytest.mark.parametrize(("is_to_be_weighed", "letters"), [(True, 1), (False, 0)])
def test_whoever_s_check_is_weighed_hears_that_they_may_comment(person, officer, now, is_to_be_weighed, letters):
    check = make.check(person, status=ISSUED)
    seen = replace(SEEN, is_to_be_weighed=is_to_be_weighed)
    checks.see_original(check=check, certificate=seen, by=officer, at=now)
    posted = Letter.objects.filter(recipient=person.user, is_confidential=True)
    assert sum(letter.fact_name.endswith("check_weighed") for letter in posted) == letters


def test_agreeing_twice_begins_one_check(person, now):
    check = agreed(person, now)
    agree_to_check(ambassador=person, paid_or_credited=False, expects_frequent=True, by=person.user, at=now)
    assert person.checks.get() == check


def test_one_person_has_one_check_under_way_even_past_the_rules(person):
    make.check(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.check(person, status=CheckStatus.APPLIED)


@pytest.mark.parametrize(
    ("right", "code"),
    [
        (replace(RIGHT, basis=EligibilityBasis.REGULATED_ROLE), "basis"),
        (replace(RIGHT, note="  "), "note"),
    ],
)
def test_a_check_is_not_asked_for_without_its_right(person, officer, now, right, code):
    check = agreed(person, now)
    assert refusal(checks.confirm_eligibility, check=check, right=right, by=officer, at=now) == [code]
    check.refresh_from_db()
    assert check.status == CheckStatus.REQUIRED


def test_in_scotland_it_is_a_regulated_role_and_the_body_is_pvg(officer, now):
    person = make.applicant(postcode="EH1 1YZ")
    check = agreed(person, now)
    assert refusal(checks.confirm_eligibility, check=check, right=RIGHT, by=officer, at=now) == ["basis"]
    right = replace(RIGHT, basis=EligibilityBasis.REGULATED_ROLE)
    checks.confirm_eligibility(check=check, right=right, by=officer, at=now)
    check.refresh_from_db()
    assert (check.body, check.barred_list) == (CheckBody.PVG, True)


def test_whoever_is_paid_or_credited_has_no_volunteer_s_check(person, officer, now):
    check = agreed(person, now, paid=True)
    assert refusal(checks.confirm_eligibility, check=check, right=RIGHT, by=officer, at=now) == ["volunteer_free"]
    checks.confirm_eligibility(check=check, right=replace(RIGHT, volunteer_free=False), by=officer, at=now)


def test_the_declaration_comes_before_the_application(person, officer, now):
    check = make.check(person, status=CheckStatus.ELIGIBLE)
    assert refusal(checks.apply_for_check, check=check, by=officer, at=now) == ["declaration_first"]


def test_nobody_is_the_second_pair_of_eyes_on_what_they_saw(person, officer, now):
    check = make.check(person, seen_by=officer)
    assert refusal(checks.clear_check, check=check, by=officer, at=now) == ["same_person"]


def test_a_certificate_that_does_not_match_is_asked_for_anew_and_nothing_is_kept_of_it(person, officer, now):
    check = make.check(person, status=ISSUED)
    checks.see_original(check=check, certificate=replace(SEEN, matches=False), by=officer, at=now)
    check.refresh_from_db()
    assert (check.status, check.number, check.number_ends, check.issued_on) == (CheckStatus.REQUIRED, None, "", None)


@pytest.mark.parametrize(
    ("certificate", "code"),
    [(replace(SEEN, issued_on=date(2027, 1, 13)), "issued_on"), (replace(SEEN, place=" "), "place")],
)
def test_a_certificate_is_seen_somewhere_and_not_before_its_day(person, officer, now, certificate, code):
    check = make.check(person, status=ISSUED)
    assert refusal(checks.see_original, check=check, certificate=certificate, by=officer, at=now) == [code]


STEPS = {
    "confirm_eligibility": lambda check, by, at: checks.confirm_eligibility(check=check, right=RIGHT, by=by, at=at),
    "apply": lambda check, by, at: checks.apply_for_check(check=check, by=by, at=at),
    "note_issued": lambda check, by, at: checks.note_issued(check=check, by=by, at=at),
    "see_original": lambda check, by, at: checks.see_original(check=check, certificate=SEEN, by=by, at=at),
    "clear": lambda check, by, at: checks.clear_check(check=check, by=by, at=at),
}
FROM = {"confirm_eligibility": "required", "apply": "eligible", "note_issued": "applied", "see_original": "issued",
        "clear": "seen"}  # fmt: skip


ELSEWHERE = [(step, status) for step in STEPS for status in CheckStatus if status != FROM[step]]


@pytest.mark.parametrize(("step", "status"), ELSEWHERE)
def test_no_step_is_made_from_anywhere_but_where_it_begins(person, officer, now, step, status):
    Application.objects.filter(ambassador=person).update(check_agreed_at=now)
    make.requirement(person, kind=RequirementKind.SELF, recorded_by=person.user)
    check = make.check(person, status=status)
    assert refusal(STEPS[step], check=check, by=officer, at=now) == ["state"]
    check.refresh_from_db()
    assert check.status == status and not check.events.exists()


@pytest.mark.parametrize("step", STEPS)
def test_nobody_takes_a_step_with_their_own_check_nor_without_the_part(person, now, step):
    own = make.staff(Role.VETTING_OFFICER)
    check = make.check(make.ambassador(user=own), status=CheckStatus(FROM[step]))
    if step != "note_issued":  # whose certificate has come says so themselves
        assert refusal(STEPS[step], check=check, by=own, at=now) == ["own_record"]
    lead = make.staff(Role.SAFEGUARDING_LEAD)
    assert refusal(STEPS[step], check=check, by=lead, at=now) == ["not_vetting_officer"]


def test_no_other_way_puts_a_check_on_record(person, officer, now):
    words = {"ambassador": person, "started_on": date(2027, 1, 4), "by": officer, "at": now}
    assert refusal(record_requirement, kind=RequirementKind.CRC, **words) == ["own_way"]


def test_a_renewal_leaves_no_gap_and_the_earlier_check_is_followed(officer, colleague, now):
    person = make.ambassador(cleared=True)
    Requirement.objects.filter(ambassador=person, kind=RequirementKind.CRC).delete()
    earlier = make.check(person)
    checks.clear_check(check=earlier, by=colleague, at=now)
    later = make.check(person, issued_on=date(2027, 1, 5))
    checks.clear_check(check=later, by=colleague, at=now + timedelta(days=1))

    earlier.refresh_from_db()
    assert earlier.status == CheckStatus.SUPERSEDED
    first, second = earlier.requirement, Check.objects.get(pk=later.pk).requirement
    day = first.started_on
    while day <= second.valid_until:
        codes = {each.code for each in reasons_not_bookable(person, day, Nation.ENG)}
        assert "CRC" not in codes, day
        day += timedelta(days=30)


def test_a_record_taken_back_withdraws_its_check(person, officer, colleague, now):
    check = make.check(person)
    checks.clear_check(check=check, by=colleague, at=now)
    assert refusal(checks.withdraw_check, check=check, by=officer, at=now) == ["decided"]
    check.refresh_from_db()
    withdraw_requirement(requirement=check.requirement, by=officer, at=now)
    check.refresh_from_db()
    assert check.status == CheckStatus.WITHDRAWN


def test_every_step_is_on_the_audit_record(person, officer, colleague, now):
    check = make.check(person, status=ISSUED)
    checks.see_original(check=check, certificate=SEEN, by=officer, at=now)
    checks.clear_check(check=check, by=colleague, at=now)
    told = Entry.objects.filter(object_type="ambassadors.check").values_list("action", "actor")
    assert list(told) == [("check.see_original", officer.pk), ("check.clear", colleague.pk)]


@pytest.mark.parametrize("status", [CheckStatus.ASSESSING, CheckStatus.ESCALATED, CheckStatus.APPEALED])
def test_no_officer_takes_away_what_is_being_weighed(person, officer, now, status):
    check = make.check(person, status=status)
    assert refusal(checks.withdraw_check, check=check, by=officer, at=now) == ["state"]
