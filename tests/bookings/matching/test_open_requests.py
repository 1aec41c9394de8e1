"""A person finds just those open requests for which matching finds them: for the same times, with the same reasons."""

import random
from collections import Counter
from datetime import datetime, timedelta
from time import perf_counter

import pytest
from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from ambassadors.models import Ambassador
from bookings.eligibility import times_on_offer
from bookings.enums import OfferStatus, RequestStatus
from bookings.matching.open_requests import can_be_asked, open_requests, said_by
from bookings.matching.ranking import Match, rank, wanted_by
from bookings.matching.shortlist import match_of
from bookings.matching.wanted import Wanted
from bookings.models import PossibleTime, Request, Visit
from bookings.queries.boards import board_of
from schools.models import School
from stem.moments import day_of
from tests import make
from tests.bookings.matching.population import SCHOOLS, some_person, some_request
from tests.bookings.matching.settling import schools_been_to, settled
from tests.bookings.matching.test_oracle import SUMMER, WINTER, versions_of_the_code, with_keys

Found = dict[int, Match]


def asked_for(wanted: Wanted, pick, number: int) -> Visit:
    """The rows of such a request, open and with a seat to take; some of its times may be sooner than was promised."""
    place = {"lat": None, "lon": None} if wanted.point is None else {"lat": wanted.point.lat, "lon": wanted.point.lon}
    if wanted.school is None:
        school = make.school(name=f"School {number}", nation=wanted.nation)
        School.objects.filter(pk=school.pk).update(**place)
    else:
        school = School.objects.get(pk=wanted.school)
    contact = make.contact(school=school)
    request = make.request(
        contact=contact,
        status=RequestStatus.OPEN,
        times=tuple({times[0]: times for times in wanted.times}.values()),
        subject=wanted.subject,
        stage=wanted.stage,
        year_groups=wanted.year_groups,
        activity=wanted.activity,
        mode="online" if wanted.online else "in_person",
        people=wanted.people,
        language=wanted.language,
        aims=" ".join(sorted(wanted.aims)),
        wanted_again_id=wanted.again,
        promised_from=pick((None, day_of(wanted.times[0][0]), day_of(wanted.times[-1][0]) + timedelta(days=1))),
    )
    return make.visit(request=request)


def found_by(person: Ambassador, at: datetime) -> Found:
    """What is judged: what the person finds, with how well they suit."""
    return {each.request_id: each.match(person, at=at) for each in open_requests(person, at=at)}


def is_in_order(person: Ambassador, at: datetime) -> bool:
    openings = open_requests(person, at=at)
    matches = [each.match(person, at=at) for each in openings]
    told = [(not each.is_asked_for_again, -each.score) for each in matches]
    return told == sorted(told)


@st.composite
def worlds(draw: st.DrawFn):
    """A moment, some people, and some open requests."""

    def pick(values):
        return draw(st.sampled_from(values))

    at = pick((WINTER, SUMMER))
    people = [some_person(pick) for _each in range(draw(st.integers(min_value=1, max_value=6)))]
    requests = [some_request(pick, range(len(people)), at, range(SCHOOLS)) for _each in range(draw(st.integers(1, 5)))]
    return at, people, requests, [pick(list(OfferStatus)) for _each in requests], pick


class TestFewPeople(HypothesisTestCase):
    @settings(max_examples=min(settings.default.max_examples, 30))
    @given(worlds())
    def test_a_person_finds_the_requests_for_which_they_are_found(self, world):
        at, drawn, requests, statuses, pick = world
        with versions_of_the_code(at):
            keys = settled(drawn, at)
            visits = [
                asked_for(with_keys(each, keys, schools_been_to()), pick, number)
                for number, each in enumerate(requests)
            ]
            for visit, status in zip(visits, statuses, strict=True):
                if status != OfferStatus.ACCEPTED:
                    make.offer(visit=visit, ambassador=Ambassador.objects.get(pk=keys[0]), status=status)
            everything = list(Visit.objects.sought().select_related("request__school"))
            for person in Ambassador.objects.filter(pk__in=keys):
                matches = {each.request_id: self.match(each, person, at) for each in everything}
                assert found_by(person, at) == {pk: match for pk, match in matches.items() if match is not None}

    def match(self, visit: Visit, person: Ambassador, at: datetime) -> Match | None:
        without = board_of(visit.request).not_asked_again_for(visit)
        return match_of(visit, person.pk, without=without, at=at)


