"""The pages of a check: for officers step by step, for assessors each on their own, for the person in plain words."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import CheckBody, CheckStatus, RequirementKind
from ambassadors.models import Ambassador, Application, Check, DisclosureNote
from ambassadors.operations.assessments import comment_on_check, note_disclosure
from ambassadors.queries.checks import SEEN_FOR
from ambassadors.workflow import CHECK
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.audit.record import record
from stem.geography.models import Region
from stem.nations import Nation
from tests import make
from tests.architecture.source import modules
from tests.clients import client_of

pytestmark = pytest.mark.django_db
ISSUED_ON = {"issued_on_0": "4", "issued_on_1": "january", "issued_on_2": "2027"}
SEEN = {"number": "0012 3456 7890", **ISSUED_ON, "place": "Our office", "details_match": "yes", "weigh": "officer"}
VIEW = {
    **dict.fromkeys(("relevance", "seriousness", "time_since", "pattern", "changed", "openness", "supervision"), "low"),
    "knows_the_person": "no",
    "suitability": "ok",
}


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER, name="Vera Vetter")


@pytest.fixture
def client(officer):
    return client_of(officer, second_factor=True)


@pytest.fixture
def person():
    person = make.applicant()
    Application.objects.filter(ambassador=person).update(check_agreed_at=make.NOW)
    make.requirement(person, kind=RequirementKind.SELF, recorded_by=person.user)
    return person


def page(client, name: str, pk: int) -> str:
    response = client.get(reverse(name, args=[pk]))
    assert response.status_code == 200
    return response.text


def press(client, name: str, pk: int, **data) -> str:
    return client.post(reverse(name, args=[pk]), data, follow=True).text


def staff(*roles: Role, name: str):
    return client_of(make.staff(*roles, name=name, email=f"{name.split()[0]}@panel.example"), second_factor=True)


def test_an_officer_takes_it_from_the_record_to_a_colleague_s_confirmation(client, person):
    assert reverse("begin_check", args=[person.pk]) in page(client, "ambassador", person.pk)
    assert "First say by what right" in press(client, "begin_check", person.pk)
    check = person.checks.get()
    said = press(
        client, "confirm_check_right", check.pk, basis="infrequent", note="A talk a term.", volunteer_free="yes"
    )
    assert "It is applied for" in said
    assert "Noted: it is applied for." in press(client, "apply_for_check", check.pk)
    assert "My certificate has come" in client_of(person.user).get(reverse("agree_to_check")).text
    assert "Bring it along" in client_of(person.user).post(reverse("certificate_has_come"), follow=True).text
    said = press(client, "see_certificate", check.pk, **SEEN)
    assert "You saw this certificate, so a colleague has to confirm it." in said
    assert "Ends in 7890" in said and "3456" not in said
    assert "so a colleague has to confirm it" in press(client, "clear_check", check.pk)
    colleague = staff(Role.VETTING_OFFICER, name="Cora Colleague")
    assert "The check counts from now on." in press(colleague, "clear_check", check.pk)
    assert "In date" in page(client, "ambassador", person.pk)


def test_an_assessor_starts_at_the_checks_to_weigh():
    assessor = staff(Role.DISCLOSURE_ASSESSOR, name="Ada Assessor")
    assert assessor.get(reverse("home"), follow=True).redirect_chain[-1][0] == reverse("checks_to_weigh")


def test_no_check_is_begun_for_somebody_who_has_not_agreed(client, person):
    Application.objects.filter(ambassador=person).update(check_agreed_at=None)
    assert "They have not agreed to a check yet." in press(client, "begin_check", person.pk)
    Application.objects.filter(ambassador=person).update(wants_to_talk=True)
    assert "They have not agreed to a check yet: they want to talk first." in press(client, "begin_check", person.pk)
    assert not person.checks.exists()


def test_one_that_did_not_match_is_said_to_be_asked_for_anew(client, person):
    check = make.check(person, status=CheckStatus.ISSUED)
    said = press(client, "see_certificate", check.pk, **{**SEEN, "details_match": "no"})
    assert "It did not match, so it does not count. Ask for the check anew." in said and "Recorded." not in said


@pytest.mark.parametrize(
    ("nation", "body", "rights"),
    [
        (Nation.ENG, "DBS (England, Wales)", ["infrequent", "regulated"]),
        (Nation.NIR, "AccessNI (Northern Ireland)", ["infrequent", "regulated"]),
        (Nation.SCO, "Disclosure Scotland (PVG)", ["regulated_role"]),
    ],
)
def test_only_the_rights_of_the_nation_are_offered(client, person, nation, body, rights):
    Ambassador.objects.filter(pk=person.pk).update(nation=nation)
    shown = page(client, "confirm_check_right", make.check(person, status=CheckStatus.REQUIRED).pk)
    assert re.findall(r'name="basis" value="(\w+)"', shown) == rights
    assert f"Made by: {body}." in shown


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number": "<b>"}, "letters and digits only"),
        ({"number": "9" * 100_000}, "letters and digits only"),
        ({"place": ""}, "Answer “Where do you see it?”"),
        ({"issued_on_2": "2028"}, "This date is in the future"),
        ({"details_match": "perhaps"}, "Choose one of the answers offered"),
        ({"weigh": ""}, "Who looks at it next?"),
    ],
)
def test_what_makes_no_sense_is_said_in_one_sentence_and_changes_nothing(client, person, changed, sentence):
    check = make.check(person, status=CheckStatus.ISSUED)
    response = client.post(reverse("see_certificate", args=[check.pk]), {**SEEN, **changed})
    assert response.status_code == 200 and sentence in response.text
    check.refresh_from_db()
    assert check.status == CheckStatus.ISSUED and check.number is None


def day(name: str, *parts: str) -> dict[str, str]:
    return {f"{name}_{place}": part for place, part in enumerate(parts)}


MEMBER = {
    **SEEN,
    "number": "1234 5678 1234 5678",
    **day("joined_on", "1", "12", "2026"),
    **day("linked_on", "5", "1", "2027"),
}


def test_of_a_membership_more_is_asked_and_of_no_other_check(client, person):
    check = make.check(person, status=CheckStatus.ISSUED)
    assert "linked to us" not in page(client, "see_certificate", check.pk)
    Check.objects.filter(pk=check.pk).update(body=CheckBody.PVG)
    shown = page(client, "see_certificate", check.pk)
    assert all(words in shown for words in ("PVG membership number", "or last renew", "linked to us"))
    said = press(client, "see_certificate", check.pk, **MEMBER)
    assert "Ends in 5678" in said and "Tuesday 5 January 2027" in said and "Tuesday 1 December 2026" in said


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number": "1234 5678"}, "Enter the membership number: 16 digits"),
        ({"number": "P234567812345678"}, "Enter the membership number: 16 digits"),
        ({"linked_on_2": "2028"}, "only a linked membership counts"),
        ({"joined_on_0": "2", "joined_on_1": "1", "joined_on_2": "2027", "linked_on_0": "1"}, "A membership is linked"),
        ({"linked_on_0": ""}, "A date needs a day"),
    ],
)
def test_what_cannot_be_of_a_membership_is_said_in_one_sentence(client, person, changed, sentence):
    check = make.check(person, status=CheckStatus.ISSUED, body=CheckBody.PVG)
    response = client.post(reverse("see_certificate", args=[check.pk]), {**MEMBER, **changed})
    assert response.status_code == 200 and sentence in response.text
    check.refresh_from_db()
    assert check.status == CheckStatus.ISSUED and check.linked_on is None


def test_a_lifetime_member_is_called_so_and_an_officer_records_the_last_day(client, person, officer):
    check = make.check(person, body=CheckBody.PVG, joined_on=date(2024, 5, 14), linked_on=date(2026, 11, 1))
    colleague = staff(Role.VETTING_OFFICER, name="Cora Colleague")
    assert "For life, until Disclosure Scotland moves them over" in press(colleague, "clear_check", check.pk)
    row = person.requirements.get(kind=RequirementKind.CRC)
    shown = page(client, "ambassador", person.pk)
    assert (
        "For life, until Disclosure Scotland moves them over" in shown
        and reverse("date_membership", args=[row.pk]) in shown
    )
    assert "for life" in page(client, "date_membership", row.pk)
    assert "does not end before it counts" in press(
        client, "date_membership", row.pk, **day("last_day", "1", "1", "2026")
    )
    said = press(client, "date_membership", row.pk, **day("last_day", "1", "9", "2027"))
    assert "Recorded." in said and "Recheck due Thursday 2 September 2027" in said
    assert "its record has changed" in press(client, "date_membership", row.pk, **day("last_day", "1", "9", "2028"))
    assert "its record has changed" in client.get(reverse("date_membership", args=[row.pk]), follow=True).text


@pytest.mark.parametrize("name", ["see_certificate", "confirm_check_right"])
def test_a_file_is_refused_and_the_try_is_on_record(client, officer, person, name):
    check = make.check(person, status=CheckStatus.ISSUED)
    file = SimpleUploadedFile("certificate.jpg", b"a picture", "image/jpeg")
    response = client.post(reverse(name, args=[check.pk]), {**SEEN, "scan": file})
    assert response.status_code == 400 and "Nothing was taken" in response.text
    entry = Entry.objects.get(action="check.upload")
    assert (entry.actor, entry.outcome) == (officer, "refused")
    check.refresh_from_db()
    assert check.status == CheckStatus.ISSUED


def test_the_state_reads_the_same_to_an_officer_whoever_has_to_decide(client, person):
    check = make.check(person, status=CheckStatus.ASSESSING)
    for status in (CheckStatus.SEEN, CheckStatus.ASSESSING, CheckStatus.ESCALATED):
        Check.objects.filter(pk=check.pk).update(status=status)
        assert "Being decided" in page(client, "ambassador", person.pk)
        said = page(client, "check", check.pk)
        assert "Being decided" in said
        assert "assess" not in said.casefold().replace(reverse("check", args=[check.pk]), "")


def test_every_reading_is_on_record(client, officer, person):
    check = make.check(person, status=CheckStatus.ASSESSING)
    page(client, "check", check.pk)
    assessor = staff(Role.DISCLOSURE_ASSESSOR, name="Fay First")
    page(assessor, "check_to_weigh", check.pk)
    read = Entry.objects.filter(object_type="ambassadors.check", object_id=str(check.pk))
    assert list(read.values_list("action", flat=True)) == ["check.read", "check.weigh"]


def test_two_assessors_weigh_it_each_on_their_own(person):
    check = make.check(person, status=CheckStatus.ASSESSING)
    first, second = (staff(Role.DISCLOSURE_ASSESSOR, name=name) for name in ("Fay First", "Sam Second"))
    assert person.full_name in first.get(reverse("checks_to_weigh")).text
    assert "Noted." in press(first, "note_disclosure", check.pk, words="Ring the tutor.")
    assert "stands" in press(first, "record_view", check.pk, **VIEW)
    blind = page(second, "check_to_weigh", check.pk)
    assert "Ring the tutor." not in blind and "Fay First" not in blind
    said = press(second, "record_view", check.pk, **VIEW)
    assert "Ring the tutor." in said and "Fay First" in said
    assert "No check waits for you." in second.get(reverse("checks_to_weigh")).text
    check.refresh_from_db()
    assert check.status == CheckStatus.OK


def test_two_who_differ_read_each_other_and_that_a_lead_decides(person):
    check = make.check(person, status=CheckStatus.ASSESSING)
    first, second = (staff(Role.DISCLOSURE_ASSESSOR, name=name) for name in ("Fay First", "Sam Second"))
    press(first, "record_view", check.pk, **VIEW)
    said = press(second, "record_view", check.pk, **{**VIEW, "suitability": "not_suitable"})
    assert "a safeguarding lead decides" in said and "Fay First" in said
    said = page(first, "check_to_weigh", check.pk)
    assert "Sam Second" in said and reverse("decide_check", args=[check.pk]) not in said


def test_an_assessor_reads_for_what_role_it_is_and_until_when_a_no_is_too_soon(person, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)
    make.check(person, status=CheckStatus.ASSESSING, seen_on=make.NOW.date(), eligibility_note="Two talks a term.")
    assessor = staff(Role.DISCLOSURE_ASSESSOR, name="Fay First")
    said = page(assessor, "check_to_weigh", person.checks.get().pk)
    assert "Two talks a term." in said and "not to a no" in said
    client_of(person.user).post(reverse("comment_on_check"), {"words": "I was sixteen."})
    assert "not to a no" not in page(assessor, "check_to_weigh", person.checks.get().pk)


@pytest.mark.parametrize("status", [CheckStatus.OK, CheckStatus.CONDITIONS])
def test_an_officer_reads_of_no_check_who_decided_it_nor_that_it_was_appealed(client, person, status):
    check = make.check(person, status=status, decided_on=make.NOW.date())
    lead = make.staff(Role.SAFEGUARDING_LEAD, name="Lena Lead", email="lena@leads.example")
    for kind in ("find_unsuitable", "appeal", "overturn"):
        check.events.create(kind=kind, status=status, by=lead, at=make.NOW)
    check.requirement = make.requirement(
        person, kind=RequirementKind.CRC, body="dbs", recorded_by=lead, confirmed_by=make.user(name="Sam Second")
    )
    check.save()
    for said in (page(client, "check", check.pk), page(client, "ambassador", person.pk)):
        assert "Lena Lead" not in said and "Sam Second" not in said and "ppeal" not in said


def test_a_person_reads_their_conditions(person):
    check = make.check(person, status=CheckStatus.CONDITIONS, decided_on=make.NOW.date())
    people = {"recorded_by": make.user(), "confirmed_by": make.user()}
    check.requirement = make.requirement(
        person, kind=RequirementKind.CRC, body="dbs", conditions="paired no_online", **people
    )
    check.save()
    said = client_of(person.user).get(reverse("agree_to_check")).text
    assert "Only together with another ambassador" in said and "Not online" in said


@pytest.mark.parametrize("status", [CheckStatus.ASSESSING, CheckStatus.ESCALATED, CheckStatus.APPEALED])
def test_what_is_being_decided_has_not_come_to_its_end(client, person, status):
    check = make.check(person, status=status)
    said = page(client, "check", check.pk)
    assert "It is being decided." in said and "come to its end" not in said


def test_a_lead_finds_what_two_could_not_agree_on_and_reads_both(person):
    check = make.check(person, status=CheckStatus.ASSESSING)
    fay, sam = (staff(Role.DISCLOSURE_ASSESSOR, name=name) for name in ("Fay First", "Sam Second"))
    press(fay, "record_view", check.pk, **VIEW)
    lead = staff(Role.SAFEGUARDING_LEAD, name="Lena Lead")
    assert person.full_name not in lead.get(reverse("checks_to_weigh")).text
    assert lead.get(reverse("check_to_weigh", args=[check.pk])).status_code == 404
    press(sam, "record_view", check.pk, **{**VIEW, "suitability": "not_suitable"})
    said = page(lead, "check_to_weigh", check.pk)
    assert "Fay First" in said and "Sam Second" in said
    data = {"suitability": "conditions", "conditions": ["paired"], "because": "Long ago."}
    assert "Decided." in press(lead, "decide_check", check.pk, **data)
    assert "Only together with another ambassador" in page(
        staff(Role.VETTING_OFFICER, name="Vic Vetter"), "check", check.pk
    )


def test_the_person_reads_a_no_and_may_ask_for_another_look(person):
    make.check(person, status=CheckStatus.NOT_SUITABLE, decided_on=make.NOW.date())
    client = client_of(person.user)
    assert "Ask for another look" in client.get(reverse("agree_to_check")).text
    assert "looks at it again" in client.post(reverse("appeal_check"), follow=True).text
    assert "No check of yours" not in client.post(reverse("appeal_check"), follow=True).text


def test_the_person_tells_those_who_weigh_it_what_they_should_know(person):
    check = make.check(person, status=CheckStatus.ASSESSING)
    client = client_of(person.user)
    assert reverse("comment_on_check") in client.get(reverse("agree_to_check")).text
    said = client.post(reverse("comment_on_check"), {"words": "I was sixteen."}, follow=True).text
    assert "Those who decide read it." in said and "sixteen" not in said
    assessor = staff(Role.DISCLOSURE_ASSESSOR, name="Fay First")
    assert "I was sixteen." in page(assessor, "check_to_weigh", check.pk)
    assert "sixteen" not in page(staff(Role.VETTING_OFFICER, name="Vic Vetter"), "check", check.pk)


@pytest.mark.parametrize("status", [CheckStatus.SEEN, CheckStatus.OK, CheckStatus.NOT_SUITABLE])
def test_there_is_nothing_to_comment_on_where_nothing_is_weighed(person, status):
    make.check(person, status=status, decided_on=make.NOW.date())
    client = client_of(person.user)
    assert reverse("comment_on_check") not in client.get(reverse("agree_to_check")).text
    for response in (client.get(reverse("comment_on_check")), client.post(reverse("comment_on_check"), {"words": "x"})):
        assert response.url == reverse("agree_to_check")
    assert not DisclosureNote.objects.exists()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        # Seen on Monday 2 November 2026: five working days later is the 9th, twenty are the 30th.
        (CheckStatus.ASSESSING, "Your view by Monday 9 November 2026"),
        (CheckStatus.ESCALATED, "To be decided by Monday 30 November 2026"),
        (CheckStatus.APPEALED, "To be decided by"),
    ],
)
def test_the_list_says_by_when(person, status, said):
    make.check(person, status=status)
    both = staff(Role.DISCLOSURE_ASSESSOR, Role.SAFEGUARDING_LEAD, name="Lena Lead")
    shown = both.get(reverse("checks_to_weigh")).text
    assert said in shown and "over" in shown


def test_once_one_s_view_is_recorded_the_list_names_the_day_of_the_decision(person):
    check = make.check(person, status=CheckStatus.ASSESSING)
    assessor = staff(Role.DISCLOSURE_ASSESSOR, name="Fay First")
    press(assessor, "record_view", check.pk, **VIEW)
    assert "To be decided by Monday 30 November 2026" in assessor.get(reverse("checks_to_weigh")).text


def test_a_person_without_a_check_can_press_nothing(person):
    for name in ("certificate_has_come", "appeal_check"):
        assert "No check of yours is under way." in client_of(person.user).post(reverse(name), follow=True).text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(rows, django_assert_max_num_queries):
    assessor = staff(Role.DISCLOSURE_ASSESSOR, name="Fay First")
    for number in range(rows):
        make.check(make.ambassador(name=f"Wanda {number}"), status=CheckStatus.ASSESSING)
    with django_assert_max_num_queries(7):
        assert "Wanda 0" in assessor.get(reverse("checks_to_weigh")).text


@pytest.mark.parametrize("rows", [1, 3])
def test_a_case_costs_the_same_however_many_notes(rows, person, django_assert_max_num_queries):
    check = make.check(person, status=CheckStatus.ASSESSING)
    user = make.staff(Role.DISCLOSURE_ASSESSOR, email="fay@panel.example")
    for number in range(rows):
        note_disclosure(check=check, words=f"Note {number}", by=user, at=make.NOW + timedelta(minutes=number))
    assessor = client_of(user, second_factor=True)
    with django_assert_max_num_queries(12):
        assert "Note 0" in page(assessor, "check_to_weigh", check.pk)


@pytest.mark.parametrize("name", ["record_view", "note_disclosure", "decide_check", "hear_appeal"])
def test_a_form_of_an_older_page_says_that_it_has_changed_and_does_nothing(person, name):
    check = make.check(person, status=CheckStatus.ESCALATED)
    if name == "decide_check":
        Check.objects.filter(pk=check.pk).update(status=CheckStatus.APPEALED)
    lead = staff(Role.SAFEGUARDING_LEAD, name="Lena Lead")
    assert "This has changed since you opened the page." in press(lead, name, check.pk, words="x")
    check.refresh_from_db()
    assert not check.events.exists() and not check.notes.exists()


def test_whoever_decides_and_presses_again_is_told_that_it_is_decided(person):
    check = make.check(person, status=CheckStatus.ASSESSING)
    panel = [staff(Role.DISCLOSURE_ASSESSOR, name=name) for name in ("Fay First", "Sam Second")]
    for assessor in panel:
        press(assessor, "record_view", check.pk, **VIEW)
    for assessor in panel:
        assert "This has changed since you opened the page." in press(assessor, "record_view", check.pk, **VIEW)
        assert "This has changed since you opened the page." in press(assessor, "note_disclosure", check.pk, words="x")


def test_whoever_reads_a_case_by_sending_an_empty_form_is_on_record_too(person):
    check = make.check(person, status=CheckStatus.ASSESSING)
    comment_on_check(check=check, words="I was sixteen.", by=person.user, at=make.NOW)
    assessor = staff(Role.DISCLOSURE_ASSESSOR, name="Fay First")
    assert "I was sixteen." in press(assessor, "note_disclosure", check.pk, words="")
    assert Entry.objects.get(action="check.weigh").actor.full_name == "Fay First"


def test_a_lead_reads_who_has_seen_a_check_when_and_for_what_and_nothing_of_what_it_said(client, person):
    check = make.check(person, status=CheckStatus.ASSESSING)
    page(client, "check", check.pk)
    fay, sam = (staff(Role.DISCLOSURE_ASSESSOR, name=name) for name in ("Fay First", "Sam Second"))
    press(fay, "note_disclosure", check.pk, words="Ring the tutor.")
    for assessor in (fay, sam):
        press(assessor, "record_view", check.pk, **VIEW)
    lead = staff(Role.SAFEGUARDING_LEAD, name="Lena Lead")

    found = lead.get(reverse("checks_to_weigh"), {"q": person.full_name}).text
    assert reverse("who_saw_check", args=[check.pk]) in found
    said = lead.get(reverse("who_saw_check", args=[check.pk]))
    assert [(each.by, each.purpose) for each in reversed(said.context["rows"])] == [
        ("Vera Vetter", "Read how it stands"),
        ("Fay First", "Kept a note"),
        ("Fay First", "Opened it to weigh or to decide"),
        ("Fay First", "Recorded a view"),
        ("Fay First", "Opened it to weigh or to decide"),
        ("Sam Second", "Recorded a view"),
        ("Sam Second", "Opened it to weigh or to decide"),
        ("Lena Lead", "Looked at who has seen it"),
    ]
    assert "Ring the tutor." not in said.text and "uitable" not in said.text


def test_no_lead_reads_who_saw_their_own_check_or_one_of_another_region(person):
    check = make.check(person)
    region = Region.objects.create(name="Far away", slug="far-away", nation="england")
    elsewhere = client_of(make.staff(Role.SAFEGUARDING_LEAD, regions=(region,)), second_factor=True)
    own = make.staff(Role.SAFEGUARDING_LEAD)
    Ambassador.objects.filter(pk=person.pk).update(user=own)
    for reader in (elsewhere, client_of(own, second_factor=True)):
        assert reader.get(reverse("who_saw_check", args=[check.pk])).status_code == 404
        found = reader.get(reverse("checks_to_weigh"), {"q": person.full_name}).text
        assert "There is no check of anybody of that name." in found
    assert not Entry.objects.filter(action="check.seen").exists()


def test_nobody_but_a_lead_is_offered_to_look_for_a_check(person):
    make.check(person)
    assessor = staff(Role.DISCLOSURE_ASSESSOR, name="Fay First")
    said = assessor.get(reverse("checks_to_weigh"), {"q": person.full_name}).text
    assert "Who has seen a check" not in said and person.full_name not in said


@pytest.mark.parametrize("rows", [1, 3])
def test_who_saw_it_costs_the_same_however_often_it_was_read(rows, person, django_assert_max_num_queries):
    check = make.check(person)
    for number in range(rows):
        record("check.read", check, by=make.user(name=f"Reader {number}"), at=make.NOW)
    lead = staff(Role.SAFEGUARDING_LEAD, name="Lena Lead")
    with django_assert_max_num_queries(9):
        assert "Reader 0" in page(lead, "who_saw_check", check.pk)


def test_everything_that_the_record_says_of_a_check_has_words():
    source = "".join(module.text for module in modules("ambassadors", "bookings"))
    written = set(re.findall(r'record\(\s*"(check\.\w+)", (?!request\.user)', source))
    assert {"check.read", "check.weigh", "check.view"} < written
    by_a_rule = {"check.purge", "check.escalate", "check.supersede"}
    assert written | {f"check.{name}" for name in CHECK.moves} <= {*SEEN_FOR, *by_a_rule}


@pytest.mark.parametrize(("status", "is_told"), [(CheckStatus.ASSESSING, True), (CheckStatus.SEEN, False)])
def test_whoever_is_joining_reads_on_their_list_that_they_may_say_something(person, status, is_told):
    Ambassador.objects.filter(pk=person.pk).update(status="vetting")
    Application.objects.filter(ambassador=person).update(sent_at=make.NOW)
    make.check(person, status=status)
    said = client_of(person.user).get(reverse("join_as_ambassador")).text
    assert (reverse("comment_on_check") in said) == is_told
