"""What someone at a school is working on, and who could go on with it when they leave."""

from dataclasses import dataclass

from bookings.enums import RequestStatus
from bookings.models import Request
from schools.models import Contact


@dataclass(frozen=True)
class Handover:
    """One person's part in a school, all that depends on it, and the colleagues who could take it over."""

    contact: Contact
    requests: list[Request]
    colleagues: list[Contact]

    @property
    def live(self) -> list[Request]:
        """What somebody must go on with: everything but drafts, which nobody waits for."""
        return [request for request in self.requests if request.status != RequestStatus.DRAFT]

    @property
    def drafts(self) -> int:
        """How many drafts there are; what stands in them is nobody's outside the school."""
        return len(self.requests) - len(self.live)

    @property
    def is_stuck(self) -> bool:
        """Whether someone waits for an answer and nobody is there to give it."""
        return bool(self.live) and not self.colleagues

    @property
    def needs_successor(self) -> bool:
        """Whether there is something to take over, and someone who could."""
        return bool(self.colleagues) and (bool(self.requests) or self.contact.is_lead)


def handover_of(contact: Contact) -> Handover:
    """What this person would leave behind, in two queries; colleagues by how long they have acted for the school."""
    colleagues = Contact.objects.approved().colleagues_of(contact).select_related("user")
    return Handover(contact, list(Request.objects.in_hand_of(contact).order_by("submitted_at", "pk")), list(colleagues))
