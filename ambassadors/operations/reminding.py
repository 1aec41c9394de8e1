"""Letters to whoever has something to renew, each step of the way once (rule V-04)."""

from datetime import datetime

from django.db import transaction

from ambassadors import notifications
from ambassadors.models import Ambassador, RenewalNotice, Requirement
from ambassadors.queries.renewals import reminders_due
from ambassadors.validity import reminder_due
from stem.letters.post import post
from stem.moments import day_of


def remind_of_renewals(*, at: datetime) -> int:
    """Write to whoever has something that runs out in 90, 60, 30 or 7 days; to how many.

    A sweep: each person is a transaction of their own. Run again it writes nothing; when it has not run for some days,
    what was missed is told by the latest of its letters alone.
    """
    people = Ambassador.objects.filter(pk__in=reminders_due(day_of(at)).order_by().values("ambassador"))
    return sum(remind_of_renewal(ambassador=person, at=at) for person in people.order_by("pk"))


@transaction.atomic
def remind_of_renewal(*, ambassador: Ambassador, at: datetime) -> bool:
    """Put all that falls due for one person into one letter, and never two on a day; whether there is one."""
    ambassador = Ambassador.objects.locked(ambassador)
    today = day_of(at)
    due = list(reminders_due(today).filter(ambassador=ambassador))
    if not due or RenewalNotice.objects.filter(requirement__ambassador=ambassador, told_on=today).exists():
        return False
    RenewalNotice.objects.bulk_create(
        RenewalNotice(requirement=row, days_before=_days_before(row, at), told_on=today) for row in due
    )
    post(
        notifications.requirements_running_out,
        to=ambassador.user,
        due_at=at,
        ambassador_id=ambassador.pk,
        told_on=today.isoformat(),
    )
    return True


def _days_before(requirement: Requirement, at: datetime) -> int:
    """By how many days before its last one this reminder is known."""
    assert requirement.last_day is not None
    days = reminder_due(requirement.last_day, day_of(at))
    assert days is not None, "it was read as due"
    return days
