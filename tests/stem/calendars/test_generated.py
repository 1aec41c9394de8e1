"""The busy time of any calendar is what plain loops over days make of it."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stem.calendars.moments import instant_of, moment_at
from stem.calendars.reading import read_within
from tests.stem.calendars.making import calendar
from tests.stem.calendars.plain import LAST, LONDON, Made, merged

ZONES = ("", "Z", "Europe/London", "America/New_York", "Europe/Paris", "Australia/Lord_Howe", "Asia/Kolkata")
# Around each change of clocks of 2027, and anywhere.
DAYS = st.one_of(
    st.dates(date(2025, 6, 1), date(2027, 12, 31)),
    *(
        st.dates(day - timedelta(days=8), day + timedelta(days=1))
        for day in (date(2027, 3, 14), date(2027, 3, 28), date(2027, 10, 31), date(2027, 11, 7))
    ),
)
TIMES = st.one_of(
    st.sampled_from([time(1, 0), time(1, 30), time(2, 0), time(2, 30), time(9, 0), time(23, 30)]),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
PLACES = st.frozensets(st.integers(0, 12), max_size=3)


@st.composite
def made(draw: st.DrawFn, number: int) -> Made:
    frequency = draw(st.sampled_from(["", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    day = draw(DAYS)
    is_of_days = draw(st.integers(0, 3)) == 0
    event = Made(
        uid=f"made-{number}",
        day=day,
        at=None if is_of_days else draw(TIMES),
        zone="" if is_of_days else draw(st.sampled_from(ZONES)),
        minutes=draw(st.sampled_from([0, 15, 60, 90, 480, 1440, 4000])),
        days=draw(st.integers(1, 3)),
        by_length=draw(st.booleans()),
        is_free=draw(st.integers(0, 9)) == 0,
    )
    if not frequency:
        return event
    event.frequency = frequency
    event.interval = draw(st.integers(1, 4))
    ends = draw(st.sampled_from(["never", "count", "until"]))
    event.count = draw(st.integers(1, 30)) if ends == "count" else None
    event.until = day + timedelta(days=draw(st.integers(0, 500))) if ends == "until" else None
    chooses = draw(st.sampled_from(["nothing", "weekdays", "month days"])) if frequency != "YEARLY" else "nothing"
    if chooses == "weekdays":
        event.weekdays = tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1, max_size=4))))
        event.which = draw(st.sampled_from([0, 1, 2, 5, -1, -2])) if frequency == "MONTHLY" else 0
    elif chooses == "month days" and frequency == "MONTHLY":
        event.month_days = tuple(
            sorted(draw(st.sets(st.sampled_from([1, 13, 28, 29, 30, 31, -1, -5]), min_size=1, max_size=3)))
        )
    event.left_out = draw(PLACES)
    event.cancelled = draw(PLACES) - event.left_out
    event.moved = {place: draw(st.integers(-40, 40)) for place in draw(PLACES) - event.left_out - event.cancelled}
    event.added = tuple(draw(st.lists(DAYS, max_size=2)))
    return event


@st.composite
def calendars(draw: st.DrawFn) -> list[Made]:
    return [draw(made(number)) for number in range(draw(st.integers(1, 4)))]


@given(calendars(), DAYS, st.integers(1, 120))
def test_busy_time_is_what_a_plain_expansion_makes_of_it(events, first, days):
    begin, end = (
        datetime.combine(min(day, LAST - timedelta(days=60)), time(), LONDON).astimezone(UTC)
        for day in (first, first + timedelta(days=days))
    )
    data = calendar(*(lines for event in events for lines in event.written()))
    busy, notes = read_within(data, instant_of(begin), instant_of(end), seconds=60)
    wanted = merged([interval for event in events for interval in event.busy()], begin, end)
    assert [(moment_at(begins), moment_at(ends)) for begins, ends in busy] == wanted
    assert notes.problems == []
    assert all(one[1] < other[0] for one, other in pairwise(busy))


@given(st.binary(max_size=400))
def test_whatever_bytes_stand_in_a_calendar_it_is_read(noise):
    hour = calendar("DTSTART:20270112T100000Z\nDURATION:PT1H")
    for data in (calendar() + noise, hour.replace(b"20270112", noise.replace(b"BEGIN", b""))):
        busy, _notes = read_within(data, 0, 10**10, seconds=60)
        assert len(busy) <= 1


# Lines that mean something, in whatever order, and some that mean nothing.
LINE = st.one_of(
    st.sampled_from(
        [
            *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:"),
            *(
                "BEGIN:STANDARD",
                "END:VCALENDAR",
                "BEGIN:VCALENDAR",
                "BEGIN:VFREEBUSY",
                "END:",
                "UID:a",
                "METHOD:CANCEL",
            ),
            *(
                "DTSTART:20270112T100000",
                "DTSTART;VALUE=DATE:20270112",
                "DTSTART;TZID=Ours:20270112T100000",
                "DTSTART:",
            ),
            *("DTSTART;", "DTSTART;:99999999T999999", "DTSTART:00010101", "DTSTART:99991231T235959Z", "TZID:Ours"),
            *("DTEND:20270112T110000Z", "DURATION:-PT1H", "DURATION:P1D", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000"),
            *("RRULE:FREQ=DAILY", "RRULE:FREQ=HOURLY", "RRULE:FREQ=MONTHLY;BYDAY=9MO", "EXRULE:FREQ=DAILY"),
            *("RRULE:FREQ=YEARLY;BYDAY=-53SU;COUNT=999999999", "RECURRENCE-ID:20270112T100000", "SEQUENCE:9"),
            *("RECURRENCE-ID;RANGE=THISANDFUTURE:20270119T100000Z", "EXDATE:20270113", "EXDATE:", "STATUS:CANCELLED"),
            *("RDATE;VALUE=PERIOD:20270112T100000Z/PT1H,/", "RDATE:/", "FREEBUSY:20270112T100000Z/PT1H", "FREEBUSY:"),
        ]
    ),
    st.text(max_size=12),
)


@given(st.lists(LINE, max_size=30))
def test_whatever_lines_a_calendar_has_it_is_read(lines):
    data = "\r\n".join(["BEGIN:VCALENDAR", *lines]).encode()
    busy, notes = read_within(data, 1_798_761_600, 1_830_297_600, seconds=60)
    assert all(1_798_761_600 <= begins < ends <= 1_830_297_600 for begins, ends in busy)
    assert notes.events >= 0
