"""Somebody new is asked now and then, or nobody new would ever come to be known (rule E-31)."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.matching.shortlist import newcomer_to_ask, shortlist
from bookings.models import Request
from bookings.queries.sharing import week_of
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


def known(number):
    return make.ambassador(name=f"Known {number}", cleared=True, visits_delivered=2, last_visit_on=date(2026, 5, 4))


def proposed(visit):
    visit.request = Request.objects.with_willing().select_related("school").get(pk=visit.request_id)
    card = newcomer_to_ask(shortlist(visit, without=[], at=make.NOW, limit=12))
    return card and card.match.ambassador.full_name


def test_whoever_is_new_is_pointed_out_where_none_of_the_first_three_is():
    for number in range(3):
        known(number)
    make.ambassador(name="New", cleared=True, subjects=("mechanical_engineering",))

    assert proposed(make.visit()) == "New"


def test_nobody_is_pointed_out_where_one_of_the_first_three_is_new():
    for number in range(2):
        known(number)
    make.ambassador(name="New", cleared=True)
    known(3)

    assert proposed(make.visit()) is None


def test_nobody_is_pointed_out_where_nobody_is_new():
    for number in range(4):
        known(number)

    assert proposed(make.visit()) is None


def test_a_coordinator_reads_it_above_the_list():
    for number in range(3):
        known(number)
    make.ambassador(name="New Here", cleared=True, subjects=("mechanical_engineering",))
    visit = make.visit()
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)

    said = client.get(reverse("coordinate_request", args=[visit.request_id])).content.decode()

    assert "New Here, number 4, has not visited yet" in said


def test_of_a_week_the_searches_count_and_not_the_offers():
    visit = make.visit()
    make.offer(visit=visit, ambassador=known(1))
    make.offer(visit=visit, ambassador=make.ambassador(name="New", cleared=True))
    make.offer(visit=make.visit(), ambassador=known(2))

    week = week_of(None, at=make.NOW, share=40)

    assert (week.offers, week.searches, week.with_newcomer, week.newcomers_needed) == (3, 2, 1, 1)
