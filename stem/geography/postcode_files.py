"""Read a directory of postcodes as published: Code-Point Open's zip, or a table in the manner of ONSPD."""

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from django.utils.translation import gettext as _

from stem.rules import Kind, refuse
from stem.tables import Misfit, Table, open_table

# Code-Point Open: one file an area, without headings; what the columns are is told beside them, in Doc/.
_CODE_POINT_FILE = re.compile(r"(?:^|/)Data/CSV/[a-z]{1,2}\.csv$", re.IGNORECASE)
_CODE_POINT_HEADINGS = re.compile(r"(?:^|/)Doc/[^/]*column_headers\.csv$", re.IGNORECASE)
_CODE_POINT_COLUMNS = ["PC", "PQ", "EA", "NO", "CY", "RH", "LH", "CC", "DC", "WC"]

LARGEST = 2**30  # bytes unpacked; the true one has a sixth of that

# ONSPD: names carry a year that goes on every spring.
_YEARS = range(10, 60)
_ONSPD_COLUMNS = {
    "postcode": ["pcds", "pcd8", "pcd7", "pcd2", "pcd", "postcode"],
    "lat": ["lat", "latitude"],
    "lon": ["long", "lon", "lng", "longitude"],
    "easting": ["oseast1m", "east1m", "easting", "eastings"],
    "northing": ["osnrth1m", "north1m", "northing", "northings"],
    "authority": ["oslaua", "laua", "lad", "authority", *(f"lad{year}cd" for year in _YEARS)],
    "nation": ["ctry", "country", *(f"ctry{year}cd" for year in _YEARS)],
}


class Row(NamedTuple):
    """One postcode as its file has it: nothing has been read into it yet."""

    file: str
    line: int
    postcode: str
    lat: str
    lon: str
    easting: str
    northing: str
    code: str
    # Why nothing can be made of it, where its very form is wrong.
    trouble: str = ""


class PostcodeFile(Protocol):
    """A directory of postcodes: how many rows it has, and the rows."""

    total: int

    def rows(self) -> Iterable[Row]:
        """Every row, in the file's order. Refuses with `file_cut` what turns out to be damaged."""
        ...


def open_postcodes(path: Path) -> PostcodeFile:
    """The directory in this file, told apart by what is in it and not by its name.

    Refuses with `file_cut`, and as `stem.tables.open_table` does what is neither.
    """
    if zipfile.is_zipfile(path):
        with _whole(), zipfile.ZipFile(path) as archive:
            members = [each for each in archive.namelist() if _CODE_POINT_FILE.search(each)]
        if members:
            return CodePointOpen(path, sorted(members))
    return Onspd(path)


@dataclass
class CodePointOpen:
    """Code-Point Open as Ordnance Survey publishes it: British National Grid, one file an area."""

    path: Path
    members: list[str]
    total: int = 0

    def __post_init__(self) -> None:
        with _whole(), zipfile.ZipFile(self.path) as archive:
            if sum(archive.getinfo(member).file_size for member in self.members) > LARGEST:
                raise refuse(
                    "file_too_large", Kind.INPUT, _("This file unpacks to far more than all postcodes: fetch it again.")
                )
            # Reading to the end checks every member against its checksum, before anything is made of it.
            self.total = sum(_lines_in(archive, member) for member in self.members)
            self._places = _column_places(archive)

    def rows(self) -> Iterator[Row]:
        """Every row of every area."""
        postcode, easting, northing, nation, authority = self._places
        least = max(self._places) + 1
        with _whole(), zipfile.ZipFile(self.path) as archive:
            for member in self.members:
                name = member.rpartition("/")[2]
                with archive.open(member) as stream:
                    for line, cells in enumerate(
                        csv.reader(io.TextIOWrapper(stream, "ascii", "replace", newline="")), 1
                    ):
                        if len(cells) < least:
                            cells += [""] * (least - len(cells))
                        code = cells[authority] or cells[nation]
                        yield Row(name, line, cells[postcode], "", "", cells[easting], cells[northing], code)


def _lines_in(archive: zipfile.ZipFile, member: str) -> int:
    count, last = 0, b"\n"
    with archive.open(member) as stream:
        while chunk := stream.read(1 << 20):
            count += chunk.count(b"\n")
            last = chunk[-1:]
    return count + (last != b"\n")


def _column_places(archive: zipfile.ZipFile) -> list[int]:
    """Where postcode, easting, northing, nation and authority stand, as the zip itself says."""
    headings = _CODE_POINT_COLUMNS
    told = next((name for name in archive.namelist() if _CODE_POINT_HEADINGS.search(name)), None)
    if told:
        first = next(csv.reader(io.StringIO(archive.read(told).decode("ascii", "replace"))), [])
        headings = [each.strip().upper() for each in first] or headings
    missing = [name for name in ("PC", "EA", "NO", "CY", "DC") if name not in headings]
    if missing:
        raise refuse(
            "columns_missing",
            Kind.INPUT,
            _("This Code-Point Open has no column %(names)s: fetch a later edition.") % {"names": ", ".join(missing)},
        )
    return [headings.index(name) for name in ("PC", "EA", "NO", "CY", "DC")]


# Whatever the unpackers raise over bytes that are not as they should be.
_DAMAGE: tuple[type[Exception], ...] = (
    *(EOFError, OSError, RuntimeError, ValueError, OverflowError, KeyError),
    *(csv.Error, struct.error, zlib.error, zipfile.BadZipFile),
)


class _whole:  # noqa: N801  reads as the word it is: `with _whole():`
    """What a zip says when it is damaged, in words."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, _DAMAGE):
            raise refuse(
                "file_cut", Kind.INPUT, _("This file is damaged or cut short: fetch it again, and load it as it came.")
            ) from error


@dataclass
class Onspd:
    """A table with headings, as the Office for National Statistics publishes its directory."""

    path: Path
    total: int = 0

    def __post_init__(self) -> None:
        self._table: Table = open_table(self.path, columns=_ONSPD_COLUMNS, required=["postcode"])
        self.total = self._table.total
        has_place = {"lat", "lon"} <= self._table.present or {"easting", "northing"} <= self._table.present
        if not has_place:
            raise refuse(
                "columns_missing",
                Kind.INPUT,
                _("This file has no columns that say where a postcode is: lat and long, or easting and northing."),
            )

    def rows(self) -> Iterator[Row]:
        """Every row."""
        for line, values in self._table.rows():
            if isinstance(values, Misfit):
                yield Row("", line, "", "", "", "", "", "", values.sentence)
                continue
            postcode, lat, lon, easting, northing, authority, nation = values
            yield Row("", line, postcode, lat, lon, easting, northing, authority or nation)
