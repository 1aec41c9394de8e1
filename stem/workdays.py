"""Working days, which differ by nation: weekends, and bank holidays with their substitutes (rule T-03)."""

from datetime import date, timedelta
from functools import cache

import holidays

from stem.nations import Nation

_DIVISIONS = {Nation.ENG: "ENG", Nation.WLS: "WLS", Nation.SCO: "SCT", Nation.NIR: "NIR"}
_SATURDAY = 5


@cache
def bank_holidays(nation: str, year: int) -> frozenset[date]:
    """The bank holidays of a nation in one year, substitute days among them; reckoned once, never fetched."""
    return frozenset(holidays.country_holidays("GB", subdiv=_DIVISIONS[Nation(nation)], years=year))


def good_friday(year: int) -> date:
    """The one Friday between the earliest and the latest possible that is a bank holiday."""
    first, last = date(year, 3, 20), date(year, 4, 23)
    return next(day for day in sorted(bank_holidays(Nation.ENG, year)) if first <= day <= last and day.weekday() == 4)


def is_working_day(day: date, nation: str) -> bool:
    """Whether people are at work: neither a weekend nor a bank holiday of this nation."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(nation, day.year)


def is_working_day_everywhere(day: date) -> bool:
    """Whether people are at work in each of the four nations: for whoever may be in any of them."""
    return all(is_working_day(day, nation) for nation in Nation)


def add_working_days(day: date, count: int, nation: str) -> date:
    """The working day that is `count` after this day, or before it when `count` is negative.

    The day itself is not counted, and need not be a working day; nothing added gives it back as it is.
    """
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, nation):
            day += step
    return day


def working_days_between(start: date, end: date, nation: str) -> int:
    """How many working days lie in [start, end); negative when `end` comes first."""
    if end < start:
        return -working_days_between(end, start, nation)
    days = (start + timedelta(days=offset) for offset in range((end - start).days))
    return sum(is_working_day(day, nation) for day in days)
