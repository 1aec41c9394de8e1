"""The postcodes of a sector in one piece.

A sector ("LS2 9") holds some 160 postcodes that differ in their last two letters. Kept together they are one row of two
kilobytes: a country goes in, or out again, in eleven thousand rows instead of two million, and a postcode is still
found by one key. It is also the sector that a home is placed by (rule P-04).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from stem.geography.points import Point
from stem.nations import Nation

# Two letters, latitude and longitude in millionths of a degree, and the number of its authority in the sector's list.
_UNIT = struct.Struct("<2siiB")
_MILLION = 1_000_000
_NOWHERE = -(2**31)

# The first letter of the ONS's codes for authorities, and for the nations themselves.
NATION_BY_LETTER = {"E": Nation.ENG, "W": Nation.WLS, "S": Nation.SCO, "N": Nation.NIR}


@dataclass(frozen=True, slots=True)
class Unit:
    """One postcode of a sector: its last two letters, its point if it has one, and the ONS code of its authority.

    Where the file names no authority the code is the nation's, or empty.
    """

    letters: str
    point: Point | None
    code: str

    @property
    def nation(self) -> Nation | None:
        """The nation, if the code tells."""
        return NATION_BY_LETTER.get(self.code[:1])


def pack_unit(letters: str, lat: float | None, lon: float | None, number: int) -> bytes:
    """One postcode as it is kept; `number` is the place of its authority in the sector's list."""
    if lat is None or lon is None:
        return _UNIT.pack(letters.encode("ascii"), _NOWHERE, _NOWHERE, number)
    return _UNIT.pack(letters.encode("ascii"), round(lat * _MILLION), round(lon * _MILLION), number)


def sort_units(packed: bytes | bytearray) -> bytes:
    """The same postcodes by their letters, so that the same content is the same bytes."""
    size = _UNIT.size
    return b"".join(sorted(bytes(packed[start : start + size]) for start in range(0, len(packed), size)))


def unpack_units(packed: bytes, codes: list[str]) -> Iterator[Unit]:
    """Every postcode of a sector."""
    for letters, lat, lon, number in _UNIT.iter_unpack(packed):
        point = None if lat == _NOWHERE else Point(lat / _MILLION, lon / _MILLION)
        yield Unit(letters.decode("ascii"), point, codes[number])


def find_unit(packed: bytes, codes: list[str], letters: str) -> Unit | None:
    """The postcode with these last letters, if the sector has it."""
    wanted, size = letters.encode("ascii"), _UNIT.size
    low, high = 0, len(packed) // size
    while low < high:
        middle = (low + high) // 2
        if packed[middle * size : middle * size + 2] < wanted:
            low = middle + 1
        else:
            high = middle
    one = packed[low * size : (low + 1) * size]
    return next(unpack_units(one, codes)) if one[:2] == wanted else None


def middle_of(packed: bytes) -> Point | None:
    """The middle of a sector's points, or None when it has none; over some miles the plain mean will do."""
    found = [(lat, lon) for _letters, lat, lon, _number in _UNIT.iter_unpack(packed) if lat != _NOWHERE]
    if not found:
        return None
    lats, lons = zip(*found, strict=True)
    return Point(round(sum(lats) / len(found)) / _MILLION, round(sum(lons) / len(found)) / _MILLION)
