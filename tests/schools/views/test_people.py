"""The page of a school's people, and the pages that change them."""

import pytest
from django.urls import reverse

from schools.enums import ContactStatus, PersonKind
from schools.models import Contact, SchoolDomain, SchoolPerson
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make.contact(lead=True, user=make.user(name="Lee Leader"))


def page(contact) -> str:
    return client_of(contact.user).get(reverse("school_people")).text


def press(contact, page: str, row, **words) -> str:
    return client_of(contact.user).post(reverse(page, args=[row.pk]), words, follow=True).text


def test_everyone_at_the_school_reads_who_acts_for_it_and_whom_it_names(lead):
    colleague = make.contact(school=lead.school, user=make.user(name="Carol Colleague"))
    make.contact(school=lead.school, user=make.user(name="Wanda Waiting"), approved=False)
    make.contact(school=lead.school, user=make.user(name="Dora Declined"), status=ContactStatus.DECLINED)
    make.contact(user=make.user(name="Stan Stranger"))
    make.person(school=lead.school)
    make.person(name="Else Where")

    for who, may in ((lead, True), (colleague, False)):
        said = page(who)
        for words in ("Lee Leader", "Carol Colleague", "Wanda Waiting", "Asks to join", "Sam Supervisor"):
            assert words in said
        for words in ("Dora Declined", "Stan Stranger", "Else Where"):
            assert words not in said
        assert ("Let in" in said.replace("Let in only", ""), "Hand over the lead" in said) == (may, may)


def test_the_lead_lets_a_colleague_in_and_turns_another_away(lead):
    first, second = (make.contact(school=lead.school, approved=False) for _ in range(2))

    assert "may act for Beckside Academy now" in press(lead, "approve_colleague", first)
    assert "Say no to Tess Teacher?" in client_of(lead.user).get(reverse("decline_colleague", args=[second.pk])).text
    assert "Declined: Tess Teacher" in press(lead, "decline_colleague", second)

    assert [each.status for each in Contact.objects.order_by("pk")][1:] == ["approved", "declined"]


def test_the_lead_hands_the_lead_over_after_being_asked(lead):
    colleague = make.contact(school=lead.school)

    assert "you no longer can" in client_of(lead.user).get(reverse("hand_over_lead", args=[colleague.pk])).text
    assert "leads at your school now" in press(lead, "hand_over_lead", colleague)

    assert Contact.objects.leading().get() == colleague


@pytest.mark.parametrize("name", ["approve_colleague", "decline_colleague", "hand_over_lead", "end_colleague"])
def test_a_colleague_is_sent_to_the_page_that_says_who_leads(name, lead):
    colleague = make.contact(school=lead.school)
    row = make.contact(school=lead.school, approved=name not in ("approve_colleague", "decline_colleague"))

    answer = client_of(colleague.user).post(reverse(name, args=[row.pk]))

    assert answer["Location"] == reverse("school_people")
    assert set(Contact.objects.values_list("pk", "status")) == {
        (lead.pk, "approved"),
        (colleague.pk, "approved"),
        (row.pk, row.status),
    }


@pytest.mark.parametrize("name", ["approve_colleague", "decline_colleague", "hand_over_lead", "end_colleague"])
def test_people_of_another_school_do_not_exist(name, lead):
    row = make.contact(approved=name not in ("approve_colleague", "decline_colleague"))

    assert client_of(lead.user).post(reverse(name, args=[row.pk])).status_code == 404


@pytest.mark.parametrize(
    ("kind", "reached_at", "wrong", "words"),
    [
        (
            PersonKind.SUPERVISING,
            "sam@new.example",
            "no address",
            "Enter an e-mail address in full, such as name@people.example.",
        ),
        (PersonKind.SAFEGUARDING, "01632 960009", "", "Enter phone number."),
    ],
)
def test_a_person_is_put_right_and_taken_off_the_list(kind, reached_at, wrong, words, lead):
    person = make.person(school=lead.school, kind=kind)

    assert words in press(lead, "change_school_person", person, name="Sam New", reached_at=wrong)
    assert "Kept for your next request" in press(
        lead, "change_school_person", person, name="Sam New", reached_at=reached_at
    )
    person.refresh_from_db()
    assert (person.name, person.reached_at) == ("Sam New", reached_at)

    assert (
        "Take Sam New off the list?" in client_of(lead.user).get(reverse("forget_school_person", args=[person.pk])).text
    )
    assert "Sam New is off the list." in press(lead, "forget_school_person", person)
    assert not SchoolPerson.objects.exists()


@pytest.mark.parametrize("name", ["change_school_person", "forget_school_person"])
def test_another_school_s_person_does_not_exist(name, lead):
    assert client_of(lead.user).post(reverse(name, args=[make.person().pk])).status_code == 404


def officer_client():
    return client_of(make.staff(Role.COORDINATOR), second_factor=True)


def test_a_coordinator_approves_and_lets_in_others_by_a_tick():
    contact = make.contact(approved=False, user=make.user(email="t@brook.sch.uk"))
    client = officer_client()

    assert "Let others with @brook.sch.uk in without asking us" in client.get(reverse("contacts")).text
    client.post(reverse("approve_contact", args=[contact.pk]), {"verify_their_domain": "on"})

    assert SchoolDomain.objects.get().domain == "brook.sch.uk"


def test_no_tick_is_offered_for_an_address_that_anyone_could_have():
    make.contact(approved=False, user=make.user(email="t@gmail.com"))

    assert "without asking us" not in officer_client().get(reverse("contacts")).text


def test_a_coordinator_adds_a_domain_and_takes_it_away(lead):
    client, add = officer_client(), reverse("add_school_domain", args=[lead.school_id])

    assert "Anyone could have an address at gmail.com." in client.post(add, {"domain": "GMAIL.com"}).text
    assert "let in at once" in client.post(add, {"domain": "@Brook.sch.uk"}, follow=True).text
    domain = SchoolDomain.objects.get()
    said = client.post(reverse("remove_school_domain", args=[domain.pk]), follow=True).text

    assert "@brook.sch.uk lets nobody in any more." in said
    assert not SchoolDomain.objects.exists()


def test_a_coordinator_says_who_leads(lead):
    colleague = make.contact(school=lead.school)

    officer_client().post(reverse("make_lead", args=[colleague.pk]))

    assert Contact.objects.leading().get() == colleague


def test_whoever_waits_is_told_who_looks_and_not_by_name(lead):
    contact = make.contact(school=lead.school, approved=False)
    said = client_of(contact.user).get(reverse("school_claimed", args=[contact.pk])).text

    assert "Your school’s lead looks now" in said
    assert "Lee Leader" not in said and lead.user.email not in said


def test_a_claim_with_the_school_s_address_opens_the_school_at_once():
    school = make.domain(domain="brook.sch.uk").school
    client = client_of(make.user(email="t@brook.sch.uk"))

    said = client.post(
        reverse("claim_this_school", args=[school.pk]), {"job_title": "Teacher", "phone": "01632 960001"}, follow=True
    ).text

    assert "You may ask for visits" in said
    assert client.get(reverse("school_home")).status_code == 200
