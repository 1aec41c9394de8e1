"""The pages of who is not reached: who sees which schools, in which order, and what stands on them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bookings.models import Coverage
from schools.models import School
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from tests import make
from tests.bookings.reaching_out.test_columns import read
from tests.clients import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_stands_still")]


@pytest.fixture
def client():
    return client_of(make.staff(Role.COORDINATOR), second_factor=True)


@pytest.fixture
def in_cornwall():
    region = Region.objects.create(name="Cornwall", slug="cornwall", nation="england")
    RegionArea.objects.create(region=region, area="TR")
    return client_of(make.staff(Role.COORDINATOR, regions=(region,)), second_factor=True)


def listed(client, **query) -> list[str]:
    return [line.school.name for line in client.get(reverse("coverage"), query).context["lines"]]


def drawn(client) -> list[int]:
    return [row[0] for row in read(client.get(reverse("coverage_map")).content)]


def test_those_to_be_asked_first_come_first_and_those_lately_visited_not_at_all():
    client = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    last = make.NOW.date() - timedelta(days=30)
    make.coverage(make.school(name="Later"), score=0.4)
    make.coverage(make.school(name="First"), score=0.9)
    make.coverage(make.school(name="Once", authority="Kent"), score=0.6, last_on=last - timedelta(days=1400))
    make.coverage(make.school(name="Lately"), score=0.8, last_on=last, visits=1, year_visits=1)

    assert listed(client) == ["First", "Once", "Later"]
    assert listed(client, show="never") == ["First", "Later"]
    assert listed(client, show="all") == ["First", "Lately", "Once", "Later"]
    assert listed(client, authority="kent") == ["Once"]
    assert listed(client, q="lat leeds", show="all") == ["Lately", "Later"]


@pytest.mark.parametrize("query", [{"page": "999999999999"}, {"show": "\x00"}, {"authority": "x" * 81}, {"q": "%"}])
def test_what_makes_no_sense_in_the_address_does_no_harm(query, client):
    make.coverage()
    assert client.get(reverse("coverage"), query).status_code == 200
    assert client.get(reverse("coverage_table"), query).status_code == 200


def test_a_coordinator_has_the_schools_of_their_regions_alone_and_an_administrator_all(in_cornwall, client):
    leeds, truro = (
        make.school(authority="Leeds"),
        make.school(name="Truro School", postcode="TR1 2SJ", authority="Cornwall"),
    )
    make.coverage(leeds)
    make.coverage(truro)
    administrator = client_of(make.staff(Role.ADMINISTRATOR), second_factor=True)

    assert drawn(in_cornwall) == [truro.pk]
    assert sorted(drawn(client)) == sorted(drawn(administrator)) == sorted([leeds.pk, truro.pk])
    assert listed(in_cornwall) == ["Truro School"]
    table = b"".join(in_cornwall.get(reverse("coverage_table")).streaming_content).decode()
    assert "Truro School" in table and "Beckside" not in table
    page = in_cornwall.get(reverse("coverage_authorities")).text
    assert "Cornwall" in page and "Leeds" not in page
    assert in_cornwall.get(reverse("coverage_school", args=[leeds.pk])).status_code == 404
    here = in_cornwall.get(reverse("coverage_here"), {"school": [leeds.pk, truro.pk]}, headers={"HX-Request": "true"})
    assert "Truro School" in here.text and "Beckside" not in here.text


@pytest.mark.parametrize("name", ["coverage", "coverage_map", "coverage_table", "coverage_authorities"])
def test_nobody_else_has_any(name):
    make.coverage()
    others = [make.contact().user, make.ambassador(cleared=True).user]
    assert [client_of(user).get(reverse(name)).status_code for user in others] == [403, 403]
    assert [list(Coverage.objects.visible_to(user)) for user in others] == [[], []]


def test_a_school_without_a_place_is_listed_and_not_drawn(client):
    placed, lost = make.coverage(), make.coverage(make.school(name="Nowhere"))
    School.objects.filter(pk=lost.school_id).update(lat=None, lon=None)

    assert drawn(client) == [placed.school_id]
    assert listed(client) == ["Beckside Academy", "Nowhere"]
    page = client.get(reverse("coverage")).text
    assert "Of 1 school nobody knows where it is" in page and "not on the map" in page
    assert "Nobody knows where this school is" in client.get(reverse("coverage_school", args=[lost.school_id])).text


class TestTheFile:
    def test_is_not_sent_again_until_something_changes(self, client):
        kept = make.coverage()
        first = client.get(reverse("coverage_map"))
        assert first["Cache-Control"] == "private, no-cache"
        asked = {"if-none-match": first["ETag"]}
        again = client.get(reverse("coverage_map"), headers=asked)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])

        School.objects.filter(pk=kept.school_id).update(lat=54.0)
        assert client.get(reverse("coverage_map"), headers=asked).status_code == 200

    def test_is_not_taken_for_somebody_else_s(self, client, in_cornwall):
        make.coverage()
        etag = client.get(reverse("coverage_map"))["ETag"]
        assert in_cornwall.get(reverse("coverage_map"), headers={"if-none-match": etag}).status_code == 200


def test_a_school_says_who_asked_in_vain_and_how_many_could_go(client):
    school = make.coverage().school
    old = make.school(name="Old Beck", register_number="99")
    make.succession(old=old, new=school, status="confirmed")
    make.request(contact=make.contact(school=old), status="unfilled", subject="physics", purpose="Secret words")
    make.request(contact=make.contact(school=school), status="open", subject="chemistry")
    make.search(district="LS2", subject="astronomy", day=make.NOW.date())
    make.search(district="LS1", subject="geology", day=make.NOW.date())
    make.ambassador(cleared=True)

    page = client.get(reverse("coverage_school", args=[school.pk]))
    assert [each.what for each in page.context["in_vain"]] == ["Physics, Key Stage 3 (ages 11 to 14)"]
    assert "Secret words" not in page.text
    assert [spot.district for spot in page.context["spots"]] == ["LS2"]
    assert "A few people could come." in page.text and "Old Beck" in page.text
    assert reverse("school", args=[school.pk]) in page.text


def test_a_school_without_a_lead_is_helped_to_set_up_first(client):
    school = make.coverage().school
    address = reverse("coverage_school", args=[school.pk])
    assert "Nobody acts for it yet" in client.get(address).text
    contact = make.contact(school=school)
    assert "nobody leads" in client.get(address).text
    type(contact).objects.update(is_lead=True)
    assert client.get(address).context["help_needed"] == ""


def test_an_administrator_is_not_led_where_they_may_not_go():
    school = make.coverage().school
    make.request(contact=make.contact(school=school), status="unfilled")
    page = client_of(make.staff(Role.ADMINISTRATOR), second_factor=True).get(
        reverse("coverage_school", args=[school.pk])
    )
    assert reverse("school", args=[school.pk]) not in page.text and "/coordinator/requests/" not in page.text


def test_authorities_are_compared_with_all_of_their_nation(in_cornwall):
    for authority, postcode, visits in (("Leeds", "LS2 9JT", 9), ("Kent", "CT1 2EH", 4), ("Cornwall", "TR1 2SJ", 1)):
        school = make.school(postcode=postcode, authority=authority, roll=1000)
        make.coverage(school, visits=visits, year_visits=visits)
    [found] = in_cornwall.get(reverse("coverage_authorities")).context["compared"]
    assert (found.authority.name, found.authority.rate, found.middle, found.is_cold) == ("Cornwall", 1.0, 4.0, True)


def test_the_table_has_every_row_and_begins_no_formula(client):
    for number in range(30):
        make.coverage(make.school(name=f"=School {number}"))
    rows = b"".join(client.get(reverse("coverage_table")).streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 31
    assert all(row.startswith("'=School") for row in rows[1:])


def test_without_its_script_a_press_leads_to_the_list(client):
    assert client.get(reverse("coverage_here"), {"school": "1"})["Location"] == reverse("coverage")
    odd = client.get(reverse("coverage_here"), {"school": ["x", "9" * 30, "²"]}, headers={"HX-Request": "true"})
    assert "None of your schools is here." in odd.text
