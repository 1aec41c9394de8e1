"""Whatever is sent to a page, by whoever may send it, is answered: never with an error of ours."""

import re

import pytest
from django.db import transaction

from tests.architecture.test_access import TABLE
from tests.architecture.world import PEOPLE, World

FIELD = re.compile(r'name="([\w-]+)"')
RUBBISH = {
    "nothing": "",
    "a NUL": "x\x00y",
    "far too much": "x" * 100_000,
    "a script": "<script>alert(1)</script>\"'`{{7*7}}",
    "another direction": "\u202eexample\u202c\u200f",
    "an emoji": "👩🏽‍🔬" * 20,
    "a number beyond any column": "9" * 40,
    "a negative number": "-1",
    "no number": "NaN",
    "half a pair": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "SQL": "'; DROP TABLE bookings_visit; --",
}
MAY_SEND = [
    (name, next(person for person in PEOPLE if row[person] in {"opens", "goes on"}))
    for name, row in TABLE.items()
    if set(row.values()) & {"opens", "goes on"}
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "person"), MAY_SEND)
def test_rubbish_is_answered(name: str, person: str, world: World):
    client = world.client_of(person)
    client.raise_request_exception = False
    address = world.address(name)
    fields = set(FIELD.findall(client.get(address).content.decode(errors="replace"))) - {"csrfmiddlewaretoken"}
    fields |= {"q", "page", "ambassador", "email", "reason"}
    met = {}
    for kind, rubbish in RUBBISH.items():
        # What one kind of rubbish does to the rows is no business of the next.
        with transaction.atomic():
            words = dict.fromkeys(fields, rubbish)
            met[f"sent {kind}"] = client.post(address, words).status_code
            if len(rubbish) < 1000:
                met[f"asked {kind}"] = client.get(address, words).status_code
            transaction.set_rollback(True)
    assert {kind: status for kind, status in met.items() if status >= 500} == {}
