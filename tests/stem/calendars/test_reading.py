"""Files as they come: whatever wrote them, whatever broke them on the way, and what is broken in them."""

import pytest

from stem.calendars.notes import MOST
from stem.calendars.problems import NO_CALENDAR, SENTENCES, say
from stem.calendars.text import NoCalendar
from tests.stem.calendars.making import calendar, read

HOUR = "SUMMARY:Köln, €5\nDTSTART;TZID=Europe/London:20270112T100000\nDTEND;TZID=Europe/London:20270112T110000"
BUSY = ["2027-01-12 10:00/11:00"]
FILE = calendar(HOUR)
TEXT = FILE.decode()

WRITTEN = [
    ("line feeds alone", TEXT.replace("\r\n", "\n").encode()),
    ("carriage returns alone", TEXT.replace("\r\n", "\r").encode()),
    ("a carriage return too many", TEXT.replace("\r\n", "\r\r\n").encode()),
    ("empty lines between", TEXT.replace("\r\n", "\r\n\r\n").encode()),
    ("no end to the last line", TEXT.strip().encode()),
    ("a byte order mark", b"\xef\xbb\xbf" + FILE),
    ("UTF-16 with a mark", TEXT.encode("utf-16")),
    ("UTF-16, the other way about", b"\xfe\xff" + TEXT.encode("utf-16-be")),
    ("UTF-16 without a mark", TEXT.encode("utf-16-le")),
    ("UTF-16 without a mark, the other way about", TEXT.encode("utf-16-be")),
    ("what Windows wrote", TEXT.encode("cp1252")),
    ("what everybody wrote once", TEXT.replace("€", "E").encode("latin-1")),
    ("bytes that are no letters", FILE.replace(b"SUMMARY:", b"SUMMARY:\xff\xfe\xc3")),
    ("empty bytes", FILE.replace(b"SUMMARY", b"SUM\0MARY").replace(b"DTSTART", b"DT\0START")),
    ("folded lines", TEXT.replace("T100000", "T10\r\n 0000").encode()),
    ("lines folded with a tab", TEXT.replace("Europe", "Eur\r\n\tope").encode()),
    ("a line folded within a letter", FILE.replace("ö".encode(), "ö".encode()[:1] + b"\r\n " + "ö".encode()[1:])),
    ("a title that was broken without a fold", TEXT.replace("Köln, ", "Köln,\r\nand: \r\nEND of it\r\n").encode()),
    ("small letters", TEXT.replace("BEGIN:VEVENT", "begin:vevent").replace("END:VEVENT", "End:vEvent").encode()),
    ("lines before it", b"HTTP/1.1 200 OK\r\nWarning: something\r\n\r\n" + FILE),
    ("a group before the name", TEXT.replace("DTSTART", "item1.DTSTART").encode()),
    (
        "a huge property of somebody's own",
        TEXT.replace("SUMMARY", "X-HUGE:" + "x" * 3_000_000 + "\r\nSUMMARY").encode(),
    ),
    (
        "a picture in it",
        TEXT.replace("SUMMARY", "ATTACH;ENCODING=BASE64:\r\n" + " QUJD\r\n" * 9_000 + "SUMMARY").encode(),
    ),
    ("vCalendar 1.0", TEXT.replace("VERSION:2.0", "VERSION:1.0").encode()),
    (
        "vCalendar 1.0 with quoted lines",
        TEXT.replace("SUMMARY:", "SUMMARY;ENCODING=QUOTED-PRINTABLE:K=C3=B6=\r\nDTSTART:20270101=\r\nln ").encode(),
    ),
]


@pytest.mark.parametrize("data", [case[1] for case in WRITTEN], ids=[case[0] for case in WRITTEN])
def test_a_file_is_read_however_it_was_written(data):
    busy, notes = read(data)
    assert (busy, notes.events, notes.problems) == (BUSY, 1, [])


def test_several_calendars_in_one_file_are_read():
    busy, notes = read(FILE + calendar("DTSTART:20270113T100000Z\nDURATION:PT1H"))
    assert (busy, notes.events) == ([*BUSY, "2027-01-13 10:00/11:00"], 2)


@pytest.mark.parametrize("end", [b"END:VCALENDAR\r\n", b"END:VEVENT\r\nEND:VCALENDAR\r\n"])
def test_a_file_that_stops_is_read_as_far_as_it_goes(end):
    busy, notes = read(FILE.replace(end, b""))
    assert (busy, [problem.code for problem in notes.problems]) == (BUSY, ["cut_off"])


def test_an_event_that_was_never_ended_is_ended_by_the_next():
    data = calendar(HOUR, "DTSTART:20270113T100000Z\nDURATION:PT1H").replace(
        b"END:VEVENT\r\nBEGIN:VEVENT", b"BEGIN:VEVENT"
    )
    busy, notes = read(data)
    assert (busy, notes.events, notes.problems) == ([*BUSY, "2027-01-13 10:00/11:00"], 2, [])


