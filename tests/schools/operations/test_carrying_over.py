"""A school's people go on with it when it gets another number."""

import pytest

from schools.enums import ContactStatus, PersonKind, Register, SchoolStatus, SuccessionStatus
from schools.models import Contact, School, SchoolDomain, SchoolPerson
from schools.operations.carrying_over import carry_people_over
from schools.operations.succession import confirm_succession
from stem.accounts.roles import Role
from stem.letters.models import Letter
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return make.school(name="Beckside School", status=SchoolStatus.CLOSED)


@pytest.fixture
def new():
    return make.school(name="Beckside Academy")


def confirmed(old, new):
    return make.succession(old=old, new=new, status=SuccessionStatus.CONFIRMED)


def at_school(school):
    return {(contact.user.full_name, contact.status, contact.is_lead) for contact in school.contacts.all()}


def test_whoever_acted_for_it_acts_for_its_successor_and_the_lead_leads_there(old, new, now):
    make.contact(school=old, lead=True, user=make.user(name="Lee Leader"))
    make.contact(school=old, user=make.user(name="Carol Colleague"))
    make.contact(school=old, user=make.user(name="Dora Declined"), status=ContactStatus.DECLINED)
    pair = make.succession(old=old, new=new)
    confirm_succession(succession=pair, by=make.staff(Role.ADMINISTRATOR), at=now)
    assert at_school(new) == {("Lee Leader", "approved", True), ("Carol Colleague", "approved", False)}
    assert {status for _name, status, _lead in at_school(old)} == {"ended", "declined"}
    assert Letter.objects.filter(fact="schools.notifications.contact_approved").count() == 2


def test_what_it_kept_goes_along(old, new, now):
    make.contact(school=old)
    make.domain(school=old, domain="beck.sch.example")
    make.domain(school=new, domain="beck.sch.example")
    make.person(school=old, kind=PersonKind.SUPERVISING, name="Sam Supervisor")
    make.person(school=new, kind=PersonKind.SAFEGUARDING, name="Dee Lead")
    confirmed(old, new)
    carry_people_over(at=now)
    assert SchoolDomain.objects.filter(school=new).count() == 1
    assert set(SchoolPerson.objects.filter(school=new).values_list("name", flat=True)) == {"Sam Supervisor", "Dee Lead"}


def test_a_second_sweep_finds_nothing_to_do(old, new, now):
    make.contact(school=old)
    confirmed(old, new)
    assert (carry_people_over(at=now), carry_people_over(at=now)) == (1, 0)
    assert Letter.objects.count() == 1


def test_nobody_is_sent_to_one_of_two_successors(old, new, now):
    contact = make.contact(school=old)
    confirmed(old, new)
    confirmed(old, make.school())
    assert carry_people_over(at=now) == 0
    contact.refresh_from_db()
    assert contact.status == ContactStatus.APPROVED


@pytest.mark.parametrize(
    ("old_status", "new_status", "status"),
    [
        (SchoolStatus.OPEN, SchoolStatus.OPEN, SuccessionStatus.CONFIRMED),
        (SchoolStatus.CLOSED, SchoolStatus.CLOSED, SuccessionStatus.CONFIRMED),
        (SchoolStatus.CLOSED, SchoolStatus.OPEN, SuccessionStatus.PROPOSED),
        (SchoolStatus.CLOSED, SchoolStatus.OPEN, SuccessionStatus.DECLINED),
    ],
)
def test_people_stay_while_their_school_does_or_nobody_has_said(old_status, new_status, status, now):
    contact = make.contact(school=make.school(status=old_status))
    make.succession(old=contact.school, new=make.school(status=new_status), status=status)
    assert carry_people_over(at=now) == 0
    contact.refresh_from_db()
    assert contact.status == ContactStatus.APPROVED


def test_whom_a_person_turned_away_there_is_not_let_in_by_a_rule(old, new, now):
    contact = make.contact(school=old)
    make.contact(school=new, user=contact.user, status=ContactStatus.DECLINED)
    confirmed(old, new)
    carry_people_over(at=now)
    assert not Contact.objects.approved().filter(user=contact.user).exists()


def test_the_lead_there_stays_the_lead(old, new, now):
    make.contact(school=old, lead=True, user=make.user(name="Lee Leader"))
    make.contact(school=new, lead=True, user=make.user(name="Nora New"))
    confirmed(old, new)
    carry_people_over(at=now)
    assert at_school(new) == {("Lee Leader", "approved", False), ("Nora New", "approved", True)}


def test_a_school_entered_by_hand_gives_way_to_the_register_s(new, now):
    by_hand = make.school(register=Register.HAND)
    make.contact(school=by_hand, user=make.user(name="Tess Teacher"))
    assert by_hand in School.objects.open()
    confirmed(by_hand, new)
    carry_people_over(at=now)
    assert by_hand not in School.objects.open()
    assert new in School.objects.open()
    assert at_school(new) == {("Tess Teacher", "approved", False)}
