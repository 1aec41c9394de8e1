"""Saying whose addresses prove that someone works at a school."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from schools import permissions
from schools.domains import is_public, read_domain
from schools.models import School, SchoolDomain
from stem.audit.record import record
from stem.promises import kept
from stem.rules import Kind, Reason, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def verify_domain(*, school: School, domain: str, by: "User", at: datetime) -> SchoolDomain:
    """From now on whoever has an address at this domain may act for the school without being looked at.

    Refuses with `not_coordinator`, `domain` when it is none or anyone could have an address there, or `domain_known`.
    """
    permissions.check_may_verify_domains(by, school)
    spelt = read_domain(domain)
    if not spelt:
        raise refuse(
            "domain", Kind.INPUT, _("Enter what stands behind the @ in the school’s addresses, such as brook.sch.uk.")
        )
    if is_public(spelt):
        raise refuse(
            "domain",
            Kind.INPUT,
            _("Anyone could have an address at %(domain)s. Enter a domain that is the school’s own.")
            % {"domain": spelt},
        )
    known = Reason("domain_known", Kind.STATE, _("This school has that domain already."))
    with kept(SchoolDomain, domain_once_per_school=known):
        verified = SchoolDomain.objects.create(school=school, domain=spelt, verified_at=at, verified_by=by)
    record("school_domain.verify", verified, by=by, at=at)
    return verified


@transaction.atomic
def remove_domain(*, domain: SchoolDomain, by: "User", at: datetime) -> None:
    """Let nobody in by this domain any more; who acts for the school already stays. Refuses with `not_coordinator`."""
    permissions.check_may_verify_domains(by, domain.school)
    record("school_domain.remove", domain, by=by, at=at)
    domain.delete()
