"""Naming referees, the form behind their link, and what officers do with it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, RefereeStatus, RequirementKind
from ambassadors.models import Referee
from ambassadors.queries.records import known_before
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.geography.models import Region, RegionArea
from stem.letters.links import mint_link
from stem.letters.models import OneTimeLink
from stem.nations import Nation
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

RHEA = {
    "full_name": "Rhea Referee",
    "capacity": "employer",
    "organisation": "Northern Bridges",
    "email": "rhea@northern.example",
    "phone": "",
    "known_a_year": "on",
    "not_related": "on",
}
SAYS = {
    "can": "yes",
    "known_for": "Four years, at work.",
    "seen_with_children": "No.",
    "has_doubts": "no",
    "reliability": "Entirely.",
}


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def person():
    return make.applicant()


@pytest.fixture
def officer():
    return client_of(make.staff(Role.VETTING_OFFICER, name="Vera Vetter"), second_factor=True)


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def form_of(referee: Referee, *, days: float = 28) -> str:
    token = mint_link("give_reference", referee.pk, expires_at=make.NOW + timedelta(days=days))
    return reverse("give_reference", args=[token])


class TestNaming:
    def test_two_are_named_and_then_it_leads_on(self, person):
        client = client_of(person.user)
        assert "Tell them before you name them." in client.get(reverse("my_referees")).text
        assert client.post(reverse("add_referee"), RHEA)["Location"] == reverse("my_referees")
        assert "We have written to Rhea Referee." in client.get(reverse("my_referees")).text
        second = client.post(reverse("add_referee"), {**RHEA, "email": "b@a.example", "capacity": "other"})
        assert second["Location"] == reverse("show_identity")
        assert "That is all from you." in client.get(reverse("my_referees")).text

    @pytest.mark.parametrize(
        ("change", "field", "words"),
        [
            ({"full_name": " "}, "full_name", "Enter their full name."),
            ({"email": "rhea"}, "email", "Enter an e-mail address in full, such as name@people.example."),
            ({"email": "r" * 250 + "@a.example"}, "email", None),
            (
                {"email": "rhea@northern.example\nBcc: all@a.example"},
                "email",
                "Enter an e-mail address in full, such as name@people.example.",
            ),
            ({"full_name": "Rhea\x00"}, "full_name", "Type “Their full name” again: a character in it cannot be kept."),
            ({"full_name": "x" * 151}, "full_name", None),
            ({"capacity": "friend"}, "capacity", None),
            ({"phone": "soon"}, "phone", "Enter a phone number with its area code, or a mobile."),
            ({"known_a_year": ""}, "known_a_year", None),
            ({"not_related": ""}, "not_related", None),
        ],
    )
    def test_what_makes_no_sense_is_said_beside_its_field(self, change, field, words, person, outbox):
        page = client_of(person.user).post(reverse("add_referee"), {**RHEA, **change})
        assert list(errors(page)) == [field]
        if words:
            assert words in errors(page)[field]
        assert not Referee.objects.exists()

    def test_one_s_own_address_is_refused_beside_it(self, person):
        page = client_of(person.user).post(reverse("add_referee"), {**RHEA, "email": person.email.upper()})
        assert errors(page) == {"email": ["This is your own address. Enter that of the person who knows you."]}

    def test_a_name_is_taken_back_after_asking(self, person):
        referee, client = make.referee(person), client_of(person.user)
        address = reverse("withdraw_referee", args=[referee.pk])
        assert "Take Rhea Referee off your list?" in client.get(address).text
        client.post(address)
        referee.refresh_from_db()
        assert referee.status == RefereeStatus.WITHDRAWN
        assert "Name the first person" in client.get(reverse("my_referees")).text

    def test_someone_silent_is_written_to_again(self, person):
        referee, client = make.referee(person), client_of(person.user)
        page = client.post(reverse("ask_referee_again", args=[referee.pk]), follow=True).text
        assert "We have written to Rhea Referee again, with a fresh link." in page
        assert "not three days ago" in client.post(reverse("ask_referee_again", args=[referee.pk]), follow=True).text

    def test_other_people_s_referees_do_not_exist(self, person):
        stranger = client_of(make.ambassador().user)
        referee = make.referee(person)
        for name in ("withdraw_referee", "ask_referee_again"):
            assert stranger.post(reverse(name, args=[referee.pk])).status_code == 404

    @pytest.mark.parametrize("doubts", [True, False])
    @pytest.mark.parametrize("status", [RefereeStatus.ANSWERED, RefereeStatus.ACCEPTED, RefereeStatus.NOT_ACCEPTED])
    def test_the_applicant_never_reads_what_was_said(self, status, doubts, person):
        make.answered(person, status=status, doubts=doubts, verified_how="Rang the works")
        page = client_of(person.user).get(reverse("my_referees")).text
        assert "Rhea Referee" in page
        for secret in ("Four years", "open days", "before me", "Rang the works", "reason against"):
            assert secret not in page
        assert ("Name someone else" in page) is (status == RefereeStatus.NOT_ACCEPTED)


class TestTheFormBehindTheLink:
    def test_to_look_at_it_changes_nothing_however_often(self, person, client):
        referee = make.referee(person)
        address = form_of(referee)
        for _ in range(4):
            assert client.get(address).status_code == client.head(address).status_code == 200
        page = client.get(address).text
        assert "A reference for Amina Applicant" in page and "checked" not in page
        assert OneTimeLink.objects.get().used_at is None

    def test_it_is_taken_once(self, person, client):
        referee = make.referee(person)
        address = form_of(referee)
        assert client.post(address, SAYS)["Location"] == reverse("reference_sent")
        referee.refresh_from_db()
        assert (referee.status, referee.has_doubts, referee.known_for) == ("answered", False, "Four years, at work.")
        again = client.post(address, {**SAYS, "reliability": "Not at all"})
        assert again.status_code == 410
        assert "We have your answers already." in again.text
        referee.refresh_from_db()
        assert referee.reliability == "Entirely."

    @pytest.mark.parametrize("can", ["unknown", "rather_not"])
    def test_whoever_would_rather_not_is_asked_nothing_more(self, can, person, client):
        referee = make.referee(person)
        assert client.post(form_of(referee), {"can": can})["Location"] == reverse("reference_sent")
        referee.refresh_from_db()
        assert (referee.status, referee.known_for) == (RefereeStatus.NOT_ACCEPTED, "")

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"can": ""}, "can"),
            ({"can": "perhaps"}, "can"),
            ({"known_for": "  "}, "known_for"),
            ({"seen_with_children": ""}, "seen_with_children"),
            ({"has_doubts": ""}, "has_doubts"),
            ({"has_doubts": "1"}, "has_doubts"),
            ({"reliability": "x" * 1001}, "reliability"),
            ({"reliability": "x\x00"}, "reliability"),
        ],
    )
    def test_what_is_missing_or_hostile_is_said_and_the_link_stays_good(self, change, field, person, client):
        referee = make.referee(person)
        address = form_of(referee)
        assert list(errors(client.post(address, {**SAYS, **change}))) == [field]
        assert client.post(address, SAYS).status_code == 302

    def test_long_answers_and_markup_are_shown_as_they_were_written(self, person, client, officer):
        referee = make.referee(person)
        client.post(form_of(referee), {**SAYS, "reliability": "<script>alert(1)</script>" + "ü" * 900})
        page = officer.get(reverse("reference", args=[referee.pk])).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "<script>alert" not in page

    @pytest.mark.parametrize(
        ("columns", "days", "status", "words"),
        [
            ({"status": RefereeStatus.WITHDRAWN}, 28, 410, "We no longer need a reference from you."),
            ({"status": RefereeStatus.ANSWERED}, 28, 410, "We have your answers already."),
            ({}, 0, 410, "This link has run out."),
        ],
    )
    def test_what_is_over_says_so_and_asks_nobody_to_sign_in(self, columns, days, status, words, person, client):
        address = form_of(make.referee(person, **columns), days=days)
        for response in (client.get(address), client.post(address, SAYS)):
            assert response.status_code == status
            assert words in response.text
            assert "Sign in to see" not in response.text

    def test_an_unknown_link_says_so(self, client):
        response = client.get(reverse("give_reference", args=["nonsense"]))
        assert response.status_code == 404
        assert "This link is not complete." in response.text

    def test_a_link_for_something_else_opens_nothing(self, person, client):
        token = mint_link("give_feedback", make.referee(person).pk, expires_at=make.NOW + timedelta(days=1))
        assert client.get(reverse("give_reference", args=[token])).status_code == 404

    def test_nobody_vouches_for_themselves(self, person):
        address, mine = form_of(make.referee(person)), client_of(person.user)
        for response in (mine.get(address), mine.post(address, SAYS)):
            assert response.status_code == 403
            assert "This is about you" in response.text
        assert Referee.objects.get().status == RefereeStatus.ASKED


class TestWhatOfficersDo:
    def test_reading_one_is_put_on_record(self, person, officer):
        referee = make.answered(person)
        page = officer.get(reverse("reference", args=[referee.pk])).text
        assert "At our open days, patient and clear." in page and "northern.example" in page
        assert Entry.objects.filter(action="reference.read", object_id=str(referee.pk)).count() == 1

    def test_two_accepted_complete_them(self, person, officer):
        for email in ("a@a.example", "b@a.example"):
            referee = make.answered(person, email=email)
            data = {"verified_how": "telephone", "detail": "Switchboard from their site"}
            response = officer.post(reverse("accept_reference", args=[referee.pk]), data)
            assert response["Location"] == reverse("ambassador", args=[person.pk])
        referee.refresh_from_db()
        assert referee.verified_how == "I spoke to them, on a number that I found myself: Switchboard from their site"
        assert person.requirements.filter(kind=RequirementKind.REF).count() == 1

    def test_how_is_to_be_said(self, person, officer):
        referee = make.answered(person)
        assert list(errors(officer.post(reverse("accept_reference", args=[referee.pk]), {"csrf": ""}))) == [
            "verified_how"
        ]
        assert list(errors(officer.post(reverse("not_accept_reference", args=[referee.pk]), {"csrf": ""}))) == [
            "because"
        ]
        referee.refresh_from_db()
        assert referee.status == RefereeStatus.ANSWERED

    def test_a_reason_against_is_marked_and_waits_for_a_second_officer(self, person, officer):
        referee = make.answered(person, doubts=True)
        assert "Talk first" in officer.get(reverse("ambassador", args=[person.pk])).text
        address = reverse("accept_reference", args=[referee.pk])
        officer.post(address, {"verified_how": "telephone"})
        assert "Vera Vetter has said yes." in officer.get(reverse("reference", args=[referee.pk])).text
        assert "a colleague has to be the second" in officer.post(address, {"verified_how": "telephone"}).text
        second = client_of(make.staff(Role.VETTING_OFFICER), second_factor=True)
        second.post(address, {"verified_how": "telephone"})
        referee.refresh_from_db()
        assert referee.status == RefereeStatus.ACCEPTED

    def test_leaving_out_a_reason_against_waits_for_a_second_officer_as_well(self, person, officer):
        referee = make.answered(person, doubts=True)
        address, because = reverse("not_accept_reference", args=[referee.pk]), {"because": "Not their address"}
        assert "so it takes two officers" in officer.get(address).text
        assert (
            "A second officer has to agree before it is left out." in officer.post(address, because, follow=True).text
        )
        assert "Waits for a second officer" in officer.get(reverse("ambassador", args=[person.pk])).text
        assert "Vera Vetter would leave it out." in officer.get(reverse("reference", args=[referee.pk])).text
        assert "a colleague has to be the second" in officer.post(address, because).text
        referee.refresh_from_db()
        assert referee.status == RefereeStatus.ANSWERED
        second = client_of(make.staff(Role.VETTING_OFFICER), second_factor=True)
        assert "and not told why" in second.post(address, because, follow=True).text
        referee.refresh_from_db()
        assert referee.status == RefereeStatus.NOT_ACCEPTED
        assert "Left out by a first officer" in officer.get(reverse("reference", args=[referee.pk])).text

    def test_a_reason_against_stands_in_the_way_of_approval_until_it_is_decided(self, officer):
        person = make.ambassador(name="Amina Applicant", cleared=True, status=AmbassadorStatus.VETTING)
        make.answered(person, doubts=True)
        page = officer.get(reverse("ambassador", args=[person.pk])).text
        assert "Approve: missing Two officers’ decision about a reference" in page
        assert reverse("approve_application", args=[person.pk]) not in page
        assert person.full_name not in officer.get(reverse("vetting_board"), {"show": "ready"}).text
        said = officer.post(reverse("approve_application", args=[person.pk]), follow=True).text
        assert "two officers decide about that reference first" in said

    def test_left_out_with_its_reason(self, person, officer):
        referee = make.answered(person)
        officer.post(reverse("not_accept_reference", args=[referee.pk]), {"because": "Not their address"})
        referee.refresh_from_db()
        assert referee.status == RefereeStatus.NOT_ACCEPTED
        assert "Not their address" in officer.get(reverse("reference", args=[referee.pk])).text

    def test_why_someone_gave_none_is_told_to_the_officer(self, person, client, officer):
        referee = make.referee(person)
        client.post(form_of(referee), {"can": "unknown"})
        page = officer.get(reverse("reference", args=[referee.pk])).text
        assert "Says they do not know this person" in page
        assert "by Rhea Referee" in page and "rules" not in page
        assert "They gave no reference." in officer.get(reverse("ambassador", args=[person.pk])).text

    def test_nobody_finds_what_was_said_about_themselves_or_outside_their_region(self, person):
        kent = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
        RegionArea.objects.create(region=kent, area="CT")
        own = make.staff(Role.VETTING_OFFICER)
        about_them = make.answered(make.applicant(user=own))
        elsewhere = make.staff(Role.VETTING_OFFICER, regions=(kent,))
        for user, referee in ((own, about_them), (elsewhere, make.answered(person))):
            client = client_of(user, second_factor=True)
            for name in ("reference", "accept_reference", "not_accept_reference"):
                assert client.get(reverse(name, args=[referee.pk])).status_code == 404

    def test_someone_turned_down_before_is_shown_to_the_officer_and_not_to_them(self, person, officer):
        make.ambassador(name="amina applicant", status=AmbassadorStatus.DECLINED)
        words = "May be someone known"
        assert words in officer.get(reverse("ambassador", args=[person.pk])).text
        assert words not in client_of(person.user).get(reverse("my_referees")).text
        assert words not in officer.get(reverse("ambassador", args=[make.ambassador().pk])).text


@pytest.mark.parametrize(
    ("columns", "is_known"),
    [
        ({}, False),
        ({"email": "BAD@people.example"}, True),
        ({"name": "  declan   DECLINED "}, True),
        ({"phone": "+44 (0)7700 900 456"}, True),
        ({"phone": "0044 7700 900456"}, True),
        ({"phone": "07700 900457"}, False),
        ({"phone": ""}, False),
    ],
    ids=str,
)
def test_someone_turned_down_before_is_known_by_address_number_or_name(columns, is_known):
    turned_down = make.ambassador(
        name="Declan Declined", email="bad@people.example", phone="07700-900456", status=AmbassadorStatus.DECLINED
    )
    make.ambassador(name="Amina Applicant", phone="07700 900456")
    again = make.ambassador(**{"name": "Someone New", **columns})
    assert known_before(again) == ([turned_down] if is_known else [])
    assert known_before(turned_down) == []
