"""What a person has said of their time, as a value and in words."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.enums import NoticeWanted, Rest
from ambassadors.hours import WITH_EVENINGS, Hours, MyTime, Week
from ambassadors.models import Ambassador, Limits
from stem.wording import clock_in_words


def time_of(ambassador: Ambassador) -> MyTime:
    """What this person has said of their time; what they have not said stands as it is for everybody.

    Fetch them with their `limits` where a query more matters.
    """
    limits = getattr(ambassador, "limits", None) or Limits()
    rows = list(ambassador.hours.all())
    week = {each.weekday: Hours(each.starts, each.ends) for each in rows if each.starts and each.ends}
    return MyTime(
        week=week if rows else None,
        visits_a_month=limits.visits_a_month,
        visits_a_term=limits.visits_a_term,
        notice_days=limits.notice_days,
        rest_days=limits.rest_days,
        at_short_notice=limits.at_short_notice,
        only_by_hand=limits.only_by_hand,
    )


def in_words(said: MyTime) -> list[str]:
    """A line for each thing that somebody said of their time: their hours first."""
    return [*_hours_in_words(said.week), *_limits_in_words(said)]


def _hours_in_words(week: Week | None) -> Iterator[str]:
    if week is None:
        yield _("Any school day, between 8am and 6pm")
    elif week == WITH_EVENINGS:
        yield _("Monday to Friday, evenings until 9pm included")
    else:
        for hours, days in groupby(sorted(week), key=lambda day: week[day]):
            yield _days_in_words(list(days), hours)


def _days_in_words(days: list[int], hours: Hours) -> str:
    """Days of the same hours that stand one after another in what was said."""
    words = {
        "days": ", ".join(str(WEEKDAYS[day]) for day in days),
        "starts": clock_in_words(hours.starts),
        "ends": clock_in_words(hours.ends),
    }
    return _("%(days)s: %(starts)s to %(ends)s") % words


def _limits_in_words(said: MyTime) -> Iterator[str]:
    if n := said.visits_a_month:
        yield ngettext("%(n)d visit a month at most", "%(n)d visits a month at most", n) % {"n": n}
    if n := said.visits_a_term:
        yield ngettext("%(n)d visit a term at most", "%(n)d visits a term at most", n) % {"n": n}
    if not (said.visits_a_month or said.visits_a_term):
        yield _("As often as you are needed")
    if said.notice_days:
        yield _("Asked at least this long before: %(notice)s") % {
            "notice": NoticeWanted(said.notice_days).label.lower()
        }
    if said.at_short_notice:
        yield _("At short notice as well")
    if said.only_by_hand:
        yield _("Asked where a coordinator has chosen you, and not by the program")
    if said.rest_days:
        yield _("Days without visits between two: %(rest)s") % {"rest": Rest(said.rest_days).label.lower()}
