"""Read a table of text as people send it: packed or not, in any order of columns, whole or refused with a sentence."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stem.encodings import Lettering, find_lettering
from stem.rules import Kind, Refusal, refuse
from stem.unpacking import Source, check_may_be_text, cut, damage_refused, empty, find_sources, no_table

Columns: TypeAlias = Mapping[str, Sequence[str]]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff]")
# Fed to the reader after the last line: a quotation mark that was never closed swallows it.
END = "\x1c the end \x1c"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row with more fields than there are headings, or fewer; its values as far as they can be told."""

    values: tuple[str, ...]
    fields: int
    expected: int

    @property
    def sentence(self) -> str:
        """Why it cannot be read."""
        said = ngettext(
            "This row has %(fields)d field where the heading has %(expected)d.",
            "This row has %(fields)d fields where the heading has %(expected)d.",
            self.fields,
        )
        return said % {"fields": self.fields, "expected": self.expected}


Row: TypeAlias = "tuple[int, tuple[str, ...] | Misfit]"


@dataclass(frozen=True, slots=True)
class _Layout:
    """How one file is laid out: what parts its fields, how many rows come before the first of the table, and where
    each wanted column stands."""

    delimiter: str
    skip: int
    headings: list[str]
    places: dict[str, int]


@dataclass(frozen=True)
class Table:
    """A table found whole: how many rows it has, and the rows themselves as often as they are asked for."""

    source: Source
    lettering: Lettering
    layout: _Layout
    columns: Columns
    total: int = field(default=0)

    @property
    def present(self) -> frozenset[str]:
        """Our names of the columns that this file has."""
        return frozenset(self.layout.places)

    def rows(self) -> Iterator[Row]:
        """Each row by the line on which an editor shows it: the wanted values in the order of `columns`.

        A column that the file lacks is "". A row that does not fit the heading comes as a `Misfit`.
        """
        width = len(self.layout.headings)
        pick = self._picker(width)
        for line, last, cells in _records(self.source, self.lettering, self.layout):
            fields = len(cells)
            if fields < width or (fields > width and any(cells[width:])):
                yield line, Misfit(pick([*cells, *[""] * (width - fields)]), fields, width)
            else:
                if last > line:
                    cells = [" ".join(cell.split()) for cell in cells]
                yield line, pick(cells)

    def _picker(self, width: int) -> Callable[[list[str]], tuple[str, ...]]:
        """What takes the wanted values out of a row."""
        indexes = [self.layout.places.get(name, width) for name in self.columns]
        # The row is given one more cell, the blank for columns that it lacks; and twice the last, so that one wanted
        # column too comes out as a tuple.
        take = itemgetter(*indexes, width)

        def pick(cells: list[str]) -> tuple[str, ...]:
            cells[width:] = [""]
            return tuple(map(str.strip, take(cells)))[:-1]

        return pick


def open_table(path: Path | str, *, columns: Columns, required: Collection[str]) -> Table:
    """The table in this file, by the columns wanted of it (our name -> the headings it may have), read through once.

    Refuses with `file_missing`, `file_empty`, `no_rows`, `not_a_table`, `file_cut`, `file_encoding`, `file_encrypted`,
    `file_too_large`, `columns_missing`, `columns_twice`, or `tables_several` when a zip holds more than one.
    """
    source = _choose(find_sources(Path(path)), columns, required)
    head = source.head()
    check_may_be_text(head)
    lettering = find_lettering(source.chunks())
    layout = _find_layout(head, lettering.encoding, columns)
    _check_columns(layout, columns, required)
    return Table(source, lettering, layout, columns, _count(source, lettering, layout))


def _choose(sources: list[Source], columns: Columns, required: Collection[str]) -> Source:
    """The one file in a zip whose heading has the columns we need."""
    if len(sources) == 1:
        return sources[0]
    fitting = [source for source in sources if set(required) <= _headed(source, columns)]
    if not fitting:
        raise no_table(_("No table in this zip has the columns that are needed. Send the CSV file itself."))
    if len(fitting) > 1:
        names = ", ".join(source.name for source in fitting)
        said = _("This zip holds more than one such table (%(names)s). Send the one you mean by itself.")
        raise refuse("tables_several", Kind.INPUT, said % {"names": names})
    return fitting[0]


def _headed(source: Source, columns: Columns) -> set[str]:
    head = source.head()
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return set(_find_layout(head, encoding, columns).places)
    except Refusal:
        return set()


# --- the heading


def seen(text: str) -> str:
    """What people see of a text: single blanks, and none of the marks that nobody sees."""
    return " ".join(_CONTROL.sub("", text).split())


def plain(heading: str) -> str:
    """A heading as we compare it: without regard to case, to blanks around and within, or to marks nobody sees."""
    return seen(heading).casefold()


def _find_layout(head: bytes, encoding: str, columns: Columns) -> _Layout:
    """Read the heading as if parted by commas, tabs and semicolons, and believe what finds most of our columns."""
    text = _CONTROL.sub("", head.decode(encoding, errors="ignore"))
    found = [layout for mark in ",\t;" if (layout := _layout_by(mark, text, columns))]
    if not found:
        raise empty()
    return max(found, key=lambda layout: (len(layout.places), len(layout.headings)))


