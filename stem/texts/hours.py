"""When a text may make a telephone ring: from eight in the morning until nine in the evening, in London."""

from datetime import datetime, time, timedelta

from django.utils.timezone import get_default_timezone

from stem.moments import day_of, moment

FROM, UNTIL = time(8), time(21)


def is_sensible(at: datetime) -> bool:
    """Whether people are up at this moment."""
    return FROM <= at.astimezone(get_default_timezone()).time() < UNTIL


def next_morning(at: datetime) -> datetime:
    """The first moment after this one at which they will be again, where they are not."""
    today = moment(day_of(at), FROM)
    return today if at < today else moment(day_of(at) + timedelta(days=1), FROM)


def when_to_send(at: datetime, *, until: datetime) -> datetime:
    """When what has happened now is to be told: at once by day, and at night only if the morning would be too late."""
    if is_sensible(at) or until <= next_morning(at):
        return at
    return next_morning(at)
