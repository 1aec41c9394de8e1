"""Leading at a school, passing that on, and stopping to act for it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from schools import notifications, permissions
from schools.enums import ContactStatus
from schools.models import Contact, School
from schools.workflow import CONTACT
from stem.letters.post import post
from stem.rules import Kind, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def make_lead(*, contact: Contact, by: "User", at: datetime) -> None:
    """Hand the lead at a school to this colleague, who is told.

    Refuses with `not_lead`, `leads_already`, or `state` when they do not act for the school.
    """
    school = School.objects.locked(contact.school)
    contact = Contact.objects.locked(contact)
    permissions.check_may_decide_contacts(by, school)
    if contact.is_lead:
        raise refuse("leads_already", Kind.STATE, _("This person leads at the school already."))
    CONTACT.check(contact, "lead")
    for before in Contact.objects.leading().filter(school=school):
        CONTACT.move(before, "stop_leading", by=by, at=at, is_lead=False)
    _lead(contact, by=by, at=at)


def _lead(contact: Contact, *, by: "User | None", at: datetime) -> None:
    """This person leads from now on, and hears what that means. The caller holds the school."""
    CONTACT.move(contact, "lead", by=by, at=at, is_lead=True)
    post(notifications.lead_passed_on, to=contact.user, due_at=at, contact_id=contact.pk, key=f"{contact.pk} {at}")


@transaction.atomic
def end_contact(
    *, contact: Contact, by: "User", at: datetime, successor: Contact | None = None, on_behalf_of: str = ""
) -> None:
    """Stop acting for a school; what they were working on is `bookings.operations.leaving`'s to hand over first.

    Where they led, the successor leads, or else whoever has acted for the school longest. Refuses with `not_lead`,
    `state`, or `successor` when that is nobody who acts for the same school.
    """
    school = School.objects.locked(contact.school)
    contact = Contact.objects.locked(contact)
    permissions.check_may_end_contact(by, contact)
    check_successor(contact, successor)
    led = contact.is_lead
    CONTACT.move(contact, "end", by=by, at=at, on_behalf_of=on_behalf_of, is_lead=False, wants_to_leave_at=None)
    if led:
        heir = successor or Contact.objects.approved().filter(school=school).first()
        if heir is not None:
            _lead(Contact.objects.locked(heir), by=None, at=at)
    if contact.user_id != by.pk:
        post(notifications.contact_ended, to=contact.user, due_at=at, contact_id=contact.pk, key=f"{contact.pk} {at}")


def check_successor(contact: Contact, successor: Contact | None) -> None:
    """Whoever takes over is another person who acts for the same school now. Refuses with `successor`."""
    if successor is None:
        return
    successor = Contact.objects.locked(successor)
    acts = successor.status == ContactStatus.APPROVED and successor.school_id == contact.school_id
    if not acts or successor.pk == contact.pk:
        raise refuse("successor", Kind.INPUT, _("Choose a colleague who acts for this school."))


@transaction.atomic
def ask_to_leave(*, contact: Contact, by: "User", at: datetime) -> None:
    """Ask a coordinator to find who takes over, where nobody else acts for the school.

    Asking twice is asking once. Refuses with `not_yours` or `state`.
    """
    contact = _own(contact, by)
    if contact.wants_to_leave_at is None:
        CONTACT.move(contact, "ask_to_leave", by=by, at=at, wants_to_leave_at=at)


@transaction.atomic
def stay(*, contact: Contact, by: "User", at: datetime) -> None:
    """Think better of leaving. Refuses with `not_yours` or `state`; nothing happens to whoever never asked."""
    contact = _own(contact, by)
    if contact.wants_to_leave_at is not None:
        CONTACT.move(contact, "stay", by=by, at=at, wants_to_leave_at=None)


def _own(contact: Contact, by: "User") -> Contact:
    """This contact, held, if it is this person's own part in a school. Refuses with `not_yours`."""
    contact = Contact.objects.locked(contact)
    if contact.user_id != by.pk:
        raise refuse("not_yours", Kind.PERMISSION, _("Only they themselves can say that they want to leave."))
    return contact
