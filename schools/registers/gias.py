"""The register of England, "Get Information About Schools", which also lists Wales and schools abroad."""

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from schools.enums import SchoolStatus
from schools.registers.cells import (
    join_street,
    read_ages,
    read_count,
    read_date,
    read_grid,
    read_percent,
    read_postcode_or_blank,
)
from schools.registers.phases import read_phase
from schools.registers.records import RegisterFile, Rejected, SchoolRecord
from stem.nations import Nation
from stem.tables import Misfit, Table, open_table


class Row(NamedTuple):
    """The cells that we read of a row, by our names."""

    urn: str
    name: str
    type: str
    status: str
    phase: str
    la_code: str
    la_name: str
    number: str
    low_age: str
    high_age: str
    census: str
    roll: str
    fsm: str
    opened: str
    closed: str
    changed: str
    street: str
    locality: str
    address3: str
    town: str
    postcode: str
    easting: str
    northing: str
    urban_rural: str


COLUMNS = {
    "urn": ["URN"],
    "name": ["EstablishmentName"],
    "type": ["TypeOfEstablishment (name)"],
    "status": ["EstablishmentStatus (name)", "EstablishmentStatus (code)"],
    "phase": ["PhaseOfEducation (name)"],
    "la_code": ["LA (code)"],
    "la_name": ["LA (name)"],
    "number": ["EstablishmentNumber"],
    "low_age": ["StatutoryLowAge"],
    "high_age": ["StatutoryHighAge"],
    "census": ["CensusDate"],
    "roll": ["NumberOfPupils"],
    "fsm": ["PercentageFSM"],
    "opened": ["OpenDate"],
    "closed": ["CloseDate"],
    "changed": ["LastChangedDate"],
    "street": ["Street"],
    "locality": ["Locality"],
    "address3": ["Address3"],
    "town": ["Town"],
    "postcode": ["Postcode"],
    "easting": ["Easting"],
    "northing": ["Northing"],
    "urban_rural": ["UrbanRural (name)"],
}
# Without these a row could not be told from another, nor placed, nor closed rightly.
REQUIRED = ("urn", "name", "status", "postcode")

# What we keep about a school, by the column it needs: where that is missing the file says nothing of it.
_NEEDS = {
    "phase": "phase",
    "phase_said": "phase",
    "type_said": "type",
    "street": "street",
    "town": "town",
    "authority": "la_name",
    "easting": "easting",
    "northing": "northing",
    "rural": "urban_rural",
    "low_age": "low_age",
    "high_age": "high_age",
    "roll": "roll",
    "fsm_percent": "fsm",
    "fsm_year": "fsm",
    "opened_on": "opened",
    "closed_on": "closed",
}

STATUSES = {
    "open": SchoolStatus.OPEN,
    "open, but proposed to close": SchoolStatus.OPEN,
    "closed": SchoolStatus.CLOSED,
    "proposed to open": SchoolStatus.PROPOSED,
    # The register's codes, for a file without their names.
    "1": SchoolStatus.OPEN,
    "2": SchoolStatus.CLOSED,
    "3": SchoolStatus.OPEN,
    "4": SchoolStatus.PROPOSED,
}

_ABROAD = re.compile(r"overseas|offshore|service children")
_WELSH_AUTHORITIES = range(660, 682)
_ROUNDED = re.compile(r"[\d.,]+E[+-]?\d+", re.I)


def read_gias(path: Path | str) -> RegisterFile:
    """The register in this file, as published or as people have passed it on.

    Refuses as `open_table` does.
    """
    table = open_table(path, columns=COLUMNS, required=REQUIRED)
    absent = {field for field, column in _NEEDS.items() if column not in table.present}
    read_row = partial(_read_row, _census_year(table))
    return RegisterFile(table, read_row, _reject, frozenset(absent | {"lat", "lon"}))


def _reject(line: int, values: tuple[str, ...], reason: str) -> Rejected:
    row = Row._make(values)
    return Rejected(line, reason, row.urn, row.name, read_postcode_or_blank(row.postcode))


