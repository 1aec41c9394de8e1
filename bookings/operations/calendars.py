"""What someone chooses for their own calendar, and since when it reads as it does."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from bookings.enums import Alarms, FeedShows
from bookings.models import OwnCalendar
from stem.accounts.models import User
from stem.audit.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

SECOND = timedelta(seconds=1)


def choose_calendar(*, user: User, shows: FeedShows, alarms: Alarms, journeys: bool, at: datetime) -> None:
    """Have one's visits look like this in one's own calendar; what was chosen last holds."""
    if _put(user, {"shows": shows, "alarms": alarms, "journeys": journeys}):
        record("own_calendar.choose", user, by=user, at=at)


def note_feed(*, user: User, chosen: OwnCalendar, digest: str, at: datetime) -> datetime:
    """Since when this person's feed reads as this digest says, in whole seconds: for programs that ask by the clock.

    Each change counts as a later second than the one before it, so that none of two within a second is missed.
    """
    if chosen.digest == digest and chosen.digest_since is not None:
        return chosen.digest_since
    return _noted(user, digest, at.replace(microsecond=0))


@transaction.atomic
def _noted(user: User, digest: str, now: datetime) -> datetime:
    row = _row_of(user)
    if row.digest == digest and row.digest_since is not None:  # another program asked in the same instant
        return row.digest_since
    row.digest, row.digest_since = digest, max(now, row.digest_since + SECOND) if row.digest_since else now
    row.save()
    return row.digest_since


@transaction.atomic
def _put(user: User, answers: "Mapping[str, Any]") -> bool:
    """Write these down; whether any is another than before."""
    row = _row_of(user)
    changed = {name: value for name, value in answers.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save()
    return bool(changed)


def _row_of(user: User) -> OwnCalendar:
    """This person's row, made if there is none. Whoever asks in the same instant waits at the account's row."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return OwnCalendar.objects.filter(user=user).first() or OwnCalendar(user=user)
