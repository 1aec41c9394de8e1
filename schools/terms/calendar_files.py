"""The entries of a calendar file (RFC 5545) that may be term dates: titles and days, and nothing besides."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Component

from schools.terms.spans import DAY
from schools.terms.understanding import Told
from stem.rules import Kind, Refusal, refuse

MOST_BYTES = 1024 * 1024
MOST_EVENTS = 5000
# An entry that comes again and again comes no more often than this, and only day by day or week by week.
MOST_TIMES = 400
LONGEST_TITLE = 200
STEPS = {"DAILY": DAY, "WEEKLY": timedelta(weeks=1)}
# What makes a rule more than a plain step from day to day, or from week to week.
PLAIN_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def read_entries(content: bytes) -> list[Told]:
    """The entries of a calendar file, cancelled ones left out; times of day count as their days in London.

    Refuses with `file` what is larger than 1 MB, has more than 5,000 entries, or is no calendar. An entry without a
    day, or by a rule that we do not follow, is left out.
    """
    if len(content) > MOST_BYTES:
        raise _refused(_("This file has over 1 MB. Send one with term dates alone."))
    if content.upper().count(b"BEGIN:VEVENT") > MOST_EVENTS:
        raise _refused(_("This file has over 5,000 entries. Send one with term dates alone."))
    try:
        calendar = Calendar.from_ical(content)
        return [told for event in calendar.walk("VEVENT") for told in _entries(event)]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OverflowError):
        raise _refused(_("We could not read this file: send the calendar (.ics) as it was published.")) from None


def _refused(words: str) -> Refusal:
    return refuse("file", Kind.INPUT, words)


def _entries(event: Component) -> Iterator[Told]:
    title = " ".join(str(event.get("SUMMARY", "")).split())[:LONGEST_TITLE]
    if not title or str(event.get("STATUS", "")).upper() == "CANCELLED" or "DTSTART" not in event:
        return
    first, last = _days(event)
    for shift in _steps(event, first):
        if EARLIEST <= first + shift <= last + shift <= LATEST:
            yield Told(title, first + shift, last + shift)


def _days(event: Component) -> tuple[date, date]:
    """The first and the last day; the end as calendars write it is the day, or the moment, after."""
    written: Any = event
    start = written["DTSTART"].dt
    if "DTEND" in event:
        end = written["DTEND"].dt
    else:
        none_told = timedelta() if isinstance(start, datetime) else DAY
        end = start + (written["DURATION"].dt if "DURATION" in event else none_told)
    first = _day(start)
    last = _day(end - timedelta(seconds=1)) if isinstance(end, datetime) else end - DAY
    return first, max(first, last)


def _day(moment: date | datetime) -> date:
    """The day in London; a time that floats is London's."""
    if not isinstance(moment, datetime):
        return moment
    return moment.date() if moment.tzinfo is None else moment.astimezone(get_default_timezone()).date()


def _steps(event: Component, first: date) -> Iterator[timedelta]:
    """How far each time that the entry comes is from the first."""
    rule: Any = event.get("RRULE")
    if rule is None:
        yield timedelta()
        return
    parts = {str(key).upper(): value for key, value in rule.items()}
    step = STEPS.get(str(parts.get("FREQ", [""])[0]).upper())
    if step is None or set(parts) - PLAIN_PARTS or not {"COUNT", "UNTIL"} & set(parts):
        return
    step *= max(1, int(parts.get("INTERVAL", [1])[0]))
    times = min(MOST_TIMES, int(parts.get("COUNT", [MOST_TIMES])[0]))
    until = _day(parts["UNTIL"][0]) if "UNTIL" in parts else LATEST
    for number in range(times):
        if first + number * step > until:
            return
        yield number * step
