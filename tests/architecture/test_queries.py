"""No page asks the database more because there is more to show, and none asks much (design: twelve at most).

What pages may list is made once for all that somebody opens, and each is opened as if no other had been.
"""

from copy import copy

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stem.accounts import sessions
from stem.scheme.identity import remember, who_we_are
from tests.architecture.test_access import TABLE
from tests.architecture.world import PEOPLE, World
from tests.clients import another_window
from tests.undoing import as_if_nothing_happened

AT_MOST = 12
OPENED_BY = {person: [name for name, row in TABLE.items() if row[person] == "opens"] for person in PEOPLE}


@pytest.mark.django_db
@pytest.mark.parametrize("person", PEOPLE)
def test_a_page_makes_as_many_queries_for_three_rows_as_for_one(person: str, world: World, monkeypatch):
    # Once a minute somebody's sign-in is noted as still in use, on whatever page that falls.
    monkeypatch.setattr(sessions, "WRITE_EVERY", float("inf"))
    world.fill(1)
    client = world.client_of(person)
    at_one = asked(world, client, OPENED_BY[person])
    world.fill(2)
    at_three = asked(world, client, OPENED_BY[person])
    faults = [
        "\n".join([f"{name}: {len(at_one[name])} for one row, {len(now)} for three", *now])
        for name, now in at_three.items()
        if not len(now) == len(at_one[name]) <= AT_MOST
    ]
    assert not faults, "\n\n".join(faults)


def test_everybody_s_pages_are_opened():
    assert all(OPENED_BY.values())


def asked(world: World, client: Client, names: list[str]) -> dict[str, list[str]]:
    """What each of these pages asks the database, with the rows of its own address besides those that are there."""
    found = {}
    for name in names:
        with as_if_nothing_happened():
            found[name] = queries(another_window(client), copy(world).address(name))
    return found


def queries(client: Client, address: str) -> list[str]:
    """What this page asks the database, once the process has warmed up."""
    client.get(address)
    # Who we are is asked again every ten seconds, on whatever page that falls.
    remember(who_we_are(), seconds=float("inf"))
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    if response.status_code == 405:
        return []  # it only acts, and lists nothing
    assert response.status_code == 200, address
    return [query["sql"] for query in asked]
