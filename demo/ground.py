"""The ground of the demonstration: a made directory of postcodes and a made register of schools, loaded as an
administrator loads real ones, in two editions, so that there is something to compare."""

import csv
import math
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from demo import cast
from demo.made_registers import FIRST, GIAS_HEADINGS, LAST, LETTERS
from schools.enums import Phase
from stem.accounts.models import User
from stem.geography.areas import AREAS
from stem.geography.points import Point
from stem.geography.postcodes import Postcode, read_postcode
from stem.loads.enums import LoadKind
from stem.loads.operations import load_file
from stem.nations import Nation
from stem.scheme.operations import address_letters, name_scheme

# ONS codes of the authorities that the made postcodes are said to lie in; elsewhere only the nation is known.
AUTHORITIES = {
    "LS": "E08000035",
    "BD": "E08000032",
    "YO": "E06000014",
    "S": "E08000039",
    "HU": "E06000010",
    "B": "E08000025",
    "WS": "E08000030",
    "E": "E09000012",
    "SE": "E09000023",
    "TR": "E06000052",
    "EX": "E07000041",
    "CF": "W06000015",
    "SA": "W06000011",
    "G": "S12000049",
    "EH": "S12000036",
    "BT": "N09000003",
}
NATION_CODES = {Nation.ENG: "E92000001", Nation.WLS: "W92000004", Nation.SCO: "S92000003", Nation.NIR: "N92000002"}
PHASES = {
    Phase.PRIMARY: ("Community school", "Primary", 4, 11),
    Phase.SECONDARY: ("Academy converter", "Secondary", 11, 18),
    Phase.SPECIAL: ("Community special school", "Not applicable", 4, 19),
    Phase.SIXTEEN_PLUS: ("Further education", "16 plus", 16, 19),
}
OTHER_SCHOOLS = 240
# In the register's second edition so many have closed, and so many have another roll.
CLOSED_SINCE, OTHER_ROLLS = 4, 60


def name_the_scheme(administrator: User, *, at: datetime) -> None:
    """Who the scheme is, as its administrator entered it."""
    name_scheme(name="Rolemodel demonstration", by=administrator, at=at)
    address_letters(
        sender_name="Rolemodel demonstration",
        sender_email="scheme@rolemodel.example",
        reply_email="scheme@rolemodel.example",
        phone="01632 960100",
        by=administrator,
        at=at,
    )


def lay_the_ground(*, at: datetime) -> None:
    """Load postcodes, and the register of England's schools as it was then and as it was a month later."""
    with TemporaryDirectory() as folder:
        postcodes = _write_postcodes(Path(folder) / "made-postcodes.csv")
        load_file(kind=LoadKind.POSTCODES, path=postcodes, at=at)
        for edition, later in ((0, timedelta()), (1, timedelta(days=30))):
            schools = _write_schools(Path(folder) / f"made-schools-{(at + later):%Y-%m-%d}.csv", edition)
            load_file(kind=LoadKind.GIAS, path=schools, at=at + later, allow_losses=CLOSED_SINCE)


def _write_postcodes(path: Path) -> Path:
    """The postcodes of the cast, and some around them, in the manner of the ONS's directory."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("pcds", "lat", "long", "lad25cd", "ctry25cd"))
        for postcode, point in _postcodes().items():
            area = AREAS[read_postcode(postcode).area]
            authority = AUTHORITIES.get(area.code, "")
            writer.writerow((postcode, f"{point.lat:.6f}", f"{point.lon:.6f}", authority, NATION_CODES[area.nation]))
    return path


def _postcodes() -> dict[str, Point]:
    """Some sixty postcodes in each sector that the cast lives or teaches in, and two sectors beside it."""
    units = [a + b for a in LETTERS[::3] for b in LETTERS[::3]]
    found: dict[str, Point] = {}
    for number, home in enumerate(sorted({read_postcode(text).official for text in _of_the_cast()})):
        postcode = read_postcode(home)
        centre = _around(AREAS[postcode.area].point, number, km=9)
        found[home] = centre
        for step, unit in enumerate(units):
            for sector in {postcode.inward[0], "1", "2"}:
                made = Postcode(postcode.area, postcode.district, sector + unit).official
                found.setdefault(made, _around(centre, 7 * step + int(sector), km=1.5))
    return found


def _of_the_cast() -> Iterator[str]:
    yield from (part.postcode for part in cast.SCHOOLS)
    yield from (part.postcode for part in cast.AMBASSADORS)


def _around(centre: Point, step: int, *, km: float) -> Point:
    """A point within so many kilometres of the centre: a sunflower's seeds, which neither cluster nor line up."""
    far = km * math.sqrt((step * 37 % 100 + 1) / 101)
    turn = 2.399963 * step
    lat = centre.lat + far / 111.2 * math.sin(turn)
    return Point(lat, centre.lon + far / (111.2 * math.cos(math.radians(centre.lat))) * math.cos(turn))


def _write_schools(path: Path, edition: int) -> Path:
    """The register of England, which lists Wales too: the cast's schools and others around them."""
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, GIAS_HEADINGS, restval="", quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(_school_rows(edition))
    return path


def _school_rows(edition: int) -> Iterator[dict[str, object]]:
    for part in cast.SCHOOLS:
        if part.number.isdecimal():
            yield _row(part.number, part.name, part.street, part.town, part.postcode, Phase(part.phase), part.roll)
    chance = random.Random(15)
    towns = {read_postcode(part.postcode).area: part.town for part in cast.SCHOOLS}
    homes = sorted(each for each in _postcodes() if AREAS[read_postcode(each).area].nation is Nation.ENG)
    for number in range(OTHER_SCHOOLS):
        name = f"{chance.choice(FIRST)}{chance.choice(LAST)} {chance.choice(('Lane', 'Road', 'Green', 'Hall', 'Park'))}"
        phase = chance.choice((Phase.PRIMARY, Phase.PRIMARY, Phase.SECONDARY, Phase.SPECIAL))
        kind = {Phase.PRIMARY: "Primary School", Phase.SECONDARY: "Academy"}.get(phase, "School")
        postcode, street = chance.choice(homes), f"{chance.randrange(1, 90)} {chance.choice(FIRST)} Street"
        area = read_postcode(postcode).area
        town, roll = towns.get(area, AREAS[area].town), chance.randrange(60, 1400)
        row = _row(str(910_001 + number), f"{name} {kind}", street, town, postcode, phase, roll)
        if edition and number < CLOSED_SINCE:
            row |= {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2026"}
        elif edition and number < OTHER_ROLLS:
            row["NumberOfPupils"] = roll + number % 20 + 1
        yield row


def _row(number: str, name: str, street: str, town: str, postcode: str, phase: Phase, roll: int) -> dict[str, object]:
    kind, said, low, high = PHASES[phase]
    return {
        "URN": number,
        "LA (name)": AREAS[read_postcode(postcode).area].town,
        "EstablishmentName": name,
        "TypeOfEstablishment (name)": kind,
        "EstablishmentStatus (name)": "Open",
        "OpenDate": "01-09-2001",
        "PhaseOfEducation (name)": said,
        "StatutoryLowAge": low,
        "StatutoryHighAge": high,
        "NumberOfPupils": roll,
        "PercentageFSM": f"{(int(number) * 173 % 500) / 10:.1f}",
        "LastChangedDate": "14-10-2026",
        "Street": street,
        "Town": town,
        "Postcode": postcode,
    }
