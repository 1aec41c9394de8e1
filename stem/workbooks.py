"""Read the sheets of a workbook as Excel writes it (.xlsx): each cell as it stands there, and no formula reckoned."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar
from xml.parsers import expat

from django.utils.translation import gettext as _

from stem.unpacking import CHUNK, check_member, cut, damage_refused, no_table

_MOST_COLUMNS = 500
_CELL = re.compile(r"([A-Z]{1,3})[0-9]+")
# Excel's own numbers for formats that show a day.
_DAYS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
# What a format of one's own says beside its codes: words in quotes, colours and conditions in brackets, one sign as is.
_NOT_CODES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


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
Heard = TypeVar("Heard", bound="_Part")


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


def open_workbook(path: Path) -> list[Worksheet]:
    """The sheets of a workbook in their order.

    Refuses with `file_cut`, `file_encrypted`, `file_too_large`, or `not_a_table` when it has none.
    """
    with damage_refused(), zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            check_member(member)
        book = _hear(archive, "xl/workbook.xml", _Book())
        places = _hear(archive, "xl/_rels/workbook.xml.rels", _Places()).found
        reading = _Reading(
            _hear(archive, "xl/sharedStrings.xml", _Strings()).found,
            _hear(archive, "xl/styles.xml", _Styles()).days,
            date(1904, 1, 1) if book.is_from_1904 else date(1899, 12, 30),
        )
        names = set(archive.namelist())
    sheets = [(name, places.get(key, "")) for name, key in book.sheets]
    found = [Worksheet(name, partial(_rows, path, place, reading)) for name, place in sheets if place in names]
    if not found:
        raise no_table(_("There is no sheet in this workbook that can be read. Save it as CSV, and send that."))
    return found


# --- one part after another


class _Part:
    """Hears one part of the workbook: an element's beginning, its end, and the words within."""

    def start(self, name: str, said: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def words(self, text: str) -> None:
        """Words stand here."""


def _parser(part: _Part) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(name: str, said: dict[str, str]) -> None:
        part.start(name.rpartition(":")[2], said)

    def end(name: str) -> None:
        part.end(name.rpartition(":")[2])

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, part.words
    parser.StartDoctypeDeclHandler = _refuse_declarations
    return parser


def _refuse_declarations(*declared: object) -> None:
    """No workbook declares entities: one that does was made to unfold without end, or to reach for other files."""
    raise cut()


def _pieces(archive: zipfile.ZipFile, name: str, parser: expat.XMLParserType) -> Iterator[None]:
    """Feed this part to the parser, piece by piece. Refuses with `file_cut` what is no XML."""
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(CHUNK // 4):
                parser.Parse(chunk, False)
                yield
            parser.Parse(b"", True)
            yield
    except expat.ExpatError as error:
        raise cut() from error


def _hear(archive: zipfile.ZipFile, name: str, part: Heard) -> Heard:
    """This part heard to its end, or as it was where the workbook has no such part."""
    if name in archive.namelist():
        for _piece in _pieces(archive, name, _parser(part)):
            pass
    return part


class _Book(_Part):
    """The sheets' names with the keys of their places, and from which year days are counted."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.is_from_1904 = False

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "sheet":
            key = next((value for key, value in said.items() if key.endswith(":id")), "")
            self.sheets.append((said.get("name", ""), key))
        elif name == "workbookPr":
            self.is_from_1904 = said.get("date1904") in ("1", "true")


class _Places(_Part):
    """Where the parts of a workbook lie, by their keys."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "Relationship" and said.get("TargetMode") != "External":
            target = said.get("Target", "")
            self.found[said.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"


class _Strings(_Part):
    """The texts that cells refer to by number; how a text is to be pronounced is left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._text: list[str] = []
        self._is_text = self._is_spoken = False

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "si":
            self._text = []
        elif name == "rPh":
            self._is_spoken = True
        self._is_text = name == "t" and not self._is_spoken

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append("".join(self._text))
        elif name == "rPh":
            self._is_spoken = False
        self._is_text = False

    def words(self, text: str) -> None:
        if self._is_text:
            self._text.append(text)


class _Styles(_Part):
    """Which of the workbook's styles show a number as a day."""

    def __init__(self) -> None:
        self.days: set[int] = set()
        self._own: set[str] = set()
        self._count = 0
        self._in_cells = False

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "numFmt":
            codes = _NOT_CODES.sub("", said.get("formatCode", "")).lower()
            if "d" in codes or "yy" in codes:
                self._own.add(said.get("numFmtId", ""))
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            number = said.get("numFmtId", "0")
            if number in self._own or (number.isdecimal() and int(number) in _DAYS):
                self.days.add(self._count)
            self._count += 1

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


# --- the rows


@dataclass(frozen=True)
class _Reading:
    """What every sheet of one workbook needs to be read."""

    strings: list[str]
    days: set[int]
    first_day: date

    def cell(self, said: dict[str, str], text: str, formula: str | None) -> Cell:
        """What stands in a cell: the value that was last reckoned where it has a formula."""
        kind = said.get("t", "n")
        if kind == "e":
            return Unreadable(text, _("Excel shows an error in this cell. Put the value itself there."))
        if formula is not None and not text:
            why = _("This is a formula, and what it comes to is not in the file. Put the value itself there.")
            return Unreadable(f"={formula}", why)
        if kind == "s":
            place = int(text) if text.isdecimal() else -1
            return self.strings[place] if 0 <= place < len(self.strings) else ""
        if kind == "d":
            return Dated(text[:10])
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if kind != "n":
            return text
        style = said.get("s", "0")
        if text and style.isdecimal() and int(style) in self.days:
            return self._day(text)
        return text.removesuffix(".0")

    def _day(self, text: str) -> Cell:
        try:
            return Dated((self.first_day + timedelta(days=int(float(text)))).isoformat())
        except (ValueError, OverflowError):
            return Unreadable(text, _("There is no such day."))


class _Rows(_Part):
    """Rows as they are heard, until somebody takes them away."""

    def __init__(self, reading: _Reading) -> None:
        self.rows: list[tuple[int, Cells]] = []
        self._reading = reading
        self._line = self._place = 0
        self._cells: dict[int, Cell] = {}
        self._said: dict[str, str] = {}
        self._text: list[str] = []
        self._formula: list[str] | None = None
        self._hears: list[str] | None = None

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "c":
            self._said, self._text, self._formula = said, [], None
            here = _CELL.fullmatch(said.get("r", ""))
            self._place = _place_of(here[1]) if here else self._place + 1
        elif name in ("v", "t"):
            self._hears = self._text
        elif name == "f":
            self._hears = self._formula = []
        elif name == "row":
            number = said.get("r", "")
            self._line = int(number) if number.isdecimal() and len(number) < 10 else self._line + 1
            self._cells, self._place = {}, -1

    def end(self, name: str) -> None:
        self._hears = None
        if name == "c" and self._place < _MOST_COLUMNS:
            formula = None if self._formula is None else "".join(self._formula)
            if cell := self._reading.cell(self._said, "".join(self._text), formula):
                self._cells[self._place] = cell
        elif name == "row" and self._cells:
            width = max(self._cells) + 1
            self.rows.append((self._line, [self._cells.get(place, "") for place in range(width)]))

    def words(self, text: str) -> None:
        if self._hears is not None:
            self._hears.append(text)


def _place_of(letters: str) -> int:
    """The place of a column by its letters: A is 0, AA is 26."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _rows(path: Path, place: str, reading: _Reading) -> Iterator[tuple[int, Cells]]:
    """The rows of one sheet that say anything. Refuses with `file_cut`."""
    heard = _Rows(reading)
    with damage_refused(), zipfile.ZipFile(path) as archive:
        for _piece in _pieces(archive, place, _parser(heard)):
            yield from heard.rows
            heard.rows.clear()
