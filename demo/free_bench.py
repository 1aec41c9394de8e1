"""How long it takes to say which of a nation's ambassadors can be asked for one morning, and why not the others."""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection

from ambassadors.enums import AmbassadorStatus, HoldKind, NoticeWanted, Rest
from ambassadors.hours import SCHOOL_HOURS, by_day
from ambassadors.models import Ambassador, BusyTime, FreeHours, Hold, Limits, OwnCalendar
from bookings.matching.standings import situations_of
from bookings.models import Commitment, Request, Seat, Visit
from bookings.queries.free import why_not_free
from demo import cast
from demo.measuring import Row, beside
from stem.accounts.models import User
from stem.encryption import encrypted
from stem.moments import day_of, moment
from stem.nations import Nation

AT = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
PEOPLE, ROUNDS, SEED = 50_000, 25, 5
MORNING = (moment(date(2027, 2, 3), time(9, 30)), moment(date(2027, 2, 3), time(11)))
EVENING = (moment(date(2027, 2, 3), time(18, 30)), moment(date(2027, 2, 3), time(20)))
BATCH = 5000


def bench_free() -> list[Row]:
    """Whoever cannot be asked at a time, with every reason; floor: bare SQL for who has a visit then."""
    keys = fill_with_time()
    some = keys[:: len(keys) // 600]
    [unfree] = why_not_free([MORNING], at=AT)
    against = len(set().union(*unfree.having.values()))
    return [
        beside(what, ours, _bare, rounds=ROUNDS)
        for what, ours in (
            (f"one morning of {PEOPLE} people, {against} not free", lambda: why_not_free([MORNING], at=AT)),
            (f"one evening of {PEOPLE} people", lambda: why_not_free([EVENING], at=AT)),
            (
                f"what stands of the time of {len(some)} people round five mornings, as matching reads it",
                lambda: situations_of(some, [_later(days) for days in range(5)], unbarred=some, at=AT),
            ),
        )
    ]


def _later(days: int) -> tuple[datetime, datetime]:
    return MORNING[0] + timedelta(days=days), MORNING[1] + timedelta(days=days)


def _bare() -> object:
    starts_at, ends_at = MORNING
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ambassador_id FROM bookings_commitment WHERE starts_at > %s AND starts_at < %s AND ends_at > %s",
            [starts_at - timedelta(days=1), ends_at, starts_at],
        )
        return cursor.fetchall()


def fill_with_time() -> list[int]:
    """People of whom some have said when they can come, and some how often."""
    chance = random.Random(SEED)
    officer = User.objects.get(email=cast.STAFF[0].email)
    people = Ambassador.objects.bulk_create((made_person(number) for number in range(PEOPLE)), batch_size=BATCH)
    Limits.objects.bulk_create((limits_of(each, chance) for each in people[::2]), batch_size=BATCH)
    FreeHours.objects.bulk_create((row for each in people[::4] for row in hours_of(each, chance)), batch_size=BATCH)
    holds = (
        Hold(
            ambassador=each,
            kind=HoldKind.AWAY,
            starts_on=day,
            ends_on=day + timedelta(days=9),
            set_by=officer,
            set_at=AT,
        )
        for each in people[::9]
        for day in [day_of(AT) + timedelta(days=chance.randrange(60))]
    )
    Hold.objects.bulk_create(holds, batch_size=BATCH)
    _fill_calendars(people[::10], chance)
    promise(people, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [each.pk for each in people]


def made_person(number: int, **columns: Any) -> Ambassador:
    """Somebody who takes part, of whom no more is known than these columns."""
    return Ambassador(
        **columns,
        full_name=f"Person {number:05}",
        email=f"person{number}@people.example",
        postcode="LS2 9JT",
        area="LS",
        nation=Nation.ENG,
        registered_at=AT - timedelta(days=900),
        status=AmbassadorStatus.ACTIVE,
    )


def limits_of(person: Ambassador, chance: random.Random) -> Limits:
    """What somebody may have said of how often and how soon."""
    return Limits(
        ambassador=person,
        visits_a_term=chance.choice([None, None, None, 1, 2, 3]),
        visits_a_month=chance.choice([None, None, None, None, 1]),
        notice_days=chance.choice([NoticeWanted.NONE, NoticeWanted.NONE, NoticeWanted.WEEK, NoticeWanted.FOUR_WEEKS]),
        rest_days=chance.choice([Rest.NONE, Rest.NONE, Rest.NONE, Rest.WEEK]),
    )


def hours_of(person: Ambassador, chance: random.Random) -> Iterator[FreeHours]:
    """Hours of their own for each weekday."""
    for weekday in range(7):
        hours = SCHOOL_HOURS.get(weekday) if chance.random() < 0.6 else None
        starts, ends = hours or (None, None)
        yield FreeHours(ambassador=person, weekday=weekday, starts=starts, ends=ends)


def _fill_calendars(people: list[Ambassador], chance: random.Random) -> None:
    """Each with a calendar of their own, and in it two meetings on every working day of two months."""
    calendars = OwnCalendar.objects.bulk_create(
        (
            OwnCalendar(
                ambassador=each,
                address=encrypted(f"https://calendar.example/{each.pk}.ics"),
                host="calendar.example",
                digest=str(each.pk),
                added_at=AT,
                due_at=AT,
                read_at=AT,
            )
            for each in people
        ),
        batch_size=BATCH,
    )
    rows = (
        BusyTime(calendar=each, **part._asdict())
        for each in calendars
        for days in range(60)
        if (day_of(AT) + timedelta(days=days)).weekday() < 5
        for part in by_day(_meetings(day_of(AT) + timedelta(days=days), chance))
    )
    BusyTime.objects.bulk_create(rows, batch_size=BATCH)


def _meetings(day: date, chance: random.Random) -> Iterable[tuple[datetime, datetime]]:
    for hour in (chance.randrange(8, 12), chance.randrange(13, 17)):
        yield moment(day, time(hour)), moment(day, time(hour, 50))


def promise(people: list[Ambassador], chance: random.Random) -> None:
    """One visit a person and term, on average, as a nation's schemes have."""
    request = Request.objects.order_by("pk")[0]
    chosen = [chance.choice(people) for _each in people]
    days = [day_of(AT) + timedelta(days=chance.randrange(-10, 75)) for _each in chosen]
    # Nobody in two places at a time: an hour of the day for each of theirs.
    spent: dict[tuple[int, date], int] = {}
    times = []
    for person, day in zip(chosen, days, strict=True):
        hour = spent[person.pk, day] = spent.get((person.pk, day), 8) + 1
        times.append((moment(day, time(hour)), moment(day, time(hour, 50))))
    visits = Visit.objects.bulk_create(
        (Visit(request=request, starts_at=start, ends_at=end, changed_at=AT) for start, end in times), batch_size=BATCH
    )
    seats = Seat.objects.bulk_create(
        (Seat(visit=visit, ambassador=person, status="taken") for visit, person in zip(visits, chosen, strict=True)),
        batch_size=BATCH,
    )
    Commitment.objects.bulk_create(
        (
            Commitment(seat=seat, ambassador=person, starts_at=start, ends_at=end)
            for seat, person, (start, end) in zip(seats, chosen, times, strict=True)
        ),
        batch_size=BATCH,
    )
