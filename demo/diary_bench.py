"""How long the diary of a busy region takes, and a person's own."""

import random
from datetime import UTC, datetime, time, timedelta

from django.db import connection
from django.test import Client
from django.urls import reverse

from ambassadors.models import Ambassador
from bookings.diaries.shown import Show
from bookings.enums import OfferStatus, RequestStatus, SeatStatus, VisitStatus
from bookings.models import Commitment, Offer, PossibleTime, Request, Seat, Visit
from demo import cast
from demo.board_bench import fill_the_board, use_a_second_factor
from demo.measuring import Row, beside
from stem.accounts.models import User
from stem.moments import day_of, moment

AT = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
VISITS, REQUESTS, DAYS, SEED = 4000, 1000, 90, 7
STANDINGS = (VisitStatus.CONFIRMED, VisitStatus.CONFIRMED, VisitStatus.MATCHED, VisitStatus.FINDING)
OWN = 60


def bench_diary() -> list[Row]:
    """A month, a week and a list, of a region and of one person; floor: a page that asks the database nothing."""
    fill_the_board()
    _fill()
    theirs = Ambassador.objects.active().order_by("pk")[0].user
    assert theirs is not None
    coordinator = User.objects.get(email=cast.STAFF[2].email)
    whose = (("region_diary", coordinator, f"a region with {VISITS} visits"), ("my_diary", theirs, "a person's own"))
    return [_page(name, user, way, what) for name, user, what in whose for way in Show]


def _page(name: str, user: User, way: Show, what: str) -> Row:
    client, query = Client(), {"show": way.value, "on": f"{day_of(AT) + timedelta(days=30)}"}
    client.force_login(user)
    use_a_second_factor(client, user)
    assert client.get(reverse(name), query).status_code == 200
    return beside(
        f"{way.label} of {what}",
        lambda: client.get(reverse(name), query),
        lambda: client.get(reverse("contact")),
        rounds=30,
    )


def _fill() -> None:
    """Visits of ninety days, most of other people, and requests that are still looking."""
    chance = random.Random(SEED)
    pattern = Request.objects.filter(status=RequestStatus.OPEN, school__area="LS").order_by("pk")[0]
    busy = Ambassador.objects.active().order_by("pk")[0]
    people = list(Ambassador.objects.order_by("pk"))
    asked = Request.objects.bulk_create(_like(pattern) for _number in range(VISITS + REQUESTS))
    taken = [(request, *_hours(number, chance)) for number, request in enumerate(asked[:VISITS])]
    visits = Visit.objects.bulk_create(
        Visit(
            request=request,
            status=chance.choice(STANDINGS),
            starts_at=start,
            ends_at=end,
            supervising_adult="Sam Supervisor",
            changed_at=AT,
        )
        for request, start, end in taken
    )
    seats = Seat.objects.bulk_create(
        Seat(visit=visit, status=SeatStatus.TAKEN, ambassador=busy if number < OWN else people[number % len(people)])
        for number, visit in enumerate(visits)
    )
    Commitment.objects.bulk_create(
        Commitment(seat=seat, ambassador=busy, starts_at=start, ends_at=end)
        for seat, (_request, start, end) in zip(seats[:OWN], taken, strict=False)
    )
    looking = Visit.objects.bulk_create(Visit(request=request, changed_at=AT) for request in asked[VISITS:])
    times = [(request, *_hours(number, chance)) for number, request in enumerate(asked[VISITS:])]
    PossibleTime.objects.bulk_create(
        PossibleTime(request=request, starts_at=start, ends_at=end) for request, start, end in times
    )
    _ask(busy, looking[:OWN])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _ask(person: Ambassador, visits: list[Visit]) -> None:
    seats = Seat.objects.bulk_create(Seat(visit=visit) for visit in visits)
    Offer.objects.bulk_create(
        Offer(
            seat=seat,
            visit=seat.visit,
            ambassador=person,
            status=OfferStatus.SENT,
            made_at=AT,
            lapses_at=AT + timedelta(days=900),
        )
        for seat in seats
    )


def _like(pattern: Request) -> Request:
    columns = {field.attname: getattr(pattern, field.attname) for field in Request._meta.concrete_fields}
    return Request(**{**columns, "id": None})


def _hours(number: int, chance: random.Random) -> tuple[datetime, datetime]:
    """An hour of a day of its own for whoever has many: nobody is in two places at a time."""
    day = day_of(AT) + timedelta(days=number % DAYS if number < OWN else chance.randrange(DAYS))
    start = moment(day, time(chance.choice([9, 10, 11, 13, 14])))
    return start, start + timedelta(hours=1)
