"""What people whom another scheme brought were told, and the little that is kept of those who said no (V-94, V-95)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import NoBecause, ToldBy
from ambassadors.following import Joins
from ambassadors.models.ambassador import Ambassador
from ambassadors.models.scheme import Scheme
from ambassadors.querysets import OfPeopleQuerySet
from stem.letters.models import Letter


class Notice(models.Model):
    """Someone was told that we have their data, or reminded of it so many days later: once for each step (V-94)."""

    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="notices")
    # 0: the notice itself; else the day of the reminder.
    days = models.PositiveSmallIntegerField()
    told_on = models.DateField()
    told_by = models.CharField(max_length=10, choices=ToldBy, default=ToldBy.EMAIL)
    # Where it was not our own letter: who says that they were told.
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="+")
    # It did not reach them, so that they count as not told.
    is_returned = models.BooleanField(default=False)

    when_merged = Joins()
    objects = OfPeopleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ambassador", "days"], name="notice_once_per_step"),
            models.CheckConstraint(
                condition=Q(told_by=ToldBy.EMAIL, noted_by__isnull=True)
                | ~Q(told_by=ToldBy.EMAIL) & Q(noted_by__isnull=False),
                name="notice_not_by_email_is_noted_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"Day {self.days}, told on {self.told_on}"


class Suppression(models.Model):
    """A record of another scheme that is not brought in again, known by keyed hashes and by nothing else (V-94)."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="+")
    record_digest = models.CharField(max_length=64, unique=True)
    # Of whoever said no, in whichever scheme they come next; empty for one who was silent.
    address_digest = models.CharField(max_length=64, blank=True, db_index=True)
    because = models.CharField(_("why"), max_length=10, choices=NoBecause)
    since = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["scheme", "because"], name="suppression_by_scheme")]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.record_digest[:8]}"


class SuppressionKey(models.Model):
    """The one key of those hashes, itself encrypted: without it nobody can try addresses against them.

    It never changes, or those who said no would be forgotten; what it is encrypted under can be changed.
    """

    number = models.PositiveSmallIntegerField(unique=True, default=1)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(number=1), name="suppression_key_is_one")]

    def __str__(self) -> str:
        return "The key of those who said no"
