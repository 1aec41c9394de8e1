"""People's own calendars, and when these say that somebody is busy."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import F

from ambassadors.enums import AmbassadorStatus
from stem.moments import day_of, moment
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from ambassadors.models import BusyTime, OwnCalendar
    from stem.accounts.models import User

# Whoever cannot be asked has a calendar that nobody needs to look at.
CAN_BE_ASKED = (AmbassadorStatus.ACTIVE, AmbassadorStatus.PAUSED)
INSTANT = timedelta(microseconds=1)


class OwnCalendarQuerySet(HouseQuerySet["OwnCalendar"]):
    """People's own calendars."""

    def visible_to(self, user: "User") -> Self:
        """One's own, and nobody else's: staff learn no more than that somebody is busy at a time."""
        return self.filter(ambassador__user=user)

    def due(self, at: datetime) -> Self:
        """Those to be looked at by now, of people who can be asked at all."""
        return self.filter(due_at__lte=at, ambassador__status__in=CAN_BE_ASKED)


class BusyTimeQuerySet(HouseQuerySet["BusyTime"]):
    """When calendars say that their owners are busy."""

    def visible_to(self, user: "User") -> Self:
        """One's own."""
        return self.filter(calendar__ambassador__user=user)

    def of_people(self) -> Self:
        """With the key of whose it is, as `ambassador`."""
        return self.annotate(ambassador=F("calendar__ambassador"))

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Those that share some time with this interval: found by the days that it touches."""
        first, last = day_of(starts_at), day_of(max(starts_at, ends_at - INSTANT))
        # None begins before its day does: that much bounds a search by calendar as well.
        begins = {"starts_at__gte": moment(first, time()), "starts_at__lt": ends_at}
        return self.filter(day__in=list(_days(first, last)), ends_at__gt=starts_at, **begins)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))
