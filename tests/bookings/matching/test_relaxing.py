"""What to change of a request, and how many more could come: as many as can be asked once it is changed."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from bookings.matching import relaxing
from bookings.matching.candidates import find_candidates
from bookings.matching.ranking import wanted_by
from bookings.matching.relaxing import find_relaxations
from bookings.other_times import other_times
from schools.terms.school_time import usual_time
from stem.moments import moment
from stem.nations import Nation
from tests import make
from tests.bookings.matching.oracle import answer, read_register
from tests.bookings.matching.population import some_person, some_request
from tests.bookings.matching.settling import settled

TUESDAY = date(2027, 1, 12)
LESSON = (moment(TUESDAY, time(9, 30)), moment(TUESDAY, time(10, 30)))


@pytest.mark.django_db
class TestEachChange:
    @pytest.fixture
    def wanted(self):
        return wanted_by(make.request(), [make.FIRST_TIME])

    def told(self, wanted, now, others=()):
        return [(each.change, each.gain, each.is_at_least) for each in find_relaxations(wanted, others, at=now)]

    def test_another_time_is_told_with_those_who_are_free_then(self, wanted, now):
        person = make.ambassador(cleared=True)
        make.visit(ambassador=person, status="confirmed")

        [(change, gain, is_at_least)] = self.told(wanted, now, [make.SECOND_TIME])

        assert change.startswith("Also ")
        assert (gain, is_at_least) == (1, False)

    def test_online_is_told_with_those_who_live_too_far_away(self, wanted, now):
        for number in range(3):
            make.ambassador(name=f"Far {number}", cleared=True, postcode="TR1 1AA")

        assert self.told(wanted, now) == [("Online instead of at the school", 3, False)]

    def test_at_the_school_is_told_with_those_who_do_nothing_online(self, wanted, now):
        make.ambassador(cleared=True, online=False)

        told = self.told(replace(wanted, online=True), now)

        assert told == [("At the school instead of online", 1, False)]

    def test_another_kind_of_visit_is_told_with_those_who_offer_that_alone(self, wanted, now):
        make.ambassador(cleared=True, activities=("workshop",))

        assert self.told(wanted, now) == [("Hands-on workshop instead of careers talk", 1, False)]

    def test_a_change_that_gains_nobody_is_not_told(self, wanted, now):
        make.ambassador(cleared=True)

        assert self.told(wanted, now, [make.SECOND_TIME]) == []

    def test_where_many_more_could_come_they_are_counted_no_further(self, wanted, now, monkeypatch):
        monkeypatch.setattr(relaxing, "LOOKED_AT", 3)
        for number in range(5):
            make.ambassador(name=f"Far {number}", cleared=True, postcode="TR1 1AA")

        assert self.told(wanted, now) == [("Online instead of at the school", 3, True)]

    def test_nobody_is_counted_who_has_been_asked_already(self, wanted, now):
        person = make.ambassador(cleared=True, postcode="TR1 1AA")

        assert find_relaxations(wanted, [], at=now, without=[person.pk]) == []

    def test_nothing_tells_whoever_is_held_from_whoever_is_away(self, wanted, now):
        for kind in ("safeguarding", "away"):
            person = make.ambassador(name=kind, cleared=True)
            make.hold(person, kind=kind, starts_on=make.FIRST_DAY)

        assert self.told(wanted, now) == []

    def test_a_request_without_a_time_to_come_has_nothing_to_change(self, wanted, now):
        make.ambassador(cleared=True)

        assert find_relaxations(replace(wanted, times=()), [make.SECOND_TIME], at=now) == []

    def test_the_statements_are_as_many_for_one_as_for_thirty(self, wanted, now, django_assert_max_num_queries):
        for number in range(30):
            make.ambassador(name=f"Person {number}", cleared=True)
        with django_assert_max_num_queries(4):
            self.told(wanted, now, [make.SECOND_TIME])


class TestAnyPeople(HypothesisTestCase):
    @settings(max_examples=min(settings.default.max_examples, 30))
    @given(st.data())
    def test_a_change_gains_as_many_as_a_walk_over_everybody_finds_once_it_is_made(self, data):
        def pick(values):
            return data.draw(st.sampled_from(values))

        at = make.NOW
        keys = settled([some_person(pick) for _each in range(data.draw(st.integers(5, 25)))], at)
        people = read_register()
        for _each in range(3):
            wanted = replace(some_request(pick, range(len(keys)), at), again=None)
            others = [each for days in (1, 2) if (each := later(wanted.times[0], days)) not in wanted.times]
            as_it_is = len(answer(wanted, at, people))
            relaxations = find_relaxations(wanted, others, at=at)
            for each in relaxations:
                assert each.gain == len(answer(each.wanted, at, people)) - as_it_is
                assert each.gain == len(find_candidates(each.wanted, at=at)) - as_it_is
            assert sorted((each.gain for each in relaxations), reverse=True) == [each.gain for each in relaxations]
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(relaxing, "LOOKED_AT", 4)
                for each in find_relaxations(wanted, others, at=at):
                    exactly = len(answer(each.wanted, at, people)) - as_it_is
                    assert each.gain <= exactly if each.is_at_least else each.gain == exactly


def later(interval, days):
    return tuple(each + timedelta(days=days) for each in interval)


class TestOtherTimes:
    def asked(self, *times, is_open=lambda day: day.weekday() < 5, earliest=date(2027, 1, 4)):
        return other_times(times, is_open=is_open, earliest=earliest)

    def test_are_at_the_same_hours_on_the_nearest_days_and_in_the_other_half_of_the_day(self):
        found = self.asked(LESSON)

        assert [each[0].day for each in found] == [13, 11, 14, 15, 8, 7, 12]
        assert {(each[0].hour, each[0].minute) for each in found[:-1]} == {(9, 30)}
        assert (found[-1][0].hour, found[-1][1].hour) == (13, 14)

    def test_are_never_sooner_than_promised_nor_on_a_day_without_visitors(self):
        school = usual_time(Nation.ENG)

        found = self.asked(LESSON, is_open=school.is_school_day, earliest=date(2027, 1, 12))

        assert [each[0].day for each in found] == [13, 14, 15, 18, 19, 12]

    def test_are_over_when_school_is(self):
        long = (LESSON[0], LESSON[0] + timedelta(hours=3))

        assert TUESDAY not in [each[0].date() for each in self.asked(long)]

    def test_are_none_of_those_asked_for_already(self):
        assert later(LESSON, 1) not in self.asked(LESSON, later(LESSON, 1))

    def test_keep_to_the_clock_when_it_is_changed(self):
        friday = date(2027, 3, 26)

        [found] = [
            each
            for each in self.asked((moment(friday, time(14)), moment(friday, time(15))), is_open=lambda day: True)
            if each[0].date() == date(2027, 3, 29)
        ]

        assert found == (moment(date(2027, 3, 29), time(14)), moment(date(2027, 3, 29), time(15)))

    def test_are_none_where_nothing_is_asked_for(self):
        assert self.asked() == []
