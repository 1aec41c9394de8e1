"""Made registers in the true format and of the true size, for measuring: none of their places exists."""

import csv
import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

from stem.geography.areas import AREAS

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
DISTRICTS, SECTORS, UNITS = 24, 8, 79  # of an area, of a district, of a sector: 1.8 million postcodes in all
FIRST = ("Oak", "Hill", "Brook", "Mill", "Ash", "Meadow", "Stone", "Park", "Green", "Church", "Bridge", "West", "North")
LAST = ("field", "side", "wood", "bank", "ford", "dale", "ton", "bury", "lea", "moor", "gate", "stead", "croft")
KINDS = ("Primary School", "Academy", "High School", "Junior School", "CofE Primary School", "School", "College")
GIAS_HEADINGS = (
    *("URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (code)"),
    *(
        "TypeOfEstablishment (name)",
        "EstablishmentStatus (code)",
        "EstablishmentStatus (name)",
        "OpenDate",
        "CloseDate",
    ),
    *("PhaseOfEducation (code)", "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge", "Gender (name)"),
    *("NumberOfPupils", "PercentageFSM", "UKPRN", "LastChangedDate", "Street", "Locality", "Address3", "Town"),
    *("County (name)", "Postcode", "Easting", "Northing", "RSCRegion (name)", "Country (name)"),
)


def made_postcodes(areas: int | None = None) -> Iterator[tuple[str, int, int]]:
    """Postcodes with a point of the grid, area by area; all areas of Great Britain unless told how many."""
    units = [a + b for a in LETTERS for b in LETTERS][:UNITS]
    for number, area in enumerate(sorted(set(AREAS) - {"BT"})[:areas]):
        for district in range(1, DISTRICTS + 1):
            for sector in range(1, SECTORS + 1):
                east, north = 200_000 + 3_000 * number + 40 * district, 100_000 + 4_000 * number + 900 * sector
                for step, unit in enumerate(units):
                    yield f"{area}{district} {sector}{unit}", east + 9 * step, north + 7 * step


def write_code_point(path: Path, areas: int | None = None) -> Path:
    """A zip as Ordnance Survey publishes it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("Doc/Code-Point_Open_Column_Headers.csv", "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\r\n")
        lines: dict[str, io.StringIO] = {}
        for postcode, east, north in made_postcodes(areas):
            area = postcode.split(" ")[0].rstrip("0123456789").lower()
            lines.setdefault(area, io.StringIO()).write(
                f'"{postcode}",10,{east},{north},"E92000001","E19000001","E18000002","","E08000035","E05001420"\r\n'
            )
        for area, text in lines.items():
            archive.writestr(f"Data/CSV/{area}.csv", text.getvalue())
    return path


def write_gias(path: Path, schools: int, seed: int = 1) -> Path:
    """A register of schools as the Department for Education publishes it: half of them closed."""
    chance = random.Random(seed)
    postcodes = [each for number, each in enumerate(made_postcodes()) if number % 31 == 0]
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(GIAS_HEADINGS)
        for number in range(100_000, 100_000 + schools):
            postcode, east, north = chance.choice(postcodes)
            writer.writerow(_gias_row(chance, number, postcode, east, north))
    return path


def _gias_row(chance: random.Random, number: int, postcode: str, east: int, north: int) -> list[object]:
    is_open = chance.random() < 0.54
    name = f"{chance.choice(FIRST)}{chance.choice(LAST)} {chance.choice(FIRST)}{chance.choice(LAST)}"
    town = f"{chance.choice(FIRST)}{chance.choice(LAST)}"
    status = (1, "Open", "01-09-2001", "") if is_open else (2, "Closed", "01-09-1960", "31-08-2015")
    phase = chance.choice(((2, "Primary", 4, 11), (4, "Secondary", 11, 18), (2, "Primary", 3, 11)))
    row: list[object] = [number, 383, "Leeds", number % 10_000, f"{name} {chance.choice(KINDS)}", 1, "Community school"]
    row += [*status, *phase, "Mixed", chance.randrange(40, 1600), f"{chance.uniform(2, 60):.1f}", 10_000_000 + number]
    row += ["14-11-2026", f"{chance.randrange(1, 200)} {chance.choice(FIRST)} Lane", "", "", town, ""]
    return [*row, postcode, east, north, "Lancashire and West Yorkshire", ""]
