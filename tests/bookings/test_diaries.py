"""What diaries reckon: which days, what lies on them, and where it is drawn."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.diaries.days import Day, days_of, lines_of, weeks_of
from bookings.diaries.entries import Entry, Sort, WholeDays
from bookings.diaries.placing import MOST_LANES, QUARTERS_OF_DAY, side_by_side, week_grid
from bookings.diaries.shown import REACH, Show, Shown, read_shown
from bookings.enums import WhyNot
from bookings.free_time import Span, Standing, free_time
from stem.moments import day_of, moment, read_day
from tests.architecture.source import ROOT

TODAY = date(2027, 1, 12)
DAY = timedelta(days=1)
SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
STYLES = (Path(ROOT) / "stem" / "static" / "stem" / "diary.css").read_text()

near = st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=400)) | st.sampled_from([SPRING, AUTUMN])
shown = st.builds(Shown, st.sampled_from(Show), near, st.just(TODAY))


def entry(start: datetime, minutes: int) -> Entry:
    end = min(start + timedelta(minutes=minutes), moment(day_of(start) + DAY, time()))
    return Entry(Sort.CONFIRMED, start, end, "Beckside Academy")


@st.composite
def entries(draw, first: date, last: date) -> Entry:
    midnight = moment(draw(st.dates(first, last)), time())
    # A day is as long as its clocks say: what is 23 hours after midnight may be the next day, and is taken as such.
    start = midnight.astimezone(UTC) + timedelta(minutes=draw(st.integers(0, 22 * 60 + 59)))
    return entry(start, draw(st.integers(1, 300)))


@st.composite
def diaries(draw) -> tuple[Shown, list[Entry], list[WholeDays]]:
    what = draw(shown)
    first = draw(st.dates(what.first - 9 * DAY, what.last))
    last = draw(st.none() | st.dates(first, what.last + 9 * DAY))
    timed = draw(st.lists(entries(what.first, what.last), max_size=12))
    return what, timed, [WholeDays(Sort.AWAY, first, last, "Away")]


@given(diaries())
def test_everything_stands_once_in_each_view_that_covers_it(drawn):
    what, timed, whole = drawn
    days = days_of(what.first, what.last, timed=timed, whole=whole)
    covered = [day for day in days if whole[0].covers(day.day)]

    assert sorted(map(id, (each for day in days for each in day.timed))) == sorted(map(id, timed))
    assert [day for day in days if day.whole] == covered
    lines = [line.what for line in lines_of(days)]
    assert sorted(map(id, lines)) == sorted(map(id, [*timed, *(whole if covered else [])]))
    assert [day for week in weeks_of(days) for day in week] == days


@given(diaries())
def test_a_grid_draws_everything_once_and_nothing_upon_anything_else(drawn):
    what, timed, _whole = drawn
    week = Shown(Show.WEEK, what.on, TODAY)
    mine = [each for each in timed if week.first <= day_of(each.starts_at) <= week.last]
    grid = week_grid(days_of(week.first, week.last, timed=mine))

    drawn_once = [each for column in grid.columns for each in (*(block.what for block in column.placed), *column.left)]
    assert sorted(map(id, drawn_once)) == sorted(map(id, mine))
    for column in grid.columns:
        for one in column.placed:
            assert 0 <= one.start < one.end <= grid.length
            assert 1 <= one.lane <= one.lanes <= MOST_LANES
            others = [each for each in column.placed if each is not one and each.start < one.end > one.start < each.end]
            assert {(each.lane, each.lanes) for each in others}.isdisjoint({(one.lane, one.lanes)})
            assert {each.lanes for each in others} <= {one.lanes}


@given(st.lists(entries(TODAY, TODAY), max_size=12))
def test_only_what_would_need_another_lane_is_left_out(timed):
    placed, left = side_by_side(timed)
    for each in left:
        at = side_by_side([each])[0][0].start
        assert sum(block.start <= at < block.end for block in placed) == MOST_LANES


@pytest.mark.parametrize(
    ("day", "hours", "start", "end", "drawn"),
    [
        # The hour from 1am to 2am is not there: 00:30 to 02:30 is one hour, and stands where the clocks say.
        (SPRING, 23, "00:30", "01:30", (2, 10)),
        (SPRING, 23, "09:00", "10:00", (40, 44)),
        # It comes twice: from the first half past one to the second.
        (AUTUMN, 25, "00:30", "01:30", (6, 7)),
        (AUTUMN, 25, "09:00", "10:00", (36, 40)),
        (TODAY, 24, "09:05", "10:10", (36, 41)),
    ],
)
def test_a_day_on_which_the_clocks_change_is_drawn_by_its_clocks(day, hours, start, end, drawn):
    times = [datetime.combine(day, time.fromisoformat(each), tzinfo=UTC) for each in (start, end)]
    [placed], _left = side_by_side([Entry(Sort.CONFIRMED, *times, "Beckside Academy")])
    spans = free_time(Standing(), day, day, at=datetime(2027, 1, 1, tzinfo=UTC))
    [of_day] = days_of(day, day, spans=spans)

    assert (placed.start, placed.end) == drawn
    # Two times of one zone differ by what its clocks show: how long it is shows in another.
    begins, ends = (edge.astimezone(UTC) for edge in (of_day.spans[0].starts_at, of_day.spans[-1].ends_at))
    assert ends - begins == timedelta(hours=hours)


def test_the_ground_of_a_week_covers_its_hours_without_a_gap():
    week = Shown(Show.WEEK, SPRING, TODAY)
    spans = free_time(Standing(), week.first, week.last, at=moment(TODAY, time(12)))
    for column in week_grid(days_of(week.first, week.last, spans=spans)).columns:
        edges = [(band.start, band.end) for band in column.ground]
        assert edges[0][0] == 0
        assert edges[-1][1] == 40
        assert all(before[1] == after[0] for before, after in pairwise(edges))


def test_every_place_and_length_that_can_be_drawn_has_its_style():
    wanted = [
        *(f".from-{start} {{ grid-row-start: {start + 1}; }}" for start in range(QUARTERS_OF_DAY)),
        *(f".for-{length} {{ grid-row-end: span {length}; }}" for length in range(1, QUARTERS_OF_DAY + 1)),
        *(f".lane-{lane}-of-{lanes} {{" for lanes in range(1, MOST_LANES + 1) for lane in range(1, lanes + 1)),
        *(f".{thing}-{sort} {{" for sort in Sort for thing in ("mark",) if sort not in (Sort.AWAY,)),
    ]
    assert [rule for rule in wanted if rule not in STYLES] == []


@given(shown)
def test_turning_on_and_back_misses_no_day_and_comes_home(what):
    assert what.next is not None
    later = Shown(what.show, what.next, TODAY)
    assert what.first <= what.on <= what.last
    assert later.first <= what.last + DAY
    assert later.previous is not None
    assert Shown(what.show, later.previous, TODAY).first == what.first
    if what.show != Show.LIST:
        assert (what.first.weekday(), what.last.weekday()) == (0, 6)


@pytest.mark.parametrize(
    ("show", "on", "first", "last", "title"),
    [
        ("month", "2027-01-12", "2026-12-28", "2027-01-31", "January 2027"),
        ("month", "2027-02-28", "2027-02-01", "2027-02-28", "February 2027"),
        ("month", "2028-02-29", "2028-01-31", "2028-03-05", "February 2028"),
        ("week", "2027-01-12", "2027-01-11", "2027-01-17", "11 to 17 January 2027"),
        ("week", "2027-01-31", "2027-01-25", "2027-01-31", "25 to 31 January 2027"),
        ("week", "2027-01-01", "2026-12-28", "2027-01-03", "28 December 2026 to 3 January 2027"),
        ("list", "2027-01-12", "2027-01-12", "2027-04-05", "12 January to 5 April 2027"),
        ("", "", "2026-12-28", "2027-01-31", "January 2027"),
        ("year", "2027-03-01", "2027-03-01", "2027-04-04", "March 2027"),
    ],
)
def test_what_an_address_shows(show, on, first, last, title):
    what = read_shown(show, on, today=TODAY)
    assert (what.first.isoformat(), what.last.isoformat(), what.title, what.note) == (first, last, title, "")


@pytest.mark.parametrize(
    "on",
    [
        "0001-01-01",
        "9999-12-31",
        "2027-02-30",
        "20270210",
        "2027-2-1",
        "2027-W02-1",
        "\x00",
        "'",
        "٢٠٢٧-٠١-٠١",
        "2027-01-12\n",
    ],
)
def test_a_day_that_no_diary_has_is_today_s_and_says_so(on):
    what = read_shown("week", on, today=TODAY)
    assert (what.on, what.note) == (TODAY, "That is no day of this diary, so here is today: Tuesday 12 January 2027.")


@pytest.mark.parametrize("show", Show)
def test_at_its_far_ends_a_diary_turns_no_further(show):
    assert Shown(show, TODAY + REACH, TODAY).next is None
    assert Shown(show, TODAY - REACH, TODAY).previous is None


@pytest.mark.parametrize("text", ["2027-01-12", "2028-02-29"])
def test_a_day_is_read_as_addresses_write_it(text):
    assert read_day(text) == date.fromisoformat(text)


def part(start: int, end: int, *why_not: WhyNot) -> Span:
    return Span(moment(TODAY, time(start)), moment(TODAY, time(end)), why_not)


@pytest.mark.parametrize(
    ("spans", "state", "words"),
    [
        ((), "", ""),
        ((part(0, 8, WhyNot.HOURS), part(8, 12), part(13, 18)), "free", "Free 8am to midday, 1pm to 6pm"),
        ((part(0, 23, WhyNot.HOURS),), "busy", "Not free: outside your hours"),
        ((part(0, 8, WhyNot.AWAY, WhyNot.HOURS), part(8, 18, WhyNot.AWAY)), "away", "Not free: you are away"),
        (
            (part(0, 18, WhyNot.RESTING, WhyNot.MONTH),),
            "busy",
            "Not free: you rest between visits, as many visits this month as you want",
        ),
    ],
)
def test_when_somebody_is_free_in_words_for_themselves(spans, state, words):
    day = Day(TODAY, spans=spans)
    assert (day.state, day.free_words) == (state, words)
