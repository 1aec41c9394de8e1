"""Three hundred misspellings of real names, drawn from a real register where there is one on this machine.

`REAL_REGISTERS` names the folder that holds it; nothing of it is part of the project.
"""

import csv
import gzip
import io
import os
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from schools.enums import Phase, SchoolStatus
from schools.models import School
from schools.search import find_schools
from schools.search.index import write_words
from stem.nations import Nation

FILE = Path(os.environ.get("REAL_REGISTERS", "")) / "gias_register_2023-11-16_cp1252.csv.gz"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not FILE.is_file(), reason="No real register here: REAL_REGISTERS names the folder that has it."
    ),
]

TRIED, RIGHT, SHOWN = 300, 285, 5
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
BY_EAR = (
    *(
        ("ph", "f"),
        ("f", "ph"),
        ("ck", "k"),
        ("c", "k"),
        ("k", "c"),
        ("ie", "ei"),
        ("ei", "ie"),
        ("s", "z"),
        ("y", "i"),
    ),
    *(("ea", "ee"), ("ee", "ea"), ("tt", "t"), ("ll", "l"), ("ss", "s"), ("or", "er"), ("er", "ar"), ("wh", "w")),
)
SHORT = (
    *(("Church of England", "CofE"), ("CofE", "C of E"), ("CofE", "Church of England"), ("Roman Catholic", "RC")),
    *(("RC", "Roman Catholic"), ("St ", "Saint "), ("Junior", "Jr"), ("and", "&"), ("Primary", "Prim"), ("'s", "s")),
)
FORGOTTEN = {"academy", "church", "cofe", "college", "community", "england", "of", "primary", "school", "the"}


def slip_in(word: str, rng: random.Random) -> str:
    """One letter dropped, doubled, swapped with the next, or typed with the key beside."""
    at = rng.randrange(len(word) - 1)
    row = next((keys for keys in KEYS if word[at].lower() in keys), word[at].lower())
    beside = row[(row.index(word[at].lower()) + 1) % len(row)]
    middle = rng.choice(["", 2 * word[at], None, beside])
    return word[:at] + (word[at + 1] + word[at] + word[at + 2 :] if middle is None else middle + word[at + 1 :])


def mistyped(name: str, rng: random.Random) -> str:
    words = name.split()
    long = [at for at, word in enumerate(words) if len(re.sub(r"\W", "", word)) > 3]
    for at in rng.sample(long, min(len(long), rng.choice([1, 1, 2]))):
        words[at] = slip_in(words[at], rng)
    return " ".join(words)


def misheard(name: str, rng: random.Random) -> str:
    heard = [(one, other) for one, other in BY_EAR if one in name.lower()]
    return name.lower().replace(*rng.choice(heard), 1) if heard else name


def shortened(name: str, rng: random.Random) -> str:
    ways = [(one, other) for one, other in SHORT if one in name]
    return name.replace(*rng.choice(ways)) if ways else name


def forgotten(name: str, rng: random.Random) -> str:
    words = name.split()
    less = [at for at, word in enumerate(words) if word.lower() in FORGOTTEN]
    if less and len(words) > 2:
        words.pop(rng.choice(less))
    return " ".join(words)


def joined(name: str, rng: random.Random) -> str:
    words = name.split()
    at = rng.randrange(len(words))
    return " ".join([*words[:at], "".join(words[at : at + 2]), *words[at + 2 :]])


WAYS: tuple[Callable[[str, random.Random], str], ...] = (
    mistyped,
    mistyped,
    mistyped,
    misheard,
    shortened,
    forgotten,
    joined,
)


def read_register() -> None:
    with gzip.open(FILE) as packed:
        rows = csv.DictReader(io.TextIOWrapper(packed, encoding="cp1252", newline=""))
        made = School.objects.bulk_create(
            (
                School(
                    register="gias",
                    register_number=row["URN"],
                    name=row["EstablishmentName"],
                    town=row["Town"],
                    phase=Phase.PRIMARY,
                    status=SchoolStatus.OPEN if row["EstablishmentStatus (code)"] in "13" else SchoolStatus.CLOSED,
                    nation=Nation.ENG,
                )
                for row in rows
            ),
            batch_size=2_000,
        )
    assert write_words(made) == len(made) > 50_000


def test_95_in_100_misspelt_names_have_their_school_among_the_first_five():
    read_register()
    rng = random.Random(20270112)
    schools = list(School.objects.open().order_by("pk"))
    alike = Counter(school.name.casefold() for school in schools)
    missed = []
    for _ in range(TRIED):
        typed = name = ""
        while typed == name:
            school = rng.choice(schools)
            name = school.name
            typed = rng.choice(WAYS)(name, rng)
        if alike[name.casefold()] > 1:
            typed += f" {school.town}"
        if school not in find_schools(typed, School.objects.open())[:SHOWN]:
            missed.append(f"{typed} (for {name}, {school.town})")
    assert TRIED - len(missed) >= RIGHT, missed
