"""What decides whether someone may be booked: dated facts, and holds."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.lookups import GreaterThanOrEqual

from ambassadors import conduct
from ambassadors.enums import HoldKind, RequirementKind
from ambassadors.querysets.ambassador import OfPeopleQuerySet

if TYPE_CHECKING:
    from ambassadors.models import Check, Hold, Requirement


class RequirementQuerySet(OfPeopleQuerySet["Requirement"]):
    """Dated facts about people."""

    def counting_on(self, day: date | OuterRef) -> Self:
        """Those in force on this day, or on the day of the row around a subquery.

        A criminal record check counts once a second person has confirmed it, and the code of conduct as long as its
        version does.
        """
        return self.filter(self.condition_of_counting_on(day))

    @staticmethod
    def condition_of_counting_on(day: date | OuterRef) -> Q:
        """The same as a condition, for whoever counts some rows beside others."""
        return _of_a_code_in_force(day) & Q(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            Q(confirmed_by__isnull=False) | ~Q(kind=RequirementKind.CRC),
            started_on__lte=day,
            withdrawn_at__isnull=True,
        )

    def resting_on_service(self, check: "Check") -> Self:
        """Those that stand because the update service said of this check that it is current (V-41)."""
        return self.filter(status_check__check_of=check, withdrawn_at__isnull=True)

    def checks_on(self, day: date) -> Self:
        """The checks that speak for people on this day: of each issuer the latest that counts.

        A new check takes the place of the one before it, conditions and all; another issuer's stands beside it.
        """
        counting = self.filter(self.condition_of_counting_on(day), kind=RequirementKind.CRC)
        later = self.model.objects.filter(
            Q(started_on__gt=OuterRef("started_on")) | Q(started_on=OuterRef("started_on"), pk__gt=OuterRef("pk")),
            self.condition_of_counting_on(day),
            kind=RequirementKind.CRC,
            ambassador=OuterRef("ambassador"),
            body=OuterRef("body"),
        )
        return counting.filter(~Exists(later))


def _of_a_code_in_force(day: date | OuterRef) -> Q:
    """That it is no acceptance of a version of the code whose days of grace are over on this day."""
    if isinstance(day, date):
        renewed_from = conduct.renewed_from(day)
        return Q() if renewed_from is None else ~Q(kind=RequirementKind.CODE, started_on__lt=renewed_from)
    in_force = Q()
    for since in conduct.VERSIONS[1:]:
        grace_over = GreaterThanOrEqual(day, Value(since + conduct.GRACE))
        in_force &= ~Q(grace_over, kind=RequirementKind.CODE, started_on__lt=since)
    return in_force


class HoldQuerySet(OfPeopleQuerySet["Hold"]):
    """Reasons not to book someone."""

    def in_force_on(self, day: date) -> Self:
        """Those that stand on this day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, lifted_at__isnull=True)

    def open_absences(self) -> Self:
        """Those that say of someone that they are away, and not until when, and that nobody has ended."""
        return self.filter(kind=HoldKind.AWAY, ends_on__isnull=True, lifted_at__isnull=True)
