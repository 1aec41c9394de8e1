"""Rules as RFC 5545 itself explains them (3.8.5.3), and rules that would never come to an end."""

from datetime import datetime, timedelta

import pytest

from stem.calendars.moments import EPOCH, UTC_CLOCK, Unreadable
from stem.calendars.recurrence import read_rule
from stem.calendars.repeating import repeat


def times(rule: str, start: str, low: str = "1990-01-01", high: str = "2040-01-01") -> list[str]:
    begin, low, high = (int((datetime.fromisoformat(at) - EPOCH) / timedelta(seconds=1)) for at in (start, low, high))
    runs = repeat(read_rule(rule, UTC_CLOCK), begin, low, high, lambda steps: None)
    walls = sorted({wall for run in runs for wall in run.walls})
    return [f"{EPOCH + timedelta(seconds=wall):%Y-%m-%d %H:%M}" for wall in walls]


# The examples of the standard that choose days; all begin at nine.
DAYS = [
    ("FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02", "1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12"),
    ("FREQ=WEEKLY;COUNT=4;WKST=SU;BYDAY=TU,TH", "1997-09-02", "1997-09-02 1997-09-04 1997-09-09 1997-09-11"),
    (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=5;WKST=SU;BYDAY=TU,TH",
        "1997-09-02",
        "1997-09-02 1997-09-04 1997-09-16 1997-09-18 1997-09-30",
    ),
    ("FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "1997-09-05", "1997-09-05 1997-10-03 1997-11-07 1997-12-05"),
    (
        "FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU",
        "1997-09-07",
        "1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04 1998-01-25",
    ),
    ("FREQ=MONTHLY;COUNT=4;BYDAY=-2MO", "1997-09-22", "1997-09-22 1997-10-20 1997-11-17 1997-12-22"),
    ("FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=4", "1997-09-28", "1997-09-28 1997-10-29 1997-11-28 1997-12-29"),
    ("FREQ=MONTHLY;COUNT=5;BYMONTHDAY=1,-1", "1997-09-30", "1997-09-30 1997-10-01 1997-10-31 1997-11-01 1997-11-30"),
    (
        "FREQ=MONTHLY;INTERVAL=18;COUNT=4;BYMONTHDAY=10,11,12",
        "1997-09-10",
        "1997-09-10 1997-09-11 1997-09-12 1999-03-10",
    ),
    ("FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "1997-06-10", "1997-06-10 1997-07-10 1998-06-10 1998-07-10"),
    ("FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200", "1997-01-01", "1997-01-01 1997-04-10 1997-07-19 2000-01-01"),
    ("FREQ=YEARLY;BYDAY=20MO;COUNT=3", "1997-05-19", "1997-05-19 1998-05-18 1999-05-17"),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", "1997-05-12", "1997-05-12 1998-05-11 1999-05-17"),
    ("FREQ=YEARLY;BYWEEKNO=20;COUNT=3", "1997-05-12", "1997-05-12 1998-05-11 1999-05-17"),
    ("FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=4", "1997-03-13", "1997-03-13 1997-03-20 1997-03-27 1998-03-05"),
    ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=3", "1998-02-13", "1998-02-13 1998-03-13 1998-11-13"),
    ("FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13;COUNT=3", "1997-09-13", "1997-09-13 1997-10-11 1997-11-08"),
    (
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3",
        "1996-11-05",
        "1996-11-05 2000-11-07 2004-11-02",
    ),
    ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1997-09-04 1997-10-07 1997-11-06"),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=3", "1997-09-29", "1997-09-29 1997-10-30 1997-11-27"),
    ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", "2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30"),
    # the weeks of a year go by its Thursdays
    ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=3", "2004-12-27", "2004-12-27 2009-12-28 2015-12-28"),
    ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO;COUNT=3", "2024-01-01", "2024-01-01 2024-12-30 2025-12-29"),
]


@pytest.mark.parametrize(("rule", "start", "days"), DAYS)
def test_a_rule_chooses_the_days_of_the_standard(rule, start, days):
    assert times(rule, start + " 09:00") == [f"{day} 09:00" for day in days.split()]


@pytest.mark.parametrize(
    ("rule", "hours"),
    [
        ("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", "09:00 12:00 15:00"),
        ("FREQ=MINUTELY;INTERVAL=15;COUNT=6", "09:00 09:15 09:30 09:45 10:00 10:15"),
        ("FREQ=MINUTELY;INTERVAL=90;COUNT=4", "09:00 10:30 12:00 13:30"),
        ("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20,40;COUNT=4", "09:00 09:20 09:40 10:00"),
        ("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10;COUNT=5", "09:00 09:20 09:40 10:00 10:20"),
        ("FREQ=HOURLY;BYMINUTE=0,30;BYSETPOS=-1;COUNT=3", "09:00 09:30 10:30"),
        ("FREQ=SECONDLY;BYSECOND=0;BYMINUTE=0,5;COUNT=3", "09:00 09:05 10:00"),
    ],
)
def test_a_rule_chooses_the_hours_of_the_standard(rule, hours):
    assert times(rule, "1997-09-02 09:00", high="1997-09-02 16:00") == [f"1997-09-02 {hour}" for hour in hours.split()]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;INTERVAL=86400;BYHOUR=3",
        "FREQ=YEARLY;BYDAY=MO;BYSETPOS=200",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTHDAY=1",
        "FREQ=YEARLY;INTERVAL=999999999999",
    ],
)
def test_a_rule_that_never_comes_true_leaves_the_first_time(rule):
    assert times(rule, "1997-09-02 09:00") == ["1997-09-02 09:00"]


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ",
        "FREQ=FORTNIGHTLY",
        "INTERVAL=2",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=many",
        "FREQ=DAILY;UNTIL=soon",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=DAILY;BYMONTHDAY=0",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=YEARLY;RSCALE=HEBREW",
        "FREQ=MONTHLY;SKIP=FORWARD",
        "FREQ=WEEKLY;WKST=1",
        "FREQ=DAILY;BYHOUR=24",
        "FREQ=DAILY;INTERVAL=9999999999999999",
        "W1 MO #4",
    ],
)
def test_what_is_no_rule_is_said_to_be_none(rule):
    with pytest.raises(Unreadable):
        read_rule(rule, UTC_CLOCK)


@pytest.mark.parametrize(
    ("rule", "start", "most"),
    [
        ("FREQ=SECONDLY", "1970-01-01", 1),
        ("FREQ=HOURLY", "1970-01-01", 1),
        ("FREQ=WEEKLY;BYDAY=MO,FR", "1970-01-01", 3),
        ("FREQ=DAILY;COUNT=99999999", "0001-01-01", 1),
        ("FREQ=HOURLY;BYDAY=MO", "1970-01-01", 250),
        ("FREQ=YEARLY;UNTIL=99991231T235959Z", "0001-01-01", 20),
        ("FREQ=MINUTELY;BYHOUR=9", "1970-01-01", 3000),
        ("FREQ=MONTHLY;BYDAY=1MO", "0001-01-01", 20),
    ],
)
def test_a_rule_is_entered_near_the_days_asked_about(rule, start, most):
    begin, low, high = (
        int((datetime.fromisoformat(at) - EPOCH) / timedelta(seconds=1)) for at in (start, "2027-01-01", "2027-02-01")
    )
    steps: list[int] = []
    assert list(repeat(read_rule(rule, UTC_CLOCK), begin, low, high, steps.append))
    work = sum(steps)
    assert work <= most
