"""How long it takes to say which of a nation's ambassadors may be booked on a day."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from ambassadors.eligibility import bookable
from ambassadors.enums import AmbassadorStatus, CheckBody, HoldKind, RequirementKind
from ambassadors.models import Ambassador, Hold, Requirement
from ambassadors.validity import valid_until
from demo import cast
from demo.measuring import Row, beside
from stem.accounts.models import User
from stem.moments import day_of
from stem.nations import Nation

AT = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
DAY = day_of(AT)
PEOPLE = 50_000
ROUNDS = 15
# In how many months each is renewed that has to be, and how often that has been done: the older ones stay on record.
RENEWED = {
    RequirementKind.CODE: (12, 3),
    RequirementKind.DECL: (12, 3),
    RequirementKind.SAFEG: (24, 2),
    RequirementKind.CRC: (36, 2),
}


def bench_bookable() -> list[Row]:
    """Everyone who may be booked on a day, counted and by their keys; floor: one scan of their requirements."""
    fill_the_register()
    rows = Requirement.objects.count()
    some = list(Ambassador.objects.order_by("pk").values_list("pk", flat=True)[: PEOPLE // 100])
    return [
        beside(f"{what} of {PEOPLE} people with {rows} requirements", ours, _one_scan, rounds=ROUNDS)
        for what, ours in (
            (f"count the {_everyone(Nation.ENG).count()} who may be booked", lambda: _everyone(Nation.ENG).count()),
            ("read their keys", lambda: list(_everyone(Nation.ENG))),
            (f"the {_everyone(Nation.SCO).count()} for Scotland", lambda: list(_everyone(Nation.SCO))),
            ("as matching asks, of a hundredth", lambda: list(_everyone(Nation.ENG).filter(pk__in=some))),
        )
    ]


def _everyone(nation: Nation) -> "QuerySet[Ambassador, int]":
    """By their keys, whoever may be booked on the day: what matching narrows further."""
    return bookable(DAY, nation).order_by().values_list("pk", flat=True)


def _one_scan() -> object:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ambassadors_requirement WHERE started_on <= %s AND valid_until >= %s", [DAY, DAY]
        )
        return cursor.fetchall()


def fill_the_register() -> None:
    """People at home everywhere: most in date, some with something out of date, unconfirmed or withdrawn, some held."""
    officer, second = User.objects.filter(email__in=[each.email for each in cast.STAFF[:2]])
    pattern = Ambassador.objects.order_by("pk")[0]
    people = Ambassador.objects.bulk_create((_person(pattern, number) for number in range(PEOPLE)), batch_size=5000)
    requirements = (
        row for number, person in enumerate(people) for row in _requirements(person, number, officer, second)
    )
    Requirement.objects.bulk_create(requirements, batch_size=5000)
    holds = (_hold(person, number, officer) for number, person in enumerate(people) if number % 19 == 0)
    Hold.objects.bulk_create(holds, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _person(pattern: Ambassador, number: int) -> Ambassador:
    return Ambassador(
        full_name=f"Person {number:05}",
        email=f"person{number}@people.example",
        postcode=pattern.postcode,
        area=pattern.area,
        nation=Nation.SCO if number % 11 == 0 else Nation.ENG,
        registered_at=AT - timedelta(days=900),
        status=AmbassadorStatus.ACTIVE if number % 10 else AmbassadorStatus.PAUSED,
    )


def _requirements(person: Ambassador, number: int, officer: User, second: User) -> Iterator[Requirement]:
    for place, kind in enumerate(RequirementKind):
        months, times = RENEWED.get(kind, (0, 1))
        # Whoever has let this one lapse began a term too early.
        late = months and (number + 7 * place) % 40 == 0
        for term in range(times):
            days_ago = (number * 13 + place * 31) % max(months * 30, 200) + (term + bool(late)) * months * 31
            yield _requirement(person, kind, days_ago, months, officer, None if number % 29 == place else second)


def _requirement(
    person: Ambassador, kind: RequirementKind, days_ago: int, months: int, by: User, second: User | None
) -> Requirement:
    is_check = kind is RequirementKind.CRC
    started_on = DAY - timedelta(days=days_ago)
    body = (CheckBody.PVG if person.nation == Nation.SCO else CheckBody.DBS) if is_check else ""
    return Requirement(
        ambassador=person,
        kind=kind,
        body=body,
        started_on=started_on,
        valid_until=valid_until(started_on, months) if months else None,
        recorded_by=by,
        recorded_at=AT - timedelta(days=days_ago),
        confirmed_by=second if is_check else None,
        confirmed_at=AT if is_check and second else None,
    )


def _hold(person: Ambassador, number: int, by: User) -> Hold:
    starts_on = DAY - timedelta(days=number % 90)
    ends_on = starts_on + timedelta(days=60) if number % 2 else None
    return Hold(ambassador=person, kind=HoldKind.AWAY, starts_on=starts_on, ends_on=ends_on, set_by=by, set_at=AT)
