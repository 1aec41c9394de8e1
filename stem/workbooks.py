"""Read the sheets of a workbook as Excel writes it (.xlsx): each cell as it stands there, and no formula reckoned.

The reading is openpyxl’s. What is here: refusals in our words, declarations kept away from it, cells that hold no value
told from blank ones, numbers in the digits of their value, and days as days.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any, TypeAlias

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from stem.rules import Refusal
from stem.unpacking import CHUNK, check_member, cut, no_table, too_large

# As many as Excel has: a number beyond it is made up, and whoever counts up to it counts for ever.
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 500
# The texts of a workbook lie in one part, which is read into memory: those of 100,000 people are a tenth of this.
_MOST_TEXTS = 256 * 1024**2
_TEXTS = "xl/sharedstrings.xml"
# No workbook declares entities: one that does was made to unfold without end, or to reach for other files.
_MARKS = re.compile(rb"<(?:(?P<declares>!DOCTYPE|!ENTITY)|(?:[\w.-]+:)?f[\s/>])")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that holds no value: what stands there instead, and why that is none."""

    value: str
    reason: str


class Dated(str):
    """The text of a cell that Excel takes for a day, as 2026-03-31."""

    __slots__ = ()


Cell: TypeAlias = "str | Unreadable"
Cells: TypeAlias = "list[Cell]"


@dataclass(frozen=True)
class Worksheet:
    """One sheet: its name, and its rows that say anything by the number that Excel shows beside them."""

    name: str
    rows: Callable[[], Iterator[tuple[int, Cells]]]


def is_workbook(path: Path) -> bool:
    """Whether this file is a workbook of Excel's; told by its content, and never by its name."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


@contextmanager
def _damage_refused() -> Iterator[None]:
    """Refuse with `file_cut` whatever the library stumbles over: it raises what it happens to raise."""
    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        raise cut() from error


def open_workbook(path: Path) -> list[Worksheet]:
    """The sheets of a workbook in their order.

    Refuses with `file_cut`, `file_encrypted`, `file_too_large`, or `not_a_table` when it has none.
    """
    with _damage_refused():
        has_formulas = _check_parts(path)
        with _opened(path, data_only=True) as book:
            names = [sheet.title for sheet in book.worksheets]
    if not names:
        raise no_table(_("There is no sheet in this workbook that can be read. Save it as CSV, and send that."))
    return [Worksheet(name, partial(_rows, path, place, has_formulas)) for place, name in enumerate(names)]


def _check_parts(path: Path) -> bool:
    """Refuse what would unfold beyond reason, or declares entities; whether there is a formula anywhere."""
    has_formulas = False
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            check_member(member)
            if member.filename.lower() == _TEXTS and member.file_size > _MOST_TEXTS:
                raise too_large()
        for name in archive.namelist():
            if name.lower().endswith((".xml", ".rels")):
                has_formulas |= _has_formula(archive, name)
    return has_formulas


def _has_formula(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether this part holds a formula. Refuses with `file_cut` one that declares entities."""
    found, end = False, b""
    with archive.open(name) as stream:
        while chunk := stream.read(CHUNK):
            for mark in _MARKS.finditer(end + chunk):
                if mark["declares"]:
                    raise cut()
                found = name.startswith("xl/worksheets/")
            end = chunk[-64:]
    return found


@contextmanager
def _opened(path: Path, *, data_only: bool) -> Iterator[Any]:
    """The workbook by what its formulas came to (`data_only`), or by the formulas themselves."""
    # By a stream: of a path the library asks how it ends.
    with path.open("rb") as stream, closing(load_workbook(stream, True, data_only=data_only, keep_links=False)) as book:
        yield book


def _rows(path: Path, place: int, has_formulas: bool) -> Iterator[tuple[int, Cells]]:
    """The rows of one sheet that say anything. Refuses with `file_cut`."""
    with _damage_refused(), _opened(path, data_only=True) as book:
        if not has_formulas:
            yield from _told(_lines(book, place), repeat(()))
            return
        # The library tells either a formula or what it came to: both are read side by side.
        with _opened(path, data_only=False) as formulas:
            yield from _told(_lines(book, place), _lines(formulas, place))


def _lines(book: Any, place: int) -> Iterator[tuple[Any, ...]]:
    sheet = book.worksheets[place]
    # What a sheet says of its own size is wrong in what many programs write.
    sheet.reset_dimensions()
    return sheet.iter_rows(max_row=_MOST_ROWS)


def _told(lines: Iterator[tuple[Any, ...]], formulas: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, Cells]]:
    for line, (values, under) in enumerate(zip(lines, formulas, strict=False), 1):
        cells = [_cell(each, under, place) for place, each in enumerate(values[:_MOST_COLUMNS])]
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            yield line, cells


def _cell(cell: Any, formulas: tuple[Any, ...], place: int) -> Cell:
    """What stands in a cell: the value that was last reckoned where it has a formula."""
    value = cell.value
    if isinstance(value, str):
        if cell.data_type == "e":
            return Unreadable(value, _("Excel shows an error in this cell. Put the value itself there."))
        if value:
            return value
    elif value is not None:
        return _text_of(value)
    if place < len(formulas) and formulas[place].data_type == "f":
        formula = formulas[place].value
        why = _("This is a formula, and what it comes to is not in the file. Put the value itself there.")
        return Unreadable(str(getattr(formula, "text", formula)), why)
    return ""


def _text_of(value: object) -> Cell:
    """A number in the digits of its value, and a day as one."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return Dated(value.date().isoformat())
    if isinstance(value, date):
        return Dated(value.isoformat())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
