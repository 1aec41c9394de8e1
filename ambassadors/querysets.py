"""The door to the register of ambassadors."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

from ambassadors.enums import AmbassadorStatus, OfferingKind, RequirementKind
from stem.accounts.scope import areas_looked_after_by
from stem.geography.located import LocatedQuerySet
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from ambassadors.models import Ambassador, Hold, Requirement
    from stem.accounts.models import User


class AmbassadorQuerySet(LocatedQuerySet["Ambassador"]):
    """People of the register."""

    def active(self) -> Self:
        """Those who take part now."""
        return self.filter(status=AmbassadorStatus.ACTIVE)

    def offering(self, kind: OfferingKind, *codes: str) -> Self:
        """Those who offer at least one of these subjects (or stages, activities, languages)."""
        offerings = self.related("offerings")
        return self.filter(Exists(offerings.filter(ambassador=OuterRef("pk"), kind=kind, code__in=codes)))

    def visible_to(self, user: "User") -> Self:
        """Oneself, and for scheme staff the people of their regions."""
        areas = areas_looked_after_by(user)
        everywhere = areas is None
        return self.all() if everywhere else self.filter(Q(area__in=areas) | Q(user=user))

    def other_than(self, user: "User") -> Self:
        """All of these but oneself."""
        return self.exclude(user=user)

    def matching_text(self, text: str) -> Self:
        """People whose name, e-mail, employer or scheme number holds every word of this text."""
        found = self
        for word in text.split()[:6]:
            found = found.filter(
                Q(full_name__icontains=word)
                | Q(known_as__icontains=word)
                | Q(email__icontains=word)
                | Q(organisation__icontains=word)
                | Q(scheme_number__iexact=word)
            )
        return found


class RequirementQuerySet(HouseQuerySet["Requirement"]):
    """Dated facts about people."""

    def visible_to(self, user: "User") -> Self:
        """Those of the people this person may see."""
        people = self.related("ambassador")
        return self.filter(ambassador__in=people.visible_to(user))

    def counting_on(self, day: date) -> Self:
        """Those in force on this day. A criminal record check counts once a second person has confirmed it."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            Q(confirmed_by__isnull=False) | ~Q(kind=RequirementKind.CRC),
            started_on__lte=day,
            withdrawn_at__isnull=True,
        )


class HoldQuerySet(HouseQuerySet["Hold"]):
    """Reasons not to book someone."""

    def visible_to(self, user: "User") -> Self:
        """Those of the people this person may see."""
        people = self.related("ambassador")
        return self.filter(ambassador__in=people.visible_to(user))

    def in_force_on(self, day: date) -> Self:
        """Those that stand on this day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, lifted_at__isnull=True)
