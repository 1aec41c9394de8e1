"""Several people let in as the first of a school in the same instant."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from schools.models import Contact
from schools.operations.contacts import approve_contact
from schools.operations.leading import end_contact, make_lead
from stem.accounts.roles import Role
from stem.rules import Refusal
from tests import make

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
]


def all_at_once(*acts) -> list[str]:
    """What became of each of these, all begun together."""
    together = Barrier(len(acts))

    def begin(act) -> str:
        together.wait()
        try:
            act()
        except Refusal as refusal:
            return refusal.codes[0]
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(begin, acts))


def test_of_four_first_people_let_in_at_once_one_leads(now):
    school, officer = make.school(), make.staff(Role.COORDINATOR)
    people = [make.contact(school=school, approved=False) for _ in range(4)]

    answers = all_at_once(*(lambda each=each: approve_contact(contact=each, by=officer, at=now) for each in people))

    assert answers == ["done"] * 4
    assert Contact.objects.approved().count() == 4
    assert Contact.objects.leading().count() == 1


def test_the_lead_handed_to_two_at_once_while_the_lead_leaves_is_held_by_one(now):
    officer, lead = make.staff(Role.COORDINATOR), make.contact(lead=True)
    first, second = make.contact(school=lead.school), make.contact(school=lead.school)

    answers = all_at_once(
        lambda: make_lead(contact=first, by=officer, at=now),
        lambda: make_lead(contact=second, by=officer, at=now),
        lambda: end_contact(contact=lead, by=officer, at=now),
    )

    assert set(answers) <= {"done", "leads_already"}
    assert Contact.objects.leading().filter(school=lead.school).count() == 1
