"""When one person can be asked for a visit, and why not when they cannot: pure, from what stands of them.

It says whom to ask and never what somebody may promise: people go beyond what they once said, if they like. Its twin
for everybody at once is `bookings.queries.free`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise

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


def is_free(standing: Standing, interval: Interval, *, at: datetime) -> bool:
    """Whether nothing stands against asking this person for a visit in this interval."""
    day = day_of(interval[0])
    return next(_of_hours(standing, day, interval, at), None) is None and next(_of_day(standing, day, at), None) is None


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
    if any(first <= day and (last is None or day <= last) for first, last in standing.away):
        yield WhyNot.AWAY
    if standing.notice_days and day < day_of(at) + standing.notice_days * DAY:
        yield WhyNot.TOO_SOON
    visits = [day_of(start) for start, _end in standing.promised]
    if standing.rest_days and any(abs((each - day).days) <= standing.rest_days for each in visits):
        yield WhyNot.RESTING
    for most, (first, following), reason in (
        (standing.most_a_month, month_of(day), WhyNot.MONTH),
        (standing.most_a_term, term_of(day), WhyNot.TERM),
    ):
        if most is not None and sum(first <= each < following for each in visits) >= most:
            yield reason


def _of_hours(standing: Standing, day: date, interval: Interval, at: datetime) -> Iterator[WhyNot]:
    """What stands against these hours of a day."""
    start, end = interval
    hours = hours_on(day, standing.week)
    if hours is None or start < hours[0] or end > hours[1]:
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
