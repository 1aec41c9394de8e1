"""Keep requests' priorities as they are today."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from bookings.models import Priority, Request
from bookings.queries.priorities import priorities_of
from stem.moments import day_of

# Requests reckoned in one short transaction: on SQLite others wait for so long.
BATCH = 100


def reckon_priorities(requests: Iterable[Request], *, at: datetime) -> int:
    """Reckon the priorities of these requests and keep them, with the day; of how many (rule 6.2)."""
    reckoned = priorities_of(requests, at=at)
    Priority.objects.bulk_create(
        reckoned,
        update_conflicts=True,
        unique_fields=["request"],
        update_fields=["score", "reckoned_on", "figures", "census", "disadvantage", "school_days"],
    )
    return len(reckoned)


def reckon_waiting(*, at: datetime) -> int:
    """Reckon what waits and has not been reckoned today; how many requests. A sweep: it may run twice, or late."""
    stale = Q(priority__isnull=True) | ~Q(priority__reckoned_on=day_of(at))
    rows = Request.objects.waiting().filter(stale)
    return sum(_reckon_again(portion, at=at) for portion in rows.keys_in_portions(BATCH))


@transaction.atomic
def _reckon_again(keys: list[int], *, at: datetime) -> int:
    """Reckon these, but for those that have left the queue meanwhile: what a request was last, it stays."""
    held = Request.objects.waiting().filter(pk__in=keys).order_by("pk")
    return reckon_priorities(held.select_related("school").select_for_update(no_key=True, of=("self",)), at=at)
