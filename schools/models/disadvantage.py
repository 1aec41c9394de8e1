"""How a school's pupils stand among those of its kind."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools.enums import Measure
from schools.models.school import School
from schools.querysets import DisadvantageQuerySet


class Disadvantage(models.Model):
    """A school's place by one measure (rules E-02, E-03).

    It is its place among the schools of its nation and phase of which the same measure of the same year is known.
    Reckoned by us again and again: nothing is told here that a register does not tell elsewhere.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="disadvantage")
    measure = models.CharField(_("measure"), max_length=20, choices=Measure)
    vintage = models.PositiveSmallIntegerField(_("census of"))
    # From 0 for the least disadvantaged of them to 1 for the most; schools that are alike share their middle place.
    percentile = models.FloatField()
    among = models.PositiveIntegerField(_("among so many schools"))

    objects = DisadvantageQuerySet.as_manager()

    class Meta:
        ordering = ["school", "measure"]
        constraints = [
            models.UniqueConstraint(fields=["school", "measure"], name="disadvantage_once_by_each_measure"),
            models.CheckConstraint(condition=Q(percentile__gte=0, percentile__lte=1), name="disadvantage_from_0_to_1"),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {self.measure} {self.vintage}: {self.percentile}"