def test_a_calendar_without_events_is_one():
    busy, notes = read(calendar())
    assert (busy, notes.events, notes.ignored, notes.problems) == ([], 0, 0, [])


BROKEN = [
    ("no_start", "DTEND:20270113T110000Z", []),
    ("time", "DTSTART:20270230T100000Z\nDURATION:PT1H", []),
    ("time", "DTSTART:20270113T256100Z\nDURATION:PT1H", []),
    ("time", "DTSTART:tomorrow", []),
    ("time", "DTSTART:20270113T100000Z\nDTEND:later", []),
    ("length", "DTSTART:20270113T100000Z\nDURATION:PT", []),
    ("length", "DTSTART:20270113T100000Z\nDURATION:" + "9" * 5_000, []),
    ("backwards", "DTSTART:20270113T100000Z\nDTEND:20270113T090000Z", []),
    ("backwards", "DTSTART:20270113T100000Z\nDURATION:-PT1H", []),
    ("backwards", "DTSTART;VALUE=DATE:20270113\nDTEND;VALUE=DATE:20270112", []),
    ("rule", "DTSTART:20270113T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=0", ["2027-01-13 10:00/11:00"]),
    ("dates", "DTSTART:20270113T100000Z\nDURATION:PT1H\nEXDATE:never", ["2027-01-13 10:00/11:00"]),
    ("dates", "DTSTART:20270113T100000Z\nDURATION:PT1H\nRDATE:whenever", ["2027-01-13 10:00/11:00"]),
    ("time", "DTSTART:20270113T100000Z\nDURATION:PT1H\nRECURRENCE-ID:some", []),
]


@pytest.mark.parametrize(("code", "properties", "more"), BROKEN)
def test_one_broken_event_leaves_the_others(code, properties, more):
    busy, notes = read(calendar(HOUR, properties + "\nSUMMARY:Nobody's business"))
    assert (busy, [tuple(problem) for problem in notes.problems]) == (BUSY + more, [(code, 2, "")])
    assert "business" not in " ".join(say(notes.problems, notes.more))


def test_one_broken_date_leaves_the_others():
    busy, notes = read(calendar(HOUR + "\nRDATE:soon,20270113T100000Z\nEXDATE:never,20270112T100000Z"))
    assert (busy, [problem.code for problem in notes.problems]) == (["2027-01-13 10:00/11:00"], ["dates"])


@pytest.mark.parametrize("name", ["EXDATE", "RDATE"])
def test_a_date_with_an_endless_head_leaves_the_others(name):
    busy, notes = read(calendar(HOUR + f"\n{name};X-LONG={'x' * 5_000}:20270112T100000Z"))
    assert (busy, [problem.code for problem in notes.problems]) == (BUSY, ["dates"])


def test_one_broken_period_leaves_the_others():
    published = (
        "BEGIN:VFREEBUSY\r\nFREEBUSY:20270112T100000Z/PT1H,soon,20270113T100000Z/20270113T090000Z\r\nEND:VFREEBUSY\r\n"
    )
    busy, notes = read(calendar(tail=published + "END:VCALENDAR"))
    assert (busy, [problem.code for problem in notes.problems]) == (BUSY, ["periods"])


def test_of_many_problems_some_are_named_and_all_are_counted():
    _busy, notes = read(calendar(*["DTSTART:x"] * (MOST + 30)))
    assert len(say(notes.problems, notes.more)) == MOST + 1
    assert say(notes.problems, notes.more)[-1] == "There are 30 more problems of this kind."


def test_office_hours_are_named_as_what_is_not_read():
    begins = "\r\nDTSTART:20270112T090000Z\r\n"
    hours = f"BEGIN:VAVAILABILITY{begins}BEGIN:AVAILABLE{begins}END:AVAILABLE\r\n"
    busy, notes = read(calendar(tail=hours + "END:VAVAILABILITY\r\nEND:VCALENDAR"))
    assert (busy, [problem.code for problem in notes.problems]) == ([], ["availability"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\r\n \t", "empty"),
        (b"PK\x03\x04", "zip"),
        (b"<html>BEGIN:VCALENDAR</html>", "web_page"),
        (b"BEGIN:VCARD\r\nEND:VCARD", "addresses"),
        (b"%PDF-1.7", "something_else"),
        (b"BEGIN:VEVENT\r\nEND:VEVENT", "something_else"),
        (bytes(100), "empty"),
        (b" " * 32_000_001, "too_large"),
        (b'["vcalendar",[],[]]', "something_else"),
    ],
)
def test_what_is_no_calendar_is_said_to_be_none(data, code):
    with pytest.raises(NoCalendar) as error:
        read(data)
    assert str(error.value) == code
    assert code in NO_CALENDAR


def test_every_problem_has_a_sentence():
    for sentence in SENTENCES.values():
        assert str(sentence) % {"nth": 1, "name": "x"}
