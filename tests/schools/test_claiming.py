"""How a teacher comes to act for a school."""

import pytest
from django.urls import reverse

from schools.enums import ContactStatus, SchoolStatus
from schools.models import Contact
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

SEARCH = "/schools/claim/"
ANSWERS = {"job_title": "Head of science", "phone": "01632 960123"}


def found(text: str) -> list[str]:
    page = client_of(make.user()).get(SEARCH, {"q": text})
    return [school.name for school in page.context["schools"]]


def claim(user, school, **answers):
    return client_of(user).post(reverse("claim_this_school", args=[school.pk]), {**ANSWERS, **answers})


@pytest.mark.parametrize("text", ["beckside", "Leeds academy", "LS2", "123456", "  beckside   leeds "])
def test_a_school_is_found_by_name_town_postcode_or_number(text):
    make.school(register_number="123456")
    make.school(name="Harbour School", postcode="BS1 4DJ", town="Bristol")

    assert found(text) == ["Beckside Academy"]


@pytest.mark.parametrize("text", ["", "   ", "nowhere", "x" * 101, "bad\x00byte", "%_%", "' OR 1=1 --"])
def test_words_that_find_nothing_find_nothing(text):
    make.school()

    assert found(text) == []


def test_the_way_back_from_a_school_leads_to_the_search_it_was_found_by():
    make.school()
    client = client_of(make.user())
    offered = f"{reverse('claim_this_school', args=[make.school(name='Beckside Infants').pk])}?q=beckside+leeds"

    assert f'href="{offered}"' in client.get(SEARCH, {"q": "beckside leeds"}).text
    assert client.get(offered).text.count(f'href="{SEARCH}?q=beckside+leeds"') == 2


def test_a_closed_school_is_not_offered_and_cannot_be_claimed():
    school = make.school(status=SchoolStatus.CLOSED)

    assert found("beckside") == []
    assert claim(make.user(), school).status_code == 404
    assert Contact.objects.count() == 0


def test_more_than_twenty_are_cut_short_and_said_so():
    for number in range(21):
        make.school(name=f"Beckside {number}")

    page = client_of(make.user()).get(SEARCH, {"q": "beckside"})

    assert len(page.context["schools"]) == 20
    assert "The likeliest 20 schools are shown." in page.text


def test_asking_to_act_for_a_school_leads_to_what_happens_next():
    user, school = make.user(), make.school()

    answer = claim(user, school)

    asked = Contact.objects.get()
    assert (asked.user, asked.school, asked.status) == (user, school, ContactStatus.AWAITING)
    assert (asked.job_title, asked.phone) == ("Head of science", "01632 960123")
    assert answer["Location"] == reverse("school_claimed", args=[asked.pk])
    assert "A coordinator checks now" in client_of(user).get(answer["Location"]).text


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"job_title": ""}, "job_title", "Enter your job at the school."),
        ({"phone": ""}, "phone", "Enter a phone number at the school."),
        ({"phone": "0" * 41}, "phone", "Use 40 characters or fewer for “A phone number at the school”."),
    ],
)
def test_an_answer_that_is_missing_or_too_long_asks_nothing(answers, field, words):
    page = claim(make.user(), make.school(), **answers)

    assert page.context["form"].errors == {field: [words]}
    assert Contact.objects.count() == 0


def test_asking_twice_is_one_asking():
    user, school = make.user(), make.school()
    claim(user, school)

    page = claim(user, school)

    assert page.context["form"].non_field_errors() == ["You have asked for this school already."]
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ContactStatus.AWAITING, "A coordinator checks now"),
        (ContactStatus.APPROVED, "You may ask for visits"),
        (ContactStatus.DECLINED, "You do not act for this school"),
    ],
)
def test_whoever_has_asked_sees_where_it_stands(status, words):
    contact = make.contact(status=status)
    client = client_of(contact.user)

    assert words in client.get(reverse("school_claimed", args=[contact.pk])).text
    assert [claim.pk for claim in client.get(SEARCH).context["claims"]] == [contact.pk]


def test_after_a_no_one_can_ask_again():
    contact = make.contact(status=ContactStatus.DECLINED)

    claim(contact.user, contact.school, job_title="Careers leader")

    contact.refresh_from_db()
    assert (contact.status, contact.job_title) == (ContactStatus.AWAITING, "Careers leader")


def test_what_someone_else_asked_for_does_not_exist():
    contact = make.contact(approved=False)

    assert client_of(make.contact().user).get(reverse("school_claimed", args=[contact.pk])).status_code == 404


def test_the_search_asks_as_much_for_three_schools_as_for_one(django_assert_num_queries):
    client = client_of(make.user())
    client.get(SEARCH)
    for schools in (1, 2):
        for _ in range(schools):
            make.school()
        with django_assert_num_queries(9):
            client.get(SEARCH, {"q": "beckside"})
