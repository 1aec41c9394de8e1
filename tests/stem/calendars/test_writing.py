"""Calendars as other people's programs read them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar
from icalendar.cal.component import Component

from stem.calendars.writing import WRITTEN_AS, CalendarEvent, write_calendar
from stem.geography.points import Point

LONDON = ZoneInfo("Europe/London")
VISIT = CalendarEvent(
    uid="visit-7@rolemodel.example",
    sequence=2,
    starts_at=datetime(2027, 1, 12, 9, 15, tzinfo=UTC),
    ends_at=datetime(2027, 1, 12, 10, 15, tzinfo=UTC),
    summary="Bridges, with Year 9",
    description="Bring nothing.\nAsk for Ms Marsh.",
    location="Gate 2; Moor Lane, Leeds",
    organiser_email="scheme@rolemodel.example",
    organiser_name="Rolemodel",
    attendee_emails=("ada@people.example", "head@school.example"),
    url="https://rolemodel.example/visits/7/",
    updated_at=datetime(2027, 1, 2, 8, 30, tzinfo=UTC),
)


def written(*events: CalendarEvent, method: str = "REQUEST") -> str:
    return write_calendar(events, name="Visits", method=method).decode()


def read(text: str) -> list[Component]:
    return Calendar.from_ical(text).walk("VEVENT")


def test_an_invitation_says_all_that_was_written():
    (event,) = read(written(VISIT))
    attendees = event.pop("ATTENDEE")
    assert {name: value.to_ical().decode() for name, value in event.items()} == {
        "UID": "visit-7@rolemodel.example",
        "SEQUENCE": "2",
        "DTSTAMP": "20270102T083000Z",
        "LAST-MODIFIED": "20270102T083000Z",
        "DTSTART": "20270112T091500",
        "DTEND": "20270112T101500",
        "SUMMARY": r"Bridges\, with Year 9",
        "DESCRIPTION": r"Bring nothing.\nAsk for Ms Marsh.",
        "LOCATION": r"Gate 2\; Moor Lane\, Leeds",
        "STATUS": "CONFIRMED",
        "URL": "https://rolemodel.example/visits/7/",
        "ORGANIZER": "mailto:scheme@rolemodel.example",
    }
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert event["ORGANIZER"].params["CN"] == "Rolemodel"
    assert [(str(each), dict(each.params)) for each in attendees] == [
        (f"mailto:{address}", {"PARTSTAT": "ACCEPTED", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"})
        for address in VISIT.attendee_emails
    ]


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "PUBLISH"])
def test_the_method_is_that_of_the_calendar(method):
    calendar = Calendar.from_ical(written(VISIT, method=method))
    assert calendar["METHOD"] == method
    assert calendar["VERSION"] == "2.0"
    assert "UID" not in calendar


def test_a_cancellation_keeps_the_uid_and_says_cancelled_whatever_the_visit_says():
    (event,) = read(written(replace(VISIT, sequence=3), method="CANCEL"))
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (VISIT.uid, 3, "CANCELLED")


def test_a_published_event_names_no_attendee():
    (event,) = read(written(VISIT, method="PUBLISH"))
    assert "ATTENDEE" not in event


def test_an_offer_is_tentative_and_unanswered():
    (event,) = read(written(replace(VISIT, status="TENTATIVE", attendee_emails=("ada@people.example",))))
    assert event["STATUS"] == "TENTATIVE"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"


def test_only_a_feed_says_its_name_and_how_often_to_look_again():
    feed, invitation = written(VISIT, method="PUBLISH"), written(VISIT)
    for line in ("X-WR-CALNAME:Visits", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"):
        assert f"\r\n{line}\r\n" in feed
        assert line not in invitation


def test_a_feed_reminds_as_often_as_was_chosen_and_an_invitation_never():
    reminding = replace(VISIT, alarms=(timedelta(days=1), timedelta(hours=1)))
    (fed,), (invited,) = read(written(reminding, method="PUBLISH")), read(written(reminding))
    assert [(each["ACTION"], each["TRIGGER"].to_ical(), each["UID"]) for each in fed.walk("VALARM")] == [
        ("DISPLAY", b"-P1D", f"86400.{VISIT.uid}"),
        ("DISPLAY", b"-PT1H", f"3600.{VISIT.uid}"),
    ]
    assert invited.walk("VALARM") == []


@pytest.mark.parametrize(
    ("place", "geo"),
    [(None, None), (Point(53.7997, -1.5492), b"53.7997;-1.5492"), (Point(51.4779, 0.0), b"51.4779;0.0")],
)
def test_a_place_is_written_as_degrees_on_either_side_of_greenwich_and_on_it(place, geo):
    (event,) = read(written(replace(VISIT, place=place)))
    assert (event["GEO"].to_ical().encode() if "GEO" in event else None) == geo


@pytest.mark.parametrize(("status", "see_through"), [("CONFIRMED", False), ("TENTATIVE", False), ("CANCELLED", True)])
def test_only_what_is_off_keeps_nobody_busy(status, see_through):
    (event,) = read(written(replace(VISIT, status=status), method="PUBLISH"))
    assert (event.get("TRANSP") == "TRANSPARENT") is see_through


def test_a_feed_written_otherwise_than_before_has_another_number():
    """Programs hold the text of yesterday under its digest: raise `WRITTEN_AS`, then note the new text here."""
    whole = replace(VISIT, place=Point(51.5, 0.25), alarms=(timedelta(hours=1),), is_private=True)
    text = written(whole, replace(whole, status="CANCELLED"), method="PUBLISH")
    assert (WRITTEN_AS, sha256(text.encode()).hexdigest()[:16]) == (2, "d962597ca0fdc2cf")


def test_an_empty_feed_is_still_a_calendar():
    assert read(written(method="PUBLISH")) == []


def test_the_same_events_give_the_same_bytes():
    assert written(VISIT, method="PUBLISH") == written(VISIT, method="PUBLISH")


def test_lines_end_as_the_standard_says_and_none_is_longer_than_75_octets():
    lines = written(replace(VISIT, summary="Pontydd a phŵer " * 20)).encode().split(b"\r\n")
    assert lines.pop() == b""
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    assert max(len(line) for line in lines) == 75


def test_what_a_person_typed_cannot_become_a_line_of_its_own():
    typed = "Bridges\r\nATTENDEE:mailto:stranger@elsewhere.example\rX-A:1\nX-B:2"
    (event,) = read(written(replace(VISIT, summary=typed, location=typed, attendee_emails=())))
    assert "ATTENDEE" not in event
    assert [name for name in event if name.startswith("X-")] == []


@pytest.mark.parametrize(
    ("day", "hour", "utc_hour"),
    [
        ((2027, 3, 27), 9, 9),
        ((2027, 3, 28), 0, 0),  # the last hour of winter
        ((2027, 3, 28), 2, 1),  # the first of summer
        ((2027, 3, 28), 9, 8),
        ((2027, 10, 30), 9, 8),
        ((2027, 10, 31), 0, 23),
        ((2027, 10, 31), 9, 9),
    ],
)
def test_a_time_is_the_schools_on_both_sides_of_each_clock_change(day, hour, utc_hour):
    starts_at = datetime(*day, hour, 15, tzinfo=LONDON)
    text = written(replace(VISIT, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30)), method="PUBLISH")
    (event,) = recurring_ical_events.of(Calendar.from_ical(text)).between(starts_at, starts_at + timedelta(days=1))
    start = event["DTSTART"].dt
    assert (start.hour, start.minute, start.astimezone(UTC).hour) == (hour, 15, utc_hour)
    assert start == starts_at


def test_another_programs_clock_made_from_our_rule_agrees_with_londons_all_through_2027():
    # Renamed, so that the reader must reckon by the rule in the file and cannot fall back on its own London.
    renamed = written(VISIT).replace("Europe/London", "Rolemodel-London")
    clock = Calendar.from_ical(renamed).timezones[0].to_tz()
    hours = [datetime(2027, 1, 1, tzinfo=UTC) + timedelta(hours=each) for each in range(365 * 24)]
    assert [hour.astimezone(clock).utcoffset() for hour in hours] == [
        hour.astimezone(LONDON).utcoffset() for hour in hours
    ]
