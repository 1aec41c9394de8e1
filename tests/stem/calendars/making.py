"""Calendar files for tests, and what was read of them, written as short as a test can be read."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from stem.calendars.moments import instant_of
from stem.calendars.notes import Notes
from stem.calendars.reading import read_within

LONDON = ZoneInfo("Europe/London")


def calendar(*events: str, head: str = "", tail: str = "END:VCALENDAR") -> bytes:
    """A file of these events, each given by its properties a line, with the line ends of the standard."""
    blocks = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Made//For a test//EN", *head.splitlines()]
    for event in events:
        blocks += ["BEGIN:VEVENT", *(line.strip() for line in event.strip().splitlines()), "END:VEVENT"]
    return "\r\n".join([*blocks, tail, ""]).encode()


def read(data: bytes, first: str = "2027-01-01", after: str = "2028-01-01") -> tuple[list[str], Notes]:
    """The busy time of London's days, each interval as "2027-01-12 10:00/11:00" in UTC, and what was noted."""
    low, high = (instant_of(datetime.combine(date.fromisoformat(day), time(), tzinfo=LONDON)) for day in (first, after))
    busy, notes = read_within(data, low, high, seconds=60)
    return [said(begins, ends) for begins, ends in busy], notes


def busy_of(*events: str, first: str = "2027-01-01", after: str = "2028-01-01", head: str = "") -> list[str]:
    """The busy time of these events, which have to be read without a problem."""
    busy, notes = read(calendar(*events, head=head), first, after)
    assert notes.problems == []
    return busy


def said(begins: int, ends: int) -> str:
    """An interval; the day of its end only where that is another."""
    begin, end = (datetime.fromtimestamp(instant, UTC) for instant in (begins, ends))
    return (
        f"{begin:%Y-%m-%d %H:%M}/{end:%H:%M}"
        if begin.date() == end.date()
        else f"{begin:%Y-%m-%d %H:%M}/{end:%Y-%m-%d %H:%M}"
    )
