"""The pages on which people confirm, sign, promise and declare."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.conduct import CLAUSES
from ambassadors.enums import AmbassadorStatus, IdentityMethod, RequirementKind
from ambassadors.models import Application
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

YES = {"adult": "yes", "in_uk": "yes", "unpaid": "yes"}
SIGNED = {"tell": "nothing", "signs": "on"}
AGREED = {"paid_or_credited": "no", "expects_frequent": "no", "agrees": "on"}


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def person():
    return make.applicant()


@pytest.fixture
def client(person):
    return client_of(person.user)


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def kinds(person) -> set[str]:
    return set(person.requirements.values_list("kind", flat=True))


@pytest.mark.parametrize(
    "name",
    [
        "confirm_eligibility",
        "sign_declaration",
        "agree_to_check",
        "declare_nothing_changed",
        "show_identity",
        "add_referee",
        "declare_change",
    ],
)
def test_nothing_is_chosen_beforehand_and_to_look_changes_nothing(name, client, person):
    page = client.get(reverse(name)).text
    assert 'type="radio"' in page
    assert not re.search(r"<input[^>]*\schecked", page)
    assert kinds(person) == set()


class TestWhetherOneCanJoin:
    def test_yes_to_all_is_on_record_and_leads_on(self, client, person):
        response = client.post(reverse("confirm_eligibility"), YES)
        assert response["Location"] == reverse("sign_declaration")
        assert kinds(person) == {"ELIG"}
        assert "There is nothing to do." in client.get(reverse("confirm_eligibility")).text

    @pytest.mark.parametrize(
        ("against", "words"),
        [("adult", "Come back on your birthday"), ("in_uk", "If you move here"), ("unpaid", "paid time to volunteer")],
    )
    def test_a_no_ends_kindly_and_is_kept_nowhere(self, against, words, client, person):
        response = client.post(reverse("confirm_eligibility"), {**YES, against: "no"})
        assert response["Location"] == reverse("cannot_join_yet", args=[against])
        page = client.get(response["Location"]).text
        assert words in page and "We have kept nothing" in page
        assert kinds(person) == set()

    def test_an_address_that_nobody_was_sent_to_goes_back(self, client):
        assert client.get(reverse("cannot_join_yet", args=["rich"]))["Location"] == reverse("confirm_eligibility")

    def test_each_question_is_to_be_answered(self, client, person):
        assert errors(client.post(reverse("confirm_eligibility"), {"adult": "maybe"})) == {
            "adult": ["Choose one of the answers offered for “Are you 18 or over?”."],
            "in_uk": ["Answer “Do you live in the United Kingdom?”."],
            "unpaid": ["Answer “Do you agree that ambassadors are not paid?”."],
        }
        assert kinds(person) == set()


class TestTheDeclaration:
    @pytest.mark.parametrize(("tell", "wants"), [("nothing", False), ("talk", True)])
    def test_it_is_signed_with_one_s_name_shown(self, tell, wants, client, person):
        assert "Signed as Amina Applicant" in client.get(reverse("sign_declaration")).text
        response = client.post(reverse("sign_declaration"), {**SIGNED, "tell": tell})
        assert response["Location"] == reverse("code_of_conduct")
        assert kinds(person) == {"SELF", "DECL"}
        assert Application.objects.get(ambassador=person).wants_to_talk is wants

    def test_there_is_no_room_for_what_it_is_about(self, client, person):
        page = client.get(reverse("sign_declaration")).text
        assert "<textarea" not in page and 'type="text"' not in page
        client.post(reverse("sign_declaration"), {**SIGNED, "because": "A fine in 1998", "note": "A fine in 1998"})
        assert "1998" not in str(Application.objects.values().get()) + str(list(person.requirements.values()))

    def test_without_the_tick_it_is_not_signed(self, client, person):
        assert errors(client.post(reverse("sign_declaration"), {"tell": "nothing"})) == {
            "signs": ["Tick the box to sign."]
        }
        assert kinds(person) == set()

    def test_it_leads_to_the_policy_which_is_open_to_all(self, client):
        page = client.get(reverse("sign_declaration")).text
        assert f'href="{reverse("convictions")}"' in page
        policy = client_of(None).get(reverse("convictions")).text
        assert "Version 1, in force from Tuesday 1 September 2026" in policy
        assert reverse("convictions") in client_of(None).get(reverse("privacy")).text


class TestTheCodeOfConduct:
    def promise(self, client, code: str, version: str = "1"):
        return client.post(reverse("code_of_conduct"), {"version": version, "clause": code})

    def test_one_promise_is_shown_at_a_time_with_how_far_one_has_come(self, client):
        page = client.get(reverse("code_of_conduct")).text
        assert "Step 1 of 11" in page and str(CLAUSES[0].promise) in page
        assert str(CLAUSES[1].promise) not in page
        self.promise(client, CLAUSES[0].code)
        assert "Step 2 of 11" in client.get(reverse("code_of_conduct")).text

    def test_one_can_go_back_and_read_what_one_has_promised(self, client):
        self.promise(client, CLAUSES[0].code)
        assert f"?clause={CLAUSES[0].code}" in client.get(reverse("code_of_conduct")).text
        back = client.get(reverse("code_of_conduct"), {"clause": CLAUSES[0].code}).text
        assert "Step 1 of 11" in back and "You promised this on Tuesday 12 January 2027." in back
        assert "I promise" not in back

    def test_after_the_last_one_it_leads_on_and_shows_what_was_promised(self, client, person):
        answers = [self.promise(client, clause.code)["Location"] for clause in CLAUSES]
        assert answers == [reverse("code_of_conduct")] * 10 + [reverse("my_referees")]
        assert kinds(person) == {"CODE"}
        page = client.get(reverse("code_of_conduct")).text
        assert page.count("Promised on Tuesday 12 January 2027") == 11
        assert "It holds until Tuesday 11 January 2028." in page

    def test_two_devices_and_the_back_button_do_no_harm(self, person):
        phone, laptop = client_of(person.user), client_of(person.user)
        for clause in CLAUSES:
            self.promise(phone, clause.code)
            self.promise(laptop, clause.code)
        self.promise(phone, CLAUSES[-1].code)
        assert person.clauses.count() == 11
        assert person.requirements.count() == 1

    @pytest.mark.parametrize(
        ("code", "version"), [("", "1"), ("in_sight", ""), ("in_sight", "٣"), ("in_sight", "9" * 5000), ("x\x00", "1")]
    )
    def test_what_the_page_does_not_send_is_refused_in_words(self, code, version, client, person):
        page = self.promise(client, code, version)
        assert "The code of conduct has changed since you opened this page." in page.text
        assert person.clauses.count() == 0

    def test_before_it_runs_out_it_is_read_again(self):
        person = make.ambassador(cleared=True)
        person.requirements.filter(kind=RequirementKind.CODE).update(valid_until=date(2027, 2, 1))
        client = client_of(person.user)
        home = client.get(reverse("ambassador_home")).text
        assert f'href="{reverse("code_of_conduct")}"' in home
        for clause in CLAUSES:
            last = self.promise(client, clause.code)
        assert last["Location"] == reverse("code_of_conduct")
        assert "for another year" in client.get(last["Location"]).text
        assert person.requirements.filter(kind=RequirementKind.CODE).count() == 2


class TestTheAnnualDeclaration:
    def test_from_the_home_page_in_two_presses(self):
        person = make.ambassador(cleared=True)
        person.requirements.filter(kind=RequirementKind.DECL).update(valid_until=date(2027, 3, 1))
        client = client_of(person.user)
        assert f'href="{reverse("declare_nothing_changed")}"' in client.get(reverse("ambassador_home")).text
        response = client.post(reverse("declare_nothing_changed"), {"changed": "no"})
        assert response["Location"] == reverse("ambassador_home")
        assert "holds for another year" in client.get(response["Location"]).text
        assert person.requirements.filter(kind=RequirementKind.DECL, valid_until=date(2028, 1, 11)).exists()

    def test_a_change_asks_only_how_to_telephone(self):
        person = make.ambassador(cleared=True, phone="07700 900123")
        client = client_of(person.user)
        response = client.post(reverse("declare_nothing_changed"), {"changed": "yes"})
        assert response["Location"] == reverse("declare_change")
        page = client.get(response["Location"]).text
        assert 'value="07700 900123"' in page and "<textarea" not in page
        client.post(reverse("declare_change"), {"phone": "07700 900999", "when": "evenings", "what": "An arrest"})
        hold = person.holds.get()
        assert hold.truth.endswith("07700 900999, Weekday evenings")

    def test_an_answer_is_needed(self, client, person):
        assert list(errors(client.post(reverse("declare_nothing_changed"), {"csrf": ""}))) == ["changed"]
        assert list(errors(client.post(reverse("declare_change"), {"phone": "soon"}))) == ["phone", "when"]
        assert not person.holds.exists()

    def test_told_twice_it_says_who_is_next(self):
        person = make.ambassador(cleared=True)
        client = client_of(person.user)
        told = {"phone": "07700 900999", "when": "evenings"}
        client.post(reverse("declare_change"), told)
        assert (
            "Someone from the scheme telephones you about it first."
            in client.post(reverse("declare_change"), told).text
        )
        assert person.holds.count() == 1


class TestIdentityAndCheck:
    @pytest.mark.parametrize("method", list(IdentityMethod))
    def test_the_way_is_chosen_and_nothing_is_uploaded(self, method, client, person):
        assert 'type="file"' not in client.get(reverse("show_identity")).text
        client.post(reverse("show_identity"), {"method": method})
        assert Application.objects.get(ambassador=person).identity_method == method
        assert "You have chosen." in client.get(reverse("show_identity")).text

    @pytest.mark.parametrize(
        ("postcode", "words"),
        [("LS1 4AP", "Disclosure and Barring Service"), ("EH1 1AA", "Disclosure Scotland"), ("BT1 1AA", "AccessNI")],
    )
    def test_the_nation_of_home_decides_which_body(self, postcode, words):
        person = make.applicant(postcode=postcode)
        assert words in client_of(person.user).get(reverse("agree_to_check")).text

    def test_a_yes_is_no_refusal(self, client, person):
        client.post(reverse("sign_declaration"), SIGNED)
        client.post(reverse("agree_to_check"), {**AGREED, "paid_or_credited": "yes", "expects_frequent": "yes"})
        application = Application.objects.get(ambassador=person)
        assert (application.paid_or_credited, application.expects_frequent) == (True, True)
        assert application.check_agreed_at == make.NOW

    def test_the_declaration_comes_first(self, client):
        assert "Sign your declaration first" in client.post(reverse("agree_to_check"), AGREED).text

    def test_without_a_postcode_it_says_where_to_give_one(self, client, person):
        type(person).objects.filter(pk=person.pk).update(nation="", postcode="")
        page = client.get(reverse("agree_to_check")).text
        assert "Your home postcode comes first" in page and "<form class" not in page
        assert "Give your home postcode first" in str(errors(client.post(reverse("agree_to_check"), AGREED)))

    def test_when_all_is_done_it_leads_to_the_list(self, client, person):
        make.check(person)
        for kind in ("ELIG", "SELF", "CODE", "REF", "INDUCT", "SAFEG"):
            make.requirement(person, kind=RequirementKind(kind), recorded_by=make.user())
        response = client.post(reverse("show_identity"), {"method": "in_person"})
        assert response["Location"] == reverse("join_as_ambassador")


class TestComingBack:
    def test_it_asks_first_and_begins_anew(self):
        person = make.ambassador(cleared=True, status=AmbassadorStatus.LEFT)
        client = client_of(person.user)
        assert f'href="{reverse("return_to_scheme")}"' in client.get(reverse("ambassador_home")).text
        assert "Come back to the scheme?" in client.get(reverse("return_to_scheme")).text
        person.refresh_from_db()
        assert person.status == AmbassadorStatus.LEFT
        client.post(reverse("return_to_scheme"))
        person.refresh_from_db()
        assert person.status == AmbassadorStatus.VETTING

    def test_it_is_no_page_for_anyone_else(self, client):
        assert client.get(reverse("return_to_scheme"))["Location"] == reverse("ambassador_home")


@pytest.mark.parametrize("days", [91, 90])
def test_what_ends_within_ninety_days_can_be_renewed_from_home(days):
    person = make.ambassador(cleared=True)
    person.requirements.update(valid_until=make.NOW.date() + timedelta(days=days))
    page = client_of(person.user).get(reverse("ambassador_home")).text
    assert ("Renew it now" in page) is (days == 90)
