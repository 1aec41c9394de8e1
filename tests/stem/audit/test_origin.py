"""What an entry says beside who did what: from where it came; and what else is put on record (L-02, L-03)."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.core.management import call_command
from django.test import RequestFactory
from django.urls import reverse

from ambassadors.enums import CheckStatus
from stem.accounts.roles import Role
from stem.audit.chain import NOTHING, batch_of, digest_of_entry, digest_of_seal
from stem.audit.models import Entry, Seal
from stem.audit.origin import Origin, acting, network_of, origin
from stem.audit.reading import rows_after
from stem.audit.verification import verify
from tests import make
from tests.clients import client_of
from tests.stem.accounts.test_signing_in import totp_code
from tests.stem.audit.tampering import entries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Olu Officer")


def last(action: str) -> Entry:
    return Entry.objects.filter(action=action).latest("pk")


def test_an_entry_names_the_page_the_part_the_request_and_the_network(officer):
    client, check = client_of(officer, second_factor=True), make.check(make.applicant(), status=CheckStatus.SEEN)
    for _ in range(2):
        client.get(reverse("check", args=[check.pk]), REMOTE_ADDR="198.51.100.77")
    first, second = Entry.objects.filter(action="check.read")
    assert (first.page, first.part, first.address) == ("check", "vetting_officer", "198.51.100.0")
    assert len(first.request) == 16 and first.request != second.request
    assert origin() == Origin()


def test_of_several_parts_those_are_named_for_which_the_page_is_open():
    lead = make.staff(Role.SAFEGUARDING_LEAD, Role.COORDINATOR, name="Lena Lead", email="lena@leads.example")
    check = make.check(make.applicant(), status=CheckStatus.ESCALATED)
    client_of(lead, second_factor=True).get(reverse("check_to_weigh", args=[check.pk]))
    assert last("check.weigh").part == "safeguarding_lead"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.130", "192.0.2.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ("::ffff:192.0.2.130", "192.0.2.0"),
        ("no address", ""),
        ("", ""),
    ],
)
def test_of_an_address_only_its_network_is_kept(address, network):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_a_command_is_named_and_what_is_known_ends_with_it():
    with acting(page="outer", address="192.0.2.0"):
        call_command("locate", "LS2 9JT", "--json")
        assert origin() == Origin(page="outer", address="192.0.2.0")


def test_a_page_that_is_not_theirs_is_refused_and_the_try_is_on_record(officer):
    client = client_of(officer, second_factor=True)
    assert client.get(reverse("checks_to_weigh")).status_code == 403
    entry = last("page.refuse")
    assert (entry.actor, entry.outcome, entry.page) == (officer, "refused", "checks_to_weigh")


def test_what_is_not_theirs_to_do_is_on_record_with_its_reason(officer):
    check = make.check(make.applicant(), status=CheckStatus.SEEN, seen_by=officer)
    client_of(officer, second_factor=True).post(reverse("clear_check", args=[check.pk]))
    entry = last("clear_check.refuse")
    assert (entry.actor, entry.outcome, entry.object_id) == (officer, "same_person", str(check.pk))


def test_what_nobody_could_do_now_is_no_denial(officer):
    check = make.check(make.applicant(), status=CheckStatus.APPLIED)
    client_of(officer, second_factor=True).post(reverse("clear_check", args=[check.pk]))
    assert not Entry.objects.filter(action__endswith=".refuse").exists()


def test_signing_in_and_failing_to_is_on_record_and_nothing_that_was_typed(client):
    user = make.user(email="uma@people.example")
    for email in ("uma@people.example", "nobody@people.example"):
        client.post(reverse("account_login"), {"login": email, "password": "swordfish swordfish"})
    failed = Entry.objects.filter(action="sign_in.fail")
    assert list(failed.values_list("actor", "object_id", "outcome")) == [
        (None, str(user.pk), "refused"), (None, "", "refused"),
    ]  # fmt: skip
    client.post(reverse("account_login"), {"login": "uma@people.example", "password": "correct horse battery"})
    assert last("sign_in").actor == user
    kept = repr(list(Entry.objects.values()))
    assert "swordfish" not in kept and "nobody@" not in kept and "uma@" not in kept


def test_a_wrong_code_of_the_second_factor_is_on_record_and_the_right_one_signs_in(client):
    officer = make.staff(Role.VETTING_OFFICER, email="olu@scheme.example")
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    client.post(reverse("account_login"), {"login": officer.email, "password": "correct horse battery"})
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert (last("factor.fail").object_id, last("factor.fail").outcome) == (str(officer.pk), "refused")
    assert not Entry.objects.filter(action="sign_in").exists()
    client.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})
    assert last("sign_in").actor == officer


@pytest.mark.parametrize(("people", "entries_made"), [(100, 0), (101, 1)])
def test_a_search_that_finds_more_than_a_hundred_people_is_on_record(officer, people, entries_made):
    for number in range(people):
        make.ambassador(name=f"Ada {number}")
    client_of(officer, second_factor=True).get(reverse("ambassadors"))
    assert Entry.objects.filter(action="ambassador.search").count() == entries_made


def test_what_was_sealed_before_entries_said_so_much_stands_as_it_did(now):
    entries(3, at=now)
    rows = rows_after(0, 10)
    batch = batch_of([digest_of_entry(row, 1) for row in rows])
    seal = Seal(number=1, version=1, first=rows[0][0], last=rows[-1][0], count=3, at=now, previous=NOTHING)
    seal.contents, seal.marks = batch.contents, batch.marks
    seal.digest = digest_of_seal(seal)
    seal.save()
    assert (verify().entries, verify().broken_at) == (3, None)
