"""Where people are missing: what was asked for in a region and found few."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min

from bookings.querysets import SearchQuerySet
from stem.curriculum import SUBJECTS
from stem.geography.areas import AREAS

# What was asked for longer ago says little of today.
LOOKS_BACK = timedelta(days=365)
# Fewer than so many are few.
FEW = 5


@dataclass(frozen=True)
class ColdSpot:
    """A district and a subject for which few could come: on how many days it was asked for, and when last."""

    district: str
    town: str
    subject: str
    online: bool
    asked: int
    found: int
    last: date


def cold_spots(searches: SearchQuerySet, *, on: date) -> Any:
    """What was asked for in the last year and found few at least once: fewest first, then what was asked most often.

    Rows to be paged; `spot_of` makes each one fit to be shown.
    """
    grouped = searches.filter(day__gte=on - LOOKS_BACK).order_by().values("area", "district", "subject", "online")
    counted = grouped.annotate(asked=Count("day", distinct=True), fewest=Min("found"), last=Max("day"))
    return counted.filter(fewest__lt=FEW).order_by("fewest", "-asked", "area", "district", "subject", "online")


def spot_of(row: dict[str, Any]) -> ColdSpot:
    """One row as people read it."""
    area, subject = AREAS.get(row["area"]), SUBJECTS.get(row["subject"])
    return ColdSpot(
        district=row["district"] or row["area"],
        town=area.town if area else "",
        subject=str(subject.name) if subject else row["subject"],
        online=row["online"],
        asked=row["asked"],
        found=row["fewest"],
        last=row["last"],
    )
