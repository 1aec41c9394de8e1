"""Coming to act for a school: by its domain, by its lead, by a coordinator."""

import pytest
from allauth.account.models import EmailAddress

from schools.enums import ContactStatus
from schools.models import Contact, SchoolDomain
from schools.operations.contacts import approve_contact, claim_school, decline_contact
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.geography.models import Region, RegionArea
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


def facts() -> list[str]:
    return [letter.fact.rpartition(".")[2] for letter in Letter.objects.order_by("pk")]


def claim(school, user, now) -> Contact:
    return claim_school(school=school, user=user, job_title="Teacher", phone="01632 960001", at=now)


def test_whoever_has_an_address_at_the_school_s_domain_is_let_in_at_once_by_a_rule(now):
    school = make.domain(domain="brook.sch.uk").school
    lead = make.contact(school=school, lead=True)

    contact = claim(school, make.user(email="t.new@Brook.SCH.uk"), now)

    assert (contact.status, contact.is_lead) == (ContactStatus.APPROVED, False)
    assert [(event.kind, event.by) for event in contact.events.all()] == [("approve", None)]
    assert Entry.objects.filter(action="contact.approve", actor=None, object_id=str(contact.pk)).exists()
    assert facts() == ["contact_approved", "colleague_joined"]
    assert [letter.recipient for letter in Letter.objects.order_by("pk")] == [contact.user, lead.user]


@pytest.mark.parametrize(
    "address",
    [
        *("t@pupils.brook.sch.uk", "t@sch.uk", "t@brook.sch.uk.example", "t@mybrook.sch.uk", "t@gmail.com"),
        "brook.sch.uk@gmail.com",
    ],
)
def test_any_other_address_waits(address, now):
    school = make.domain(domain="brook.sch.uk").school

    assert claim(school, make.user(email=address), now).status == ContactStatus.AWAITING


def test_an_address_that_is_not_verified_proves_nothing(now):
    school = make.domain(domain="brook.sch.uk").school
    user = make.user(email="t@brook.sch.uk")
    EmailAddress.objects.update(verified=False)

    assert claim(school, user, now).status == ContactStatus.AWAITING


def test_an_old_address_that_someone_still_keeps_proves_nothing(now):
    school = make.domain(domain="brook.sch.uk").school
    user = make.user(email="t@elsewhere.example")
    EmailAddress.objects.create(user=user, email="t@brook.sch.uk", verified=True, primary=False)

    assert claim(school, user, now).status == ContactStatus.AWAITING


def test_a_domain_lets_into_its_own_schools_only(now):
    trust = [make.school(), make.school()]
    for school in trust:
        make.domain(school=school, domain="trust.org.uk")
    user = make.user(email="t@trust.org.uk")

    assert [claim(school, user, now).status for school in (*trust, make.school())] == [
        ContactStatus.APPROVED,
        ContactStatus.APPROVED,
        ContactStatus.AWAITING,
    ]


@pytest.mark.parametrize("status", [ContactStatus.DECLINED, ContactStatus.ENDED])
def test_who_was_told_no_before_is_looked_at_whatever_their_address(status, now):
    school = make.domain(domain="brook.sch.uk").school
    contact = make.contact(school=school, user=make.user(email="t@brook.sch.uk"), status=status)

    assert claim(school, contact.user, now).status == ContactStatus.AWAITING


def test_the_lead_hears_that_a_colleague_waits(now):
    lead = make.contact(lead=True)

    claim(lead.school, make.user(), now)

    assert facts() == ["colleague_waits"]
    assert Letter.objects.get().recipient == lead.user


def test_the_first_to_be_let_in_leads_and_the_next_does_not(now):
    school, officer = make.school(), make.staff(Role.COORDINATOR)
    first, second = make.contact(school=school, approved=False), make.contact(school=school, approved=False)

    approve_contact(contact=first, by=officer, at=now)
    approve_contact(contact=second, by=first.user, at=now)

    assert [(contact.status, contact.is_lead) for contact in Contact.objects.order_by("pk")] == [
        (ContactStatus.APPROVED, True),
        (ContactStatus.APPROVED, False),
    ]
    assert [event.kind for event in first.events.all()] == ["approve", "lead"]


def everyone_else(contact):
    region = Region.objects.create(name="Wales", slug="wales", nation="wales")
    RegionArea.objects.create(region=region, area="CF")
    return {
        "a colleague who does not lead": make.contact(school=contact.school).user,
        "the lead of another school": make.contact(lead=True).user,
        "a coordinator elsewhere": make.staff(Role.COORDINATOR, regions=(region,)),
        "a safeguarding lead": make.staff(Role.SAFEGUARDING_LEAD),
        "they themselves": contact.user,
    }


@pytest.mark.parametrize("decide", [approve_contact, decline_contact])
def test_nobody_else_decides(decide, now):
    contact = make.contact(approved=False)
    for who, user in everyone_else(contact).items():
        with pytest.raises(Refusal) as refusal:
            decide(contact=contact, by=user, at=now)
        assert refusal.value.codes == ["not_lead"], who
    contact.refresh_from_db()
    assert contact.status == ContactStatus.AWAITING


def test_the_lead_says_no(now):
    lead = make.contact(lead=True)
    contact = make.contact(school=lead.school, approved=False)

    decline_contact(contact=contact, by=lead.user, at=now)

    contact.refresh_from_db()
    assert (contact.status, contact.events.get().by) == (ContactStatus.DECLINED, lead.user)


def test_a_coordinator_may_let_in_others_with_the_same_domain(now):
    contact = make.contact(approved=False, user=make.user(email="t@brook.sch.uk"))
    officer = make.staff(Role.COORDINATOR)

    approve_contact(contact=contact, by=officer, at=now, verify_their_domain=True)

    verified = SchoolDomain.objects.get()
    assert (verified.school, verified.domain, verified.verified_by) == (contact.school, "brook.sch.uk", officer)
    assert claim(contact.school, make.user(email="next@brook.sch.uk"), now).status == ContactStatus.APPROVED


@pytest.mark.parametrize(
    ("address", "by_lead", "code"),
    [("t@gmail.com", False, "domain"), ("t@brook.sch.uk", True, "not_coordinator")],
)
def test_a_domain_that_may_not_be_verified_approves_nobody_either(address, by_lead, code, now):
    lead = make.contact(lead=True)
    contact = make.contact(school=lead.school, approved=False, user=make.user(email=address))
    by = lead.user if by_lead else make.staff(Role.COORDINATOR)

    with pytest.raises(Refusal) as refusal:
        approve_contact(contact=contact, by=by, at=now, verify_their_domain=True)

    contact.refresh_from_db()
    assert refusal.value.codes == [code]
    assert (contact.status, SchoolDomain.objects.count()) == (ContactStatus.AWAITING, 0)


def test_a_domain_that_is_verified_already_is_no_obstacle(now):
    contact = make.contact(approved=False, user=make.user(email="t@brook.sch.uk"))
    make.domain(school=contact.school, domain="brook.sch.uk")

    approve_contact(contact=contact, by=make.staff(Role.COORDINATOR), at=now, verify_their_domain=True)

    assert SchoolDomain.objects.count() == 1
