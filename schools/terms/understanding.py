"""Term dates out of entries with titles, however a school or an authority writes its calendar down.

An authority's file may list each day of term, each term, each holiday, or when term starts and ends; all of them come
to terms with what is left out within them. Whoever sent it sees what was understood, and what was not.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from schools.enums import SpanKind
from schools.terms.spans import DAY, Span, days_between, in_order
from schools.terms.stretches import Stretch, days_left_out, stretches_of_days, terms_of
from schools.terms.titles import PLAIN, Meaning, bare, meaning_of
from schools.terms.usual import usual_dates
from schools.terms.years import AUGUST, school_year
from stem.nations import Nation

LONGEST_TERM = timedelta(days=200)
LONGEST = timedelta(days=100)
NO_SCHOOL = "No school"
KEPT_AS_THEY_ARE = {
    Meaning.INSET: SpanKind.INSET,
    Meaning.CLOSURE: SpanKind.CLOSURE,
    Meaning.EXAMS: SpanKind.EXAMS,
    Meaning.HALF_TERM: SpanKind.HALF_TERM,
}


@dataclass(frozen=True)
class Told:
    """One entry as it was written: its title, and its first and last day."""

    title: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it takes."""
        return (self.last - self.first).days + 1


@dataclass
class Understood:
    """What entries came to, by school year, and which of them nobody could make sense of."""

    years: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    left_out: list[Told] = field(default_factory=list)
    # Entries of no account: bank holidays, which we know, and what is no matter of term dates.
    passed_over: int = 0


def understand(entries: Iterable[Told], nation: Nation) -> Understood:
    """The terms, half terms, INSET days, closures and exams that these entries tell of, by school year."""
    understood = Understood()
    sorted_out: dict[Meaning, list[Told]] = defaultdict(list)
    for entry in sorted(entries, key=lambda each: (each.first, each.last)):
        title = bare(entry.title)
        meaning = meaning_of(title, entry.days)
        if meaning is Meaning.KNOWN:
            understood.passed_over += 1
        elif meaning is None or not _is_plausible(meaning, entry):
            understood.left_out.append(entry)
        else:
            sorted_out[meaning].append(Told(title, entry.first, entry.last))
    stretches = list(_stretches(sorted_out, understood, nation))
    spans = [*terms_of(stretches, nation), *_others(sorted_out, stretches, nation)]
    understood.years = _by_year(_without_doubles(spans), nation)
    return understood


def _is_plausible(meaning: Meaning, entry: Told) -> bool:
    longest = LONGEST_TERM if meaning in (Meaning.TERM, Meaning.TERM_DAY) else LONGEST
    return entry.last - entry.first < longest


def _stretches(told: dict[Meaning, list[Told]], understood: Understood, nation: Nation) -> Iterator[Stretch]:
    """When pupils are at school, as far as is told: by days, by terms, by starts and ends, or between holidays."""
    days = {day for each in told[Meaning.TERM_DAY] for day in days_between(each.first, each.last)}
    yield from stretches_of_days(days, nation)
    for each in told[Meaning.TERM]:
        yield Stretch(each.first, each.last, _name_of(SpanKind.TERM, each.title))
    yield from _from_start_to_end(told, understood)
    if not (days or told[Meaning.TERM] or told[Meaning.STARTS]):
        yield from _between_holidays(told[Meaning.HOLIDAY] + told[Meaning.HALF_TERM], nation)


def _from_start_to_end(told: dict[Meaning, list[Told]], understood: Understood) -> Iterator[Stretch]:
    """Each start with the end that follows it; a start or an end without its like is left out."""
    marks = [(each.first, False, each) for each in told[Meaning.STARTS]]
    marks += [(each.last, True, each) for each in told[Meaning.ENDS]]
    begun: Told | None = None
    for _day, is_end, each in sorted(marks, key=lambda mark: mark[:2]):
        if is_end and begun is not None:
            yield Stretch(begun.first, each.last, begun.title, is_named=False)
            begun = None
        elif is_end or begun is not None:
            understood.left_out.append(each)
        else:
            begun = each
    if begun is not None:
        understood.left_out.append(begun)


