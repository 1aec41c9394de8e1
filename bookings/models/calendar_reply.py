"""What somebody's calendar program says of a visit: a proposal, and never an answer."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from ambassadors.following import Joins
from ambassadors.models import Ambassador
from bookings.enums import Said
from bookings.models.visit import Visit
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User


class CalendarReplyQuerySet(HouseQuerySet["CalendarReply"]):
    """What calendar programs said."""

    def visible_to(self, user: "User") -> Self:
        """What one's own program said: anybody can write an address into an e-mail, so nobody else reads it."""
        return self.filter(ambassador__user=user)

    def waiting(self) -> Self:
        """Those about which the person has not said whether it is so."""
        return self.filter(settled_at=None)


class CalendarReply(models.Model):
    """The last reply of a person's program about a visit (RFC 5546), until they say themselves whether it is so.

    One row a person a visit, however many messages come: an older one, or the same again, changes nothing.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="calendar_replies")
    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    said = models.CharField(max_length=10, choices=Said)
    # which version of the visit it answers, and when it was written: what makes two messages one
    sequence = models.PositiveIntegerField(default=0)
    stamp = models.DateTimeField()
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    # the time that a program proposed instead
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    when_merged = Joins()
    objects = CalendarReplyQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "ambassador"], name="one_calendar_reply_per_person_in_a_visit"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="calendar_reply_has_both_times_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ambassador_id} for visit {self.visit_id}: {self.said}"
