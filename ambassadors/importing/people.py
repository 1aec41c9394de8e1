"""People as a scheme's file tells of them: one after another, and each cell that could not be read with its reason."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ambassadors.importing.cells import READERS, in_words, plain_text, read_day, read_id, said_in
from ambassadors.importing.codes import READERS_OF_LISTS, No
from ambassadors.importing.golden import LISTS, listed
from ambassadors.importing.sheets import PeopleTable, Unread, open_people
from stem.workbooks import Cell, Cells

DAYS = ("joined_on", "left_on")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A cell that was not taken in, where it stands, and why; without a column it is the whole row."""

    line: int
    column: str
    value: str
    reason: str

    def as_dict(self) -> dict[str, Any]:
        """For a report in plain values."""
        return {"line": self.line, "column": self.column, "value": self.value, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Person:
    """One row: what the scheme says of somebody, field by field; a blank cell says nothing."""

    line: int
    legacy_id: str
    said: Mapping[str, str]
    # When the scheme last looked at it, if the file tells.
    said_on: date | None


@dataclass
class PeopleFile:
    """A scheme's file, read row by row each time it is asked for; what was left out is known when it has been read."""

    table: PeopleTable
    on: date
    rejected: list[Rejected] = field(default_factory=list)
    repeated_headings: int = 0
    read: int = 0

    def count(self) -> int:
        """How many rows there are, once the file has been read to its end. Refuses what is damaged."""
        return sum(cells is not None for _line, cells in self.table.rows())

    def __iter__(self) -> Iterator[Person]:
        """Every person that can be told, in the order of the file; of two rows with one id the second is rejected."""
        self.rejected, self.repeated_headings, self.read = [], 0, 0
        lines: dict[str, int] = {}
        for line, cells in self.table.rows():
            if cells is None:
                self.repeated_headings += 1
                continue
            self.read += 1
            if isinstance(cells, Unread):
                self.rejected.append(Rejected(line, "", "", cells.reason))
                continue
            person = self._read_row(line, cells)
            if person is None:
                continue
            first = lines.setdefault(person.legacy_id, line)
            if first == line:
                yield person
            else:
                words = _("This id stands on line %(line)d already.") % {"line": first}
                self._reject(line, "legacy_id", person.legacy_id, words)

    def _reject(self, line: int, name: str, value: str, reason: str) -> None:
        self.rejected.append(Rejected(line, self.table.columns.headings.get(name, ""), value[:80], reason))

    def _read_row(self, line: int, cells: Cells) -> Person | None:
        places = self.table.columns.places
        try:
            legacy_id = read_id(cells[places["legacy_id"]])
        except No as why:
            self._reject(line, "legacy_id", said_in(cells[places["legacy_id"]]), str(why))
            return None
        said = {name: text for name in READERS if name in places if (text := self._words(line, name, cells))}
        _join_names(said)
        if not said.get("full_name") and not said.get("email"):
            name = next(each for each in ("full_name", "last_name", "first_name", "email") if each in places)
            self._reject(line, name, "", _("This row has neither a name nor an e-mail address that can be read."))
            return None
        said |= {name: codes for name in LISTS if name in places if (codes := self._codes(line, name, cells))}
        for name in DAYS:
            if day := self._day(line, name, cells):
                said[name] = day.isoformat()
        return Person(line, legacy_id, said, self._day(line, "updated_on", cells))

    def _words(self, line: int, name: str, cells: Cells) -> str:
        cell = cells[self.table.columns.places[name]]
        if cell == "":
            return ""
        try:
            return in_words(cell, READERS[name])
        except No as why:
            self._reject(line, name, said_in(cell), str(why))
            return ""

    def _codes(self, line: int, name: str, cells: Cells) -> str:
        """What a cell lists, as codes of ours; each that is none is rejected by itself, and the others count."""
        found = []
        try:
            parts = plain_text(cells[self.table.columns.places[name]]).split(";")
        except No as why:
            self._reject(line, name, said_in(cells[self.table.columns.places[name]]), str(why))
            return ""
        for part in filter(None, map(str.strip, parts)):
            try:
                found.append(READERS_OF_LISTS[name](part))
            except No as why:
                self._reject(line, name, part, str(why))
        return listed(found)

    def _day(self, line: int, name: str, cells: Cells) -> date | None:
        place = self.table.columns.places.get(name)
        cell: Cell = "" if place is None else cells[place]
        if cell == "":
            return None
        try:
            text = plain_text(cell)
            return read_day(text, self.on) if text else None
        except No as why:
            self._reject(line, name, said_in(cell), str(why))
            return None


def _join_names(said: dict[str, str]) -> None:
    """A name in two columns is one name; a full name beside them counts."""
    first, last = said.pop("first_name", ""), said.pop("last_name", "")
    joined = f"{first} {last}".strip()
    if "full_name" not in said and joined:
        with suppress(No):
            said["full_name"] = READERS["full_name"](joined)


def read_people(path: Path, *, remembered: Mapping[str, str], asked: Mapping[str, str], on: date) -> PeopleFile:
    """The people in this file. Refuses as `open_people` does."""
    return PeopleFile(open_people(path, remembered=remembered, asked=asked), on)
