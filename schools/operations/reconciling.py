"""Compare a register's file, row by row, with the schools that we keep."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from stem.loads.models import Load
from stem.rules import Refusal

_OWN = {"id", "load", "school", "line", "is_new"}
# Every column that a version has in common with its school, in the order in which they are compared and copied.
COPIED: tuple[str, ...] = tuple(
    field.name for field in SchoolVersion._meta.get_fields() if isinstance(field, Field) and field.name not in _OWN
)
_NUMBER, _STATUS, _NAME, _POSTCODE = (COPIED.index(name) for name in ("register_number", "status", "name", "postcode"))
# A record's own columns that are taken as they are.
_TAKEN = tuple(name for name in COPIED if name in SchoolRecord.__dataclass_fields__)
_LENGTHS = {field.name: field.max_length for field in SchoolVersion._meta.get_fields() if isinstance(field, Field)}
# What is reckoned from the register's place, and may change without any column of its own.
_RECKONED = frozenset({"lat", "lon"})
LARGEST = 32_767  # pupils, ages and years: what a small integer holds
DECIMALS = 6  # of a degree: a tenth of a metre


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

    def __init__(self, load: Load, register: Register, known: Known, absent: frozenset[str]) -> None:
        """Begin with nothing read; `absent` names what the file does not speak of."""
        self.load, self.register, self.known = load, register, known
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
        self._untold = frozenset(at for at, name in enumerate(COPIED) if name in absent - _RECKONED)

    def reject(self, rows: Iterable[Rejected]) -> None:
        """Note rows that could not be read; the schools that they may be about stay as they are."""
        for row in rows:
            self.rejected.append({"line": row.line, "reason": row.reason})
            self._spared |= {each.casefold() for each in (row.number, row.name, row.postcode) if each}

    def versions_of(self, records: list[SchoolRecord]) -> list[SchoolVersion]:
        """The versions to stage for these records: of those that are new, or different from what we keep."""
        self.read += len(records)
        postcodes = [_read(record.postcode) for record in records]
        self._gazetteer.read_ahead(each for each in postcodes if each)
        places = [self._place_of(postcode) for postcode in postcodes]
        found = zip(records, places, _grid_points(records), strict=True)
        return [version for record, place, grid in found if (version := self._compare(record, place, grid))]

    def _place_of(self, postcode: Postcode | None) -> Place | None:
        """Where the directory in force puts this postcode; None outside the United Kingdom."""
        if postcode is None:
            return None
        try:
            return self._gazetteer.place_of(postcode)
        except Refusal:
            return None

    def _compare(self, record: SchoolRecord, place: Place | None, grid: Point | None) -> SchoolVersion | None:
        """The version to stage for this record, counted as new or changed; None when we keep just that."""
        self._note_order(record.number)
        key, before = self.known.schools.get(record.number, (None, None))
        if before is not None and self._has_no_grid:
            grid = _point(tuple(before[COPIED.index(name)] for name in ("grid_lat", "grid_lon")))
        columns = self._columns(record, place, grid)
        if before is not None:
            columns.update({COPIED[at]: before[at] for at in self._untold})
            if _was_found(dict(zip(COPIED, before, strict=True)), columns):
                columns.update({name: before[COPIED.index(name)] for name in ("lat", "lon", "approximate")})
        after = tuple(columns[name] for name in COPIED)
        if after == before:
            self.unchanged += 1
            return None
        self.created += before is None
        self.updated += before is not None
        if before is not None and before[_STATUS] == SchoolStatus.OPEN != record.status:
            self.closed_in_file += 1
        return SchoolVersion(load=self.load, school_id=key, line=record.line, is_new=before is None, **columns)

    def _note_order(self, number: str) -> None:
        """Note that the file has this number, and whether its numbers still only grow."""
        self._seen.add(number)
        self._in_order = self._in_order and _rank(number) > _rank(self._highest)
        self._highest = max(self._highest, number, key=_rank)

    def _columns(self, record: SchoolRecord, place: Place | None, grid: Point | None) -> dict[str, Any]:
        """The school as we would keep it."""
        columns: dict[str, Any] = {name: _fitting(name, getattr(record, name)) for name in _TAKEN}
        if record.is_abroad:
            place, settled = None, settle(None, None)
            nation = ""
        else:
            settled = settle(grid, place)
            exact = place.nation if place and not place.approximate else None
            nation = exact or record.nation_said or (place.nation if place else "")
        return {
            **columns,
            "register": self.register,
            "register_number": record.number,
            "nation": nation,
            "area": place.postcode.area if place else "",
            "lat": settled.point.lat if settled.point else None,
            "lon": settled.point.lon if settled.point else None,
            "approximate": settled.approximate,
            "place_note": "" if record.is_abroad else settled.note,
            "grid_lat": grid.lat if grid else None,
            "grid_lon": grid.lon if grid else None,
        }

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

    def closures(self, numbers: list[str]) -> Iterator[SchoolVersion]:
        """The versions to stage for schools that the file no longer has."""
        for number in numbers:
            key, before = self.known.schools[number]
            columns = dict(zip(COPIED, before, strict=True))
            columns |= {"status": SchoolStatus.CLOSED, "status_said": _("No longer in the register")[:60]}
            yield SchoolVersion(load=self.load, school_id=key, line=None, is_new=False, **columns)


def _was_found(before: dict[str, Any], columns: dict[str, Any]) -> bool:
    """Whether a place that the register and the directory do not know well was found some other way.

    By a geocoding service, or in a fuller directory that was in force for a time.
    """
    return (
        columns["approximate"]
        and not before["approximate"]
        and before["lat"] is not None
        and before["grid_lat"] is None
        and before["postcode"] == columns["postcode"]
    )


def _fitting(name: str, value: Any) -> Any:
    """A value that its column holds: a longer text is cut, a number beyond all reason is none."""
    if isinstance(value, str):
        return value[: _LENGTHS[name]]
    return value if not isinstance(value, int) or value <= LARGEST else None


def _rank(number: str) -> tuple[int, str]:
    """The order of numbers, which have no leading zeros."""
    return len(number), number


def _read(text: str) -> Postcode | None:
    """The postcode, if it is one."""
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
    """The point, if it lies in these islands, to the tenth of a metre."""
    lat, lon = place
    # Outside these there is no place in these islands: the reference is a slip, and as good as none.
    if lat is None or lon is None or not (49 < lat < 62 and -9 < lon < 3):
        return None
    return Point(round(lat, DECIMALS), round(lon, DECIMALS))
