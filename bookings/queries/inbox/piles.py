"""What the inbox is made of: things that wait, in piles of one kind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import RowNumber

from bookings.models import Priority

# How many of each kind the inbox lists before it points to the whole list.
SHOWN = 5


@dataclass(frozen=True)
class Item:
    """One thing that waits, and the page on which to act."""

    title: str
    detail: str
    since: datetime | None
    url: str
    priority: Priority | None = None
    # What is to be seen before all else, and its tone.
    alarm: tuple[str, str] | None = None


@dataclass(frozen=True)
class Press:
    """A button for all of a pile at once."""

    url: str
    text: str


@dataclass(frozen=True)
class Pile:
    """Things of one kind that wait, in their order; `total` counts those that are not shown as well."""

    code: str
    title: str
    items: tuple[Item, ...]
    total: int
    more_url: str
    press: Press | None = None
    by_priority: bool = False


def first_of_each(
    rows: QuerySet, *, since: str = "", kind: str | None = None, order: tuple[OrderBy, ...] = ()
) -> list[Any]:
    """The first few of each kind in one query, by an order or else the oldest, each with how many there are of it."""
    parts = [F(kind)] if kind else None
    order = order or (F(since).asc(), F("pk").asc())
    counted = rows.annotate(
        total=Window(Count("pk"), partition_by=parts),
        place=Window(RowNumber(), partition_by=parts, order_by=[*order]),
    )
    return list(counted.filter(place__lte=SHOWN).order_by(*order))


def pile_of(code: str, title: str, found: list[Any], items: list[Item], more: str, **how: Any) -> Pile:
    """These rows, which `first_of_each` found, as a pile of these items."""
    return Pile(code, title, tuple(items), found[0].total if found else 0, more, **how)
