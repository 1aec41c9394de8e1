"""Why somebody is proposed, in one line of plain words."""

from datetime import date, time

import pytest
from django.utils import timezone

from bookings.enums import VisitStatus
from bookings.free_time import Standing
from bookings.matching.ranking import free_around, rank, wanted_by
from stem.moments import moment
from tests import make

TUESDAY = date(2027, 1, 12)


def between(start: time, end: time):
    return moment(TUESDAY, start), moment(TUESDAY, end)


LESSON, LATE_LESSON = between(time(9, 30), time(10, 30)), between(time(14), time(15))
BEFORE_LUNCH, AFTER_LUNCH = between(time(11), time(11, 30)), between(time(13), time(13, 45))


@pytest.mark.parametrize(
    ("busy", "interval", "words"),
    [
        ((), LESSON, "Free all day"),
        ((AFTER_LUNCH,), LESSON, "Free all morning"),
        ((BEFORE_LUNCH,), LESSON, ""),
        ((BEFORE_LUNCH,), LATE_LESSON, "Free all afternoon"),
        ((AFTER_LUNCH,), LATE_LESSON, ""),
        ((between(time(7), time(8)),), LESSON, "Free all day"),
        ((AFTER_LUNCH,), between(time(8, 30), time(9, 30)), "Free all morning"),
        ((between(time(8, 30), time(9)),), between(time(9), time(10)), "Free all day"),
        ((AFTER_LUNCH,), between(time(10), time(13)), "Free all morning"),
        ((BEFORE_LUNCH,), between(time(11, 30), time(14)), ""),
    ],
)
def test_how_much_of_the_day_somebody_is_free(busy, interval, words):
    assert free_around(Standing(busy=busy), interval, at=moment(date(2027, 1, 4), time())) == words


@pytest.mark.django_db
class TestOneLine:
    @pytest.fixture(autouse=True)
    def _noon(self, monkeypatch):
        monkeypatch.setattr(timezone, "now", lambda: make.NOW)

    def reasons(self, now, *times):
        [match] = rank(wanted_by(make.request(), times or [make.FIRST_TIME]), at=now)
        return list(match.reasons)

    def test_says_the_subject_the_way_the_time_and_the_last_visit(self, now):
        make.ambassador(cleared=True, last_visit_on=date(2026, 5, 20), visits_delivered=2)

        assert self.reasons(now) == [
            "Offers exactly this: Civil and structural engineering",
            "0 minutes away",
            "Free all day",
            "Last visit in May 2026",
        ]

    def test_says_that_somebody_is_new(self, now):
        make.ambassador(cleared=True)

        assert self.reasons(now)[-1] == "Has not visited yet"

    def test_says_how_much_they_are_asked_for(self, now):
        make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, time=make.SECOND_TIME)

        assert self.reasons(now)[-1] == "1 visit or open offer of late"

    def test_of_several_times_says_how_many_suit(self, now):
        make.ambassador(cleared=True)

        assert "Free at 2 of the 2 times" in self.reasons(now, make.FIRST_TIME, make.SECOND_TIME)
