"""Who could be asked, in which order, and why."""

from datetime import timedelta
from math import degrees

import pytest

from ambassadors.operations.profile import change_profile
from ambassadors.reach.keeping import keep_reach
from bookings.enums import OfferStatus, RequestStatus, Side, VisitStatus
from bookings.matching import reaching, standings
from bookings.matching.counting import how_many_for
from bookings.matching.near_misses import find_near_misses, why_not_asked
from bookings.matching.ranking import Match, rank, wanted_by
from stem.geography.points import EARTH_RADIUS_KM, Point
from tests import make

pytestmark = pytest.mark.django_db


def ranked(request, now) -> list[Match]:
    return rank(wanted_by(request, [make.FIRST_TIME, make.SECOND_TIME]), at=now)


def names(request, now) -> list[str]:
    return [match.ambassador.full_name for match in ranked(request, now)]


def test_the_exact_subject_comes_before_its_field_and_others_do_not_come(now):
    make.ambassador(name="Field", cleared=True, subjects=("mechanical_engineering",))
    make.ambassador(name="Exact", cleared=True)
    make.ambassador(name="Other", cleared=True, subjects=("biology",))

    assert names(make.request(), now) == ["Exact", "Field"]


def test_each_filter_keeps_someone_out(now):
    make.ambassador(name="Fits", cleared=True)
    make.ambassador(name="Not cleared", status="active")
    make.ambassador(name="Not active", cleared=True, status="paused")
    make.ambassador(name="Other stage", cleared=True, stages=("ks1",))
    make.ambassador(name="Other activity", cleared=True, activities=("workshop",))
    make.ambassador(name="Far away", cleared=True, postcode="TR1 1AA")
    make.ambassador(name="Online only", cleared=True, in_person=False)
    make.hold(make.ambassador(name="Away", cleared=True), starts_on=now.date())

    assert names(make.request(), now) == ["Fits"]


def test_a_request_in_welsh_asks_whoever_could_talk_in_it_and_one_in_english_everybody(now):
    make.ambassador(name="Welsh", cleared=True, languages=("Tamil", "Welsh"))
    make.ambassador(name="Urdu", cleared=True, languages=("Urdu",))
    make.ambassador(name="English", cleared=True)

    assert names(make.request(language="Welsh"), now) == ["Welsh"]
    assert names(make.request(mode="online", language="Welsh"), now) == ["Welsh"]
    assert names(make.request(), now) == ["Welsh", "Urdu", "English"]


def test_what_a_school_hopes_for_orders_people_and_keeps_nobody_away(now):
    make.ambassador(name="Neither", cleared=True)
    make.ambassador(name="One", cleared=True, aims=("local_jobs", "first_in_family"))
    make.ambassador(name="Both", cleared=True, aims=("local_jobs", "technical_routes"))

    found = ranked(make.request(aims="technical_routes local_jobs"), now)

    assert [(each.ambassador.full_name, each.parts["route_aim"]) for each in found] == [
        ("Both", 1.0),
        ("One", 0.5),
        ("Neither", 0.0),
    ]
    words = "Suits what the school wants pupils to take from the visit"
    assert [words in each.reasons for each in found] == [True, True, False]
    assert {each.parts["route_aim"] for each in ranked(make.request(), now)} == {0.0}


def test_of_technical_routes_speaks_who_names_one_now(now):
    person = make.ambassador(cleared=True, aims=("technical_routes",), route="degree")
    wanted = make.request(aims="technical_routes")
    assert ranked(wanted, now)[0].parts["route_aim"] == 0.0

    change_profile(ambassador=person, answers={"route": "technical"}, by=person.user, at=now)
    assert ranked(wanted, now)[0].parts["route_aim"] == 1.0


def test_online_whoever_suits_an_aim_comes_first_whatever_their_number(now, monkeypatch):
    monkeypatch.setattr(reaching, "AT_THE_DOOR", 3)
    for number in range(6):
        make.ambassador(name=f"{number}", cleared=True, aims=("small_firms",) if number > 3 else ())
    wanted = wanted_by(make.request(mode="online", aims="small_firms local_jobs"), [make.FIRST_TIME])

    found = [match.ambassador.full_name for match in rank(wanted, at=now, limit=3)]

    assert found == ["4", "5", "0"]


def test_whoever_misses_by_the_language_alone_is_told_of(now):
    make.ambassador(name="English", cleared=True)
    wanted = wanted_by(make.request(language="British Sign Language"), [make.FIRST_TIME])

    [miss] = find_near_misses(wanted, make.FIRST_TIME, limit=5, at=now)

    assert (miss.gate, miss.why_not) == (
        "language",
        "Has not said that they could talk to a class in British Sign Language.",
    )


