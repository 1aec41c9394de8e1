"""What an event and its series say of somebody's time, case by case."""

import pytest

from tests.stem.calendars.making import busy_of, calendar, read

HOUR = "DTSTART;TZID=Europe/London:20270112T100000\nDTEND;TZID=Europe/London:20270112T110000"
WEEKLY = HOUR + "\nRRULE:FREQ=WEEKLY;COUNT=3"
FIRST, SECOND, THIRD = "2027-01-12 10:00/11:00", "2027-01-19 10:00/11:00", "2027-01-26 10:00/11:00"

# What it is about, the properties of one event, and when it makes somebody busy.
SINGLE = [
    ("a time with its end", HOUR, [FIRST]),
    ("a time with its length", "DTSTART:20270112T100000Z\nDURATION:PT1H", [FIRST]),
    ("a time without either lasts no time", "DTSTART:20270112T100000Z", []),
    ("a time that ends as it begins lasts no time", "DTSTART:20270112T100000Z\nDTEND:20270112T100000Z", []),
    ("a day without an end is that day", "DTSTART;VALUE=DATE:20270112", ["2027-01-12 00:00/2027-01-13 00:00"]),
    (
        "the last day is not of it",
        "DTSTART;VALUE=DATE:20270112\nDTEND;VALUE=DATE:20270114",
        ["2027-01-12 00:00/2027-01-14 00:00"],
    ),
    ("days are London's", "DTSTART;VALUE=DATE:20270712", ["2027-07-11 23:00/2027-07-12 23:00"]),
    ("a day is a day where its value does not say so", "DTSTART:20270112", ["2027-01-12 00:00/2027-01-13 00:00"]),
    (
        "a day that ends on itself is that day",
        "DTSTART;VALUE=DATE:20270112\nDTEND;VALUE=DATE:20270112",
        ["2027-01-12 00:00/2027-01-13 00:00"],
    ),
    ("the day on which clocks go forward has 23 hours", "DTSTART;VALUE=DATE:20270328", ["2027-03-28 00:00/23:00"]),
    (
        "a time that ends at a day",
        "DTSTART;TZID=Europe/London:20270112T220000\nDTEND;VALUE=DATE:20270113",
        ["2027-01-12 22:00/2027-01-13 00:00"],
    ),
    ("no zone means London", "DTSTART:20270712T100000\nDTEND:20270712T110000", ["2027-07-12 09:00/10:00"]),
    (
        "a zone of its own at each end",
        "DTSTART;TZID=Europe/London:20270112T100000\nDTEND;TZID=Europe/Paris:20270112T120000",
        [FIRST],
    ),
    ("a length in weeks", "DTSTART;VALUE=DATE:20270112\nDURATION:P1W", ["2027-01-12 00:00/2027-01-19 00:00"]),
    (
        "a length in days is the same time of day",
        "DTSTART;TZID=Europe/London:20270327T100000\nDURATION:P1D",
        ["2027-03-27 10:00/2027-03-28 09:00"],
    ),
    (
        "a length in hours is so many hours",
        "DTSTART;TZID=Europe/London:20270327T100000\nDURATION:PT24H",
        ["2027-03-27 10:00/2027-03-28 10:00"],
    ),
    ("tentative is busy", HOUR + "\nSTATUS:TENTATIVE", [FIRST]),
    ("cancelled is not", HOUR + "\nSTATUS:CANCELLED", []),
    ("transparent is not", HOUR + "\nTRANSP:TRANSPARENT", []),
    ("free in Outlook is not", HOUR + "\nTRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
    ("tentative in Outlook is", HOUR + "\nX-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", [FIRST]),
    ("out of office is", HOUR + "\nX-MICROSOFT-CDO-BUSYSTATUS:OOF", [FIRST]),
    (
        "working elsewhere leaves it to the other word",
        HOUR + "\nTRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",
        [FIRST],
    ),
    ("property names in small letters", HOUR.lower().replace("europe/london", "Europe/London"), [FIRST]),
    (
        "an alarm's length is not the event's",
        "DTSTART:20270112T100000Z\nBEGIN:VALARM\nDURATION:PT9H\nEND:VALARM\nDURATION:PT1H",
        [FIRST],
    ),
    (
        "a time that clocks pass over is read as before it",
        "DTSTART;TZID=Europe/London:20270328T013000\nDURATION:PT1H",
        ["2027-03-28 01:30/02:30"],
    ),
    (
        "of a time that comes twice the first is meant",
        "DTSTART;TZID=Europe/London:20271031T013000\nDURATION:PT1H",
        ["2027-10-31 00:30/01:30"],
    ),
    (
        "begun before the days asked about",
        "DTSTART;VALUE=DATE:20261220\nDTEND;VALUE=DATE:20270103",
        ["2027-01-01 00:00/2027-01-03 00:00"],
    ),
    ("gone on after them", "DTSTART:20271231T220000Z\nDURATION:PT5H", ["2027-12-31 22:00/2028-01-01 00:00"]),
    ("over as they begin", "DTSTART:20261231T220000Z\nDURATION:PT2H", []),
]


@pytest.mark.parametrize(("properties", "busy"), [case[1:] for case in SINGLE], ids=[case[0] for case in SINGLE])
def test_an_event_is_busy_time(properties, busy):
    assert busy_of(properties) == busy


REPEATED = [
    ("counted", WEEKLY, [FIRST, SECOND, THIRD]),
    ("until a time in UTC", HOUR + "\nRRULE:FREQ=WEEKLY;UNTIL=20270119T100000Z", [FIRST, SECOND]),
    ("until a time on the event's own clock", HOUR + "\nRRULE:FREQ=WEEKLY;UNTIL=20270119T100000", [FIRST, SECOND]),
    ("until a day, which is of it", HOUR + "\nRRULE:FREQ=WEEKLY;UNTIL=20270119", [FIRST, SECOND]),
    ("ended before it began", HOUR + "\nRRULE:FREQ=WEEKLY;UNTIL=20270101", []),
    (
        "counted -1, which some write for ever",
        HOUR + "\nRRULE:FREQ=MONTHLY;INTERVAL=6;COUNT=-1",
        [FIRST, "2027-07-12 09:00/10:00"],
    ),
    ("a date left out", WEEKLY + "\nEXDATE;TZID=Europe/London:20270119T100000", [FIRST, THIRD]),
    ("a date left out, written in UTC", WEEKLY + "\nEXDATE:20270119T100000Z", [FIRST, THIRD]),
    (
        "a date left out, written in another zone",
        WEEKLY + "\nEXDATE;TZID=America/New_York:20270119T050000",
        [FIRST, THIRD],
    ),
    ("a date left out, written without a zone", WEEKLY + "\nEXDATE:20270119T100000", [FIRST, THIRD]),
    ("a day left out", WEEKLY + "\nEXDATE;VALUE=DATE:20270119", [FIRST, THIRD]),
    ("dates left out in one list", WEEKLY + "\nEXDATE;TZID=Europe/London:20270112T100000,20270119T100000", [THIRD]),
    (
        "a day left out of days, written as a time",
        "DTSTART;VALUE=DATE:20270712\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE:20270712T000000",
        ["2027-07-12 23:00/2027-07-13 23:00"],
    ),
    ("a date added", HOUR + "\nRDATE;TZID=Europe/London:20270119T100000", [FIRST, SECOND]),
    ("a date added twice counts once", WEEKLY + "\nRDATE:20270119T100000Z", [FIRST, SECOND, THIRD]),
    (
        "a period added has its own end",
        HOUR + "\nRDATE;VALUE=PERIOD:20270119T100000Z/20270119T130000Z",
        [FIRST, "2027-01-19 10:00/13:00"],
    ),
    (
        "a period added has its own length",
        HOUR + "\nRDATE;VALUE=PERIOD:20270119T100000Z/PT30M",
        [FIRST, "2027-01-19 10:00/10:30"],
    ),
    ("a date both added and left out", HOUR + "\nRDATE:20270119T100000Z\nEXDATE:20270119T100000Z", [FIRST]),
    ("a rule for what is left out", WEEKLY + "\nEXRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2", [SECOND]),
    (
        "a first time that the rule would not choose counts as one",
        HOUR + "\nRRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2",
        [FIRST, "2027-01-13 10:00/11:00"],
    ),
    (
        "the same time of day in summer",
        HOUR + "\nRRULE:FREQ=MONTHLY;INTERVAL=3;COUNT=3",
        [FIRST, "2027-04-12 09:00/10:00", "2027-07-12 09:00/10:00"],
    ),
    (
        "a long one of which only a late repetition reaches in",
        "DTSTART:20261201T000000Z\nDURATION:P20D\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2",
        ["2027-01-01 00:00/2027-01-04 00:00"],
    ),
    (
        "the month's last day",
        "DTSTART:20270131T100000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;COUNT=3",
        ["2027-01-31 10:00/11:00", "2027-03-31 10:00/11:00", "2027-05-31 10:00/11:00"],
    ),
    ("a leap year's day", "DTSTART:20240229T100000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY", []),
    (
        "the last weekday of a month",
        HOUR + "\nRRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2",
        [FIRST, "2027-01-29 10:00/11:00"],
    ),
    (
        "every other week, where weeks begin on Monday",
        "DTSTART:20270105T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
        ["2027-01-05 10:00/11:00", "2027-01-10 10:00/11:00", "2027-01-19 10:00/11:00", "2027-01-24 10:00/11:00"],
    ),
    (
        "every other week, where weeks begin on Sunday",
        "DTSTART:20270105T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
        ["2027-01-05 10:00/11:00", "2027-01-17 10:00/11:00", "2027-01-19 10:00/11:00", "2027-01-31 10:00/11:00"],
    ),
]


@pytest.mark.parametrize(("properties", "busy"), [case[1:] for case in REPEATED], ids=[case[0] for case in REPEATED])
def test_a_series_is_busy_time(properties, busy):
    assert busy_of(properties) == busy


def test_a_whole_day_that_is_repeated_by_the_second_is_that_day():
    busy, notes = read(calendar("DTSTART;VALUE=DATE:20270112\nRRULE:FREQ=SECONDLY"), "2027-01-01", "2028-01-01")
    assert busy == ["2027-01-12 00:00/2027-01-13 00:00"]
    assert len(notes.problems) == 1


def test_a_weekly_hour_stays_at_its_time_of_day_when_clocks_change():
    """London changes on 28 March and 31 October, New York on 14 March and 7 November."""
    london, new_york = (
        busy_of(f"DTSTART;TZID={zone}:20270307T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY")
        for zone in ("Europe/London", "America/New_York")
    )
    hours = {
        "2027-03-07": ("09", "14"),
        "2027-03-14": ("09", "13"),
        "2027-03-28": ("08", "13"),
        "2027-10-24": ("08", "13"),
        "2027-10-31": ("09", "13"),
        "2027-11-07": ("09", "14"),
    }
    for busy, place in ((london, 0), (new_york, 1)):
        found = {day: each[11:13] for each in busy for day in [each[:10]] if day in hours}
        assert found == {day: hour[place] for day, hour in hours.items()}


def test_a_night_that_is_repeated_has_the_same_length_when_clocks_change():
    """An end says how many hours exactly, a length of hours too (RFC 5545, 3.8.5.3)."""
    for end in ("DTEND;TZID=Europe/London:20270327T060000", "DURATION:PT8H"):
        busy = busy_of("DTSTART;TZID=Europe/London:20270326T220000\n" + end + "\nRRULE:FREQ=DAILY;COUNT=2")
        assert busy == ["2027-03-26 22:00/2027-03-27 06:00", "2027-03-27 22:00/2027-03-28 06:00"]


# Two or more entries of one name.
MOVED = [
    (
        "moved",
        "RECURRENCE-ID;TZID=Europe/London:20270119T100000\nDTSTART:20270120T150000Z\nDURATION:PT1H",
        [FIRST, "2027-01-20 15:00/16:00", THIRD],
    ),
    (
        "moved, named in UTC",
        "RECURRENCE-ID:20270119T100000Z\nDTSTART:20270120T150000Z\nDURATION:PT1H",
        [FIRST, "2027-01-20 15:00/16:00", THIRD],
    ),
    (
        "moved, named without a zone",
        "RECURRENCE-ID:20270119T100000\nDTSTART:20270120T150000Z\nDURATION:PT1H",
        [FIRST, "2027-01-20 15:00/16:00", THIRD],
    ),
    (
        "moved, named by its day",
        "RECURRENCE-ID;VALUE=DATE:20270119\nDTSTART:20270120T150000Z\nDURATION:PT1H",
        [FIRST, "2027-01-20 15:00/16:00", THIRD],
    ),
    (
        "cancelled",
        "RECURRENCE-ID:20270119T100000Z\nDTSTART:20270119T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED",
        [FIRST, THIRD],
    ),
    (
        "set free",
        "RECURRENCE-ID:20270119T100000Z\nDTSTART:20270119T100000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT",
        [FIRST, THIRD],
    ),
    (
        "made a whole day",
        "RECURRENCE-ID:20270119T100000Z\nDTSTART;VALUE=DATE:20270119",
        [FIRST, "2027-01-19 00:00/2027-01-20 00:00", THIRD],
    ),
    (
        "a time that is none of the series",
        "RECURRENCE-ID:20270121T100000Z\nDTSTART:20270121T110000Z\nDURATION:PT1H",
        [FIRST, SECOND, "2027-01-21 11:00/12:00", THIRD],
    ),
    (
        "this and all that follow, an hour later",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20270119T100000Z\nDTSTART:20270119T110000Z\nDURATION:PT30M",
        [FIRST, "2027-01-19 11:00/11:30", "2027-01-26 11:00/11:30"],
    ),
    (
        "this and all that follow, cancelled",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20270119T100000Z\nDTSTART:20270119T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED",
        [FIRST],
    ),
    (
        "this and all that follow, a day later in another zone",
        "DTSTART;TZID=America/New_York:20270120T050000\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270119T100000Z\nDURATION:PT1H",
        [FIRST, "2027-01-20 10:00/11:00", "2027-01-27 10:00/11:00"],
    ),
]


@pytest.mark.parametrize(("properties", "busy"), [case[1:] for case in MOVED], ids=[case[0] for case in MOVED])
def test_one_time_of_a_series_is_changed(properties, busy):
    assert busy_of("UID:a\n" + WEEKLY, "UID:a\n" + properties) == busy
    assert busy_of("UID:a\n" + properties, "UID:a\n" + WEEKLY) == busy


def test_a_time_is_moved_into_the_days_asked_about():
    moved = "UID:a\nRECURRENCE-ID:20270119T100000Z\nDTSTART:20270301T150000Z\nDURATION:PT1H"
    assert busy_of("UID:a\n" + WEEKLY, moved, first="2027-03-01", after="2027-03-02") == ["2027-03-01 15:00/16:00"]
    assert busy_of("UID:a\n" + WEEKLY, moved, first="2027-01-18", after="2027-01-21") == []


def test_what_follows_is_moved_into_the_days_asked_about_from_far_away():
    moved = "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270119T100000Z\nDTSTART:20270519T100000Z\nDURATION:PT1H"
    assert busy_of("UID:a\n" + WEEKLY, moved, first="2027-05-26", after="2027-05-27") == ["2027-05-26 10:00/11:00"]


def test_a_changed_time_counts_though_its_series_is_missing():
    moved = "UID:a\nRECURRENCE-ID:20270119T100000Z\nDTSTART:20270120T150000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"
    assert busy_of(moved) == ["2027-01-20 15:00/16:00"]


def test_what_is_left_out_of_a_series_stays_out_though_it_was_changed_before():
    moved = "UID:a\nRECURRENCE-ID:20270119T100000Z\nDTSTART:20270120T150000Z\nDURATION:PT1H"
    assert busy_of("UID:a\n" + WEEKLY + "\nEXDATE:20270119T100000Z", moved) == [FIRST, THIRD]


def test_a_changed_time_later_than_a_change_of_all_that_follow_keeps_its_own():
    following = "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270119T100000Z\nDTSTART:20270119T110000Z\nDURATION:PT1H"
    one = "UID:a\nRECURRENCE-ID:20270126T100000Z\nDTSTART:20270128T090000Z\nDURATION:PT1H"
    busy = [FIRST, "2027-01-19 11:00/12:00", "2027-01-28 09:00/10:00"]
    assert busy_of("UID:a\n" + WEEKLY, following, one) == busy


def test_of_two_versions_the_newer_counts():
    older = "UID:a\nSEQUENCE:1\nDTSTART:20270119T100000Z\nDURATION:PT1H"
    newer = "UID:a\nSEQUENCE:2\n" + HOUR
    for events in ((older, newer), (newer, older)):
        busy, notes = read(calendar(*events))
        assert (busy, notes.events, notes.ignored) == ([FIRST], 2, 1)


def test_of_two_versions_with_one_number_the_later_written_counts():
    older = "UID:a\nDTSTAMP:20261201T000000Z\nDTSTART:20270119T100000Z\nDURATION:PT1H"
    newer = "UID:a\nDTSTAMP:20261202T000000Z\n" + HOUR
    assert busy_of(newer, older) == [FIRST]


def test_events_that_all_have_one_name_all_count():
    """Some programs give none, or the same to all: nothing says which is meant, so somebody is busy at each."""
    same = [f"UID:a\nDTSTART:202701{day}T100000Z\nDURATION:PT1H" for day in (12, 19)]
    assert busy_of(*same) == [FIRST, SECOND]
    assert busy_of(*(event.removeprefix("UID:a\n") for event in same)) == [FIRST, SECOND]


def test_a_message_that_cancels_takes_the_series_away():
    busy, notes = read(calendar("UID:a\n" + WEEKLY) + calendar("UID:a\nSEQUENCE:1", head="METHOD:CANCEL"))
    assert (busy, notes.problems, notes.events, notes.ignored) == ([], [], 2, 2)


def test_a_series_that_is_cancelled_takes_older_changes_of_single_times_with_it():
    moved = "UID:a\nRECURRENCE-ID:20270119T100000Z\nDTSTART:20270120T150000Z\nDURATION:PT1H"
    assert busy_of("UID:a\nSEQUENCE:1\nSTATUS:CANCELLED\n" + WEEKLY, moved) == []


def test_an_answer_to_an_invitation_is_no_appointment():
    assert busy_of("UID:a\n" + HOUR, head="METHOD:REPLY") == []
    assert busy_of("UID:a\n" + HOUR, head="METHOD:REQUEST") == [FIRST]


def test_whoever_declined_in_a_calendar_that_bears_their_address_is_not_busy():
    declined = HOUR + "\nATTENDEE;CN=Ada;PARTSTAT=DECLINED:mailto:ada@people.example"
    assert busy_of(declined, head="X-WR-CALNAME:Ada@people.example") == []
    assert busy_of(declined, head="X-WR-CALNAME:head@school.example") == [FIRST]


def test_times_are_merged_sorted_and_cut():
    events = [
        f"DTSTART:202701{day}T{begins}00Z\nDTEND:202701{day}T{ends}00Z"
        for day, begins, ends in (
            ("13", "0900", "1000"),
            ("12", "0900", "1000"),
            ("12", "1000", "1100"),
            ("12", "1030", "1200"),
            ("12", "1300", "1400"),
        )
    ]
    assert busy_of(*events) == ["2027-01-12 09:00/12:00", "2027-01-12 13:00/14:00", "2027-01-13 09:00/10:00"]


def test_to_dos_and_journal_entries_are_ignored():
    busy, notes = read(
        calendar(
            tail="BEGIN:VTODO\nDTSTART:20270112T100000Z\nDURATION:PT1H\nEND:VTODO\n"
            "BEGIN:VJOURNAL\nDTSTART:20270112T100000Z\nEND:VJOURNAL\nEND:VCALENDAR"
        )
    )
    assert (busy, notes.events, notes.ignored, notes.problems) == ([], 0, 2, [])


def test_published_busy_time_is_read():
    published = """BEGIN:VFREEBUSY
DTSTART:20270101T000000Z
DTEND:20270201T000000Z
FREEBUSY:20270112T100000Z/20270112T110000Z,20270119T100000Z/PT1H
FREEBUSY;FBTYPE=FREE:20270113T100000Z/PT1H
FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270126T100000Z/PT1H
FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20270127T100000Z/PT1H
FREEBUSY;FBTYPE=X-GONE:20270128T100000Z/PT1H
END:VFREEBUSY
END:VCALENDAR"""
    busy, notes = read(calendar(tail=published))
    assert busy == [FIRST, SECOND, THIRD, "2027-01-27 10:00/11:00", "2027-01-28 10:00/11:00"]
    assert (notes.events, notes.ignored, notes.problems) == (1, 0, [])
