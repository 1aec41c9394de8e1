"""What an ambassador shows of their visits to somebody outside, such as an employer."""

from django.db import models
from django.db.models import F, Q

from ambassadors.following import Joins
from ambassadors.models import Ambassador
from quality.models.feedback import Feedback
from quality.querysets import EndorsementQuerySet


class Endorsement(models.Model):
    """Whose page it is, which words of schools they picked for it, and the link that opens it, if there is one.

    What it says is reckoned anew each time. Of the link only its hash is kept; it is told when it is made.
    """

    ambassador = models.OneToOneField(Ambassador, on_delete=models.CASCADE, related_name="+")
    picked = models.ManyToManyField(Feedback, related_name="+")
    token_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    # Where both records have one, that of the record that goes on stands, and the other's link opens nothing.
    when_merged = Joins()
    objects = EndorsementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(token_hash__isnull=True, made_at__isnull=True, expires_at__isnull=True)
                | Q(token_hash__isnull=False, made_at__isnull=False, expires_at__gt=F("made_at")),
                name="endorsement_link_has_its_days",
            ),
        ]

    def __str__(self) -> str:
        return f"Endorsement of {self.ambassador_id}"