@pytest.mark.parametrize(("km", "found"), [(153.8, ["North"]), (153.85, []), (154.3, [])])
def test_whoever_lives_as_far_away_as_anybody_travels_is_found_whatever_the_direction(now, km, found):
    school = make.school()
    person = make.ambassador(name="North", cleared=True, max_minutes=240)
    person.point = Point(school.point.lat + degrees(km / EARTH_RADIUS_KM), school.point.lon)
    person.save()
    keep_reach([person.pk])

    assert names(make.request(contact=make.contact(school=school)), now) == found


def test_a_request_online_reaches_the_far_end_of_the_country(now):
    make.ambassador(name="Far away", cleared=True, postcode="TR1 1AA")

    match = ranked(make.request(mode="online"), now)[0]

    assert (match.minutes, match.parts["nearness"]) == (0, 1.0)


class TestShortNotice:
    """The first of the two times is sooner than the school was promised (rule T-10)."""

    @pytest.fixture
    def soon(self):
        return make.request(promised_from=make.FIRST_DAY + timedelta(days=1))

    def test_asks_only_who_said_that_they_may_be_asked_so_soon(self, soon, now):
        make.ambassador(name="Not asked", cleared=True)
        make.limits(make.ambassador(name="Said other things", cleared=True), visits_a_term=3)
        make.limits(make.ambassador(name="May be asked", cleared=True), at_short_notice=True)

        found = {match.ambassador.full_name: match.times for match in ranked(soon, now)}

        both = (make.FIRST_TIME, make.SECOND_TIME)
        assert found == {"Not asked": both[1:], "Said other things": both[1:], "May be asked": both}

    def test_is_the_one_thing_that_is_told_of_whoever_did_not(self, soon, now):
        person = make.ambassador(cleared=True)
        wanted = wanted_by(soon, [make.FIRST_TIME, make.SECOND_TIME])
        said = ["Has not said that they can be asked at short notice."]

        assert why_not_asked(wanted, make.FIRST_TIME, person, at=now) == said
        assert why_not_asked(wanted, make.SECOND_TIME, person, at=now) == []
        misses = find_near_misses(wanted, make.FIRST_TIME, limit=5, at=now)
        assert [(miss.ambassador, miss.why_not) for miss in misses] == [(person, *said)]


def test_someone_busy_at_one_time_can_be_asked_for_the_other(now):
    ambassador = make.ambassador(cleared=True)
    make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED)

    match = ranked(make.request(), now)[0]

    assert match.times == (make.SECOND_TIME,)
    assert "Free at 1 of the 2 times" in match.reasons


def test_someone_busy_at_every_time_is_not_asked(now):
    ambassador = make.ambassador(cleared=True)
    make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED)
    make.visit(ambassador=ambassador, status=VisitStatus.CONFIRMED, time=make.SECOND_TIME)

    assert names(make.request(), now) == []


def test_whoever_was_asked_of_late_comes_after_who_was_not(now):
    busy, free = make.ambassador(name="A busy", cleared=True), make.ambassador(name="B free", cleared=True)
    make.offer(ambassador=busy, status=OfferStatus.SENT)

    assert names(make.request(), now) == ["B free", "A busy"]
    assert [match.parts["load"] for match in ranked(make.request(), now)] == [1.0, 0.5]
    assert free.full_name == "B free"


def test_a_clearance_that_ends_the_day_before_does_not_count(now):
    day = make.SECOND_TIME[0].date()
    make.clear(make.ambassador(name="Ends before both", status="active"), until=day - timedelta(days=2))
    make.clear(make.ambassador(name="Ends between", status="active"), until=day - timedelta(days=1))
    make.clear(make.ambassador(name="Ends after both", status="active"), until=day)

    matches = {match.ambassador.full_name: len(match.times) for match in ranked(make.request(), now)}

    assert matches == {"Ends between": 1, "Ends after both": 2}


def test_a_school_in_scotland_is_only_offered_people_with_a_linked_pvg(now):
    school = make.school(postcode="G1 1XQ", town="Glasgow")
    request = make.request(contact=make.contact(school=school))
    make.ambassador(name="Checked by DBS", cleared=True, postcode="G2 1DY")
    make.clear(make.ambassador(name="Member of PVG", status="active", postcode="G2 1DY"), body="pvg")

    assert names(request, now) == ["Member of PVG"]


def test_everybody_is_looked_at_however_many_one_statement_names(now, monkeypatch):
    for name in ("One", "Two", "Three"):
        busy = make.ambassador(name=name, cleared=True)
    make.visit(ambassador=busy, status=VisitStatus.CONFIRMED, time=make.FIRST_TIME)
    everybody = names(make.request(), now)
    monkeypatch.setattr(standings, "MOST", 1)

    assert names(make.request(), now) == everybody == ["One", "Two", "Three"]