def why_no_number(said: str) -> str:
    """Why this is not the number of a school, in one sentence; "" when it may be one."""
    if not said:
        return _("This row has no number (URN).")
    if _ROUNDED.fullmatch(said):
        return _(
            "A spreadsheet has rounded the number %(said)s: load the file as downloaded, never opened and saved."
        ) % {"said": said}
    if not read_count(said):
        return _("“%(said)s” is not a number (URN) of a school.") % {"said": said[:40]}
    return ""


def _read_row(file_year: int | None, line: int, values: tuple[str, ...]) -> SchoolRecord | Rejected:
    row = Row._make(values)
    status = STATUSES.get(row.status.casefold())
    if reason := why_no_number(row.urn):
        return _reject(line, values, reason)
    if not row.name:
        return _reject(line, values, _("This row has no name."))
    if status is None:
        said = _("“%(said)s” is no status that we know: a school is open, closed or proposed to open.")
        return _reject(line, values, said % {"said": row.status[:40]})
    return _record(row, line, status, file_year)


def _record(row: Row, line: int, status: SchoolStatus, file_year: int | None) -> SchoolRecord:
    ages = read_ages(row.low_age, row.high_age)
    easting, northing = read_grid(row.easting, row.northing)
    is_abroad = bool(_ABROAD.search(f"{row.type} {row.la_name}".casefold()))
    fsm = read_percent(row.fsm)
    census = read_date(row.census)
    fsm_year = census.year if census else file_year
    return SchoolRecord(
        line=line,
        number=str(read_count(row.urn)),
        name=row.name[:200],
        phase=read_phase(phase_said=row.phase, type_said=row.type, ages=ages, name=row.name, number=row.number),
        phase_said=row.phase,
        type_said=row.type,
        status=status,
        status_said=row.status,
        street=join_street((row.street, row.locality, row.address3), row.town),
        town=row.town[:100],
        postcode=read_postcode_or_blank(row.postcode),
        postcode_said=row.postcode,
        authority="" if row.la_name == "Does not apply" else row.la_name,
        nation_said=_nation(row, is_abroad),
        is_abroad=is_abroad,
        easting=easting,
        northing=northing,
        lat=None,
        lon=None,
        rural=_rural(row.urban_rural),
        low_age=ages[0],
        high_age=ages[1],
        roll=read_count(row.roll),
        fsm_percent=fsm,
        fsm_year=None if fsm is None else fsm_year,
        opened_on=read_date(row.opened),
        closed_on=read_date(row.closed),
    )


def _nation(row: Row, is_abroad: bool) -> Nation | None:
    """The register is England's; it says of Wales by type or authority, and of a few schools in Scotland by authority.

    An online provider belongs to no authority and stands nowhere.
    """
    if is_abroad:
        return Nation.SCO if row.la_name.startswith("Scotland") else None
    is_welsh = row.type.startswith("Welsh") or (row.la_code.isdecimal() and int(row.la_code) in _WELSH_AUTHORITIES)
    if is_welsh:
        return Nation.WLS
    return None if row.la_name == "Does not apply" else Nation.ENG


def _rural(said: str) -> bool | None:
    """What the rural-urban classification calls this place; it is said for England and Wales, and since 2021 anew.

    "(England/Wales) Rural village", "Larger rural: nearer to a major town"; "Urban city and town".
    """
    said = said.casefold()
    if "rural" in said:
        return True
    return False if "urban" in said else None


def _census_year(table: Table) -> int | None:
    """The year of the January census from which a file's figures come, where its rows do not say.

    Figures of a January are published in June or July, so that a file of May still has those of the year before.
    """
    if "census" in table.present or "fsm" not in table.present:
        return None
    latest = max(_dates(table), default=None)
    return None if latest is None else latest.year - (latest.month < 7)


def _dates(table: Table) -> Iterator[date]:
    """Every day of which a file says that it has been: of its changes or, without those, of openings and closings."""
    past = _changed_on if "changed" in table.present else _settled_on
    for _line, values in table.rows():
        if not isinstance(values, Misfit) and (day := read_date(past(Row._make(values)))):
            yield day


def _changed_on(row: Row) -> str:
    return row.changed


def _settled_on(row: Row) -> str:
    status = STATUSES.get(row.status.casefold())
    return row.closed if status is SchoolStatus.CLOSED else row.opened if status is SchoolStatus.OPEN else ""
