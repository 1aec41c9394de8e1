"""Whether the two sides of a visit are too close to rate each other (rule G-04)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from ambassadors.models import Ambassador
from bookings.enums import SeatStatus
from bookings.models import Visit
from quality.enums import ConflictKind
from quality.models import Feedback
from schools.domains import domain_of, is_public
from schools.enums import ContactStatus
from schools.models import Contact, SchoolDomain

# So long after somebody has stopped acting for a school they are still one of its own.
FORMER = timedelta(days=730)
# By which a teacher, and an ambassador, says that the two know each other otherwise.
SAYS_SO = ("T16", "A13")


def conflicts_of(visit: Visit) -> Iterator[ConflictKind]:
    """Why this visit is not rated, by what both sides say and by what is known of them; each reason once."""
    leads = visit.seats.leads().filter(status=SeatStatus.TAKEN).select_related("ambassador__user")
    people = [seat.ambassador for seat in leads if seat.ambassador is not None]
    if any(_is_declared(form.answers) for form in Feedback.objects.submitted().filter(visit=visit)):
        yield ConflictKind.DECLARED
    if any(_works_there(person, visit) for person in people):
        yield ConflictKind.EMPLOYER
    if visit.starts_at is not None and any(_acted_for(person, visit, visit.starts_at) for person in people):
        yield ConflictKind.STAFF


def _is_declared(answers: dict[str, Any]) -> bool:
    return any(answers.get(code) == "yes" for code in SAYS_SO)


def _works_there(person: Ambassador, visit: Visit) -> bool:
    """Whether somebody's address, or employer, is the school's own: where anyone could have one it says nothing."""
    school = visit.request.school
    own = {domain for email in (person.email, person.reached_at) if (domain := domain_of(email))}
    own = {domain for domain in own if not is_public(domain)}
    if domain_of(visit.supervising_email) in own:
        return True
    named = person.organisation.strip().casefold()
    if named and named == school.name.strip().casefold():
        return True
    return SchoolDomain.objects.filter(school=school, domain__in=own).exists()


def _acted_for(person: Ambassador, visit: Visit, when: datetime) -> bool:
    """Whether somebody has acted for the school within 24 months before the visit, or does."""
    if person.user is None:
        return False
    lately = Q(events__status=ContactStatus.ENDED, events__at__gt=when - FORMER)
    part = Q(status=ContactStatus.APPROVED) | Q(status=ContactStatus.ENDED) & lately
    return Contact.objects.of(person.user).filter(part, school=visit.request.school).exists()
