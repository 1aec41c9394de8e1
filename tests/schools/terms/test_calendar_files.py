"""Calendar files of term dates: true ones, odd ones and hostile ones."""

import time
from datetime import date, timedelta

import pytest

from schools.enums import TermsFrom
from schools.terms.calendar_files import MOST_BYTES, MOST_TIMES, read_entries
from schools.terms.school_time import SchoolTime
from schools.terms.spans import YearDates, days_between
from schools.terms.understanding import understand
from stem.nations import Nation
from stem.rules import why_not

DAY = timedelta(days=1)


def calendar(*events: str) -> bytes:
    """A calendar file of these events, each its lines."""
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}@x\r\n{event}\r\nEND:VEVENT\r\n" for number, event in enumerate(events)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{body}END:VCALENDAR\r\n".encode()


def event(title: str, first: date, after: date | None = None) -> str:
    """An all-day event; `after` is the day after its last, as calendars have it."""
    until = f"\r\nDTEND;VALUE=DATE:{after:%Y%m%d}" if after else ""
    return f"DTSTART;VALUE=DATE:{first:%Y%m%d}{until}\r\nSUMMARY:{title}"


def told(content: bytes) -> list[tuple[str, date, date]]:
    return [(each.title, each.first, each.last) for each in read_entries(content)]


def test_a_city_s_file_of_every_school_day_is_read_to_the_day():
    # As authorities publish it: an event a day, titled with whose it is and the week, over two school years.
    stretches = [
        ((2025, 9, 1), (2025, 10, 24)),
        ((2025, 11, 3), (2025, 12, 19)),
        ((2026, 1, 5), (2026, 2, 13)),
        ((2026, 2, 23), (2026, 3, 27)),
        ((2026, 4, 13), (2026, 5, 1)),
        ((2026, 5, 5), (2026, 5, 22)),
        ((2026, 6, 1), (2026, 7, 20)),
        ((2026, 9, 1), (2026, 10, 23)),
    ]
    days = [day for one, other in stretches for day in days_between(date(*one), date(*other)) if day.weekday() < 5]
    entries = read_entries(calendar(*(event("Norwick: Term day (Week 1)", day, day + DAY) for day in days)))

    read = understand(entries, Nation.ENG)

    time = SchoolTime(
        Nation.ENG, {year: YearDates(year, TermsFrom.AUTHORITY, spans) for year, spans in read.years.items()}
    )
    assert [day for day in days_between(days[0], days[-1]) if time.is_school_day(day)] == days
    assert [span.title for span in read.years[2025]] == [
        *("Autumn term", "Half term", "Spring term", "Half term", "Summer term", "Half term")
    ]
    assert list(read.years) == [2025, 2026]


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        # The end is the day after.
        ("DTSTART;VALUE=DATE:20261026\r\nDTEND;VALUE=DATE:20261031", (date(2026, 10, 26), date(2026, 10, 30))),
        ("DTSTART;VALUE=DATE:20261026", (date(2026, 10, 26), date(2026, 10, 26))),
        ("DTSTART;VALUE=DATE:20261026\r\nDURATION:P5D", (date(2026, 10, 26), date(2026, 10, 30))),
        # From midnight to midnight in London is one day, though in UTC it begins on the one before.
        ("DTSTART:20260630T230000Z\r\nDTEND:20260701T230000Z", (date(2026, 7, 1), date(2026, 7, 1))),
        ("DTSTART:20261026T090000\r\nDTEND:20261026T160000", (date(2026, 10, 26), date(2026, 10, 26))),
        ("DTSTART;VALUE=DATE:20261026\r\nDTEND;VALUE=DATE:20261001", (date(2026, 10, 26), date(2026, 10, 26))),
    ],
)
def test_days_are_london_s_and_the_end_is_not_counted(lines, days):
    assert told(calendar(f"{lines}\r\nSUMMARY:Half term")) == [("Half term", *days)]


@pytest.mark.parametrize(
    ("rule", "firsts"),
    [
        ("FREQ=DAILY;COUNT=3", [2, 3, 4]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=3", [2, 16, 30]),
        ("FREQ=WEEKLY;UNTIL=20261116", [2, 9, 16]),
        # Without an end, by a rule of many parts, or every second: not followed.
        ("FREQ=DAILY", []),
        ("FREQ=MONTHLY;COUNT=2", []),
        ("FREQ=SECONDLY;COUNT=2", []),
        ("FREQ=WEEKLY;BYDAY=MO,TU;COUNT=4", []),
    ],
)
def test_only_plain_repetitions_are_followed(rule, firsts):
    read = told(calendar(f"{event('INSET day', date(2026, 11, 2))}\r\nRRULE:{rule}"))
    assert [first for _title, first, _last in read] == [date(2026, 11, number) for number in firsts]


def test_what_comes_again_and_again_stops_somewhere():
    read = told(calendar(f"{event('INSET day', date(2026, 11, 2))}\r\nRRULE:FREQ=DAILY;COUNT=999999999"))
    assert len(read) == MOST_TIMES


def test_cancelled_and_nameless_entries_count_for_nothing():
    cancelled = f"{event('INSET day', date(2026, 11, 2))}\r\nSTATUS:CANCELLED"
    assert told(calendar(cancelled, event("", date(2026, 11, 2)), "SUMMARY:No day")) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>Not found</body></html>",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:soon\r\nSUMMARY:x\r\n",
        b"\x00\xff\xfe" * 1000,
        b"BEGIN:VEVENT\r\n" * 5_001,
        b"x" * (MOST_BYTES + 1),
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 50_000,
        calendar("DTSTART;VALUE=DATE:99999999\r\nSUMMARY:x"),
    ],
    ids=["empty", "a page", "cut off", "rubbish", "too many", "too large", "too deep", "no day"],
)
def test_what_is_no_calendar_gets_one_sentence_and_soon(content):
    began = time.monotonic()
    refusal = why_not(read_entries, content)
    # A file that is only odd may come to nothing; one that is no calendar is refused.
    assert refusal is None or refusal.codes == ["file"]
    assert refusal is not None or read_entries(content) == []
    assert time.monotonic() - began < 30


@pytest.mark.slow
def test_the_largest_file_that_is_taken_is_read_soon():
    events = [event("Norwick: Term day (Week 1)", date(2026, 9, 1) + DAY * (number % 300)) for number in range(5_000)]
    began = time.monotonic()
    assert len(read_entries(calendar(*events))) == 5_000
    assert time.monotonic() - began < 60
