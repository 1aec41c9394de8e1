"""Is this person bookable on this day (rules 1.2, V-05, V-11)."""

from datetime import date, timedelta

import pytest

from ambassadors.eligibility import bookable, reasons_not_bookable
from ambassadors.enums import AmbassadorStatus, HoldKind, RequirementKind
from ambassadors.models import Requirement
from stem.nations import Nation
from stem.rules import Audience, Refusal
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2027, 2, 10)


def codes(person, day=DAY, nation=Nation.ENG) -> list[str]:
    return [reason.code for reason in reasons_not_bookable(person, day, nation)]


def test_a_cleared_active_person_is_bookable():
    assert codes(make.ambassador(cleared=True)) == []


def test_valid_today_but_not_on_the_day_is_not_bookable():
    person = make.ambassador(status="active")
    make.clear(person, until=DAY - timedelta(days=1))

    assert codes(person, DAY - timedelta(days=1)) == []
    assert codes(person, DAY) == [kind.value for kind in RequirementKind]


def test_renewing_one_requirement_leaves_exactly_the_other_missing():
    person = make.ambassador(cleared=True)
    Requirement.objects.filter(ambassador=person, kind="SAFEG").update(valid_until=DAY - timedelta(days=1))

    assert codes(person) == ["SAFEG"]


def test_a_check_counts_only_once_a_second_person_has_confirmed_it():
    person = make.ambassador(cleared=True)
    Requirement.objects.filter(ambassador=person, kind="CRC").update(confirmed_by=None, confirmed_at=None)

    assert codes(person) == ["CRC"]


def test_a_visit_in_scotland_needs_pvg_without_exception():
    person = make.ambassador(cleared=True)

    assert codes(person, nation=Nation.SCO) == ["PVG"]
    assert not bookable(DAY, Nation.SCO).exists()


def test_a_hold_speaks_three_ways():
    person = make.ambassador(cleared=True)
    make.hold(person, kind=HoldKind.SAFEGUARDING, starts_on=DAY, truth="Allegation of 3 May")
    refusal = Refusal(*reasons_not_bookable(person, DAY, Nation.ENG))

    assert refusal.told_to(Audience.ENTITLED) == "On hold: Allegation of 3 May."
    assert refusal.told_to(Audience.COORDINATOR) == "Unavailable"
    assert refusal.told_to(Audience.EVERYONE) == "We need to find a different ambassador."


@pytest.mark.parametrize("status", AmbassadorStatus.values)
@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("lapsed", [None, *RequirementKind])
def test_the_set_and_the_single_answer_agree(status, held, lapsed):
    person = make.ambassador(cleared=True, status=status)
    Requirement.objects.filter(ambassador=person, kind=lapsed).update(valid_until=DAY - timedelta(days=1))
    if held:
        make.hold(person, starts_on=DAY, ends_on=DAY)

    for day in (DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)):
        assert bookable(day, Nation.ENG).filter(pk=person.pk).exists() == (codes(person, day) == [])
