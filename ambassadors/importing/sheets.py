"""Find the table of people in a file: CSV however it was written, or a sheet of a workbook, wherever its heading is."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

from django.utils.translation import gettext as _

from ambassadors.importing.columns import Columns, check_columns, guess_columns
from stem.encodings import Lettering, find_lettering
from stem.rules import Kind, Refusal, refuse
from stem.tables import END, Misfit, open_quote, plain, seen
from stem.unpacking import Source, check_may_be_text, damage_refused, empty, find_sources
from stem.workbooks import Cells, Unreadable, is_workbook, open_workbook

# A title, a date, a line of thanks: so many rows may come before the heading.
_MOST_BEFORE = 20
_MARKS = ",\t;|"
# So much of a file is shown to whoever says what its columns are.
_SHOWN_ROWS = 3
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that cannot be told into its columns, and why."""

    reason: str


Row: TypeAlias = "Cells | Unread"


@dataclass
class Sheet:
    """Rows of cells by the number an editor shows beside them; a row that cannot be told apart is `Unread`."""

    name: str
    rows: Callable[[], Iterator[tuple[int, Row]]]
    # A workbook leaves blank cells at a row's end out, a CSV file does not.
    may_be_short: bool

    @cached_property
    def first(self) -> list[tuple[int, Cells]]:
        """The rows at the beginning; those that come before damage, for another mark may part them well."""
        found: list[tuple[int, Cells]] = []
        with suppress(Refusal):
            rows = islice(self.rows(), _MOST_BEFORE + _SHOWN_ROWS)
            found.extend((line, cells) for line, cells in rows if isinstance(cells, list))
        return found


@dataclass(frozen=True)
class PeopleTable:
    """A table in which we know the columns."""

    sheet: Sheet
    columns: Columns
    heading: list[str]
    heading_line: int

    def rows(self) -> Iterator[tuple[int, "Row | None"]]:
        """Every row after the heading: its cells, `Unread`, or None where the heading is repeated."""
        width = len(self.heading)
        for line, cells in self.sheet.rows():
            if line <= self.heading_line:
                continue
            if isinstance(cells, Unread):
                yield line, cells
                continue
            fields = len(cells)
            if fields < width and self.sheet.may_be_short:
                cells = [*cells, *[""] * (width - fields)]
            if self._is_heading(cells):
                yield line, None
            elif len(cells) < width or any(cells[width:]):
                yield line, Unread(Misfit((), fields, width).sentence)
            else:
                yield line, cells

    def _is_heading(self, cells: Cells) -> bool:
        place = self.columns.places["legacy_id"]
        if place >= len(cells) or cells[place] != self.heading[place]:
            return False
        return [plain(each) for each in _words(cells)][: len(self.heading)] == [plain(each) for each in self.heading]


def _words(cells: Cells) -> tuple[str, ...]:
    return tuple(each.value if isinstance(each, Unreadable) else each for each in cells)


@dataclass(frozen=True)
class Glimpse:
    """The heading of a file's table, and the first rows under it as they are shown to whoever sent it."""

    headings: list[str]
    rows: list[list[str]]


def look_into(path: Path, *, remembered: Mapping[str, str]) -> Glimpse:
    """The table of people in this file, whatever its columns turn out to be.

    Refuses as `find_sources`, `find_lettering` and `open_workbook` do, or with `tables_several`.
    """
    table = _likeliest(path, remembered)
    first = [_words(cells) for line, cells in table.sheet.first if line > table.heading_line]
    width = len(table.heading)
    rows = [[seen(cell)[:_SHOWN] for cell in (*cells, *[""] * width)[:width]] for cells in first[:_SHOWN_ROWS]]
    return Glimpse([" ".join(each.split()) for each in table.heading], rows)


def open_people(path: Path, *, remembered: Mapping[str, str], asked: Mapping[str, str]) -> PeopleTable:
    """The table of people in this file, by what staff say of its columns, what they said before, and our guess.

    Refuses as `find_sources`, `find_lettering`, `open_workbook` and `check_columns` do, or with `tables_several`.
    """
    best = _likeliest(path, {**remembered, **asked})
    check_columns(best.columns, best.heading, asked)
    return best


def _likeliest(path: Path, said: Mapping[str, str]) -> PeopleTable:
    """The table that reads most like ours. Refuses with `file_empty`, or with `tables_several` where two do."""
    found = [table for sheet in _sheets(path) for table in [_find(sheet, said)] if table is not None]
    if not found:
        raise empty()
    best = max(found, key=_fit)
    rivals = {each.sheet.name for each in found if each.columns.are_enough and _fit(each)[1] == _fit(best)[1]}
    if len(rivals) > 1:
        words = _("There is more than one such table (%(names)s). Send the one you mean by itself.")
        raise refuse("tables_several", Kind.INPUT, words % {"names": ", ".join(sorted(rivals))[:200]})
    return best


def _fit(table: PeopleTable) -> tuple[bool, int, int]:
    return table.columns.are_enough, len(table.columns.places), len(table.heading)


def _find(sheet: Sheet, said: Mapping[str, str]) -> PeopleTable | None:
    """The row among the first that reads most like our heading; None where no row says anything."""
    best: PeopleTable | None = None
    for line, cells in sheet.first[:_MOST_BEFORE]:
        headings = list(_words(cells))
        while headings and not headings[-1].strip():
            headings.pop()
        table = PeopleTable(sheet, guess_columns(headings, said), headings, line)
        if headings and (best is None or _fit(table)[:2] > _fit(best)[:2]):
            best = table
    return best


def _sheets(path: Path) -> list[Sheet]:
    if is_workbook(path):
        return [Sheet(each.name, each.rows, may_be_short=True) for each in open_workbook(path)]
    sheets = []
    for source in find_sources(path):
        check_may_be_text(source.head())
        lettering = find_lettering(source.chunks(), may_be_mixed=True)
        sheets += [Sheet(source.name, partial(_rows, source, lettering, mark), may_be_short=False) for mark in _MARKS]
    return sheets


def _rows(source: Source, lettering: Lettering, mark: str) -> Iterator[tuple[int, Row]]:
    """The rows of a CSV file that say anything. Refuses with `file_cut` a quotation mark that is never closed."""
    with (
        damage_refused(),
        io.TextIOWrapper(source.open(), lettering.encoding, errors=lettering.errors, newline="") as stream,
    ):
        reader = csv.reader(chain(stream, [END]), delimiter=mark)
        while True:
            first = reader.line_num + 1
            try:
                cells: Cells = [*next(reader)]
            except csv.Error as error:
                # One long cell on its own line spoils its row; over several lines it has swallowed other rows.
                if reader.line_num > first:
                    raise open_quote(first) from error
                yield first, Unread(_("A cell of this row is longer than any that people write."))
                continue
            if cells and END in _words(cells[-1:])[0]:
                if cells != [END]:
                    raise open_quote(first)
                return
            if any(cells):
                yield first, _told_apart(cells, first, reader.line_num)


def _told_apart(cells: Cells, first: int, last: int) -> Row:
    """These cells, unless a quotation mark let rows run together: a cell of several lines has half a pair then."""
    if last > first and any("\n" in cell and cell.count('"') % 2 for cell in _words(cells)):
        words = _("Lines %(first)d to %(last)d run into each other: a quotation mark is missing, or one too many.")
        return Unread(words % {"first": first, "last": last})
    return cells
