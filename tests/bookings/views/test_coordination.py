"""How a coordinator finds someone, and acts for people who telephone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus
from bookings.enums import OfferStatus, RequestStatus, VisitStatus
from bookings.models import Offer, OfferEvent, SeatEvent, VisitEvent
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.nations import Nation
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

SOON = (datetime(2027, 1, 18, 10, 0, tzinfo=UTC), datetime(2027, 1, 18, 11, 0, tzinfo=UTC))
OVER = (datetime(2027, 1, 8, 10, 0, tzinfo=UTC), datetime(2027, 1, 8, 11, 0, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def coordinator():
    return make.staff(Role.COORDINATOR, name="Cora Coordinator", email="cora@scheme.example")


@pytest.fixture
def client(coordinator):
    return client_of(coordinator, second_factor=True)


def page(client, name: str, *args) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def press(client, name: str, pk: int, **data) -> str:
    """What the next page says after this button or form."""
    return client.post(reverse(name, args=[pk]), data, follow=True).content.decode()


def someone_elsewhere():
    """A coordinator of Kent, signed in."""
    region = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=region, area="CT")
    return client_of(make.staff(Role.COORDINATOR, regions=(region,)), second_factor=True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_search_costs_the_same_however_many_could_be_asked(rows, client, django_assert_num_queries):
    visit = make.visit()
    for number in range(rows):
        make.ambassador(name=f"Free {number}", cleared=True)
        make.offer(visit=visit, ambassador=make.ambassador(name=f"Asked {number}", cleared=True))
    page(client, "coordinate_request", visit.request_id)  # a new sign-in is written down once
    # session, person, roles, regions; the request and its times; seats; offers; history; people, their time and load
    with django_assert_num_queries(12):
        said = page(client, "coordinate_request", visit.request_id)
    assert said.count("Suits this request") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_visit_costs_the_same_however_many_take_part(rows, client, django_assert_num_queries):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, seats=rows)
    page(client, "visit", visit.pk)
    # session, person, roles, regions; the visit, and whose page it is (two); its seats, its lessons, its history, and
    # whether another time is proposed
    with django_assert_num_queries(10):
        page(client, "visit", visit.pk)


def test_the_shortlist_is_in_order_with_its_reasons(client):
    near = make.ambassador(name="Nia Near", cleared=True)
    make.ambassador(name="Finn Further", cleared=True, postcode="YO1 7HH", max_minutes=90)
    make.ambassador(name="Otto Other", cleared=True, subjects=("mechanical_engineering",))
    make.ambassador(name="Una Uncleared")
    visit = make.visit()
    said = page(client, "coordinate_request", visit.request_id)
    assert said.index("1. Nia Near") < said.index("2. Finn Further") < said.index("3. Otto Other")
    assert "Offers exactly this: Civil and structural engineering" in said
    assert "Offers a subject in the same field: Engineering" in said
    assert "Free at 2 of the 2 times" in said
    assert "Una Uncleared" not in said
    assert reverse("ambassador", args=[near.pk]) in said


def test_a_person_is_invited_with_the_match_as_it_is_now(client, coordinator):
    person = make.ambassador(name="Nia Near", cleared=True)
    visit = make.visit()
    said = press(client, "invite_ambassador", visit.request_id, ambassador=person.pk, score="1000")
    assert "Nia Near has been asked" in said
    offer = Offer.objects.get()
    assert (offer.ambassador, offer.status, offer.lapses_at) == (person, "sent", make.NOW + timedelta(hours=72))
    assert 0 < offer.score <= 1
    assert "1. Nia Near" not in said, "whoever is being asked has left the shortlist"


@pytest.mark.parametrize("ambassador", ["", "0", "-1", "x", "999999999999999999999999", "' OR 1=1 --"])
def test_an_invitation_to_nobody_is_refused(ambassador, client):
    visit = make.visit()
    assert "can no longer be asked" in press(client, "invite_ambassador", visit.request_id, ambassador=ambassador)
    assert not Offer.objects.exists()


def test_someone_who_is_no_longer_cleared_cannot_be_invited(client):
    person = make.ambassador(cleared=True, status=AmbassadorStatus.PAUSED)
    visit = make.visit()
    assert "can no longer be asked" in press(client, "invite_ambassador", visit.request_id, ambassador=person.pk)


def test_three_at_once_are_enough(client):
    visit = make.visit()
    for number in range(3):
        make.offer(visit=visit, ambassador=make.ambassador(name=f"Asked {number}", cleared=True))
    fourth = make.ambassador(name="Fay Fourth", cleared=True)
    said = press(client, "invite_ambassador", visit.request_id, ambassador=fourth.pk)
    assert "3 people have been asked already." in said


def test_an_empty_shortlist_says_what_to_do(client):
    said = page(client, "coordinate_request", make.visit().request_id)
    assert "Nobody can be asked" in said and "Ring the school about other times" in said


def test_an_empty_shortlist_names_those_who_miss_by_one_thing(client, django_assert_num_queries):
    make.ambassador(name="Sixth Former’s Friend", cleared=True, stages=("ks5",))
    visit = make.visit()
    said = page(client, "coordinate_request", visit.request_id)
    assert "Who misses by one thing" in said and "Does not offer Key Stage 3 (ages 11 to 14)." in said
    with django_assert_num_queries(12):
        page(client, "coordinate_request", visit.request_id)


def test_a_request_that_needs_a_look_says_why_and_is_opened(client):
    wanted = make.request(status=RequestStatus.SUBMITTED, times=(SOON,))
    assert "Short notice: a date is sooner than we can promise." in page(client, "coordinate_request", wanted.pk)
    assert "The search has started" in press(client, "open_request", wanted.pk)
    assert "This has changed since you opened the page." in press(client, "open_request", wanted.pk)
    wanted.refresh_from_db()
    assert wanted.status == RequestStatus.OPEN


def test_giving_up_asks_first(client):
    wanted = make.visit().request
    assert "Give up the search?" in page(client, "give_up_request", wanted.pk)
    wanted.refresh_from_db()
    assert wanted.status == RequestStatus.OPEN
    assert "the school will be told what would help" in press(client, "give_up_request", wanted.pk)
    wanted.refresh_from_db()
    assert wanted.status == RequestStatus.UNFILLED


def test_an_offer_is_taken_back_once(client):
    offer = make.offer()
    assert "Taken back: Ada Engineer will be told." in press(client, "withdraw_offer", offer.pk)
    assert "This has changed since you opened the page." in press(client, "withdraw_offer", offer.pk)


def test_a_yes_by_telephone_is_noted_for_ever(client, coordinator):
    offer = make.offer()
    start = make.SECOND_TIME[0].isoformat()
    assert "Noted: the answer of Ada Engineer." in press(client, "answer_for", offer.pk, answer=start)
    offer.refresh_from_db()
    assert offer.status == OfferStatus.ACCEPTED
    assert offer.visit.seats.all()[0].visit.starts_at == make.SECOND_TIME[0]
    event = OfferEvent.objects.get(kind="accept")
    assert (event.by, event.on_behalf_of) == (coordinator, "Ada Engineer")


def test_a_no_by_telephone_is_noted_with_its_reason(client):
    offer = make.offer()
    press(client, "answer_for", offer.pk, answer="declines", reason="far")
    event = OfferEvent.objects.get(kind="decline")
    assert (event.reason, event.on_behalf_of) == ("far", "Ada Engineer")
    said = page(client, "coordinate_request", offer.visit.request_id)
    assert "Said no: Ada Engineer" in said and "Too far" in said
    assert "by Cora Coordinator, on behalf of Ada Engineer" in said


@pytest.mark.parametrize("answer", ["", "2027-02-10T10:00", "maybe", "2027-03-01T10:00:00+00:00", "\x00"])
def test_an_answer_that_makes_no_sense_is_refused(answer, client):
    offer = make.offer()
    response = client.post(reverse("answer_for", args=[offer.pk]), {"answer": answer})
    assert response.status_code == 200 and "There is a problem" in response.content.decode()
    offer.refresh_from_db()
    assert offer.status == OfferStatus.SENT


def test_a_lapsed_offer_cannot_be_accepted_by_telephone_either(client):
    offer = make.offer(lapses_at=make.NOW)
    start = make.FIRST_TIME[0].isoformat()
    assert "The time to answer has run out." in press(client, "answer_for", offer.pk, answer=start)


ARRANGEMENTS = {
    "supervising_adult": "Sam Supervisor",
    "supervising_email": "sam@school.example",
    "safeguarding_lead": "Dee Lead",
    "safeguarding_phone": "01632 960002",
    "arrival": "Main gate",
    "access_needs": "None",
    "outline_agreed": "on",
}


def matched():
    return make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.MATCHED)


def test_a_school_confirms_by_telephone(client, coordinator):
    visit = matched()
    assert "The record will say that you acted for Tess Teacher." in page(client, "confirm_visit_for_school", visit.pk)
    press(client, "confirm_visit_for_school", visit.pk, **ARRANGEMENTS)
    visit.refresh_from_db()
    assert (visit.status, visit.arrival) == (VisitStatus.CONFIRMED, "Main gate")
    event = VisitEvent.objects.get(kind="confirm")
    assert (event.by, event.on_behalf_of) == (coordinator, "Tess Teacher")
    assert "by Cora Coordinator, on behalf of Tess Teacher" in page(client, "visit", visit.pk)


def test_nobody_confirms_without_a_supervising_adult(client):
    visit = matched()
    said = press(client, "confirm_visit_for_school", visit.pk, **{**ARRANGEMENTS, "supervising_adult": ""})
    assert "Enter supervising adult." in said
    visit.refresh_from_db()
    assert visit.status == VisitStatus.MATCHED


@pytest.mark.parametrize(
    ("whose", "status", "behalf"),
    [
        ("scheme", VisitStatus.CANCELLED_BY_SCHEME, ""),
        ("school", VisitStatus.CANCELLED_BY_SCHOOL, "Tess Teacher"),
    ],
)
def test_a_visit_is_called_off_for_the_scheme_or_for_the_school(whose, status, behalf, client):
    visit = matched()
    assert "Cancel this visit?" in page(client, "cancel_visit_for_scheme", visit.pk)
    assert "Cancelled. Everyone" in press(client, "cancel_visit_for_scheme", visit.pk, whose=whose, reason="weather")
    visit.refresh_from_db()
    assert visit.status == status
    assert VisitEvent.objects.get().on_behalf_of == behalf
    assert "This has changed" in press(client, "cancel_visit_for_scheme", visit.pk, whose=whose, reason="weather")


def test_a_visit_is_settled_once_it_is_over(client):
    early = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
    assert "This visit is not over yet." in press(client, "settle_visit", early.pk, outcome="deliver")
    over = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, time=OVER)
    assert "Say how it ended" in page(client, "visit", over.pk)
    come = (
        reverse("give_up_seat_for", args=[early.seats.get().pk]),
        reverse("give_up_seat_for", args=[over.seats.get().pk]),
    )
    assert come[0] in page(client, "visit", early.pk)
    assert come[1] not in page(client, "visit", over.pk)
    assert "On record: School was not ready." in press(client, "settle_visit", over.pk, outcome="miss_by_school")
    assert "Choose one of the answers offered" in press(client, "settle_visit", over.pk, outcome="cancel_by_scheme")


def test_an_ambassador_who_telephones_gives_up_the_seat(client, coordinator):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED)
    seat = visit.seats.all()[0]
    assert "Ada Engineer cannot come" in press(client, "give_up_seat_for", seat.pk, reason="illness")
    said = page(client, "visit", visit.pk)
    assert "Place given up" in said and "by Cora Coordinator, on behalf of Ada Engineer" in said
    event = SeatEvent.objects.get(kind="free")
    assert (event.by, event.reason, event.on_behalf_of) == (coordinator, "illness", "Ada Engineer")


def test_a_coordinator_of_another_region_finds_nothing():
    elsewhere, offer = someone_elsewhere(), make.offer()
    visit = matched()
    for name, pk in [
        ("coordinate_request", offer.visit.request_id),
        ("give_up_request", offer.visit.request_id),
        ("answer_for", offer.pk),
        ("visit", visit.pk),
        ("confirm_visit_for_school", visit.pk),
        ("cancel_visit_for_scheme", visit.pk),
        ("settle_visit", visit.pk),
        ("give_up_seat_for", visit.seats.all()[0].pk),
    ]:
        assert elsewhere.get(reverse(name, args=[pk])).status_code == 404, name
    for name, pk in [
        ("open_request", offer.visit.request_id),
        ("invite_ambassador", offer.visit.request_id),
        ("withdraw_offer", offer.pk),
    ]:
        assert elsewhere.post(reverse(name, args=[pk])).status_code == 404, name


def test_without_a_second_factor_a_coordinator_sees_no_request(coordinator):
    wanted = make.visit().request
    assert client_of(coordinator).get(reverse("coordinate_request", args=[wanted.pk])).status_code == 302
