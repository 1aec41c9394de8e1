"""How long people whom another scheme brought have to answer, and when they are reminded: pure (rules V-94, V-95)."""

from datetime import date

# Days after they were told on which whoever has not answered is reminded.
REMINDED_AFTER = (14, 60, 120, 165)
# Days after their data came within which everybody is to be told: the law's month, as the rule counts it.
TELL_WITHIN = 28


def reminder_due(told_on: date, *, on: date, grace: int) -> int | None:
    """The latest reminder that is due, by its day; None before the first, and once the time to answer is over."""
    days = (on - told_on).days
    if days >= grace:
        return None
    return max((step for step in REMINDED_AFTER if step <= days), default=None)


def days_left(told_on: date, *, on: date, grace: int) -> int:
    """How many days they still have, none when the time is over."""
    return max(0, grace - (on - told_on).days)
