"""How long staff wait for people of a register of sixty thousand, found by what they type."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import cycle

from django.db import connection

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador, Membership, Offering, Scheme, SearchTerm, SearchWord
from ambassadors.search import find_people
from ambassadors.search.index import index_everyone
from ambassadors.search.places import circle_round
from demo.made_people import SCHEMES, make_people
from demo.made_slips import MadeRecord, slipped
from demo.measuring import Row, beside, timed
from stem.curriculum import SUBJECTS
from stem.geography.areas import AREAS

AT = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
PEOPLE, ROUNDS, SHOWN, SEED = 60_000, 200, 25, 3


def bench_register() -> list[Row]:
    """The first page of a search, its people fetched; floor: the bare rows of one word of it, read from the index."""
    rows = make_people(PEOPLE, seed=SEED)
    fill_register(rows)
    took = timed(index_everyone)
    chance = random.Random(SEED)
    some = [row for row in chance.sample(rows, 4 * ROUNDS) if row.first and row.last and row.email][:ROUNDS]
    print_size = f"{SearchWord.objects.count()} words of {len(rows)} people, {SearchTerm.objects.count()} different"
    made = Row(f"made anew: {print_size}, {_size()}", 1, connection.vendor, round(took), round(took), 0, 0)
    return [made, *(_measured(what, texts, chance) for what, texts in _kinds(some, chance).items())]


def fill_register(rows: list[MadeRecord]) -> None:
    """These people as rows, with a place and a subject each."""
    chance = random.Random(SEED)
    subjects = sorted(SUBJECTS)
    people = Ambassador.objects.bulk_create((_person(row) for row in rows), batch_size=1000)
    schemes = {name: Scheme.objects.get_or_create(name=name)[0] for name in SCHEMES}
    Membership.objects.bulk_create(
        (
            Membership(ambassador=person, scheme=schemes[row.scheme], legacy_id=row.legacy_id)
            for person, row in zip(people, rows, strict=True)
        ),
        batch_size=1000,
    )
    Offering.objects.bulk_create(
        (Offering(ambassador=person, kind="subject", code=chance.choice(subjects)) for person in people),
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _person(row: MadeRecord) -> Ambassador:
    area = row.postcode[: 2 if row.postcode[1:2].isalpha() else 1]
    return Ambassador(
        full_name=row.full_name,
        known_as=row.known_as,
        email=row.email,
        phone=row.phone,
        organisation=row.employer,
        postcode=row.postcode,
        area=area,
        nation=AREAS[area].nation if area in AREAS else "",
        lat=row.lat,
        lon=row.lon,
        registered_at=AT,
        status=AmbassadorStatus.IMPORTED,
        said={},
    )


def _kinds(some: list[MadeRecord], chance: random.Random) -> dict[str, list[str]]:
    towns = [area.town for area in AREAS.values()]
    return {
        "a whole name": [f"{row.first} {row.last}" for row in some],
        "a surname": [row.last for row in some],
        "a misspelt name": [f"{slipped(row.first, chance)} {slipped(row.last, chance)}" for row in some],
        "half a surname": [row.last[: max(3, len(row.last) // 2)] for row in some],
        "a name while it is typed": [f"{row.first} {row.last[:3]}" for row in some],
        "an e-mail address": [row.email for row in some],
        "the beginning of one": [row.email[: row.email.index("@") + 1] for row in some],
        "a domain": [row.email[row.email.index("@") :] for row in some],
        "an employer": [row.employer or row.last for row in some],
        "a town": [chance.choice(towns) for _ in some],
        "a postcode's first half": [row.postcode.split()[0] if row.postcode else "LS2" for row in some],
        "a surname and a town": [f"{row.last} {chance.choice(towns)}" for row in some],
        "within 10 miles": [f"within 10 miles of {row.postcode or 'LS2 9JT'}" for row in some],
        "a surname within 30 miles": [f"{row.last} within 30 miles of {row.postcode or 'LS2 9JT'}" for row in some],
    }


def _measured(what: str, texts: list[str], chance: random.Random) -> Row:
    found = beside(f"{what} among {PEOPLE} people", _search(texts), _bare(texts), rounds=len(texts))
    return found


def _search(texts: list[str]) -> Callable[[], object]:
    rest: Iterator[str] = cycle(texts)
    everyone = Ambassador.objects.all()

    def search() -> object:
        text = next(rest)
        within = text.partition("within ")[2].partition(" miles of ")
        circle = circle_round(within[2], int(within[0])) if within[2] else None
        return find_people(text, everyone, circle)[:SHOWN]

    return search


def _bare(texts: list[str]) -> Callable[[], object]:
    rest = cycle([text.split()[-1].casefold() for text in texts])
    table = connection.ops.quote_name(SearchWord._meta.db_table)

    def read() -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT ambassador_id, found_by FROM {table} WHERE word = %s", [next(rest)])  # noqa: S608
            return cursor.fetchall()

    return read


def _size() -> str:
    """How much room the index takes."""
    tables = [model._meta.db_table for model in (SearchWord, SearchTerm)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT sum(pg_total_relation_size(each::regclass)) FROM unnest(%s) AS each", [tables])
            return f"{int(cursor.fetchone()[0]) / 2**20:.0f} MB"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'ambassadors_search%%' OR name LIKE 'search_%%'")
        return f"{int(cursor.fetchone()[0] or 0) / 2**20:.0f} MB"
