"""The update service: who agreed that it is asked, and what it answered when (rules V-40, V-41)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.models.check import Check
from ambassadors.models.standing import Requirement
from stem.querysets import HouseQuerySet
from stem.update_service import StatusResult


class UpdateConsent(models.Model):
    """Somebody's yes to being looked up from time to time, until they withdraw it."""

    check_of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="consents")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = HouseQuerySet["UpdateConsent"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_of"], condition=Q(withdrawn_at__isnull=True), name="one_consent_for_each_check"
            )
        ]

    def __str__(self) -> str:
        return f"Consent to {self.check_of_id}"


class StatusCheck(models.Model):
    """One question to the service and what it came to; nothing else that it said is kept."""

    check_of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="status_checks")
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(_("answer"), max_length=20, choices=StatusResult)
    # what a "current" puts on record
    requirement = models.OneToOneField(Requirement, null=True, on_delete=models.PROTECT, related_name="status_check")

    objects = HouseQuerySet["StatusCheck"].as_manager()

    class Meta:
        ordering = ["-checked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.result} at {self.checked_at:%Y-%m-%d}"
