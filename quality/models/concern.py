"""A worry, kept apart from every rating."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models import Visit
from quality.enums import ConcernLevel, ConcernStatus
from quality.querysets import ConcernQuerySet
from stem.history import Event


class Concern(models.Model):
    """What someone told the scheme's safeguarding lead, in their own words (rule C-01). No pupil is named."""

    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=10, choices=ConcernStatus, default=ConcernStatus.RAISED)
    level = models.CharField(_("taken to be"), max_length=20, choices=ConcernLevel, blank=True)

    # told by
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    told_by = models.CharField(_("your name"), max_length=150)
    told_by_role = models.CharField(_("your part in this"), max_length=100)
    contact = models.CharField(_("how we can reach you today"), max_length=150)

    # told
    words = models.TextField(_("what happened"), max_length=5000)
    school_told = models.BooleanField(_("the school's safeguarding lead knows"), default=False)

    # What the audit record says of it is kept as long as it is (rule 3.4).
    outlives_audit = True

    objects = ConcernQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at", "pk"]

    def __str__(self) -> str:
        return f"Concern {self.pk}"

    @property
    def reference(self) -> str:
        """What people quote on the telephone; it tells nothing."""
        return f"C{self.pk:05d}"


class ConcernEvent(Event):
    """What was done about a worry."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="events")
