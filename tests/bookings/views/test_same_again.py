"""The people and the visitor of an earlier request, offered for the next one."""

import pytest
from django.urls import reverse

from bookings.enums import RequestStatus, VisitStatus
from bookings.models import Request
from schools.enums import PersonKind
from stem.accounts.roles import Role
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

TYPED = {
    "supervising_adult": "Nora Newcomer",
    "supervising_email": "nora@school.example",
    "safeguarding_lead": "Max Deputy",
    "safeguarding_phone": "01632 960010",
}


@pytest.fixture
def draft():
    contact = make.contact()
    make.person(school=contact.school)
    make.person(school=contact.school, kind=PersonKind.SAFEGUARDING)
    return make.request(contact=contact)


def step(draft):
    return reverse("edit_request", args=[draft.pk, "people"])


def answered(draft, **words) -> Request:
    client_of(draft.contact.user).post(step(draft), words)
    draft.refresh_from_db()
    return draft


def pk_of(draft, kind) -> int:
    return draft.school.people.get(kind=kind).pk


def test_a_school_that_has_named_nobody_types(client):
    draft = make.request(supervising_adult="")
    page = client_of(draft.contact.user).get(step(draft))

    assert "supervising" not in page.context["form"].fields
    assert answered(draft, **TYPED).supervising_adult == "Nora Newcomer"


def test_those_named_before_are_offered_and_the_draft_s_own_is_chosen(draft):
    form = client_of(draft.contact.user).get(step(draft)).context["form"]

    assert [words for _pk, words in form.fields["supervising"].choices] == [
        "Sam Supervisor, s.supervisor@school.example",
        "Someone else",
    ]
    assert form["supervising"].value() == str(pk_of(draft, PersonKind.SUPERVISING))
    assert form["supervising_adult"].value() == ""


def test_someone_named_before_is_taken_with_how_they_are_reached_whatever_is_typed_beside(draft):
    chosen = {
        "supervising": pk_of(draft, PersonKind.SUPERVISING),
        "safeguarding": pk_of(draft, PersonKind.SAFEGUARDING),
    }
    Request.objects.update(supervising_adult="", supervising_email="", safeguarding_lead="", safeguarding_phone="")

    answered(draft, **chosen, supervising_adult="Half", supervising_email="no address")

    assert (draft.supervising_adult, draft.supervising_email) == ("Sam Supervisor", "s.supervisor@school.example")
    assert (draft.safeguarding_lead, draft.safeguarding_phone) == ("Dee Lead", "01632 960002")


def test_someone_else_is_typed_in_full(draft):
    client = client_of(draft.contact.user)
    errors = client.post(step(draft), {"supervising": "else", "safeguarding": "else"}).context["form"].errors
    assert errors == {
        "supervising_adult": ["Enter their name."],
        "supervising_email": ["Enter how they can be reached."],
        "safeguarding_lead": ["Enter their name."],
        "safeguarding_phone": ["Enter how they can be reached."],
    }

    answered(draft, supervising="else", safeguarding="else", **TYPED)

    assert {name: getattr(draft, name) for name in TYPED} == TYPED


def test_a_person_of_another_school_cannot_be_chosen(draft):
    other = make.person(name="Else Where")

    answered(draft, supervising=other.pk, safeguarding=pk_of(draft, PersonKind.SAFEGUARDING))

    assert draft.supervising_adult == "Sam Supervisor"


def came() -> tuple:
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.DELIVERED)
    return visit, visit.seats.get()


def test_one_press_on_a_past_visit_asks_for_the_same_person(client):
    visit, seat = came()
    teacher = client_of(visit.request.contact.user)
    assert "Ask for Ada Engineer again" in teacher.get(reverse("school_home")).text
    assert "Ask for Ada Engineer again" in teacher.get(reverse("visit", args=[visit.pk])).text

    page = teacher.post(reverse("ask_person_again", args=[seat.pk]))["Location"]

    draft = Request.objects.get(status=RequestStatus.DRAFT)
    assert page == f"{reverse('edit_request', args=[draft.pk, 'times'])}?from=check"
    assert "Ada Engineer again, if it can be arranged" in teacher.get(reverse("check_request", args=[draft.pk])).text
    said = teacher.post(reverse("ask_for_anyone", args=[draft.pk]), follow=True).text
    assert "anyone who fits now" in said and "Ada Engineer again" not in said


def test_a_visit_that_has_not_taken_place_offers_nobody():
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
    teacher = client_of(visit.request.contact.user)

    assert "Ask for Ada" not in teacher.get(reverse("visit", args=[visit.pk])).text
    said = teacher.post(reverse("ask_person_again", args=[visit.seats.get().pk]), follow=True).text
    assert "Only someone who has visited you can be asked for again." in said


def test_a_seat_at_another_school_does_not_exist():
    _visit, seat = came()

    assert client_of(make.contact().user).post(reverse("ask_person_again", args=[seat.pk])).status_code == 404


def coordinated(request) -> str:
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    return client.get(reverse("coordinate_request", args=[request.pk])).text


def test_the_coordinator_sees_whom_the_school_asks_for_first_on_the_list():
    wanted = make.ambassador(name="Zed Wanted", cleared=True)
    make.ambassador(name="Ada Engineer", cleared=True)
    request = make.request(status=RequestStatus.OPEN, wanted_again=wanted)
    make.visit(request=request)

    said = coordinated(request)

    assert "1. Zed Wanted" in said and "The school asked for this person again" in said
    assert "who cannot be asked" not in said


def test_of_someone_held_the_coordinator_reads_the_class_and_the_school_nothing(now):
    held = make.ambassador(name="Hal Held", cleared=True)
    make.hold(held, starts_on=now.date(), truth="Something private")
    request = make.request(status=RequestStatus.OPEN, wanted_again=held)
    make.visit(request=request)

    said = coordinated(request)
    assert "The school asks for Hal Held again, who cannot be asked" in said
    assert "Unavailable." in said and "Something private" not in said

    free = make.request(
        contact=request.contact, status=RequestStatus.OPEN, wanted_again=make.ambassador(name="Hal Held", cleared=True)
    )
    make.visit(request=free)
    teacher = client_of(request.contact.user)
    pages = [teacher.get(reverse("request", args=[each.pk])).context["asked"] for each in (request, free)]
    shown = [(str(page.status), [str(each.status) for each in page.visits], page.history) for page in pages]
    assert shown[0] == shown[1]


def test_when_someone_else_was_found_the_school_reads_the_neutral_words(now):
    held = make.ambassador(name="Hal Held", cleared=True)
    make.hold(held, starts_on=now.date(), truth="Something private")
    request = make.request(status=RequestStatus.FULFILLED, wanted_again=held)
    other = make.ambassador(name="Olga Other", cleared=True)
    visit = make.visit(request=request, ambassador=other, status=VisitStatus.MATCHED)

    said = client_of(request.contact.user).get(reverse("visit", args=[visit.pk])).text

    assert "We needed to find a different ambassador this time." in said
    assert "Hal Held" not in said and "Something private" not in said


def test_a_question_that_is_not_answered_is_named_once(draft):
    page = client_of(draft.contact.user).post(step(draft), {"arrival": "Ask at reception"})

    assert set(page.context["form"].errors) == {"supervising", "safeguarding"}
