"""Whom Disclosure Scotland has to hear of, and by when (rule V-12)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ambassadors.models import Ambassador
from ambassadors.querysets import AmbassadorQuerySet
from stem.moments import day_of

# Within these days of someone's leaving Disclosure Scotland is told; the period in law is not confirmed.
PVG_NOTIFY = timedelta(days=28)


@dataclass(frozen=True)
class PvgNotice:
    """That Disclosure Scotland has to hear of someone who left, and by when."""

    ambassador: Ambassador
    left_at: datetime
    due_on: date
    is_late: bool


def pvg_notices(people: AmbassadorQuerySet, *, on: date) -> list[PvgNotice]:
    """Whom of these people Disclosure Scotland has to be told of, the most pressing first (rule V-12)."""
    notices = []
    for person in people.owing_pvg_notice():
        due_on = day_of(person.left_at) + PVG_NOTIFY  # type: ignore[attr-defined]
        notices.append(PvgNotice(person, person.left_at, due_on, is_late=on > due_on))  # type: ignore[attr-defined]
    return notices
