"""Whoever comes along to watch, on everybody's pages: as what they are, and nothing for anybody else."""

import pytest
from django.urls import reverse
from icalendar import Calendar

from ambassadors.held import profile
from bookings.enums import OfferStatus, SeatStatus, VisitStatus
from bookings.held import visits_made
from bookings.models import Offer, Seat
from bookings.queries.diary import home_of
from bookings.queries.feed import feed_of, reader_by
from stem.accounts.feeds import feed_key
from stem.accounts.roles import Role
from tests import make
from tests.browser import THEMES, WIDTHS, axe_violations, overflow, picture, small_targets
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]


@pytest.fixture
def visit():
    ada = make.ambassador(cleared=True, visits_delivered=9)
    return make.visit(ambassador=ada, status=VisitStatus.CONFIRMED, arrival="Ring at the gate.")


@pytest.fixture
def nia():
    return make.ambassador(name="Nia Newcomer", cleared=True)


@pytest.fixture
def watched(visit, nia):
    return make.watched(visit, ambassador=nia)


@pytest.fixture
def cora():
    return client_of(make.staff(Role.COORDINATOR), second_factor=True)


def teacher(visit):
    return client_of(visit.request.contact.user)


def ada_of(visit):
    return visit.seats.leads().get().ambassador


def main(client, name: str, *args) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.text.partition("<main")[2]


# --- the coordinator


def test_a_coordinator_makes_room_chooses_and_asks(visit, nia, cora):
    make.ambassador(name="Noor Newcomer", cleared=True, would_watch=True, postcode="YO1 9TL", max_minutes=240)
    assert "Make room for one who watches" in main(cora, "visit", visit.pk)

    page = cora.post(reverse("add_shadow_place", args=[visit.pk]), follow=True)
    assert [words.partition(":")[0] for _key, words in page.context["people"]] == ["Nia Newcomer", "Noor Newcomer"]
    assert page.text.count("Would like to watch one first") == 1
    page = cora.post(reverse("invite_shadow", args=[visit.pk]), {"person": nia.pk}, follow=True)

    assert "Nia Newcomer has been asked to come along" in page.text
    assert Offer.objects.to_watch().get().ambassador == nia
    assert cora.get(reverse("invite_shadow", args=[visit.pk])).status_code == 302


def test_an_answer_by_telephone_and_taking_it_back_lead_back_to_the_visit(visit, nia, cora):
    offer = make.offer(seat=make.place_to_watch(visit), ambassador=nia)

    starts_at = make.FIRST_TIME[0].isoformat()
    cora.post(reverse("answer_for", args=[offer.pk]), {"answer": starts_at})
    back = cora.post(reverse("withdraw_offer", args=[offer.pk]))

    assert back.headers["Location"] == reverse("visit", args=[visit.pk])


def test_a_coordinator_sees_whoever_watches_apart_and_notes_the_schools_no(visit, watched, cora):
    page = main(cora, "visit", visit.pk)
    assert "Comes along to watch" in page and "Nia Newcomer" in page
    assert reverse("swap_person", args=[watched.pk]) not in page
    assert cora.get(reverse("swap_person", args=[watched.pk])).status_code == 404
    assert cora.get(reverse("write_outline_for", args=[watched.pk])).status_code == 404

    page = cora.post(reverse("refuse_shadow_for", args=[visit.pk]), follow=True).text

    assert "The school would rather that nobody comes along to this visit" in page
    assert Seat.objects.get(pk=watched.pk).status == SeatStatus.OPEN


def test_with_nobody_new_the_page_says_so(visit, cora):
    make.place_to_watch(visit)
    assert "Nobody new can come along" in main(cora, "invite_shadow", visit.pk)


def test_nobody_is_asked_who_was_not_offered(visit, cora):
    make.place_to_watch(visit)
    page = cora.post(reverse("invite_shadow", args=[visit.pk]), {"person": ada_of(visit).pk})
    assert list(page.context["form"].errors) == ["person"]


@pytest.mark.parametrize("name", ["add_shadow_place", "invite_shadow", "refuse_shadow_for"])
def test_no_one_else_comes_near_it(visit, watched, nia, name):
    for user in (visit.request.contact.user, ada_of(visit).user, nia.user):
        assert client_of(user).post(reverse(name, args=[visit.pk])).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_choosing_costs_the_same_for_three(visit, cora, rows, django_assert_max_num_queries):
    make.place_to_watch(visit)
    for number in range(rows):
        make.ambassador(name=f"Nia Newcomer {number}", cleared=True)
    address = reverse("invite_shadow", args=[visit.pk])
    cora.get(address)
    with django_assert_max_num_queries(12):
        assert cora.get(address).text.count("Nia Newcomer") == rows


