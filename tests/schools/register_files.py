"""Small registers of made schools and places, in the true formats."""

import csv
import zipfile
from collections.abc import Iterable
from io import BytesIO, StringIO

GIAS_COLUMNS = (
    *("URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (name)"),
    *("EstablishmentStatus (name)", "OpenDate", "CloseDate", "PhaseOfEducation (name)", "StatutoryLowAge"),
    *("StatutoryHighAge", "NumberOfPupils", "PercentageFSM", "LastChangedDate", "Street", "Locality", "Address3"),
    *("Town", "Postcode", "Easting", "Northing"),
)
SCOTLAND_COLUMNS = (
    *("SchUID", "SeedCode", "SchoolType", "SchoolName", "AddressLin", "AddressL_1", "AddressL_2", "PostCode"),
    *("LAName", "Pupil_Roll", "GridRefEas", "GridRefNor", "Latitude", "Longitude"),
)
CODE_POINT_HEADINGS = "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\r\nPostcode,Positional,Eastings,Northings,a,b,c,d,e,f\r\n"


def code_point_open(postcodes: Iterable[str] = ("LS2 9JT", "YO1 7HH")) -> bytes:
    """Code-Point Open's zip with these postcodes, all of them in Leeds."""
    written = BytesIO()
    rows = "".join(f'"{code}",10,429000,434000,"E92000001","","","","E08000035",""\r\n' for code in postcodes)
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Doc/Code-Point_Open_Column_Headers.csv", CODE_POINT_HEADINGS)
        archive.writestr("Data/CSV/ls.csv", rows)
    return written.getvalue()


def gias(urns: Iterable[int] = range(100000, 100003), *, without_name: Iterable[int] = ()) -> bytes:
    """The register of England with these schools, as it is published: Windows-1252, quoted, CRLF."""
    rows = [_gias_row(urn, "" if urn in set(without_name) else f"Café Road School {urn}") for urn in urns]
    return _table(GIAS_COLUMNS, rows).encode("cp1252")


def _gias_row(urn: int, name: str) -> list[object]:
    place = ["1 Made Street", "", "", "Leeds", "LS2 9JT", 429000, 434000]
    number = str(urn)[-4:]
    school = ["Community school", "Open", "", "", "Secondary", 11, 18, 900, "12.5", "01-09-2026"]
    return [urn, 383, "Leeds", number, name, *school, *place]


def scotland(numbers: Iterable[int] = range(1000001, 1000003)) -> bytes:
    """The Scottish list with these schools."""
    place = ["1 Made Street", "Glasgow", 0, "G1 1XX", "Glasgow City", 700, "259000.0", "665000.0", "55.86", "-4.25"]
    rows = [[f"{number}S", number, "Secondary", f"Made Academy {number}", *place] for number in numbers]
    return _table(SCOTLAND_COLUMNS, rows).encode()


def links(old: int, new: int) -> bytes:
    """The links file: one school followed another."""
    columns = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")
    return _table(columns, [[new, old, "Old School", "Predecessor", "01-09-2026"]]).encode("cp1252")


def _table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    written = StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(columns)
    writer.writerows(rows)
    return written.getvalue()
