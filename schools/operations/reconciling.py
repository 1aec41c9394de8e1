"""Compare a register's file, row by row, with the schools that we keep."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from operator import attrgetter
from typing import Any, Self

from django.db.models import Field
from django.utils.translation import gettext as _

from schools.enums import Register, SchoolStatus
from schools.models import School, SchoolVersion
from schools.placing import settle
from schools.registers.records import Rejected, SchoolRecord
from stem.geography.grid import to_degrees
from stem.geography.places import Gazetteer, Place
from stem.geography.points import Point
from stem.geography.postcodes import Postcode, read_postcode
from stem.rules import Refusal

# What is reckoned of a school, and what its record says as it stands; together all that a version has of its school.
_RECKONED: tuple[str, ...] = (
    *(
        "register",
        "register_number",
        "nation",
        "area",
        "lat",
        "lon",
        "approximate",
        "place_note",
        "grid_lat",
        "grid_lon",
    ),
)
_OWN = {"id", "load", "school", "line", "is_new", *_RECKONED}
_FIELDS = {field.name: field for field in SchoolVersion._meta.get_fields() if isinstance(field, Field)}
_TAKEN: tuple[str, ...] = tuple(name for name in _FIELDS if name not in _OWN)
_LENGTHS: tuple[int, ...] = tuple(_FIELDS[name].max_length or 0 for name in _TAKEN)
COPIED: tuple[str, ...] = (*_TAKEN, *_RECKONED)
_NUMBER, _STATUS, _NAME, _POSTCODE = (COPIED.index(name) for name in ("register_number", "status", "name", "postcode"))
_STATUS_SAID, _GRID_LAT, _GRID_LON = (COPIED.index(name) for name in ("status_said", "grid_lat", "grid_lon"))
_LAT, _APPROXIMATE = COPIED.index("lat"), COPIED.index("approximate")
_FOUND = {COPIED.index(name) for name in ("lat", "lon", "approximate")}
_said = attrgetter(*_TAKEN)
LARGEST = 32_767  # pupils, ages and years: what a small integer holds
DECIMALS = 6  # of a degree: a tenth of a metre

# A row to stage: the school it is about, the line it stands on, whether it is new, and the values of `COPIED`.
Staged = tuple[int | None, int | None, bool, tuple[Any, ...]]


@dataclass(frozen=True)
class Known:
    """The schools of one register as we keep them: by number, the row's key and its columns."""

    schools: dict[str, tuple[int, tuple[Any, ...]]]
    open_count: int

    @classmethod
    def of(cls, register: Register) -> Self:
        """Read them."""
        rows = School.objects.known_as(register).order_by().values_list("pk", *COPIED)
        schools = {row[1 + _NUMBER]: (row[0], row[1:]) for row in rows.iterator(chunk_size=2000)}
        is_open = sum(columns[_STATUS] == SchoolStatus.OPEN for _pk, columns in schools.values())
        return cls(schools, is_open)


