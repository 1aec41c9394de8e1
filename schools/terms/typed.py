"""Term dates as people type them, a line each: "Autumn term: 2 September 2026 to 18 December 2026"."""

import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from schools.enums import SpanKind
from schools.terms.spans import Span, in_order
from schools.terms.titles import PLAIN, Meaning, meaning_of
from schools.terms.understanding import Told
from stem.forms import month_number
from stem.rules import Kind, Reason, refuse_if_any

MOST_LINES = 400
LONGEST_LINE = 200
EXAMPLE = "Half term: 26 October 2026 to 30 October 2026"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_DAY = _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?[\s/.-]+([A-Za-z]{3,9}|\d{1,2})\.?(?:[\s/.,-]+(\d{4}))?"
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DAYS = re.compile(
    rf"^(?P<title>.*?)[\s:,–-]*\b{_DAY}(?:\s*(?:to|until|till|–|—|-)\s*{_DAY})?\s*\.?\s*$", re.IGNORECASE
)
# These lines are read back by rules, so their words are not translated.
_WORDS = {kind: word for word, kind in PLAIN.items()}
_MEANS = {SpanKind(meaning.value): meaning for meaning in PLAIN.values()}


def read_lines(text: str) -> list[Told]:
    """The entries that these lines are, empty ones left out.

    Refuses with `lines`, once for each line that has no days in it or ends before it begins, and when there are more
    than anyone types.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_LINES:
        reason = _("Enter no more than %(most)d lines, or send a calendar file.") % {"most": MOST_LINES}
        refuse_if_any([Reason("lines", Kind.INPUT, reason)])
    entries, reasons = [], []
    for number, line in lines:
        entry = _read(line)
        if entry is None:
            words = _("Line %(number)d: write what it is and its days, such as “%(example)s”.")
            told = {"number": number, "example": EXAMPLE}
            reasons.append(Reason("lines", Kind.INPUT, words % told))
        elif entry.last < entry.first:
            words = _("Line %(number)d: its last day comes before its first.")
            reasons.append(Reason("lines", Kind.INPUT, words % {"number": number}))
        else:
            entries.append(entry)
    refuse_if_any(reasons[:5])
    return entries


def _read(line: str) -> Told | None:
    """One line; None where no day, or no title, can be read in it."""
    if len(line) > LONGEST_LINE:
        return None
    spelt = _ISO.sub(lambda found: f"{found[3]}/{found[2]}/{found[1]}", line)
    match = _DAYS.match(spelt)
    if match is None or not match["title"].strip():
        return None
    day, month, year, last_day, last_month, last_year = match.groups()[1:]
    try:
        if last_day is None:
            first = last = date(int(year or 0), month_number(month), int(day))
        else:
            last = date(int(last_year or year or 0), month_number(last_month), int(last_day))
            first = date(int(year or last.year), month_number(month), int(day))
    except (ValueError, OverflowError):
        return None
    return Told(match["title"].strip(" :,–-"), first, last)


def write_lines(spans: Iterable[Span]) -> str:
    """These stretches as lines that `read_lines` and `understand` bring back to the same."""
    return "\n".join(_write(span) for span in in_order(spans))


def _write(span: Span) -> str:
    days = _day(span.first) if span.first == span.last else f"{_day(span.first)} to {_day(span.last)}"
    return f"{_title(span)}: {days}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _title(span: Span) -> str:
    """The name alone where a reader knows from it what it is, else its kind with the name in brackets."""
    kind, name = _WORDS[Meaning(span.kind.value)], str(span.name)
    days = (span.last - span.first).days + 1
    if name and meaning_of(name, days) is _MEANS[span.kind] and "(" not in name and ":" not in name:
        return name
    return f"{kind.capitalize()} ({name})" if name else kind.capitalize()
