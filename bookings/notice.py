"""How long beforehand a school asks: pure reckoning on working days (rule T-10)."""

from collections.abc import Mapping
from datetime import date

from bookings.enums import Mode
from stem.curriculum import ACTIVITIES
from stem.nations import Nation
from stem.workdays import add_working_days


def notice_key(mode: str, activity: str) -> str:
    """Which of the scheme's dated policy values says how many school days' notice this needs."""
    if activity == "careers_fair":
        return "notice_fair"
    if activity in ACTIVITIES and ACTIVITIES[activity].is_series:
        return "notice_series"
    return "notice_online" if mode == Mode.ONLINE else "notice_in_person"


def earliest_day(*, today: date, mode: str, activity: str, nation: Nation, policy: Mapping[str, int]) -> date:
    """The first day that can be promised without the short-notice lane.

    Counted in working days until schools' own terms are known.
    """
    return add_working_days(today, policy[notice_key(mode, activity)], nation)
