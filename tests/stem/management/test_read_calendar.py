"""The command that other programs ask for somebody's busy time."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.commanding import refusal_of, told
from tests.stem.calendars.making import calendar

DAYS = ("--from", "2027-01-12", "--to", "2027-01-13")
HOUR = "UID:a\nSUMMARY:Dr Marsh about the knee\nDTSTART;TZID=Europe/London:20270112T100000\nDURATION:PT1H"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "one.ics"
    path.write_bytes(calendar(HOUR + "\nRRULE:FREQ=DAILY", HOUR.replace("UID:a", "UID:b") + "\nTRANSP:TRANSPARENT"))
    return path


def test_it_answers_with_the_busy_time_of_the_days_and_with_what_was_read(file):
    assert told("read_calendar", file, *DAYS) == {
        "busy": [["2027-01-12T10:00:00Z", "2027-01-12T11:00:00Z"]],
        "events": 2,
        "ignored": 1,
        "problems": [],
    }


def test_days_are_london_s(tmp_path):
    path = tmp_path / "days.ics"
    path.write_bytes(calendar("DTSTART;VALUE=DATE:20270701\nRRULE:FREQ=DAILY"))
    busy = told("read_calendar", path, "--from", "2027-07-12", "--to", "2027-07-13")["busy"]
    assert busy == [["2027-07-11T23:00:00Z", "2027-07-12T23:00:00Z"]]


def test_to_people_it_speaks_in_lines(file):
    out = StringIO()
    call_command("read_calendar", str(file), *DAYS, stdout=out)
    assert out.getvalue().splitlines() == ["2027-01-12T10:00:00Z to 2027-01-12T11:00:00Z", "events: 2", "ignored: 1"]


def test_a_problem_names_the_event_by_its_place_and_never_by_its_title(tmp_path):
    path = tmp_path / "broken.ics"
    path.write_bytes(calendar(HOUR, "SUMMARY:Dr Marsh again\nDTSTART:soon"))
    answer = told("read_calendar", path, *DAYS)
    assert answer["problems"] == ["Event 2 has a date or a time that cannot be read, and was left out."]
    assert (len(answer["busy"]), answer["events"], answer["ignored"]) == (1, 2, 0)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty: it holds no calendar."),
        (b"  \r\n\r\n", "This file is empty: it holds no calendar."),
        (b"PK\x03\x04and so on", "This is a zip file: unpack it, and send the .ics file that is in it."),
        (
            b"\n<!DOCTYPE html><title>Sign in</title>",
            "This is a web page and no calendar: look for the calendar’s private address, which often ends in .ics.",
        ),
        (
            b"BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD",
            "These are people’s addresses and no calendar: send the .ics file of a calendar.",
        ),
        (
            b"\x00\xff\xfe\x01" * 1000,
            "This is no calendar: send a file in the iCalendar format, whose name ends in .ics.",
        ),
        (
            b"BEGIN:VEVENT\r\nDTSTART:20270112T100000Z\r\nEND:VEVENT",
            "This is no calendar: send a file in the iCalendar format, whose name ends in .ics.",
        ),
    ],
)
def test_what_is_no_calendar_is_refused_by_what_it_is(tmp_path, content, sentence):
    path = tmp_path / "some.ics"
    path.write_bytes(content)
    assert refusal_of("read_calendar", path, *DAYS) == sentence


def test_a_calendar_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "large.ics"
    path.write_bytes(calendar() + b" " * 32_000_000)
    assert refusal_of("read_calendar", path, *DAYS) == "This calendar is larger than 32 MB: send a shorter time of it."


def test_what_is_not_there_or_no_file_is_refused(tmp_path):
    assert refusal_of("read_calendar", tmp_path / "none.ics", *DAYS) == f"There is no file “{tmp_path / 'none.ics'}”."
    assert refusal_of("read_calendar", tmp_path, *DAYS) == f"There is no file “{tmp_path}”."
    assert refusal_of("read_calendar", "/dev/zero", *DAYS) == "There is no file “/dev/zero”."


@pytest.mark.parametrize(
    "words",
    [
        ("--from", "2027-01-13", "--to", "2027-01-12"),
        ("--from", "soon", "--to", "2027-01-12"),
        ("--from", "2027-01-12"),
        ("--from", "0001-01-01", "--to", "2027-01-12"),
        ("--from", "2027-01-12", "--to", "2027-01-12"),
    ],
)
def test_days_that_are_none_are_wrong_usage(file, words):
    with pytest.raises(CommandError) as error:
        call_command("read_calendar", str(file), *words)
    # django gives its parser's errors no status when the command is called from a program
    assert error.value.returncode in (1, 2)


def test_wrong_usage_has_a_status_of_its_own(file):
    manage = Path(__file__).parents[3] / "manage.py"
    for words, status in ((("--from", "2027-01-13", "--to", "2027-01-12"), 2), (("--from", "soon"), 2)):
        done = subprocess.run(
            [sys.executable, manage, "read_calendar", file, *words, "--json"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (status, "")
        assert done.stderr


def test_an_answer_is_one_line_of_json_on_standard_output(file):
    out = StringIO()
    call_command("read_calendar", str(file), *DAYS, "--json", stdout=out)
    assert list(json.loads(out.getvalue())) == ["busy", "events", "ignored", "problems"]
