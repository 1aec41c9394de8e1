"""What staff see of people from other schemes: how many came, were told, answered; and who has to be told by post."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus, NoBecause, ToldBy
from ambassadors.models import Ambassador, Suppression
from ambassadors.operations.claiming import say_no_for
from ambassadors.queries.by_scheme import conversions
from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.geography.models import Region, RegionArea
from tests import make
from tests.clients import client_of
from tests.make import NOW

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def officer():
    return make.staff(Role.VETTING_OFFICER)


@pytest.fixture
def client(officer):
    return client_of(officer, second_factor=True)


def page(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_every_one_of_a_scheme_s_people_is_counted_where_they_stand(officer):
    scheme = make.old_scheme("Alpha")
    for days in (10, 30):
        make.brought(from_scheme=scheme, told_on=TODAY - timedelta(days=days))
    make.brought(from_scheme=scheme, came_at=NOW)
    make.brought(from_scheme=scheme, came_at=NOW - timedelta(days=28))
    for status in (AmbassadorStatus.IMPORTED, AmbassadorStatus.VETTING, AmbassadorStatus.ACTIVE):
        make.brought(from_scheme=scheme, told_on=TODAY, user=make.user(), status=status)
    refused = make.brought(from_scheme=scheme, told_on=TODAY)
    say_no_for(ambassador=refused, by=officer, at=NOW)
    Suppression.objects.create(scheme=scheme, record_digest="x", because=NoBecause.SILENT, since=TODAY)
    make.brought(from_scheme=make.old_scheme("Beta"), came_at=NOW)
    alpha, beta = conversions(on=TODAY, grace=180)
    counted = {name: getattr(alpha, name) for name in ("imported", "told", "claimed", "vetting", "active")}
    assert counted == {"imported": 9, "told": 7, "claimed": 3, "vetting": 1, "active": 1}
    rest = {name: getattr(alpha, name) for name in ("said_no", "silent", "unanswered", "untold", "late", "days_left")}
    assert rest == {"said_no": 1, "silent": 1, "unanswered": 2, "untold": 2, "late": 1, "days_left": 150}
    assert (beta.imported, beta.untold, beta.late, beta.days_left) == (1, 1, 0, None)


def test_the_page_warns_in_red_where_people_were_not_told_in_time_and_says_what_is_missing(client):
    make.brought(from_scheme=make.old_scheme("Alpha", complete=False), came_at=NOW - timedelta(days=28))
    words = page(client, "people_by_scheme")
    assert "banner-error" in words
    assert "Alpha: 1 person" in words
    assert "until it is on record who answered" in words


def test_the_page_is_linked_from_the_register_and_is_not_empty_handed(client):
    assert reverse("people_by_scheme") in page(client, "ambassadors")
    assert "Nobody has come from another scheme" in page(client, "people_by_scheme")
    assert "Nobody is to be told by post" in page(client, "tell_by_post")


def test_whoever_has_no_address_is_listed_until_they_are_told(client):
    person = make.brought(name="Una Unreached", email="")
    make.brought()
    assert "Una Unreached" in page(client, "tell_by_post")
    response = client.get(reverse("tell_by_post_file"))
    [heading, row] = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert (heading[0], row[0], row[1]) == ("Name", "Una Unreached", "LS1 4AP")
    assert Entry.objects.filter(action="ambassador.export").count() == 1
    for _twice in range(2):
        client.post(reverse("note_told", args=[person.pk]), {"told_by": "post"})
    assert person.notices.get().told_by == ToldBy.POST
    assert "Una Unreached" not in page(client, "tell_by_post")


@pytest.mark.parametrize("sent", [{}, {"told_by": "email"}, {"told_by": "pigeon"}])
def test_a_way_that_is_none_is_asked_for_again(client, sent):
    person = make.brought(email="")
    response = client.post(reverse("note_told", args=[person.pk]), sent)
    assert (response.status_code, person.notices.count()) == (200, 0)


def test_an_officer_takes_the_no_of_who_telephones_after_being_asked(client):
    person = make.brought()
    assert reverse("say_no_for", args=[person.pk]) in page(client, "ambassador", person.pk)
    assert "says no?" in page(client, "say_no_for", person.pk)
    assert Ambassador.objects.count() == 1
    response = client.post(reverse("say_no_for", args=[person.pk]), follow=True)
    assert "no import brings them in again" in response.content.decode()
    assert client.post(reverse("say_no_for", args=[person.pk])).status_code == 404
    assert Ambassador.objects.count() == 0


def test_an_officer_elsewhere_neither_lists_nor_deletes_them(client):
    person = make.brought(name="Una Unreached", email="")
    region = make_region("elsewhere", "AB")
    elsewhere = client_of(make.staff(Role.VETTING_OFFICER, regions=(region,)), second_factor=True)
    assert "Una Unreached" not in page(elsewhere, "tell_by_post")
    for name in ("say_no_for", "note_told"):
        assert elsewhere.post(reverse(name, args=[person.pk]), {"told_by": "post"}).status_code == 404
    assert Ambassador.objects.untold().get() == person


def make_region(slug, *areas):
    region = Region.objects.create(slug=slug, name=slug.title())
    for area in areas:
        RegionArea.objects.create(region=region, area=area)
    return region
