"""The days of a diary, each with what lies on it. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bookings.diaries.entries import Entry, Sort, WholeDays
from bookings.diaries.words import free_in_words
from bookings.enums import WhyNot
from bookings.free_time import Span
from stem.moments import day_of

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """One day: what has its hours, soonest first; what has none; and, where anybody asks, when its person is free."""

    day: date
    timed: tuple[Entry, ...] = ()
    whole: tuple[WholeDays, ...] = ()
    spans: tuple[Span, ...] = ()
    is_bank_holiday: bool = False

    @property
    def free(self) -> tuple[Span, ...]:
        """The parts in which its person can be asked for a visit."""
        return tuple(span for span in self.spans if not span.why_not)

    @property
    def why_not(self) -> tuple[WhyNot, ...]:
        """What stands against its hours; where it has none, that or that its person is away."""
        of_hours = [span for span in self.spans if WhyNot.HOURS not in span.why_not]
        found = {reason for span in of_hours for reason in span.why_not}
        if self.spans and not of_hours:
            is_away = any(WhyNot.AWAY in span.why_not for span in self.spans)
            found = {WhyNot.AWAY if is_away else WhyNot.HOURS}
        return tuple(each for each in WhyNot if each in found)

    @property
    def free_words(self) -> str:
        """When its person is free, or why not, in words for themselves."""
        return free_in_words(self.free, self.why_not)

    @property
    def state(self) -> Literal["free", "busy", "away", ""]:
        """How the whole of it stands; nothing where nobody asks."""
        if not self.spans:
            return ""
        if WhyNot.AWAY in self.why_not:
            return "away"
        return "free" if self.free else "busy"

    @property
    def marks(self) -> list[Sort]:
        """The sorts of what lies on it, each once; the way to a visit goes without saying."""
        found = {each.sort for each in self.timed} | {each.sort for each in self.whole}
        return [each for each in Sort if each in found and each != Sort.TRAVEL]

    @property
    def events(self) -> tuple[Entry, ...]:
        """What has its hours, but for the way there and back."""
        return tuple(each for each in self.timed if each.sort != Sort.TRAVEL)

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies on it."""
        return not (self.timed or self.whole)


def days_of(
    first: date,
    last: date,
    *,
    timed: Iterable[Entry] = (),
    whole: Iterable[WholeDays] = (),
    spans: Iterable[Span] = (),
    bank_holidays: Collection[date] = (),
) -> list[Day]:
    """Every day from the first to the last with what lies on it: of whole days all that they cover."""
    entries, parts, long = defaultdict(list), defaultdict(list), list(whole)
    for entry in sorted(timed, key=lambda each: (each.starts_at, each.ends_at, each.title)):
        entries[day_of(entry.starts_at)].append(entry)
    for span in spans:
        parts[day_of(span.starts_at)].append(span)
    return [
        Day(
            day,
            tuple(entries[day]),
            tuple(each for each in long if each.covers(day)),
            tuple(parts[day]),
            day in bank_holidays,
        )
        for day in (first + offset * DAY for offset in range((last - first).days + 1))
    ]


def weeks_of(days: list[Day]) -> list[list[Day]]:
    """The days in rows of seven, as a calendar has them."""
    return [days[start : start + 7] for start in range(0, len(days), 7)]


@dataclass(frozen=True)
class Line:
    """One line of a list: the day under which it stands, and what it says."""

    day: date
    what: Entry | WholeDays


def lines_of(days: Iterable[Day]) -> list[Line]:
    """All that lies on these days, each once: what covers several under the first of them that is listed."""
    lines, listed = [], set()
    for day in days:
        for each in day.whole:
            if id(each) not in listed:
                listed.add(id(each))
                lines.append(Line(day.day, each))
        lines += [Line(day.day, each) for each in day.events]
    return lines
