"""An employer's page as its lead reads it, and as a file: nothing but what was kept when its terms were told of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from quality.models import Comment, Employer, EmployerQuote, EmployerRelease
from quality.suppression import CELL_LEAST, in_words
from quality.terms import closed_by, closes_at
from stem.curriculum import Field
from stem.terms import Term

if TYPE_CHECKING:
    from stem.accounts.models import User

COUNTED = ("visits", "hours", "pupils", "schools")
# What a school may be in more than one of the terms of.
NOT_ADDED = frozenset({"schools"})


@dataclass(frozen=True)
class Line:
    """What was told of one term, or of a year: its figures in the order of the headings; none where it is too few."""

    name: str
    figures: Sequence[str]

    @property
    def labelled(self) -> list[tuple[str, str]]:
        """The figures, each with its heading."""
        return list(zip(headings(), self.figures, strict=True))


@dataclass(frozen=True)
class Region:
    """Visits in one region, or in several that are told of together."""

    name: str
    visits: str


@dataclass(frozen=True)
class Year:
    """A school year of an employer, as far as it was told."""

    name: str
    lines: Sequence[Line]
    # Of the latest period that could be told, and what it is called.
    latest: str
    regions: Sequence[Region]
    fields: Sequence[str]

    @property
    def where(self) -> str:
        """What the table of regions is called."""
        return _("Where, %(period)s") % {"period": self.latest}


@dataclass(frozen=True)
class EmployerPage:
    """All that an employer was told, the latest year first; and what schools said."""

    employer: Employer
    years: Sequence[Year]
    words: Sequence[str]
    # What is told of next, and from when on.
    next_term: Term
    next_at: datetime


def page_of(employer: Employer, *, user: "User", at: datetime) -> EmployerPage:
    """What this person reads of their employer; in at most four queries."""
    releases = list(EmployerRelease.objects.visible_to(user).filter(employer=employer))
    years = [_year(year, list(rows)) for year, rows in groupby(releases, key=lambda release: release.term.school_year)]
    coming = closed_by(at).after
    return EmployerPage(employer, years, _words(releases), coming, closes_at(coming))


def headings() -> list[str]:
    """What the figures are called, in their order."""
    return [_("Visits"), _("Hours given"), _("Young people reached"), _("Schools")]


def _year(year: int, releases: list[EmployerRelease]) -> Year:
    whole = [each for each in releases if each.is_year]
    terms = sorted((each for each in releases if not each.is_year), key=lambda each: each.begins_on)
    told = [each for each in terms if each.told]
    lines = [Line(str(each.term), figures_of(each.told)) for each in terms]
    lines += [Line(_("The terms together, each too few by itself"), figures_of(each.told)) for each in whole]
    if len(told) > 1:
        lines.append(Line(_("The terms that are told, together"), _together([each.told for each in told])))
    last = next((each for each in [*whole, *reversed(terms)] if each.told), None)
    name = _("School year %(from)d to %(to)d") % {"from": year, "to": year + 1}
    shown: Mapping[str, Any] = last.told if last else {}
    latest = (_("the terms together") if last.is_year else str(last.term)) if last else ""
    labels = dict(Field.choices)
    return Year(name, lines, latest, _regions(shown), [str(labels.get(each, each)) for each in shown.get("fields", ())])


def figures_of(told: Mapping[str, Any]) -> list[str]:
    """The figures of what was told, in words; none where it is too few."""
    return [in_words(told[name]) for name in COUNTED] if told else []


def _together(told: Iterable[Mapping[str, Any]]) -> list[str]:
    """What was told of several terms, added up; of schools nothing: one may be in several of them."""
    rows = list(told)
    return ["–" if name in NOT_ADDED else str(sum(row[name] or 0 for row in rows)) for name in COUNTED]


def _regions(told: Mapping[str, Any]) -> list[Region]:
    lines = [
        Region(", ".join(sorted(name or _("elsewhere") for name in names)), in_words(visits))
        for names, visits in told.get("regions", ())
    ]
    return sorted(lines, key=lambda line: line.name)


def _words(releases: Iterable[EmployerRelease]) -> list[str]:
    """What schools said, as it is passed on now; nothing once it is of fewer people than may be told of.

    In the order of its letters: no order tells when, or of whom, it was said.
    """
    of_whom = [dict(release.told.get("words", ())) for release in releases]
    quotes = EmployerQuote.objects.readable().filter(comment__in=[pk for each in of_whom for pk in each])
    comments = Comment.objects.filter(pk__in=quotes.values("comment")).select_related("feedback")
    passed = {each.pk: each.feedback.shared_words.get(each.code, "") for each in comments}
    readable = [{pk: person for pk, person in each.items() if passed.get(pk)} for each in of_whom]
    return sorted({passed[pk] for each in readable if len(set(each.values())) >= CELL_LEAST for pk in each})


def header() -> list[str]:
    """What the columns of the file are called."""
    return [_("Employer"), _("School year"), _("Of"), *headings()]


def lines_of(page: EmployerPage) -> list[list[str]]:
    """The very figures of the page, a line each."""
    too_few = _("not enough to tell")
    name = page.employer.name
    lines = [
        [name, year.name, line.name, *(line.figures or [too_few] * len(COUNTED))]
        for year in page.years
        for line in year.lines
    ]
    regions = [
        [name, year.name, f"{year.latest}, {region.name}", region.visits, *[""] * (len(COUNTED) - 1)]
        for year in page.years
        for region in year.regions
    ]
    return [*lines, *regions]
