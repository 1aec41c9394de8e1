"""Coming to act for a school, and stopping."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from schools import notifications, permissions
from schools.enums import ContactStatus, SchoolStatus
from schools.models import Contact, School
from schools.workflow import CONTACT
from stem.letters.post import post
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def claim_school(*, school: School, user: "User", job_title: str, phone: str, at: datetime) -> Contact:
    """Ask to act for a school; a coordinator checks before anything can be asked in its name.

    Refuses with `school_closed` or `claimed_before`.
    """
    if school.status != SchoolStatus.OPEN:
        raise refuse("school_closed", Kind.STATE, _("This school is closed in the register. Search for its successor."))
    contact, is_new = Contact.objects.get_or_create(
        school=school, user=user, defaults={"job_title": job_title, "phone": phone, "asked_at": at}
    )
    if not is_new:
        _claim_again(contact, job_title=job_title, phone=phone, at=at)
    return contact


def _claim_again(contact: Contact, *, job_title: str, phone: str, at: datetime) -> None:
    """Ask anew after a no, or after stopping. Refuses with `claimed_before`."""
    if contact.status not in (ContactStatus.DECLINED, ContactStatus.ENDED):
        raise refuse("claimed_before", Kind.STATE, _("You have asked for this school already."))
    CONTACT.move(contact, "claim_again", by=contact.user, at=at)
    contact.job_title, contact.phone, contact.asked_at = job_title, phone, at
    contact.save(update_fields=["job_title", "phone", "asked_at"])


@transaction.atomic
def approve_contact(*, contact: Contact, by: "User", at: datetime) -> None:
    """Let this person act for the school. Refuses with `not_coordinator` or `state`."""
    contact = Contact.objects.locked(contact)
    permissions.check_may_decide_contacts(by, contact.school)
    CONTACT.move(contact, "approve", by=by, at=at)
    post(notifications.contact_approved, to=contact.user, due_at=at, contact_id=contact.pk, key=f"{contact.pk} {at}")


@transaction.atomic
def decline_contact(*, contact: Contact, by: "User", at: datetime) -> None:
    """Say that we could not confirm this person. Refuses with `not_coordinator` or `state`."""
    contact = Contact.objects.locked(contact)
    permissions.check_may_decide_contacts(by, contact.school)
    CONTACT.move(contact, "decline", by=by, at=at)
    post(notifications.contact_declined, to=contact.user, due_at=at, contact_id=contact.pk, key=f"{contact.pk} {at}")


@transaction.atomic
def end_contact(*, contact: Contact, by: "User", at: datetime) -> None:
    """Stop acting for a school. Refuses with `not_coordinator` or `state`."""
    contact = Contact.objects.locked(contact)
    if contact.user_id != by.pk:
        permissions.check_may_decide_contacts(by, contact.school)
    CONTACT.move(contact, "end", by=by, at=at)
