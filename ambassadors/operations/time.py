"""What a person says of their time: the hours in which they can be asked, how often, and how soon."""

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.hours import MyTime, Week
from ambassadors.models import Ambassador, FreeHours, Limits
from ambassadors.reach.keeping import keep_reach
from stem.accounts.models import User
from stem.rules import Kind, refuse

# No visit begins before the one or ends after the other.
EARLIEST, LATEST = time(6), time(23)


@transaction.atomic
def say_when(*, ambassador: Ambassador, said: MyTime, by: User, at: datetime) -> None:
    """Let schools ask for this person at these hours, and so often and so soon; visits promised before still stand.

    Refuses with `not_your_profile`, or `week` where there is no hour left, or a day ends before it begins.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    _check_week(said.week)
    limits = Limits.objects.filter(ambassador=ambassador).first() or Limits(ambassador=ambassador)
    for name in ("visits_a_month", "visits_a_term", "notice_days", "rest_days", "at_short_notice", "only_by_hand"):
        setattr(limits, name, getattr(said, name))
    limits.save()
    keep_reach([ambassador.pk])
    ambassador.hours.all().delete()
    if said.week is not None:
        days = {day: said.week.get(day, (None, None)) for day in range(7)}
        FreeHours.objects.bulk_create(
            FreeHours(ambassador=ambassador, weekday=day, starts=starts, ends=ends)
            for day, (starts, ends) in days.items()
        )


def _check_week(week: Week | None) -> None:
    """There are hours in this week in which somebody could visit. Refuses with `week`."""
    if week is None:
        return
    if not week:
        words = _("Give your hours on at least one day. If you want a pause, take a break on your own page.")
        raise refuse("week", Kind.INPUT, words)
    for starts, ends in week.values():
        if ends <= starts:
            words = _("A day ends before it begins: change one of its times, or leave both empty.")
            raise refuse("week", Kind.INPUT, words)
        if starts < EARLIEST or ends > LATEST:
            raise refuse("week", Kind.INPUT, _("Give hours between 6am and 11pm."))
