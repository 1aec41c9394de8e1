"""Draw a school year at a glance: a row for each month, a mark for each weekday. The lists beside it say the same."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.dates import MONTHS_3

from schools.enums import SpanKind
from schools.terms.school_time import SchoolTime
from schools.terms.spans import days_between
from schools.terms.years import bounds

# In units that a stylesheet makes as large as there is room for.
LEFT, TOP, STEP, ROW = 34, 16, 10, 17
HEIGHT = TOP + 12 * ROW
WIDTH = LEFT + 31 * STEP
NUMBERED = (1, 5, 10, 15, 20, 25, 30)
# What each kind of day looks like, apart from its colour: a square, a small dot, a diamond, a cross.
SHAPES = {
    "open": "M{x} {y}h8v10h-8z",
    "away": "M{x3} {y4}h2v2h-2z",
    "bank": "M{x1} {y2}l6 6m0 -6l-6 6",
    "shut": "M{x4} {y0}l4 5l-4 5l-4 -5z",
}


@dataclass(frozen=True)
class Label:
    """A word on the drawing."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class YearDrawing:
    """The drawing: the outline of all days of a kind, the names of the months, and some days' numbers."""

    paths: dict[str, str]
    labels: list[Label]
    width: int = WIDTH
    height: int = HEIGHT


def draw_year(time: SchoolTime, year: int) -> YearDrawing:
    """One school year of one school."""
    first, last = bounds(year, time.nation)
    paths: dict[str, list[str]] = defaultdict(list)
    labels = [Label(LEFT + STEP * (number - 1) + 4, TOP - 5, str(number)) for number in NUMBERED]
    for day in days_between(first, last):
        row = (day.month - first.month) % 12
        if day.day == 1:
            labels.append(Label(0, TOP + ROW * row + 9, str(MONTHS_3[day.month]).capitalize()))
        kind = _kind(time, day)
        if kind:
            paths[kind].append(_mark(kind, LEFT + STEP * (day.day - 1), TOP + ROW * row))
    return YearDrawing({kind: "".join(paths[kind]) for kind in SHAPES}, labels)


def _kind(time: SchoolTime, day: date) -> str:
    """What a day looks like; nothing at a weekend."""
    closed = time.why_closed(day)
    if closed is None:
        return "open"
    if closed.code in (SpanKind.INSET, SpanKind.CLOSURE):
        return "shut"
    return {"weekend": "", "bank_holiday": "bank"}.get(closed.code, "away")


def _mark(kind: str, x: int, y: int) -> str:
    return SHAPES[kind].format(x=x, y=y, x1=x + 1, x3=x + 3, x4=x + 4, y0=y, y2=y + 2, y4=y + 4)
