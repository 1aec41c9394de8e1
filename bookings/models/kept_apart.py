"""Who would rather not meet again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Joins
from ambassadors.models import Ambassador
from bookings.enums import Side
from bookings.querysets import KeptApartQuerySet
from schools.models import School


class KeptApart(models.Model):
    """That nobody asks an ambassador for a school any more, by the word of one of the two (rule 6.4).

    Why is not asked: a worry has a form of its own. The other side never learns it. Taken back the row is gone.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    said_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    when_merged = Joins()
    objects = KeptApartQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "ambassador", "side"], name="kept_apart_once_by_each_side"),
            models.CheckConstraint(condition=models.Q(side__in=Side.values), name="kept_apart_by_one_of_both"),
        ]

    def __str__(self) -> str:
        return f"{self.ambassador_id} and school {self.school_id}"
