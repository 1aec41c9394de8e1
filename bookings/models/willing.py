"""What someone said that they could do, without being asked."""

from typing import TYPE_CHECKING, Self

from django.db import models

from ambassadors.following import Joins
from ambassadors.models import Ambassador
from bookings.models.request import Request
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User


class WillingQuerySet(HouseQuerySet["Willing"]):
    """What people said that they could do."""

    def visible_to(self, user: "User") -> Self:
        """One's own. A coordinator reads them with the request; a school never does."""
        return self.filter(ambassador__user=user)

    def standing(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(withdrawn_at=None)


class Willing(models.Model):
    """That an ambassador could do what a school wants. It takes no seat: a coordinator asks them, or somebody else.

    Taken back it stays, so that to say it again and again writes to nobody twice.
    """

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="willing")
    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    when_merged = Joins()
    objects = WillingQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "ambassador"], name="willing_once_a_request"),
        ]

    def __str__(self) -> str:
        return f"{self.ambassador_id} for request {self.request_id}"
