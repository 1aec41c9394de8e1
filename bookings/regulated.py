"""When unpaid work with under-18s becomes regulated activity: days counted across every school (rule V-15).

Since 1 September 2026 supervision takes nobody out of it in England. Source: Safeguarding Vulnerable Groups Act 2006,
Schedule 4, as amended; the statutory guidance on regulated activity with children.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from stem.curriculum import ACTIVITIES
from stem.nations import Nation

# On more than three days in any thirty.
PERIOD = timedelta(days=30)
DAYS_BELOW = 3
# "Frequently": a series that meets at least weekly, of three or more.
FREQUENT_INTERVAL = timedelta(days=7)
FREQUENT_LENGTH = 3
# From when the rule holds in a nation; Scotland has regulated roles of its own (V-11), Northern Ireland its own rule.
HOLDS_FROM = {Nation.ENG: date(2026, 9, 1), Nation.WLS: date(2026, 9, 1)}


def most_days_in_a_period(days: Iterable[date]) -> int:
    """On how many different days, at most, someone is with under-18s in any 30 days in a row."""
    ordered = sorted(set(days))
    most, first = 0, 0
    for last, day in enumerate(ordered):
        while ordered[first] <= day - PERIOD:
            first += 1
        most = max(most, last - first + 1)
    return most


def is_frequent(interval: timedelta, length: int) -> bool:
    """Whether a series of so many sessions, so far apart, counts as frequent by itself."""
    return interval <= FREQUENT_INTERVAL and length >= FREQUENT_LENGTH


def is_frequent_activity(activity: str) -> bool:
    """Whether a visit of this kind begins a series that counts as frequent by itself, whatever else is said of it."""
    kind = ACTIVITIES.get(activity)
    return kind is not None and is_frequent(FREQUENT_INTERVAL, kind.sessions[0])


def is_frequent_series(activity: str, meetings: int, weeks_apart: int) -> bool:
    """Whether so many meetings, so many weeks apart, count as frequent by themselves, or their kind does."""
    return is_frequent_activity(activity) or is_frequent(timedelta(weeks=weeks_apart), meetings)


def is_in_force(nation: Nation, *, on: date) -> bool:
    """Whether the rule holds on this day in the nation where it is spent."""
    holds_from = HOLDS_FROM.get(nation)
    return holds_from is not None and on >= holds_from


def needs_barred_list(days: Iterable[date], nation: Nation, *, on: date) -> bool:
    """Whether these days, the one that is asked for among them, need a check with the children's barred list.

    `days` are the local days of sessions with under-18s at whichever school, agreed or held; `nation` is where the
    day asked for, `on`, is spent.
    """
    return is_in_force(nation, on=on) and most_days_in_a_period(days) > DAYS_BELOW
