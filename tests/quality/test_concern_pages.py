"""The pages of a worry: told by anyone, carried through by leads, opened by a second deputy in an emergency."""

import pytest
from django.urls import reverse
from django.utils import timezone

from quality.enums import ConcernLevel, ConcernStatus
from quality.models import Concern, Suspension
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.moments import day_of
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def leads():
    """Two leads' browsers."""
    return [client_of(make.staff(Role.SAFEGUARDING_LEAD), second_factor=True) for _number in range(2)]


def send(client, name: str, concern: Concern, /, **said: str):
    return client.post(reverse(name, args=[concern.pk]), said)


def page(client, concern: Concern) -> str:
    return client.get(reverse("concern", args=[concern.pk])).text


def this_morning(field: str) -> dict[str, str]:
    day = day_of(timezone.now())
    return {f"{field}_on_0": str(day.day), f"{field}_on_1": str(day.month), f"{field}_on_2": str(day.year)} | {
        f"{field}_clock": "00:00"
    }


def standing(concern: Concern) -> str:
    return Concern.objects.get(pk=concern.pk).status


def test_danger_comes_first_and_what_is_asked_is_kept(client):
    shown = client.get(reverse("raise_concern")).text
    assert shown.index("call 999") < shown.index("<h1>") < shown.index("<form class")
    said = {
        "told_by": "Tess",
        "told_by_role": "teacher",
        "contact": "01632 960001",
        "words": "He was rude.",
        "happened": "Monday, told today",
        "place": "Lab 3",
        "adult": "Sam Stone",
        "school_reference": "SG/27/4",
        "witnesses": "Ms Holt",
        "done": "Spoke with the head at 10",
        "school_told": "on",
    }
    assert client.post(reverse("raise_concern"), said).status_code == 302
    concern = Concern.objects.get()
    assert {**vars(concern.told), "school_told": "on" if concern.school_told else ""} == said


def test_a_visit_that_has_no_time_yet_can_be_worried_about():
    visit = make.visit()
    teacher = client_of(visit.request.contact.user)
    shown = teacher.get(reverse("raise_concern"), {"visit": visit.pk})
    assert visit.starts_at is None and "that has no time yet" in shown.text

    told = {"told_by": "Tess", "told_by_role": "Teacher", "contact": "01632 960001", "words": "He was rude."}
    teacher.post(f"{reverse('raise_concern')}?visit={visit.pk}", told)
    lead = client_of(make.staff(Role.SAFEGUARDING_LEAD), second_factor=True)
    assert "That has no time yet" in page(lead, Concern.objects.get(visit=visit))


def test_two_leads_take_possible_harm_from_beginning_to_end(leads):
    person = make.ambassador(name="Sam Stone", cleared=True)
    concern = make.concern(visit=make.visit(ambassador=person, status="confirmed"))
    first, second = leads
    assert "Say what it is by" in page(first, concern)

    triage = {"level": "harm_threshold", "about": str(person.pk), "note": "Rang the school at 9"}
    send(first, "triage_concern", concern, **triage)
    assert Suspension.objects.get().ambassador == person
    shown = page(first, concern)
    assert "Do not interview the ambassador first" in shown
    assert reverse("suspend", args=[person.pk]) not in shown
    assert reverse("suspension", args=[Suspension.objects.get().pk]) in shown
    assert "Local authority designated officer (LADO)" in shown

    referral = {"whom": "Lou", "officer_reference": "L/114", **this_morning("told"), **this_morning("head")}
    assert send(first, "refer_concern", concern, **referral).status_code == 302
    send(first, "record_outcome", concern, outcome="unfounded", note="LADO, by letter")
    send(first, "record_actions", concern, note="Spoke with Sam and the head")
    assert "Say first whether they are referred" in send(first, "propose_close", concern, note="All is done").text
    send(first, "answer_referral", concern, referral="not_met", note="The officer agrees")
    assert reverse("confirm_not_met", args=[concern.pk]) not in page(first, concern)
    send(second, "confirm_not_met", concern)
    send(first, "propose_close", concern, note="All is done")
    assert reverse("close_concern", args=[concern.pk]) not in page(first, concern)
    send(first, "close_concern", concern)
    assert standing(concern) == "closing"

    assert reverse("close_concern", args=[concern.pk]) in page(second, concern)
    send(second, "close_concern", concern)
    assert standing(concern) == "closed"
    assert "Unfounded" in page(second, concern)


