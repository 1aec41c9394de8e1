"""No page asks the database more because there is more to show, and none asks much (design: twelve at most)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.architecture.test_access import TABLE
from tests.architecture.world import PEOPLE, World

AT_MOST = 12
OPEN_TO = [(name, person) for name, row in TABLE.items() for person in PEOPLE if row[person] == "opens"]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "person"), OPEN_TO)
def test_a_page_makes_as_many_queries_for_three_rows_as_for_one(name: str, person: str, world: World):
    world.fill(1)
    client, address = world.client_of(person), world.address(name)
    at_one = queries(client, address)
    world.fill(2)
    at_three = queries(client, address)
    assert len(at_three) == len(at_one) <= AT_MOST, "\n".join(at_three)


def queries(client, address: str) -> list[str]:
    """What this page asks the database, once the process has warmed up."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    if response.status_code == 405:
        return []  # it only acts, and lists nothing
    assert response.status_code == 200
    return [query["sql"] for query in asked]
