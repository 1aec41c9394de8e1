"""Letters about acting for a school, one function a fact."""

from collections.abc import Callable

from schools.enums import ContactStatus
from schools.models import Contact
from stem.letters.drafts import Draft, Envelope, about, gathered
from stem.letters.kinds import LetterKind

ToLead = Callable[..., Envelope | None]


def _find(contact_id: int, status: ContactStatus) -> Contact | None:
    return Contact.objects.filter(pk=contact_id, status=status).select_related("user", "school").first()


@about(LetterKind.SCHOOL)
def contact_approved(draft: Draft, *, contact_id: int) -> Envelope | None:
    """You may now ask for visits in your school's name."""
    contact = _find(contact_id, ContactStatus.APPROVED)
    if contact is None:
        return None
    context = {"contact": contact, "home": draft.page("school_home")}
    return Envelope(contact.user.full_name, contact.user.email, context)


@about(LetterKind.SCHOOL)
def contact_declined(draft: Draft, *, contact_id: int) -> Envelope | None:
    """We could not confirm that you act for this school."""
    contact = _find(contact_id, ContactStatus.DECLINED)
    if contact is None:
        return None
    context = {"contact": contact, "contact_page": draft.page("contact")}
    return Envelope(contact.user.full_name, contact.user.email, context)


@about(LetterKind.SCHOOL)
def contact_ended(draft: Draft, *, contact_id: int) -> Envelope | None:
    """You no longer act for this school, and how to ask again if that is wrong."""
    contact = _find(contact_id, ContactStatus.ENDED)
    if contact is None:
        return None
    context = {"contact": contact, "contact_page": draft.page("contact")}
    return Envelope(contact.user.full_name, contact.user.email, context)


@about(LetterKind.SCHOOL)
def lead_passed_on(draft: Draft, *, contact_id: int) -> Envelope | None:
    """You lead at your school now, and what that means."""
    contact = _find(contact_id, ContactStatus.APPROVED)
    if contact is None or not contact.is_lead:
        return None
    context = {"contact": contact, "people": draft.page("school_people")}
    return Envelope(contact.user.full_name, contact.user.email, context)


@about(LetterKind.SCHOOL)
def colleague_waits(draft: Draft, *, contact_id: int, lead_id: int) -> Envelope | None:
    """Someone asks to act for your school: say whether they work there."""
    return _to_lead(draft, _find(contact_id, ContactStatus.AWAITING), lead_id)


@about(LetterKind.SCHOOL_NEWS)
@gathered
def colleague_joined(draft: Draft, *, contact_id: int, lead_id: int) -> Envelope | None:
    """Someone with an address at your school's domain acts for it now."""
    return _to_lead(draft, _find(contact_id, ContactStatus.APPROVED), lead_id)


def _to_lead(draft: Draft, contact: Contact | None, lead_id: int) -> Envelope | None:
    """To whoever led at the school when it happened, if they still do; who follows them reads it on their page."""
    lead = Contact.objects.leading().filter(pk=lead_id).select_related("user").first()
    if contact is None or lead is None:
        return None
    context = {"contact": contact, "people": draft.page("school_people")}
    return Envelope(lead.user.full_name, lead.user.email, context)
