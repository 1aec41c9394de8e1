"""What the scheme holds about someone, told to themselves: subjects of sections, which each app gives for its own rows.

An app that keeps something about people has a module `held` with its `SUBJECTS`; a new kind of row gets a section.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stem.curriculum import Words
from stem.querysets import Row

if TYPE_CHECKING:
    from stem.accounts.models import User

LATEST = 20


@dataclass(frozen=True)
class Fact:
    """One thing that is held, by its name."""

    label: str
    value: str


@dataclass(frozen=True)
class Listed:
    """Rows of one kind, the latest first, and how many there are in all."""

    headings: list[str]
    rows: list[list[str]]
    total: int

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        """The rows with the heading beside each cell."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]

    @property
    def how_many(self) -> str:
        """How much of it is shown."""
        if self.total > len(self.rows):
            return _("The latest %(shown)s of %(total)s") % {"shown": len(self.rows), "total": self.total}
        return ""


@dataclass(frozen=True)
class Section:
    """Everything of one sort that is held about someone, and for how long."""

    title: str
    kept: str
    lead: str = ""
    facts: list[Fact] = field(default_factory=list)
    listed: Listed | None = None
    nothing: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the sort is held."""
        return not self.facts and not (self.listed and self.listed.rows)


Told = Callable[["User", datetime], Section]


@dataclass(frozen=True)
class Subject:
    """A page of sections, with the word in its address."""

    word: str
    title: Words
    what: Words
    sections: tuple[Told, ...]


def facts(*pairs: tuple[str, object]) -> list[Fact]:
    """Things by their names; what is empty says so on the page."""
    return [Fact(label, str(value) if value not in (None, "") else "") for label, value in pairs]


def latest(rows: "QuerySet[Row]", headings: Iterable[str], told: Callable[[Row], list[str]]) -> Listed:
    """The latest of these rows, each told as the cells of a line; and how many there are."""
    return Listed(list(headings), [told(row) for row in rows[:LATEST]], rows.count())


def yes_or_no(answer: bool | None) -> str:
    """An answer in a word; "" while there is none."""
    return "" if answer is None else _("Yes") if answer else _("No")
