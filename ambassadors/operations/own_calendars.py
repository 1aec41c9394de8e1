"""A person's own calendars: added by address or file, and removed."""

from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import IO

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.models import Ambassador, OwnCalendar
from ambassadors.operations.reading_calendars import put_reading, queue_reading, window_from
from stem.accounts.models import User
from stem.audit.record import record
from stem.calendars.bounded import read_busy
from stem.calendars.fetching import MOST_BYTES, asked_at
from stem.encryption import encrypted
from stem.rules import Kind, refuse

# Work, home, a partner's, a club's: whoever has more has one that shows them together.
MOST_CALENDARS = 5


@transaction.atomic
def add_calendar_address(*, ambassador: Ambassador, address: str, by: User, at: datetime) -> OwnCalendar:
    """Keep the address of a calendar; the worker reads it at once, and again every few hours.

    An address given again is one calendar, which is looked at anew if it could not be read. Refuses with
    `not_your_profile`, `too_many_calendars`, or as `stem.calendars.fetching.asked_at` does.
    """
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    url, host = asked_at(address)
    digest = salted_hmac("ambassadors.OwnCalendar", url, algorithm="sha256").hexdigest()
    calendar = OwnCalendar.objects.filter(ambassador=ambassador, digest=digest).first()
    if calendar is not None and not calendar.failed:
        return calendar
    if calendar is None:
        _check_room(ambassador)
        calendar = OwnCalendar.objects.create(
            ambassador=ambassador, address=encrypted(url), host=host, digest=digest, added_at=at, due_at=at
        )
        record("calendar.add", calendar, by=by, at=at)
    else:
        OwnCalendar.objects.filter(pk=calendar.pk).update(due_at=at, failed="", failures=0)
    # Robust: should the queue not be reached, the sweep finds it.
    transaction.on_commit(partial(queue_reading, calendar.pk), robust=True)
    return calendar


def add_calendar_file(*, ambassador: Ambassador, file: IO[bytes], by: User, at: datetime) -> OwnCalendar:
    """Keep when the calendar in this file says that somebody is busy, and nothing else of the file.

    The same file sent again is one calendar. Takes some seconds at most, in which nothing is held. Refuses with
    `not_your_profile`, `too_many_calendars`, `calendar_too_large` over 5 MB, or as `read_busy` does.
    """
    permissions.check_may_edit_profile(by, ambassador)
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        words = _("This calendar is larger than 5 MB: send a shorter time of it.")
        raise refuse("calendar_too_large", Kind.INPUT, words)
    digest = sha256(data).hexdigest()
    if not OwnCalendar.objects.filter(ambassador=ambassador, digest=digest).exists():
        _check_room(ambassador)
    window = window_from(at)
    read = read_busy(data, *window.moments)
    with transaction.atomic():
        ambassador = Ambassador.objects.locked(ambassador)
        permissions.check_may_edit_profile(by, ambassador)
        calendar = OwnCalendar.objects.filter(ambassador=ambassador, digest=digest).first()
        if calendar is None:
            _check_room(ambassador)
            calendar = OwnCalendar.objects.create(ambassador=ambassador, digest=digest, added_at=at)
            record("calendar.add", calendar, by=by, at=at)
        put_reading(calendar, read, window)
        calendar.read_at = calendar.looked_at = at
        calendar.save()
    return calendar


@transaction.atomic
def remove_calendar(*, ambassador: Ambassador, pk: int, by: User, at: datetime) -> None:
    """Forget a calendar and all that was read of it; what is gone stays gone. Refuses with `not_your_profile`."""
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_edit_profile(by, ambassador)
    calendar = OwnCalendar.objects.filter(ambassador=ambassador, pk=pk).first()
    if calendar is not None:
        record("calendar.remove", calendar, by=by, at=at)
        calendar.delete()


def _check_room(ambassador: Ambassador) -> None:
    """Whether this person may add one more. Refuses with `too_many_calendars`."""
    if OwnCalendar.objects.filter(ambassador=ambassador).count() >= MOST_CALENDARS:
        words = _("You have added %(most)d calendars, which is as many as we read: remove one first.")
        raise refuse("too_many_calendars", Kind.STATE, words % {"most": MOST_CALENDARS})
