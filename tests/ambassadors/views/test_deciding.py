"""Deciding about an application on its record, and whether someone can be booked on a day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, CheckStatus, DeclineGround, HoldKind
from ambassadors.models import Ambassador, Application, Requirement
from ambassadors.operations.asking import ask_for_more
from ambassadors.operations.declining import propose_decline
from stem.accounts.roles import Role
from tests import make
from tests.browser import THEMES, WIDTHS, axe_violations, overflow, small_targets
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Vera Vetter", email="vera@scheme.example")


@pytest.fixture
def client(officer):
    return client_of(officer, second_factor=True)


@pytest.fixture
def applicant():
    person = make.ambassador(name="Amina Applicant")
    sent_at = make.NOW - timedelta(days=3)
    Application.objects.create(ambassador=person, started_at=sent_at, sent_at=sent_at)
    return person


def is_found_unsuitable(person: Ambassador) -> None:
    Application.objects.filter(ambassador=person).update(check_agreed_at=make.NOW)
    make.check(person, status=CheckStatus.NOT_SUITABLE, decided_on=make.NOW.date())


def record(client, person: Ambassador, **query) -> str:
    response = client.get(reverse("ambassador", args=[person.pk]), query)
    assert response.status_code == 200
    return response.content.decode()


def press(client, name: str, person: Ambassador, **data) -> str:
    """What the next page says after this button."""
    return client.post(reverse(name, args=[person.pk]), data, follow=True).content.decode()


ON_12_MARCH = {"on_0": "12", "on_1": "march", "on_2": "2027"}


def test_whether_someone_can_go_to_a_scottish_school_is_answered_on_their_record(client):
    person = make.ambassador(cleared=True)

    said = record(client, person, nation="scotland", **ON_12_MARCH)
    assert "No, not on Friday 12 March 2027 in Scotland" in said
    assert "A visit in Scotland needs a PVG membership linked to this scheme." in said
    assert "Yes, on Friday 12 March 2027 in England" in record(client, person, nation="england", **ON_12_MARCH)


def test_what_ends_before_the_day_is_in_the_way_and_what_ends_after_it_is_not(client):
    person = make.ambassador(cleared=True)
    Requirement.objects.filter(ambassador=person, kind="DECL").update(valid_until=date(2027, 3, 11))

    assert "Nothing stands against" in record(client, person)
    said = record(client, person, nation="england", **ON_12_MARCH)
    assert "Annual declaration: not in date that day." in said
    assert "Ends soon" in said


def test_a_hold_of_another_day_does_not_count_today(client):
    person = make.ambassador(cleared=True)
    make.hold(person, kind=HoldKind.QUALITY, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 31), truth="Talk first")
    make.hold(person, kind=HoldKind.SAFEGUARDING, starts_on=date(2027, 3, 1), truth="An allegation")

    assert "Nothing stands against" in record(client, person)
    said = record(client, person, nation="england", **ON_12_MARCH)
    assert "On hold: Talk first." in said and "Unavailable." in said and "An allegation" not in said


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"nation": "england", "on_0": "31", "on_1": "2", "on_2": "2027"}, "Enter a real date"),
        ({"nation": "atlantis"}, "Choose one of the answers offered"),
        ({"nation": "england", "on_0": "1"}, "A date needs a day, a month and a year."),
    ],
)
def test_a_day_that_makes_no_sense_is_said_and_nothing_is_answered(query, sentence, client):
    said = record(client, make.ambassador(cleared=True), **query)

    assert sentence in said
    assert "2027 in England" not in said


def test_nobody_is_booked_for_a_day_gone_by(client):
    said = record(client, make.ambassador(cleared=True), nation="england", on_0="11", on_1="1", on_2="2027")

    assert "That day is past." in said and "Yes, on" not in said


def test_the_record_of_a_draft_without_a_home_can_be_read(client):
    draft = make.ambassador(name="Dora Draft", status=AmbassadorStatus.DRAFT)
    Ambassador.objects.filter(pk=draft.pk).update(postcode="", area="", nation="", full_name="")

    assert "in England" in record(client, draft)


def test_the_record_says_whose_turn_it_is_and_what_the_button_lacks(client, applicant):
    make.clear(applicant)
    Requirement.objects.filter(ambassador=applicant, kind__in=["CRC", "ID"]).delete()

    said = record(client, applicant)
    assert "The person" in said and "Agree to the check" in said and "39 days left" in said
    assert "Approve: missing Identity seen, Criminal record check decided" in said
    assert reverse("approve_application", args=[applicant.pk]) not in said


@pytest.mark.parametrize("rows", [1, 3])
def test_the_record_of_an_applicant_costs_the_same_however_much_is_on_it(
    rows, client, officer, applicant, django_assert_num_queries
):
    for number in range(rows):
        row = make.requirement(applicant, kind="ID", recorded_by=make.user())
        Requirement.objects.filter(pk=row.pk).update(withdrawn_at=make.NOW, withdrawn_by=make.user())
        ask_for_more(ambassador=applicant, needed=f"Photo {number}", by=officer, at=make.NOW)
    record(client, applicant)
    # session, person, roles, regions; the record, its references and the trace of reading it; requirements, holds,
    # offerings, history, and who may be the same person
    with django_assert_num_queries(12):
        record(client, applicant)


def test_answers_that_an_officer_has_to_look_at_are_marked(client, applicant):
    Application.objects.filter(ambassador=applicant).update(
        paid_or_credited=True, expects_frequent=False, wants_to_talk=True
    )

    said = record(client, applicant)
    assert said.count("Yes: look at this") == 1 and "No check at the volunteers’ fee" in said
    assert "Wants to talk" in said


def test_asking_for_more_and_the_answer_stand_on_the_record(client, applicant):
    assert "Amina Applicant gets a letter" in press(client, "ask_for_more", applicant, needed="A photo, please")
    said = record(client, applicant)
    assert "A photo, please" in said and "No answer yet." in said

    person = client_of(applicant.user)
    page = person.get(reverse("answer_asked")).content.decode()
    assert "A photo, please" in page
    assert "It is our turn now" in person.post(reverse("answer_asked"), {"words": "Done"}, follow=True).content.decode()
    assert "We are not waiting for an answer from you" in person.get(reverse("answer_asked")).content.decode()

    said = record(client, applicant)
    assert "They said on Tue 12 Jan 2027 that it is done." in said and "Read what they answered" in said
    assert "Settled." in press(client, "settle_asked", applicant)
    assert "That is settled" not in record(client, applicant)


@pytest.mark.parametrize("words", ["", "   ", "x" * 1001, "a\x00b"])
def test_what_cannot_be_asked_is_refused_with_a_sentence(words, client, applicant):
    response = client.post(reverse("ask_for_more", args=[applicant.pk]), {"needed": words})

    assert response.status_code == 200 and "There is a problem" in response.content.decode()
    assert Application.objects.get(ambassador=applicant).asked_at is None


@pytest.mark.parametrize("words", ["x" * 501, "a\x00b"])
def test_what_cannot_be_an_answer_is_refused_with_a_sentence(words, officer, applicant):
    ask_for_more(ambassador=applicant, needed="A photo", by=officer, at=make.NOW)

    response = client_of(applicant.user).post(reverse("answer_asked"), {"words": words})

    assert response.status_code == 200 and "There is a problem" in response.content.decode()
    assert Application.objects.get(ambassador=applicant).answered_at is None


def test_an_answer_sent_twice_is_told_that_nothing_is_to_be_done(officer, applicant):
    ask_for_more(ambassador=applicant, needed="A photo", by=officer, at=make.NOW)
    person = client_of(applicant.user)
    person.post(reverse("answer_asked"))

    assert "Nothing is to be done." in person.post(reverse("answer_asked")).content.decode()


def test_of_what_a_check_disclosed_no_word_is_taken(client, applicant):
    data = {"ground": DeclineGround.DISCLOSURE, "because": "What it said"}
    said = client.post(reverse("decline_application", args=[applicant.pk]), data).content.decode()

    assert "nothing of what a check disclosed is kept" in said
    assert not applicant.events.exists()


def test_one_proposes_and_a_colleague_confirms(client, officer, applicant, monkeypatch):
    is_found_unsuitable(applicant)
    said = press(client, "decline_application", applicant, ground=DeclineGround.DISCLOSURE)
    assert "Proposed. Amina Applicant may comment first" in said
    assert "You proposed it, so a colleague confirms it." in said
    assert reverse("confirm_decline", args=[applicant.pk]) not in said
    second = make.staff(Role.VETTING_OFFICER)
    colleague = client_of(second, second_factor=True)
    assert reverse("confirm_decline", args=[applicant.pk]) not in record(colleague, applicant)
    assert "Decide for yourself" in colleague.get(reverse("confirm_decline", args=[applicant.pk])).content.decode()
    assert "They may comment until Tuesday 26 January 2027" in press(colleague, "confirm_decline", applicant)

    monkeypatch.setattr(timezone, "now", lambda: make.NOW + timedelta(days=15))
    # By then everyone has signed in again.
    first, colleague = (client_of(each, second_factor=True) for each in (officer, second))
    assert "You, as the second person" in record(colleague, applicant)
    assert reverse("confirm_decline", args=[applicant.pk]) in record(colleague, applicant)
    assert reverse("confirm_decline", args=[applicant.pk]) not in record(first, applicant)
    assert "a colleague has to confirm it" in press(first, "confirm_decline", applicant)
    assert "Declined." in press(colleague, "confirm_decline", applicant)
    assert Ambassador.objects.get(pk=applicant.pk).status == AmbassadorStatus.DECLINED


def test_where_no_assessors_found_so_nobody_declines_for_what_a_check_disclosed(client, applicant):
    assert "No assessors have found" in press(client, "decline_application", applicant, ground=DeclineGround.DISCLOSURE)
    assert Application.objects.get(ambassador=applicant).decline_proposed_at is None


def test_a_wish_to_talk_is_settled_once_they_have_talked(client, applicant):
    Application.objects.filter(ambassador=applicant).update(wants_to_talk=True)
    assert "They would like to talk before the check." in record(client, applicant)

    said = press(client, "settle_talk", applicant)

    assert "We talked, as they had wished" in said
    assert "They would like to talk before the check." not in said
    assert "do not wish to talk" in press(client, "settle_talk", applicant)


def test_a_proposal_is_taken_back(client, applicant):
    is_found_unsuitable(applicant)
    propose_decline(ambassador=applicant, by=make.staff(Role.VETTING_OFFICER), at=make.NOW)

    assert "Taken back." in press(client, "take_back_decline", applicant)
    assert "Nobody proposes to decline" in press(client, "take_back_decline", applicant)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_each_page_is_accessible_and_nothing_lies_off_its_side(theme, width, browser_page, officer, applicant):
    ask_for_more(ambassador=applicant, needed="A photo " * 40, by=officer, at=make.NOW)
    other = make.ambassador(name="Wolfeschlegelsteinhausenbergerdorff")
    Application.objects.create(
        ambassador=other, started_at=make.NOW, sent_at=make.NOW, check_agreed_at=make.NOW, wants_to_talk=True
    )
    make.check(other, status=CheckStatus.NOT_SUITABLE, decided_on=make.NOW.date())
    propose_decline(ambassador=other, by=make.staff(Role.VETTING_OFFICER), at=make.NOW)
    draft = make.ambassador(name="Dora Draft", status=AmbassadorStatus.DRAFT)
    Application.objects.create(ambassador=draft, started_at=make.NOW - timedelta(days=15))
    make.clear(make.ambassador(name="Rita Ready"))
    window = browser_page(color_scheme=theme, viewport=width, java_script_enabled=True)
    board, of = reverse("vetting_board"), lambda name, person: reverse(name, args=[person.pk])
    pages = {
        officer: [
            *(f"{board}?show={show}" for show in ("ours", "all", "ready", "referee", "still", "ending")),
            of("ambassador", applicant),
            of("ambassador", other) + "?nation=scotland&on_0=12&on_1=3&on_2=2027",
            *(of(name, applicant) for name in ("ask_for_more", "decline_application")),
            of("confirm_decline", other),
        ],
        applicant.user: [reverse("answer_asked")],
    }
    for reader, addresses in pages.items():
        cookie = client_of(reader, second_factor=True).cookies["sessionid"]
        window.context.add_cookies([{"name": "sessionid", "value": cookie.value, "domain": "localhost", "path": "/"}])
        for address in addresses:
            window.goto(address)
            assert (address, axe_violations(window)) == (address, [])
            assert (address, overflow(window), small_targets(window)) == (address, 0, [])
