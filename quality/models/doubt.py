"""What keeps a form from being counted, or makes somebody look at it twice."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models import Visit
from quality.enums import ConflictKind, OddityKind
from quality.models.feedback import Feedback
from quality.querysets import ArrivalQuerySet, ConflictQuerySet, OddityQuerySet


class Conflict(models.Model):
    """The two sides of a visit are too close for their ratings of it to count; the visit does (rule G-04)."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("why"), max_length=10, choices=ConflictKind)
    found_at = models.DateTimeField()

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["found_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "kind"], name="conflict_once_of_a_kind"),
            models.CheckConstraint(condition=Q(kind__in=ConflictKind.values), name="conflict_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of visit {self.visit_id}"


class Arrival(models.Model):
    """That a form came in from a network, known by a keyed hash alone, and forgotten after a day (rule G-08)."""

    feedback = models.OneToOneField(Feedback, on_delete=models.CASCADE, related_name="+")
    network = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)

    objects = ArrivalQuerySet.as_manager()

    def __str__(self) -> str:
        return f"form {self.feedback_id} at {self.at:%Y-%m-%d %H:%M}"


class Oddity(models.Model):
    """Something odd about a form, until somebody has looked at it. It changes nothing by itself (rule G-08)."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="oddities")
    kind = models.CharField(_("what is odd"), max_length=12, choices=OddityKind)
    found_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OddityQuerySet.as_manager()

    class Meta:
        ordering = ["found_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["feedback", "kind"], name="oddity_once_of_a_kind"),
            models.CheckConstraint(
                condition=Q(looked_at__isnull=True, looked_by__isnull=True)
                | Q(looked_at__isnull=False, looked_by__isnull=False),
                name="oddity_looked_at_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of form {self.feedback_id}"