def test_one_person_is_found_as_they_would_be_among_all(now):
    one, other = make.ambassador(name="One", cleared=True), make.ambassador(name="Two", cleared=True)
    make.ambassador(name="Far away", cleared=True, postcode="TR1 1AA")
    wanted = wanted_by(make.request(), [make.FIRST_TIME])
    everybody = rank(wanted, at=now)

    assert [rank(wanted, at=now, only=each.ambassador.pk) for each in everybody] == [[each] for each in everybody]
    assert rank(wanted, at=now, only=one.pk, without=[one.pk]) == []
    assert rank(wanted, at=now, only=other.pk + 99) == []


@pytest.mark.parametrize("people", [1, 3])
def test_ranking_takes_as_many_queries_for_one_as_for_three(now, people, django_assert_num_queries):
    request = make.request()
    wanted = wanted_by(request, [make.FIRST_TIME, make.SECOND_TIME])
    for number in range(people):
        make.ambassador(name=f"Person {number}", cleared=True)

    with django_assert_num_queries(3):
        assert len(rank(wanted, at=now)) == people


def test_whom_the_school_asks_for_again_comes_first_and_is_told_so_in_words_of_their_own(now):
    best, wanted = make.ambassador(name="A best", cleared=True), make.ambassador(name="B wanted", cleared=True)
    make.offer(ambassador=wanted, status=OfferStatus.SENT)
    request = make.request(wanted_again=wanted)

    first, second = ranked(request, now)

    assert [first.ambassador, second.ambassador] == [wanted, best]
    assert first.score < second.score
    assert first.reasons[0] == "The school asked for this person again"
    assert first.reasons_to_them[0] == "The school asked for you again"
    assert first.reasons_to_them[1:] == [*first.reasons[1:]]
    assert second.reasons_to_them == [*second.reasons]


def test_whom_the_school_asks_for_again_passes_every_gate_or_is_not_there(now):
    held = make.ambassador(name="Held", cleared=True)
    make.hold(held, starts_on=now.date(), truth="Something private")
    make.ambassador(name="Free", cleared=True)

    assert names(make.request(wanted_again=held), now) == ["Free"]


def test_why_someone_is_not_asked_is_told_by_its_class_and_no_more(now):
    held = make.ambassador(name="Held", cleared=True)
    make.hold(held, starts_on=now.date(), truth="Something private")
    lapsed = make.ambassador(name="Lapsed", status="active")
    free = make.ambassador(name="Free", cleared=True)
    wanted = wanted_by(make.request(), [make.FIRST_TIME])

    told = {
        person.full_name: why_not_asked(wanted, make.FIRST_TIME, person, at=make.NOW) for person in (held, lapsed, free)
    }

    assert told == {"Held": ["Unavailable."], "Lapsed": ["Vetting is not complete for that day."], "Free": []}


