"""Is this person bookable on this day (rules 1.2, V-05, V-11)."""

from datetime import date, timedelta

import pytest
from django.db.models import DateField, OuterRef, Value
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambassadors import conduct
from ambassadors.eligibility import bookable, reasons_not_bookable, requirements_met
from ambassadors.enums import AmbassadorStatus, CheckBody, HoldKind, RequirementKind
from ambassadors.models import Ambassador, Hold, Requirement
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


@pytest.mark.parametrize("status", ["draft", "imported", "vetting", "active", "paused", "declined", "left"])
@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("lapsed", [None, *RequirementKind])
def test_the_set_and_the_single_answer_agree(status, held, lapsed):
    person = make.ambassador(cleared=True, status=status)
    Requirement.objects.filter(ambassador=person, kind=lapsed).update(valid_until=DAY - timedelta(days=1))
    if held:
        make.hold(person, starts_on=DAY, ends_on=DAY)

    for day in (DAY - timedelta(days=1), DAY, DAY + timedelta(days=1)):
        assert bookable(day, Nation.ENG).filter(pk=person.pk).exists() == (codes(person, day) == [])


ONE = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(RequirementKind),
        "body": st.sampled_from(CheckBody),
        "starts": st.integers(-3, 1),
        "ends": st.one_of(st.none(), st.integers(-1, 2)),
        "is_confirmed": st.booleans(),
        "is_withdrawn": st.booleans(),
    }
)


class TestTwins(TestCase):
    """Whatever is on record, and whatever holds stand: everyone asked for at once or one alone, it is the same."""

    @given(
        missing=st.sets(st.sampled_from(RequirementKind), max_size=2),
        rows=st.lists(ONE, max_size=4),
        body=st.sampled_from(CheckBody),
        holds=st.lists(st.tuples(st.integers(-2, 2), st.integers(0, 2), st.booleans()), max_size=2),
        versions=st.lists(st.integers(-40, -20), max_size=2, unique=True),
    )
    def test_the_set_and_the_single_answer_agree(self, missing, rows, body, holds, versions):
        with pytest.MonkeyPatch.context() as patch:
            newer = sorted(DAY + timedelta(days=days) for days in versions)
            patch.setattr(conduct, "VERSIONS", (date(2026, 9, 1), *newer))
            person = make.ambassador(cleared=True, status=AmbassadorStatus.ACTIVE)
            put_on_record(person, missing, rows, body, holds)
            for day in (DAY + timedelta(days=number) for number in range(-2, 3)):
                for nation in (Nation.ENG, Nation.SCO):
                    told = codes(person, day, nation)
                    mine = bookable(day, nation).filter(pk=person.pk)
                    assert mine.exists() == (told == [])
                    lacks = [code for code in told if code not in ("hold", "not_active")]
                    assert by_column(person, day, nation) == (lacks == [])


def put_on_record(person, missing, rows, body, holds) -> None:
    """What is wanted of this person's record, beside all that they have."""
    mine = Requirement.objects.filter(ambassador=person)
    mine.filter(kind=RequirementKind.CRC).update(body=body)
    mine.filter(kind__in=missing).update(valid_until=DAY - timedelta(days=1))
    officer, second = make.user(), make.user()
    for row in rows:
        starts_on, ends = DAY + timedelta(days=row["starts"]), row["ends"]
        is_check = row["kind"] is RequirementKind.CRC
        made = make.requirement(
            person,
            kind=row["kind"],
            body=row["body"] if is_check else "",
            started_on=starts_on,
            valid_until=None if ends is None else max(starts_on, DAY + timedelta(days=ends)),
            recorded_by=officer,
            confirmed_by=second if is_check and row["is_confirmed"] else None,
        )
        if row["is_withdrawn"]:
            Requirement.objects.filter(pk=made.pk).update(withdrawn_by=officer, withdrawn_at=make.NOW)
    for starts, days, is_lifted in holds:
        starts_on = DAY + timedelta(days=starts)
        held = make.hold(person, starts_on=starts_on, ends_on=starts_on + timedelta(days=days))
        if is_lifted:
            Hold.objects.filter(pk=held.pk).update(lifted_by=officer, lifted_at=make.NOW)


def by_column(person, day: date, nation: Nation) -> bool:
    """Whether every requirement is met, asked for the day that a column holds."""
    on_day = Value(day, output_field=DateField())
    people = Ambassador.objects.annotate(on_day=on_day).filter(requirements_met(OuterRef("on_day"), nation))
    return people.filter(pk=person.pk).exists()


def test_all_that_may_be_booked_are_found_in_one_query(django_assert_num_queries):
    people = [make.ambassador(cleared=True) for _ in range(3)]
    with django_assert_num_queries(1):
        assert list(bookable(DAY, Nation.ENG).order_by("pk")) == people
