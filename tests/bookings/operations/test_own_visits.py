"""Visits that people arranged themselves: said once, corrected, taken back, forgotten with the person."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ambassadors.models import Ambassador
from ambassadors.operations.forgetting import forget_drafts
from bookings.enums import Mode
from bookings.models import OwnVisit
from bookings.operations.own_visits import add_own_visit, remove_own_visit
from stem.moments import day_of
from stem.nations import Nation
from stem.rules import Refusal, why_not
from tests import make

pytestmark = pytest.mark.django_db

SAID = {"day": date(2027, 1, 20), "place": "Beckside Guides", "nation": Nation.ENG, "mode": Mode.IN_PERSON}


@pytest.fixture
def person() -> Ambassador:
    return make.ambassador(cleared=True)


def add(person: Ambassador, now, **said) -> OwnVisit:
    return add_own_visit(ambassador=person, by=person.user, at=now, **{**SAID, "with_under_18s": True, **said})


def test_said_twice_it_is_on_record_once_as_it_was_said_last(person, now):
    first = add(person, now)
    again = add(person, now, place="beckside GUIDES", with_under_18s=False, nation=Nation.WLS)

    row = OwnVisit.objects.get()
    assert first.pk == again.pk == row.pk
    assert (row.place, row.with_under_18s, row.nation) == ("Beckside Guides", False, Nation.WLS)


def test_another_day_another_place_and_another_person_are_another_visit(person, now):
    add(person, now)
    add(person, now, day=date(2026, 12, 1))
    add(person, now, place="Riverside School")
    add(make.ambassador(cleared=True), now)
    assert OwnVisit.objects.count() == 4


def test_the_database_holds_it_once_as_well(person):
    make.own_visit(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.own_visit(person, place="BECKSIDE guides")


@pytest.mark.parametrize(("days", "refused"), [(-733, True), (-732, False), (732, False), (733, True)])
def test_a_day_more_than_two_years_away_is_refused(person, now, days, refused):
    refusal = why_not(add, person, now, day=day_of(now) + timedelta(days=days))
    assert (refusal.codes if refusal else []) == (["day"] if refused else [])


def test_nobody_says_it_for_somebody_else(person, now):
    stranger = make.user()
    with pytest.raises(Refusal) as refused:
        add_own_visit(ambassador=person, by=stranger, at=now, with_under_18s=True, **SAID)
    assert refused.value.codes == ["not_your_profile"]
    row = make.own_visit(person)
    with pytest.raises(Refusal) as refused:
        remove_own_visit(ambassador=person, pk=row.pk, by=stranger)
    assert refused.value.codes == ["not_your_profile"]


def test_taking_back_touches_ones_own_alone_and_twice_is_once(person):
    mine, other = make.own_visit(person), make.own_visit(make.ambassador(cleared=True))
    for pk in (mine.pk, mine.pk, other.pk):
        remove_own_visit(ambassador=person, pk=pk, by=person.user)
    assert OwnVisit.objects.get() == other


def test_it_is_forgotten_with_a_draft(now):
    draft = make.ambassador(status="draft", registered_at=now - timedelta(days=400))
    make.own_visit(draft)
    assert forget_drafts(at=now) == 1
    assert not OwnVisit.objects.exists()