class TestManyPeople(TestCase):
    """Three hundred people and eighty requests, made once."""

    @classmethod
    def setUpTestData(cls):
        chance = random.Random(20270113)
        cls.at = WINTER
        with versions_of_the_code(cls.at):
            cls.keys = settled([some_person(chance.choice) for _each in range(300)], cls.at)
        for number in range(80):
            asked_for(some_request(chance.choice, cls.keys, cls.at, schools_been_to()), chance.choice, number)

    def test_a_person_finds_the_requests_for_which_they_are_found(self):
        found: dict[int, Found] = {key: {} for key in self.keys}
        with versions_of_the_code(self.at):
            for visit in Visit.objects.sought().select_related("request__school"):
                for match in rank(wanted_by(visit.request, times_on_offer(visit, self.at)), at=self.at):
                    found.setdefault(match.ambassador.pk, {})[visit.request_id] = match
            counted = Counter(len(each) for each in found.values())
            for person in Ambassador.objects.filter(pk__in=self.keys):
                assert found_by(person, self.at) == found[person.pk]
                assert is_in_order(person, self.at)
        # It is about something: some find none, and many more than one.
        assert counted[0] > 20
        assert sum(count for size, count in counted.items() if size > 2) > 20


@pytest.mark.django_db
def test_the_best_comes_first_and_of_those_alike_the_one_of_higher_priority(now):
    person = make.ambassador(cleared=True)
    field = make.visit(request=make.request(status=RequestStatus.OPEN, subject="mechanical_engineering")).request
    urgent, plain = make.visit().request, make.visit().request
    make.priority(plain, percentiles=(0.1,))
    make.priority(urgent, percentiles=(0.9,))
    make.priority(field, percentiles=(0.99,))
    again = make.visit(request=make.request(status=RequestStatus.OPEN, subject="mechanical_engineering",
                                            wanted_again=person)).request  # fmt: skip

    assert [each.request_id for each in open_requests(person, at=now)] == [again.pk, urgent.pk, plain.pk, field.pk]


@pytest.mark.django_db
@pytest.mark.parametrize("status", [OfferStatus.SENT, OfferStatus.DECLINED, OfferStatus.RELEASED])
def test_what_somebody_is_asked_or_has_turned_down_is_not_among_them(now, status):
    person = make.ambassador(cleared=True)
    make.offer(visit=make.visit(), ambassador=person, status=status)
    assert open_requests(person, at=now) == []


@pytest.mark.django_db
def test_what_is_filled_closed_or_past_is_not_among_them(now):
    person = make.ambassador(cleared=True)
    make.visit(ambassador=make.ambassador(cleared=True))
    make.request(status=RequestStatus.SUBMITTED)
    make.visit(request=make.request(status=RequestStatus.UNFILLED), status="unfilled")
    past = make.request(status=RequestStatus.OPEN, times=((now - timedelta(days=2), now - timedelta(days=1)),))
    make.visit(request=past)
    assert open_requests(person, at=now) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("columns", "can"), [
    ({"cleared": True}, True), ({"cleared": True, "status": "paused"}, False), ({"status": "active"}, False),
    ({}, False),
])  # fmt: skip
def test_whether_somebody_can_be_asked_at_all(now, columns, can):
    assert can_be_asked(make.ambassador(**columns), at=now) is can


@pytest.mark.django_db
def test_what_was_said_is_listed_while_somebody_is_looked_for_and_nobody_asks_them(now):
    person = make.ambassador(cleared=True)
    stands, asked = make.willing(person), make.willing(person)
    make.willing(person, withdrawn_at=now)
    make.willing(person, request=make.request(status=RequestStatus.UNFILLED))
    make.willing(make.ambassador(cleared=True))
    make.offer(visit=asked.request.visits.get(), ambassador=person)
    assert said_by(person.user) == [stands]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_finding_them_takes_as_many_queries_for_one_as_for_three(now, rows, django_assert_num_queries):
    person = make.ambassador(cleared=True)
    for _each in range(rows):
        make.visit()
    with django_assert_num_queries(4):
        assert len(open_requests(person, at=now)) == rows


@pytest.mark.django_db
def test_of_five_hundred_they_are_found_in_a_moment(now):
    person = make.ambassador(cleared=True)
    contact = make.contact()
    first = make.request(contact=contact, status=RequestStatus.OPEN, times=())
    columns = {
        each.attname: getattr(first, each.attname) for each in Request._meta.concrete_fields if each.attname != "id"
    }
    requests = Request.objects.bulk_create(Request(**columns) for _each in range(500))
    visits = Visit.objects.bulk_create(Visit(request=each, status="finding", changed_at=now) for each in requests)
    visits[0].seats.model.objects.bulk_create(visits[0].seats.model(visit=each) for each in visits)
    PossibleTime.objects.bulk_create(
        PossibleTime(
            request=each, starts_at=begins + timedelta(days=number % 60), ends_at=ends + timedelta(days=number % 60)
        )
        for number, each in enumerate(requests)
        for begins, ends in (make.FIRST_TIME, make.SECOND_TIME)
    )
    took = []
    for _each in range(5):
        began = perf_counter()
        found = open_requests(person, at=now)
        took.append(perf_counter() - began)
    assert len(found) > 400
    # Under a tenth of a second where nobody else is at work; a machine that is shared may take longer.
    assert min(took) < 0.5
