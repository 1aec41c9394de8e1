"""Schools that never ask: which are on the list of a month, and that somebody turned to one of them (rule E-20)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import Channel, InvitationStatus
from bookings.invitation_querysets import InvitationQuerySet, ListedQuerySet, peace_since
from bookings.workflow import INVITATION
from schools.models import Contact, School
from stem.geography.models import Region
from stem.history import Event


class Listed(models.Model):
    """That a school is on a region's list of a month, and at which place: one of those to be invited first."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    # by the first day of it
    month = models.DateField()
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    objects = ListedQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "region", "place"]
        constraints = [
            models.UniqueConstraint(fields=["month", "school"], name="listed_once_a_month"),
            models.UniqueConstraint(fields=["month", "region", "place"], name="one_school_at_each_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place} of {self.month:%Y-%m} in {self.region_id}: {self.school_id}"


class Invitation(models.Model):
    """That somebody of the scheme wrote to a school that had not asked, or rang it, and what came of it.

    After three years it says no more than that: whom, and in which words, is forgotten.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    # Whom the letter went to. A call goes to whoever answers the telephone, and names nobody.
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("how"), max_length=10, choices=Channel)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # The one sentence that a coordinator adds to a letter.
    words = models.CharField(max_length=300, blank=True)
    status = models.CharField(
        _("what came of it"), max_length=12, choices=InvitationStatus, default=InvitationStatus.WAITING
    )
    answered_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(status=InvitationStatus.WAITING, channel=Channel.LETTER),
                name="one_letter_waits_per_school",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[InvitationStatus.WAITING, InvitationStatus.SILENT], answered_at__isnull=True)
                | Q(
                    status__in=[
                        InvitationStatus.ASKED,
                        InvitationStatus.NOT_NOW,
                        InvitationStatus.NEVER,
                        InvitationStatus.WRONG_PERSON,
                    ],
                    answered_at__isnull=False,
                ),
                name="invitation_answered_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["school", "made_at"], name="invitations_of_school")]

    def __str__(self) -> str:
        return f"{self.channel} to {self.school_id} at {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def waits(self) -> bool:
        """Whether an answer may still come in time."""
        return self.status == InvitationStatus.WAITING

    def keeps_in_peace(self, at: datetime) -> bool:
        """Whether the school said to it that it wants none, within a year."""
        return (
            self.status == InvitationStatus.NEVER
            and self.answered_at is not None
            and self.answered_at >= peace_since(at)
        )

    @property
    def may_be_answered(self) -> bool:
        """Whether it may still be kept what the school said to it."""
        return INVITATION.can(self, "want_none")


class InvitationEvent(Event):
    """What happened to an invitation."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="events")
