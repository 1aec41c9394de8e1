"""What has become of a visit eight weeks later."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models import Visit
from quality.querysets import FollowUpQuerySet


class FollowUp(models.Model):
    """That a teacher was asked once more about a visit, and what they answered, once and for all (rule 2.2, TF-2)."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(_("instrument"), max_length=30)
    invited_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    # When whoever had not answered was asked again: once.
    reminded_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    answers = models.JSONField(default=dict)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]

    def __str__(self) -> str:
        return f"Follow-up of visit {self.visit_id}"
