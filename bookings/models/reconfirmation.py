"""What each side says shortly before a visit: that everything is as agreed."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookings.enums import Side
from bookings.models.visit import Seat, Visit
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User


class ReconfirmationQuerySet(HouseQuerySet["Reconfirmation"]):
    """What was asked, and said, shortly before visits."""

    def visible_to(self, user: "User") -> Self:
        """Those of the visits that this person may see."""
        visits = self.related("visit")
        return self.filter(visit__in=visits.visible_to(user))

    def behind(self, pk: int) -> "Reconfirmation":
        """The one that a single-use link has proved a right to, with all that its page says."""
        rows = self.select_related("visit__request__school", "visit__request__contact__user", "seat__ambassador__user")
        return rows.get(pk=pk)

    def said(self) -> Self:
        """Those that were answered."""
        return self.filter(said_at__isnull=False)


class Reconfirmation(models.Model):
    """That one side of a visit was asked whether all is as agreed, and once `said_at` stands, that it said so.

    A side is the school, or whoever has one seat. It holds for the visit as it was then: `sequence` is the visit's own,
    which rises with every change that both sides must see, and after one both are asked anew.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="reconfirmations")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="reconfirmations")
    sequence = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    said_at = models.DateTimeField(null=True)
    # Nobody where a single-use link proved who it is, and they have no account.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.CharField(max_length=200, blank=True)

    objects = ReconfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "sequence"], condition=Q(seat__isnull=True), name="reconfirmed_once_by_the_school"
            ),
            models.UniqueConstraint(
                fields=["seat", "sequence"], condition=Q(seat__isnull=False), name="reconfirmed_once_for_a_seat"
            ),
            models.CheckConstraint(
                condition=Q(side=Side.SCHOOL, seat__isnull=True) | Q(side=Side.AMBASSADOR, seat__isnull=False),
                name="reconfirmed_by_the_school_or_for_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(said_at__isnull=False) | Q(by__isnull=True, on_behalf_of=""),
                name="reconfirmed_by_somebody_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} of visit {self.visit_id}"

    @property
    def reader(self) -> "User | None":
        """Whose word it is: who asked for the school, or who has the seat; None for somebody without an account."""
        if self.seat is None:
            return self.visit.request.contact.user
        return self.seat.ambassador.user if self.seat.ambassador is not None else None

    @property
    def is_of_visit_as_it_is(self) -> bool:
        """Whether nothing that both sides must see has changed since it was asked."""
        return self.sequence == self.visit.sequence
