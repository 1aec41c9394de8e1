"""How long the registers take to go in, and whether the site answers meanwhile.

The files are real ones where REAL_REGISTERS names a folder that has them, and made ones of the same form and size
otherwise. Each load is the command itself, in a process of its own, as its user runs it.
"""

import csv
import io
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from demo.made_registers import write_code_point, write_gias
from demo.measuring import Row
from schools.models import Contact
from stem.tables import Misfit, open_table

CODE_POINT, GIAS = "codepo_gb.zip", "gias_register_2023-11-16_cp1252.csv.gz"
MADE_SCHOOLS = 50_000
# The schools of the demonstration, which are in no register but its own, close when another comes.
DEMONSTRATION = 1_000
CHUNK = 20_000


def bench_registers() -> list[Row]:
    """Postcodes and schools: new, and again unchanged; each beside reading the file and inserting its bare rows."""
    with TemporaryDirectory() as folder:
        postcodes, schools = register_files(Path(folder))
        visitor = Visitor()
        bare_postcodes = _seconds(lambda: _insert(_postcode_cells(postcodes), width=3))
        bare_schools = _seconds(lambda: _insert(_school_cells(schools), width=20))
        rows = []
        allowed = ("--allow-closures", str(DEMONSTRATION))
        for command, bare in (
            (("import_postcodes", str(postcodes)), bare_postcodes),
            (("import_schools", str(schools), "--register", "gias", *allowed), bare_schools),
        ):
            for what in ("", " again, unchanged"):
                loaded = visitor.look_while(command)
                rows += [loaded.seconds_row(f"{command[0]}{what}", bare), loaded.memory_row(f"{command[0]}{what}")]
                rows += visitor.rows(loaded, f"a page while {command[0]} runs{what}")
        return rows


def register_files(folder: Path) -> tuple[Path, Path]:
    """Postcodes and schools: the real files if there are any, or else made ones, written into this folder."""
    real = Path(os.environ.get("REAL_REGISTERS", "/nowhere"))
    if (real / CODE_POINT).exists() and (real / GIAS).exists():
        return real / CODE_POINT, real / GIAS
    return write_code_point(folder / "made.zip"), write_gias(folder / "made.csv", MADE_SCHOOLS)


@dataclass
class Loaded:
    """One run of a command: how long, how large, and how long each page took meanwhile."""

    seconds: float
    peak_mb: float
    pages: list[float] = field(default_factory=list)

    def seconds_row(self, what: str, bare: float) -> Row:
        """The time beside the bare work's."""
        took = round(self.seconds, 2)
        return Row(what, 1, connection.vendor, took, took, round(bare, 2), round(took / bare, 2), "s")

    def memory_row(self, what: str) -> Row:
        """The most memory that the process held; floor: a process of ours that does nothing."""
        idle = _run(["check"]).peak_mb
        peak = round(self.peak_mb, 1)
        return Row(f"memory of {what}", 1, connection.vendor, peak, peak, round(idle, 1), round(peak / idle, 2), "MB")


class Visitor:
    """Somebody else, who looks at a page again and again."""

    def __init__(self) -> None:
        self.client = Client()
        self.client.force_login(Contact.objects.approved().order_by("pk")[0].user)
        self.look()
        self.alone = [self.look() for _ in range(40)]

    def look(self) -> float:
        """How many milliseconds the page takes."""
        started = time.perf_counter()
        answer = self.client.get("/school/")
        assert answer.status_code == 200, answer.status_code
        return (time.perf_counter() - started) * 1000

    def look_while(self, command: Sequence[str]) -> Loaded:
        """Look until the command has ended."""
        return _run(command, meanwhile=self.look)

    def rows(self, loaded: Loaded, what: str) -> list[Row]:
        """How long the page took; floor: the same page while nothing loads."""
        floor = median(self.alone)
        mine, slowest = median(loaded.pages), max(loaded.pages)
        p95 = quantiles(loaded.pages, n=20)[-1]
        shown = [round(each, 1) for each in (mine, p95, slowest, floor)]
        n = len(loaded.pages)
        return [
            Row(what, n, connection.vendor, shown[0], shown[1], shown[3], round(mine / floor, 2)),
            Row(f"slowest: {what}", n, connection.vendor, shown[2], shown[2], shown[3], round(slowest / floor, 2)),
        ]


def _run(command: Sequence[str], meanwhile: Callable[[], float] | None = None) -> Loaded:
    """Run one of our commands on this database, in a process of its own."""
    environment = {**os.environ, "DATABASE_URL": _address(), "PYTHONPATH": str(settings.ROOT)}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command], cwd=settings.ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    pages, peak = [], 0.0
    while process.poll() is None:
        peak = max(peak, _most_megabytes(process.pid))
        if meanwhile:
            pages.append(meanwhile())
        time.sleep(0.02)
    seconds = time.perf_counter() - started
    assert process.returncode == 0, f"{command[0]} ended with {process.returncode}"
    return Loaded(seconds, peak, pages)


def _most_megabytes(pid: int) -> float:
    """The most memory that this process has held so far. Its own account when it ends would count ours with it."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:  # it has just ended
        return 0.0
    told = re.search(r"VmHWM:\s*(\d+) kB", status)
    return int(told[1]) / 1024 if told else 0.0


def _address() -> str:
    """This very database, as `DATABASE_URL` names it."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    password = f":{told['PASSWORD']}" if told["PASSWORD"] else ""
    return f"postgres://{told['USER']}{password}@{told['HOST']}:{told['PORT'] or 5432}/{told['NAME']}"


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _postcode_cells(path: Path) -> Iterator[Sequence[str]]:
    """Nothing but the reading: postcode, easting and northing as they stand."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            if "/CSV/" in member and member.endswith(".csv"):
                with archive.open(member) as stream:
                    for row in csv.reader(io.TextIOWrapper(stream, "ascii", newline="")):
                        yield row[0], row[2], row[3]


def _school_cells(path: Path) -> Iterator[Sequence[str]]:
    """Nothing but the reading: twenty columns as they stand."""
    columns = {"URN": ["URN"], "EstablishmentName": ["EstablishmentName"], "Postcode": ["Postcode"]}
    columns |= {f"{name} (name)": [f"{name} (name)"] for name in ("LA", "TypeOfEstablishment", "EstablishmentStatus")}
    columns |= {name: [name] for name in ("OpenDate", "CloseDate", "StatutoryLowAge", "StatutoryHighAge", "Street")}
    columns |= {name: [name] for name in ("NumberOfPupils", "PercentageFSM", "UKPRN", "LastChangedDate", "Town")}
    columns |= {name: [name] for name in ("Easting", "Northing", "Locality", "Address3")}
    for _line, values in open_table(path, columns=columns, required=["URN"]).rows():
        if not isinstance(values, Misfit):
            yield values


def _insert(rows: Iterable[Sequence[str]], *, width: int) -> None:
    """Insert rows of text into a table without anything else, the fastest way that the database has."""
    names = ", ".join(f"c{number}" for number in range(width))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare_rows")
        cursor.execute(f"CREATE TABLE bare_rows ({names.replace(',', ' text,')} text)")
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY bare_rows ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            source = iter(rows)
            statement = f"INSERT INTO bare_rows VALUES ({', '.join(['%s'] * width)})"  # noqa: S608  only marks
            while chunk := list(islice(source, CHUNK)):
                cursor.executemany(statement, chunk)
        cursor.execute("DROP TABLE bare_rows")
