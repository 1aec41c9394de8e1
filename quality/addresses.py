"""Whether a letter that asks a school reaches the school, and nobody else (rule G-01)."""

from bookings.models import Visit
from quality.models import ConfirmedAddress
from schools.domains import domain_of
from schools.models import Contact, SchoolDomain


def is_known(visit: Visit) -> bool:
    """Whether the address of the adult who was in the room is one of the school's own.

    It is at a domain that was verified for the school, or of somebody who was let in to act for it, or was confirmed
    by telephone. That of whoever came never is, whatever else it may be.
    """
    school, email = visit.request.school, visit.supervising_email.strip().lower()
    if not email or email in _of_visitors(visit):
        return False
    domain = domain_of(email)
    return (
        bool(domain and SchoolDomain.objects.filter(school=school, domain=domain).exists())
        or Contact.objects.of_school_at(school, email).approved().exists()
        or ConfirmedAddress.objects.of(school.pk, email).exists()
    )


def _of_visitors(visit: Visit) -> set[str]:
    people = [seat.ambassador for seat in visit.seats.select_related("ambassador__user") if seat.ambassador is not None]
    return {email.strip().lower() for person in people for email in (person.email, person.reached_at)}