class Reconciling:
    """One file's rows against the schools we keep: what is new, what is different, what is missing."""

    def __init__(self, register: Register, known: Known, absent: frozenset[str]) -> None:
        """Nothing has been read yet; `absent` are the columns about which the file says nothing."""
        self.register, self.known = register, known
        self._absent = {COPIED.index(name) for name in absent - {*_RECKONED} if name in COPIED}
        self.read = self.created = self.updated = self.unchanged = self.closed_in_file = 0
        self.rejected: list[dict[str, Any]] = []
        self._seen: set[str] = set()
        # What rejected rows say of themselves: a school that may be one of them is not missing.
        self._spared: set[str] = set()
        self._gazetteer = Gazetteer()
        self._highest = ""
        self._in_order = True
        # A file without these columns leaves the register's points as they are.
        self._has_no_grid = bool(absent & {"easting", "northing"} and absent & {"lat", "lon"})

    def reject(self, rows: Iterable[Rejected]) -> None:
        """Note rows that could not be read; the schools that they may be about stay as they are."""
        for row in rows:
            self.rejected.append({"line": row.line, "reason": row.reason})
            self._spared |= {each.casefold() for each in (row.number, row.name, row.postcode) if each}

    def versions_of(self, records: list[SchoolRecord]) -> list[Staged]:
        """What to stage for these records: those that are new, or different from what we keep."""
        self.read += len(records)
        postcodes = [_read(record.postcode) for record in records]
        self._gazetteer.read_ahead(each for each in postcodes if each)
        places = [self._place_of(postcode) for postcode in postcodes]
        found = zip(records, places, _grid_points(records), strict=True)
        return [version for record, place, grid in found if (version := self._compare(record, place, grid))]

    def _place_of(self, postcode: Postcode | None) -> Place | None:
        """Where the postcode is; None for one outside the United Kingdom."""
        if postcode is None:
            return None
        try:
            return self._gazetteer.place_of(postcode)
        except Refusal:
            return None

    def _compare(self, record: SchoolRecord, place: Place | None, grid: Point | None) -> Staged | None:
        """What to stage for this record, counting it as new, different or unchanged."""
        self._note_order(record.number)
        key, before = self.known.schools.get(record.number, (None, None))
        if before is not None and self._has_no_grid:
            grid = _point((before[_GRID_LAT], before[_GRID_LON]))
        after = self._columns(record, place, grid)
        if before is not None and self._absent:
            after = tuple(
                old if at in self._absent else new for at, (old, new) in enumerate(zip(before, after, strict=True))
            )
        if before is not None and after[_APPROXIMATE] and _was_found(before, after):
            after = tuple(old if at in _FOUND else new for at, (old, new) in enumerate(zip(before, after, strict=True)))
        if after == before:
            self.unchanged += 1
            return None
        self.created += before is None
        self.updated += before is not None
        if before is not None and before[_STATUS] == SchoolStatus.OPEN != record.status:
            self.closed_in_file += 1
        return key, record.line, before is None, after

    def _note_order(self, number: str) -> None:
        """Note that this number has been seen, and whether the file is still in the order of its numbers."""
        self._seen.add(number)
        self._in_order = self._in_order and _rank(number) > _rank(self._highest)
        self._highest = max(self._highest, number, key=_rank)

    def _columns(self, record: SchoolRecord, place: Place | None, grid: Point | None) -> tuple[Any, ...]:
        """The school as we would keep it."""
        said = [_fitting(value, length) for value, length in zip(_said(record), _LENGTHS, strict=True)]
        if record.is_abroad:
            # Kept as the register has it, and nowhere: nobody is sent there.
            reckoned: list[Any] = ["", "", None, None, False, ""]
        else:
            settled = settle(grid, place)
            exact = place.nation if place and not place.approximate else None
            nation = exact or record.nation_said or (place.nation if place else None)
            lat, lon = (settled.point.lat, settled.point.lon) if settled.point else (None, None)
            area = place.postcode.area if place else ""
            reckoned = [nation.value if nation else "", area, lat, lon, settled.approximate, str(settled.note)]
        there = (grid.lat, grid.lon) if grid else (None, None)
        return (*said, self.register.value, record.number, *reckoned, *there)

    def missing(self) -> list[str]:
        """The numbers of open schools that the file does not have, and that no rejected row may stand for."""
        return [
            number
            for number, (_key, columns) in self.known.schools.items()
            if columns[_STATUS] == SchoolStatus.OPEN
            and number not in self._seen
            and not self._spared & {number.casefold(), columns[_NAME].casefold(), columns[_POSTCODE].casefold()}
        ]

    def is_beyond_the_end(self, number: str) -> bool:
        """Whether a file that is in the order of its numbers ends before this one."""
        return self._in_order and _rank(number) > _rank(self._highest)

    def closures(self, numbers: list[str]) -> Iterator[Staged]:
        """What to stage for schools that the file no longer has."""
        for number in numbers:
            key, before = self.known.schools[number]
            after = list(before)
            after[_STATUS], after[_STATUS_SAID] = SchoolStatus.CLOSED.value, _("No longer in the register")[:60]
            yield key, None, False, tuple(after)


def _was_found(before: tuple[Any, ...], after: tuple[Any, ...]) -> bool:
    """Whether this place, of which a register and a directory know little, was found some other way: by a geocoding
    service, or in a fuller directory that was in force for a time."""
    return (
        not before[_APPROXIMATE]
        and before[_LAT] is not None
        and before[_GRID_LAT] is None
        and before[_POSTCODE] == after[_POSTCODE]
    )


def _fitting(value: Any, length: int) -> Any:
    """A value that its column holds: a longer text is cut, a number beyond all reason is none."""
    if isinstance(value, str):
        return (value.value if isinstance(value, Enum) else value)[:length]
    return value if not isinstance(value, int) or value <= LARGEST else None


def _rank(number: str) -> tuple[int, str]:
    """The order of numbers, which have no leading zeros."""
    return len(number), number


def _read(text: str) -> Postcode | None:
    """The postcode, or None for what is none."""
    try:
        return read_postcode(text) if text else None
    except Refusal:
        return None


def _grid_points(records: list[SchoolRecord]) -> list[Point | None]:
    """Where the register says that each is: in degrees, or in metres of the grid, which are turned all at once."""
    on_grid = [each for each in records if each.easting is not None and each.northing is not None]
    turned = to_degrees([each.easting or 0 for each in on_grid], [each.northing or 0 for each in on_grid])
    points = {each.line: place for each, place in zip(on_grid, turned, strict=True)}
    return [_point(points.get(each.line, (each.lat, each.lon))) for each in records]


def _point(place: tuple[float | None, float | None]) -> Point | None:
    """The register's point, to a tenth of a metre."""
    lat, lon = place
    # Outside these there is no place in these islands: the reference is a slip, and as good as none.
    if lat is None or lon is None or not (49 < lat < 62 and -9 < lon < 3):
        return None
    return Point(round(lat, DECIMALS), round(lon, DECIMALS))
