"""Coming to act for a school, and being told no."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from schools import notifications, permissions
from schools.domains import domain_of
from schools.enums import ContactStatus, SchoolStatus
from schools.models import Contact, School, SchoolDomain
from schools.operations.domains import verify_domain
from schools.workflow import CONTACT
from stem.accounts.addresses import verified_address_of
from stem.letters.post import post
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def claim_school(*, school: School, user: "User", job_title: str, phone: str, at: datetime) -> Contact:
    """Ask to act for a school.

    Whoever's verified address is at a domain that the school has verified is let in at once, by a rule; the lead hears
    of it. Everyone else waits for the lead or a coordinator. Refuses with `school_closed` or `claimed_before`.
    """
    school = School.objects.locked(school)
    if school.status != SchoolStatus.OPEN:
        raise refuse("school_closed", Kind.STATE, _("This school is closed in the register. Search for its successor."))
    contact, is_new = Contact.objects.get_or_create(
        school=school, user=user, defaults={"job_title": job_title, "phone": phone, "asked_at": at}
    )
    lead = Contact.objects.leading().filter(school=school).select_related("user").first()
    if not is_new:
        _claim_again(contact, job_title=job_title, phone=phone, at=at)
    # Someone who was told no, or whose part has ended, is looked at by a person, whatever their address says.
    if is_new and _address_proves(user, school):
        _let_in(contact, by=None, at=at)
        _tell_lead(notifications.colleague_joined, lead, contact, at=at)
    else:
        _tell_lead(notifications.colleague_waits, lead, contact, at=at)
    return contact


def _claim_again(contact: Contact, *, job_title: str, phone: str, at: datetime) -> None:
    """Ask anew after a no, or after stopping. Refuses with `claimed_before`."""
    if contact.status not in (ContactStatus.DECLINED, ContactStatus.ENDED):
        raise refuse("claimed_before", Kind.STATE, _("You have asked for this school already."))
    CONTACT.move(contact, "claim_again", by=contact.user, at=at, job_title=job_title, phone=phone, asked_at=at)


def _address_proves(user: "User", school: School) -> bool:
    """Whether this person's verified address is at a domain that the school has verified."""
    domain = domain_of(verified_address_of(user))
    return bool(domain) and SchoolDomain.objects.filter(school=school, domain=domain).exists()


def _tell_lead(fact: notifications.ToLead, lead: Contact | None, contact: Contact, *, at: datetime) -> None:
    """A letter to whoever leads at the school, if anyone does."""
    if lead is not None:
        key = f"{contact.pk} {at}"
        post(fact, to=lead.user, due_at=at, contact_id=contact.pk, lead_id=lead.pk, key=key)


def _let_in(contact: Contact, *, by: "User | None", at: datetime) -> None:
    """Approve; the first person to act for a school leads there. The caller holds the school. Refuses with `state`."""
    CONTACT.move(contact, "approve", by=by, at=at)
    if not Contact.objects.leading().filter(school=contact.school_id).exists():
        CONTACT.move(contact, "lead", by=None, at=at, is_lead=True)
    post(notifications.contact_approved, to=contact.user, due_at=at, contact_id=contact.pk, key=f"{contact.pk} {at}")


@transaction.atomic
def approve_contact(*, contact: Contact, by: "User", at: datetime, verify_their_domain: bool = False) -> None:
    """Let this person act for the school; a coordinator may let in others with the same domain from then on.

    Refuses with `not_lead` or `state`; for the domain as `verify_domain` does, or with `no_domain`.
    """
    # The school first: two who are approved in the same instant would both be the first, and both lead.
    school = School.objects.locked(contact.school)
    contact = Contact.objects.locked(contact)
    permissions.check_may_decide_contacts(by, school)
    _let_in(contact, by=by, at=at)
    if verify_their_domain:
        domain = domain_of(verified_address_of(contact.user))
        if not domain:
            raise refuse("no_domain", Kind.INPUT, _("This person has not verified an address at a domain we can read."))
        if not SchoolDomain.objects.filter(school=school, domain=domain).exists():
            verify_domain(school=school, domain=domain, by=by, at=at)


@transaction.atomic
def take_back_claims(*, user: "User", at: datetime) -> None:
    """Ask no longer for any school that one waits to act for."""
    waiting = Contact.objects.select_for_update(no_key=True, of=("self",)).of(user).awaiting().order_by("pk")
    for contact in waiting:
        CONTACT.move(contact, "take_back", by=user, at=at)


@transaction.atomic
def decline_contact(*, contact: Contact, by: "User", at: datetime) -> None:
    """Say that we could not confirm this person. Refuses with `not_lead` or `state`."""
    contact = Contact.objects.locked(contact)
    permissions.check_may_decide_contacts(by, contact.school)
    CONTACT.move(contact, "decline", by=by, at=at)
    post(notifications.contact_declined, to=contact.user, due_at=at, contact_id=contact.pk, key=f"{contact.pk} {at}")
