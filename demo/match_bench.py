"""How long it takes to say who should be asked, of a scheme's, a nation's and many nations' ambassadors."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from statistics import quantiles
from typing import Any

from django.db import connection
from django.db.models import Model

from ambassadors.enums import CheckBody, HoldKind, OfferingKind, RequirementKind
from ambassadors.models import Ambassador, FreeHours, Hold, Limits, Offering, Reach, Requirement
from ambassadors.operations.profile import change_profile
from ambassadors.reach.keeping import keep_everyone
from ambassadors.reach.rows import Row as ReachRow
from ambassadors.reach.rows import Traveller, rows_of
from ambassadors.reach.spans import Fact
from bookings.matching.near_misses import find_near_misses
from bookings.matching.ranking import rank
from bookings.matching.relaxing import find_relaxations
from bookings.matching.wanted import Wanted
from demo import cast
from demo.free_bench import hours_of, limits_of, made_person, promise
from demo.made_ground import Ground
from demo.measuring import Row, beside, timed
from stem.accounts.models import User
from stem.curriculum import ACTIVITIES, SUBJECTS, Stage
from stem.geography.points import Point
from stem.moments import day_of, moment
from stem.nations import Nation
from stem.whole_rows import insert_rows

AT = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
MORNING = (moment(date(2027, 2, 3), time(9, 30)), moment(date(2027, 2, 3), time(11)))
SIZES = (1_000, 50_000, 200_000, 1_000_000)
# Up to here the rows are made from which the table of reach is reckoned; beyond it, the table alone.
WHOLE = 50_000
REQUESTS, SEED, LIMIT, BATCH = 200, 6, 20, 5_000
SATURDAY = 3  # days after the morning that is asked for
SINCE, UNTIL = date(2026, 9, 1), date(2029, 8, 31)
Made = tuple[Traveller, dict[str, list[str]]]


def bench_match() -> list[Row]:
    """The best twenty of everybody; floor: the index alone, asked for who offers the subject and goes so far."""
    chance, ground = random.Random(SEED), Ground()
    people = People(chance, ground)
    measured: list[Row] = []
    requests = [request_somewhere(chance, ground) for _each in range(REQUESTS)]
    for size in SIZES:
        people.grow_to(size)
        measured += _measure(size, requests)
        if size == WHOLE:
            measured += [*_helping(requests), *_keeping(chance)]
    return measured


def _measure(size: int, requests: list[Wanted]) -> Iterator[Row]:
    """In person, online, and at three times to choose from; then without the index."""
    for what, wanted, rounds in (
        ("in person", requests, REQUESTS),
        ("at three times", [replace(each, times=_three()) for each in requests], REQUESTS),
        ("online", [replace(each, online=True) for each in requests], REQUESTS),
    ):
        yield _ranked(f"best {LIMIT} of {size:,}, {what}", wanted, _index_alone, rounds)
    yield _ranked(f"best {LIMIT} of {size:,}, beside a plain scan", requests, _scan, 20)
    rows, megabytes = Reach.objects.count(), _megabytes()
    yield Row(f"table and indexes of {rows:,} rows", 1, connection.vendor, megabytes, megabytes, 0, 0, "MB")


def _ranked(what: str, wanted: list[Wanted], floor: Callable[[Wanted], object], rounds: int) -> Row:
    """Both sides asked for the same requests, one after another."""
    ours, theirs = cycle(wanted), cycle(wanted)
    took: list[float] = []
    row = beside(
        what,
        lambda: took.append(timed(lambda: rank(next(ours), at=AT, limit=LIMIT))),
        lambda: floor(next(theirs)),
        rounds=rounds,
    )
    return replace(row, what=f"{what}, p99 {quantiles(took, n=100)[-1]:.1f}")


def _helping(requests: list[Wanted]) -> Iterator[Row]:
    """Who misses by one thing, and what to change: where many can be asked, and on a Saturday, when hardly anybody can.

    Floor: the index alone.
    """
    saturday = [replace(each, times=(_later(SATURDAY),)) for each in requests]
    others = [_later(days) for days in (1, -1, 2, -2, 5, 6)]
    for what, wanted in (("", requests), (" on a Saturday", saturday)):
        yield _beside_index(
            f"12 near misses of {WHOLE:,}{what}",
            wanted,
            lambda each: find_near_misses(each, each.times[0], limit=12, at=AT),
        )
        yield _beside_index(
            f"what to change of {WHOLE:,}{what}", wanted, lambda each: find_relaxations(each, others, at=AT)
        )


def _beside_index(what: str, wanted: list[Wanted], ours: Callable[[Wanted], object]) -> Row:
    mine, theirs = cycle(wanted), cycle(wanted)
    return beside(what, lambda: ours(next(mine)), lambda: _index_alone(next(theirs)), rounds=REQUESTS)


def _later(days: int) -> tuple[datetime, datetime]:
    return MORNING[0] + timedelta(days=days), MORNING[1] + timedelta(days=days)


def _index_alone(wanted: Wanted, column: str = "subject") -> object:
    assert wanted.point is not None
    lat, lon = wanted.point.lat, wanted.point.lon
    where, box = "in_person AND south <= %s AND north >= %s AND west <= %s AND east >= %s", [lat, lat, lon, lon]
    if wanted.online:
        where, box = "online", []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT ambassador_id FROM {Reach._meta.db_table} WHERE {column} = %s AND {where}",  # noqa: S608
            [wanted.subject, *box],
        )
        return cursor.fetchall()


def _scan(wanted: Wanted) -> object:
    # Of no index is what is joined to nothing.
    return _index_alone(wanted, "subject || ''")


def _three() -> tuple[tuple[datetime, datetime], ...]:
    return tuple(_later(days) for days in range(3))


def request_somewhere(chance: random.Random, ground: Ground) -> Wanted:
    """A request of a school where people live, for one morning."""
    _postcode, lat, lon = ground.home(chance)
    return Wanted(
        point=Point(lat, lon),
        nation=Nation.ENG,
        subject=chance.choice(list(SUBJECTS)),
        stage=chance.choice(["ks2", "ks3", "ks3", "ks4", "ks5"]),
        activity=chance.choice(["careers_talk", "workshop", "panel_qa"]),
        online=False,
        times=(MORNING,),
    )


def _keeping(chance: random.Random) -> Iterator[Row]:
    """To reckon the whole table anew, and what a person's change of their profile costs."""
    assert keep_everyone() == 0, "the table is not what it is reckoned to be"
    Reach.objects.all().delete()
    whole = timed(keep_everyone)
    yield Row(f"reckon the reach of {WHOLE:,}", 1, connection.vendor, round(whole), round(whole), 0, 0)
    person = Ambassador.objects.filter(user__isnull=False).active().order_by("pk")[0]
    user = person.user
    assert user is not None
    bare = Ambassador.objects.filter(pk=person.pk)
    minutes = cycle(range(30, 90))
    yield beside(
        "change a profile",
        lambda: change_profile(ambassador=person, answers={"max_minutes": next(minutes)}, by=user, at=AT),
        lambda: bare.update(max_minutes=next(minutes)),
    )


