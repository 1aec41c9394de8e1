"""When people can be asked, and why not: one person at a time, and everybody at once, always with the same answer."""

import random
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.enums import HoldKind, NoticeWanted, Rest
from ambassadors.hours import WITH_EVENINGS, Hours, MyTime
from ambassadors.models import Ambassador, FreeHours, Hold, Limits
from ambassadors.operations.time import say_when
from bookings.enums import WhyNot
from bookings.free_time import Standing, free_time, month_of, term_of, why_not
from bookings.models import Commitment
from bookings.queries.free import standing_of, why_not_free
from stem.moments import day_of, moment
from stem.rules import why_not as why_refused
from tests import make

AT = make.NOW  # a Tuesday, noon
DAY = timedelta(days=1)


def on(day: date, start: str, end: str) -> tuple[datetime, datetime]:
    return moment(day, time.fromisoformat(start)), moment(day, time.fromisoformat(end))


WEDNESDAY, SATURDAY = date(2027, 2, 3), date(2027, 2, 6)
MORNING = on(WEDNESDAY, "09:30", "11:00")


@pytest.mark.parametrize(
    ("standing", "interval", "reasons"),
    [
        (Standing(), MORNING, []),
        (Standing(), on(WEDNESDAY, "17:30", "18:30"), [WhyNot.HOURS]),
        (Standing(), on(SATURDAY, "10:00", "11:00"), [WhyNot.HOURS]),
        (Standing(week=WITH_EVENINGS), on(WEDNESDAY, "17:30", "20:30"), []),
        (Standing(week={5: Hours(time(9), time(12))}), on(SATURDAY, "10:00", "11:00"), []),
        (Standing(week={}), MORNING, [WhyNot.HOURS]),
        (Standing(promised=(on(WEDNESDAY, "09:00", "10:00"),)), MORNING, [WhyNot.PROMISED]),
        (Standing(busy=(on(WEDNESDAY, "10:00", "17:00"),)), MORNING, [WhyNot.BUSY]),
        # Half-open: what ends as a visit begins, or begins as it ends, does not clash.
        (Standing(busy=(on(WEDNESDAY, "08:00", "09:30"), on(WEDNESDAY, "11:00", "12:00"))), MORNING, []),
        (Standing(away=((WEDNESDAY, WEDNESDAY),)), MORNING, [WhyNot.AWAY]),
        (Standing(away=((WEDNESDAY + DAY, None),)), MORNING, []),
        (Standing(away=((date(2027, 1, 1), None),)), MORNING, [WhyNot.AWAY]),
        (Standing(notice_days=28), MORNING, [WhyNot.TOO_SOON]),
        (Standing(notice_days=14), MORNING, []),
        (Standing(), on(day_of(AT), "09:00", "10:00"), [WhyNot.TOO_SOON]),
        (Standing(rest_days=1, promised=(on(WEDNESDAY - DAY, "09:00", "10:00"),)), MORNING, [WhyNot.RESTING]),
        (Standing(rest_days=1, promised=(on(WEDNESDAY + 2 * DAY, "09:00", "10:00"),)), MORNING, []),
        (Standing(most_a_month=1, promised=(on(date(2027, 2, 28), "09:00", "10:00"),)), MORNING, [WhyNot.MONTH]),
        (Standing(most_a_month=1, promised=(on(date(2027, 3, 1), "09:00", "10:00"),)), MORNING, []),
        (Standing(most_a_term=1, promised=(on(date(2027, 3, 1), "09:00", "10:00"),)), MORNING, [WhyNot.TERM]),
        (Standing(most_a_term=2, promised=(on(date(2027, 3, 1), "09:00", "10:00"),)), MORNING, []),
    ],
)
def test_why_somebody_is_not_asked(standing, interval, reasons):
    assert why_not(standing, interval, at=AT) == reasons


@pytest.mark.parametrize(
    ("day", "first", "following"),
    [
        (date(2026, 9, 1), date(2026, 8, 1), date(2027, 1, 1)),
        (date(2027, 3, 28), date(2027, 1, 1), date(2027, 3, 29)),  # Easter Sunday
        (date(2027, 3, 29), date(2027, 3, 29), date(2027, 8, 1)),
        (date(2027, 7, 31), date(2027, 3, 29), date(2027, 8, 1)),
        (date(2027, 12, 31), date(2027, 8, 1), date(2028, 1, 1)),
    ],
)
def test_a_term_is_a_third_of_the_school_year(day, first, following):
    assert term_of(day) == (first, following)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_every_day_is_in_one_month_and_one_term_that_meet_the_next(day):
    for period in (month_of, term_of):
        first, following = period(day)
        assert first <= day < following
        assert period(following)[0] == following


def test_hours_stay_those_of_the_clock_when_it_changes():
    before, after = date(2027, 3, 26), date(2027, 3, 29)  # clocks go forward on the 28th
    spans = [span for span in free_time(Standing(), before, after, at=AT) if not span.why_not]
    assert [(span.starts_at, span.ends_at) for span in spans] == [
        on(before, "08:00", "18:00"),
        on(after, "08:00", "18:00"),
    ]
    assert spans[1].starts_at.utcoffset() == timedelta(hours=1)


def some_time(chance: random.Random, day: date) -> tuple[datetime, datetime]:
    start = moment(day, time(chance.randrange(24), chance.choice([0, 30])))
    return start, start + timedelta(minutes=chance.choice([30, 60, 90, 240]))


