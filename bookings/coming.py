"""Who comes to a visit, from its seats that have been read: those who visit, and who comes along to watch. Pure."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ambassadors.models import Ambassador
from bookings.models import Seat


def visitors_of(seats: Iterable[Seat]) -> list[Ambassador]:
    """Those who visit."""
    return [seat.ambassador for seat in seats if seat.ambassador is not None and not seat.is_shadow]


def watcher_of(seats: Iterable[Seat]) -> Ambassador | None:
    """Who comes along to watch, if anybody does."""
    return next((seat.ambassador for seat in seats if seat.ambassador is not None and seat.is_shadow), None)


def who_comes(seats: Iterable[Seat]) -> str:
    """Everybody who comes, in one line, and as what."""
    seats = list(seats)
    names, watcher = ", ".join(person.full_name for person in visitors_of(seats)), watcher_of(seats)
    if watcher is None:
        return names
    words = _("%(names)s; %(watcher)s comes along to watch")
    return words % {"names": names, "watcher": watcher.full_name}
