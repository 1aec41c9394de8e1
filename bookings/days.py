"""On which days people are with under-18s: places in our visits, and visits they arranged themselves (rule V-15)."""

from collections.abc import Collection, Mapping
from datetime import date, time, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import TruncDate
from django.utils.timezone import get_default_timezone

from ambassadors.models import Ambassador
from bookings.models import OwnVisit, Seat
from bookings.regulated import HOLDS_FROM, PERIOD, needs_barred_list
from stem.gathering import Gathered
from stem.moments import moment
from stem.nations import Nation

ONE = timedelta(days=1)
# Two days no further apart than this are within thirty, the first and the last of them included.
REACH = PERIOD - ONE
# No visit, ours or one of their own, is farther away than this, before or after.
FURTHEST = timedelta(days=2 * 366)
# The columns of a person read with their days.
WITH_US, BY_THEMSELVES = "days_with_us", "days_by_themselves"


def columns_of_days(first: date, last: date) -> Mapping[str, Any]:
    """Columns for a query of people: their days from the first to the last, in the nations in which they count."""
    # London's day: one late in the evening counts for the day that it is there.
    day_there = TruncDate("visit__starts_at", tzinfo=get_default_timezone())
    seats = Seat.objects.with_pupils(moment(first, time()), moment(last + ONE, time()), HOLDS_FROM)
    own = OwnVisit.objects.with_pupils(first, last, HOLDS_FROM)
    return {
        WITH_US: Subquery(
            seats.filter(ambassador=OuterRef("pk"))
            .order_by()
            .values("ambassador")
            .annotate(gathered=Gathered(day_there))
            .values("gathered")
        ),
        BY_THEMSELVES: Subquery(
            own.filter(ambassador=OuterRef("pk"))
            .order_by()
            .values("ambassador")
            .annotate(gathered=Gathered("day"))
            .values("gathered")
        ),
    }


def days_of(person: Ambassador) -> set[date]:
    """The days of somebody read with `columns_of_days`."""
    texts = (vars(person)[name] for name in (WITH_US, BY_THEMSELVES))
    return {date.fromisoformat(each) for text in texts if text for each in text.split()}


def is_one_too_many(day: date, theirs: Collection[date], nation: Nation, *, until: date | None = None) -> bool:
    """Whether this day, beside these of the same person, needs a check with the children's barred list.

    Only periods with this day in them are looked at; `until` leaves out what comes after a day.
    """
    last = day + REACH if until is None else until
    near = [each for each in theirs if day - REACH <= each <= last]
    return needs_barred_list([*near, day], nation, on=day)


def read_days(ambassador: Ambassador, first: date, last: date) -> set[date]:
    """The days of one person, from the first to the last."""
    return days_of(Ambassador.objects.annotate(**columns_of_days(first, last)).get(pk=ambassador.pk))