def some_person(chance: random.Random, officer) -> Ambassador:
    """Somebody who said some of what can be said of one's time, and has some visits."""
    person = make.ambassador(cleared=False, name=f"Person {chance.random()}")
    if chance.random() < 0.6:
        Limits.objects.create(
            ambassador=person,
            visits_a_month=chance.choice([None, 1, 2]),
            visits_a_term=chance.choice([None, 1, 3]),
            notice_days=chance.choice(NoticeWanted.values),
            rest_days=chance.choice(Rest.values),
        )
    if chance.random() < 0.5:
        for weekday in range(7):
            starts, ends = chance.choice([(None, None), (time(7), time(12)), (time(9), time(22))])
            FreeHours.objects.create(ambassador=person, weekday=weekday, starts=starts, ends=ends)
    if chance.random() < 0.3:
        first = WEDNESDAY + timedelta(days=chance.randrange(-9, 9))
        ends_on = chance.choice([None, first + timedelta(days=chance.randrange(9))])
        Hold.objects.create(
            ambassador=person, kind=HoldKind.AWAY, starts_on=first, ends_on=ends_on, set_by=officer, set_at=AT
        )
    for _each in range(chance.randrange(4)):
        starts_at, ends_at = some_time(chance, WEDNESDAY + timedelta(days=chance.randrange(-20, 60)))
        clash = Commitment.objects.filter(ambassador=person, starts_at__lt=ends_at, ends_at__gt=starts_at)
        if not clash.exists():
            make.visit(ambassador=person, time=(starts_at, ends_at))
    if chance.random() < 0.5:
        days = [WEDNESDAY + timedelta(days=chance.randrange(-26, 6)) for _each in range(8)]
        # Two calendars may say that somebody is busy at one time, and each may say so over midnight.
        for part in (days[:5], days[5:]):
            make.own_calendar(person, busy=merged(some_time(chance, day) for day in part))
    return person


def merged(times: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """These times as a calendar is read: none overlaps another."""
    found: list[tuple[datetime, datetime]] = []
    for start, end in sorted(times):
        if found and start <= found[-1][1]:
            before = found.pop()
            start, end = before[0], max(end, before[1])
        found.append((start, end))
    return found


@pytest.mark.django_db
def test_one_person_and_everybody_at_once_have_the_same_reasons():
    chance = random.Random(20270203)
    officer = make.user()
    people = [some_person(chance, officer) for _each in range(60)]
    times = [some_time(chance, WEDNESDAY + timedelta(days=chance.randrange(-25, 5))) for _each in range(40)]

    together = why_not_free(times, at=AT)

    told = set()
    for person in people:
        standing = standing_of(person, WEDNESDAY - 30 * DAY, WEDNESDAY + 30 * DAY)
        for interval, unfree in zip(times, together, strict=True):
            reasons = why_not(standing, interval, at=AT)
            assert unfree.why_not(person.pk) == reasons, (person, interval)
            told |= {*reasons} or {"free"}
    # The world is rich enough to try each of them.
    assert told == {*WhyNot, "free"}


@pytest.mark.django_db
def test_a_time_fits_just_where_it_lies_within_a_span_without_reasons():
    chance = random.Random(7)
    officer = make.user()
    for _each in range(12):
        person = some_person(chance, officer)
        first, last = WEDNESDAY - 4 * DAY, WEDNESDAY + 4 * DAY
        standing = standing_of(person, first, last)
        spans = free_time(standing, first, last, at=AT)
        assert all(one.ends_at == following.starts_at for one, following in pairwise(spans))
        for _time in range(40):
            starts_at, ends_at = some_time(chance, WEDNESDAY + timedelta(days=chance.randrange(-4, 4)))
            touched = [span for span in spans if span.starts_at < ends_at and span.ends_at > starts_at]
            if day_of(starts_at) == day_of(ends_at):
                reasons = {reason for span in touched for reason in span.why_not}
                assert why_not(standing, (starts_at, ends_at), at=AT) == [each for each in WhyNot if each in reasons]


@pytest.mark.django_db
def test_one_query_answers_for_any_number_of_times_and_people(django_assert_num_queries):
    people = [make.ambassador().pk for _each in range(3)]
    for times, some in (([MORNING], None), ([MORNING, on(SATURDAY, "10:00", "11:00")], people)):
        with django_assert_num_queries(1):
            why_not_free(times, at=AT, people=some)
    assert why_not_free([], at=AT) == []


@pytest.mark.django_db
def test_what_was_said_is_said_anew_as_a_whole(now):
    person = make.ambassador()
    own = MyTime(week={1: Hours(time(9), time(12))}, visits_a_term=2, rest_days=6)
    for said in (own, MyTime(week=WITH_EVENINGS), MyTime()):
        for _twice in range(2):
            say_when(ambassador=person, said=said, by=person.user, at=now)
        assert standing_of(person, WEDNESDAY, WEDNESDAY).week == said.week


@pytest.mark.django_db
@pytest.mark.parametrize(
    "week",
    [{}, {0: Hours(time(12), time(9))}, {0: Hours(time(9), time(9))}, {0: Hours(time(5), time(9))}],
)
def test_hours_that_are_none_are_refused_and_change_nothing(week, now):
    person = make.ambassador()
    said = MyTime(week=week, visits_a_term=1)
    refusal = why_refused(say_when, ambassador=person, said=said, by=person.user, at=now)
    assert refusal is not None and refusal.codes == ["week"]
    assert not FreeHours.objects.exists() and not Limits.objects.exists()


@pytest.mark.django_db
def test_nobody_says_it_for_somebody_else(now):
    person, stranger = make.ambassador(), make.user()
    refusal = why_refused(say_when, ambassador=person, said=MyTime(), by=stranger, at=now)
    assert refusal is not None and refusal.codes == ["not_your_profile"]
