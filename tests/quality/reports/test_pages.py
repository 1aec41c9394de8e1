"""Reports: whom they are for, what they show, and that the file holds the same cells."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from quality.models import Release
from quality.suppression import Cell
from stem.accounts.roles import Role
from stem.geography.models import Region, RegionArea
from stem.terms import Term
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db

AGAIN = "Schools that would invite them again"
TERM = {"year": 2026, "season": "autumn"}


@pytest.fixture
def yorkshire() -> Region:
    region = Region.objects.create(name="Yorkshire", slug="yorkshire", nation="england")
    RegionArea.objects.create(region=region, area="LS")
    return region


@pytest.fixture
def kent() -> Region:
    return Region.objects.create(name="Kent", slug="kent", nation="england")


@pytest.fixture
def release(yorkshire, kent) -> Release:
    return make.release(yorkshire, kent)


@pytest.fixture
def client() -> Client:
    return client_of(make.staff(Role.QUALITY_MANAGER), second_factor=True)


def shown(client: Client, name: str, **address: object) -> str:
    response = client.get(reverse(name, kwargs={**TERM, **address}))
    assert response.status_code == 200
    return response.content.decode()


def cells(client: Client, name: str, **address: object) -> list[list[str]]:
    response = client.get(reverse(name, kwargs={**TERM, **address}))
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))[1:]


def test_the_whole_scheme_is_read_region_by_region_with_plots_beside_their_tables(client, release):
    page = shown(client, "scheme_report")
    assert "86% of 140" in page and "88% of 160" in page and "87% of 300" in page
    assert page.count('<figure class="plot">') == 4
    assert "2010 stakeholder weights" in page


def test_a_report_draws_without_a_script_and_names_no_school(client, release):
    make.school(name="Beckside Academy")
    page = shown(client, "scheme_report")
    assert "<svg" in page and "Beckside" not in page


def test_whoever_looks_after_a_region_reads_of_it_and_of_no_other(release, yorkshire, kent):
    client = client_of(make.staff(Role.COORDINATOR, regions=[yorkshire]), second_factor=True)
    page = shown(client, "region_report", pk=yorkshire.pk)
    assert "Yorkshire" in page and "Kent" not in page
    for name, address in (("region_report", {"pk": kent.pk}), ("scheme_report", {})):
        for of in (name, f"export_{name}"):
            assert client.get(reverse(of, kwargs={**TERM, **address})).status_code == 404
    assert "Kent" not in client.get(reverse("reports")).content.decode()


def test_the_file_holds_the_very_cells_of_the_page(client, release, yorkshire):
    for name, address in (("scheme_report", {}), ("region_report", {"pk": yorkshire.pk})):
        page = shown(client, name, **address)
        told = cells(client, f"export_{name}", **address)
        assert len(told) == page.count('<td class="number"') > 40
        assert all(f">{figure}<" in page for *_where, figure in told)


def test_where_few_forms_came_back_it_says_so_and_gives_no_mean(client, yorkshire):
    key = str(yorkshire.pk)
    few = Cell({"again": 30, "not": 10}, public={"asked": 90})
    make.release(yorkshire, again={(key, "primary"): few})
    told = cells(client, "export_scheme_report")
    assert {figure for _term, _of, table, *_cell, figure in told if table == AGAIN} == {"Response too low to report"}


def test_a_term_that_does_not_exist_is_not_found(client, release):
    for year, season in ((2026, "winter"), (2020, "autumn"), (99999, "autumn"), (0, "spring")):
        address = reverse("scheme_report", kwargs={"year": year, "season": season})
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_a_report_asks_as_often_for_one_region_as_for_three(client, many, django_assert_num_queries):
    regions = [Region.objects.create(name=f"R{n}", slug=f"r{n}", nation="england") for n in range(many)]
    for term in (make.LAST_TERM, *([Term(date(2026, 5, 1))] if many > 1 else [])):
        make.release(*regions, term=term)
    with django_assert_num_queries(7):
        client.get(reverse("scheme_report", kwargs=TERM))
    with django_assert_num_queries(5):
        client.get(reverse("reports"))
