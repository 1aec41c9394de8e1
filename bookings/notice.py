"""How long beforehand a school asks, and someone else is looked for: pure reckoning on days (T-10, V-04)."""

from collections.abc import Mapping
from datetime import date, timedelta

from bookings.enums import Mode
from schools.terms.school_time import SchoolTime
from stem.curriculum import ACTIVITIES
from stem.nations import Nation
from stem.workdays import add_working_days, working_days_between

# Working days before a visit at which nobody waits any longer for a requirement that has run out (rule V-04).
WAITED_FOR = 10

# So many working days before a visit both sides are asked whether all is as agreed, and should have said so (5.6).
ASKED_AGAIN = 5
READY_BY = 2

# With fewer working days left than these, whatever is called off or changed comes late (T-40).
LATE_CHANGE = 5


def asked_again_on(day: date, nation: Nation) -> date:
    """From when on both sides of a visit on this day may say that everything is as agreed."""
    return add_working_days(day, -ASKED_AGAIN, nation)


def ready_by(day: date, nation: Nation) -> date:
    """On which day a coordinator looks at whoever has not said so."""
    return add_working_days(day, -READY_BY, nation)


def last_day_looked_at(today: date, nation: Nation) -> date:
    """The last day whose visits should be ready by today."""
    day = add_working_days(today, READY_BY, nation)
    while ready_by(day + timedelta(days=1), nation) <= today:
        day += timedelta(days=1)
    return day


def is_late(today: date, day: date, nation: Nation) -> bool:
    """Whether what becomes known today, of a visit on this day, comes late to whoever relies on it (T-40)."""
    return working_days_between(today, day, nation) < LATE_CHANGE


def replacement_begins_on(day: date, nation: Nation) -> date:
    """From when on someone else is looked for, where whoever promised this day will not be cleared on it."""
    return add_working_days(day, -WAITED_FOR, nation)


def notice_key(mode: str, activity: str, *, is_series: bool = False) -> str:
    """Which of the scheme's dated policy values says how many school days' notice this needs."""
    if activity == "careers_fair":
        return "notice_fair"
    if is_series or (activity in ACTIVITIES and ACTIVITIES[activity].is_series):
        return "notice_series"
    return "notice_online" if mode == Mode.ONLINE else "notice_in_person"


def earliest_day(
    *,
    today: date,
    mode: str,
    activity: str,
    time: SchoolTime,
    policy: Mapping[str, int],
    is_series: bool = False,
) -> date:
    """The first day that can be promised without the short-notice lane, in school days of the school that asks."""
    return time.add_school_days(today, policy[notice_key(mode, activity, is_series=is_series)])
