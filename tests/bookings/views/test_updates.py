"""The pages of the update service: an officer asks, or records what its website says; the person agrees, or not."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import CheckBody, CheckStatus
from ambassadors.models import Ambassador, Check, Requirement, StatusCheck, UpdateConsent
from ambassadors.validity import valid_until
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.audit.record import record
from stem.geography.models import Region, RegionArea
from stem.nations import Nation
from stem.wording import day_in_words
from tests import make
from tests.clients import client_of
from tests.stem.update_stand_in import StandIn, document, running, says

pytestmark = pytest.mark.django_db
SAID = {"surname": "Wörmleighton", "born_on_0": "27", "born_on_1": "2", "born_on_2": "1931", "seen": "0"}


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def service(settings) -> Iterator[StandIn]:
    with running() as stand_in:
        settings.UPDATE_SERVICE_URL = stand_in.address
        yield stand_in


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Vera Vetter")


@pytest.fixture
def client(officer):
    return client_of(officer, second_factor=True)


@pytest.fixture
def person() -> Ambassador:
    return make.ambassador(name="Wanda Asked", status="active")


@pytest.fixture
def check(person) -> Check:
    check = make.decided_check(person)
    check.consents.create(given_at=make.NOW - timedelta(days=3))
    return check


def page(client, check: Check) -> str:
    response = client.get(reverse("check", args=[check.pk]))
    assert response.status_code == 200
    return response.text


def ask(client, check: Check, **said) -> str:
    return client.post(reverse("ask_update_service", args=[check.pk]), {**SAID, **said}, follow=True).text


@pytest.mark.parametrize(
    ("word", "words", "result"),
    [
        ("BLANK_NO_NEW_INFO", "Current: the check counts again from today, until Friday 19 October 2029.", "current"),
        (
            "NON_BLANK_NO_NEW_INFO",
            "Current: the check counts again from today, until Friday 19 October 2029.",
            "current",
        ),
        ("NEW_INFO", "Not current: no check counts any more", "not_current"),
        ("NO_MATCH_FOUND", "Nothing follows from it", "no_match"),
    ],
)
def test_an_officer_asks_and_reads_the_answer(service, client, check, word, words, result):
    assert "kept nowhere" in client.get(reverse("ask_update_service", args=[check.pk])).text
    service.answers(word)
    said = ask(client, check)
    assert words in said
    assert StatusCheck.objects.get().result == result
    assert service.asked[0][1]["organisationName"] == "Rolemodel"


def test_an_answer_that_is_not_clear_is_said_to_be_none(service, client, check):
    service.behave = says(document("PERHAPS"))
    assert "gave no clear answer, so nothing has changed" in ask(client, check)
    assert not StatusCheck.objects.exists()


def test_a_form_that_makes_no_sense_asks_nobody(service, client, check):
    for said in ({"surname": ""}, {"born_on_2": "31"}, {"born_on_2": "1731"}, {"born_on_1": "thermidor"}):
        assert "error-summary" in ask(client, check, **said)
    assert service.asked == []


@pytest.mark.parametrize("seen", ["1", "", "x", "²", "-0", "9" * 4000])
def test_an_older_page_asks_nobody(service, client, check, seen):
    assert "There has been an answer since you opened the page" in ask(client, check, seen=seen)
    assert service.asked == []


def test_pressed_twice_it_is_asked_once(service, client, check):
    ask(client, check)
    assert "There has been an answer since" in ask(client, check)
    assert StatusCheck.objects.count() == len(service.asked) == 1


def test_where_the_service_is_not_asked_an_officer_records_what_its_website_says(client, check):
    said = page(client, check)
    assert "It is not asked from here" in said and reverse("ask_update_service", args=[check.pk]) not in said
    assert "look on its website" in ask(client, check)
    address = reverse("record_update_answer", args=[check.pk])
    form = client.get(address).text
    assert form.count('type="radio"') == 3 and 'name="seen"' in form
    said = client.post(address, {"result": "current", "seen": "0"}, follow=True).text
    assert "Current: the check counts again from today, until Friday 19 October 2029." in said
    answer = StatusCheck.objects.get()
    assert (answer.result, answer.checked_at) == ("current", make.NOW)
    assert "There has been an answer" in client.post(address, {"result": "not_current", "seen": "0"}, follow=True).text
    assert "error-summary" in client.post(address, {"result": "blank", "seen": "1"}, follow=True).text
    assert StatusCheck.objects.count() == 1


def test_where_it_is_asked_both_ways_are_offered(service, client, check):
    said = page(client, check)
    for name in ("ask_update_service", "record_update_answer"):
        assert reverse(name, args=[check.pk]) in said


def test_the_officer_reads_who_agreed_when_and_every_answer_in_three_words(service, client, check):
    assert "until they take it back" in page(client, check)
    service.answers("NON_BLANK_NO_NEW_INFO")
    ask(client, check)
    said = page(client, check)
    assert "Agreed to the update service" in said and "Update service: Current" in said
    assert "blank" not in said.casefold()
    UpdateConsent.objects.update(withdrawn_at=make.NOW)
    said = page(client, check)
    assert "They took it back on Tuesday 12 January 2027." in said and "They have not agreed" not in said
    assert "Took back the consent to it" in said and "Ask the update service" not in said


@pytest.mark.parametrize("columns", [{"body": CheckBody.PVG}, {"status": CheckStatus.SEEN, "decided_on": None}])
def test_of_a_check_that_it_does_not_know_nothing_is_said(service, client, person, columns):
    assert "Update service" not in page(client, make.decided_check(person, **columns))


@pytest.mark.parametrize("name", ["ask_update_service", "record_update_answer"])
def test_a_file_is_refused_and_the_try_is_on_record(service, client, officer, check, name):
    file = SimpleUploadedFile("certificate.jpg", b"a picture", "image/jpeg")
    response = client.post(reverse(name, args=[check.pk]), {**SAID, "result": "current", "scan": file})
    assert response.status_code == 400 and "Nothing was taken" in response.text
    assert Entry.objects.get(action="check.upload").actor == officer
    assert service.asked == [] and not StatusCheck.objects.exists()


def test_the_check_of_another_region_is_not_there(service, check):
    kent = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=kent, area="CT")
    client = client_of(make.staff(Role.VETTING_OFFICER, regions=(kent,)), second_factor=True)
    for name in ("ask_update_service", "record_update_answer"):
        assert client.get(reverse(name, args=[check.pk])).status_code == 404


@pytest.mark.parametrize("answers", [1, 3])
def test_the_page_costs_the_same_however_many_answers(client, officer, check, answers, django_assert_max_num_queries):
    for _number in range(answers):
        check.status_checks.create(checked_at=make.NOW, checked_by=officer, result="no_match")
    client.get(reverse("check", args=[check.pk]))
    with django_assert_max_num_queries(12):
        page(client, check)


def test_the_person_agrees_and_takes_it_back_on_their_own_page(person):
    check = make.decided_check(person)
    client = client_of(person.user)
    mine = reverse("agree_to_check")
    assert "For volunteers the service is free." in client.get(mine).text
    for _again in range(2):
        assert "You can take it back here at any time." in client.post(reverse("agree_to_updates"), follow=True).text
    assert check.consents.count() == 1
    assert f"You agreed on {day_in_words(make.NOW)} that we ask the update service" in client.get(mine).text
    assert "is not asked about you any more" in client.post(reverse("take_back_updates"), follow=True).text
    assert "have taken it back already" in client.post(reverse("take_back_updates"), follow=True).text
    assert check.consents.get().withdrawn_at == make.NOW


@pytest.mark.parametrize(
    "columns", [{"status": CheckStatus.SEEN}, {"body": CheckBody.PVG}, {"status": CheckStatus.WITHDRAWN}]
)
def test_only_a_certificate_that_stands_can_be_agreed_about(person, columns):
    make.decided_check(person, **columns)
    client = client_of(person.user)
    assert "update service" not in client.get(reverse("agree_to_check")).text
    for name in ("agree_to_updates", "take_back_updates"):
        assert "You have no check" in client.post(reverse(name), follow=True).text
    assert not UpdateConsent.objects.exists()


def test_of_a_check_that_is_over_its_history_is_left(service, client, check):
    service.answers("NEW_INFO")
    ask(client, check)
    said = page(client, check)
    assert said.index("Update service: Not current") < said.index(">Withdrawn</p>")
    assert "until they take it back" not in said and reverse("record_update_answer", args=[check.pk]) not in said


def test_of_a_not_current_the_person_reads_that_a_new_check_is_needed(service, client, check, person):
    service.answers("NEW_INFO")
    ask(client, check)
    said = client_of(person.user).get(reverse("agree_to_check")).text
    assert "Needed" in said and "update service" not in said.casefold()


def test_an_old_certificate_of_an_imported_person_counts_by_it(service, client, person):
    check = make.decided_check(person, issued_on=date(2019, 5, 6))
    assert "Out of date" in client.get(reverse("ambassador", args=[person.pk])).text
    check.consents.create(given_at=make.NOW)
    ask(client, check)
    said = client.get(reverse("ambassador", args=[person.pk])).text
    # twelve months from the day on which it was asked, and not from that of its issue
    due = valid_until(make.NOW.date(), 12) + timedelta(days=1)
    assert f"Recheck due {day_in_words(due)}" in said and "Update service" in said


@pytest.mark.parametrize(
    ("name", "operation"), [("record_update_answer", "record_answer"), ("ask_update_service", "ask_update_service")]
)
def test_whoever_weighed_the_check_is_refused_and_that_is_on_record(service, client, officer, check, name, operation):
    record("check.view", check, by=officer, at=make.NOW)
    said = {**SAID, "result": "current"}
    answer = client.post(reverse(name, args=[check.pk]), said, follow=True)
    assert "You weighed what this check disclosed" in answer.text
    assert Entry.objects.get(action=f"{operation}.refuse").outcome == "weighed_it"
    assert not StatusCheck.objects.exists() and not service.asked


@pytest.mark.parametrize(("last_day", "is_told"), [(date(2027, 1, 12), True), (date(2027, 1, 11), False)])
def test_whoever_may_take_it_back_reads_until_when_the_check_counts_all_the_same(check, person, last_day, is_told):
    Requirement.objects.filter(pk=check.requirement_id).update(valid_until=last_day)
    said = client_of(person.user).get(reverse("agree_to_check")).text
    assert "counts for four more weeks at most." in said
    assert ("Your check itself counts until Tuesday 12 January 2027 all the same." in said) == is_told
