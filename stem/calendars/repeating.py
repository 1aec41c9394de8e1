"""When a rule repeats something, near the days asked about (RFC 5545, 3.3.10).

Times here are walls (`moments`). A rule that can be reckoned is not walked through: what repeats evenly is one `Run`
however long it goes on, and any other rule without a count is entered just before the days asked about.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from stem.calendars.choosing_days import FIRST_DAY, LAST_DAY, Spend, chooses_day, periods_of_days
from stem.calendars.moments import DAY, EPOCH_ORDINAL
from stem.calendars.recurrence import SECONDS, Frequency, Rule

# More often than anything is repeated within the years that there are.
ENDLESS = 10**15


class Run(NamedTuple):
    """Times at one distance from each other."""

    first: int
    step: int = DAY
    times: int = 1

    @property
    def ends(self) -> int:
        """Where one more time would be."""
        return self.first + self.times * self.step

    @property
    def walls(self) -> range:
        """Each of its times."""
        return range(self.first, self.ends, self.step)

    def within(self, low: int, high: int) -> "Run | None":
        """Those of its times that are not before `low` and before `high`."""
        skip = max(0, -(-(low - self.first) // self.step))
        stop = min(self.times, -(-(high - self.first) // self.step))
        return Run(self.first + skip * self.step, self.step, stop - skip) if stop > skip else None


def repeat(rule: Rule, start: int, low: int, high: int, spend: Spend) -> Iterator[Run]:
    """The times of the rule from `low` to before `high`, `start` among them; `until` is the caller's to heed.

    The first time counts as one of a rule that would not choose it. `spend` is told of each step of work.
    """
    runs = _runs(rule, start)
    if runs is None:
        yield from _walked(rule, start, low, high, spend)
        return
    for run in runs:
        spend(1)
        if (near := run.within(low, high)) is not None:
            yield near


def _runs(rule: Rule, start: int) -> list[Run] | None:
    """All times of an evenly repeated rule; None for one that is not."""
    if rule.is_plain and rule.frequency in SECONDS:
        return [Run(start, SECONDS[rule.frequency] * rule.interval, rule.count or ENDLESS)]
    return _weekly_runs(rule, start) if rule.is_of_weekdays else None


def _weekly_runs(rule: Rule, start: int) -> list[Run]:
    """One run for each weekday, the count shared among them in the order in which they come."""
    day, time = divmod(start, DAY)
    week = day - (day + 3 - rule.week_start) % 7
    step = 7 * rule.interval
    firsts = sorted(week + (weekday - rule.week_start) % 7 for _which, weekday in rule.by_day)
    firsts = sorted(first if first >= day else first + step for first in firsts)
    runs, count = [], rule.count or ENDLESS
    if day not in firsts:
        runs.append(Run(start))
        count -= 1
    for place, first in enumerate(firsts):
        share = (count - place + len(firsts) - 1) // len(firsts)
        if share > 0:
            runs.append(Run(first * DAY + time, step * DAY, share))
    return runs


def _walked(rule: Rule, start: int, low: int, high: int, spend: Spend) -> Iterator[Run]:
    """Period for period. A rule without a count is entered near the days asked about."""
    left = rule.count
    if start < high and left is None and start >= low:
        yield Run(start)
    elif left is not None:
        left -= 1
        if low <= start < high:
            yield Run(start)
    begin = start + 1 if left is not None else max(start + 1, low)
    for times in _periods(rule, start, begin, high, spend):
        for time in times:
            if time <= start or (left is None and time < low):
                continue
            if time >= high or left == 0:
                return
            left = None if left is None else left - 1
            if time >= low:
                yield Run(time)


def _periods(rule: Rule, start: int, begin: int, high: int, spend: Spend) -> Iterator[list[int]]:
    """The times that the rule chooses in each of its periods, from the one that holds `begin` on."""
    if rule.frequency < Frequency.DAILY:
        yield from _short_periods(rule, start, begin, high, spend)
        return
    times = _times_of_day(rule, start % DAY)
    for days in periods_of_days(rule, start // DAY, begin // DAY, -(-high // DAY), spend):
        walls = [day * DAY + time for day in days for time in times]
        spend(len(walls))
        yield _placed(rule, walls)


def _short_periods(rule: Rule, start: int, begin: int, high: int, spend: Spend) -> Iterator[list[int]]:
    """Hours, minutes or seconds: those of a day, hour or minute that the rule leaves out are passed over at once."""
    unit = SECONDS[rule.frequency]
    step = unit * rule.interval
    base = start - start % unit
    inside = _inside(rule, start)
    period = base + max(0, (begin - base) // step) * step
    while period < high:
        spend(1)
        left_out_until = _left_out_until(rule, period)
        if left_out_until is not None:
            period += -(-(left_out_until - period) // step) * step
            continue
        yield _placed(rule, [period + offset for offset in inside])
        period += step


def _inside(rule: Rule, start: int) -> list[int]:
    """Where in its hour, minute or second a rule sets something."""
    seconds = tuple(min(second, 59) for second in rule.by_second) or (start % 60,)
    if rule.frequency == Frequency.SECONDLY:
        return [0]
    if rule.frequency == Frequency.MINUTELY:
        return sorted(set(seconds))
    minutes = rule.by_minute or (start // 60 % 60,)
    return sorted({minute * 60 + second for minute, second in product(minutes, seconds)})


def _left_out_until(rule: Rule, period: int) -> int | None:
    """The end of the day, hour, minute or second that the rule leaves out; None where it leaves none out."""
    day = period // DAY
    if not FIRST_DAY <= day <= LAST_DAY or not _chooses(rule, day):
        return (day + 1) * DAY
    if rule.by_hour and period // 3600 % 24 not in rule.by_hour:
        return (period // 3600 + 1) * 3600
    if rule.frequency <= Frequency.MINUTELY and rule.by_minute and period // 60 % 60 not in rule.by_minute:
        return (period // 60 + 1) * 60
    if rule.frequency == Frequency.SECONDLY and rule.by_second and period % 60 not in rule.by_second:
        return period + 1
    return None


@lru_cache(maxsize=64)
def _chooses(rule: Rule, day: int) -> bool:
    return chooses_day(rule, date.fromordinal(day + EPOCH_ORDINAL))


def _placed(rule: Rule, walls: list[int]) -> list[int]:
    """Those of a period's times that the rule names by their place among them."""
    if not rule.by_set_pos:
        return walls
    places = {place - 1 if place > 0 else len(walls) + place for place in rule.by_set_pos}
    return [wall for place, wall in enumerate(walls) if place in places]


def _times_of_day(rule: Rule, time: int) -> list[int]:
    """The seconds of a day at which a rule of days or longer sets something."""
    hours = rule.by_hour or (time // 3600,)
    minutes = rule.by_minute or (time // 60 % 60,)
    seconds = tuple(min(second, 59) for second in rule.by_second) or (time % 60,)
    return sorted({hour * 3600 + minute * 60 + second for hour, minute, second in product(hours, minutes, seconds)})
