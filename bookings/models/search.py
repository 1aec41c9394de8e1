"""What was asked for where, and how many could come: to see where people are missing."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.enums import SearchKind
from bookings.querysets import SearchQuerySet
from stem.curriculum import SUBJECT_CHOICES, Stage
from stem.nations import Nation


class Search(models.Model):
    """One question, once a day however often it was asked: of a postcode district, never of a school or a person.

    What asked it is not kept, and nothing finer than the day: it is about no one, and stays.
    """

    kind = models.CharField(max_length=10, choices=SearchKind)
    day = models.DateField()

    # where: the district ("S10") is blank where the school's postcode does not tell it
    nation = models.CharField(max_length=20, choices=Nation)
    area = models.CharField(max_length=2)
    district = models.CharField(max_length=4, blank=True)

    # what; a visitor need not say for which stage
    subject = models.CharField(_("subject"), max_length=40, choices=SUBJECT_CHOICES)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, blank=True)
    online = models.BooleanField()

    # how many could come, when it was first asked that day
    found = models.PositiveIntegerField()

    objects = SearchQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "district", "nation", "subject", "stage", "online", "kind", "day"],
                name="search_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} in {self.district or self.area}"
