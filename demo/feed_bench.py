"""A calendar feed of a hundred visits, as a program asks for it: all of it, and whether anything is new."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import Client
from django.urls import reverse

from ambassadors.models import Ambassador
from bookings.enums import SeatStatus, VisitStatus
from bookings.models import Seat, Visit
from demo.measuring import Row, beside
from stem.accounts.feeds import feed_key

VISITS = 100
NOW = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)


def bench_feed() -> list[Row]:
    """An ambassador's feed in full and not modified, through the whole server; floor: bare SQL for the visits."""
    ambassador = Ambassador.objects.active().order_by("pk")[0]
    user = ambassador.user
    assert user is not None
    _promise(ambassador, VISITS)
    client, address = Client(), reverse("calendar_feed", args=[feed_key(user)])
    etag = client.get(address)["ETag"]

    def ask(headers: dict[str, str], status: int) -> None:
        answer = client.get(address, headers=headers)
        assert answer.status_code == status, answer.status_code

    visits = Visit.objects.in_feed(people=[ambassador.pk], schools=[], at=NOW)
    statement, parameters = visits.query.sql_with_params()

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            cursor.fetchall()

    # Fewer rounds in full than a program may ask within a minute.
    return [
        beside(f"a feed of {len(visits)} visits", lambda: ask({}, 200), floor, rounds=25),
        beside("the same, not modified", lambda: ask({"If-None-Match": etag}, 304), floor, rounds=60),
    ]


def _promise(ambassador: Ambassador, number: int) -> None:
    """So many confirmed visits of this person, one a day, each with a request of its own."""
    like = Visit.objects.exclude(starts_at=None).select_related("request")[0]
    for starts_at in _days(number):
        request = like.request
        request.pk = None
        request.save()
        visit = Visit.objects.create(
            request=request,
            status=VisitStatus.CONFIRMED,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            supervising_adult="Sam",
            changed_at=NOW,
        )
        Seat.objects.create(visit=visit, status=SeatStatus.TAKEN, ambassador=ambassador)


def _days(number: int) -> Iterable[datetime]:
    return (NOW + timedelta(days=day) for day in range(20, 20 + number))
