"""The days that a rule chooses from each day, week, month or year (RFC 5545, 3.3.10). Days are counted from 1970."""

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from stem.calendars.moments import EPOCH_ORDINAL
from stem.calendars.recurrence import Frequency, Rule

# The days that a date can have; nothing repeats beyond.
FIRST_DAY = date(1, 1, 1).toordinal() - EPOCH_ORDINAL
LAST_DAY = date(9999, 12, 31).toordinal() - EPOCH_ORDINAL

# Told of each step of work; raises when there has been enough of it.
Spend = Callable[[int], None]


def periods_of_days(rule: Rule, start: int, begin: int, high: int, spend: Spend) -> Iterator[list[int]]:
    """The days chosen in each period, in order: from the period that holds day `begin` until one begins at `high`."""
    begin, high = max(begin, start, FIRST_DAY), min(high, LAST_DAY + 1)
    if begin >= high or start < FIRST_DAY:
        return
    rule = _completed(rule, date.fromordinal(start + EPOCH_ORDINAL))
    for candidates in _PERIODS[rule.frequency](rule, start, begin, high):
        spend(1 + len(candidates) // 8)
        yield [day for day in candidates if chooses_day(rule, date.fromordinal(day + EPOCH_ORDINAL))]


def chooses_day(rule: Rule, day: date) -> bool:
    """Whether every part of the rule that is about days lets this one through."""
    return (
        (not rule.by_month or day.month in rule.by_month)
        and (not rule.by_month_day or _is_among(rule.by_month_day, day.day, monthrange(day.year, day.month)[1]))
        and (not rule.by_day or _is_weekday(rule, day))
        and (not rule.by_year_day or _is_among(rule.by_year_day, day.timetuple().tm_yday, 365 + isleap(day.year)))
        and (not rule.by_week_no or _is_among(rule.by_week_no, *_week_of(day, rule.week_start)))
    )


def _completed(rule: Rule, start: date) -> Rule:
    """The rule with what it leaves to its first time: that one's weekday, or its place in the month or year."""
    if rule.by_day or rule.by_month_day or rule.by_year_day or rule.frequency == Frequency.DAILY:
        return rule
    if rule.frequency == Frequency.WEEKLY or rule.by_week_no:
        return replace(rule, by_day=((0, start.weekday()),))
    if rule.frequency == Frequency.YEARLY:
        return replace(rule, by_month=rule.by_month or (start.month,), by_month_day=(start.day,))
    return replace(rule, by_month_day=(start.day,))


def _days(rule: Rule, start: int, begin: int, high: int) -> Iterator[list[int]]:
    first = start + (begin - start) // rule.interval * rule.interval
    return ([day] for day in range(first, high, rule.interval))


def _weeks(rule: Rule, start: int, begin: int, high: int) -> Iterator[list[int]]:
    # 1970 began on a Thursday.
    first = start - (start + 3 - rule.week_start) % 7
    step = 7 * rule.interval
    for week in range(first + (begin - first) // step * step, high, step):
        yield [day for day in range(week, week + 7) if FIRST_DAY <= day <= LAST_DAY]


def _months(rule: Rule, start: int, begin: int, high: int) -> Iterator[list[int]]:
    first, month, last = _month(start), _month(begin), _month(high - 1)
    for number in range(first + (month - first) // rule.interval * rule.interval, last + 1, rule.interval):
        yield _days_of_month(rule, *divmod(number, 12))


def _years(rule: Rule, start: int, begin: int, high: int) -> Iterator[list[int]]:
    first, year, last = (_month(day) // 12 for day in (start, begin, high - 1))
    months = [month - 1 for month in rule.by_month] if rule.by_month else list(range(12))
    for number in range(first + (year - first) // rule.interval * rule.interval, last + 1, rule.interval):
        yield [day for month in months for day in _days_of_month(rule, number, month)]


_PERIODS: dict[Frequency, Callable[[Rule, int, int, int], Iterator[list[int]]]] = {
    Frequency.DAILY: _days,
    Frequency.WEEKLY: _weeks,
    Frequency.MONTHLY: _months,
    Frequency.YEARLY: _years,
}


def _month(day: int) -> int:
    """Which month since that of the year nought."""
    at = date.fromordinal(day + EPOCH_ORDINAL)
    return at.year * 12 + at.month - 1


def _days_of_month(rule: Rule, year: int, month: int) -> list[int]:
    """Those of a month's days that may be chosen; its months here begin with 0."""
    first = date(year, month + 1, 1).toordinal() - EPOCH_ORDINAL
    length = monthrange(year, month + 1)[1]
    if not rule.by_month_day:
        return list(range(first, first + length))
    places = {place - 1 if place > 0 else length + place for place in rule.by_month_day}
    return [first + place for place in sorted(places) if 0 <= place < length]


def _is_among(wanted: tuple[int, ...], place: int, length: int) -> bool:
    """Whether a place is named from the beginning, or from the end by a negative number."""
    return place in wanted or place - length - 1 in wanted


def _is_weekday(rule: Rule, day: date) -> bool:
    """Whether it is a weekday that is named, and the one of its month or year that is meant."""
    weekday = day.weekday()
    for which, wanted in rule.by_day:
        if wanted != weekday:
            continue
        if which == 0:
            return True
        if rule.frequency == Frequency.YEARLY and not rule.by_month:
            place, length = day.timetuple().tm_yday, 365 + isleap(day.year)
        else:
            place, length = day.day, monthrange(day.year, day.month)[1]
        if which in {(place - 1) // 7 + 1, -((length - place) // 7 + 1)}:
            return True
    return False


def _week_of(day: date, week_start: int) -> tuple[int, int]:
    """Which week of its year a day is in, and how many that year has; the first has at least four days in it."""
    year = day.year
    if day < _first_week(year, week_start):
        year -= 1
    elif year < 9999 and day >= _first_week(year + 1, week_start):
        year += 1
    first = _first_week(year, week_start).toordinal()
    following = _first_week(year + 1, week_start).toordinal() if year < 9999 else first + 52 * 7
    return (day.toordinal() - first) // 7 + 1, (following - first) // 7


def _first_week(year: int, week_start: int) -> date:
    """The day on which a year's first week begins."""
    fourth = date(year, 1, 4)
    return date.fromordinal(max(1, fourth.toordinal() - (fourth.weekday() - week_start) % 7))
