"""How long it takes to find a school among all of them by a name that has been misspelt."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection

from demo.measuring import Row, beside
from demo.register_benches import DEMONSTRATION, register_files
from schools.models import School
from schools.queries.register import schools_to_choose_from
from schools.search import find_schools
from stem.loads.enums import LoadKind
from stem.loads.operations import load_file

AT = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
QUERIES = 300
SHOWN = 20


def bench_search() -> list[Row]:
    """A search among all schools; floor: reading as many schools as are shown, by their keys."""
    with TemporaryDirectory() as folder:
        _postcodes, schools = register_files(Path(folder))
        load_file(kind=LoadKind.GIAS, path=schools, at=AT, allow_losses=DEMONSTRATION)
    chance = random.Random(1)
    names = list(schools_to_choose_from().order_by("pk").values_list("name", "town"))
    some = chance.sample(names, QUERIES)
    kinds = {
        "a misspelt name": [_slipped(name, chance) for name, _town in some],
        "half a name": [name[: max(3, len(name) // 2)] for name, _town in some],
        "a name and its town": [f"{_slipped(name, chance)} {town}" for name, town in some],
    }
    total = School.objects.count()
    return [
        beside(f"{what} among {total} schools", _search(texts), _read_by_key(), rounds=QUERIES)
        for what, texts in kinds.items()
    ]


def _search(texts: list[str]) -> Callable[[], object]:
    rest = cycle(texts)
    return lambda: find_schools(next(rest), schools_to_choose_from(), limit=SHOWN)


def _read_by_key() -> Callable[[], object]:
    keys = list(School.objects.order_by("pk").values_list("pk", flat=True)[:SHOWN])
    marks = ", ".join(["%s"] * len(keys))

    def read() -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM schools_school WHERE id IN ({marks})", keys)  # noqa: S608  only marks
            return cursor.fetchall()

    return read


def _slipped(name: str, chance: random.Random) -> str:
    """The name with one letter dropped, doubled, swapped with the next, or another."""
    at = chance.randrange(1, max(2, len(name) - 1))
    before, letter, after = name[:at], name[at : at + 1], name[at + 1 :]
    return chance.choice((before + after, before + letter + letter + after, before + "e" + after)) or name
