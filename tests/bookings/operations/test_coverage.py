"""How schools are reached, reckoned each night: what counts, of which school, and on which day."""

from datetime import UTC, datetime, timedelta

import pytest

from bookings.enums import VisitStatus
from bookings.models import Coverage
from bookings.operations.coverage import reckon_coverage
from schools.enums import SchoolStatus
from tests import make

pytestmark = pytest.mark.django_db


def came(school, *, days: int, status: VisitStatus = VisitStatus.DELIVERED) -> None:
    """Somebody was there so many days ago."""
    start = make.NOW - timedelta(days=days)
    contact = make.contact(school=school)
    made = make.visit(request=make.request(contact=contact, status="fulfilled"), status=VisitStatus.FINDING)
    type(made).objects.filter(pk=made.pk).update(
        status=status, starts_at=start, ends_at=start + timedelta(hours=1), supervising_adult="Sam"
    )


def reckoned(school) -> Coverage:
    reckon_coverage(at=make.NOW)
    return Coverage.objects.get(school=school)


def test_only_visits_that_took_place_count_each_in_its_time():
    school = make.school()
    for days in (10, 400, 1200):
        came(school, days=days)
    for status in (VisitStatus.CONFIRMED, VisitStatus.CANCELLED_BY_SCHOOL, VisitStatus.NOT_DELIVERED):
        came(school, days=5, status=status)

    found = reckoned(school)
    assert (found.last_on, found.visits, found.year_visits) == ((make.NOW - timedelta(days=10)).date(), 2, 1)


def test_the_visits_of_the_schools_that_it_follows_are_its_own():
    oldest, old, new = (make.school(name=name) for name in ("Oldest", "Old", "New"))
    for before, after in ((oldest, old), (old, new)):
        make.succession(old=before, new=after, status="confirmed")
        type(before).objects.filter(pk=before.pk).update(status=SchoolStatus.CLOSED)
    came(oldest, days=900)
    came(old, days=20)

    found = reckoned(new)
    assert (found.visits, found.year_visits) == (2, 1)
    assert not Coverage.objects.filter(school__in=[oldest, old]).exists()


def test_the_order_is_reckoned_from_pupils_people_and_size():
    near, far = make.school(roll=1000), make.school(name="Far", postcode="TR1 2SJ", roll=None)
    for _number in range(3):
        make.ambassador(cleared=True, postcode="LS2 9JT")
    make.disadvantage(near, percentile=0.6)

    assert (reckoned(near).score, reckoned(far).score) == (0.5, 0.65)
    assert (Coverage.objects.get(school=near).minutes, Coverage.objects.get(school=far).minutes) == (0, 60)


def test_a_school_without_a_place_is_reckoned_without_a_way():
    school = make.school()
    type(school).objects.update(lat=None, lon=None)
    assert reckoned(school).minutes is None


def test_it_is_reckoned_once_a_day_and_forgotten_when_it_closes():
    school = make.school()
    assert [reckon_coverage(at=make.NOW), reckon_coverage(at=make.NOW)] == [1, 0]
    came(school, days=3)
    assert reckon_coverage(at=datetime(2027, 1, 13, 0, 5, tzinfo=UTC)) == 1
    assert Coverage.objects.get().visits == 1

    type(school).objects.update(status=SchoolStatus.CLOSED)
    assert reckon_coverage(at=make.NOW + timedelta(days=2)) == 0
    assert not Coverage.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_however_many_schools(rows, django_assert_num_queries):
    for _number in range(rows):
        came(make.school(), days=3)
    # homes; a portion and the one after it; the transaction, its schools, who follows whom, visits, percentiles, rows
    with django_assert_num_queries(11):
        reckon_coverage(at=make.NOW)
