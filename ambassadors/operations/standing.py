"""What apps above write down about a person."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest

from ambassadors.models import Ambassador


@transaction.atomic
def note_delivered_visit(*, ambassador: Ambassador, on: date) -> None:
    """Count one more delivered visit, and remember the latest (rule V-05)."""
    Ambassador.objects.filter(pk=ambassador.pk).update(
        visits_delivered=F("visits_delivered") + 1, last_visit_on=Greatest(Coalesce("last_visit_on", on), on)
    )
