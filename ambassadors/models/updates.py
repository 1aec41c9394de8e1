"""The update service: who agreed that it is asked, and what it answered when (rules V-40, V-41)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.models.check import Check
from ambassadors.models.standing import Requirement
from ambassadors.querysets import OfChecksQuerySet
from stem.update_service import StatusResult


class UpdateConsent(models.Model):
    """Somebody's yes to being looked up from time to time, until they take it back."""

    check_of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="consents")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = OfChecksQuerySet["UpdateConsent"].as_manager()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_of"], condition=Q(withdrawn_at__isnull=True), name="one_consent_for_each_check"
            ),
        ]

    def __str__(self) -> str:
        return f"Consent to {self.check_of_id}"


class StatusCheck(models.Model):
    """One question to the service and what it came to; nothing else that it said is kept."""

    check_of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="status_checks")
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(_("answer"), max_length=20, choices=StatusResult)
    # what a "current" puts on record, as long as it stands for that
    requirement = models.OneToOneField(Requirement, null=True, on_delete=models.PROTECT, related_name="status_check")

    objects = OfChecksQuerySet["StatusCheck"].as_manager()

    class Meta:
        ordering = ["checked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(result=StatusResult.CURRENT, requirement__isnull=False)
                | ~Q(result=StatusResult.CURRENT) & Q(requirement__isnull=True),
                name="only_a_current_answer_counts",
            ),
            models.CheckConstraint(condition=Q(result__in=StatusResult.values), name="status_is_one_of_three_words"),
        ]

    def __str__(self) -> str:
        return f"{self.result} at {self.checked_at:%Y-%m-%d}"
