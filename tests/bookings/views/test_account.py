"""The page of one's own account, for every kind of person, and the ways out that start there."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus, CheckBody
from ambassadors.models import Ambassador
from bookings.enums import VisitStatus
from bookings.models import Visit
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.letters.choices import unwanted_by
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db
DETAILS = {"full_name": "Zed New", "known_as": "", "phone": "", "language": "cy"}


def page(client: Client, name: str, *args: int) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def several() -> User:
    user = make.staff(Role.COORDINATOR)
    make.ambassador(user=user, cleared=True)
    make.contact(user=user)
    return user


@pytest.mark.parametrize(
    ("who", "ways_out"),
    [
        (make.user, {"close_account"}),
        (lambda: make.ambassador(cleared=True).user, {"leave_scheme"}),
        (lambda: make.contact().user, {"leave_school"}),
        (lambda: make.contact(approved=False).user, {"close_account"}),
        (lambda: make.staff(Role.ADMINISTRATOR), set()),
        (several, {"leave_scheme", "leave_school"}),
        (lambda: make.ambassador(status=AmbassadorStatus.LEFT).user, {"close_account"}),
    ],
    ids=["nobody yet", "ambassador", "teacher", "waiting teacher", "staff", "several at once", "gone"],
)
def test_everyone_finds_the_ways_out_that_are_theirs(who, ways_out):
    shown = page(client_of(who()), "my_account")
    ways = {name for name in ("leave_scheme", "leave_school", "close_account") if f'href="{reverse(name)}"' in shown}
    assert ways == ways_out
    assert all(f'id="{each}"' in shown for each in ("details", "letters", "calendar", "held", "leave"))


def test_details_are_changed_once_for_both_and_the_language_is_kept():
    person = make.ambassador(name="Ada Engineer", cleared=True)
    client = client_of(person.user)
    assert client.post(reverse("my_account"), DETAILS).status_code == 302
    assert Ambassador.objects.get(pk=person.pk).full_name == "Zed New"
    assert User.objects.get(pk=person.user_id).language == "cy"


@pytest.mark.parametrize(
    "wrong",
    [
        {"full_name": "   "},
        {"full_name": "x" * 151},
        {"phone": "0" * 41},
        {"language": "xx"},
        {"full_name": "Zed\x00"},
        {"email": "thief@elsewhere.example", "is_staff": "on", "language": ""},
    ],
    ids=["no name", "long name", "long phone", "unknown language", "null byte", "what is not asked"],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_changes_nothing(wrong):
    person = make.ambassador(name="Ada Engineer", cleared=True)
    before = User.objects.filter(pk=person.user_id).values().get()
    response = client_of(person.user).post(reverse("my_account"), {**DETAILS, **wrong})
    assert (response.status_code, "There is a problem" in response.content.decode()) == (200, True)
    after = User.objects.filter(pk=person.user_id).values().get()
    assert {**after, "last_login": None} == {**before, "last_login": None}


def test_letters_are_chosen_by_ticking_and_none_ticked_is_a_choice():
    user = make.ambassador(cleared=True).user
    client = client_of(user)
    shown = page(client, "letters_wanted")
    assert "A school asks for you" in shown and "A colleague has joined your school" not in shown
    client.post(reverse("letters_wanted"), {"wanted": ["receipts"]})
    assert unwanted_by(user) == {"offer_news"}
    client.post(reverse("letters_wanted"), {})
    assert unwanted_by(user) == {"offer_news", "receipts"}
    assert re.findall(r"<input[^>]* checked", page(client, "letters_wanted")) == []


@pytest.mark.parametrize("word", ["offers", "school_news", "nonsense"])
def test_what_is_always_sent_or_is_not_one_s_own_cannot_be_chosen(word):
    user = make.ambassador(cleared=True).user
    response = client_of(user).post(reverse("letters_wanted"), {"wanted": [word]})
    assert (response.status_code, unwanted_by(user)) == (200, set())


def test_the_feed_is_replaced_with_one_press_and_one_is_back_on_the_same_page():
    client = client_of(make.contact().user)
    before = page(client, "my_account").partition('id="feed-address">')[2].partition("<")[0]
    response = client.post(reverse("replace_feed"), {"kind": "visits", "version": "1", "from_account": "yes"})
    assert (response.status_code, response["Location"]) == (302, reverse("my_account"))
    after = page(client, "my_account").partition('id="feed-address">')[2].partition("<")[0]
    assert after != before
    old, new = (f"/{address.split('/', 3)[3]}" for address in (before, after))
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)


def test_leaving_asks_first_with_what_would_be_lost_and_looking_changes_nothing(clock_stands_still):
    person = make.ambassador(cleared=True)
    make.clear(person, body=CheckBody.PVG)
    visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    make.offer(ambassador=person)
    shown = page(client_of(person.user), "leave_scheme")
    for words in (
        str(visit.request.school),
        "1 promised visit is given back",
        "1 offer that waits",
        "6 years",
        "28 days",
    ):
        assert words in shown
    assert Visit.objects.get(pk=visit.pk).status == VisitStatus.CONFIRMED


def test_leaving_needs_no_reason_and_leaves_one_signed_in(clock_stands_still):
    person = make.ambassador(cleared=True)
    client = client_of(person.user)
    shown = client.post(reverse("leave_scheme"), {}, follow=True).content.decode()
    assert "You have left the scheme" in shown
    assert client.get(reverse("my_account")).status_code == 200
    assert client.post(reverse("leave_scheme"), {}).headers["Location"] == reverse("ambassador_home")
    assert person.events.count() == 1


@pytest.mark.parametrize("wrong", [{"reason": "because"}, {"words": "x" * 501}])
def test_a_reason_that_is_none_is_refused(wrong, clock_stands_still):
    person = make.ambassador(cleared=True)
    response = client_of(person.user).post(reverse("leave_scheme"), wrong)
    assert "There is a problem" in response.content.decode()
    assert Ambassador.objects.get(pk=person.pk).status == AmbassadorStatus.ACTIVE


def test_an_officer_sees_how_many_visits_and_not_where(clock_stands_still):
    person = make.ambassador(cleared=True)
    visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED)
    client = client_of(make.staff(Role.VETTING_OFFICER), second_factor=True)
    shown = page(client, "leave_scheme_for", person.pk)
    assert "1 promised visit" in shown and str(visit.request.school) not in shown
    client.post(reverse("leave_scheme_for", args=[person.pk]), {})
    assert person.events.get().on_behalf_of == str(person)


def test_an_officer_ends_their_own_part_on_their_own_page_only():
    officer = make.staff(Role.VETTING_OFFICER)
    person = make.ambassador(user=officer, cleared=True)
    client = client_of(officer, second_factor=True)
    assert client.get(reverse("leave_scheme_for", args=[person.pk])).status_code == 404


def test_the_to_do_for_disclosure_scotland_stands_on_the_officers_list_until_it_is_done(clock_stands_still):
    person = make.ambassador(name="Morag Member")
    make.clear(person, body=CheckBody.PVG)
    client_of(person.user).post(reverse("leave_scheme"), {})
    officer = client_of(make.staff(Role.VETTING_OFFICER), second_factor=True)
    assert "By Tue 9 Feb 2027" in page(officer, "ambassadors")
    officer.post(reverse("note_pvg_told", args=[person.pk]))
    assert "Tell Disclosure Scotland" not in page(officer, "ambassadors")


def test_closing_asks_first_and_then_signs_out_everywhere():
    user = make.user()
    here, elsewhere = client_of(user), client_of(user)
    assert "Close your account?" in page(here, "close_account")
    assert User.objects.get(pk=user.pk).is_active
    assert "Your account is closed" in here.post(reverse("close_account"), follow=True).content.decode()
    assert all(client.get(reverse("my_account")).status_code == 302 for client in (here, elsewhere))


def test_whoever_may_not_close_theirs_reads_why():
    client = client_of(make.staff(Role.ADMINISTRATOR), second_factor=True)
    shown = client.post(reverse("close_account"), follow=True).content.decode()
    assert "You are the scheme’s only administrator" in shown
