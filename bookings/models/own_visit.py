"""What someone arranged without us."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Joins
from ambassadors.models import Ambassador
from bookings.enums import Mode
from bookings.querysets import OwnVisitQuerySet
from stem.nations import Nation


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