def _layout_by(delimiter: str, text: str, columns: Columns) -> _Layout | None:
    try:
        for skip, cells in enumerate(filter(any, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))):
            # Excel reads and writes a line before the heading that names the mark.
            if skip == 0 and plain(text[:16].lstrip().split("\n")[0]).startswith("sep="):
                continue
            headings = [plain(cell) for cell in cells]
            return _Layout(delimiter, skip, headings, _places(headings, columns))
    except csv.Error:
        return None
    return None


def _places(headings: list[str], columns: Columns) -> dict[str, int]:
    places = {}
    for name, accepted in columns.items():
        known = [plain(each) for each in accepted]
        if here := next((each for each in known if each in headings), None):
            places[name] = headings.index(here)
    return places


def _check_columns(layout: _Layout, columns: Columns, required: Collection[str]) -> None:
    if not layout.places and any(not heading.isprintable() for heading in layout.headings):
        raise no_table(_("This is not a table, or it is damaged beyond reading. Send the register as CSV."))
    missing = [columns[name][0] for name in columns if name in required and name not in layout.places]
    if missing:
        raise refuse("columns_missing", Kind.INPUT, _say_missing(missing, layout.headings))
    twice = [name for name, place in layout.places.items() if layout.headings.count(layout.headings[place]) > 1]
    if twice:
        said = _("The column “%(name)s” stands in this file more than once. Take one of them out, and send it again.")
        raise refuse("columns_twice", Kind.INPUT, said % {"name": columns[twice[0]][0]})


def _say_missing(missing: list[str], headings: list[str]) -> str:
    said = ngettext(
        "This file has no column %(names)s.", "This file has none of the columns %(names)s.", len(missing)
    ) % {"names": ", ".join(f"“{name}”" for name in missing)}
    near = dict.fromkeys(each for name in missing for each in get_close_matches(plain(name), headings, 1, 0.7))
    if near:
        said += " " + _("Near it stands %(names)s.") % {"names": ", ".join(f"“{name[:60]}”" for name in near)}
    return f"{said} " + _("Send the file as published, with its heading.")


# --- the rows


def _lines(stream: io.TextIOBase, delimiter: str) -> Iterator[str]:
    """The lines without the marks that nobody sees."""
    for line in stream:
        line = _CONTROL.sub("", line)
        yield line if delimiter == "\t" else line.replace("\t", " ")


def _records(source: Source, lettering: Lettering, layout: _Layout) -> Iterator[tuple[int, int, list[str]]]:
    """Every row after the heading that says anything, with its first line and its last.

    Refuses with `file_cut` when a quotation mark is never closed, or the file is no longer what it was.
    """
    line, skip = 0, layout.skip + 1
    with damage_refused(), io.TextIOWrapper(source.open(), lettering.encoding, newline="") as stream:
        lines = _lines(stream, layout.delimiter) if lettering.has_controls else stream
        reader = csv.reader(chain(lines, [END]), delimiter=layout.delimiter)
        try:
            for cells in reader:
                first, line = line + 1, reader.line_num
                if not any(cells):
                    continue
                if END in cells[-1]:
                    if cells != [END]:
                        raise open_quote(first)
                    return
                if skip:
                    skip -= 1
                else:
                    yield first, line, cells
        except csv.Error as error:  # a field longer than any: what followed the quotation mark was swallowed
            raise open_quote(line + 1) from error


def open_quote(line: int) -> Refusal:
    """The refusal of a file in which a quotation mark swallows all that follows it."""
    said = _("A quotation mark on line %(line)d is never closed: the file is damaged or was cut short.")
    return cut(said % {"line": line})


def _count(source: Source, lettering: Lettering, layout: _Layout) -> int:
    """How many rows there are, once we have seen that the last of them is whole."""
    total = misfits = fields = first = 0
    width = len(layout.headings)
    for first, last, cells in _records(source, lettering, layout):
        total += 1
        fields = len(cells)
        is_misfit = fields < width or (fields > width and any(cells[width:]))
        misfits += is_misfit
        if last > first and (is_misfit or any(map(_swallowed_a_row, cells))):
            raise _rows_run_together(first, last)
    if not total:
        said = _("This file has a heading and no rows. Download it again, and send the new file.")
        raise refuse("no_rows", Kind.INPUT, said)
    if fields < width and misfits == 1:
        raise cut(_("The last row, on line %(line)d, is not whole: the file was cut short.") % {"line": first})
    if misfits > 2 and misfits * 2 > total:
        said = _("Most rows of this file do not fit its heading. Send the file as published, never opened and saved.")
        raise refuse("rows_misfit", Kind.INPUT, said)
    return total


def _swallowed_a_row(cell: str) -> bool:
    """Whether a cell of several lines holds half a pair of quotation marks: the other half opened it by mistake."""
    return cell.count('"') % 2 == 1 and ("\n" in cell or "\r" in cell)


def _rows_run_together(first: int, last: int) -> Refusal:
    """A school swallowed by the row before it would be missing from the register, and be closed for that."""
    said = _(
        "Lines %(first)d to %(last)d run into each other: a quotation mark is missing there, or one too many. "
        "Download the file again, and send it as it is."
    )
    return refuse("rows_run_together", Kind.INPUT, said % {"first": first, "last": last})
