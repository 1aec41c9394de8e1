"""What the registers' files brought, load by load, and which school follows which."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schools.enums import SuccessionStatus
from schools.models.school import RegisterColumns, School
from schools.querysets import SchoolVersionQuerySet, SuccessionQuerySet
from stem.history import Event
from stem.loads.models import Load


class SchoolVersion(RegisterColumns):
    """A school as one load brought it: a row for each load in which it was new, or different from before.

    Three things in one: where a load is staged before it comes into force, the school's history, and what an undo goes
    back to.
    """

    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="+")
    # None until a new school comes into force, and again once an undo has taken it away.
    school = models.ForeignKey(School, null=True, on_delete=models.SET_NULL, related_name="versions")
    # Where in the file; None for a school that the file lacks, and which is closed for that.
    line = models.PositiveIntegerField(null=True)
    is_new = models.BooleanField()

    objects = SchoolVersionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["load", "school"], name="version_by_load")]


class Succession(models.Model):
    """That one school follows another: told by the register's file of links, or found by us and for a person to say."""

    predecessor = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    successor = models.ForeignKey(School, on_delete=models.CASCADE, related_name="successions")
    status = models.CharField(max_length=10, choices=SuccessionStatus, default=SuccessionStatus.PROPOSED)
    on = models.DateField(_("since"), null=True, blank=True)
    because = models.CharField(_("because"), max_length=200, blank=True)
    load = models.ForeignKey(Load, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        ordering = ["successor", "predecessor"]
        constraints = [
            models.UniqueConstraint(fields=["successor", "predecessor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(successor=F("predecessor")), name="succession_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class SuccessionEvent(Event):
    """What happened to a succession."""

    succession = models.ForeignKey(Succession, on_delete=models.CASCADE, related_name="events")
