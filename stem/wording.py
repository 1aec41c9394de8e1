"""Days, times and distances in the words that pages and letters use."""

from datetime import date, datetime, time

from django.utils import dateformat
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def in_london(value: date | datetime | time) -> date | datetime | time:
    """This moment as London's clocks show it; a plain day or clock time is already theirs."""
    if isinstance(value, datetime):
        return value.astimezone(get_default_timezone())
    return value


def day_in_words(value: date | datetime) -> str:
    """A day in full, such as "Tuesday 12 January 2027"."""
    return dateformat.format(in_london(value), "l j F Y")


def short_day_in_words(value: date | datetime) -> str:
    """A day for tables and tags, such as "Tue 12 Jan 2027"."""
    return dateformat.format(in_london(value), "D j M Y")


def month_in_words(value: date) -> str:
    """A month with its year, such as "May 2026"."""
    return dateformat.format(value, "F Y")


def clock_in_words(value: datetime | time) -> str:
    """A time of day, such as "9:15am", "2pm", "midday"."""
    shown = in_london(value)
    assert isinstance(shown, datetime | time)
    if (shown.hour, shown.minute) == (12, 0):
        return _("midday")
    if (shown.hour, shown.minute) == (0, 0):
        return _("midnight")
    minutes = f":{shown.minute:02}" if shown.minute else ""
    return f"{shown.hour % 12 or 12}{minutes}{'am' if shown.hour < 12 else 'pm'}"


def interval_in_words(start: datetime, end: datetime) -> str:
    """From when to when, naming the day once when both are on it."""
    first, last = day_in_words(start), day_in_words(end)
    words = {"day": first, "from": clock_in_words(start), "to": clock_in_words(end), "last_day": last}
    if first == last:
        return _("%(day)s, %(from)s to %(to)s") % words
    return _("%(day)s, %(from)s to %(last_day)s, %(to)s") % words


def miles_in_words(miles: float) -> str:
    """A distance as people say it: whole miles, and never "0 miles"."""
    whole = round(miles)
    if whole < 1:
        return _("under a mile")
    return ngettext("%(count)s mile", "%(count)s miles", whole) % {"count": whole}
