"""A feed carried through programs that others wrote, and read back: the same visits at the same instants.

vdirsyncer takes it to a Radicale, and from there to where khal shows it, in London and in New York; our own reader
reads what the Radicale holds. The visits lie around both clock changes of 2027.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from bookings.enums import Alarms, VisitStatus
from bookings.models import FeedChoice
from stem.accounts.feeds import feed_key
from stem.calendars.bounded import read_busy
from tests import make
from tests.bookings.views import programs

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clock_stands_still"),
]

LONDON, NEW_YORK = "Europe/London", "America/New_York"
# London's wall clock: before, on and after the night of each change, and across the very hour.
TIMES = [
    ((2027, 3, 27, 9, 15), timedelta(minutes=45)),
    ((2027, 3, 28, 0, 30), timedelta(hours=2)),
    ((2027, 3, 28, 9, 15), timedelta(hours=1)),
    ((2027, 3, 29, 9, 15), timedelta(hours=1)),
    ((2027, 10, 30, 9, 15), timedelta(hours=1)),
    ((2027, 10, 31, 0, 30), timedelta(hours=3)),
    ((2027, 10, 31, 9, 15), timedelta(hours=1)),
    ((2027, 11, 1, 9, 15), timedelta(minutes=100)),
]
DAYS = [("2027-03-25", "2027-04-01"), ("2027-10-28", "2027-11-03")]
CANCELLED = 3


def visits_of_a_person():
    person = make.ambassador(cleared=True)
    FeedChoice.objects.create(user=person.user, alarms=Alarms.BOTH)
    made = []
    for number, (wall, length) in enumerate(TIMES):
        starts_at = datetime(*wall, tzinfo=ZoneInfo(LONDON)).astimezone(UTC)
        status = VisitStatus.CANCELLED_BY_SCHOOL if number == CANCELLED else VisitStatus.CONFIRMED
        made.append(make.visit(ambassador=person, status=status, time=(starts_at, starts_at + length), sequence=number))
    return person, made


def as_khal_would_show(visit, uid: str) -> tuple[str, ...]:
    status = "CONFIRMED" if visit.status == VisitStatus.CONFIRMED else "CANCELLED"
    times = (visit.starts_at.isoformat(), visit.ends_at.isoformat())
    place = "Beckside Academy, 1 Beck Lane, Leeds, LS2 9JT"
    return (uid, status, "STEM visit: Ada Engineer at Beckside Academy", place, *times)


def test_other_programs_read_back_what_we_said(live_server, tmp_path: Path):
    person, visits = visits_of_a_person()
    address = live_server.url + reverse("calendar_feed", args=[feed_key(person.user)])
    downloaded, pulled, kept = tmp_path / "feed.ics", tmp_path / "pulled", tmp_path / "kept"
    downloaded.write_bytes(programs.ask(address))

    with programs.radicale(tmp_path, "pulled", "kept") as calendars:
        to_server = [(programs.at_address(address), "pulled"), (programs.in_file(downloaded), "kept")]
        programs.carry(tmp_path, *((feed, programs.on_server(calendars[name])) for feed, name in to_server))
        to_folder = [("pulled", pulled), ("kept", kept)]
        programs.carry(
            tmp_path, *((programs.on_server(calendars[name]), programs.in_folder(path)) for name, path in to_folder)
        )
        held = programs.ask(calendars["kept"])

    uids = [f"{visit.uid}@visits.rolemodel.example" for visit in visits]
    expected = sorted(map(as_khal_would_show, visits, uids))
    for zone in (LONDON, NEW_YORK):
        assert sorted(told(event) for event in programs.shown_by_khal(kept, zone, DAYS)) == expected
        # What it pulls from an address, vdirsyncer names anew by its content: the rest is the same.
        nameless = sorted(told(event)[1:] for event in programs.shown_by_khal(pulled, zone, DAYS))
        assert nameless == sorted(event[1:] for event in expected)
    assert_read_by_us(held, visits, uids)


def told(event: dict[str, str]) -> tuple[str, ...]:
    return tuple(event[name] for name in programs.SHOWN)


def assert_read_by_us(held: bytes, visits, uids) -> None:
    """Our own reader finds the promised times in what the server holds; each event kept its number and its alarms."""
    stands = [visit for visit in visits if visit.status == VisitStatus.CONFIRMED]
    read = read_busy(held, datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 12, 1, tzinfo=UTC))
    assert (read.busy, read.problems) == (tuple((visit.starts_at, visit.ends_at) for visit in stands), ())
    events = {str(event["UID"]): event for event in Calendar.from_ical(held).walk("VEVENT")}
    assert {uid: int(event["SEQUENCE"]) for uid, event in events.items()} == {
        uid: visit.sequence for uid, visit in zip(uids, visits, strict=True)
    }
    alarms = [len(events[uid].walk("VALARM")) for uid in uids]
    assert alarms == [0 if number == CANCELLED else 2 for number in range(len(uids))]
