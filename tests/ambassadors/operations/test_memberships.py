"""Membership of Scotland's scheme: linked to us, for life or for sixty months, and ended when its body says so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ambassadors.eligibility import reasons_not_bookable
from ambassadors.enums import AmbassadorStatus, CheckBody, CheckStatus, RequirementKind
from ambassadors.held import checks as checks_held
from ambassadors.held import requirements as requirements_held
from ambassadors.models import Ambassador, Check, Requirement
from ambassadors.operations import checks
from ambassadors.operations.checks import Certificate
from ambassadors.operations.departures import leave_register, note_pvg_told
from ambassadors.operations.memberships import Membership, date_membership
from ambassadors.operations.returning import return_to_scheme
from ambassadors.progress import progress_of
from ambassadors.queries.records import vetting_record
from ambassadors.queries.renewals import reminders_due, running_out
from ambassadors.validity import membership_until
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.encryption import decrypted
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db
LINKED = Membership(joined_on=date(2026, 12, 1), linked_on=date(2027, 1, 5))
SEEN = Certificate("1234123412341234", date(2027, 1, 4), "Our office", True, False, LINKED)
LIFETIME = replace(SEEN, membership=replace(LINKED, joined_on=date(2026, 3, 31)))


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Olu Officer")


@pytest.fixture
def colleague():
    return make.staff(Role.VETTING_OFFICER, name="Cora Colleague")


@pytest.fixture
def person() -> Ambassador:
    """Someone in Edinburgh who has all but the check."""
    person = make.ambassador(name="Morag Member", postcode="EH1 1YZ", cleared=True)
    person.requirements.filter(kind=RequirementKind.CRC).delete()
    return person


@pytest.fixture
def check(person) -> Check:
    return make.check(person, status=CheckStatus.ISSUED, body=CheckBody.PVG)


def refusal(operation, **arguments) -> list[str]:
    with pytest.raises(Refusal) as refused:
        operation(**arguments)
    return refused.value.codes


def decided(check: Check, certificate: Certificate, officer, colleague, at) -> Requirement:
    checks.see_original(check=check, certificate=certificate, by=officer, at=at)
    checks.clear_check(check=check, by=colleague, at=at)
    return Check.objects.get(pk=check.pk).requirement


@pytest.mark.parametrize(
    ("joined_on", "until"),
    [
        (date(2026, 3, 31), None),
        (date(2026, 4, 1), date(2031, 3, 31)),
        (date(2028, 2, 29), date(2033, 2, 27)),
    ],
)
def test_a_membership_lasts_sixty_months_less_a_day_unless_it_began_before_they_ended(joined_on, until):
    assert membership_until(joined_on, 60) == until


def test_it_counts_from_its_linking_until_sixty_months_after_joining(check, officer, colleague, now):
    row = decided(check, SEEN, officer, colleague, now)
    assert (row.started_on, row.valid_until, row.body) == (date(2027, 1, 5), date(2031, 11, 30), CheckBody.PVG)
    check.refresh_from_db()
    assert (check.joined_on, check.linked_on) == (LINKED.joined_on, LINKED.linked_on)
    assert decrypted(bytes(check.number)) == "1234123412341234"
    codes = [each.code for each in reasons_not_bookable(check.ambassador, date(2027, 1, 4), Nation.SCO)]
    assert codes == ["CRC"]
    assert reasons_not_bookable(check.ambassador, date(2027, 1, 5), Nation.SCO) == []
    assert reasons_not_bookable(check.ambassador, date(2031, 11, 30), Nation.SCO) != []  # other requirements end


def test_the_day_of_issue_stands_where_it_is_the_later(check, officer, colleague, now):
    certificate = replace(SEEN, membership=Membership(date(2026, 12, 1), date(2026, 12, 2)))
    assert decided(check, certificate, officer, colleague, now).started_on == SEEN.issued_on


def test_a_lifetime_member_counts_without_a_last_day_and_everyone_reads_why(person, check, officer, colleague, now):
    row = decided(check, LIFETIME, officer, colleague, now)
    assert (row.valid_until, row.last_day, row.is_lifetime_membership) == (None, None, True)
    today = day_of(now)
    assert Requirement.objects.counting_on(date(2060, 1, 1)).filter(pk=row.pk).exists()
    assert row.counts_on(date(2060, 1, 1))
    line = next(each for each in vetting_record(person, on=today).requirements if each.kind == RequirementKind.CRC)
    assert (line.status, line.covered) == ("In date", 365)
    assert "For life, until Disclosure Scotland moves them over: record the day when they are told" in line.detail
    assert not running_out(date(2060, 1, 1)).filter(pk=row.pk).exists()
    assert not reminders_due(today).filter(pk=row.pk).exists()
    step = next(each for each in progress_of(person, on=today).steps if each.title == RequirementKind.CRC.label)
    assert (step.status, step.hint) == ("Done", "")
    told = requirements_held(person.user, now).listed.rows
    assert [each[2] for each in told if "PVG" in each[0]] == ["until Disclosure Scotland says when"]
    (held,) = checks_held(person.user, now).listed.rows
    assert held[-1] == "Joined or renewed Tue 31 Mar 2026, linked to us Tue 5 Jan 2027"


@pytest.mark.parametrize(
    ("membership", "code"),
    [
        (None, "membership"),
        (replace(LINKED, linked_on=date(2027, 1, 13)), "linked_on"),
        (replace(LINKED, joined_on=date(2027, 1, 6)), "linked_on"),
    ],
)
def test_days_that_cannot_be_are_refused(check, officer, now, membership, code):
    certificate = replace(SEEN, membership=membership)
    assert refusal(checks.see_original, check=check, certificate=certificate, by=officer, at=now) == [code]
    check.refresh_from_db()
    assert (check.status, check.number, check.linked_on) == (CheckStatus.ISSUED, None, None)


def test_a_membership_that_is_over_is_refused(check, officer, now):
    later = now + timedelta(days=366 * 5)
    assert refusal(checks.see_original, check=check, certificate=SEEN, by=officer, at=later) == ["joined_on"]


def test_no_other_check_takes_the_days_of_a_membership(officer, now):
    check = make.check(make.applicant(), status=CheckStatus.ISSUED)
    assert refusal(checks.see_original, check=check, certificate=SEEN, by=officer, at=now) == ["membership"]


@pytest.mark.parametrize(
    "columns",
    [
        {"joined_on": date(2027, 1, 2), "linked_on": date(2027, 1, 1)},
        {"linked_on": date(2027, 1, 1)},
        {"joined_on": date(2027, 1, 1)},
        {"joined_on": date(2027, 1, 1), "linked_on": date(2027, 1, 1), "body": CheckBody.DBS},
    ],
)
def test_the_database_keeps_no_membership_that_cannot_be(check, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(pk=check.pk).update(**columns)


def test_one_seen_before_these_days_were_asked_for_counts_from_its_day_of_issue(person, colleague, now):
    check = make.check(person, body=CheckBody.PVG, issued_on=date(2026, 10, 20))
    checks.clear_check(check=check, by=colleague, at=now)
    row = Check.objects.get(pk=check.pk).requirement
    assert (row.started_on, row.valid_until) == (date(2026, 10, 20), date(2031, 10, 19))


def test_a_newer_check_takes_the_place_of_a_lifetime_membership(person, check, officer, colleague, now):
    before = decided(check, LIFETIME, officer, colleague, now)
    later = make.check(person, status=CheckStatus.ISSUED, body=CheckBody.PVG)
    after = decided(later, SEEN, officer, colleague, now)
    before.refresh_from_db()
    assert (before.withdrawn_by, before.withdrawn_at) == (colleague, now)
    assert person.requirements.get(kind=RequirementKind.CRC, withdrawn_at=None) == after
    check.refresh_from_db()
    assert check.status == CheckStatus.SUPERSEDED


def test_its_last_day_takes_the_place_of_none_and_nothing_is_overwritten(person, check, officer, colleague, now):
    held = decided(check, LIFETIME, officer, colleague, now)
    dated = date_membership(requirement=held, last_day=date(2027, 9, 1), by=officer, at=now)
    held.refresh_from_db()
    assert (held.valid_until, held.withdrawn_by, held.withdrawn_at) == (None, officer, now)
    assert (dated.started_on, dated.valid_until) == (held.started_on, date(2027, 9, 1))
    assert (dated.recorded_by, dated.confirmed_by) == (officer, colleague)
    check.refresh_from_db()
    assert (check.requirement, check.status) == (dated, CheckStatus.OK)
    told = list(Entry.objects.filter(object_type="ambassadors.requirement").values_list("action", "object_id"))
    assert told[-2:] == [("requirement.withdraw", str(held.pk)), ("requirement.record", str(dated.pk))]
    assert Requirement.objects.counting_on(date(2027, 9, 1)).filter(kind=RequirementKind.CRC).get() == dated
    assert not Requirement.objects.counting_on(date(2027, 9, 2)).filter(kind=RequirementKind.CRC).exists()


def test_a_last_day_is_put_on_record_once_and_by_an_officer_who_may(person, check, officer, colleague, now):
    held = decided(check, LIFETIME, officer, colleague, now)
    words = {"requirement": held, "last_day": date(2027, 9, 1), "at": now}
    lead = make.staff(Role.SAFEGUARDING_LEAD, email="lena@leads.example")
    assert refusal(date_membership, **words, by=lead) == ["not_vetting_officer"]
    assert refusal(date_membership, **{**words, "last_day": date(2027, 1, 4)}, by=officer) == ["last_day"]
    dated = date_membership(**words, by=officer)
    assert refusal(date_membership, **words, by=officer) == ["dated"]
    assert refusal(date_membership, **{**words, "requirement": dated}, by=officer) == ["dated"]
    own = make.staff(Role.VETTING_OFFICER, email="own@scheme.example")
    Ambassador.objects.filter(pk=person.pk).update(user=own)
    assert refusal(date_membership, **words, by=own) == ["own_record"]


@pytest.mark.parametrize("kind", [RequirementKind.INDUCT, RequirementKind.REF])
def test_what_is_no_membership_gets_no_last_day(officer, now, kind):
    row = make.requirement(make.ambassador(), kind=kind, recorded_by=officer)
    assert refusal(date_membership, requirement=row, last_day=date(2028, 1, 1), by=officer, at=now) == ["dated"]


def test_once_disclosure_scotland_is_told_of_a_leaver_no_membership_is_linked_to_us(
    person, check, officer, colleague, now
):
    held = decided(check, LIFETIME, officer, colleague, now)
    leave_register(ambassador=person, by=person.user, at=now)
    note_pvg_told(ambassador=person, by=officer, at=now)
    held.refresh_from_db()
    check.refresh_from_db()
    assert (held.withdrawn_by, check.status) == (officer, CheckStatus.WITHDRAWN)
    person.refresh_from_db()
    return_to_scheme(ambassador=person, by=person.user, at=now + timedelta(days=3))
    person.refresh_from_db()
    assert person.status == AmbassadorStatus.VETTING
    assert "CRC" in [each.code for each in reasons_not_bookable(person, date(2027, 2, 1), Nation.SCO)]


@pytest.mark.parametrize("status", [CheckStatus.SEEN, CheckStatus.ASSESSING])
def test_a_renewal_that_was_seen_before_is_not_linked_to_us_either(person, officer, colleague, now, status):
    make.clear(person, body=CheckBody.PVG)
    linked = {"body": CheckBody.PVG, "joined_on": date(2026, 10, 1), "linked_on": date(2026, 10, 1)}
    renewal = make.check(person, status=status, **linked)
    leave_register(ambassador=person, by=person.user, at=now)
    note_pvg_told(ambassador=person, by=officer, at=now)
    person.refresh_from_db()
    later = now + timedelta(days=3)
    return_to_scheme(ambassador=person, by=person.user, at=later)
    renewal.refresh_from_db()
    if status == CheckStatus.SEEN:
        assert refusal(checks.clear_check, check=renewal, by=colleague, at=later) == ["state"]
    else:
        checks.decide(renewal, "find_suitable", first=officer, second=colleague, by=None, at=later)
    assert "CRC" in [each.code for each in reasons_not_bookable(person, date(2027, 2, 1), Nation.SCO)]
