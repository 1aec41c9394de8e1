"""The list of what a new scheme has to do, reckoned from the rows."""

import pytest
from django.urls import reverse

from bookings.home import find_home
from schools.progress import read_set_up
from stem.accounts.roles import Role
from stem.geography.models import Region
from stem.loads.enums import LoadKind, LoadStatus
from stem.nations import Nation
from tests import make
from tests.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make.staff(Role.ADMINISTRATOR, name="Ada Admin")


def page_of(user) -> str:
    return " ".join(client_of(user, second_factor=True).get(reverse("setup")).content.decode().split())


def missing() -> list[str]:
    return [task.address for task in read_set_up().missing]


def test_a_new_scheme_has_everything_to_do(ada):
    pages = [reverse(name) for name in ("name_scheme", "address_letters", "trial_letter", "staff_regions")]
    registers = [reverse("register", args=[kind]) for kind in ("postcodes", "gias")]
    assert missing() == [*pages, *registers, reverse("staff_people")]
    page = page_of(ada)
    assert "0 of 9 done" in page
    assert "7 things are still missing" in page
    assert "Still needed: coordinator, safeguarding lead or deputy." in page


def test_each_task_is_done_when_its_rows_say_so(ada, now):
    make.set_up_scheme(by=ada)
    assert missing() == []
    page = page_of(ada)
    assert "Everything is in place" in page
    assert "http://localhost:8000/join/" in page


def test_an_administrator_lands_here_until_all_is_done_and_then_on_their_desk(ada):
    both = make.staff(Role.ADMINISTRATOR, Role.COORDINATOR)
    assert (find_home(ada), find_home(both)) == ("setup", "setup")
    make.set_up_scheme(by=ada)
    assert (find_home(ada), find_home(both)) == ("staff_people", "coordinator_home")


def test_it_is_first_in_an_administrator_s_menu_and_in_nobody_else_s(ada):
    assert page_of(ada).index(reverse("setup")) < page_of(ada).index(reverse("staff_letters"))
    coordinator = client_of(make.staff(Role.COORDINATOR), second_factor=True)
    assert reverse("setup") not in coordinator.get(reverse("coordinator_home")).content.decode()


@pytest.mark.parametrize(
    ("nation", "needed"),
    [(Nation.ENG, ["gias"]), (Nation.WLS, ["gias"]), (Nation.SCO, ["scotland"]), (Nation.NIR, [])],
)
def test_a_scheme_needs_the_schools_of_the_nations_that_it_works_in(nation, needed):
    Region.objects.create(name="Here", slug="here", nation=nation)
    registers = {reverse("register", args=[kind]): kind for kind in ("gias", "scotland", "links")}
    assert [registers[address] for address in missing() if address in registers] == needed


def test_a_register_that_is_being_read_says_so(ada):
    make.load(kind=LoadKind.POSTCODES, status=LoadStatus.READING)
    assert "Being read" in page_of(ada)
    assert reverse("register", args=["postcodes"]) in missing()


def test_an_ended_role_leaves_its_task_to_do(ada, now):
    make.set_up_scheme(by=ada)
    lead = make.staff(Role.SAFEGUARDING_LEAD)
    make.end_roles(Role.SAFEGUARDING_LEAD, at=now)
    assert missing() == [reverse("staff_people")]
    assert lead.grants.count() == 1


def test_schools_that_may_be_one_are_a_task_while_there_are_any(ada):
    assert "Schools that may be one" not in page_of(ada)
    make.succession()
    said = page_of(ada)
    assert "Schools that may be one" in said and "1 to look at" in said
