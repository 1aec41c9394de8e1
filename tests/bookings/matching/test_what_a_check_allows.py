"""Whom matching leaves out for their check is whom an operation would refuse, and nobody else (rules V-15, V-34)."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambassadors.assessing import Condition
from ambassadors.models import Ambassador
from bookings.eligibility import reasons_cannot_take
from bookings.enums import VisitStatus
from bookings.matching.near_misses import why_not_asked
from bookings.matching.ranking import rank, wanted_by
from tests import make

HOUR = timedelta(hours=1)
FIRST = datetime(2027, 1, 1, 10, tzinfo=UTC)
DAYS = st.integers(min_value=0, max_value=45)
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "visits": st.dictionaries(DAYS, st.sampled_from([*VisitStatus]), max_size=5),
            "own": st.dictionaries(DAYS, st.booleans(), max_size=3),
            "barred_list": st.booleans(),
            "conditions": st.frozensets(st.sampled_from(Condition), max_size=2),
        }
    ),
    min_size=1,
    max_size=2,
)
REQUESTS = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["in_person", "online"]),
        "stage": st.sampled_from(["ks2", "ks4"]),
        "activity": st.sampled_from(["careers_talk", "mentoring"]),
        "people": st.integers(min_value=1, max_value=2),
    }
)


def on(day: int, hours: int = 0) -> tuple[datetime, datetime]:
    starts_at = FIRST + timedelta(days=day, hours=hours)
    return starts_at, starts_at + HOUR


def made(contact, visits, own, barred_list, conditions) -> Ambassador:
    person = make.ambassador(status="active", stages=("ks2", "ks4"), activities=("careers_talk", "mentoring"))
    make.clear(person, barred_list=barred_list, conditions=" ".join(sorted(conditions)))
    make.hours(person)
    for day, status in visits.items():
        make.visit(contact=contact, ambassador=person, status=status, time=on(day))
    for day, is_young in own.items():
        make.own_visit(person, day=on(day)[0].date(), with_under_18s=is_young)
    return person


class TestTwins(TestCase):
    @settings(max_examples=min(settings.default.max_examples // 2, 30))
    @given(people=PEOPLE, asked=REQUESTS, days=st.lists(DAYS, min_size=1, max_size=3, unique=True))
    def test_who_is_ranked_for_a_time_is_who_could_take_it(self, people, asked, days):
        contact = make.contact()
        persons = [made(contact, **each) for each in people]
        times = [on(day, hours=4) for day in days]
        request = make.request(contact=contact, status="open", times=tuple(times), **asked)
        visit = make.visit(request=request)
        wanted = wanted_by(request, times)
        at = FIRST - timedelta(days=30)

        ranked = {(match.ambassador.pk, time) for match in rank(wanted, at=at) for time in match.times}

        could = {
            (person.pk, time)
            for person in persons
            for time in times
            if not reasons_cannot_take(person, visit, *time, at)
        }
        assert ranked == could
        told = {
            (person.pk, time) for person in persons for time in times if not why_not_asked(wanted, time, person, at=at)
        }
        assert told == could