def _megabytes() -> float:
    table = Reach._meta.db_table
    sql = "SELECT pg_total_relation_size(%s)"
    if connection.vendor == "sqlite":
        sql = "SELECT SUM(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = %s)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [table])
        return round(float(cursor.fetchone()[0]) / 2**20, 1)


class People:
    """People at home where people live, each with three subjects and a journey of 5 to 80 km."""

    def __init__(self, chance: random.Random, ground: Ground) -> None:
        """Nobody yet beside the demonstration's people."""
        self._chance, self._ground = chance, ground
        self._officer, self._second = User.objects.filter(email__in=[each.email for each in cast.STAFF[:2]])
        self._first = (Ambassador.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        self._count = 0

    def grow_to(self, size: int) -> None:
        """Add people until there are so many."""
        while self._count < size:
            self._add(min(BATCH, size - self._count), whole=size <= WHOLE)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")

    def _add(self, count: int, *, whole: bool) -> None:
        keys = range(self._first + self._count, self._first + self._count + count)
        made = [self._one(pk) for pk in keys]
        people = [made_person(traveller.pk, **traveller._asdict()) for traveller, _offered in made]
        _insert(Ambassador, people)
        rows = [row for each in made for row in self._reach(*each)]
        insert_rows(Reach, ReachRow._fields, [[str(x) if isinstance(x, date) else x for x in row] for row in rows])
        if whole:
            _insert(Offering, self._offerings(made))
            _insert(Requirement, (row for pk in keys for row in self._requirements(pk)))
        self._fill_time(people)
        self._count += count

    def _one(self, pk: int) -> Made:
        _postcode, lat, lon = self._ground.home(self._chance)
        # Most go as far as the next towns, few across a county.
        km = min(80.0, max(5.0, self._chance.lognormvariate(3.1, 0.6)))
        offered = {
            OfferingKind.SUBJECT.value: self._chance.sample(list(SUBJECTS), 3),
            OfferingKind.STAGE.value: self._chance.sample(Stage.values, self._chance.randrange(2, 5)),
            OfferingKind.ACTIVITY.value: self._chance.sample(list(ACTIVITIES), self._chance.randrange(4, 9)),
        }
        return Traveller(pk, lat, lon, round(km * 1.3 / 50 * 60), True, self._chance.random() < 0.7), offered

    def _reach(self, person: Traveller, offered: dict[str, list[str]]) -> Iterable[ReachRow]:
        facts = [
            Fact(0, kind, CheckBody.DBS if kind == RequirementKind.CRC else "", SINCE, UNTIL, person.pk % 3 > 0, "")
            for kind in RequirementKind
        ]
        return rows_of(person, offered, facts, at_short_notice=False)

    def _offerings(self, made: list[Made]) -> Iterator[Offering]:
        for person, offered in made:
            for kind, codes in offered.items():
                yield from (Offering(ambassador_id=person.pk, kind=kind, code=code) for code in codes)

    def _requirements(self, pk: int) -> Iterator[Requirement]:
        for kind in RequirementKind:
            is_check = kind is RequirementKind.CRC
            yield Requirement(
                ambassador_id=pk,
                kind=kind,
                body=CheckBody.DBS if is_check else "",
                barred_list=is_check and pk % 3 > 0,
                started_on=SINCE,
                valid_until=UNTIL,
                recorded_by=self._officer,
                recorded_at=AT,
                confirmed_by=self._second if is_check else None,
                confirmed_at=AT if is_check else None,
            )

    def _fill_time(self, people: list[Ambassador]) -> None:
        """Visits promised, and what some have said of their time."""
        Limits.objects.bulk_create(limits_of(each, self._chance) for each in people[::4])
        FreeHours.objects.bulk_create(row for each in people[::20] for row in hours_of(each, self._chance))
        away, last = day_of(MORNING[0]) - timedelta(days=2), day_of(MORNING[0]) + timedelta(days=9)
        Hold.objects.bulk_create(
            Hold(ambassador=each, kind=HoldKind.AWAY, starts_on=away, ends_on=last, set_by=self._officer, set_at=AT)
            for each in people[::25]
        )
        promise(people[::2], self._chance)


def _insert(model: type[Model], rows: Iterable[Any]) -> None:
    """These rows by one statement for thousands: objects take longer to store one by one than to make."""
    fields = [each for each in model._meta.concrete_fields if model is Ambassador or not each.primary_key]
    values = [[_plain(getattr(row, field.attname)) for field in fields] for row in rows]
    insert_rows(model, [str(field.column) for field in fields], values)


def _plain(value: Any) -> Any:
    """As JSON has it, and SQLite."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S" + ("" if connection.vendor == "sqlite" else "+00"))
    return value.isoformat() if isinstance(value, date) else value
