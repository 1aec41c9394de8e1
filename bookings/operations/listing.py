"""Each month's list of the schools that are invited to ask first, region by region (rule E-20)."""

from datetime import date, datetime

from django.db import transaction

from ambassadors.validity import add_months
from bookings.models import Listed
from bookings.queries.inviting import schools_to_list
from stem.geography.models import Region
from stem.moments import day_of
from stem.workdays import is_working_day

# So many schools a region and a month.
MOST = 50
# So long lists are kept.
KEPT_MONTHS = 36


def list_schools(*, at: datetime) -> int:
    """List the schools of each region that has no list of this month, from its first working day on; how many schools.

    A sweep: it may run twice, or late. What stands on a list stays there, whatever becomes of it.
    """
    Listed.objects.filter(month__lt=add_months(day_of(at).replace(day=1), -KEPT_MONTHS)).delete()
    return sum(_list(region, at=at) for region in Region.objects.order_by("pk"))


@transaction.atomic
def _list(region: Region, *, at: datetime) -> int:
    """List those of one region, unless that is done, or nobody has worked yet this month."""
    month = day_of(at).replace(day=1)
    if not _has_begun(month, day_of(at), region.nation):
        return 0
    region = Region.objects.locked(region)
    if Listed.objects.filter(region=region, month=month).exists():
        return 0
    # A postcode area that has moved between regions brings no school into a second list.
    listed = Listed.objects.filter(month=month).values("school")
    covered = schools_to_list(region, at=at).exclude(school__in=listed)[:MOST]
    rows = [
        Listed(region=region, month=month, school_id=each.school_id, place=place)
        for place, each in enumerate(covered, start=1)
    ]
    return len(Listed.objects.bulk_create(rows))


def _has_begun(month: date, today: date, nation: str) -> bool:
    """Whether the first working day of the month has come."""
    days = (date.fromordinal(day) for day in range(month.toordinal(), today.toordinal() + 1))
    return any(is_working_day(day, nation) for day in days)
