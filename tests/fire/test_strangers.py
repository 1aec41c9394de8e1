"""Nobody opens, and nobody changes, a row that is no business of theirs: every address that names one, by everybody."""

import re
from itertools import product

import pytest
from django.http import HttpResponse

from stem.accounts.roles import Role
from stem.accounts.scope import RegionArea
from stem.geography.models import Region
from stem.nations import Nation
from tests import make
from tests.architecture.site_map import pages
from tests.architecture.source import ROOT
from tests.architecture.test_access import TABLE, asks_to_sign_in
from tests.architecture.world import World
from tests.clients import client_of
from tests.fire.rows import Watch
from tests.undoing import as_if_nothing_happened

pytestmark = pytest.mark.django_db

OUTSIDERS = ("teacher", "ambassador", "coordinator elsewhere")
EXCEPTION = re.compile(r"^\* `([\w:]+)` \(([a-z, ]+)\): ", re.M)
# Whoever holds the key of these may do what they do: a mail program presses for its reader.
ACTS_BY_KEY = {"stop_letters"}
# An open request is offered to every ambassador who could be asked for it.
OFFERED_TO = {("ambassador", "offer_oneself")}
NAMES_A_ROW = [page.name for page in pages() if page.arguments]


def exceptions() -> dict[str, set[str]]:
    """Who may open a stranger's row all the same: page name to people."""
    policy = (ROOT / "docs" / "access.md").read_text().partition("## Rows of somebody else")[2]
    return {name: set(people.split(", ")) for name, people in EXCEPTION.findall(policy)}


EXCEPTIONS = exceptions()


def outsiders() -> dict[str, object]:
    """People with rows of their own, at their browsers."""
    ours = World()
    assert ours.agreed.pk and ours.offer.pk
    region = Region.objects.create(name="Shetland", slug="shetland", nation=Nation.SCO)
    RegionArea.objects.create(region=region, area="ZE")
    coordinator = make.staff(Role.COORDINATOR, regions=(region,))
    return {
        "teacher": client_of(ours.contact.user),
        "ambassador": client_of(ours.ambassador.user),
        "coordinator elsewhere": client_of(coordinator, second_factor=True),
    }


def met(response: HttpResponse) -> str:
    """What somebody meets, in the policy's words."""
    if response.status_code == 302:
        return "sign in" if asks_to_sign_in(response) else "goes on"
    return {200: "opens", 403: "refused", 404: "hidden", 405: "only acts"}.get(response.status_code, "breaks")


@pytest.mark.parametrize("names", [NAMES_A_ROW[start::4] for start in range(4)], ids=[f"{n} of 4" for n in range(1, 5)])
def test_a_stranger_s_row_is_neither_shown_nor_changed(names: list[str], record_property):
    clients, world = outsiders(), World()
    addresses = {name: world.address(name) for name in names}
    watch, found, tried = Watch(), {}, 0
    for (name, address), (person, client), act in product(addresses.items(), clients.items(), ("get", "post")):
        tried += 1
        with as_if_nothing_happened(), watch.watching():
            outcome = met(getattr(client, act)(address))
            if (changed := watch.changed()) and name not in ACTS_BY_KEY and (person, name) not in OFFERED_TO:
                found[f"{person} {act}s {name}"] = f"changed {changed}"
        if outcome in {"opens", "breaks"} and person not in EXCEPTIONS.get(name, set()):
            found[f"{person} {act}s {name}"] = outcome
    record_property("strangers' rows tried", tried)
    assert found == {}


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_each_exception_is_one(name: str):
    clients, address = outsiders(), World().address(name)
    assert {person for person, client in clients.items() if met(client.get(address)) == "opens"} == EXCEPTIONS[name]


def test_the_exceptions_are_of_pages_that_name_a_row():
    assert sorted(set(EXCEPTIONS) - set(NAMES_A_ROW)) == []
    assert set(EXCEPTIONS) <= set(TABLE)
    assert {person for people in EXCEPTIONS.values() for person in people} <= set(OUTSIDERS)
