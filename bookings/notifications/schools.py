"""Letters to schools that have not asked; None when the fact is true no longer."""

from bookings.envelopes import to_lead
from bookings.models import Coverage, Invitation
from schools.enums import ContactStatus
from stem.letters.drafts import Draft, Envelope, about, by_day
from stem.letters.kinds import LetterKind


@about(LetterKind.INVITATIONS)
@by_day
def school_invited(draft: Draft, *, invitation_id: int) -> Envelope | None:
    """Nobody has been to your school lately: these are the subjects that people near you would come for."""
    rows = Invitation.objects.waiting().filter(pk=invitation_id)
    invitation = rows.select_related("school", "contact__user", "contact__school", "by").first()
    if invitation is None or invitation.contact is None or invitation.contact.status != ContactStatus.APPROVED:
        return None
    has_been = Coverage.objects.filter(school=invitation.school, last_on__isnull=False).exists()
    return to_lead(draft, invitation.contact, has_been=has_been, words=invitation.words, by=invitation.by.full_name)
