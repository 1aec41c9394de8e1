"""The pages on which a risk assessment is written, read, accepted and sent back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.enums import VisitStatus
from bookings.models import Request, RiskAcceptance, RiskAssessment, SeatEvent, Visit
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]
BRIDGES = {
    "name": "Paper bridges",
    "done": "We <b>fold</b> bridges.",
    "hazards": "Cuts",
    "who_harmed": "Pupils: fingers",
    "controls": "Round scissors",
    "residual": "low",
    "first_aid": "Plasters",
}


@pytest.fixture
def visit():
    person = make.ambassador(name="Tom Okafor", cleared=True)
    asked = make.request(contact=make.contact(lead=True), status="fulfilled", activity="workshop")
    return make.visit(request=asked, ambassador=person, status=VisitStatus.MATCHED)


@pytest.fixture
def seat(visit):
    return visit.seats.get()


@pytest.fixture
def tom(seat):
    return client_of(seat.ambassador.user)


@pytest.fixture
def teacher(visit):
    return client_of(visit.request.contact.user)


@pytest.fixture
def coordinator():
    return client_of(make.staff(Role.COORDINATOR), second_factor=True)


def page_of(client, name, pk, query="") -> str:
    response = client.get(reverse(name, args=[pk]) + query)
    assert response.status_code == 200
    return response.text.partition("<main")[2]


def posted(client, name, pk, /, **answers) -> str:
    response = client.post(reverse(name, args=[pk]), answers, follow=True)
    assert response.status_code == 200
    return response.text.partition("<main")[2]


def test_it_is_written_read_accepted_and_named_in_the_pack(visit, tom, teacher):
    checklist = page_of(tom, "visit", visit.pk).partition("What is prepared")[2]
    assert reverse("write_risk_assessment", args=[visit.pk]) in checklist
    assert "They have still to write it." in page_of(teacher, "visit", visit.pk)
    assert "has still to write a risk assessment" in page_of(teacher, "confirm_visit", visit.pk)
    assert "never name a pupil" in page_of(tom, "write_risk_assessment", visit.pk).lower()
    assert "The school is asked whether it accepts it." in posted(tom, "write_risk_assessment", visit.pk, **BRIDGES)
    row = RiskAcceptance.objects.get()
    assert reverse("risk_assessment", args=[row.pk]) in page_of(teacher, "visit", visit.pk)
    page = page_of(teacher, "risk_assessment", row.pk)
    assert "&lt;b&gt;fold&lt;/b&gt;" in page and "<b>fold" not in page
    assert 'value="Science teacher"' in page_of(teacher, "accept_risk_assessment", row.pk)
    assert "Accepted, and on record." in posted(teacher, "accept_risk_assessment", row.pk, position="Head of science")
    assert "Accepted by Tess Teacher, Head of science" in page_of(tom, "risk_assessment", row.pk)
    assert "Not yet: what is done" not in page_of(teacher, "confirm_visit", visit.pk)
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.CONFIRMED)
    for client in (tom, teacher):
        assert "“Paper bridges”, version 1, accepted by the school." in page_of(client, "visit_pack", visit.pk)


def test_without_it_the_form_with_the_yes_says_why(visit, teacher):
    answers = {**vars(make.arrangements()), "outline_agreed": "on", "joining_link": "", "outline_version": ""}
    page = posted(teacher, "confirm_visit", visit.pk, **answers)
    assert "Tom Okafor has still to write a risk assessment" in page
    visit.refresh_from_db()
    assert visit.status == VisitStatus.MATCHED


def test_what_was_wrong_is_said_beside_the_field(visit, tom):
    page = posted(tom, "write_risk_assessment", visit.pk, **BRIDGES, brings_mains="on", substances="Glue")
    assert "Say when the mains equipment was tested last" in page
    assert "Look in the school science guidance" in page
    assert not RiskAssessment.objects.exists()


def test_not_yet_comes_back_with_its_words_and_what_was_written(visit, seat, tom, teacher):
    row = make.risk_acceptance(visit)
    assert "Sent back." in posted(teacher, "send_back_risk_assessment", row.pk, because="Who <b>sweeps</b> up?")
    assert "Who &lt;b&gt;sweeps&lt;/b&gt; up?" in page_of(tom, "visit", visit.pk)
    page = page_of(tom, "write_risk_assessment", visit.pk)
    assert "Who &lt;b&gt;sweeps&lt;/b&gt; up?" in page and "Change “Paper bridges”" in page
    changed = {**BRIDGES, "controls": "We sweep up", "replaces": row.assessment_id}
    posted(tom, "write_risk_assessment", visit.pk, **changed)
    assert sorted(RiskAssessment.objects.values_list("version", flat=True)) == [1, 2]


def test_one_is_used_again_or_changed_first(visit, seat, tom):
    before = make.risk_assessment(seat.ambassador)
    old = make.risk_assessment(seat.ambassador, name="Slime", written_at=make.NOW - timedelta(days=800))
    page = page_of(tom, "write_risk_assessment", visit.pk)
    assert before.name in page and old.name not in page
    assert "Change “Paper bridges”" in page_of(tom, "write_risk_assessment", visit.pk, f"?from={before.pk}")
    assert "Sent to the school." in client_said(tom, visit, use=before.pk)
    assert RiskAcceptance.objects.get().assessment == before


def client_said(client, visit, **answers) -> str:
    return client.post(reverse("write_risk_assessment", args=[visit.pk]), answers, follow=True).text


@pytest.mark.parametrize("key", ["x", "-1", "9" * 30, "²"])
def test_a_key_that_names_nothing_names_nothing(visit, tom, key):
    address = reverse("write_risk_assessment", args=[visit.pk])
    assert tom.post(address, {"use": key}).status_code == 404
    assert tom.get(f"{address}?from={key}").status_code == 200


def test_what_others_wrote_is_neither_used_nor_shown(visit, tom):
    other = make.risk_assessment(make.ambassador(cleared=True), name="Somebody’s own")
    address = reverse("write_risk_assessment", args=[visit.pk])
    assert tom.post(address, {"use": other.pk}).status_code == 404
    assert other.name not in page_of(tom, "write_risk_assessment", visit.pk, f"?from={other.pk}")


def test_of_a_lesson_no_is_one_press(visit, seat, tom):
    Request.objects.filter(pk=visit.request_id).update(activity="lesson_link")
    assert "Do pupils do anything practical?" in page_of(tom, "write_risk_assessment", visit.pk)
    assert "Nothing practical is done: Tom Okafor" in client_said(tom, visit, practical="no")
    assert SeatEvent.objects.get().kind == "say_not_practical"


def test_a_coordinator_writes_accepts_and_agrees_for_who_telephones(visit, seat, coordinator):
    address = reverse("write_risk_assessment_for", args=[seat.pk])
    assert address in page_of(coordinator, "visit", visit.pk)
    posted(coordinator, "write_risk_assessment_for", seat.pk, **{**BRIDGES, "residual": "high"})
    row = RiskAcceptance.objects.get()
    posted(coordinator, "accept_risk_assessment", row.pk, on_behalf_of="Hana Head", position="Headteacher")
    assert "A coordinator has still to agree" in page_of(coordinator, "risk_assessment", row.pk)
    assert "Your word is on record." in posted(coordinator, "agree_to_high_risk", row.pk)
    row.refresh_from_db()
    assert (row.is_accepted, row.who_accepted) == (True, "Hana Head, Headteacher")


def test_a_high_risk_is_the_lead_s(visit, teacher):
    row = make.risk_acceptance(visit, residual="high")
    colleague = client_of(make.contact(school=visit.request.school).user)
    page = page_of(colleague, "risk_assessment", row.pk)
    assert "only the lead at your school" in page
    assert reverse("accept_risk_assessment", args=[row.pk]) not in page
    assert "only the lead" in posted(colleague, "accept_risk_assessment", row.pk, position="Teacher")
    assert reverse("accept_risk_assessment", args=[row.pk]) in page_of(teacher, "risk_assessment", row.pk)


@pytest.mark.parametrize("name", ["risk_assessment", "accept_risk_assessment", "send_back_risk_assessment"])
def test_while_somebody_else_is_sought_it_is_not_the_school_s_to_read(visit, teacher, tom, name):
    row = make.risk_acceptance(visit)
    assert teacher.get(reverse(name, args=[row.pk])).status_code == 200
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.FINDING)
    assert teacher.get(reverse(name, args=[row.pk])).status_code == 404


def test_who_comes_along_does_not_read_another_s(visit, seat):
    row = make.risk_acceptance(visit)
    other = make.ambassador(name="Fred Fellow", cleared=True)
    visit.seats.create(ambassador=other, status="taken")
    assert client_of(other.user).get(reverse("risk_assessment", args=[row.pk])).status_code == 404


def test_over_there_is_nothing_to_write_or_accept(visit, tom, teacher):
    row = make.risk_acceptance(visit)
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.DELIVERED)
    assert tom.get(reverse("write_risk_assessment", args=[visit.pk])).status_code == 302
    for name in ("accept_risk_assessment", "send_back_risk_assessment"):
        assert teacher.get(reverse(name, args=[row.pk])).status_code == 302
    assert "Accept it" not in page_of(teacher, "risk_assessment", row.pk)


def test_a_visit_confirmed_before_is_asked_for_nothing(visit, tom, teacher):
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.CONFIRMED)
    for client in (tom, teacher):
        assert "isk assessment" not in page_of(client, "visit", visit.pk)


def test_it_is_told_to_whoever_asks_what_we_hold(visit, tom, teacher):
    make.risk_acceptance(visit, accepted=True)
    address = reverse("what_we_hold_about", args=["visits"])
    assert "We fold bridges of paper" in tom.get(address).text
    assert "Head of science" in teacher.get(address).text and "We fold bridges" not in teacher.get(address).text


def queries(client, name, pk) -> int:
    client.get(reverse(name, args=[pk]))
    with CaptureQueriesContext(connection) as asked:
        page_of(client, name, pk)
    return len(asked)


def test_pages_ask_no_more_of_three_than_of_one(visit, seat, tom, teacher, coordinator):
    make.risk_acceptance(visit)

    def counted() -> dict[str, int]:
        people = {"tom": tom, "teacher": teacher, "coordinator": coordinator}
        found = {who: queries(client, "visit", visit.pk) for who, client in people.items()}
        return {**found, "write": queries(tom, "write_risk_assessment", visit.pk)}

    at_one = counted()
    for n in range(2):
        other = make.ambassador(name=f"Fred Fellow {n}", cleared=True)
        visit.seats.create(ambassador=other, status="taken")
        make.risk_acceptance(visit, assessment=make.risk_assessment(other))
        make.risk_assessment(seat.ambassador, name=f"Slime {n}")
    assert counted() == at_one
    assert max(at_one.values()) <= 12
