"""What someone arranged without us."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Joins
from ambassadors.models import Ambassador
from bookings.enums import Mode
from stem.nations import Nation
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User


class OwnVisitQuerySet(HouseQuerySet["OwnVisit"]):
    """Visits that people arranged themselves."""

    def visible_to(self, user: "User") -> Self:
        """One's own: others learn no more than that a day is one too many."""
        return self.filter(ambassador__user=user)

    def with_pupils(self, first: date, last: date, nations: Iterable[Nation]) -> Self:
        """Those with under-18s, from the first of these days to the last, in these nations (rule V-15)."""
        return self.filter(with_under_18s=True, day__gte=first, day__lte=last, nation__in=[*nations])


class OwnVisit(models.Model):
    """A day that an ambassador spends with a group they found themselves, past or to come.

    It is told to us because days count across every place (rule V-15); nobody there is named.
    """

    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("day"))
    place = models.CharField(_("school or group"), max_length=100)
    nation = models.CharField(_("nation"), max_length=20, choices=Nation)
    mode = models.CharField(_("in person or online"), max_length=10, choices=Mode)
    with_under_18s = models.BooleanField(_("with anyone under 18"))
    added_at = models.DateTimeField()

    when_merged = Joins()
    objects = OwnVisitQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint("ambassador", "day", Lower("place"), name="own_visit_once_a_day_and_place"),
        ]
        indexes = [models.Index(fields=["day", "ambassador"], name="own_visit_by_day")]

    def __str__(self) -> str:
        return f"{self.place} {self.day:%Y-%m-%d}"
