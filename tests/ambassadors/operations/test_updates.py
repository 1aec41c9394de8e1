"""Relying on the update service: who agrees to it, what a "current" counts for, and what ends that (V-40 to V-43)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ambassadors.eligibility import reasons_not_bookable
from ambassadors.enums import AmbassadorStatus, CheckBody, CheckStatus, RequirementKind
from ambassadors.held import updates as held_updates
from ambassadors.models import Ambassador, Application, Check, Requirement, StatusCheck, UpdateConsent
from ambassadors.operations.assessments import bar
from ambassadors.operations.checks import begin_check, clear_check
from ambassadors.operations.forgetting import forget_drafts
from ambassadors.operations.requirements import withdraw_requirement
from ambassadors.operations.updates import consent_to_updates, record_status, withdraw_consent
from ambassadors.queries.renewals import running_out
from ambassadors.queries.updates import told_of_updates
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.models import Letter
from stem.nations import Nation
from stem.policy.operations import confirm_value, set_value
from stem.rules import Refusal
from stem.update_service import StatusResult
from tests import make
from tests.stem.administrators import administrator

pytestmark = pytest.mark.django_db
CURRENT, NOT_CURRENT, NO_MATCH = StatusResult.CURRENT, StatusResult.NOT_CURRENT, StatusResult.NO_MATCH
LONG_AGO = date(2020, 3, 2)


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Olu Officer")


@pytest.fixture
def person() -> Ambassador:
    """In date for all but the check, which is the tests' own."""
    person = make.ambassador(cleared=True)
    person.requirements.filter(kind=RequirementKind.CRC).delete()
    Application.objects.create(ambassador=person, started_at=make.NOW, paid_or_credited=False)
    return person


@pytest.fixture
def check(person) -> Check:
    """One that was decided long ago: its own three years are over, and its holder has agreed."""
    check = make.decided_check(
        person, issued_on=LONG_AGO, barred_list=True, conditions="paired", status=CheckStatus.CONDITIONS
    )
    check.consents.create(given_at=make.NOW)
    return check


def refusal(operation, **arguments) -> list[str]:
    with pytest.raises(Refusal) as refused:
        operation(**arguments)
    return refused.value.codes


def answer(check: Check, result: StatusResult, by, now, *, seen: int | None = None) -> None:
    seen = check.status_checks.count() if seen is None else seen
    record_status(check=check, result=result, seen=seen, by=by, at=now)


def may_come(person: Ambassador, day: date) -> bool:
    return not reasons_not_bookable(person, day, Nation.ENG)


def test_a_current_answer_makes_a_check_of_long_ago_count_for_a_year(check, person, officer, now):
    assert not may_come(person, now.date())
    answer(check, CURRENT, officer, now)
    row = StatusCheck.objects.get().requirement
    # twelve months less a day (V-02), with all that was decided about the certificate and nothing more
    assert (row.started_on, row.valid_until) == (date(2027, 1, 12), date(2028, 1, 11))
    assert (row.body, row.barred_list, row.conditions) == (CheckBody.DBS, True, "paired")
    assert row.evidence == "Update service"
    assert [may_come(person, row.valid_until + timedelta(days=days)) for days in (0, 1)] == [True, False]


def test_whoever_decided_stands_for_it_beside_whoever_asked(check, officer, now):
    answer(check, CURRENT, officer, now)
    row = StatusCheck.objects.get().requirement
    assert (row.recorded_by, row.recorded_at) == (officer, now)
    assert (row.confirmed_by, row.confirmed_at) == (check.second_decider, check.requirement.confirmed_at)


def test_one_of_the_two_who_decided_may_ask_and_the_other_stands_beside(check, now):
    for decider in ("second_decider", "first_decider"):
        officer = make.staff(Role.VETTING_OFFICER, email=f"{decider}@scheme.example")
        Check.objects.filter(pk=check.pk).update(**{decider: officer})
        answer(check, CURRENT, officer, now)
        row = StatusCheck.objects.last().requirement
        assert row.recorded_by == officer and row.confirmed_by not in (None, officer)


