"""Files as the registers publish them, of schools that do not exist."""

import csv
import io
from pathlib import Path

# The order in which the register of England has the columns that the tests speak of.
GIAS_HEADINGS = {
    "urn": "URN",
    "la_code": "LA (code)",
    "la_name": "LA (name)",
    "number": "EstablishmentNumber",
    "name": "EstablishmentName",
    "type": "TypeOfEstablishment (name)",
    "status": "EstablishmentStatus (name)",
    "opened": "OpenDate",
    "closed": "CloseDate",
    "phase": "PhaseOfEducation (name)",
    "low_age": "StatutoryLowAge",
    "high_age": "StatutoryHighAge",
    "census": "CensusDate",
    "roll": "NumberOfPupils",
    "fsm": "PercentageFSM",
    "changed": "LastChangedDate",
    "street": "Street",
    "locality": "Locality",
    "address3": "Address3",
    "town": "Town",
    "postcode": "Postcode",
    "urban_rural": "UrbanRural (name)",
    "easting": "Easting",
    "northing": "Northing",
}
GIAS_SCHOOL = {
    "urn": "900001",
    "la_code": "383",
    "la_name": "Leeds",
    "number": "4001",
    "name": "Beckside Academy",
    "type": "Academy converter",
    "status": "Open",
    "opened": "01-09-2011",
    "closed": "",
    "phase": "Secondary",
    "low_age": "11",
    "high_age": "18",
    "census": "19-01-2023",
    "roll": "1271",
    "fsm": "18.1",
    "changed": "14-11-2023",
    "street": "1 Beck Lane",
    "locality": "Headingley",
    "address3": "",
    "town": "Leeds",
    "postcode": "LS2 9JT",
    "urban_rural": "(England/Wales) Urban major conurbation",
    "easting": "429500",
    "northing": "434500",
}
SCOTTISH_SCHOOL = {
    "OBJECTID": "1",
    "SchUID": "9000047P",
    "SeedCode": "9000047",
    "SchoolType": "Primary",
    "SchoolName": "Burnside Primary School",
    "AddressLin": "1 Burn Road",
    "AddressL_1": "0",
    "AddressL_2": "FALKIRK",
    "PostCode": "FK1 1AA",
    "LAName": "Falkirk",
    "Pupil_Roll": "124",
    "AddrUR8": "2.0",
    "GridRefEas": "288900.0",
    "GridRefNor": "680100.0",
    "Latitude": "56.0020",
    "Longitude": "-3.7830",
    "Notes": " ",
}


def gias_rows(*schools: dict[str, str], columns: list[str] | None = None) -> list[list[str]]:
    """A heading, and a row for each school: an open academy in Leeds with its own number, unless told otherwise."""
    columns = columns or list(GIAS_HEADINGS)
    rows = [[GIAS_HEADINGS[column] for column in columns]]
    for place, school in enumerate(schools):
        cells = {**GIAS_SCHOOL, "urn": str(900001 + place), **school}
        rows.append([cells[column] for column in columns])
    return rows


def scottish_rows(*schools: dict[str, str]) -> list[list[str]]:
    """A heading, and a row for each school: a primary school in Falkirk, unless told otherwise."""
    return [list(SCOTTISH_SCHOOL), *([*{**SCOTTISH_SCHOOL, **school}.values()] for school in schools)]


def as_csv(rows: list[list[str]], *, encoding: str = "cp1252", delimiter: str = ",", ending: str = "\r\n") -> bytes:
    """These rows as the register of England writes them: everything in quotation marks."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=ending).writerows(rows)
    return text.getvalue().encode(encoding)


def written(path: Path, content: bytes) -> Path:
    """This content as a file."""
    path.write_bytes(content)
    return path
