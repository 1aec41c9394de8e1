"""What someone chooses for their own calendar, and since when it reads as it does."""

from datetime import datetime, timedelta

from django.db import transaction

from bookings.enums import Alarms, FeedShows
from bookings.models import FeedChoice
from stem.accounts.models import User
from stem.audit.record import record

SECOND = timedelta(seconds=1)


@transaction.atomic
def choose_calendar(*, user: User, shows: FeedShows, alarms: Alarms, journeys: bool, at: datetime) -> None:
    """Have one's visits look like this in one's own calendar; what was chosen last holds, and said again is no news."""
    # Whoever presses twice waits here.
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    answers = {"shows": shows, "alarms": alarms, "journeys": journeys}
    if not FeedChoice.objects.filter(user=user, **answers).exists():
        FeedChoice.objects.update_or_create(user=user, defaults=answers)
        record("feed.choose", user, by=user, at=at)


def note_feed(*, user: User, chosen: FeedChoice, digest: str, at: datetime) -> datetime:
    """Since when this person's feed reads as this digest says, in whole seconds: for programs that ask by the clock.

    Each change counts as a later second than the one before it, so that none of two within a second is missed. Nobody
    waits for anybody here: of two programs that find the same change at once, the second takes the first one's word.
    """
    if chosen.digest == digest and chosen.digest_since is not None:
        return chosen.digest_since
    since = at.replace(microsecond=0)
    if chosen.digest_since is not None:
        since = max(since, chosen.digest_since + SECOND)
    noted = {"digest": digest, "digest_since": since}
    if chosen.pk is None:
        FeedChoice.objects.bulk_create([FeedChoice(user=user, **noted)], ignore_conflicts=True)
    else:
        FeedChoice.objects.filter(pk=chosen.pk, digest=chosen.digest).update(**noted)
    return since