def test_how_long_it_counts_is_the_scheme_s_to_say_and_takes_two_people(check, officer, now):
    bea = administrator("bea@scheme.example", "Bea Admin")
    decided = set_value("update_service_months", 6, from_day=now.date(), by=administrator(), at=now)
    answer(check, CURRENT, officer, now)
    confirm_value(decided=decided, by=bea, at=now)
    answer(check, CURRENT, officer, now)
    assert [each.requirement.valid_until for each in StatusCheck.objects.all()] == [
        date(2028, 1, 11),
        date(2027, 7, 11),
    ]


def test_only_what_two_people_have_decided_of_a_dbs_certificate_is_relied_on(person, officer, now):
    for status in CheckStatus:
        body = {} if status in (CheckStatus.REQUIRED,) else {"body": CheckBody.DBS}
        check = make.decided_check(person, status=status, **body)
        check.consents.create(given_at=now)
        expected = [] if status in (CheckStatus.OK, CheckStatus.CONDITIONS) else ["state"]
        if expected:
            assert refusal(answer, check=check, result=CURRENT, by=officer, now=now) == expected, status
            assert refusal(consent_to_updates, check=check, by=person.user, at=now) == expected, status
        else:
            answer(check, CURRENT, officer, now)
        Check.objects.filter(pk=check.pk).update(status=CheckStatus.WITHDRAWN)


@pytest.mark.parametrize("body", [CheckBody.PVG, CheckBody.ACCESS_NI])
def test_it_knows_dbs_certificates_alone(person, officer, now, body):
    check = make.decided_check(person, body=body)
    assert refusal(consent_to_updates, check=check, by=person.user, at=now) == ["body"]
    check.consents.create(given_at=now)
    assert refusal(answer, check=check, result=CURRENT, by=officer, now=now) == ["body"]


def test_a_check_whose_record_was_taken_back_by_a_later_no_is_never_current_again(check, person, officer, now):
    # Something newer was decided: this one still says "suitable", and its record counts no longer.
    check.requirement.withdrawn_by, check.requirement.withdrawn_at = officer, now
    check.requirement.save()
    assert refusal(answer, check=check, result=CURRENT, by=officer, now=now) == ["state"]


def test_nobody_is_asked_about_who_has_not_agreed_or_is_gone(check, person, officer, now):
    withdraw_consent(check=check, by=person.user, at=now)
    assert refusal(answer, check=check, result=CURRENT, by=officer, now=now) == ["no_consent"]
    consent_to_updates(check=check, by=person.user, at=now)
    for status in (AmbassadorStatus.LEFT, AmbassadorStatus.DECLINED):
        Ambassador.objects.filter(pk=person.pk).update(status=status)
        assert refusal(answer, check=check, result=CURRENT, by=officer, now=now) == ["left"]
        assert refusal(consent_to_updates, check=check, by=person.user, at=now) == ["left"]


@pytest.mark.parametrize(("free", "paid", "codes"), [(True, True, ["paid"]), (True, False, []), (False, True, [])])
def test_a_volunteer_s_certificate_is_not_relied_on_for_paid_visits(check, person, officer, now, free, paid, codes):
    Check.objects.filter(pk=check.pk).update(volunteer_free=free)
    Application.objects.filter(ambassador=person).update(paid_or_credited=paid)
    if codes:
        assert refusal(answer, check=check, result=CURRENT, by=officer, now=now) == codes
    else:
        answer(check, CURRENT, officer, now)


def test_only_an_officer_of_the_region_records_it_and_nobody_about_themselves(check, person, now):
    lead, stranger = make.staff(Role.SAFEGUARDING_LEAD), make.user()
    for by in (lead, stranger):
        assert refusal(answer, check=check, result=CURRENT, by=by, now=now) == ["not_vetting_officer"]
    own = make.staff(Role.VETTING_OFFICER, email="own@scheme.example")
    Ambassador.objects.filter(pk=person.pk).update(user=own)
    check.refresh_from_db()
    assert refusal(answer, check=check, result=CURRENT, by=own, now=now) == ["own_record"]


def test_an_older_page_does_not_answer_again(check, officer, now):
    answer(check, NO_MATCH, officer, now, seen=0)
    assert refusal(answer, check=check, result=NO_MATCH, by=officer, now=now, seen=0) == ["answered_meanwhile"]
    assert StatusCheck.objects.count() == 1


