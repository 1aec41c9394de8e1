"""Stretches of days, and what is known of one school year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from schools.enums import SHUT, SpanKind, TermsFrom
from stem.curriculum import Words

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """From one day to another, both counted: a term, a half term, INSET days, a closure or a time of exams."""

    kind: SpanKind
    first: date
    last: date
    name: Words = ""

    @property
    def title(self) -> str:
        """What it is called; its kind where nobody has named it."""
        return str(self.name or self.kind.label)

    @property
    def key(self) -> tuple[str, date, date, str]:
        """By what two stretches are the same to a reader."""
        return (self.kind.value, self.first, self.last, self.title)

    def holds(self, day: date) -> bool:
        """Whether this day is one of its days."""
        return self.first <= day <= self.last


def in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The stretches by their first day, the longest first where several begin together."""
    return tuple(sorted(spans, key=lambda each: (each.first, -each.last.toordinal(), each.kind.value)))


def days_between(first: date, last: date) -> Iterable[date]:
    """Each day from the first to the last, both counted."""
    return (first + offset * DAY for offset in range((last - first).days + 1))


@dataclass(frozen=True)
class YearDates:
    """What is known of one school year, and from whom."""

    year: int
    source: TermsFrom
    spans: tuple[Span, ...]

    def of(self, *kinds: SpanKind) -> list[Span]:
        """The stretches of these kinds, in their order."""
        return [span for span in self.spans if span.kind in kinds]

    @property
    def terms(self) -> list[Span]:
        """The terms, in their order."""
        return self.of(SpanKind.TERM)

    def why_shut(self, day: date) -> Span | None:
        """The closure, INSET day or half term that this day is in."""
        return next((span for span in self.of(*SHUT) if span.holds(day)), None)
