"""Days, times and distances in the words that pages and letters use."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache, wraps
from typing import Any, ParamSpec

from django.utils import dateformat
from django.utils.timezone import get_default_timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

Given = ParamSpec("Given")
REMEMBERED = 4_096


def said_once(words: Callable[Given, str]) -> Callable[Given, str]:
    """The same words, put together once for each language: to translate takes longer than to remember.

    For functions of few different arguments, by which lists of people say the same of many.
    """

    def put_together(_language: str | None, *given: Any, **named: Any) -> str:
        """What is said to this in that language."""
        return words(*given, **named)

    remembered: Callable[..., str] = lru_cache(maxsize=REMEMBERED)(put_together)

    @wraps(words)
    def say(*given: Given.args, **named: Given.kwargs) -> str:
        """What is said to this in the reader's language."""
        return remembered(get_language(), *given, **named)

    return say


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