def test_nothing_follows_from_no_match_and_it_is_keyed_once_more(check, person, officer, now):
    answer(check, CURRENT, officer, now)
    letters = Letter.objects.count()
    answer(check, NO_MATCH, officer, now)
    answer(check, NO_MATCH, officer, now)
    assert refusal(answer, check=check, result=CURRENT, by=officer, now=now) == ["keyed_twice"]
    assert may_come(person, now.date()) and Letter.objects.count() == letters
    later = now + timedelta(days=7)
    answer(check, CURRENT, officer, later)


def test_not_current_ends_whatever_counts_and_begins_a_new_check(check, person, officer, now):
    answer(check, CURRENT, officer, now)
    make.requirement(
        person, kind=RequirementKind.CRC, body=CheckBody.PVG, recorded_by=officer, confirmed_by=make.user()
    )
    answer(check, NOT_CURRENT, officer, now + timedelta(days=1))
    assert not person.requirements.filter(kind=RequirementKind.CRC, withdrawn_at=None).exists()
    assert not may_come(person, now.date())
    check.refresh_from_db()
    assert check.status == CheckStatus.WITHDRAWN
    assert person.checks.under_way().get().status == CheckStatus.REQUIRED
    assert not person.holds.exists()
    # What is once out of date is not asked about again.
    assert refusal(answer, check=check, result=CURRENT, by=officer, now=now) == ["state"]


def test_with_a_newer_check_under_way_that_one_is_the_new_one(check, person, officer, now):
    begun = begin_check(ambassador=person, by=person.user, at=now)
    answer(check, NOT_CURRENT, officer, now)
    assert person.checks.under_way().get() == begun


def test_the_letter_says_that_a_new_check_is_needed_and_not_why(check, person, officer, now):
    answer(check, NOT_CURRENT, officer, now)
    letter = Letter.objects.get(recipient=person.user)
    assert letter.fact_name.endswith("new_check_needed") and letter.is_confidential


def test_a_newer_check_takes_the_place_of_the_old_one_s_answers(check, person, officer, now):
    answer(check, CURRENT, officer, now)
    newer = make.check(person, issued_on=date(2027, 1, 4), seen_by=officer)
    colleague = make.staff(Role.VETTING_OFFICER, email="cora@scheme.example")
    clear_check(check=newer, by=colleague, at=now)
    # Begun later than the newer certificate, it would have spoken before it, conditions and all.
    assert [row.check_made for row in Requirement.objects.checks_on(now.date())] == [newer]
    check.refresh_from_db()
    assert check.status == CheckStatus.SUPERSEDED
    assert refusal(answer, check=check, result=CURRENT, by=officer, now=now) == ["state"]


def test_a_check_recorded_in_error_takes_its_answers_with_it(check, person, officer, now):
    answer(check, CURRENT, officer, now)
    withdraw_requirement(requirement=check.requirement, by=officer, at=now)
    assert not may_come(person, now.date())


def test_whoever_is_barred_is_not_asked_about(check, person, officer, now):
    answer(check, CURRENT, officer, now)
    bar(ambassador=person, by=make.staff(Role.SAFEGUARDING_LEAD), at=now)
    assert not may_come(person, now.date())
    assert refusal(answer, check=check, result=CURRENT, by=officer, now=now) == ["state"]


def test_only_the_person_themselves_agrees_and_twice_is_once(person, officer, now):
    check = make.decided_check(person)
    assert refusal(consent_to_updates, check=check, by=officer, at=now) == ["not_your_profile"]
    for _again in range(2):
        consent_to_updates(check=check, by=person.user, at=now)
    assert UpdateConsent.objects.get().given_at == now
    assert refusal(withdraw_consent, check=check, by=officer, at=now) == ["not_your_profile"]


