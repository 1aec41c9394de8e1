"""Busy time that is published: joined, cut, and read back by our own reader."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from stem.calendars.bounded import read_busy
from stem.calendars.free_busy import BusyTime, joined, write_busy_time

FIRST, LAST = datetime(2027, 3, 27, tzinfo=UTC), datetime(2027, 11, 2, tzinfo=UTC)


def at(hours: float) -> datetime:
    return FIRST + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("busy", "expected"),
    [
        ([], []),
        ([(9, 10)], [(9, 10)]),
        ([(11, 12), (9, 10)], [(9, 10), (11, 12)]),
        ([(9, 10), (10, 11)], [(9, 11)]),
        ([(9, 12), (10, 11)], [(9, 12)]),
        ([(9, 11), (10, 12), (9, 11)], [(9, 12)]),
        ([(-2, -1)], []),
        ([(-2, 0)], []),
        ([(-2, 1)], [(0, 1)]),
    ],
)
def test_what_overlaps_or_touches_is_one_and_what_is_before_is_none(busy, expected):
    intervals = [(at(begins), at(ends)) for begins, ends in busy]
    assert joined(intervals, FIRST, LAST) == [(at(begins), at(ends)) for begins, ends in expected]


def test_it_is_read_back_as_it_was_said_across_a_clock_change():
    busy = ((at(9), at(10)), (at(24 + 0.5), at(24 + 2.5)))
    body = write_busy_time(BusyTime("a@b.example", FIRST, LAST, FIRST, "scheme@b.example", busy))

    read = read_busy(body, FIRST, LAST)

    (said,) = Calendar.from_ical(body).walk("VFREEBUSY")
    assert (read.busy, read.problems) == (busy, ())
    assert {name: said[name].to_ical() for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "ORGANIZER")} == {
        "UID": b"a@b.example",
        "DTSTAMP": b"20270327T000000Z",
        "DTSTART": b"20270327T000000Z",
        "DTEND": b"20271102T000000Z",
        "ORGANIZER": b"mailto:scheme@b.example",
    }
    assert b"METHOD:PUBLISH\r\n" in body and b"TZID" not in body
