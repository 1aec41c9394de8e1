"""The pages on which people let us read their own calendars, and what they are told of each."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ambassadors.held_time import busy_times
from ambassadors.held_time import own_calendars as held_calendars
from ambassadors.models import Ambassador, BusyTime, OwnCalendar
from tests import make
from tests.clients import client_of
from tests.stem.calendars.making import calendar

pytestmark = pytest.mark.django_db
SECRET = "https://calendar.example/private-0123/basic.ics"
READ = datetime.fromisoformat("2026-11-03T14:30:00+00:00")


@pytest.fixture
def person() -> Ambassador:
    return make.ambassador(cleared=True)


def soon(days: int = 2) -> tuple[datetime, datetime]:
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    return start, start + timedelta(minutes=30)


def file_of(*times: tuple[datetime, datetime]) -> SimpleUploadedFile:
    written = (f"DTSTART:{start:%Y%m%dT%H%M%SZ}\nDTEND:{end:%Y%m%dT%H%M%SZ}" for start, end in times)
    return SimpleUploadedFile("holidays in Spain.ics", calendar(*written))


def page(person: Ambassador) -> str:
    return client_of(person.user).get(reverse("my_time")).text


def send(person: Ambassador, name: str, **answers):
    return client_of(person.user).post(reverse(name), answers, follow=True)


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_an_address_is_added_and_the_page_says_that_it_is_being_read_and_never_shows_it_whole(person):
    for _twice in range(2):
        told = send(person, "add_calendar_address", address=SECRET)
        assert told.redirect_chain == [(reverse("my_time"), 302)]
        assert "Added. We read it now, and again every few hours." in told.text
    for words in ("calendar.example", "We are reading it now.", "See whether it is there"):
        assert words in told.text
    assert "0123" not in told.text
    assert OwnCalendar.objects.count() == 1


def test_a_file_is_added_counted_and_not_named(person):
    told = send(person, "add_calendar_file", file=file_of(soon(2), soon(3)))
    assert "Added. We have read it, and kept nothing of the file." in told.text
    assert "A calendar file" in told.text and "2 busy times ahead" in told.text
    assert "Spain" not in told.text


@pytest.mark.parametrize(
    ("name", "answers", "words"),
    [
        ("add_calendar_address", {"address": ""}, "Enter address of your calendar."),
        (
            "add_calendar_address",
            {"address": "calendar.example"},
            "This is no address that can be asked for a calendar: it begins with https:// or webcal://.",
        ),
        (
            "add_calendar_address",
            {"address": "https://calendar.example:99/"},
            "The calendar’s address names a port: only the usual ones, 443 and 80, are asked.",
        ),
        ("add_calendar_file", {"file": ""}, "Choose the file of your calendar."),
    ],
)
def test_what_cannot_be_asked_or_read_is_said_beside_its_field(person, name, answers, words):
    [field] = {"add_calendar_address": ["address"], "add_calendar_file": ["file"]}[name]
    assert errors(send(person, name, **answers)) == {field: [words]}
    assert not OwnCalendar.objects.exists()


def test_a_file_that_is_none_is_said_beside_its_field(person):
    told = send(person, "add_calendar_file", file=SimpleUploadedFile("x.ics", b"Hello"))
    words = "This is no calendar: send a file in the iCalendar format, whose name ends in .ics."
    assert errors(told) == {"file": [words]}


def test_one_too_many_is_said_at_the_top(person):
    for _each in range(5):
        make.own_calendar(person)
    assert "as many as we read: remove one first." in send(person, "add_calendar_address", address=SECRET).text


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"read_at": None}, ["We are reading it now.", "See whether it is there"]),
        ({"read_at": READ}, ["Read Tue 3 Nov 2026 at 2:30pm, 1 busy time ahead"]),
        (
            {"read_at": READ, "failed": "It is gone."},
            ["Not up to date", "We could not read it since Tue 3 Nov 2026 at 2:30pm. It is gone. We try again by"],
        ),
        (
            {"read_at": None, "failed": "It is gone."},
            ["Not read", "We have not been able to read it yet", "It is gone."],
        ),
        (
            {"read_at": READ, "problems": ["Event 3 is odd."]},
            ["What could not be read as it stands", "Event 3 is odd."],
        ),
    ],
    ids=["waiting", "read", "stale", "never read", "problems"],
)
def test_each_calendar_says_how_it_stands(person, columns, words):
    over = (soon(-3)[0], soon(-3)[1])
    make.own_calendar(person, busy=[over, soon()], **columns)
    told = page(person)
    for each in words:
        assert each in told


def test_a_calendar_is_removed_once_one_has_been_asked(person):
    row = make.own_calendar(person, busy=[soon()])
    address = reverse("remove_calendar", args=[row.pk])

    asked = client_of(person.user).get(address).text
    assert "Remove this calendar?" in asked and "calendar.example" in asked
    assert OwnCalendar.objects.exists()

    for _twice in range(2):
        assert "Removed, with all that we had read of it." in client_of(person.user).post(address, follow=True).text
    assert not OwnCalendar.objects.exists() and not BusyTime.objects.exists()


def test_nobody_sees_or_removes_another_s(person):
    row = make.own_calendar(person, busy=[soon()])
    other = client_of(make.ambassador(cleared=True).user)
    address = reverse("remove_calendar", args=[row.pk])
    assert "calendar.example" not in other.get(reverse("my_time")).text
    assert other.get(address)["Location"] == reverse("my_time")
    other.post(address)
    assert OwnCalendar.objects.get() == row


def test_what_we_hold_tells_of_them(person, now):
    make.own_calendar(person, busy=[make.FIRST_TIME], added_at=READ, read_at=READ, failed="It is gone.")
    make.own_calendar(make.ambassador(), busy=[make.SECOND_TIME])

    held, busy = held_calendars(person.user, now).listed, busy_times(person.user, now).listed

    assert held is not None and busy is not None
    assert held.rows == [["calendar.example", "Tue 3 Nov 2026", "Tue 3 Nov 2026", "It is gone."]]
    assert busy.total == 1
