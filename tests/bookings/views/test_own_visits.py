"""The page on which an ambassador tells of visits that they arranged themselves."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.models import Ambassador
from bookings.held import own_visits as held_own_visits
from bookings.models import OwnVisit
from stem.moments import day_of
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Ambassador:
    return make.ambassador(cleared=True)


def in_days(days: int) -> date:
    return day_of(timezone.now()) + timedelta(days=days)


def say(person: Ambassador, day: date, **answers):
    said = {
        "day_0": day.day,
        "day_1": day.month,
        "day_2": day.year,
        "place": "Beckside Guides",
        "nation": "england",
        "mode": "in_person",
        "who": "young",
        **answers,
    }
    return client_of(person.user).post(reverse("own_visits"), said, follow=True)


def page(person: Ambassador) -> str:
    return client_of(person.user).get(reverse("own_visits")).content.decode()


def test_the_home_page_leads_there(person):
    assert reverse("own_visits") in client_of(person.user).get(reverse("ambassador_home")).content.decode()


def test_a_visit_is_added_listed_and_taken_off_again(person):
    said = say(person, in_days(9)).content.decode()
    assert "Added. Thank you for telling us." in said
    assert "Beckside Guides" in said and "In person, with under-18s" in said

    row = OwnVisit.objects.get()
    address = reverse("remove_own_visit", args=[row.pk])
    for _ in range(2):
        assert "Taken off the list." in client_of(person.user).post(address, follow=True).content.decode()
    assert not OwnVisit.objects.exists()


def test_pressed_twice_it_is_there_once(person):
    for _ in range(2):
        say(person, in_days(9), who="adults", mode="online")
    assert "Live online, adults only" in page(person)
    assert OwnVisit.objects.count() == 1


def test_home_is_the_nation_that_is_asked_about_first():
    person = make.ambassador(cleared=True, postcode="G2 1DY")
    response = client_of(person.user).get(reverse("own_visits"))
    assert response.context["form"]["nation"].value() == "scotland"


@pytest.mark.parametrize("missing", ["place", "nation", "mode", "who"])
def test_every_question_wants_an_answer(person, missing):
    response = say(person, in_days(9), **{missing: ""})
    assert list(response.context["form"].errors) == [missing]


def test_a_day_far_away_is_refused_beside_its_field(person):
    response = say(person, in_days(800))
    assert response.context["form"].errors == {"day": ["Give a date within two years from today, before or after."]}


def test_somebody_whose_days_are_too_many_learns_of_the_first_such_day(person):
    for days in (3, 5, 7):
        say(person, in_days(days))
    assert "More than 3 days within 30" not in page(person)
    say(person, in_days(10))
    assert "More than 3 days within 30" in page(person)


def test_with_the_barred_list_no_day_is_too_many():
    person = make.ambassador(status="active")
    make.clear(person, barred_list=True)
    for days in (3, 5, 7, 10):
        say(person, in_days(days))
    assert "More than 3 days within 30" not in page(person)


def test_nobody_reads_or_takes_off_another_s(person):
    row = make.own_visit(person, place="Somebody Else’s Guides")
    other = make.ambassador(cleared=True)
    assert "Somebody Else’s Guides" not in page(other)
    client_of(other.user).post(reverse("remove_own_visit", args=[row.pk]))
    assert OwnVisit.objects.filter(pk=row.pk).exists()


def test_what_we_hold_tells_of_them(person, now):
    make.own_visit(person, day=date(2027, 2, 10))
    make.own_visit(make.ambassador(cleared=True))
    section = held_own_visits(person.user, now)
    assert section.listed is not None
    assert section.listed.rows == [["Wednesday 10 February 2027", "Beckside Guides", "Yes"]]
