"""Days and clock times as people in the United Kingdom live them; the database keeps UTC."""

import re
from datetime import date, datetime, time

from django.utils.timezone import get_default_timezone


def day_of(at: datetime) -> date:
    """The day in London at this moment."""
    return at.astimezone(get_default_timezone()).date()


def moment(day: date, clock: time) -> datetime:
    """The moment at which London's clocks show this time on this day."""
    return datetime.combine(day, clock, tzinfo=get_default_timezone())


def read_day(text: str) -> date | None:
    """The day that an address names, such as "2027-01-12"; None where it names none."""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
