"""Where people are missing: what is kept of searches, and what coordinators see of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.models import Search
from bookings.operations.requests import submit_request
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from tests import make
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]


def region(area: str) -> Region:
    made = Region.objects.create(name=f"Region {area}", slug=f"region-{area.lower()}", nation="england")
    RegionArea.objects.create(region=made, area=area)
    return made


def seen_by(user) -> list[tuple]:
    page = client_of(user, second_factor=True).get(reverse("cold_spots"))
    return [(spot.district, spot.subject, spot.asked, spot.found) for spot in page.context["spots"]]


def test_a_request_that_is_sent_in_keeps_what_it_asked_for_under_its_district():
    make.ambassador(cleared=True)
    for _each in range(2):
        request = make.request(contact=make.contact(school=make.school(postcode="LS2 9JT")))
        submit_request(request=request, by=request.contact.user, at=make.NOW)

    [kept] = Search.objects.values()
    del kept["id"]
    assert kept == {
        "kind": "teacher",
        "day": make.NOW.date(),
        "nation": "england",
        "area": "LS",
        "district": "LS2",
        "subject": "civil_engineering",
        "stage": "ks3",
        "online": False,
        "found": 1,
    }


def test_a_draft_keeps_nothing():
    request = make.request()
    client_of(request.contact.user).get(reverse("edit_request", args=[request.pk, "class"]))
    assert not Search.objects.exists()


def test_a_search_keeps_no_key_to_anything():
    assert [field.name for field in Search._meta.get_fields() if field.is_relation] == []


def test_the_worst_comes_first_and_what_found_enough_not_at_all():
    make.search(district="LS1", found=3)
    make.search(district="LS2", found=0)
    make.search(district="LS3", found=0)
    make.search(district="LS3", found=1, day=make.FIRST_DAY - timedelta(days=1))
    make.search(district="LS4", found=5)
    make.search(district="LS5", found=0, day=make.NOW.date() - timedelta(days=366))

    assert seen_by(make.staff(Role.COORDINATOR)) == [
        ("LS3", "Civil and structural engineering", 2, 0),
        ("LS2", "Civil and structural engineering", 1, 0),
        ("LS1", "Civil and structural engineering", 1, 3),
    ]


def test_what_several_ask_on_one_day_counts_as_one_day():
    make.search(stage="ks3", found=2)
    make.search(stage="ks4", found=1)
    make.search(kind="teacher", found=4)

    assert seen_by(make.staff(Role.COORDINATOR)) == [("LS2", "Civil and structural engineering", 1, 1)]


def test_a_coordinator_sees_those_of_their_own_regions():
    make.search(district="LS2")
    make.search(area="TR", district="TR1")

    assert seen_by(make.staff(Role.COORDINATOR, regions=(region("TR"),))) == [
        ("TR1", "Civil and structural engineering", 1, 0)
    ]


def test_only_coordinators_see_any():
    make.search()
    others = [make.contact().user, make.ambassador(cleared=True).user]
    assert [list(Search.objects.visible_to(user)) for user in others] == [[], []]


def test_what_no_list_names_any_more_is_shown_as_it_was():
    make.search(subject="alchemy", district="")
    assert seen_by(make.staff(Role.COORDINATOR)) == [("LS", "alchemy", 1, 0)]


def test_without_any_the_page_says_so_and_the_requests_lead_to_it():
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    assert "No cold spot yet" in client.get(reverse("cold_spots")).text
    assert reverse("cold_spots") in client.get(reverse("requests")).text
