"""The pages of a complaint: made by anyone, followed by its address, seen to by somebody unconnected."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quality.complaint_querysets import READ_FOR
from quality.enums import ComplaintStatus
from quality.models import Complaint, Concern
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.letters.sending import send_due
from stem.moments import day_of
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

SAID = {
    "welfare": "no",
    "name": "Cal Complainer",
    "email": "cal@home.example",
    "about": "A letter",
    "words": "Nobody answered me for a month",
    "wants": "An apology",
}
ANSWER = {"finding": "partly", "words": "We were too slow.", "note": "Read the letters"}


@pytest.fixture
def hana():
    return make.staff(Role.QUALITY_MANAGER, name="Hana Handler")


@pytest.fixture
def handler(hana) -> Client:
    return client_of(hana, second_factor=True)


def send(client: Client, name: str, complaint: Complaint, /, **said: str):
    return client.post(reverse(name, args=[complaint.pk]), said)


def page(client: Client, complaint: Complaint) -> str:
    return client.get(reverse("complaint", args=[complaint.pk])).text


def mine(complaint: Complaint) -> str:
    return Client().get(reverse("my_complaint", args=[complaint.key])).text


def standing(complaint: Complaint) -> str:
    return Complaint.objects.get(pk=complaint.pk).status


def test_anyone_complains_and_follows_it_by_its_address(client):
    shown = client.get(reverse("complain")).text
    assert shown.index("call 999") < shown.index('<form class="form"')
    assert "checked" not in shown
    answer = client.post(reverse("complain"), SAID, follow=True)
    complaint = Complaint.objects.get()
    assert vars(complaint.said) == {**{name: said for name, said in SAID.items() if name != "welfare"}, "phone": ""}
    assert complaint.reference in answer.text and "Nobody answered me for a month" in answer.text
    assert answer.headers["Cache-Control"].count("no-store") == 1
    assert complaint.raised_by is None


def test_another_address_opens_nothing(client):
    key = make.complaint().key
    for wrong in (key[:-1], key + "x", "1", "NQ:1"):
        assert client.get(reverse("my_complaint", args=[wrong])).status_code == 404
        assert client.post(reverse("appeal_complaint", args=[wrong]), {"words": "x"}).status_code == 404


def test_its_address_opens_it_for_a_year_after_it_was_closed(client):
    over = make.complaint(status=ComplaintStatus.CLOSED)
    address = reverse("my_complaint", args=[over.key])
    closed_at = timezone.now() - READ_FOR
    Complaint.objects.update(closed_at=closed_at + timedelta(minutes=1))
    assert "It is closed. You can read it here until" in client.get(address).text
    Complaint.objects.update(closed_at=closed_at - timedelta(minutes=1))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("missing", ["welfare", "name", "about", "words", "email"])
def test_what_is_missing_is_said_and_nothing_is_kept(client, missing):
    answer = client.post(reverse("complain"), {**SAID, missing: ""})
    assert (answer.status_code, Complaint.objects.count()) == (200, 0)
    assert "There is a problem" in answer.text


def test_a_telephone_number_will_do(client):
    client.post(reverse("complain"), {**SAID, "email": "", "phone": "01632 960007"})
    assert Complaint.objects.get().said.phone == "01632 960007"


def test_a_visit_is_named_to_whoever_may_see_it_and_to_nobody_else(client):
    visit = make.visit()
    address = f"{reverse('complain')}?visit={visit.pk}"
    school = visit.request.school.name
    for who, knows in ((client_of(visit.request.contact.user), True), (client_of(make.user()), False), (client, False)):
        assert (school in who.get(address).text) is knows
        who.post(address, SAID)
        assert (Complaint.objects.latest("pk").visit == visit) is knows


def test_too_many_from_one_place_are_told_to_ring(client, settings):
    settings.PAGE_RATE_LIMITS = {**settings.PAGE_RATE_LIMITS, "complain": "1/h/ip"}
    codes = [client.post(reverse("complain"), SAID).status_code for _time in range(2)]
    assert (codes, Complaint.objects.count()) == ([302, 429], 1)


def test_a_child_s_welfare_comes_first_and_handlers_see_only_that_it_waits(client, handler):
    answer = client.post(reverse("complain"), {**SAID, "welfare": "yes"}, follow=True)
    assert "A safeguarding lead reads it first" in answer.text
    complaint = Complaint.objects.get()
    assert Concern.objects.get().told.words == SAID["words"]
    shown = handler.get(reverse("complaints")).text + page(handler, complaint)
    assert complaint.reference in shown and "It waits" in shown
    for private in (SAID["words"], SAID["name"], SAID["email"], SAID["about"], SAID["wants"], "Write down"):
        assert private not in shown


def test_from_the_complaint_to_the_second_answer(client, handler, hana):
    alex = client_of(make.staff(Role.ADMINISTRATOR, name="Alex Administrator"), second_factor=True)
    client.post(reverse("complain"), SAID)
    complaint = Complaint.objects.get()
    send(alex, "acknowledge_complaint", complaint)
    send(alex, "assign_complaint", complaint, handler=str(hana.pk))
    assert reverse("investigate_complaint", args=[complaint.pk]) not in page(alex, complaint)
    send(handler, "investigate_complaint", complaint)
    assert "Read the letters" not in mine(complaint)
    send(handler, "respond_to_complaint", complaint, **ANSWER)
    shown = mine(complaint)
    assert "We were too slow." in shown and "Partly upheld" in shown and "Read the letters" not in shown
    appeal = reverse("appeal_complaint", args=[complaint.key])
    assert "another-look" in shown
    assert "There is a problem" in client.post(appeal, {"words": ""}).text
    client.post(appeal, {"words": "Read it again"})
    assert reverse("answer_appeal", args=[complaint.pk]) not in page(handler, complaint)
    assert "looks again" in handler.get(reverse("complaints")).text
    assert "Read it again" in page(alex, complaint)
    send(alex, "answer_appeal", complaint, finding="upheld", words="You are right.", note="Read all")
    assert standing(complaint) == "closed"
    shown = mine(complaint)
    assert "You are right." in shown and "another-look" not in shown


def test_the_letters_say_where_and_nothing_of_what(client, handler, hana):
    client.post(reverse("complain"), SAID)
    complaint = Complaint.objects.get()
    send(handler, "acknowledge_complaint", complaint)
    send_due(at=timezone.now() + timedelta(minutes=1))
    to = {message.to[0]: str(message.body) for message in mail.outbox}
    [theirs] = [body for address, body in to.items() if "cal@home.example" in address]
    [link] = re.findall(r"https?://[^/]+(/complaint/\S+)", theirs)
    assert complaint.reference in Client().get(link).text
    assert all("Nobody answered me" not in body for body in to.values())


def test_the_time_for_another_look_runs_out(client):
    today = day_of(timezone.now())
    open_still, over = (
        make.complaint(status=ComplaintStatus.RESPONDED, due_on=today - timedelta(days=days)) for days in (0, 1)
    )
    assert "another-look" in mine(open_still)
    assert "The time to ask for another look is over" in mine(over)
    answer = client.post(reverse("appeal_complaint", args=[over.key]), {"words": "Again"})
    assert "is over" in answer.text and standing(over) == "responded"


def test_a_second_person_reads_what_was_said_before(handler, hana):
    alex = client_of(make.staff(Role.ADMINISTRATOR), second_factor=True)
    complaint = make.complaint(status=ComplaintStatus.INVESTIGATING, handler=hana)
    send(handler, "propose_repeat", complaint, words="You had an answer in May.", note="K00001")
    assert reverse("confirm_repeat", args=[complaint.pk]) not in page(handler, complaint)
    assert "You had an answer in May." in page(alex, complaint)
    assert "You had an answer in May." not in mine(complaint)
    send(alex, "keep_investigating", complaint)
    assert standing(complaint) == "investigating"
    send(handler, "propose_repeat", complaint, words="You had an answer in May.", note="K00001")
    send(alex, "confirm_repeat", complaint)
    assert "You had an answer in May." in mine(complaint)


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("assign_complaint", "acknowledged", {"handler": ""}),
        ("assign_complaint", "acknowledged", {"handler": "999999"}),
        ("respond_to_complaint", "investigating", {**ANSWER, "finding": "withdrawn"}),
        ("respond_to_complaint", "investigating", {**ANSWER, "words": " "}),
        ("propose_repeat", "investigating", {"words": "x"}),
        ("withdraw_complaint", "received", {"note": ""}),
        ("reroute_complaint", "acknowledged", {"words": "x"}),
        ("note_on_complaint", "received", {"note": ""}),
    ],
)
def test_what_a_step_needs_is_said_and_nothing_changes(handler, hana, name, status, said):
    complaint = make.complaint(status=status, handler=hana)
    answer = send(handler, name, complaint, **said)
    assert (answer.status_code, standing(complaint)) == (200, status)
    assert "There is a problem" in answer.text


def test_whom_it_is_about_is_named_by_an_address_that_is_known(handler, hana):
    complaint, about = make.complaint(status=ComplaintStatus.ACKNOWLEDGED), make.user(email="sam@people.example")
    said = {"handler": str(hana.pk), "complained_of": "nobody@people.example"}
    assert "Nobody has an account with this address" in send(handler, "assign_complaint", complaint, **said).text
    send(handler, "assign_complaint", complaint, **{**said, "complained_of": "SAM@people.example"})
    assert Complaint.objects.get().complained_of == about
    assert about.full_name in page(handler, complaint)


def test_whoever_is_connected_finds_nothing_and_others_are_not_let_in(hana):
    complaint = make.complaint(status=ComplaintStatus.INVESTIGATING, handler=hana, complained_of=hana)
    client = client_of(hana, second_factor=True)
    assert complaint.reference not in client.get(reverse("complaints")).text
    for name in ("complaint", "note_on_complaint", "withdraw_complaint", "assign_complaint"):
        assert send(client, name, complaint, note="x").status_code == 404
    for role in (Role.COORDINATOR, Role.SAFEGUARDING_LEAD, Role.VETTING_OFFICER):
        other = client_of(make.staff(role), second_factor=True)
        assert other.get(reverse("complaint", args=[complaint.pk])).status_code == 403
        assert other.get(reverse("complaints")).status_code == 403


def test_every_reading_is_on_record(handler, hana):
    complaint = make.complaint()
    page(handler, complaint)
    assert Entry.objects.filter(action="complaint.read", object_id=str(complaint.pk), actor=hana).count() == 1


def test_what_is_due_first_stands_first_and_what_waits_stands_last(handler):
    today = day_of(timezone.now())
    waiting = make.complaint(status=ComplaintStatus.WAITING, concern=make.concern())
    later, late, near = (make.complaint(due_on=today + timedelta(days=days)) for days in (30, -1, 0))
    over = make.complaint(status=ComplaintStatus.CLOSED)
    shown = handler.get(reverse("complaints")).text
    order = [shown.index(each.reference) for each in (late, near, later, waiting, over)]
    assert order == sorted(order)
    assert shown.index("tag-bad") < shown.index("tag-warning") < shown.index("tag-good")


def test_its_words_stay_with_the_leads_where_it_was_a_safeguarding_matter(handler):
    complaint = make.complaint(concern=make.concern(status="closed"))
    shown = page(handler, complaint)
    assert "Nobody answered me" not in shown and "Cal Complainer" in shown
    assert "Nobody answered me" in mine(complaint)


def test_a_lead_hands_a_worry_on_with_words_of_their_own(handler):
    lead = client_of(make.staff(Role.SAFEGUARDING_LEAD), second_factor=True)
    concern = make.concern(said=make.told(words="Secret words"))
    address = reverse("triage_concern", args=[concern.pk])
    said = {"level": "not_safeguarding", "about": "nobody", "note": "Rang", "handed_to": "complaint"}
    assert "stays with you" in lead.post(address, said).text
    lead.post(address, {**said, "for_complaint": "He came late."})
    complaint = Complaint.objects.get()
    assert complaint.reference in lead.get(reverse("concern", args=[concern.pk])).text
    shown = page(handler, complaint)
    assert "He came late." in shown and "Tess Teacher" in shown and "Secret words" not in shown


def test_what_somebody_complained_of_is_among_what_we_hold_of_them():
    user, other = make.user(), make.user()
    make.complaint(raised_by=user, status=ComplaintStatus.RESPONDED, said=make.complained(words="My own words"))
    address = reverse("what_we_hold_about", args=["complaints"])
    told = client_of(user).get(address).text
    assert "My own words" in told and "We were too slow" in told
    assert "My own words" not in client_of(other).get(address).text
