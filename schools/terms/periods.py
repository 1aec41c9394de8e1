"""The periods of a school's day as people type them, a line each: "Period 3: 11am to 12pm" (rule T-05)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from stem.forms import read_clock
from stem.rules import Kind, Reason, refuse_if_any
from stem.wording import clock_in_words

MOST_PERIODS = 40
LONGEST_NAME = 40
# How long a lesson is where a school says nothing else, and how long it may say that it is, in minutes.
USUAL_LESSON = 60
LESSONS = (50, 55, 60, 75, 100)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
_LINE = re.compile(
    r"^(?P<name>[^:]*?)\s*(?:\((?P<days>[A-Za-z,&\s-]+)\))?\s*:\s*(?P<start>[^–-]+?)"
    r"(?:\s*(?:\bto\b|\buntil\b|–|-)\s*(?P<end>.+?))?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Lesson:
    """A period of the day: its name, from when to when, and on which weekdays (0 is Monday) if not on all of them."""

    name: str
    starts: time
    ends: time
    weekdays: tuple[int, ...] = ()

    @property
    def in_words(self) -> str:
        """As a choice on a form: "Period 3, 11am to midday"."""
        words = _("%(name)s, %(from)s to %(to)s") % {
            "name": self.name,
            "from": clock_in_words(self.starts),
            "to": clock_in_words(self.ends),
        }
        return f"{words} ({self.days_in_words})" if self.weekdays else words

    @property
    def days_in_words(self) -> str:
        """Its weekdays, as they are typed."""
        return ", ".join(WEEKDAYS[day] for day in self.weekdays)

    @property
    def minutes(self) -> int:
        """How long it lasts, in minutes."""
        return (self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute

    def is_on(self, day: date) -> bool:
        """Whether there is such a period on this day."""
        return not self.weekdays or day.weekday() in self.weekdays


def read_periods(text: str, minutes: int = USUAL_LESSON) -> list[Lesson]:
    """The periods that these lines are, in the order of the day; one without an end lasts so many minutes.

    Refuses with `periods`: a line that is none, one that ends before it starts, two of one name on one day, or too
    many.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found: list[Lesson] = []
    reasons: list[Reason] = []
    for number, line in enumerate(lines[: MOST_PERIODS + 1], start=1):
        lesson = _read(line, minutes)
        if lesson is None:
            words = _("Line %(number)d: write its name and when it is, such as “Period 3: 11am to 12pm”.")
            reasons.append(Reason("periods", Kind.INPUT, words % {"number": number}))
        elif lesson.ends <= lesson.starts:
            words = _("Line %(number)d: it has to end after it starts.")
            reasons.append(Reason("periods", Kind.INPUT, words % {"number": number}))
        elif any(_same(lesson, other) for other in found):
            words = _("Line %(number)d: there is another period of this name on that day.")
            reasons.append(Reason("periods", Kind.INPUT, words % {"number": number}))
        else:
            found.append(lesson)
    if len(lines) > MOST_PERIODS:
        reasons.append(
            Reason("periods", Kind.INPUT, _("Enter no more than %(most)d periods.") % {"most": MOST_PERIODS})
        )
    refuse_if_any(reasons[:5])
    return sorted(found, key=lambda each: (each.starts, each.ends, each.name))


def _same(one: Lesson, other: Lesson) -> bool:
    if one.name.casefold() != other.name.casefold():
        return False
    return not one.weekdays or not other.weekdays or bool(set(one.weekdays) & set(other.weekdays))


def _read(line: str, minutes: int) -> Lesson | None:
    match = _LINE.match(line[:200])
    if match is None or not match["name"] or len(match["name"]) > LONGEST_NAME:
        return None
    try:
        starts = read_clock(match["start"])
        ends = read_clock(match["end"]) if match["end"] else _later(starts, minutes)
        return Lesson(match["name"], starts, ends, _weekdays(match["days"] or ""))
    except ValueError:
        return None


def _later(clock: time, minutes: int) -> time:
    """So many minutes later, but no later than the day lasts."""
    later = datetime.combine(date.min, clock) + timedelta(minutes=minutes)
    return later.time() if later.date() == date.min else time(23, 59)


def _weekdays(words: str) -> tuple[int, ...]:
    """The weekdays of "Mon, Wed" or "Fridays". Raises ValueError for any other word."""
    spelt = [word[:3].capitalize() for word in re.findall("[A-Za-z]+", words) if word.casefold() != "and"]
    return tuple(sorted({WEEKDAYS.index(word) for word in spelt}))


def write_periods(periods: Iterable[Lesson]) -> str:
    """These periods as lines that `read_periods` brings back to the same."""
    return "\n".join(
        f"{each.name}{f' ({each.days_in_words})' if each.weekdays else ''}: "
        f"{_spelt(each.starts)} to {_spelt(each.ends)}"
        for each in periods
    )


def _spelt(clock: time) -> str:
    return f"{clock.hour % 12 or 12}:{clock.minute:02d}{'am' if clock.hour < 12 else 'pm'}"


def lesson_of(periods: Iterable[Lesson]) -> timedelta:
    """How long a lesson is in this school: as its first period is, or an hour where it names none."""
    first = next(iter(periods), None)
    return timedelta(minutes=first.minutes if first else USUAL_LESSON)
