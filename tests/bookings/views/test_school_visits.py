"""A visit as its school sees it: who would come, saying yes, asking for someone else, calling it off."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ambassadors.enums import HoldKind
from bookings.enums import CancelReason, OfferStatus, RequestStatus, SeatStatus, VisitStatus
from bookings.models import Commitment, Offer, Request, Seat, Visit, VisitEvent
from stem.accounts.roles import Role
from stem.letters.models import Letter
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

PEOPLE = {
    "supervising_adult": "Sam Supervisor",
    "supervising_email": "s@school.example",
    "safeguarding_lead": "Dee Lead",
    "safeguarding_phone": "01632 960002",
    "arrival": "Ring at the side door.",
    "access_needs": "None",
    "outline_agreed": "on",
}


def found(status=VisitStatus.MATCHED, **columns) -> Visit:
    return make.visit(**{"ambassador": make.ambassador(cleared=True), "status": status, **columns})


def client_for(visit: Visit):
    return client_of(visit.request.contact.user)


def page_of(visit: Visit):
    return client_for(visit).get(reverse("visit", args=[visit.pk]))


def post(visit: Visit, name: str, **answers):
    return client_for(visit).post(reverse(name, args=[visit.pk]), answers)


def facts() -> list[str]:
    return sorted(letter.fact.rpartition(".")[2] for letter in Letter.objects.all())


def test_while_we_look_the_school_need_do_nothing():
    page = page_of(make.visit())

    assert "We are looking" in page.text
    assert "Say yes" not in page.text


def test_who_would_come_is_shown_with_what_we_assure_for_the_day():
    person = make.ambassador(cleared=True, story="I left school at 16.", scheme_number="A000007")

    page = page_of(found(ambassador=person))

    for words in (
        "Yours to confirm",
        "Ada Engineer",
        "Bridge engineer, Northern Bridges",
        "Apprenticeship",
        "I left school at 16.",
        "A000007",
        "Criminal record check at the level for this work, in date on the day: yes",
        "Safeguarding training in date on the day: yes",
        "Identity seen and two references accepted: yes",
    ):
        assert words in page.text, words
    for private in (person.email, person.postcode):
        assert private not in page.text


def test_of_someone_no_longer_bookable_nothing_is_assured_and_nothing_given_away():
    person = make.ambassador(cleared=True)
    visit = found(ambassador=person)
    make.hold(person, kind=HoldKind.SAFEGUARDING, starts_on=date(2027, 1, 12), truth="Something was said")

    page = page_of(visit).text

    assert "We are checking a few things about this visit" in page
    for private in ("in date on the day: yes", "Something was said", "hold", "Safeguarding question"):
        assert private not in page


def test_until_everyone_needed_is_found_nobody_is_named():
    assert "Ada Engineer" not in page_of(found(VisitStatus.FINDING, seats=2)).text


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (VisitStatus.CONFIRMED, "Add to my calendar"),
        (VisitStatus.DELIVERED, "Thank you for telling us how it went"),
        (VisitStatus.UNFILLED, "We are sorry"),
        (VisitStatus.CANCELLED_BY_AMBASSADOR, "Ask again"),
    ],
)
def test_each_state_says_what_comes_next(status, words):
    assert words in page_of(found(status)).text


def test_a_visit_that_is_over_asks_how_it_went_and_cannot_be_cancelled():
    past = tuple(moment - timedelta(weeks=8) for moment in make.FIRST_TIME)
    visit = found(VisitStatus.CONFIRMED, time=past)

    page = page_of(visit).text

    assert "How did it go?" in page
    assert reverse("cancel_visit", args=[visit.pk]) not in page
    assert post(visit, "cancel_visit", reason="other")["Location"] == reverse("visit", args=[visit.pk])
    assert Visit.objects.get().status == VisitStatus.CONFIRMED


def test_one_address_shows_each_their_own_side():
    visit = found()
    address = reverse("visit", args=[visit.pk])

    def template(client) -> str:
        return client.get(address).templates[0].name

    assert template(client_for(visit)) == "bookings/visit_of_school.html"
    assert template(client_of(visit.seats.get().ambassador.user)) == "bookings/visit_of_ambassador.html"
    coordinator = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    assert template(coordinator) == "bookings/visit_of_coordinator.html"
    assert client_of(make.contact().user).get(address).status_code == 404


# --- saying yes


def test_the_yes_is_prefilled_and_asks_before_it_acts():
    visit = found()

    page = client_for(visit).get(reverse("confirm_visit", args=[visit.pk]))

    assert "Say yes to Ada Engineer" in page.text
    assert page.context["form"].initial["supervising_adult"] == "Sam Supervisor"
    assert Visit.objects.get().status == VisitStatus.MATCHED


def test_a_yes_confirms_the_visit_and_tells_both():
    visit = found()

    post(visit, "confirm_visit", **PEOPLE)

    visit.refresh_from_db()
    assert (visit.status, visit.arrival) == (VisitStatus.CONFIRMED, "Ring at the side door.")
    assert facts() == ["visit_confirmed", "visit_confirmed"]


def test_a_yes_pressed_twice_is_one_yes():
    visit = found()

    for _ in range(2):
        assert post(visit, "confirm_visit", **PEOPLE)["Location"] == reverse("visit", args=[visit.pk])

    assert [event.kind for event in VisitEvent.objects.all()] == ["confirm"]


@pytest.mark.parametrize("missing", [*PEOPLE])
def test_a_yes_without_its_arrangements_changes_nothing(missing):
    visit = found()

    page = post(visit, "confirm_visit", **{**PEOPLE, missing: ""})

    assert list(page.context["form"].errors) == [missing]
    assert len(page.context["form"].errors[missing]) == 1
    assert Visit.objects.get().status == VisitStatus.MATCHED


def test_a_yes_to_someone_no_longer_bookable_is_refused_in_neutral_words():
    visit = found()
    make.hold(visit.seats.get().ambassador, starts_on=date(2027, 1, 12), truth="A complaint")

    page = post(visit, "confirm_visit", **PEOPLE)

    assert page.context["form"].non_field_errors() == ["We need to find a different ambassador."]
    assert "A complaint" not in page.text
    assert Visit.objects.get().status == VisitStatus.MATCHED


# --- asking for someone else


def test_asking_for_someone_else_lets_the_person_go_and_looks_again():
    visit = found()

    post(visit, "ask_for_someone_else", because="Someone earlier in their work")

    assert Visit.objects.get().status == VisitStatus.FINDING
    assert Seat.objects.get().status == SeatStatus.OPEN
    assert Offer.objects.get().status == OfferStatus.RELEASED
    assert facts() == ["offer_released"]


@pytest.mark.parametrize("because", ["", "   ", "x" * 301])
def test_asking_for_someone_else_needs_a_few_words(because):
    visit = found()

    page = post(visit, "ask_for_someone_else", because=because)

    assert len(page.context["form"].errors["because"]) == 1
    assert Visit.objects.get().status == VisitStatus.MATCHED


def test_only_whoever_waits_for_a_yes_can_be_let_go():
    visit = found(VisitStatus.CONFIRMED)

    answered = post(visit, "ask_for_someone_else", because="Someone else")

    assert answered["Location"] == reverse("visit", args=[visit.pk])
    assert Seat.objects.get().status == SeatStatus.TAKEN


# --- calling it off


def test_calling_off_says_first_who_will_be_told():
    visit = found(VisitStatus.CONFIRMED)

    page = client_for(visit).get(reverse("cancel_visit", args=[visit.pk]))

    assert "We tell Ada Engineer at once" in page.text
    assert Visit.objects.get().status == VisitStatus.CONFIRMED


def test_calling_off_frees_the_hours_and_tells_both():
    visit = found(VisitStatus.CONFIRMED)

    for _ in range(2):
        post(visit, "cancel_visit", reason="staffing")

    assert Visit.objects.get().status == VisitStatus.CANCELLED_BY_SCHOOL
    assert Request.objects.get().status == RequestStatus.WITHDRAWN
    assert VisitEvent.objects.get().reason == CancelReason.STAFFING
    assert Commitment.objects.count() == 0
    assert facts() == ["visit_cancelled", "visit_cancelled"]


@pytest.mark.parametrize(("reason", "words"), [("", "Answer “Why?”."), ("work", None)])
def test_calling_off_needs_one_of_the_school_s_reasons(reason, words):
    visit = found(VisitStatus.CONFIRMED)

    page = post(visit, "cancel_visit", reason=reason)

    assert words is None or page.context["form"].errors == {"reason": [words]}
    assert Visit.objects.get().status == VisitStatus.CONFIRMED


@pytest.mark.parametrize("name", ["confirm_visit", "ask_for_someone_else", "cancel_visit"])
def test_another_school_s_visit_does_not_exist(name):
    visit = found()
    stranger = client_of(make.contact().user)

    assert stranger.post(reverse(name, args=[visit.pk]), PEOPLE).status_code == 404
    assert Visit.objects.get().status == VisitStatus.MATCHED


def test_a_visit_asks_as_much_for_three_people_as_for_one(django_assert_num_queries):
    for seats in (1, 3):
        visit = found(seats=seats)
        for seat in visit.seats.filter(status=SeatStatus.OPEN):
            Seat.objects.filter(pk=seat.pk).update(ambassador=make.ambassador(cleared=True), status=SeatStatus.TAKEN)
        client = client_for(visit)
        address = reverse("visit", args=[visit.pk])
        client.get(address)
        with django_assert_num_queries(10):
            assert len(client.get(address).context["expected"].cards) == seats
