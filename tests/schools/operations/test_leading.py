"""Leading at a school, passing it on, and stopping."""

import pytest
from django.db import IntegrityError, connection, transaction

from schools.enums import ContactStatus
from schools.models import Contact
from schools.operations.leading import ask_to_leave, end_contact, make_lead, stay
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make.contact(lead=True)


@pytest.fixture
def colleague(lead):
    return make.contact(school=lead.school)


def leads() -> list[Contact]:
    return list(Contact.objects.leading())


def test_the_lead_hands_the_lead_to_a_colleague(lead, colleague, now):
    make_lead(contact=colleague, by=lead.user, at=now)

    assert leads() == [colleague]
    assert [event.kind for event in lead.events.all()] == ["stop_leading"]
    assert [event.kind for event in colleague.events.all()] == ["lead"]
    assert Letter.objects.get().recipient == colleague.user


def test_a_coordinator_says_who_leads_where_nobody_does(now):
    contact = make.contact()

    make_lead(contact=contact, by=make.staff(Role.COORDINATOR), at=now)

    assert leads() == [contact]


def test_who_leads_is_not_for_a_colleague_to_say(lead, colleague, now):
    with pytest.raises(Refusal) as refusal:
        make_lead(contact=colleague, by=colleague.user, at=now)

    assert (refusal.value.codes, leads()) == (["not_lead"], [lead])


def test_only_a_colleague_who_acts_for_the_school_can_lead(lead, now):
    waiting = make.contact(school=lead.school, approved=False)
    for contact, code in ((waiting, "state"), (lead, "leads_already")):
        with pytest.raises(Refusal) as refusal:
            make_lead(contact=contact, by=lead.user, at=now)
        assert refusal.value.codes == [code]
    assert leads() == [lead]


def test_when_the_lead_goes_the_successor_leads(lead, colleague, now):
    chosen = make.contact(school=lead.school)

    end_contact(contact=lead, successor=chosen, by=lead.user, at=now)

    assert leads() == [chosen]
    assert [(event.kind, event.by) for event in chosen.events.all()] == [("lead", None)]


def test_without_a_successor_whoever_has_acted_longest_leads(lead, now):
    make.contact(school=lead.school, asked_at=now)
    longest = make.contact(school=lead.school)
    make.contact(school=lead.school, approved=False)

    end_contact(contact=lead, by=lead.user, at=now)

    assert leads() == [longest]


def test_the_last_to_go_leaves_nobody_leading(lead, now):
    end_contact(contact=lead, by=lead.user, at=now)

    lead.refresh_from_db()
    assert (lead.status, lead.is_lead, leads()) == (ContactStatus.ENDED, False, [])
    assert not Letter.objects.exists()


def test_the_lead_ends_a_colleague_s_part_and_they_are_told(lead, colleague, now):
    end_contact(contact=colleague, by=lead.user, at=now)

    colleague.refresh_from_db()
    assert colleague.status == ContactStatus.ENDED
    assert Letter.objects.get().recipient == colleague.user


def test_a_colleague_ends_nobody_else_s_part(lead, colleague, now):
    with pytest.raises(Refusal) as refusal:
        end_contact(contact=lead, by=colleague.user, at=now)

    assert (refusal.value.codes, leads()) == (["not_lead"], [lead])


@pytest.mark.parametrize("who", ["themselves", "someone at another school", "someone who waits"])
def test_the_successor_acts_for_the_same_school(who, lead, now):
    successor = {
        "themselves": lambda: lead,
        "someone at another school": make.contact,
        "someone who waits": lambda: make.contact(school=lead.school, approved=False),
    }[who]()

    with pytest.raises(Refusal) as refusal:
        end_contact(contact=lead, successor=successor, by=lead.user, at=now)

    assert refusal.value.codes == ["successor"]


def test_asking_to_leave_twice_is_asking_once_and_can_be_taken_back(lead, now):
    for act in (ask_to_leave, ask_to_leave, stay, stay):
        act(contact=lead, by=lead.user, at=now)

    lead.refresh_from_db()
    assert lead.wants_to_leave_at is None
    assert [event.kind for event in lead.events.all()] == ["ask_to_leave", "stay"]


def test_nobody_asks_to_leave_for_someone_else(lead, colleague, now):
    with pytest.raises(Refusal) as refusal:
        ask_to_leave(contact=colleague, by=lead.user, at=now)

    assert refusal.value.codes == ["not_yours"]


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        ("UPDATE schools_contact SET is_lead = true WHERE id = %s", "one_lead_per_school"),
        ("UPDATE schools_contact SET is_lead = true, status = 'ended' WHERE id = %s", "only_who_acts_for_a_school"),
    ],
)
def test_the_database_itself_keeps_one_lead_who_acts_for_the_school(change, promise, lead, colleague):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change, [colleague.pk])
    assert leads() == [lead]
