"""Who may open which page: docs/access.md, cell by cell."""

import re
from collections.abc import Iterator
from copy import copy

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.architecture.site_map import Page, every_page, pages
from tests.architecture.source import ROOT
from tests.architecture.world import PEOPLE, World
from tests.clients import another_window
from tests.undoing import as_if_nothing_happened

CELL = {"opens", "sign in", "refused", "hidden", "goes on"}
ROW = re.compile(r"^\| `([\w:]+)` \|(.+)\|$", re.M)


def table() -> dict[str, dict[str, str]]:
    """The policy: page name to person to what they meet."""
    rows = ROW.findall((ROOT / "docs" / "access.md").read_text())
    return {name: dict(zip(PEOPLE, (cell.strip() for cell in cells.split("|")), strict=True)) for name, cells in rows}


TABLE = table()


def test_every_page_carries_a_mark():
    assert [page.name for page in pages() if not getattr(page.view, "access_mark", None)] == []


def test_a_page_without_a_mark_is_seen():
    def unmarked(request): ...

    assert not Page("page", (), unmarked).is_a_library_s
    assert not hasattr(unmarked, "access_mark")


def test_every_page_has_a_name_of_its_own():
    names = [page.name for page in pages()]
    assert sorted({name for name in names if names.count(name) > 1 or name.endswith("None")}) == []


def test_every_page_has_its_row_and_every_row_its_page():
    assert sorted({page.name for page in pages()} ^ set(TABLE)) == []


def test_the_rows_use_the_words_that_the_policy_explains():
    assert {cell for row in TABLE.values() for cell in row.values()} - CELL == set()


def test_the_admin_and_the_library_s_pages_are_there_to_be_walked():
    assert any(page.module.startswith("allauth.") for page in every_page())


@pytest.fixture(scope="module")
def everybody(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[World, dict[str, Client]]]:
    """A world of nothing but its people, each at their browser: made once for all pages."""
    with django_db_blocker.unblock(), as_if_nothing_happened():
        world = World()
        yield world, {person: world.client_of(person) for person in PEOPLE}


@pytest.mark.django_db
@pytest.mark.parametrize("name", TABLE)
def test_each_person_meets_what_the_policy_says(name: str, everybody: tuple[World, dict[str, Client]]):
    world, browsers = everybody
    met = {person: visited(name, world, browsers[person]) for person in PEOPLE}
    assert " | ".join(met.values()) == " | ".join(TABLE[name].values())


def visited(name: str, world: World, browser: Client) -> str:
    """What this person meets at this page, whose rows are gone afterwards, as is whatever came of it: some act."""
    with as_if_nothing_happened():
        return outcome(another_window(browser), copy(world).address(name))


def outcome(client: Client, address: str) -> str:
    """What this person meets, in the policy's words."""
    response = client.get(address)
    if response.status_code == 405:  # the page only acts, so it is asked to
        response = client.post(address)
    if response.status_code == 302:
        return "sign in" if asks_to_sign_in(response) else "goes on"
    return {200: "opens", 403: "refused", 404: "hidden"}.get(response.status_code, f"answered {response.status_code}")


def asks_to_sign_in(response: HttpResponse) -> bool:
    """Whether this sends the person to sign in and come back."""
    return "/login/" in response["Location"] and "next=" in response["Location"]
