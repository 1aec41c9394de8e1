"""Who would come after all, should somebody else not."""

from django.db import models

from ambassadors.following import Joins
from ambassadors.models import Ambassador
from bookings.models.visit import Visit


class Reserve(models.Model):
    """That whoever was not quick enough would still come to a visit: asked first, should its seat be free again.

    Taken back it stays, as a word that somebody has given up.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="reserves")
    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    when_merged = Joins()

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "ambassador"], name="in_reserve_once_a_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.ambassador_id} for visit {self.visit_id}"