class TestWhoCameLastTime:
    """Rule 6.4: not the same person as last time for the same class, unless the school asks for them by name."""

    @pytest.fixture
    def last(self):
        """A visit of a class that took place, by Ada; Bo could go as well."""
        make.ambassador(name="Bo", cleared=True, stages=("ks2", "ks3"))
        return self.came(make.ambassador(name="Ada", cleared=True, stages=("ks2", "ks3")))

    def came(self, person, *, weeks: int = 20, status=VisitStatus.DELIVERED, contact=None, **columns):
        asked = make.request(contact=contact, status=columns.pop("request_status", RequestStatus.FULFILLED), **columns)
        time = tuple(each - timedelta(weeks=weeks) for each in make.FIRST_TIME)
        return make.visit(request=asked, ambassador=person, status=status, time=time)

    def asked(self, last, **columns):
        return make.request(contact=last.request.contact, **columns)

    def test_does_not_come_again(self, last, now):
        assert names(self.asked(last), now) == ["Bo"]

    @pytest.mark.parametrize("named", [" year 8", "YEAR 8 ", "Year 8"])
    def test_however_the_class_is_written(self, last, now, named):
        assert names(self.asked(last, year_groups=named), now) == ["Bo"]

    @pytest.mark.parametrize("columns", [{"year_groups": "Year 9"}, {"stage": "ks2"}, {"year_groups": ""}])
    def test_comes_to_another_class(self, last, now, columns):
        assert names(self.asked(last, **columns), now) == ["Bo", "Ada"]

    def test_comes_to_such_a_class_of_another_school(self, last, now):
        assert names(make.request(), now) == ["Bo", "Ada"]

    def test_comes_when_the_school_asks_for_them_by_name(self, last, now):
        assert names(self.asked(last, wanted_again=last.seats.get().ambassador), now) == ["Ada", "Bo"]

    def test_comes_when_somebody_else_came_since(self, last, now):
        self.came(make.ambassador(name="Cy", cleared=True), weeks=10, contact=last.request.contact)
        assert names(self.asked(last), now) == ["Bo", "Ada"]

    @pytest.mark.parametrize(("status", "found"), [
        (VisitStatus.CONFIRMED, ["Bo", "Ada"]), (VisitStatus.MATCHED, ["Bo", "Cy"]),
        (VisitStatus.NOT_DELIVERED, ["Bo", "Cy"]), (VisitStatus.CANCELLED_BY_SCHOOL, ["Bo", "Cy"]),
    ])  # fmt: skip
    def test_is_whoever_is_promised_to_the_class_and_not_who_did_not_come(self, last, now, status, found):
        # Four weeks before the times that are asked for now, and two weeks from today.
        cy = make.ambassador(name="Cy", cleared=True)
        self.came(cy, weeks=2, status=status, contact=last.request.contact)
        assert sorted(names(self.asked(last), now)) == sorted(found)

    def test_a_visit_after_the_times_is_no_last_time(self, last, now):
        cy = make.ambassador(name="Cy", cleared=True)
        self.came(cy, weeks=-10, status=VisitStatus.CONFIRMED, contact=last.request.contact)
        assert sorted(names(self.asked(last), now)) == ["Bo", "Cy"]

    def test_visits_of_the_same_request_are_none_either(self, last, now):
        last.request.status = RequestStatus.OPEN
        last.request.save()
        assert sorted(names(last.request, now)) == ["Ada", "Bo"]

    def test_is_told_to_a_coordinator(self, last, now):
        ada = last.seats.get().ambassador
        wanted = wanted_by(self.asked(last), [make.FIRST_TIME])
        assert why_not_asked(wanted, make.FIRST_TIME, ada, at=now) == ["Came to this class last time."]
        misses = find_near_misses(wanted, make.FIRST_TIME, limit=5, at=now)
        assert [(miss.ambassador, miss.gate) for miss in misses] == [(ada, "last_time")]


class TestWhoIsKeptApart:
    """Rule 6.4: not blocked by either side, and nobody reads that it is so."""

    @pytest.fixture
    def request_(self):
        return make.request()

    @pytest.mark.parametrize("side", Side)
    def test_is_not_found_for_the_school_and_is_for_others(self, request_, now, side):
        make.kept_apart(make.ambassador(cleared=True), school=request_.school, side=side)
        assert names(request_, now) == []
        assert names(make.request(), now) == ["Ada Engineer"]

    @pytest.mark.parametrize("side", Side)
    def test_is_no_near_miss_and_reads_like_somebody_who_is_away(self, request_, now, side):
        apart, away = make.ambassador(cleared=True), make.ambassador(cleared=True)
        make.kept_apart(apart, school=request_.school, side=side)
        make.hold(away, starts_on=now.date())
        wanted = wanted_by(request_, [make.FIRST_TIME])

        assert why_not_asked(wanted, make.FIRST_TIME, apart, at=now) == ["Unavailable."]
        assert why_not_asked(wanted, make.FIRST_TIME, away, at=now) == ["Unavailable."]
        misses = find_near_misses(wanted, make.FIRST_TIME, limit=5, at=now)
        assert [miss.ambassador for miss in misses] == [away]

    @pytest.mark.parametrize("side", Side)
    def test_is_not_found_although_the_school_asks_for_them_by_name(self, request_, now, side):
        person = make.ambassador(cleared=True)
        make.kept_apart(person, school=request_.school, side=side)
        request_.wanted_again = person
        assert names(request_, now) == []

    def test_is_not_counted_before_there_is_a_time(self, request_, now):
        make.kept_apart(make.ambassador(cleared=True), school=request_.school)
        assert how_many_for(request_, [], at=now) == 0
        assert how_many_for(make.request(), [], at=now) == 1

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_takes_no_statement_more(self, now, rows, django_assert_num_queries):
        contact = make.contact()
        request = make.request(contact=contact)
        for number in range(rows):
            make.ambassador(name=f"Free {number}", cleared=True)
            make.kept_apart(make.ambassador(cleared=True), school=contact.school)
            TestWhoCameLastTime().came(make.ambassador(cleared=True), weeks=20 + number, contact=contact)
        wanted = wanted_by(request, [make.FIRST_TIME, make.SECOND_TIME])
        with django_assert_num_queries(3):
            assert len(rank(wanted, at=now)) == 2 * rows - 1
