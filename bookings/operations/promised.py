"""Holding everything that someone has promised, in the order in which everyone locks."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from ambassadors.models import Ambassador
from bookings.models import Seat, Visit


def lock_with_everyone_beside(ambassador: Ambassador, *, at: datetime) -> Ambassador:
    """People before visits, and in one order: this person and all with whom they share a visit that is to come.

    Refuses with `gone` when the person's row has been deleted meanwhile.
    """
    visits = Seat.objects.promised_by(ambassador, at=at).values("visit")
    beside = Seat.objects.filter(visit__in=visits, ambassador__isnull=False).values("ambassador")
    people = Ambassador.objects.select_for_update(no_key=True, of=("self",))
    list(people.filter(Q(pk=ambassador.pk) | Q(pk__in=beside)).order_by("pk"))
    return Ambassador.objects.locked(ambassador)


def lock_people_of(visit: Visit) -> None:
    """People before visits, and in one order: everyone who has a seat in this one."""
    people = Seat.objects.filter(visit=visit, ambassador__isnull=False).values("ambassador")
    list(Ambassador.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=people).order_by("pk"))


def promised_seats(ambassador: Ambassador, *, at: datetime) -> Iterator[tuple[Seat, Visit]]:
    """Each place that this person has in a visit to come, locked; the caller holds the people concerned."""
    mine = Seat.objects.promised_by(ambassador, at=at).values("visit")
    # All visits before any of the requests behind them.
    visits = list(Visit.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=mine).order_by("pk"))
    for visit in visits:
        # Read again behind the lock: a school may have let this person go, or called the visit off, a moment before.
        for seat in Seat.objects.promised_by(ambassador, at=at).filter(visit=visit):
            yield Seat.objects.locked(seat), visit
