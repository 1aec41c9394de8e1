"""The worker reads people's own calendars: what was read last counts until something newer has been."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from ambassadors.models import Ambassador, BusyTime, OwnCalendar
from ambassadors.operations import reading_calendars
from ambassadors.operations.reading_calendars import CLAIM, LOOKED_EVERY, read_calendar, sweep_calendars
from stem.calendars.bounded import BusyRead
from stem.calendars.fetching import Fetched
from stem.encryption import encrypted
from tests import make
from tests.stem.calendars.making import calendar
from tests.stem.calendars.servers import Server, reach, says, server

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MORNING = (datetime(2027, 2, 3, 9, tzinfo=UTC), datetime(2027, 2, 3, 10, tzinfo=UTC))
NOON = (datetime(2027, 2, 3, 12, tzinfo=UTC), datetime(2027, 2, 3, 13, tzinfo=UTC))


@pytest.fixture(scope="module")
def here():
    with server() as told:
        yield told


@pytest.fixture
def person() -> Ambassador:
    return make.ambassador(status="active")


def written(*times: tuple[datetime, datetime]) -> bytes:
    return calendar(
        *(f"DTSTART:{start:%Y%m%dT%H%M%SZ}\nDTEND:{end:%Y%m%dT%H%M%SZ}\nSUMMARY:Secret" for start, end in times)
    )


def at_address(person: Ambassador, url: str, now: datetime, **columns) -> OwnCalendar:
    never = {"due_at": now, "read_at": None, "until": None}
    return make.own_calendar(person, url=url, **{**never, **columns})


def read(row: OwnCalendar, here: Server, at: datetime) -> OwnCalendar:
    read_calendar(pk=row.pk, at=at, reach=reach(here))
    return OwnCalendar.objects.get(pk=row.pk)


def busy() -> list[tuple[datetime, datetime]]:
    return list(BusyTime.objects.order_by("starts_at").values_list("starts_at", "ends_at"))


def test_what_is_read_is_when_and_never_what(person, here, now):
    url = here.answers(says(written(MORNING, NOON), ETag='"1"'), "/what")

    row = read(at_address(person, url, now), here, now)

    assert busy() == [MORNING, NOON]
    assert (row.read_at, row.looked_at, row.due_at, row.failed) == (now, now, now + LOOKED_EVERY, "")
    assert (row.until, row.etag, row.events, row.problems) == (date(2028, 2, 12), '"1"', 2, [])
    assert "Secret" not in str([*OwnCalendar.objects.values(), *BusyTime.objects.values()])


def test_only_what_changed_is_written_anew(person, here, now):
    row = at_address(person, here.answers(says(written(MORNING, NOON)), "/changes"), now)
    read(row, here, now)
    before = dict(BusyTime.objects.values_list("starts_at", "pk"))
    longer = (NOON[0], NOON[1] + HOUR)
    here.answers(says(written(MORNING, longer)), "/changes")

    read(row, here, now + LOOKED_EVERY)

    assert busy() == [MORNING, longer]
    after = dict(BusyTime.objects.values_list("starts_at", "pk"))
    assert after[MORNING[0]] == before[MORNING[0]] and after[NOON[0]] != before[NOON[0]]


def test_an_unchanged_calendar_is_not_sent_again_but_once_a_week_for_its_last_days(person, here, now):
    def unless_known(request) -> None:
        known = request.headers.get("If-None-Match") == '"1"'
        says(b"", status=304)(request) if known else says(written(MORNING), ETag='"1"')(request)

    row = at_address(person, here.answers(unless_known, "/known"), now)
    for days, until in ((0, date(2028, 2, 12)), (6, date(2028, 2, 12)), (7, date(2028, 2, 19))):
        at = now + timedelta(days=days)
        told = read(row, here, at)
        assert (told.until, told.read_at, told.failed) == (until, at, "")
        assert busy() == [MORNING]
    asked = [headers.get("If-None-Match") for path, headers in here.asked if path == "/known"]
    assert asked == [None, '"1"', None]


@pytest.mark.parametrize(
    ("behave", "words"),
    [
        (says(b"", status=500), "answered with an error"),
        (says(b"", status=403), "wants a name and a password"),
        (says(b"<html>", Content_Type="text/html"), "There is a web page"),
        (says(b"Hello"), "This is no calendar"),
    ],
    ids=["error", "denied", "page", "no calendar"],
)
def test_a_reading_that_fails_says_why_and_what_was_read_before_counts(person, here, now, behave, words):
    row = at_address(person, here.answers(behave, "/fails"), now)
    assert words in read(row, here, now).failed
    row = at_address(person, here.answers(says(written(MORNING)), "/good"), now)
    good = read(row, here, now)
    here.answers(behave, "/good")

    later = now + LOOKED_EVERY
    failed = read(row, here, later)

    assert busy() == [MORNING]
    assert words in failed.failed
    assert (failed.read_at, failed.until, failed.looked_at) == (good.read_at, good.until, later)


def test_that_nothing_changed_is_no_answer_to_whoever_has_read_nothing(person, here, now):
    told = read(at_address(person, here.answers(says(b"", status=304), "/unasked"), now), here, now)
    assert (told.read_at, told.failed) == (None, "The calendar’s server answered with an error: try again later.")


def test_a_server_that_fails_is_asked_less_and_less_often_until_it_answers(person, here, now):
    row = at_address(person, here.answers(says(b"", status=500), "/off"), now)
    waits, at = [], now
    for _time in range(6):
        told = read(row, here, at)
        waits.append((told.due_at - at) / HOUR)
        at = told.due_at
    assert waits == [6, 12, 24, 48, 48, 48]
    here.answers(says(written(MORNING)), "/off")
    told = read(row, here, at)
    assert (told.failed, told.failures, told.due_at) == ("", 0, at + LOOKED_EVERY)


def test_an_address_kept_under_a_key_that_is_lost_is_told_and_asks_nobody(person, here, now):
    row = at_address(person, here.answers(says(), "/lost"), now)
    OwnCalendar.objects.update(address=encrypted("x")[:-3])
    assert "remove it, and add it again" in read(row, here, now).failed


def test_a_calendar_with_more_than_is_kept_says_so(person, here, now, monkeypatch):
    monkeypatch.setattr(reading_calendars, "MOST_ROWS", 1)
    row = read(at_address(person, here.answers(says(written(NOON, MORNING)), "/many"), now), here, now)
    assert busy() == [MORNING]
    assert row.problems == ["There are more busy times than we keep: those after Wed 3 Feb 2027 are missing."]


@pytest.fixture
def meanwhile(monkeypatch) -> Callable[[Callable[[], Any]], None]:
    """Let something happen while the first server is waited for; no later one is kept waiting."""

    def let(happen: Callable[[], Any]) -> None:
        waiting = [happen]

        def slow(url: str, **_known: Any) -> Fetched:
            times = NOON if not waiting else MORNING
            if waiting:
                waiting.pop()()
            return Fetched(f"{times[0]:%H}".encode())

        def quick(body: bytes, *_window: datetime) -> BusyRead:
            return BusyRead((MORNING if body == b"09" else NOON,), 1, 0, ())

        monkeypatch.setattr(reading_calendars, "fetch", slow)
        monkeypatch.setattr(reading_calendars, "read_busy", quick)

    return let


def test_of_two_readings_at_once_one_takes_place(person, now, meanwhile):
    row = at_address(person, "https://calendar.example/", now)
    meanwhile(lambda: read_calendar(pk=row.pk, at=now))
    read_calendar(pk=row.pk, at=now)
    assert busy() == [MORNING]


def test_a_reading_that_was_overtaken_writes_nothing(person, now, meanwhile):
    row = at_address(person, "https://calendar.example/", now)
    meanwhile(lambda: read_calendar(pk=row.pk, at=now + CLAIM))
    read_calendar(pk=row.pk, at=now)
    assert busy() == [NOON]
    assert OwnCalendar.objects.get().read_at == now + CLAIM


def test_a_calendar_that_is_removed_meanwhile_stays_removed(person, now, meanwhile):
    row = at_address(person, "https://calendar.example/", now)
    meanwhile(row.delete)
    read_calendar(pk=row.pk, at=now)
    assert not OwnCalendar.objects.exists() and not BusyTime.objects.exists()


def test_one_whose_worker_was_killed_is_read_again_and_has_lost_nothing(person, now, meanwhile):
    row = at_address(person, "https://calendar.example/", now)

    def killed() -> None:
        raise SystemExit

    meanwhile(killed)
    with pytest.raises(SystemExit):
        read_calendar(pk=row.pk, at=now)
    assert not OwnCalendar.objects.due(now + CLAIM - HOUR / 60).exists()
    assert OwnCalendar.objects.due(now + CLAIM).get() == row
    read_calendar(pk=row.pk, at=now + CLAIM)
    assert busy() == [NOON]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_held_while_a_server_is_waited_for(now, meanwhile):
    row = at_address(make.ambassador(status="active"), "https://calendar.example/", now)
    held = []
    meanwhile(lambda: held.append(connection.in_atomic_block))
    read_calendar(pk=row.pk, at=now)
    assert held == [False] and busy() == [MORNING]


def test_the_sweep_has_what_is_due_read_and_forgets_what_is_over(now, monkeypatch):
    asked: list[tuple] = []
    monkeypatch.setattr(reading_calendars, "async_task", lambda *what, **_how: asked.append(what))
    monkeypatch.setattr(reading_calendars, "MOST_A_SWEEP", 2)
    yesterday = (now - 25 * HOUR, now - 24 * HOUR)
    today = (now - HOUR, now)

    def one(status: str, hours: int, **columns) -> int:
        return make.own_calendar(make.ambassador(status=status), due_at=now - hours * HOUR, **columns).pk

    third, first, second = one("active", 1), one("paused", 3, busy=[yesterday, today]), one("active", 2)
    one("active", -1)
    for status in ("draft", "vetting", "left", "declined"):
        one(status, 5)

    assert sweep_calendars(at=now) == 2

    path = "ambassadors.tasks.read_calendar"
    assert asked == [(path, first), (path, second)] and third not in [pk for _path, pk in asked]
    assert busy() == [today]
