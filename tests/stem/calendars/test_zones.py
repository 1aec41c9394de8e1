"""Which clock a name means, with and without a definition in the file."""

from zoneinfo import available_timezones

import pytest

from stem.calendars.zones import WINDOWS, WITHOUT_TOWN, clock_of_name, clock_of_place
from tests.stem.calendars.making import calendar, read

# At ten in January and in July by this name's clock it is so late in UTC.
NAMES = [
    ("Europe/London", "10:00", "09:00"),
    ("europe/london", "10:00", "09:00"),
    ("/freeassociation.sourceforge.net/Europe/London", "10:00", "09:00"),
    ("/softwarestudio.org/Olson_20011030_5/America/New_York", "15:00", "14:00"),
    ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "13:00", "13:00"),
    ("GMT Standard Time", "10:00", "09:00"),
    ('"GMT Standard Time"', "10:00", "09:00"),
    ("GMT Daylight Time", "10:00", "09:00"),
    ("Greenwich Standard Time", "10:00", "10:00"),
    ("W. Europe Standard Time", "09:00", "08:00"),
    ("Eastern Standard Time", "15:00", "14:00"),
    ("India Standard Time", "04:30", "04:30"),
    ("(UTC+00:00) Dublin, Edinburgh, Lisbon, London", "10:00", "09:00"),
    ('"(UTC+00:00) Dublin, Edinburgh, Lisbon, London"', "10:00", "09:00"),
    ("(GMT+00.00) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London", "10:00", "09:00"),
    ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "09:00", "08:00"),
    ("(UTC-05:00) Eastern Time (US & Canada)", "15:00", "14:00"),
    ("Pacific Time (US & Canada)", "18:00", "17:00"),
    ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "04:30", "04:30"),
    ("(UTC) Coordinated Universal Time", "10:00", "10:00"),
    ("tzone://Microsoft/Utc", "10:00", "10:00"),
    ("UTC", "10:00", "10:00"),
    ("Etc/UTC", "10:00", "10:00"),
    ("GMT", "10:00", "10:00"),
    ("BST", "10:00", "09:00"),
    ("GB", "10:00", "09:00"),
    ("US/Eastern", "15:00", "14:00"),
    ("EST5EDT", "15:00", "14:00"),
    ("GMT+0100", "09:00", "09:00"),
    ("UTC-05:00", "15:00", "15:00"),
    ("+0530", "04:30", "04:30"),
]
HEAD = "DTSTART;TZID={name}:2027{month}12T100000\nDURATION:PT1M"


@pytest.mark.parametrize(("name", "january", "july"), NAMES, ids=[name for name, _january, _july in NAMES])
def test_a_name_without_a_definition_is_known(name, january, july):
    data = calendar(*(HEAD.format(name=name, month=month) for month in ("01", "07")))
    busy, notes = read(data)
    assert ([each[11:16] for each in busy], notes.problems) == ([january, july], [])


def test_every_name_of_windows_and_of_the_database_is_known():
    assert [name for name in WINDOWS if clock_of_name(name) is None] == []
    places = [name for name in available_timezones() if "/" in name and not name.startswith("Etc/")]
    assert [name for name in places if clock_of_place(name) is None] == []
    assert [name for name in WITHOUT_TOWN if clock_of_name(f"(UTC+00:00) {name.title()}") is None] == []


@pytest.mark.parametrize(
    "name", ["Mars/Olympus", "../../etc/passwd", "Europe", "localtime", "Europe/London/..", "x" * 300]
)
def test_a_name_that_nobody_knows_is_london_and_a_problem(name):
    busy, notes = read(calendar(HEAD.format(name=name, month="07")))
    assert (busy, [problem.code for problem in notes.problems]) == (["2027-07-12 09:00/09:01"], ["zone_unknown"])


def definition(name: str, winter: str, summer: str) -> str:
    """A definition as Outlook writes it, with summer time by the rule of the European Union."""
    return f"""BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16011028T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T010000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
END:DAYLIGHT
END:VTIMEZONE"""


@pytest.mark.parametrize(
    "name", ["Customized Time Zone", "tzone://Microsoft/Custom", "GMT Standard Time", "GMT", "Zeit in Köln"]
)
def test_a_definition_counts_for_a_name_that_is_none_of_a_place(name):
    months = [HEAD.format(name=name, month=month) for month in ("01", "07")]
    for place in ("head", "tail"):
        zone = definition(name, "+0300", "+0400")
        data = calendar(*months, head=zone) if place == "head" else calendar(*months, tail=zone + "\nEND:VCALENDAR")
        busy, notes = read(data)
        assert (busy, notes.problems) == (["2027-01-12 07:00/07:01", "2027-07-12 06:00/06:01"], [])


def test_a_definition_changes_its_clock_at_the_very_second():
    zone = definition("Ours", "+0000", "+0100")
    days = {"20270328": ["00:59", "01:30", "02:00"], "20271031": ["00:59", "01:30", "02:00"]}
    events = [
        f"DTSTART;TZID={name}:{day}T{time.replace(':', '')}00\nDURATION:PT1M"
        for name in ("Ours",)
        for day, times in days.items()
        for time in times
    ]
    busy, _notes = read(calendar(*events, head=zone))
    assert busy == [
        "2027-03-28 00:59/01:01",  # what is passed over is read as before: half past one, and two o'clock as one
        "2027-03-28 01:30/01:31",
        "2027-10-30 23:59/2027-10-31 00:00",
        "2027-10-31 00:30/00:31",
        "2027-10-31 02:00/02:01",
    ]


def test_the_clocks_of_a_place_count_before_another_definition_of_them():
    busy, notes = read(
        calendar(HEAD.format(name="Europe/London", month="07"), head=definition("Europe/London", "+0000", "+0000"))
    )
    assert (busy, [tuple(problem) for problem in notes.problems]) == (
        ["2027-07-12 09:00/09:01"],
        [("zone_differs", 0, "Europe/London")],
    )


def test_a_definition_that_agrees_is_no_problem():
    data = calendar(HEAD.format(name="Europe/London", month="07"), head=definition("Europe/London", "+0000", "+0100"))
    assert read(data)[1].problems == []


@pytest.mark.parametrize(
    "line",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=NEVER",
        "TZOFFSETTO:late",
        "TZOFFSETFROM:+9900",
        "DTSTART:never",
        "RRULE:FREQ=MINUTELY;BYSECOND=0,1,2,3,4,5",
    ],
)
def test_a_broken_definition_gives_way_to_the_name(line):
    name = line.partition(":")[0]
    zone = "\n".join(
        line if each.startswith(name) else each
        for each in definition("GMT Standard Time", "+0300", "+0400").splitlines()
    )
    busy, notes = read(calendar(HEAD.format(name="GMT Standard Time", month="01"), head=zone))
    assert (busy, notes.problems) == (["2027-01-12 10:00/10:01"], [])
