"""The table of reach is true, whoever wrote the people."""

import json
import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from ambassadors.enums import RequirementKind
from ambassadors.hours import MyTime
from ambassadors.models import Ambassador, Offering, Reach
from ambassadors.operations import departures, profile, requirements
from ambassadors.operations.applications import approve_application
from ambassadors.operations.merging import merge_people
from ambassadors.operations.separating import separate_people
from ambassadors.operations.time import say_when
from ambassadors.reach.keeping import keep_everyone, keep_reach
from stem.accounts.roles import Role
from tests import make
from tests.ambassadors.reach.true import assert_reach_is_true
from tests.architecture.source import modules

pytestmark = pytest.mark.django_db


def test_there_is_a_row_for_each_subject():
    make.ambassador(cleared=True, subjects=["physics", "chemistry"])
    assert sorted(Reach.objects.values_list("subject", flat=True)) == ["chemistry", "physics"]
    assert_reach_is_true()


@pytest.mark.parametrize(
    "answers",
    [
        {"max_minutes": 20},
        {"postcode": "YO1 9TL"},
        {"online": False},
        {"in_person": False},
        {"in_person": False, "online": False},
        {"subjects": ["physics", "geology"]},
        {"subjects": []},
        {"stages": ["ks1"]},
        {"activities": ["mentoring"]},
        {"languages": ["Welsh", "Tamil"]},
        {"full_name": "Somebody Else"},
    ],
    ids=str,
)
def test_a_changed_profile_is_found_as_it_is(answers):
    person = make.ambassador(cleared=True)
    profile.change_profile(ambassador=person, answers=answers, by=person.user, at=make.NOW)
    assert_reach_is_true()


def test_who_takes_a_break_is_not_found_until_they_are_back():
    person = make.ambassador(cleared=True)
    profile.take_a_break(ambassador=person, by=person.user, at=make.NOW)
    assert not Reach.objects.exists()
    profile.come_back(ambassador=person, by=person.user, at=make.NOW)
    assert Reach.objects.exists()
    assert_reach_is_true()


def test_who_leaves_is_not_found():
    person = make.ambassador(cleared=True)
    departures.leave_register(ambassador=person, by=person.user, at=make.NOW)
    assert not Reach.objects.exists()


def test_who_is_approved_is_found():
    person = make.ambassador(cleared=False)
    make.clear(person)
    assert not Reach.objects.exists()
    approve_application(ambassador=person, by=make.staff(Role.VETTING_OFFICER), at=make.NOW)
    assert Reach.objects.exists()
    assert_reach_is_true()


def test_what_is_recorded_and_taken_back_counts_and_counts_no_longer():
    person, officer = make.ambassador(cleared=True), make.staff(Role.VETTING_OFFICER)
    row = person.requirements.get(kind=RequirementKind.REF)
    requirements.withdraw_requirement(requirement=row, by=officer, at=make.NOW)
    assert not Reach.objects.exists()
    day = date(2026, 10, 1)
    requirements.record_requirement(
        ambassador=person, kind=RequirementKind.REF, started_on=day, by=officer, at=make.NOW
    )
    assert Reach.objects.get(subject=Reach.objects.first().subject).cleared_from == day
    assert_reach_is_true()


def test_who_may_be_asked_at_short_notice_is_found_so():
    person = make.ambassador(cleared=True)
    say_when(ambassador=person, said=MyTime(at_short_notice=True), by=person.user, at=make.NOW)
    assert Reach.objects.filter(at_short_notice=True).exists()
    assert_reach_is_true()


def test_two_records_that_become_one_are_found_as_one_and_apart_again():
    one = make.ambassador(name="Ada Byron", cleared=True, subjects=["physics"])
    other = make.ambassador(name="Ada Byron", cleared=True, subjects=["geology"], postcode="YO1 9TL")
    officer = make.staff(Role.VETTING_OFFICER)
    merge = merge_people(one=one, other=other, choices={}, by=officer, at=make.NOW)
    assert Reach.objects.values("ambassador").distinct().count() == 1
    assert_reach_is_true()
    separate_people(merge=merge, whose={}, apart=False, by=officer, at=make.NOW + timedelta(days=1))
    assert Reach.objects.values("ambassador").distinct().count() == 2
    assert_reach_is_true()


def test_the_sweep_puts_right_what_was_written_past_it():
    person = make.ambassador(cleared=True)
    make.ambassador(cleared=True)
    Ambassador.objects.filter(pk=person.pk).update(max_minutes=7)
    Offering.objects.filter(ambassador=person, kind="subject").update(code="physics")
    assert keep_everyone() == 1
    assert_reach_is_true()
    assert keep_everyone() == 0


def test_the_command_reckons_it_anew_from_nothing(capsys):
    make.ambassador(cleared=True, subjects=["physics", "chemistry"])
    rows = Reach.objects.count()
    Reach.objects.all().delete()

    call_command("rebuild_reach", "--json")
    call_command("rebuild_reach", "--json")

    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert said == [{"put_right": 1, "rows": rows}, {"put_right": 0, "rows": rows}]
    assert_reach_is_true()


def test_people_who_are_right_already_cost_a_look_and_no_writing(django_assert_num_queries):
    keys = [make.ambassador(cleared=True).pk for _number in range(20)]
    # the people held; what is kept, the people, what they offer, their limits, their requirements, and their aims
    with django_assert_num_queries(7):
        assert keep_reach(keys) == 0


# Where somebody's status, requirements, offers, limits or ways are written; whoever writes them keeps the reach.
WRITES = re.compile(
    r"LIFECYCLE\.move\(|Requirement\.objects\.create\(|withdrawn_by, \w+\.withdrawn_at ="
    r"|\bOffering\.objects\.bulk_create|\bOwnAim\.objects\.bulk_create|\blimits\.save\(|\bAmbassador\.objects\.bulk_update"
)
# What these write is of people who take no part, then or before, or are not found before it is decided.
NOT_ACTIVE = {
    "ambassadors/operations/claiming.py",
    "ambassadors/operations/declining.py",
    "ambassadors/operations/importing.py",
    "ambassadors/operations/returning.py",
}


def test_whoever_writes_what_is_found_keeps_the_reach():
    writers = [each for each in modules("ambassadors", "bookings", "quality") if WRITES.search(each.text)]
    assert {each.path for each in writers if "keep_reach(" not in each.text} == NOT_ACTIVE
