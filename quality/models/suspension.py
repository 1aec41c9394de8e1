"""Keeping someone out of schools while something is looked into: precaution, not a finding (rule V-70)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Moves
from ambassadors.models import Ambassador, Hold
from quality.enums import SuspensionStatus
from quality.querysets import SuspensionQuerySet
from stem.history import Event


class Suspension(models.Model):
    """One suspension: the hold that keeps someone from every visit, when it is looked at again, and who would lift it.

    Why stands on the hold, which safeguarding leads alone may read. Nothing here changes the person's own status:
    whoever sees that would learn what they must not.
    """

    ambassador = models.ForeignKey(Ambassador, on_delete=models.PROTECT, related_name="+")
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=10, choices=SuspensionStatus, default=SuspensionStatus.STANDING)
    review_by = models.DateField(_("to be looked at again by"))
    lift_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    # What the audit record says of it is kept as long as it is (rule 3.4).
    outlives_audit = True

    when_merged = Moves(_("Both are suspended: let one of the two suspensions end first."))
    objects = SuspensionQuerySet.as_manager()

    class Meta:
        ordering = ["review_by", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ambassador"], condition=~Q(status=SuspensionStatus.LIFTED), name="suspended_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(status=SuspensionStatus.STANDING, lift_proposed_by__isnull=True)
                | ~Q(status=SuspensionStatus.STANDING) & Q(lift_proposed_by__isnull=False),
                name="lifting_has_its_first_of_two",
            ),
        ]

    def __str__(self) -> str:
        return f"Suspension {self.pk}"


class SuspensionEvent(Event):
    """What was done about a suspension."""

    suspension = models.ForeignKey(Suspension, on_delete=models.PROTECT, related_name="events")