def test_somebody_who_had_no_part_in_the_visit_is_found_by_number_or_address(leads):
    person, concern = make.ambassador(name="Una Elsewhere", email="una@work.example"), make.concern()
    triage = {"level": "low_level", "about": "else", "note": "Heard of it"}
    assert "Enter the scheme number or the e-mail address" in send(leads[0], "triage_concern", concern, **triage).text
    send(leads[0], "triage_concern", concern, **triage, person=person.reached_at.upper())
    assert Concern.objects.get().ambassador == person


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("triage_concern", "raised", {"level": "nonsense", "about": "nobody", "note": "x"}),
        ("triage_concern", "raised", {"level": "low_level", "about": "999999", "note": "x"}),
        ("triage_concern", "raised", {"level": "not_safeguarding", "about": "nobody", "note": "x"}),
        ("refer_concern", "harm_threshold", {"whom": "Lou", "officer_reference": "L/1"}),
        ("pass_on_concern", "child_welfare", {"whom": "", "told_clock": "25:99"}),
        ("record_outcome", "low_level", {"outcome": "guilty", "note": "x"}),
        ("propose_close", "actions", {"note": "  "}),
        ("answer_referral", "harm_threshold", {"referral": "not_met", "note": ""}),
        ("record_report", "raised", {"police_on_0": "1", "police_on_1": "2", "police_on_2": "2027"}),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(leads, name, status, said):
    concern = make.concern(status=ConcernStatus(status))
    answer = send(leads[0], name, concern, **said)
    assert (answer.status_code, standing(concern)) == (200, status)
    assert "There is a problem" in answer.text


def test_whoever_may_not_is_told_nothing_and_the_number_alone_opens_nothing(leads):
    concern = make.concern(about=make.ambassador(), status=ConcernStatus.CLOSING, proposed_by=make.user())
    for person in (make.staff(Role.COORDINATOR, Role.ADMINISTRATOR), make.contact().user):
        client = client_of(person, second_factor=True)
        for name in ("concern", "triage_concern", "note_on_concern", "close_concern"):
            assert client.post(reverse(name, args=[concern.pk])).status_code == 403
    own = make.concern(about=make.ambassador(user=make.staff(Role.SAFEGUARDING_LEAD)), status=ConcernStatus.LOW_LEVEL)
    about_me = client_of(own.ambassador.user, second_factor=True)
    for name in ("concern", "note_on_concern", "propose_close"):
        assert about_me.get(reverse(name, args=[own.pk])).status_code == 404
    assert own.reference not in about_me.get(reverse("concerns")).text


def test_a_second_deputy_sees_numbers_until_they_break_the_glass():
    second = make.staff(Role.SECOND_DEPUTY)
    client, concern = client_of(second, second_factor=True), make.concern()
    listed = client.get(reverse("behind_glass")).text
    assert concern.reference in listed and concern.told.told_by_role not in listed
    assert client.get(reverse("concern", args=[concern.pk])).status_code == 404
    assert client.get(reverse("concerns")).status_code == 403

    assert client.get(reverse("break_glass", args=[concern.pk])).status_code == 200
    assert not Entry.objects.filter(action="concern.break_glass").exists()
    send(client, "break_glass", concern, reason="Nobody answers, and a child waits")
    shown = page(client, concern)
    assert concern.told.words in shown
    assert reverse("triage_concern", args=[concern.pk]) not in shown
    assert "Say what it is by" not in shown
    actions = Entry.objects.filter(actor=second, object_type="quality.concern").values_list("action", flat=True)
    assert list(actions.order_by("pk")) == ["concern.break_glass", "concern.read"]


def test_the_list_shows_the_clock(leads):
    make.concern(raised_at=timezone.now())
    assert "To be looked at by" in leads[0].get(reverse("concerns")).text


def test_quality_reads_that_one_came_to_them_and_nothing_of_it():
    concern = make.concern(status=ConcernStatus.CLOSED, level=ConcernLevel.NOT_SAFEGUARDING)
    shown = client_of(make.staff(Role.QUALITY_MANAGER), second_factor=True).get(reverse("cases")).text
    assert "Closed to quality: 1" in shown
    assert concern.reference not in shown
