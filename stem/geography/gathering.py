"""From a directory's rows to sectors: what is a postcode, where it is, and what has to be left out."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from stem.geography.grid import EASTERNMOST, NORTHERNMOST, to_degrees
from stem.geography.points import Point
from stem.geography.postcode_files import Row
from stem.geography.postcodes import read_postcode
from stem.geography.sectors import middle_of, pack_unit, sort_units, unpack_units
from stem.rules import Refusal

CHUNK = 50_000
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # the last two of a postcode are never C, I, K, M, O or V
_BIT = {a + b: 1 << number for number, (a, b) in enumerate((a, b) for a in _LETTERS for b in _LETTERS)}
# What an authority's column holds where there is none.
_NO_CODES = {"", "E99999999", "W99999999", "S99999999", "N99999999", "L99999999", "M99999999"}


@dataclass(slots=True)
class _Sector:
    code: str
    packed: bytearray = field(default_factory=bytearray)
    codes: list[str] = field(default_factory=list)
    seen: int = 0  # a bit for each pair of last letters


@dataclass(frozen=True, slots=True)
class Gathered:
    """A sector with all its postcodes, and the middle of those that have a point."""

    code: str
    units: bytes
    codes: list[str]
    middle: Point | None


class Gathering:
    """Takes rows in any order, and gives sectors; it grows by 11 bytes a postcode."""

    def __init__(self) -> None:
        self.read = self.stored = self.without_place = 0
        self.rejected: list[dict[str, Any]] = []
        self._sectors: dict[str, _Sector] = {}
        # By a postcode as the file writes it, without its space and its last two letters; None for what is no sector.
        self._by_head: dict[str, _Sector | None] = {}

    def take_all(self, rows: Iterable[Row]) -> Iterator[int]:
        """Take every row; after each chunk, how many were in it."""
        source = iter(rows)
        while chunk := list(islice(source, CHUNK)):
            self._take(chunk)
            yield len(chunk)

    def _take(self, rows: list[Row]) -> None:
        self.read += len(rows)
        on_grid: list[tuple[_Sector, str, int]] = []
        xs, ys = array("d"), array("d")
        for row in rows:
            found = self._sector_of(row)
            if found is None:
                continue
            sector, letters = found
            number = _number_of(sector, row.code)
            try:
                place = _place_of(row)
            except ValueError:
                self._reject(
                    row, _("The coordinates of %(postcode)s are not numbers of a place in the United Kingdom.")
                )
                continue
            sector.seen |= _BIT[letters]
            self.stored += 1
            if place is None:
                self.without_place += 1
                sector.packed += pack_unit(letters, None, None, number)
            elif isinstance(place, Point):
                sector.packed += pack_unit(letters, place.lat, place.lon, number)
            else:
                on_grid.append((sector, letters, number))
                xs.append(place[0])
                ys.append(place[1])
        for (sector, letters, number), (lat, lon) in zip(on_grid, to_degrees(xs, ys), strict=True):
            sector.packed += pack_unit(letters, lat, lon, number)

    def _sector_of(self, row: Row) -> tuple[_Sector, str] | None:
        """The sector and last letters of a row's postcode, or None when the row has been rejected."""
        compact = row.postcode.replace(" ", "")
        head, letters = compact[:-2], compact[-2:]
        if head not in self._by_head:
            # Only once a sector: reading a postcode in earnest takes ten times as long as all the rest.
            self._by_head[head] = self._new_head(head)
        sector = self._by_head[head]
        bit = _BIT.get(letters)
        if sector is None or bit is None:
            self._reject(row, row.trouble or _("“%(postcode)s” is no postcode."))
            return None
        if sector.seen & bit:
            self._reject(row, _("%(postcode)s stands in the file twice; its first row counts."))
            return None
        return sector, letters

    def _new_head(self, head: str) -> _Sector | None:
        try:
            code = read_postcode(f"{head}AA").sector
        except Refusal:
            return None
        return self._sectors.setdefault(code, _Sector(code))

    def _reject(self, row: Row, sentence: str) -> None:
        where = {"file": row.file} if row.file else {}
        self.rejected.append({**where, "line": row.line, "reason": sentence % {"postcode": row.postcode[:20]}})

    def sectors(self) -> Iterator[Gathered]:
        """Every sector, in the order of their names."""
        for code, sector in sorted(self._sectors.items()):
            if not sector.packed:
                continue
            units, codes = _in_order(sector)
            yield Gathered(code, units, codes, middle_of(units))


def _number_of(sector: _Sector, code: str) -> int:
    """The place of this authority in the sector's list, to which it is added when it is new."""
    code = "" if code in _NO_CODES else code[:9]
    if code not in sector.codes:
        if len(sector.codes) > 250:  # a number has one byte: no real sector lies in more than a dozen authorities
            return 0
        sector.codes.append(code)
    return sector.codes.index(code)


def _place_of(row: Row) -> Point | tuple[int, int] | None:
    """Where the row says it is: degrees, or metres of the grid, or nowhere. Raises ValueError for what is neither."""
    if row.lat or row.lon:
        lat, lon = float(row.lat), float(row.lon)
        if lat > 90 or lat == lon == 0:  # how ONSPD, and a spreadsheet, write that there is no place
            return None
        if not (49 < lat < 62 and -9 < lon < 3):
            raise ValueError(row)
        return Point(lat, lon)
    if not row.easting or not row.northing:
        return None
    try:
        east, north = int(row.easting), int(row.northing)
    except ValueError:  # a spreadsheet has made them 394235.0
        east, north = int(float(row.easting)), int(float(row.northing))
    if east == north == 0:  # how Code-Point Open writes it
        return None
    if not (0 <= east <= EASTERNMOST and 0 <= north <= NORTHERNMOST):
        raise ValueError(row)
    return east, north


def _in_order(sector: _Sector) -> tuple[bytes, list[str]]:
    """Postcodes and authorities sorted, so that the same content is the same row whatever the file's order was."""
    codes = sorted(sector.codes)
    if codes == sector.codes:
        return sort_units(sector.packed), codes
    packed = bytearray()
    for unit in unpack_units(bytes(sector.packed), sector.codes):
        lat, lon = (unit.point.lat, unit.point.lon) if unit.point else (None, None)
        packed += pack_unit(unit.letters, lat, lon, codes.index(unit.code))
    return sort_units(packed), codes
