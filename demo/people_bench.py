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
from ambassadors.search.typed import read_typed
from demo.made_people import SCHEMES, make_people
from demo.made_slips import MadeRecord, slipped
from demo.measuring import Row, beside, timed
from stem.curriculum import SUBJECTS
from stem.geography.areas import AREAS
from stem.geography.places import locate
from stem.geography.points import bounding_box
from stem.geography.travel import KM_PER_MILE

AT = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
PEOPLE, ROUNDS, SHOWN, SEED = 60_000, 200, 25, 3


def bench_register() -> list[Row]:
    """The first page of a search, its people fetched; floor: bare SQL for the rows that the search has to look at."""
    rows = make_people(PEOPLE, seed=SEED)
    fill_register(rows)
    took = round(timed(index_everyone))
    with connection.cursor() as cursor:
        # PostgreSQL does so by itself within minutes of so many new rows.
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    chance = random.Random(SEED)
    some = [row for row in chance.sample(rows, 4 * ROUNDS) if row.first and row.last and row.email][:ROUNDS]
    size = f"{SearchWord.objects.count()} words of {len(rows)} people, {SearchTerm.objects.count()} different"
    made = Row(f"the index made anew: {size}, {_size()}", 1, connection.vendor, took, took, took, 1)
    kinds = _kinds(some, chance)
    return [made, *(_measured(f"{what} among {len(rows)} people", texts) for what, texts in kinds.items())]


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
    domains = [row.email[row.email.index("@") :] for row in some]
    return {
        "a whole name": [f"{row.first} {row.last}" for row in some],
        "a surname": [row.last for row in some],
        "a misspelt name": [f"{slipped(row.first, chance)} {slipped(row.last, chance)}" for row in some],
        "half a surname": [row.last[: max(3, len(row.last) // 2)] for row in some],
        "a name while it is typed": [f"{row.first} {row.last[:3]}" for row in some],
        "an e-mail address": [row.email for row in some],
        "the beginning of one": [row.email[: row.email.index("@") + 1] for row in some],
        "an employer's domain": [domain for domain in domains if domain.endswith(".work.example")],
        "a mail provider's domain": [domain for domain in domains if not domain.endswith(".work.example")],
        "an employer": [row.employer or row.last for row in some],
        "a town": [chance.choice(towns) for _ in some],
        "a postcode's first half": [row.postcode.split()[0] if row.postcode else "LS2" for row in some],
        "a surname and a town": [f"{row.last} {chance.choice(towns)}" for row in some],
        "within 10 miles": [f"within 10 miles of {row.postcode or 'LS2 9JT'}" for row in some],
        "a surname within 30 miles": [f"{row.last} within 30 miles of {row.postcode or 'LS2 9JT'}" for row in some],
    }


def _measured(what: str, texts: list[str]) -> Row:
    return beside(what, _search(texts), _bare(texts), rounds=len(texts))


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
    """The rows under the words as they stand, or of the people of the place, without scope, ranking or people."""
    rest = cycle(texts)
    quote = connection.ops.quote_name
    words, people = quote(SearchWord._meta.db_table), quote(Ambassador._meta.db_table)

    def read() -> object:
        typed = read_typed(next(rest))
        asked = [word for each in typed.asked for word in (*each.words, *each.addresses)]
        areas = sorted(
            {area for each in typed.asked for area in each.areas} | ({typed.area} if typed.postcode else set())
        )
        column, values = ("word", asked) if asked else ("area", areas)
        with connection.cursor() as cursor:
            if not values:
                box = bounding_box(locate(typed.centre).point, (typed.miles or 10) * KM_PER_MILE)
                where = "lat BETWEEN %s AND %s AND lon BETWEEN %s AND %s"
                limits = [box.south, box.north, box.west, box.east]
            else:
                where = f"{column} IN ({', '.join(['%s'] * len(values))})"
            chosen = f"SELECT ambassador_id FROM {words}" if column == "word" else f"SELECT id FROM {people}"  # noqa: S608
            cursor.execute(f"{chosen} WHERE {where}", values or limits)
            return cursor.fetchall()

    return read


def _size() -> str:
    """How much room the index takes."""
    tables = [model._meta.db_table for model in (SearchWord, SearchTerm)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sum(pg_total_relation_size(each::regclass)) FROM unnest(%s::text[]) AS each", [tables]
            )
            return f"{int(cursor.fetchone()[0]) / 2**20:.0f} MB"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'ambassadors_search%%' OR name LIKE 'search_%%'")
        return f"{int(cursor.fetchone()[0] or 0) / 2**20:.0f} MB"
