"""A word to whoever has promised a visit for whose day something of theirs will have run out (rule V-04)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from ambassadors.models import Ambassador
from ambassadors.operations.reminding import note_reminder
from bookings import notifications
from bookings.models import Seat
from stem.letters.post import post

if TYPE_CHECKING:
    from stem.accounts.models import User


def remind_at_risk(*, by: "User", at: datetime) -> int:
    """Write to whoever puts a visit in this coordinator's regions at risk; to how many.

    Each person is a transaction of their own, and hears of all their visits in one letter: at most once in seven days,
    however often and by how many it is pressed.
    """
    seats = Seat.objects.looked_after_by(by).at_risk(at)
    people = Ambassador.objects.filter(pk__in=seats.order_by().values("ambassador"))
    return sum(remind_of_visits(ambassador=person, by=by, at=at) for person in people.order_by("pk"))


@transaction.atomic
def remind_of_visits(*, ambassador: Ambassador, by: "User", at: datetime) -> bool:
    """Write to one person about every visit of theirs that is at risk; whether there is a letter."""
    ambassador = Ambassador.objects.locked(ambassador)
    is_at_risk = Seat.objects.at_risk(at).filter(ambassador=ambassador).exists()
    if not is_at_risk or not note_reminder(ambassador=ambassador, kind="remind_of_visit", by=by, at=at):
        return False
    post(
        notifications.visits_at_risk,
        to=ambassador.user,
        due_at=at,
        ambassador_id=ambassador.pk,
        reminded_at=at.isoformat(),
    )
    return True
