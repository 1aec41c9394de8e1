"""Entries and seals in their order, a page at a time: no lock, no long transaction, and little memory."""

from collections.abc import Iterator
from typing import Any

from django.db.utils import OperationalError

from stem.audit.chain import COLUMNS, VERSION
from stem.audit.models import Entry, Seal

PAGE = 5_000
SEALS_PAGE = 100
# Below any number that an entry can have.
BEFORE_ALL = -(2**63)
# What a value that somebody wrote past Django may be: no date, or no text.
UNREADABLE = (ValueError, TypeError, OperationalError)

Row = tuple[Any, ...]


def rows_after(last: int, limit: int) -> list[Row]:
    """The values of the next entries above this one, as the latest version names its columns."""
    entries = Entry.objects.filter(pk__gt=last).order_by("pk")
    try:
        return list(entries.values_list(*COLUMNS[VERSION])[:limit])
    except UNREADABLE:
        numbers = list(entries.values_list("pk", flat=True)[:limit])
    return [_row(number) for number in numbers]


def _row(number: int) -> Row:
    """One entry's values; its number alone, which equals no entry ever sealed, when they cannot be read."""
    try:
        return Entry.objects.values_list(*COLUMNS[VERSION]).get(pk=number)
    except UNREADABLE:
        return (number,)


class Entries:
    """Entries above some number, taken batch by batch as their seals ask for them."""

    def __init__(self, after: int) -> None:
        self._page: list[Row] = []
        self._after, self._at = after, 0

    def up_to(self, last: int) -> Iterator[Row]:
        """Those that have not been taken, up to and with this number."""
        while (row := self._next()) is not None and row[0] <= last:
            self._at += 1
            yield row

    @property
    def following(self) -> int | None:
        """The number of the next that has not been taken, if there is one."""
        row = self._next()
        return None if row is None else int(row[0])

    def _next(self) -> Row | None:
        if self._at == len(self._page):
            self._page, self._at = rows_after(self._after, PAGE), 0
            if not self._page:
                return None
            self._after = self._page[-1][0]
        return self._page[self._at]


def seals_between(after: int, until: int) -> Iterator[Seal]:
    """The seals above one number up to and with another, in order."""
    while page := list(Seal.objects.filter(number__gt=after, number__lte=until).order_by("number")[:SEALS_PAGE]):
        yield from page
        after = page[-1].number
