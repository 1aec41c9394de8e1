"""Two people side by side, who misses by one thing, and asking one of those all the same."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from bookings.held import offers_received
from bookings.matching.on_map import neighbourhood
from bookings.models import Offer
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.letters.sending import send_due
from stem.nations import Nation
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db
BECAUSE = "She ran the club for this class & liked it"


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: make.NOW)


@pytest.fixture
def client():
    return client_of(make.staff(Role.COORDINATOR, name="Cora Coordinator"), second_factor=True)


def page(client, name: str, *args, **query) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def elsewhere():
    """A coordinator of Kent, signed in."""
    region = Region.objects.create(name="Kent", slug="kent", nation=Nation.ENG)
    RegionArea.objects.create(region=region, area="CT")
    return client_of(make.staff(Role.COORDINATOR, regions=(region,)), second_factor=True)


class TestTheList:
    """The page of a request."""

    def test_has_its_people_on_a_map_about_where_they_live(self, client):
        person = make.ambassador(name="Nia Near", cleared=True)
        said = page(client, "coordinate_request", make.visit().request_id)

        about = neighbourhood(person.point)
        assert f'data-pin="1" data-lat="{about.lat:.2f}" data-lon="{about.lon:.2f}"' in said
        assert "and never for a home" in said and "leaflet/leaflet.js" in said

    def test_has_no_map_online(self, client):
        make.ambassador(cleared=True)
        said = page(
            client, "coordinate_request", make.visit(request=make.request(status="open", mode="online")).request_id
        )

        assert "data-candidates-map" not in said and "leaflet" not in said

    def test_asks_no_other_site_for_a_picture_unless_one_is_named(self, client, settings):
        make.ambassador(cleared=True)
        visit = make.visit()
        assert "data-tiles" not in page(client, "coordinate_request", visit.request_id)

        settings.MAP_TILES = "https://tiles.example/{z}/{x}/{y}.png"
        said = page(client, "coordinate_request", visit.request_id)
        assert 'data-tiles="https://tiles.example/{z}/{x}/{y}.png" data-credit="© OpenStreetMap contributors"' in said

    def test_shows_the_parts_of_each_score_as_bars(self, client):
        make.ambassador(name="Nia Near", cleared=True)
        said = page(client, "coordinate_request", make.visit().request_id)

        parts = said.partition("How well Nia Near suits, part by part")[2].partition("</ul>")[0]
        # None for what the school hopes for, as it hopes for nothing else.
        assert parts.count("bar-plot") == 5


class TestComparing:
    """Two people of the list."""

    @pytest.fixture
    def two(self):
        return (
            make.ambassador(name="Nia Near", cleared=True, visits_delivered=3, last_visit_on=make.FIRST_DAY),
            make.ambassador(name="Finn Further", cleared=True, postcode="YO1 7HH", max_minutes=90),
        )

    def test_puts_them_side_by_side(self, client, two):
        visit = make.visit()
        said = page(client, "compare_candidates", visit.request_id, person=[each.pk for each in two])

        assert "1. Nia Near" in said and "2. Finn Further" in said
        assert "None yet: a newcomer" in said and "travels at most 90" in said
        assert said.count('name="ambassador"') == 2, "either can be invited from here"

    @pytest.mark.parametrize("keys", [[], [0], [0, 0], [0, 1, 2], ["x", 0], ["-1", 0], ["9" * 40, 0], ["' OR 1=1", 0]])
    def test_of_other_than_two_says_so(self, keys, client, two):
        third = make.ambassador(name="Thea Third", cleared=True)
        people = [*two, third]
        asked = [people[key].pk if isinstance(key, int) else key for key in keys]
        said = page(client, "compare_candidates", make.visit().request_id, person=asked)

        assert "Tick two people of the list, and not fewer or more, to compare them." in said
        assert "<table" not in said

    def test_of_somebody_who_is_not_on_the_list_says_so(self, client, two):
        stranger = make.ambassador(name="Una Uncleared")
        said = page(client, "compare_candidates", make.visit().request_id, person=[two[0].pk, stranger.pk])

        assert "One of these people is not on the list any more." in said and "Una Uncleared" not in said

    def test_after_the_search_says_so(self, client, two):
        visit = make.visit(ambassador=make.ambassador(cleared=True))
        said = page(client, "compare_candidates", visit.request_id, person=[each.pk for each in two])

        assert "One of these people is not on the list any more." in said


class TestAskingAllTheSame:
    """Somebody who misses by one thing."""

    @pytest.fixture
    def person(self):
        return make.ambassador(name="Sixth Former’s Friend", cleared=True, stages=("ks5",))

    def test_starts_from_the_list_of_those_who_miss(self, client, person):
        make.ambassador(name="Una Uncleared", status="active")
        visit = make.visit()
        said = page(client, "who_misses", visit.request_id)

        assert "Does not offer Key Stage 3" in said and "Vetting is not complete for that day." in said
        assert said.count("Ask all the same…") == 1
        assert reverse("ask_this_person", args=[visit.request_id, person.pk]) in said

    def test_says_what_stands_in_the_way_and_asks_for_a_reason(self, client, person):
        visit = make.visit()
        said = page(client, "ask_this_person", visit.request_id, person.pk)
        assert "Does not offer Key Stage 3" in said and "You are asked although you have not said" in said

        address = reverse("ask_this_person", args=[visit.request_id, person.pk])
        assert "Say why this person should be asked all the same." in client.post(address).content.decode()
        assert "Say why" in client.post(address, {"because": " "}).content.decode()
        assert not Offer.objects.exists()

    def test_is_told_to_whoever_is_asked_and_stands_in_the_history(self, client, person):
        visit = make.visit()
        address = reverse("ask_this_person", args=[visit.request_id, person.pk])
        said = client.post(address, {"because": BECAUSE}, follow=True).content.decode()
        assert "has been asked" in said and said.count("She ran the club for this class &amp; liked it") == 2

        send_due(at=make.NOW)
        words = "You are asked although you have not said that you visit pupils of this age: "
        [letter] = [each for each in mail.outbox if "would like someone like you" in each.subject]
        assert f"{words}{BECAUSE}" in letter.body
        theirs = page(client_of(person.user), "offer", Offer.objects.get().pk)
        assert f"{words}{BECAUSE.replace('&', '&amp;')}" in theirs

    def test_is_told_to_them_among_what_we_keep(self, client, person):
        visit = make.visit()
        client.post(reverse("ask_this_person", args=[visit.request_id, person.pk]), {"because": BECAUSE})

        [[_day, _school, why, _status]] = offers_received(person.user, make.NOW).listed.rows
        assert why.startswith("You are asked although") and BECAUSE in why

    def test_pressed_again_asks_once(self, client, person):
        visit = make.visit()
        address = reverse("ask_this_person", args=[visit.request_id, person.pk])
        client.post(address, {"because": BECAUSE})

        assert "has been asked already" in client.post(address, {"because": BECAUSE}).content.decode()
        assert Offer.objects.count() == 1

    def test_on_a_page_gone_stale_says_what_holds_now(self, client, person):
        visit = make.visit()
        address = reverse("ask_this_person", args=[visit.request_id, person.pk])
        make.hold(person, starts_on=make.FIRST_DAY)

        said = client.post(address, {"because": BECAUSE}).content.decode()
        assert "What stands in the way here cannot be set aside." in said
        assert not Offer.objects.exists()

    def test_of_nobody_is_not_found(self, client):
        visit = make.visit()
        for key in (0, 10**18, make.ambassador(cleared=True, postcode="TR1 1AA").pk):
            assert client.get(reverse("ask_this_person", args=[visit.request_id, key])).status_code == 404

    def test_after_the_search_goes_back_and_says_so(self, client, person):
        visit = make.visit(ambassador=make.ambassador(cleared=True))
        address = reverse("ask_this_person", args=[visit.request_id, person.pk])

        assert "Nobody is being looked for here any more." in client.get(address, follow=True).content.decode()

    def test_of_whoever_could_be_asked_anyway_leads_back_to_the_list(self, client):
        person = make.ambassador(cleared=True)
        said = page(client, "ask_this_person", make.visit().request_id, person.pk)

        assert "Nothing stands in the way any more" in said and "<textarea" not in said


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("compare_candidates", 11), ("who_misses", 10), ("ask_this_person", 11)])
def test_each_page_costs_the_same_however_many_there_are(rows, name, queries, client, django_assert_num_queries):
    visit = make.visit()
    people = [make.ambassador(name=f"Free {number}", cleared=True) for number in range(2)]
    for number in range(rows):
        miss = make.ambassador(name=f"Miss {number}", cleared=True, stages=("ks5",))
        make.ambassador(name=f"More {number}", cleared=True)
    args = [visit.request_id, miss.pk] if name == "ask_this_person" else [visit.request_id]
    query = {"person": [each.pk for each in people]} if name == "compare_candidates" else {}
    page(client, name, *args, **query)
    with django_assert_num_queries(queries):
        page(client, name, *args, **query)


def test_a_coordinator_of_another_region_finds_none_of_these_pages():
    visit, person = make.visit(), make.ambassador(cleared=True, stages=("ks5",))
    client = elsewhere()
    for name, args in (("compare_candidates", []), ("who_misses", []), ("ask_this_person", [person.pk])):
        assert client.get(reverse(name, args=[visit.request_id, *args])).status_code == 404
