"""What the page of an offer lets people say beside yes and no, signed in and by the link in the letter."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ambassadors.models import Hold
from bookings.enums import OfferStatus, Side, VisitStatus
from bookings.models import KeptApart, Reserve
from bookings.operations.offers import accept_offer
from stem.letters.links import mint_link
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]

FIRST = make.FIRST_TIME[0].isoformat()
OTHER = {
    "answer": "other_time",
    "day_1_0": "12",
    "day_1_1": "2",
    "day_1_2": "2027",
    "start_1": "9am",
    "words": "Before lunch",
}
BOTH_WAYS = pytest.mark.parametrize("by_link", [False, True], ids=["signed in", "by the link"])


def link_to(offer) -> str:
    return reverse("answer_offer", args=[mint_link("answer_offer", offer.pk, expires_at=make.NOW + timedelta(days=30))])


def stands(offer) -> str:
    offer.refresh_from_db()
    return offer.status


def posts(offer, name: str, data: dict, *, by_link: bool):
    """Press the button, and see the page to which it leads."""
    if by_link:
        return Client().post(link_to(offer), data, follow=True)
    return client_of(offer.ambassador.user).post(reverse(name, args=[offer.pk]), data, follow=True)


def page_of(offer, *, by_link: bool):
    if by_link:
        return Client().get(link_to(offer))
    return client_of(offer.ambassador.user).get(reverse("offer", args=[offer.pk]))


# --- no, and more


@BOTH_WAYS
def test_a_no_says_more_if_one_likes(by_link):
    offer = make.offer()
    page = page_of(offer, by_link=by_link)
    assert "Ask me for nothing else in February 2027" in page.text
    assert "Monday 1 February 2027 until Sunday 28 February 2027" in page.text

    more = {"answer": "decline", "reason": "far", "not_this_school": "on", "not_this_month": "on"}
    page = posts(offer, "decline_offer", more, by_link=by_link)

    assert stands(offer) == OfferStatus.DECLINED
    assert KeptApart.objects.get().side == Side.AMBASSADOR
    assert Hold.objects.get().set_by == offer.ambassador.user
    assert "You would rather not go to this school" in page.text
    assert "You are away from Monday 1 February 2027 until Sunday 28 February 2027." in page.text


def test_whoever_has_no_account_says_no_and_is_not_asked_more():
    person = make.ambassador(cleared=True)
    type(person).objects.filter(pk=person.pk).update(user=None)
    person.refresh_from_db()
    offer = make.offer(ambassador=person)

    assert "not_this_month" not in Client().get(link_to(offer)).text
    Client().post(link_to(offer), {"answer": "decline", "reason": "", "not_this_month": "on"})

    assert stands(offer) == OfferStatus.DECLINED
    assert not Hold.objects.exists()


def test_not_this_school_is_taken_back_on_the_offer_s_page():
    offer = make.offer(status=OfferStatus.DECLINED)
    make.kept_apart(offer.ambassador, school=offer.visit.request.school)
    client = client_of(offer.ambassador.user)
    assert "Ask me for this school again" in client.get(reverse("offer", args=[offer.pk])).text

    page = client.post(reverse("ask_there_again", args=[offer.pk]), follow=True)

    assert "We ask you for this school again" in page.text
    assert not KeptApart.objects.exists()


def test_days_away_are_taken_back_where_they_are_told():
    person = make.ambassador(cleared=True)
    own = make.hold(person, starts_on=make.FIRST_DAY, ends_on=make.FIRST_DAY, set_by=person.user)
    client = client_of(person.user)
    assert client.get(reverse("go_away")).text.count("Take back") == 1

    page = client.post(reverse("no_longer_away", args=[own.pk]), follow=True)

    assert "We can ask you for those days again." in page.text
    assert "Take back" not in page.text


def test_what_an_officer_noted_is_not_found_by_whom_it_is_about():
    person = make.ambassador(cleared=True)
    officers = make.hold(person, starts_on=make.FIRST_DAY, ends_on=make.FIRST_DAY)
    client = client_of(person.user)

    assert "Take back" not in client.get(reverse("go_away")).text
    assert client.post(reverse("no_longer_away", args=[officers.pk])).status_code == 404
    own = make.hold(person, starts_on=make.FIRST_DAY, ends_on=make.FIRST_DAY, set_by=person.user)
    assert client_of(make.ambassador().user).post(reverse("no_longer_away", args=[own.pk])).status_code == 404


# --- yes after all


def test_a_no_signed_in_is_taken_back_with_one_press():
    offer = make.offer()
    page = posts(offer, "decline_offer", {"reason": ""}, by_link=False)
    assert "Say yes after all" in page.text

    page = posts(offer, "accept_after_all", {"starts_at": FIRST}, by_link=False)

    assert stands(offer) == OfferStatus.ACCEPTED
    assert "You said yes. Thank you!" in page.text


def test_a_no_by_the_link_is_taken_back_from_the_page_that_follows():
    offer, stranger = make.offer(), Client()
    page = stranger.post(link_to(offer), {"answer": "decline", "reason": ""})
    [fresh] = re.findall(r'action="(/answer/[^"]+)"', page.text)

    assert "Say yes after all" in stranger.get(fresh).text
    assert stands(offer) == OfferStatus.DECLINED
    page = stranger.post(fresh, {"answer": "after_all", "starts_at": FIRST})

    assert stands(offer) == OfferStatus.ACCEPTED
    assert "You said yes. Thank you!" in page.text
    assert stranger.post(fresh, {"answer": "after_all", "starts_at": FIRST}).status_code == 410


def test_once_the_place_is_taken_nobody_is_offered_a_yes_after_all():
    visit = make.visit()
    offer, other = make.offer(visit=visit, status=OfferStatus.DECLINED), make.offer(visit=visit)
    accept_offer(offer=other, starts_at=make.FIRST_TIME[0], by=other.ambassador.user, at=make.NOW)

    assert "Say yes after all" not in page_of(offer, by_link=False).text
    page = posts(offer, "accept_after_all", {"starts_at": FIRST}, by_link=False)

    assert "Someone else has said yes since." in page.text
    assert stands(offer) == OfferStatus.DECLINED


# --- another time


@BOTH_WAYS
def test_another_time_is_named_on_the_offer_s_page(by_link):
    offer = make.offer()
    assert "I could at another time" in page_of(offer, by_link=by_link).text

    page = posts(offer, "name_other_times", OTHER, by_link=by_link)

    assert stands(offer) == OfferStatus.COUNTERED
    assert [(each.starts_at, each.ends_at) for each in offer.other_times.all()] == [make.OTHER_TIME]
    assert "You have named another time" in page.text
    assert "Friday 12 February 2027, 9am to 10am" in page.text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"day_1_2": "2020"}, "Give a time that is still to come."),
        ({"day_1_2": "2029"}, "Give a date within the next two years."),
        # The last half hour that a calendar holds, where a lesson would end in no year at all.
        (
            {"day_1_0": "31", "day_1_1": "12", "day_1_2": "9999", "start_1": "11:45pm"},
            "Give a date within the next two years.",
        ),
        ({"start_1": ""}, "Answer “When does it start?”."),
        ({"finish_1": "8am"}, "The finish has to be later than the start, on the same day."),
        ({"start_1": "11:30pm"}, "The finish has to be later than the start, on the same day."),
        ({"day_1_0": "10", "start_1": "10am"}, "The school asked for that time itself: say yes to it above."),
        ({"start_2": "9am"}, "Give the day and when it starts."),
        ({"words": "I am Ada Engineer"}, "Leave out your name"),
    ],
)
def test_what_is_wrong_with_another_time_is_said_and_nothing_changes(change, words):
    offer = make.offer()

    page = posts(offer, "name_other_times", {**OTHER, **change}, by_link=False)

    assert words in page.text
    assert stands(offer) == OfferStatus.SENT


def test_a_visit_with_its_time_offers_no_other():
    visit = make.visit(starts_at=make.FIRST_TIME[0], ends_at=make.FIRST_TIME[1])

    assert "I could at another time" not in page_of(make.offer(visit=visit), by_link=False).text


def test_another_time_is_taken_back_from_the_offer_s_page():
    offer = make.countered()
    assert "Take it back" in page_of(offer, by_link=False).text

    posts(offer, "decline_offer", {"answer": "decline"}, by_link=False)

    assert stands(offer) == OfferStatus.DECLINED


# --- in reserve


@BOTH_WAYS
def test_whoever_was_not_quick_enough_waits_in_reserve(by_link):
    offer = make.offer(status=OfferStatus.SUPERSEDED, visit=make.visit(ambassador=make.ambassador(cleared=True)))
    assert "Keep me in reserve" in page_of(offer, by_link=by_link).text
    assert not Reserve.objects.exists()

    page = posts(offer, "keep_in_reserve", {"answer": "reserve"}, by_link=by_link)

    assert Reserve.objects.get().ambassador == offer.ambassador
    assert "You are in reserve until the visit" in page.text


def test_whoever_waits_in_reserve_stops_when_they_like():
    offer = make.offer(status=OfferStatus.SUPERSEDED, visit=make.visit(ambassador=make.ambassador(cleared=True)))
    make.reserve(offer.ambassador, visit=offer.visit)

    page = posts(offer, "no_longer_in_reserve", {}, by_link=False)

    assert "You are no longer in reserve." in page.text
    assert Reserve.objects.get().withdrawn_at == make.NOW


# --- a visit near to another one


@BOTH_WAYS
def test_a_journey_that_leaves_little_time_is_for_the_person_to_take_on(by_link):
    person = make.ambassador(cleared=True)
    before = (make.FIRST_TIME[0] - timedelta(hours=1), make.FIRST_TIME[0])
    make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=before)
    offer = make.offer(ambassador=person)
    assert "Another promised visit is 0 minutes away in time" in page_of(offer, by_link=by_link).text
    yes = {"answer": "accept", "starts_at": FIRST}

    page = posts(offer, "accept_offer", yes, by_link=by_link)
    assert [*page.context["form"].errors] == ["too_tight"]
    assert stands(offer) == OfferStatus.SENT

    posts(offer, "accept_offer", {**yes, "too_tight": "on"}, by_link=by_link)
    assert (stands(offer), offer.manages_journey) == (OfferStatus.ACCEPTED, True)


# --- whose it is, and what it costs


@pytest.mark.parametrize(
    "name",
    ["accept_after_all", "name_other_times", "keep_in_reserve", "no_longer_in_reserve", "ask_there_again"],
)
def test_nobody_else_finds_the_offer_and_to_look_is_not_to_answer(name):
    offer = make.offer()
    address = reverse(name, args=[offer.pk])

    assert client_of(make.ambassador(cleared=True).user).post(address, OTHER).status_code == 404
    assert client_of(offer.ambassador.user).get(address).status_code == 405
    assert stands(offer) == OfferStatus.SENT


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_database_as_often_for_three_visits_as_for_one(django_assert_num_queries, rows):
    person = make.ambassador(cleared=True)
    for number in range(rows):
        start = make.FIRST_TIME[0] - timedelta(hours=3 + 2 * number)
        make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=(start, start + timedelta(hours=1)))
    client, offer = client_of(person.user), make.offer(ambassador=person)
    client.get(reverse("offer", args=[offer.pk]))

    with django_assert_num_queries(10):
        assert client.get(reverse("offer", args=[offer.pk])).status_code == 200
