"""What somebody would speak of, where a school hopes for it."""

from django.db import models

from ambassadors.following import Joins
from ambassadors.models.ambassador import Ambassador
from stem.curriculum import Aim


class OwnAim(models.Model):
    """One aim that a person has opted in to (rule E-41): theirs to give and to withdraw, and then it is gone.

    Apart from what they offer, which officers read and schemes bring: nobody but the person sees this.
    """

    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="+")
    aim = models.CharField(max_length=20, choices=Aim)
    given_at = models.DateTimeField()

    when_merged = Joins()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ambassador", "aim"], name="own_aim_once")]

    def __str__(self) -> str:
        return self.get_aim_display()
