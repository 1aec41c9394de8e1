"""When somebody was at a school last, and how soon it is asked whether somebody may come, as reckoned last."""

from django.db import models
from django.db.models import Q

from bookings.querysets import CoverageQuerySet
from schools.models import School


class Coverage(models.Model):
    """How one open school is reached (rules E-20, E-21), its visits before it got a new number among them.

    Kept so that every school of a nation stands on a map and in a list in its order without a look at every visit.
    It is reckoned each night, of no person, and gone with the school.
    """

    school = models.OneToOneField(School, on_delete=models.CASCADE, related_name="+")
    reckoned_at = models.DateTimeField()
    # visits that took place: the last of all, how many in 36 months, and how many in the last of these three years
    last_on = models.DateField(null=True)
    visits = models.PositiveIntegerField()
    year_visits = models.PositiveIntegerField()
    # Of what the order is reckoned from: the mean of its percentiles, and minutes to the middle one of the five
    # ambassadors who live nearest; None where nobody knows.
    disadvantage = models.FloatField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    score = models.FloatField()

    objects = CoverageQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "school"]
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="coverage_score_from_0_to_1"),
            models.CheckConstraint(condition=Q(visits__gte=models.F("year_visits")), name="coverage_year_within_three"),
        ]
        indexes = [models.Index(fields=["-score", "school"], name="coverage_coldest_first")]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.visits}, last {self.last_on}"
