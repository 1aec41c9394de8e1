"""Verifying a domain for a school, and taking it away."""

import pytest

from schools.models import SchoolDomain
from schools.operations.domains import remove_domain, verify_domain
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


def test_one_domain_stands_for_several_schools_and_once_for_each(now):
    officer, first, second = make.staff(Role.COORDINATOR), make.school(), make.school()
    for school in (first, second):
        verify_domain(school=school, domain="@Trust.org.uk.", by=officer, at=now)

    with pytest.raises(Refusal) as refusal:
        verify_domain(school=first, domain="trust.org.uk", by=officer, at=now)

    assert refusal.value.codes == ["domain_known"]
    assert set(SchoolDomain.objects.values_list("school", "domain")) == {
        (first.pk, "trust.org.uk"),
        (second.pk, "trust.org.uk"),
    }
    assert Entry.objects.filter(action="school_domain.verify", actor=officer).count() == 2


@pytest.mark.parametrize(
    "typed", ["", "gmail.com", "Hotmail.co.uk", "sch.uk", "ac.uk", "brook", "br\x00ook.sch.uk", "x" * 100_000]
)
def test_what_proves_nothing_is_refused_in_one_sentence(typed, now):
    with pytest.raises(Refusal) as refusal:
        verify_domain(school=make.school(), domain=typed, by=make.staff(Role.COORDINATOR), at=now)

    assert refusal.value.codes == ["domain"]
    assert len(refusal.value.told_to()) < 200
    assert not SchoolDomain.objects.exists()


def test_neither_the_lead_nor_anyone_else_verifies_or_removes(now):
    lead = make.contact(lead=True)
    domain = make.domain(school=lead.school)
    for act in (
        lambda: verify_domain(school=lead.school, domain="other.sch.uk", by=lead.user, at=now),
        lambda: remove_domain(domain=domain, by=lead.user, at=now),
    ):
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.codes == ["not_coordinator"]
    assert [each.domain for each in SchoolDomain.objects.all()] == [domain.domain]


def test_a_removed_domain_lets_nobody_in_and_leaves_its_trace(now):
    domain, officer = make.domain(), make.staff(Role.COORDINATOR)

    remove_domain(domain=domain, by=officer, at=now)

    assert not SchoolDomain.objects.exists()
    assert Entry.objects.filter(action="school_domain.remove", actor=officer).exists()