def _between_holidays(holidays: list[Told], nation: Nation) -> Iterator[Stretch]:
    """What lies between a year's holidays, where nothing else is told; its first and last day are then the usual ones.

    Only of a year that tells of enough holidays to be one.
    """
    by_year: dict[int, list[Told]] = defaultdict(list)
    for each in holidays:
        by_year[school_year(each.first, nation)].append(each)
    for year, of_year in by_year.items():
        if len(of_year) < 3:
            continue
        usual = [span for span in usual_dates(year, nation) if span.kind is SpanKind.TERM]
        day = usual[0].first
        for each in sorted(of_year, key=lambda told: told.first):
            if each.first - DAY >= day:
                yield Stretch(day, each.first - DAY, "", is_named=False)
            day = max(day, each.last + DAY)
        if day <= usual[-1].last:
            yield Stretch(day, usual[-1].last, "", is_named=False)


def _others(told: dict[Meaning, list[Told]], stretches: list[Stretch], nation: Nation) -> Iterator[Span]:
    """INSET days, closures and exams as they are told; a half term, or a holiday within a term, as one of them.

    Where each day of term is listed, a day or two that is missing is a closure.
    """
    for meaning, kind in KEPT_AS_THEY_ARE.items():
        for each in told[meaning]:
            yield Span(kind, each.first, each.last, _name_of(kind, each.title))
    days = {day for each in told[Meaning.TERM_DAY] for day in days_between(each.first, each.last)}
    named = {day for kind in KEPT_AS_THEY_ARE for each in told[kind] for day in days_between(each.first, each.last)}
    for day in days_left_out(days | named, stretches_of_days(days, nation), nation):
        yield Span(SpanKind.CLOSURE, day, day, NO_SCHOOL)
    for each in told[Meaning.HOLIDAY]:
        if any(one.first < each.first and each.last < one.last for one in stretches):
            yield Span(SpanKind.HALF_TERM, each.first, each.last, "")


def _name_of(kind: SpanKind, title: str) -> str:
    """The name within the brackets of a line of ours, or else the title; nothing where it only says its kind."""
    words = title.strip()
    plain, bracket, name = words.partition(" (")
    if plain.casefold() in PLAIN and bracket and name.endswith(")"):
        return name[:-1].strip()
    return "" if words.casefold() in {*PLAIN, "inset", kind.value} else words


def _without_doubles(spans: Iterable[Span]) -> list[Span]:
    """The stretches, those of one kind that share a day made one: a calendar may tell of a day twice.

    Terms are left as they are: two that share a day are a mistake, of which whoever sent them is told.
    """
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.kind.value, each.first, each.last)):
        last = found[-1] if found else None
        if last and last.kind is span.kind is not SpanKind.TERM and span.first <= last.last:
            found[-1] = Span(last.kind, last.first, max(last.last, span.last), last.name)
        else:
            found.append(span)
    return found


def _by_year(spans: list[Span], nation: Nation) -> dict[int, tuple[Span, ...]]:
    """The stretches by the school year they belong to: of late August by the term that begins then."""
    terms = sorted((span for span in spans if span.kind is SpanKind.TERM), key=lambda each: each.first, reverse=True)
    early = {school_year(term.last, nation): term.first for term in terms}
    years: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        number = school_year(span.last if span.kind is SpanKind.TERM else span.first, nation)
        coming = early.get(number + 1) if span.first.month == AUGUST else None
        is_early = coming is not None and coming.year == span.first.year and coming.month == AUGUST
        years[number + 1 if is_early and span.kind is not SpanKind.TERM else number].append(span)
    return {year: in_order(years[year]) for year in sorted(years)}
