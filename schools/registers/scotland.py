"""The Scottish Government's list of its state schools, with their places."""

from pathlib import Path
from string import capwords
from typing import NamedTuple

from django.utils.translation import gettext as _

from schools.enums import Phase, SchoolStatus
from schools.registers.cells import join_street, read_coordinate, read_count, read_grid, read_postcode_or_blank
from schools.registers.phases import read_phase
from schools.registers.records import RegisterFile, Rejected, SchoolRecord
from stem.nations import Nation
from stem.tables import open_table


class Row(NamedTuple):
    """The cells that we read of a row, by our names."""

    number: str
    name: str
    type: str
    line1: str
    line2: str
    line3: str
    postcode: str
    authority: str
    roll: str
    rural: str
    easting: str
    northing: str
    lat: str
    lon: str


# As the list is published for maps, where names are cut to ten letters; and the whole names.
COLUMNS = {
    "number": ["SchUID"],
    "name": ["SchoolName"],
    "type": ["SchoolType"],
    "line1": ["AddressLin", "AddressLine1"],
    "line2": ["AddressL_1", "AddressLine2"],
    "line3": ["AddressL_2", "AddressLine3"],
    "postcode": ["PostCode"],
    "authority": ["LAName"],
    "roll": ["Pupil_Roll", "Pupil_Rolls", "PupilRoll"],
    "rural": ["AddrUR8", "DZUR8"],
    "easting": ["GridRefEas", "GridRefEasting"],
    "northing": ["GridRefNor", "GridRefNorthing"],
    "lat": ["Latitude"],
    "lon": ["Longitude"],
}
REQUIRED = ("number", "name", "type", "postcode")
_NEEDS = {
    "street": "line1",
    "town": "line1",
    "authority": "authority",
    "roll": "roll",
    "rural": "rural",
    "easting": "easting",
    "northing": "northing",
    "lat": "lat",
    "lon": "lon",
}
# Of these the list never speaks: every school on it is open, and no dates or ages stand there.
_NEVER = {"low_age", "high_age", "fsm_percent", "fsm_year", "opened_on", "closed_on"}

# What stands last in an address and is no town.
_COUNTIES = {
    *("argyll", "moray", "fife", "angus", "borders", "east lothian", "west lothian", "midlothian", "berwickshire"),
    *("isle of lewis", "isle of skye", "isle of harris", "isle of mull", "isle of islay", "isle of arran"),
    *("orkney", "shetland", "caithness", "sutherland", "highland", "scottish borders", "western isles"),
}


def read_scotland(path: Path | str) -> RegisterFile:
    """The list in this file. Refuses as `open_table` does."""
    table = open_table(path, columns=COLUMNS, required=REQUIRED)
    absent = {field for field, column in _NEEDS.items() if column not in table.present}
    return RegisterFile(table, _read_row, _reject, frozenset(absent | _NEVER))


def _row(values: tuple[str, ...]) -> Row:
    # The list has 0 where a cell of words is blank.
    return Row._make("" if value == "0" else value for value in values)


def _reject(line: int, values: tuple[str, ...], reason: str) -> Rejected:
    row = _row(values)
    return Rejected(line, reason, row.number, row.name, read_postcode_or_blank(row.postcode))


def why_no_number(said: str) -> str:
    """Why this is not the number of a school, in one sentence; "" when it may be one."""
    if not said:
        return _("This row has no number (SchUID).")
    if not said.isascii() or not said.isalnum() or not said[0].isdigit() or len(said) > 20:
        return _("“%(said)s” is not a number (SchUID) of a school.") % {"said": said[:40]}
    return ""


def _read_row(line: int, values: tuple[str, ...]) -> SchoolRecord | Rejected:
    row = _row(values)
    if reason := why_no_number(row.number):
        return _reject(line, values, reason)
    if not row.name:
        return _reject(line, values, _("This row has no name."))
    street, town = _address(row)
    easting, northing = read_grid(row.easting, row.northing)
    lat, lon = read_coordinate(row.lat, 90), read_coordinate(row.lon, 180)
    return SchoolRecord(
        line=line,
        number=row.number,
        name=" ".join(row.name.split())[:200],
        phase=_phase(row),
        phase_said=row.type,
        type_said=row.type,
        status=SchoolStatus.OPEN,
        status_said="",
        street=street,
        town=town,
        postcode=read_postcode_or_blank(row.postcode),
        postcode_said=row.postcode,
        authority=row.authority,
        nation_said=Nation.SCO,
        is_abroad=False,
        easting=easting,
        northing=northing,
        lat=None if lon is None else lat,
        lon=None if lat is None else lon,
        rural=_rural(row.rural),
        low_age=None,
        high_age=None,
        # A school of which the census says nothing has 0 for its roll.
        roll=read_count(row.roll) or None,
        fsm_percent=None,
        fsm_year=None,
        opened_on=None,
        closed_on=None,
    )


def _phase(row: Row) -> Phase:
    if row.type.casefold() == "special":
        return Phase.SPECIAL
    return read_phase(phase_said=row.type, type_said=row.type, ages=(None, None), name=row.name)


def _address(row: Row) -> tuple[str, str]:
    """The street and the town: the last line is the town unless it is a county and more than one line is left."""
    lines = [line.strip(" ,") for line in (row.line1, row.line2, row.line3)]
    lines = [line for line in lines if line]
    if len(lines) > 2 and _is_county(lines[-1]):
        lines.pop()
    if not lines:
        return "", ""
    town = lines.pop()
    # Royal Mail's capitals: a reader is not shouted at.
    town = capwords(town).replace(" Of ", " of ") if town.isupper() else town
    return join_street(lines, town), town[:100]


def _is_county(line: str) -> bool:
    return line.casefold() in _COUNTIES or line.casefold().endswith("shire")


def _rural(said: str) -> bool | None:
    """Classes 6 to 8 of the Scottish eightfold classification are rural; 1 to 5 are towns."""
    kind = read_count(said)
    return kind >= 6 if kind and kind <= 8 else None
