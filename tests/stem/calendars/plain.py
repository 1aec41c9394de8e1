"""Events as they are made for a test, written as a file, and expanded once more by plain loops over days.

Nothing here is taken from what it tests, nor from its libraries: a day is looked at, and belongs to a series or not.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = date(2028, 3, 1)


@dataclass
class Made:
    """One event. `zone` is a name, "" for none, or "Z"; without `at` it is of whole days."""

    uid: str
    day: date
    at: time | None = None
    zone: str = ""
    minutes: int = 60
    days: int = 1
    by_length: bool = False
    frequency: str = ""
    interval: int = 1
    count: int | None = None
    until: date | None = None
    weekdays: tuple[int, ...] = ()
    which: int = 0
    month_days: tuple[int, ...] = ()
    left_out: frozenset[int] = frozenset()
    added: tuple[date, ...] = ()
    # the how-manieth time, and by how many days it is moved
    moved: dict[int, int] = field(default_factory=dict)
    cancelled: frozenset[int] = frozenset()
    is_free: bool = False

    # --- expanded

    def busy(self) -> list[tuple[datetime, datetime]]:
        """Each of its intervals, unmerged, in UTC."""
        if self.is_free:
            return []
        days = self.series()
        kept = [day for place, day in enumerate(days) if place not in self.left_out | self.cancelled | set(self.moved)]
        gone = {days[place] for place in self.left_out | self.cancelled | set(self.moved) if place < len(days)}
        kept += [day for day in self.added if day not in gone]
        shifted = [
            days[place] + timedelta(days=by)
            for place, by in self.moved.items()
            if place < len(days) and place not in self.left_out
        ]
        return [self.interval_on(day) for day in [*kept, *shifted]]

    def series(self) -> list[date]:
        """The days of the rule, in order, those left out among them."""
        if not self.frequency:
            return [self.day]
        found: list[date] = []
        day = self.day
        while day < LAST and (self.until is None or day <= self.until):
            if day == self.day or self.holds(day):
                found.append(day)
                if len(found) == self.count:
                    break
            day += timedelta(days=1)
        return found

    def holds(self, day: date) -> bool:
        """Whether a day is one of the rule's."""
        months = (day.year - self.day.year) * 12 + day.month - self.day.month
        if self.frequency == "DAILY":
            return (day - self.day).days % self.interval == 0 and (not self.weekdays or day.weekday() in self.weekdays)
        if self.frequency == "WEEKLY":
            monday, first = (each - timedelta(days=each.weekday()) for each in (day, self.day))
            weekdays = self.weekdays or (self.day.weekday(),)
            return (monday - first).days // 7 % self.interval == 0 and day.weekday() in weekdays
        if self.frequency == "MONTHLY":
            return months % self.interval == 0 and self.is_of_month(day)
        return (day.year - self.day.year) % self.interval == 0 and (day.month, day.day) == (
            self.day.month,
            self.day.day,
        )

    def is_of_month(self, day: date) -> bool:
        """Whether a day is one that the rule names in a month."""
        if self.weekdays:
            if day.weekday() not in self.weekdays:
                return False
            step = timedelta(days=7 * abs(self.which))
            if self.which > 0:
                return (day - step).month != day.month and (day - step + timedelta(days=7)).month == day.month
            if self.which < 0:
                return (day + step).month != day.month and (day + step - timedelta(days=7)).month == day.month
            return True
        length = ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
        return day.day in [each if each > 0 else length + 1 + each for each in self.month_days or (self.day.day,)]

    def interval_on(self, day: date) -> tuple[datetime, datetime]:
        """When it is if it begins on this day."""
        if self.at is None:
            begin, end = (datetime.combine(each, time(), LONDON) for each in (day, day + timedelta(days=self.days)))
            return begin.astimezone(UTC), end.astimezone(UTC)
        begin = self.instant(day)
        if self.by_length:
            return begin, begin + timedelta(minutes=self.minutes)
        return begin, begin + (self.instant(self.day, self.minutes) - self.instant(self.day))

    def instant(self, day: date, minutes: int = 0) -> datetime:
        """What its clock shows so many minutes after it began, in UTC."""
        assert self.at is not None
        shown = datetime.combine(day, self.at) + timedelta(minutes=minutes)
        zone = UTC if self.zone == "Z" else ZoneInfo(self.zone or "Europe/London")
        return shown.replace(tzinfo=zone).astimezone(UTC)

    # --- written

    def written(self) -> list[str]:
        """Its events, as the lines of each."""
        lines = [f"UID:{self.uid}", f"DTSTART{self.said(self.day)}", self.said_end(self.day)]
        if self.frequency:
            lines.append(f"RRULE:{self.rule()}")
        days = self.series()
        lines += [f"EXDATE{self.said(days[place])}" for place in self.left_out if place < len(days)]
        lines += [f"RDATE{self.said(day)}" for day in self.added]
        if self.is_free:
            lines.append("TRANSP:TRANSPARENT")
        events = ["\n".join(lines)]
        for place, by in [*self.moved.items(), *((place, 0) for place in self.cancelled)]:
            if place < len(days):
                day = days[place] + timedelta(days=by)
                changed = [f"UID:{self.uid}", f"RECURRENCE-ID{self.said(days[place])}", f"DTSTART{self.said(day)}"]
                changed.append(f"DURATION:{self.exact_length()}")
                changed += ["STATUS:CANCELLED"] if place in self.cancelled else []
                changed += ["TRANSP:TRANSPARENT"] if self.is_free else []
                events.append("\n".join(changed))
        return events

    def exact_length(self) -> str:
        if self.at is None:
            return f"P{self.days}D"
        begin, end = self.interval_on(self.day)
        return f"PT{int((end - begin).total_seconds())}S"

    def said(self, day: date, minutes: int = 0) -> str:
        if self.at is None:
            return f";VALUE=DATE:{day:%Y%m%d}"
        shown = datetime.combine(day, self.at) + timedelta(minutes=minutes)
        if self.zone == "Z":
            return f":{shown:%Y%m%dT%H%M%SZ}"
        return f"{f';TZID={self.zone}' if self.zone else ''}:{shown:%Y%m%dT%H%M%S}"

    def said_end(self, day: date) -> str:
        if self.at is None:
            return (
                f"DURATION:P{self.days}D"
                if self.by_length
                else f"DTEND;VALUE=DATE:{day + timedelta(days=self.days):%Y%m%d}"
            )
        return f"DURATION:PT{self.minutes}M" if self.by_length else f"DTEND{self.said(day, self.minutes)}"

    def rule(self) -> str:
        parts = [f"FREQ={self.frequency}", f"INTERVAL={self.interval}"]
        if self.count:
            parts.append(f"COUNT={self.count}")
        elif self.until:
            last = f"{self.until:%Y%m%d}" if self.at is None else f"{self.until:%Y%m%d}T235959"
            parts.append(f"UNTIL={last}")
        if self.weekdays and self.frequency != "YEARLY":
            which = str(self.which) if self.which and self.frequency == "MONTHLY" else ""
            parts.append("BYDAY=" + ",".join(which + NAMES[day] for day in self.weekdays))
        if self.month_days and self.frequency == "MONTHLY" and not self.weekdays:
            parts.append("BYMONTHDAY=" + ",".join(map(str, self.month_days)))
        return ";".join(parts)


def merged(
    intervals: list[tuple[datetime, datetime]], low: datetime, high: datetime
) -> list[tuple[datetime, datetime]]:
    """These as one line of time, by counting at each edge how many are open."""
    edges: list[tuple[datetime, int]] = []
    for begin, end in intervals:
        begin, end = max(begin, low), min(end, high)
        if begin < end:
            edges += [(begin, -1), (end, 1)]
    found, opened, since = [], 0, low
    for at, change in sorted(edges):
        if opened == 0:
            since = at
        opened -= change
        if opened == 0:
            found.append((since, at))
    return found
