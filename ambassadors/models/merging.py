"""Records that may be one person's, that are not, and that were made one (rule V-92)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Stays
from ambassadors.models.ambassador import Ambassador
from ambassadors.querysets import ApartQuerySet, LikelyPairQuerySet, MergeQuerySet

# For so long a merge can be undone (rule V-92); what that needs is kept no longer.
UNDONE_WITHIN = timedelta(days=90)


class LikelyPair(models.Model):
    """Two records that the linkage model takes for one person's, for somebody to look at; found anew every night."""

    one = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    # per cent, rounded down, as the thresholds of the bands are
    likely = models.PositiveSmallIntegerField(_("how likely, in per cent"))
    odds = models.FloatField(_("its weight, in bits"))
    # Each line of why: what was compared, the level it reached, and its weight in bits.
    because = models.JSONField(default=list)
    found_at = models.DateTimeField()

    when_merged = Stays()
    objects = LikelyPairQuerySet.as_manager()

    class Meta:
        ordering = ["-odds", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="likely_pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="likely_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"


class Apart(models.Model):
    """That somebody looked at two records and said they are two people's: remembered for good."""

    one = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    # It holds of whichever records these two are part of by then.
    when_merged = Stays()
    objects = ApartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="apart_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"


class Merge(models.Model):
    """One record that became part of another, with all that is needed to make two of them again."""

    kept = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    lost = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    # `ambassadors.operations.merging.Picture`: both records before, the kept one after. Empty when it is too late.
    before = models.JSONField(default=dict, editable=False, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, editable=False, encoder=DjangoJSONEncoder)
    # Of each kind of row, those that went along, and those that the kept record had before.
    moved = models.JSONField(default=dict, editable=False)
    had = models.JSONField(default=dict, editable=False)

    when_merged = Stays()
    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["lost"], condition=Q(undone_at__isnull=True), name="merged_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="merge_undone_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lost_id} into {self.kept_id}"

    @property
    def undone_until(self) -> datetime:
        """The moment from which it stands for good."""
        return self.at + UNDONE_WITHIN
