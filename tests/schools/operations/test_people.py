"""The staff whom a school's requests name, kept for its next one."""

from datetime import timedelta

import pytest

from schools.enums import PersonKind
from schools.models import SchoolPerson
from schools.operations.people import change_person, forget_person, remember_people
from schools.queries.people import people_named_before
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db


def remember(school, at, **words):
    named = {
        "supervising_adult": "Sam Supervisor",
        "supervising_email": "sam@school.example",
        "safeguarding_lead": "Dee Lead",
        "safeguarding_phone": "01632 960002",
    }
    remember_people(school=school, at=at, **{**named, **words})


def names(school, kind=PersonKind.SUPERVISING) -> list[tuple[str, str]]:
    return [(person.name, person.reached_at) for person in people_named_before(school)[kind]]


def test_whoever_is_named_is_kept_once_as_last_spelt_and_the_last_named_comes_first(now):
    school = make.school()
    remember(school, now)
    remember(school, now + timedelta(days=1), supervising_adult="Ray Ruler", supervising_email="ray@school.example")
    remember(school, now + timedelta(days=2), supervising_adult="SAM supervisor", supervising_email="s@school.example")

    assert names(school) == [("SAM supervisor", "s@school.example"), ("Ray Ruler", "ray@school.example")]
    assert names(school, PersonKind.SAFEGUARDING) == [("Dee Lead", "01632 960002")]
    assert names(make.school()) == []


def test_a_colleague_puts_a_person_right_and_takes_one_off(now):
    contact = make.contact()
    sam, dee = (make.person(school=contact.school, kind=kind) for kind in PersonKind)

    change_person(person=sam, name="Sam Surname", reached_at="sam@new.example", by=contact.user)
    change_person(person=dee, name="Dee Lead", reached_at="01632 960009", by=contact.user)
    assert names(contact.school) == [("Sam Surname", "sam@new.example")]
    assert names(contact.school, PersonKind.SAFEGUARDING) == [("Dee Lead", "01632 960009")]

    forget_person(person=sam, by=contact.user)
    assert names(contact.school) == []


def test_two_on_the_list_are_not_called_the_same():
    contact = make.contact()
    make.person(school=contact.school)
    other = make.person(school=contact.school, name="Ray Ruler")

    with pytest.raises(Refusal) as refusal:
        change_person(person=other, name="Sam Supervisor", reached_at="ray@school.example", by=contact.user)

    assert refusal.value.codes == ["name"]


@pytest.mark.parametrize("who", ["a stranger", "someone who waits", "someone who has left"])
def test_nobody_else_touches_the_list(who):
    person = make.person()
    user = {
        "a stranger": make.contact,
        "someone who waits": lambda: make.contact(school=person.school, approved=False),
        "someone who has left": lambda: make.contact(school=person.school, status="ended"),
    }[who]().user

    for act in (
        lambda: change_person(person=person, name="X", reached_at="x@x.example", by=user),
        lambda: forget_person(person=person, by=user),
    ):
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.codes == ["not_for_school"]
    assert not SchoolPerson.objects.visible_to(user).exists()
    assert SchoolPerson.objects.get().name == "Sam Supervisor"
