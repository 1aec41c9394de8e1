"""Directories of postcodes as they are published, of a few postcodes or of many."""

import csv
import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

CODE_POINT_HEADINGS = ["PC", "PQ", "EA", "NO", "CY", "RH", "LH", "CC", "DC", "WC"]
CODE_POINT_WORDS = [
    "Postcode",
    "Positional_quality_indicator",
    "Eastings",
    "Northings",
    "Country_code",
    "NHS_regional_HA_code",
    "NHS_HA_code",
    "Admin_county_code",
    "Admin_district_code",
    "Admin_ward_code",
]
LEEDS, ENGLAND = "E08000035", "E92000001"

# What ONSPD calls its columns one year, and the next.
ONSPD_HEADINGS = {
    "2024": ["pcd", "pcd2", "pcds", "dointr", "doterm", "oslaua", "oseast1m", "osnrth1m", "ctry", "lat", "long"],
    "2026": [
        *("pcd7", "pcd8", "pcds", "dointr", "doterm"),
        *("lad25cd", "east1m", "north1m", "ctry25cd", "lat", "long"),
    ],
}


def code_point_row(
    postcode: str, east: object = 429_500, north: object = 434_500, district: str = LEEDS, quality: int = 10
) -> list[str]:
    """A postcode in the middle of Leeds, unless told otherwise."""
    nation = f"{district[:1] or 'E'}92000001"
    return [postcode, str(quality), str(east), str(north), nation, "", "", "", district, ""]


def code_point(path: Path, rows: Iterable[list[str]], headings: list[str] | None = None) -> Path:
    """These rows (by `CODE_POINT_HEADINGS`) as Ordnance Survey's zip: a file an area, without headings, which lie in
    Doc/ in whatever order is asked for."""
    headings = headings or CODE_POINT_HEADINGS
    order = [CODE_POINT_HEADINGS.index(name) for name in headings]
    areas: dict[str, io.StringIO] = {}
    for row in rows:
        area = "".join(letter for letter in row[0][:2] if letter.isalpha()).lower() or "xx"
        text = areas.setdefault(area, io.StringIO(newline=""))
        csv.writer(text, quoting=csv.QUOTE_ALL).writerow([row[place] for place in order])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        told = [headings, [CODE_POINT_WORDS[place] for place in order]]
        archive.writestr("Doc/Code-Point_Open_Column_Headers.csv", "".join(",".join(line) + "\r\n" for line in told))
        archive.writestr("Doc/licence.txt", "Contains OS data. Crown copyright and database right.\r\n")
        for area, text in sorted(areas.items()):
            archive.writestr(f"Data/CSV/{area}.csv", text.getvalue())
    return path


def onspd_row(
    postcode: str,
    lat: object = "53.806000",
    lon: object = "-1.552000",
    *,
    district: str = LEEDS,
    nation: str = ENGLAND,
    east: str = "429500",
    north: str = "434500",
    ended: str = "",
) -> list[str]:
    """A live postcode in the middle of Leeds, unless told otherwise."""
    compact = postcode.replace(" ", "")
    spread = f"{compact[:-3]:<4}{compact[-3:]}"
    return [spread, postcode, postcode, "198001", ended, district, east, north, nation, str(lat), str(lon)]


def onspd(path: Path, rows: Iterable[list[str]], edition: str = "2026") -> Path:
    """These rows as the Office for National Statistics publishes them, under the names of that year."""
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(ONSPD_HEADINGS[edition])
        writer.writerows(rows)
    return path