def test_a_wish_to_watch_stands_beside_the_name_when_a_coordinator_chooses(nia, cora):
    nia.would_watch = True
    nia.save()
    search = make.visit()
    assert "Would like to watch one first" in main(cora, "coordinate_request", search.request_id)


def test_a_search_never_shows_a_shadows_place(visit, watched, cora):
    page = main(cora, "coordinate_request", visit.request_id)
    assert "Nia Newcomer" not in page


# --- whoever is asked


def test_the_offer_says_beside_whom_by_the_first_name_and_asks_no_more(visit, nia):
    offer = make.offer(seat=make.place_to_watch(visit), ambassador=nia)
    client = client_of(nia.user)

    home, page = main(client, "ambassador_home"), main(client, "offer", offer.pk)

    assert "Watch a visit at Beckside Academy?" in home
    assert "You would come along to watch, beside Ada." in page
    assert "Ada Engineer" not in home + page
    assert "I could at another time" not in page and "as the outline of the visit" not in page


def test_they_say_yes_by_the_same_page_and_have_it_in_diary_pack_and_calendar(visit, nia):
    seat = make.place_to_watch(visit)
    offer = make.offer(seat=seat, ambassador=nia)
    client = client_of(nia.user)

    client.post(reverse("accept_offer", args=[offer.pk]), {"starts_at": make.FIRST_TIME[0].isoformat()})

    seat.refresh_from_db()
    assert seat.ambassador == nia
    assert "You come along. Thank you!" in main(client, "offer", offer.pk)
    page, pack = main(client, "visit", visit.pk), main(client, "visit_pack", visit.pk)
    for text in (page, pack):
        assert "You come along to watch" in text and "Beside Ada Engineer" in text
    assert reverse("propose_time", args=[visit.pk]) not in page
    assert reverse("write_outline", args=[visit.pk]) not in page
    assert "You come along to watch" in main(client, "ambassador_home")
    assert "You come along to watch" in client.get(reverse("my_diary"), {"on": "2027-02-10", "show": "list"}).text
    one = client.get(reverse("visit_calendar", args=[visit.pk])).content
    [entry] = Calendar.from_ical(one).walk("VEVENT")
    assert str(entry["SUMMARY"]) == "STEM visit: beside Ada Engineer at Beckside Academy"


def test_whoever_watches_does_nothing_for_the_visit(visit, watched, nia):
    client = client_of(nia.user)
    assert client.get(reverse("write_outline", args=[visit.pk])).status_code == 404
    assert client.post(reverse("as_agreed", args=[visit.pk])).status_code == 404
    assert client.get(reverse("propose_time", args=[visit.pk])).status_code == 403


def test_whoever_watches_says_that_they_cannot_come_and_it_goes_on(visit, watched, nia):
    client = client_of(nia.user)
    assert "The visit goes on without you" in main(client, "give_up_seat", visit.pk)

    client.post(reverse("give_up_seat", args=[visit.pk]), {"reason": "illness"})

    visit.refresh_from_db()
    assert visit.status == VisitStatus.CONFIRMED
    assert client.get(reverse("visit", args=[visit.pk])).status_code == 404


# --- the one who visits, and the school


def test_the_one_who_visits_sees_who_watches(visit, watched):
    client = client_of(ada_of(visit).user)
    page, pack = main(client, "visit", visit.pk), main(client, "visit_pack", visit.pk)
    assert "Comes along to watch you" in page and "Nia Newcomer" in page
    assert "Comes along to watch" in pack and "Nia Newcomer" in pack
    assert "Coming with you" not in page


def test_the_school_sees_who_watches_on_every_page_and_may_say_no(visit, watched):
    client = teacher(visit)
    page = main(client, "visit", visit.pk)
    assert "Comes along to watch" in page and "Nia Newcomer" in page
    assert "Nia Newcomer comes along to watch" in main(client, "school_home")
    assert "Comes along to watch" in main(client, "visit_pack", visit.pk)
    assert "who comes along to watch" in main(client, "visit_reception", visit.pk)
    assert "does not come along" in main(client, "refuse_shadow", visit.pk)

    page = client.post(reverse("refuse_shadow", args=[visit.pk]), follow=True).text

    assert "Nia Newcomer does not come along; your visit stays as it is." in page
    assert "Nia Newcomer" not in main(client, "visit", visit.pk)
    assert client.get(reverse("refuse_shadow", args=[visit.pk])).status_code == 302


def test_another_school_finds_nothing_to_refuse(visit, watched):
    other = client_of(make.contact().user)
    assert other.post(reverse("refuse_shadow", args=[visit.pk])).status_code == 404


