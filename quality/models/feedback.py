"""How a visit went, from each side."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.models import Visit
from quality.enums import FeedbackSide, FeedbackStatus
from quality.querysets import FeedbackQuerySet
from stem.history import Event

# So many days after they were asked, whoever has not answered is asked again (rule 2.2).
REMINDED_AFTER = (3, 10, 20)


class Feedback(models.Model):
    """One side's form about one visit; its questions are a frozen version of an instrument (rule 2.2)."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(_("from"), max_length=10, choices=FeedbackSide)
    instrument = models.CharField(_("instrument"), max_length=30)
    status = models.CharField(_("status"), max_length=10, choices=FeedbackStatus, default=FeedbackStatus.INVITED)
    invited_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    # Nobody was asked so far: the address is not known to be one of the school's (rule G-01).
    is_unasked = models.BooleanField(default=False)
    # How often whoever was asked has been asked again.
    reminders = models.PositiveSmallIntegerField(default=0)
    answers = models.JSONField(default=dict)
    # From opening the form to sending it in, where that can be told (rule G-08).
    duration_s = models.PositiveIntegerField(null=True)
    # What somebody who has read it lets the other side read of its free text, by question, and since when.
    shared_words = models.JSONField(default=dict)
    shared_at = models.DateTimeField(null=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "side"], name="one_form_per_side_of_a_visit"),
            models.CheckConstraint(
                condition=Q(status=FeedbackStatus.INVITED, submitted_at__isnull=True)
                | ~Q(status=FeedbackStatus.INVITED) & Q(submitted_at__isnull=False),
                name="submitted_form_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} on visit {self.visit_id}"

    @property
    def asked_again_at(self) -> datetime | None:
        """When whoever does not answer is asked next; None where they are not asked again."""
        later = REMINDED_AFTER[self.reminders :]
        return self.invited_at + timedelta(days=later[0]) if later else None


class FeedbackEvent(Event):
    """What happened to a form."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="events")
