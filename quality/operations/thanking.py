"""Thanking those who visited schools, once a year."""

from datetime import date, datetime, time

from django.db import transaction

from ambassadors.models import Ambassador
from ambassadors.querysets import AmbassadorQuerySet
from bookings.enums import SeatStatus, VisitStatus
from bookings.models import Seat
from quality import notifications
from quality.endorsements import TAKES_PART
from quality.given import RECKONED_AS_IN
from schools.terms.years import bounds, school_year
from stem.letters.post import post
from stem.moments import day_of, moment

# A visit of August is settled by then, also where one side is silent (rule T-20).
FROM, UNTIL = 15, 30
PORTION = 200


def thank_for_year(*, at: datetime) -> int:
    """Owe each who made a visit in the school year that has ended a letter with the page of their certificate.

    How many were thanked now. A sweep, in the second half of September: run again it owes nobody another.
    """
    today = day_of(at)
    if not date(today.year, 9, FROM) <= today <= date(today.year, 9, UNTIL):
        return 0
    year = school_year(today, RECKONED_AS_IN) - 1
    return sum(_thank(keys, year, at=at) for keys in _those_who_visited(year).keys_in_portions(PORTION))


def _those_who_visited(year: int) -> AmbassadorQuerySet:
    """Those who led a visit that took place in this year, take part still, and can be written to."""
    begins, ends = bounds(year, RECKONED_AS_IN)
    seats = Seat.objects.leads().filter(
        status=SeatStatus.TAKEN,
        visit__status=VisitStatus.DELIVERED,
        visit__starts_at__gte=moment(begins, time.min),
        visit__starts_at__lt=moment(date(ends.year, 9, 1), time.min),
    )
    return Ambassador.objects.filter(pk__in=seats.values("ambassador"), status__in=TAKES_PART, user__isnull=False)


@transaction.atomic
def _thank(keys: list[int], year: int, *, at: datetime) -> int:
    """Owe these people their letter, unless they are owed it; how many were not."""
    people = Ambassador.objects.filter(pk__in=keys).select_related("user").order_by("pk")
    letters = [
        post(notifications.year_thanked, to=each.user, due_at=at, ambassador_id=each.pk, year=year) for each in people
    ]
    return sum(letter.posted_at == at for letter in letters)
