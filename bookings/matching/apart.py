"""Whom a request must not find for what was between them and its school, as conditions on the register (rule 6.4).

Its twin for thousands at once, and for many requests of one person, is in `matching.standings`.
"""

from typing import Any

from django.db.models import Exists, F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Trim

from bookings.enums import PROMISED, RequestStatus
from bookings.matching.wanted import Interval, Wanted
from bookings.models import KeptApart, Seat, Visit
from bookings.querysets import VisitQuerySet

NOBODY = Q(pk__isnull=True)


class SmallLetters(Func):
    """A text in small letters as `SchoolClass` writes it: those from A to Z, on both databases."""

    function = "LOWER"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Whatever language the database is set up for."""
        return self.as_sql(compiler, connection, template='%(function)s(%(expressions)s COLLATE "C")', **context)


def is_kept_from(wanted: Wanted) -> Q:
    """Whoever would rather not go to the school, or whom it would rather not meet again; nobody is told which."""
    if wanted.school is None:
        return NOBODY
    return Q(Exists(KeptApart.objects.filter(ambassador=OuterRef("pk"), school=wanted.school)))


def came_last(wanted: Wanted, interval: Interval) -> Q:
    """Whoever came to the class the last time before then, but for whom the school asks for by name.

    Of visits still to come those count that the school has confirmed. The visits of a request for which somebody is
    still looked for count for nobody, its own among them.
    """
    theirs = _visits_of_class(wanted, interval)
    if theirs is None:
        return NOBODY
    last = Subquery(theirs.order_by("-starts_at").values("starts_at")[:1])
    seats = Seat.objects.filter(ambassador=OuterRef("pk"), visit__in=theirs.filter(starts_at=last))
    return Q(Exists(seats)) & ~Q(pk=wanted.again)


def _visits_of_class(wanted: Wanted, interval: Interval) -> VisitQuerySet | None:
    """The promised visits of the class that begin before then; None where nobody knows which class it is."""
    wanted_class = wanted.school_class
    if wanted_class is None:
        return None
    small = SmallLetters(Trim(F("request__year_groups")))
    visits = Visit.objects.alias(class_named=small).exclude(request__status=RequestStatus.OPEN)
    return visits.filter(
        request__school=wanted_class.school,
        request__stage=wanted_class.stage,
        class_named=wanted_class.year_groups,
        status__in=PROMISED,
        starts_at__lt=interval[0],
    )
