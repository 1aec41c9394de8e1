"""The rules by which events repeat, as they are written (RFC 5545, 3.3.10)."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from stem.calendars.moments import DAY, Clock, Moment, Unreadable, read_time

WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
# Each part with the largest number that it may name; where a negative one counts from the end, None is in its place.
PARTS = {
    "BYSECOND": (0, 60),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (None, 31),
    "BYYEARDAY": (None, 366),
    "BYWEEKNO": (None, 53),
    "BYSETPOS": (None, 366),
}
# Every number that each part may name is shorter.
LONGEST = 8_000
KNOWN = frozenset({*PARTS, "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", "RSCALE", "SKIP"})


class Frequency(IntEnum):
    """How often the periods begin in which a rule chooses its times, the shortest first."""

    SECONDLY = 0
    MINUTELY = 1
    HOURLY = 2
    DAILY = 3
    WEEKLY = 4
    MONTHLY = 5
    YEARLY = 6


# Of those that have one length
SECONDS = {
    Frequency.SECONDLY: 1,
    Frequency.MINUTELY: 60,
    Frequency.HOURLY: 3600,
    Frequency.DAILY: DAY,
    Frequency.WEEKLY: 7 * DAY,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: nothing in it that was not written, but a week that begins on Monday.

    `until` is its last possible time, on whatever clock it was written; a day counts as a whole.
    """

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: Moment | None = None
    week_start: int = 0
    by_day: tuple[tuple[int, int], ...] = ()
    by_second: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    by_hour: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_week_no: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether nothing but its frequency and interval says when."""
        return not self.by_day and self._is_open

    @property
    def is_of_weekdays(self) -> bool:
        """Whether it names weekdays of a week, and nothing else."""
        return self.frequency == Frequency.WEEKLY and bool(self.by_day) and self._is_open

    @property
    def _is_open(self) -> bool:
        times = self.by_second or self.by_minute or self.by_hour
        days = self.by_month or self.by_month_day or self.by_year_day or self.by_week_no
        return not (times or days or self.by_set_pos)


@lru_cache(maxsize=10_000)
def read_rule(text: str, clock: Clock) -> Rule:
    """The rule of something that begins on this clock. Raises `Unreadable` for no rule, or one of other calendars."""
    if len(text) > LONGEST:
        raise Unreadable("rule")
    parts: dict[str, str] = {}
    for piece in text.upper().replace(" ", "").strip(";").split(";"):
        name, _equals, value = piece.partition("=")
        if name in KNOWN:
            parts[name] = value
        elif not name.startswith("X-"):
            raise Unreadable("rule")
    if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN" or parts.get("SKIP", "OMIT") != "OMIT":
        raise Unreadable("rule")
    try:
        frequency = Frequency[parts["FREQ"]]
        week_start = WEEKDAYS[parts.get("WKST", "MO")]
    except KeyError as error:
        raise Unreadable("rule") from error
    return Rule(
        frequency=frequency,
        interval=_positive(parts.get("INTERVAL", "1")),
        count=_count(parts.get("COUNT")),
        until=_until(parts.get("UNTIL"), clock),
        week_start=week_start,
        by_day=_by_day(parts.get("BYDAY"), frequency),
        **{f"by_{_FIELDS[name]}": _numbers(parts.get(name), *PARTS[name]) for name in PARTS},
    )


_FIELDS = {
    "BYSECOND": "second",
    "BYMINUTE": "minute",
    "BYHOUR": "hour",
    "BYMONTH": "month",
    "BYMONTHDAY": "month_day",
    "BYYEARDAY": "year_day",
    "BYWEEKNO": "week_no",
    "BYSETPOS": "set_pos",
}


def _positive(text: str) -> int:
    if not text.isdecimal() or len(text) > 12 or int(text) < 1:
        raise Unreadable("rule")
    return int(text)


def _count(text: str | None) -> int | None:
    # Some programs write -1 for "without end".
    if text is None or re.fullmatch(r"-\d{1,9}", text):
        return None
    return _positive(text)


def _until(text: str | None, clock: Clock) -> Moment | None:
    """A last time without a zone is shown by the clock of the first (which is how RFC 2445 was read)."""
    if not text:
        return None
    last = read_time(text, clock, clock, as_day=False)
    return last._replace(wall=last.wall + DAY - 1) if last.is_day else last


def _by_day(text: str | None, frequency: Frequency) -> tuple[tuple[int, int], ...]:
    """Each weekday with which of them in its month or year it is, 0 for all; of a week or a day there is but one."""
    if not text:
        return ()
    days = []
    for piece in text.strip(",").split(","):
        found = BY_DAY.fullmatch(piece)
        if found is None:
            raise Unreadable("rule")
        which = int(found[1] or 0) if frequency >= Frequency.MONTHLY else 0
        days.append((which, WEEKDAYS[found[2]]))
    return tuple(sorted(set(days)))


def _numbers(text: str | None, least: int | None, most: int) -> tuple[int, ...]:
    if not text:
        return ()
    numbers = set()
    for piece in text.strip(",").split(","):
        if not re.fullmatch(r"[+-]?\d{1,3}", piece):
            raise Unreadable("rule")
        number = int(piece)
        if abs(number) > most or (number == 0 if least is None else number < least):
            raise Unreadable("rule")
        numbers.add(number)
    return tuple(sorted(numbers))
