"""Whom a request must not find for what was between them and its school, as a condition on the register (rule 6.4).

Its twin for thousands at once, and for many requests of one person, is in `matching.standings`.
"""

from django.db.models import Exists, OuterRef, Q

from bookings.matching.wanted import Wanted
from bookings.models import KeptApart

NOBODY = Q(pk__isnull=True)


def is_kept_from(wanted: Wanted) -> Q:
    """Whoever would rather not go to the school, or whom it would rather not meet again; nobody is told which."""
    if wanted.school is None:
        return NOBODY
    return Q(Exists(KeptApart.objects.filter(ambassador=OuterRef("pk"), school=wanted.school)))
