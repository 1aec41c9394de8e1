"""Keep how schools are reached as it is today."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Exists, OuterRef

from bookings.models import Coverage
from bookings.queries.coverages import coverages_of, homes_of_everyone
from bookings.reaching_out.nearness import Homes
from schools.models import School
from stem.moments import day_of, moment

# Schools reckoned in one short transaction: on SQLite others wait for so long.
BATCH = 500
_FIGURES = ["reckoned_at", "last_on", "visits", "year_visits", "disadvantage", "minutes", "score"]


def reckon_coverage(*, at: datetime) -> int:
    """Reckon every open school that has not been reckoned today, and forget closed ones; how many were reckoned.

    A sweep: it may run twice, be cut short, or come late (rules E-20, E-21).
    """
    midnight = moment(day_of(at), time.min)
    of_today = Coverage.objects.filter(school=OuterRef("pk"), reckoned_at__gte=midnight)
    stale = School.objects.open().filter(~Exists(of_today))
    homes = homes_of_everyone()
    reckoned = sum(_reckon(portion, homes, at=at) for portion in stale.keys_in_portions(BATCH))
    gone = Coverage.objects.exclude(school__in=School.objects.open().order_by().values("pk"))
    for portion in gone.keys_in_portions(BATCH):
        Coverage.objects.filter(pk__in=portion).delete()
    return reckoned


@transaction.atomic
def _reckon(schools: list[int], homes: Homes, *, at: datetime) -> int:
    """Reckon these, but for those that have been deleted meanwhile."""
    held = School.objects.filter(pk__in=schools).order_by("pk").select_for_update(no_key=True)
    reckoned = coverages_of(held, homes, at=at)
    Coverage.objects.bulk_create(
        reckoned, update_conflicts=True, unique_fields=["school"], update_fields=_FIGURES, batch_size=BATCH
    )
    return len(reckoned)
