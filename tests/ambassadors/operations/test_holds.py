"""Said twice, a hold or a time away is one."""

from datetime import timedelta

import pytest

from ambassadors.enums import HoldKind
from ambassadors.models import Hold
from ambassadors.operations.holds import lift_hold, set_hold
from ambassadors.operations.profile import go_away
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.moments import day_of
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


def hold(person, officer, now, **said) -> Hold:
    told = {"kind": HoldKind.QUALITY, "truth": "Two late arrivals", "starts_on": day_of(now), **said}
    return set_hold(ambassador=person, by=officer, at=now, **told)


def test_a_hold_set_twice_is_one_and_another_reason_is_another(now):
    person, officer = make.ambassador(cleared=True), make.staff(Role.VETTING_OFFICER)

    assert hold(person, officer, now) == hold(person, officer, now)
    hold(person, officer, now, truth="Unkind words")

    assert Hold.objects.count() == Entry.objects.filter(action="hold.set").count() == 2


def test_a_hold_that_was_lifted_can_be_set_again(now):
    person, officer = make.ambassador(cleared=True), make.staff(Role.VETTING_OFFICER)
    first = hold(person, officer, now)
    lift_hold(hold=first, by=officer, at=now)

    assert hold(person, officer, now) != first


def test_the_same_days_away_are_told_once(now):
    person = make.ambassador(cleared=True)
    days = {"starts_on": day_of(now), "ends_on": day_of(now) + timedelta(days=3)}

    for _ in range(2):
        go_away(ambassador=person, by=person.user, at=now, **days)

    assert person.holds.count() == 1


def test_what_was_deleted_meanwhile_is_refused_in_words(now):
    person = make.ambassador(status="draft")
    stale = type(person).objects.get(pk=person.pk)
    person.delete()

    with pytest.raises(Refusal) as refused:
        go_away(ambassador=stale, starts_on=day_of(now), ends_on=day_of(now), by=stale.user, at=now)
    assert refused.value.codes == ["gone"]
