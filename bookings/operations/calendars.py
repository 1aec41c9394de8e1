"""What someone chooses for their own calendar."""

from datetime import datetime

from django.db import transaction

from bookings.enums import Alarms, FeedShows
from bookings.models import FeedChoice
from stem.accounts.models import User
from stem.audit.record import record


@transaction.atomic
def choose_calendar(*, user: User, shows: FeedShows, alarms: Alarms, journeys: bool, at: datetime) -> None:
    """Have one's visits look like this in one's own calendar; what was chosen last holds, and said again is no news."""
    # Whoever presses twice waits here.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    answers = {"shows": shows, "alarms": alarms, "journeys": journeys}
    if not FeedChoice.objects.filter(user=user, **answers).exists():
        FeedChoice.objects.update_or_create(user=user, defaults=answers)
        record("feed.choose", user, by=user, at=at)