def test_the_database_keeps_one_open_consent_and_three_words(check, officer, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        check.consents.create(given_at=now)
    for result, row in (("blank", None), ("current", None), ("not_current", check.requirement)):
        with pytest.raises(IntegrityError), transaction.atomic():
            check.status_checks.create(checked_at=now, checked_by=officer, result=result, requirement=row)


def test_without_consent_what_rests_on_the_service_ends_within_28_days(check, person, officer, now):
    answer(check, CURRENT, officer, now)
    before = StatusCheck.objects.get().requirement
    withdraw_consent(check=check, by=person.user, at=now)
    row = StatusCheck.objects.get().requirement
    # its last day is the 28th, so that the check is due on the day after it
    assert row.valid_until == date(2027, 2, 8)
    assert [may_come(person, day) for day in (date(2027, 2, 8), date(2027, 2, 9))] == [True, False]
    before.refresh_from_db()
    assert (before.withdrawn_by, before.valid_until) == (person.user, date(2028, 1, 11))
    assert (row.recorded_by, row.recorded_at, row.confirmed_by) == (officer, now, before.confirmed_by)
    assert row in running_out(now.date())
    assert refusal(withdraw_consent, check=check, by=person.user, at=now) == ["no_consent"]


def test_a_certificate_within_its_own_three_years_does_not_rest_on_the_service(person, officer, now):
    check = make.decided_check(person, issued_on=date(2026, 10, 20))
    consent_to_updates(check=check, by=person.user, at=now)
    answer(check, CURRENT, officer, now)
    withdraw_consent(check=check, by=person.user, at=now)
    assert may_come(person, date(2029, 8, 31))


def test_what_ends_sooner_anyway_is_left_as_it_is(check, person, officer, now):
    answer(check, CURRENT, officer, now)
    row = StatusCheck.objects.get().requirement
    withdraw_consent(check=check, by=person.user, at=now + timedelta(days=350))
    assert StatusCheck.objects.get().requirement == row
    row.refresh_from_db()
    assert row.withdrawn_at is None


def test_agreed_again_it_is_asked_again(check, person, officer, now):
    answer(check, CURRENT, officer, now)
    withdraw_consent(check=check, by=person.user, at=now)
    consent_to_updates(check=check, by=person.user, at=now + timedelta(days=1))
    answer(check, CURRENT, officer, now + timedelta(days=1))
    assert may_come(person, date(2028, 1, 12))


def test_each_step_is_in_the_audit_record(check, person, officer, now):
    answer(check, CURRENT, officer, now)
    withdraw_consent(check=check, by=person.user, at=now)
    said = Entry.objects.order_by("pk").values_list("action", "outcome", "actor")
    assert list(said) == [
        ("requirement.record", "done", officer.pk),
        ("check.status", "current", officer.pk),
        ("consent.withdraw", "done", person.user_id),
        ("requirement.withdraw", "done", person.user_id),
        ("requirement.record", "done", person.user_id),
    ]


def test_the_person_is_told_what_we_hold_of_it(check, person, officer, now):
    answer(check, CURRENT, officer, now + timedelta(hours=1))
    withdraw_consent(check=check, by=person.user, at=now + timedelta(days=1))
    listed = held_updates(person.user, now).listed
    assert [what for _day, what in listed.rows] == ["You took that back", "Current", "You agreed that it is asked"]
    assert held_updates(make.user(), now).listed.rows == []


def test_an_officer_reads_when_they_agreed_and_each_answer(check, person, officer, now):
    answer(check, CURRENT, officer, now + timedelta(minutes=1))
    told = told_of_updates(check, at=now)
    assert (told.agreed_at, told.last.result, told.seen, told.why_not) == (now, CURRENT, 1, "")
    assert sorted(each.title for each in told.happened) == ["Agreed to the update service", "Update service: Current"]


def test_rows_are_seen_by_whoever_sees_the_check(check, officer, now):
    answer(check, CURRENT, officer, now)
    for rows in (UpdateConsent.objects, StatusCheck.objects):
        assert rows.visible_to(officer).count() == 1
        assert rows.visible_to(check.ambassador.user).count() == rows.visible_to(make.user()).count() == 0


def test_a_draft_with_a_consent_is_kept_as_its_certificate_is(person, check, now):
    Ambassador.objects.filter(pk=person.pk).update(status=AmbassadorStatus.DRAFT)
    assert forget_drafts(at=now + timedelta(days=400)) == 0
