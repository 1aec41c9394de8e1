"""Regions: operations and the administrators' pages."""

import pytest
from django.urls import reverse

from stem.accounts.roles import Role
from stem.audit.models import Entry
from stem.geography.models import Region, RegionArea
from stem.geography.operations import change_region, create_region
from stem.nations import Nation
from stem.rules import Refusal
from tests.stem.administrators import NOON, administrator, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return administrator()


@pytest.fixture
def client(ada):
    return browser_of(ada)


def region(ada, name="West Yorkshire", areas=("BD", "LS"), nation="england"):
    return create_region(name=name, nation=nation, areas=areas, by=ada, at=NOON)


def areas_of(region):
    return list(region.areas.values_list("area", flat=True))


def test_a_region_is_a_name_a_nation_and_its_areas(ada):
    found = region(ada)
    assert (found.name, found.slug, found.nation) == ("West Yorkshire", "west-yorkshire", Nation.ENG)
    assert areas_of(found) == ["BD", "LS"]
    assert list(Entry.objects.values_list("action", "object_id")) == [("region.create", str(found.pk))]


def test_a_region_changes_its_areas_and_nothing_else_of_them(ada):
    found = region(ada)
    kept = found.areas.get(area="LS").pk
    change_region(region=found, name="Leeds and Wakefield", nation="england", areas=["WF", "LS"], by=ada, at=NOON)
    found = Region.objects.get()
    assert (found.name, found.slug, areas_of(found)) == ("Leeds and Wakefield", "leeds-and-wakefield", ["LS", "WF"])
    assert found.areas.get(area="LS").pk == kept


def test_an_area_that_is_let_go_may_be_had_by_another(ada):
    first = region(ada)
    change_region(region=first, name=first.name, nation="england", areas=["LS"], by=ada, at=NOON)
    assert areas_of(region(ada, "Bradford", ["BD"])) == ["BD"]
    assert Region.objects.covering("BD").get().name == "Bradford"


@pytest.mark.parametrize(
    ("name", "areas", "code"),
    [
        ("Leeds", ["LS"], "area_taken"),
        ("west yorkshire", ["HX"], "region_name"),
        ("West-Yorkshire", ["HX"], "region_name"),
        ("???", ["HX"], "region_name"),
        ("Channel Islands", ["JE"], "area_unknown"),
    ],
)
def test_a_refused_region_leaves_nothing_behind(name, areas, code, ada):
    region(ada)
    with pytest.raises(Refusal) as refused:
        region(ada, name, areas)
    assert refused.value.codes == [code]
    assert (Region.objects.count(), RegionArea.objects.count(), Entry.objects.count()) == (1, 2, 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_many_regions(rows, ada, client, django_assert_num_queries):
    for name, areas in [("West", ["BD", "LS"]), ("South", ["S"]), ("North", ["YO", "HG", "DL"])][:rows]:
        region(ada, name, areas)
    client.get(reverse("staff_regions"))
    # the session and its person, their roles and where they hold, regions, their areas
    with django_assert_num_queries(6):
        page = client.get(reverse("staff_regions"))
    assert page.status_code == 200


def test_the_page_lists_regions_and_the_areas_that_nobody_has(ada, client):
    assert "No regions yet" in client.get(reverse("staff_regions")).content.decode()
    region(ada)
    page = client.get(reverse("staff_regions")).content.decode()
    assert "West Yorkshire" in page and "BD, LS" in page and "119 postcode areas in no region" in page


def test_an_administrator_adds_a_region_and_changes_it(client):
    answer = client.post(
        reverse("create_region"), {"region_name": "Cymru", "nation": "wales", "areas": ["CF", "SA", "NP"]}, follow=True
    )
    assert "Cymru is now a region." in answer.content.decode()
    form = client.get(reverse("change_region", args=["cymru"])).content.decode()
    assert form.count("checked") == 4  # three areas and the nation
    client.post(
        reverse("change_region", args=["cymru"]), {"region_name": "Cymru", "nation": "wales", "areas": ["CF", "LD"]}
    )
    assert areas_of(Region.objects.get()) == ["CF", "LD"]


def test_areas_of_another_region_are_not_offered_and_not_taken(ada, client):
    region(ada)
    page = client.get(reverse("create_region")).content.decode()
    assert 'value="HX"' in page and 'value="LS"' not in page
    answer = client.post(reverse("create_region"), {"region_name": "Leeds", "nation": "england", "areas": ["LS"]})
    assert answer.status_code == 200
    assert Region.objects.count() == 1


def test_a_name_in_use_is_explained(ada, client):
    region(ada)
    answer = client.post(
        reverse("create_region"), {"region_name": "West Yorkshire", "nation": "england", "areas": ["HX"]}
    )
    assert "Choose another name: a region already has this one." in answer.content.decode()


def test_no_such_region(client):
    assert client.get(reverse("change_region", args=["atlantis"])).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_sees_or_changes_regions(role, ada):
    region(ada)
    client = browser_of(administrator("cat@scheme.example", "Cat", role=role))
    for address in (
        reverse("staff_regions"),
        reverse("create_region"),
        reverse("change_region", args=["west-yorkshire"]),
    ):
        assert client.get(address).status_code == 403
        assert client.post(address, {"region_name": "X", "nation": "england", "areas": ["HX"]}).status_code == 403
    assert Region.objects.count() == 1
