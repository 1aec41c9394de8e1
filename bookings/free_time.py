"""When one person can be asked for a visit, and why not when they cannot: pure, from what stands of them.

It says whom to ask and never what somebody may promise: people go beyond what they once said, if they like. Its twin
for everybody at once is `bookings.queries.free`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from ambassadors.hours import Week, hours_on
from bookings.enums import WhyNot
from stem.moments import day_of, moment
from stem.workdays import good_friday

DAY = timedelta(days=1)
Interval = tuple[datetime, datetime]


@dataclass(frozen=True)
class Standing:
    """What is known of a person's time; each interval is half-open."""

    # None: whoever has not said.
    week: Week | None = None
    # First and last day, both included; None: no last day.
    away: tuple[tuple[date, date | None], ...] = ()
    promised: tuple[Interval, ...] = ()
    # By their own calendars; those of several may overlap.
    busy: tuple[Interval, ...] = ()
    most_a_month: int | None = None
    most_a_term: int | None = None
    notice_days: int = 0
    rest_days: int = 0


@dataclass(frozen=True)
class Span:
    """A part of one day, and why nobody is asked in it; no reason: they can be asked."""

    starts_at: datetime
    ends_at: datetime
    why_not: tuple[WhyNot, ...] = ()


def why_not(standing: Standing, interval: Interval, *, at: datetime) -> list[WhyNot]:
    """Every reason why nobody asks this person for a visit in this interval, in the order of `WhyNot`; none: ask."""
    day = day_of(interval[0])
    reasons = {*_of_day(standing, day, at), *_of_hours(standing, day, interval, at)}
    return [each for each in WhyNot if each in reasons]


def is_away(standing: Standing, day: date) -> bool:
    """Whether this person is away, or kept out of schools, on this day."""
    return any(first <= day and (last is None or day <= last) for first, last in standing.away)


def is_free(standing: Standing, interval: Interval, *, at: datetime) -> bool:
    """Whether nothing stands against asking this person for a visit in this interval."""
    return is_free_at(standing, Asked.at(interval, at))


class Asked(NamedTuple):
    """An interval that many people are asked about, with what is the same for all of them."""

    starts_at: datetime
    ends_at: datetime
    day: date
    # Days from now until then, below nought for one that is over; and whether the moment itself has passed.
    days_ahead: int
    is_past: bool
    # Whether it lies within the hours of schools, which whoever has said nothing keeps.
    is_usual: bool

    @classmethod
    def at(cls, interval: Interval, now: datetime) -> "Asked":
        """The interval as it is asked about now."""
        starts_at, ends_at = interval
        day = day_of(starts_at)
        is_usual = _lies_within(interval, hours_on(day, None))
        return cls(starts_at, ends_at, day, (day - day_of(now)).days, starts_at < now, is_usual)


def is_free_at(standing: Standing, asked: Asked) -> bool:
    """Whether nothing stands against asking this person then: as `why_not`, without saying what; thousands are asked.

    First what stands against most.
    """
    starts_at, ends_at, day = asked.starts_at, asked.ends_at, asked.day
    if asked.is_past or asked.days_ahead < standing.notice_days:
        return False
    if standing.week is None:
        if not asked.is_usual:
            return False
    elif not _lies_within((starts_at, ends_at), hours_on(day, standing.week)):
        return False
    for begun, over in (*standing.promised, *standing.busy):
        if begun < ends_at and over > starts_at:
            return False
    return not (standing.away and is_away(standing, day)) and next(_of_limits(standing, day), None) is None


def _lies_within(interval: Interval, hours: Interval | None) -> bool:
    """Whether these are hours at all, and the interval is in them."""
    return hours is not None and interval[0] >= hours[0] and interval[1] <= hours[1]


def free_time(standing: Standing, first: date, last: date, *, at: datetime) -> list[Span]:
    """The days from the first to the last in spans, one after another: when this person can be asked, and why not.

    A visit fits where it lies within one span without a reason.
    """
    days = (first + offset * DAY for offset in range((last - first).days + 1))
    return [span for day in days for span in _spans_of(standing, day, at)]


def month_of(day: date) -> tuple[date, date]:
    """The first day of a month, and the first of the next."""
    first = day.replace(day=1)
    return first, (first + 31 * DAY).replace(day=1)


def term_of(day: date) -> tuple[date, date]:
    """The third of a school year that people count their visits by: its first day, and the first of the next.

    Autumn to the end of the year, spring up to Easter Sunday, summer to the end of July: whole, near enough to every
    school's terms in the four nations, and no day in two of them.
    """
    year = day.year
    edges = [date(year, 1, 1), good_friday(year) + 3 * DAY, date(year, 8, 1), date(year + 1, 1, 1)]
    return next((start, end) for start, end in pairwise(edges) if start <= day < end)


def _of_day(standing: Standing, day: date, at: datetime) -> Iterator[WhyNot]:
    """What stands against a whole day."""
    yield from _of_absence(standing, day)
    if standing.notice_days and day < day_of(at) + standing.notice_days * DAY:
        yield WhyNot.TOO_SOON
    yield from _of_limits(standing, day)


def _of_absence(standing: Standing, day: date) -> Iterator[WhyNot]:
    """Whether they are away on this day."""
    if is_away(standing, day):
        yield WhyNot.AWAY


def _of_limits(standing: Standing, day: date) -> Iterator[WhyNot]:
    """What stands against a day of the visits that they have, by how many they want and how far apart."""
    has_limits = standing.rest_days or standing.most_a_month is not None or standing.most_a_term is not None
    if not has_limits:
        return
    visits = [day_of(start) for start, _end in standing.promised]
    if standing.rest_days and any(abs((each - day).days) <= standing.rest_days for each in visits):
        yield WhyNot.RESTING
    if standing.most_a_month is not None and _visits_in(month_of(day), visits) >= standing.most_a_month:
        yield WhyNot.MONTH
    if standing.most_a_term is not None and _visits_in(term_of(day), visits) >= standing.most_a_term:
        yield WhyNot.TERM


def _visits_in(span: tuple[date, date], visits: list[date]) -> int:
    """How many of these days lie in a span of them, whose last is not part of it."""
    return sum(span[0] <= each < span[1] for each in visits)


def _of_hours(standing: Standing, day: date, interval: Interval, at: datetime) -> Iterator[WhyNot]:
    """What stands against these hours of a day."""
    start, end = interval
    if not _lies_within(interval, hours_on(day, standing.week)):
        yield WhyNot.HOURS
    if start < at:
        yield WhyNot.TOO_SOON
    for taken, reason in ((standing.promised, WhyNot.PROMISED), (standing.busy, WhyNot.BUSY)):
        if any(begun < end and over > start for begun, over in taken):
            yield reason


def _spans_of(standing: Standing, day: date, at: datetime) -> Iterator[Span]:
    """This day in spans, cut where what stands against it changes."""
    begins, ends = moment(day, time()), moment(day + DAY, time())
    edges = {begins, ends, at, *(hours_on(day, standing.week) or ())}
    for interval in (*standing.promised, *standing.busy):
        edges.update(interval)
    of_day = set(_of_day(standing, day, at))
    parts = pairwise(sorted(edge for edge in edges if begins <= edge <= ends))
    judged = ((part, of_day | set(_of_hours(standing, day, part, at))) for part in parts)
    for reasons, run in groupby(judged, key=lambda each: each[1]):
        same = [part for part, _reasons in run]
        yield Span(same[0][0], same[-1][1], tuple(each for each in WhyNot if each in reasons))
