"""A person's own calendars: added by address or file, kept once each, and gone when they or their owner go."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest

from ambassadors.models import Ambassador, BusyTime, OwnCalendar
from ambassadors.operations import reading_calendars
from ambassadors.operations.departures import leave_register
from ambassadors.operations.forgetting import forget_drafts
from ambassadors.operations.own_calendars import (
    MOST_CALENDARS,
    add_calendar_address,
    add_calendar_file,
    remove_calendar,
)
from stem.encryption import decrypted
from stem.rules import why_not
from tests import make
from tests.stem.calendars.making import calendar

pytestmark = pytest.mark.django_db
ADDRESS = "https://calendar.example/private-0123/basic.ics"
FILE = calendar(
    """DTSTART:20270113T220000Z
    DTEND:20270114T020000Z
    SUMMARY:Hospital
    LOCATION:Ward 7""",
    """DTSTART:20290113T220000Z
    DTEND:20290114T020000Z""",
)


@pytest.fixture
def person() -> Ambassador:
    return make.ambassador(status="active")


@pytest.fixture
def queued(monkeypatch, django_capture_on_commit_callbacks) -> list[tuple]:
    """What the queue was asked to do."""
    asked: list[tuple] = []
    monkeypatch.setattr(reading_calendars, "async_task", lambda *what, **_how: asked.append(what))
    return asked


def add(person: Ambassador, now, address: str = ADDRESS, **who) -> OwnCalendar:
    return add_calendar_address(ambassador=person, address=address, at=now, **{"by": person.user, **who})


def send(person: Ambassador, now, content: bytes = FILE, **who) -> OwnCalendar:
    return add_calendar_file(ambassador=person, file=BytesIO(content), at=now, **{"by": person.user, **who})


def test_an_address_is_kept_encrypted_and_read_by_the_worker_once_it_is(
    person, now, queued, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        added = add(person, now)

    row = OwnCalendar.objects.get()
    assert (row, row.host, row.due_at, row.read_at) == (added, "calendar.example", now, None)
    assert decrypted(bytes(row.address)) == ADDRESS
    assert "0123" not in str(OwnCalendar.objects.values().get())
    assert queued == [("ambassadors.tasks.read_calendar", row.pk)]


def test_an_address_is_one_calendar_in_whatever_spelling_it_is_given_again(person, now):
    for address in (ADDRESS, ADDRESS, ADDRESS.replace("https", "webcal"), ADDRESS.replace("cal", "CAL", 1) + "#x"):
        add(person, now, address)
    add(make.ambassador(), now)
    assert OwnCalendar.objects.filter(ambassador=person).count() == 1
    assert OwnCalendar.objects.count() == 2


def test_one_that_could_not_be_read_is_looked_at_at_once_when_it_is_given_again(
    person, now, queued, django_capture_on_commit_callbacks
):
    row = add(person, now)
    later = now + timedelta(days=1)
    OwnCalendar.objects.update(failed="No.", failures=3, due_at=now + timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        add(person, later)
    row.refresh_from_db()
    assert (row.failed, row.failures, row.due_at) == ("", 0, later)
    assert queued == [("ambassadors.tasks.read_calendar", row.pk)]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("calendar.example/a.ics", "calendar_address"),
        ("file:///etc/passwd", "calendar_address"),
        ("https://calendar.example/\x00", "calendar_address"),
        ("https://", "calendar_address"),
        ("https://ada:secret@calendar.example/", "calendar_credentials"),
        ("https://calendar.example:8443/", "calendar_port"),
    ],
)
def test_what_is_no_address_that_can_be_asked_is_refused_and_changes_nothing(person, now, address, code):
    refusal = why_not(add, person, now, address)
    assert refusal is not None and refusal.codes == [code]
    assert not OwnCalendar.objects.exists()


def test_of_a_file_only_the_busy_time_of_the_next_thirteen_months_is_kept(person, now):
    row = send(person, now)

    midnight = datetime(2027, 1, 14, tzinfo=UTC)
    kept = BusyTime.objects.values_list("calendar", "day", "starts_at", "ends_at")
    assert list(kept) == [
        (row.pk, date(2027, 1, 13), datetime(2027, 1, 13, 22, tzinfo=UTC), midnight),
        (row.pk, date(2027, 1, 14), midnight, datetime(2027, 1, 14, 2, tzinfo=UTC)),
    ]
    row.refresh_from_db()
    assert (row.is_file, row.due_at, row.read_at, row.events) == (True, None, now, 2)
    assert f"{row.until:%d %m %Y}" == "12 02 2028"
    for private in ("Hospital", "Ward"):
        assert private not in str(OwnCalendar.objects.values().get())


def test_a_file_sent_twice_is_one_calendar_and_reaches_further_later(person, now):
    first = send(person, now)
    again = send(person, now + timedelta(days=360))
    assert first.pk == again.pk == OwnCalendar.objects.get().pk
    # What was within reach is over, and what was beyond it has come within.
    assert [each.day.year for each in BusyTime.objects.all()] == [2029, 2029]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_calendar"),
        (b"<html>", "no_calendar"),
        (b"PK\x03\x04", "no_calendar"),
        (b"BEGIN:VCALENDAR\r\n" + b"x" * 5_000_000, "calendar_too_large"),
    ],
    ids=["empty", "page", "zip", "large"],
)
def test_a_file_that_is_no_calendar_is_refused_and_changes_nothing(person, now, content, code):
    refusal = why_not(send, person, now, content)
    assert refusal is not None and refusal.codes == [code]
    assert not OwnCalendar.objects.exists()


def test_nobody_adds_more_than_a_handful(person, now):
    for _each in range(MOST_CALENDARS):
        make.own_calendar(person)
    for act in (add, send):
        refusal = why_not(act, person, now)
        assert refusal is not None and refusal.codes == ["too_many_calendars"]
    assert OwnCalendar.objects.count() == MOST_CALENDARS


def test_a_calendar_is_its_owner_s_alone(person, now):
    stranger, row = make.user(), make.own_calendar(person)

    def take_away(person: Ambassador, now, **who) -> None:
        remove_calendar(ambassador=person, pk=row.pk, at=now, **who)

    for act in (add, send, take_away):
        refusal = why_not(act, person, now, by=stranger)
        assert refusal is not None and refusal.codes == ["not_your_profile"]
    other = make.ambassador()
    take_away(other, now, by=other.user)
    assert OwnCalendar.objects.get() == row


def test_what_is_removed_is_gone_with_all_that_was_read_and_stays_gone(person, now):
    row = make.own_calendar(person, busy=[make.FIRST_TIME])
    kept = make.own_calendar(person, busy=[make.FIRST_TIME])
    for _twice in range(2):
        remove_calendar(ambassador=person, pk=row.pk, by=person.user, at=now)
    assert OwnCalendar.objects.get() == kept
    assert BusyTime.objects.get().calendar == kept


def test_calendars_go_with_whoever_leaves(person, now):
    make.own_calendar(person, busy=[make.FIRST_TIME])
    leave_register(ambassador=person, by=person.user, at=now)
    assert not BusyTime.objects.exists() and not OwnCalendar.objects.exists()


def test_calendars_go_with_a_forgotten_draft(now):
    draft = make.ambassador(status="draft", registered_at=now - timedelta(days=400))
    make.own_calendar(draft, busy=[make.FIRST_TIME])
    assert forget_drafts(at=now) == 1
    assert not BusyTime.objects.exists() and not OwnCalendar.objects.exists()