def test_after_the_visit_only_who_gave_it_is_asked_for_again(visit, watched):
    visit.status = VisitStatus.DELIVERED
    visit.save()
    page = main(teacher(visit), "visit", visit.pk)
    assert reverse("ask_person_again", args=[visit.seats.leads().get().pk]) in page
    assert reverse("ask_person_again", args=[watched.pk]) not in page


def test_feeds_say_of_whoever_watches_what_they_are(visit, watched, nia, now):
    def summary_for(user) -> tuple[str, str]:
        [entry] = Calendar.from_ical(feed_of(reader_by(feed_key(user)), at=now).write()).walk("VEVENT")
        return str(entry["SUMMARY"]), str(entry["DESCRIPTION"])

    beside = "STEM visit: beside Ada Engineer at Beckside Academy"
    assert summary_for(nia.user)[0] == beside
    for user in (ada_of(visit).user, visit.request.contact.user):
        summary, words = summary_for(user)
        assert summary == "STEM visit: Ada Engineer at Beckside Academy"
        assert "Nia Newcomer comes along to watch." in words


def test_their_account_tells_their_part(watched, nia, now):
    told = visits_made(nia.user, now)
    assert told.listed is not None and "Comes along to watch" in str(told.listed)
    assert "Would like to watch a visit first" in str(profile(nia.user, now).facts)


# --- their own wish


def test_whoever_is_new_says_on_their_home_that_they_would_like_to_watch(nia):
    client = client_of(nia.user)
    assert "I would like to watch one first" in main(client, "ambassador_home")

    client.post(reverse("ask_to_watch"))
    nia.refresh_from_db()
    assert nia.would_watch
    assert "I need not watch one first" in main(client, "ambassador_home")

    client.post(reverse("no_longer_ask_to_watch"))
    nia.refresh_from_db()
    assert not nia.would_watch


def test_whoever_has_visited_three_times_is_not_offered_it(visit):
    ada = ada_of(visit)
    client = client_of(ada.user)
    assert "watch one first" not in main(client, "ambassador_home")

    page = client.post(reverse("ask_to_watch"), follow=True).text

    ada.refresh_from_db()
    assert not ada.would_watch
    assert "You have visited often enough for others to watch you." in page


@pytest.mark.parametrize("rows", [1, 3])
def test_a_home_with_three_to_watch_asks_no_more_than_with_one(nia, rows, django_assert_num_queries, now):
    for number in range(rows):
        time = tuple(moment.replace(day=10 + number) for moment in make.FIRST_TIME)
        other = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, time=time)
        make.offer(seat=make.place_to_watch(other), ambassador=nia)
    with django_assert_num_queries(7):
        home = home_of(nia, nia.user, at=now)
        assert [question.beside for question in home.asked] == ["Ada"] * rows
    assert Offer.objects.filter(status=OfferStatus.SENT).count() == rows


# --- in a browser


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_each_page_is_accessible_and_nothing_lies_off_its_side(browser_page, visit, nia, theme, width):
    make.watched(visit, ambassador=nia)
    open_place = make.visit(
        ambassador=make.ambassador(name="Olu Old-Hand", cleared=True),
        status=VisitStatus.MATCHED,
        time=make.SECOND_TIME,
    )
    make.place_to_watch(open_place)
    third = tuple(moment.replace(day=15) for moment in make.FIRST_TIME)
    asked = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.CONFIRMED, time=third)
    offer = make.offer(seat=make.place_to_watch(asked), ambassador=nia)
    pages = [
        (make.staff(Role.COORDINATOR), True, ["visit", "invite_shadow"], [visit.pk, open_place.pk]),
        (
            visit.request.contact.user,
            False,
            ["visit", "refuse_shadow", "visit_pack", "visit_reception"],
            [visit.pk] * 4,
        ),
        (nia.user, False, ["visit", "visit_pack", "offer", "give_up_seat"], [visit.pk, visit.pk, offer.pk, visit.pk]),
        (ada_of(visit).user, False, ["visit", "visit_pack"], [visit.pk, visit.pk]),
        (nia.user, False, ["ambassador_home"], [None]),
    ]
    for number, (user, second_factor, names, keys) in enumerate(pages):
        page = browser_page(color_scheme=theme, viewport=width)
        cookie = client_of(user, second_factor=second_factor).cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "domain": "localhost", "path": "/"}])
        for name, key in zip(names, keys, strict=True):
            page.goto(reverse(name, args=[key] if key else []))
            picture(page, f"watching-{number}-{name}-{width['width']}-{theme}")
            assert (name, axe_violations(page)) == (name, [])
            assert (name, overflow(page), small_targets(page)) == (name, 0, [])
