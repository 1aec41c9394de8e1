"""Letters about acting for a school, one function a fact."""

from schools.enums import ContactStatus
from schools.models import Contact
from stem.letters.drafts import Draft, Envelope


def _find(contact_id: int, status: ContactStatus) -> Contact | None:
    return Contact.objects.filter(pk=contact_id, status=status).select_related("user", "school").first()


def contact_approved(draft: Draft, *, contact_id: int) -> Envelope | None:
    """You may now ask for visits in your school's name."""
    contact = _find(contact_id, ContactStatus.APPROVED)
    if contact is None:
        return None
    context = {"contact": contact, "home": draft.page("school_home")}
    return Envelope(contact.user.full_name, contact.user.email, context)


def contact_declined(draft: Draft, *, contact_id: int) -> Envelope | None:
    """We could not confirm that you act for this school."""
    contact = _find(contact_id, ContactStatus.DECLINED)
    if contact is None:
        return None
    context = {"contact": contact, "contact_page": draft.page("contact")}
    return Envelope(contact.user.full_name, contact.user.email, context)
