"""Which school follows which: as the register's links tell, as we find, and as a person decides."""

import csv

import pytest
from django.utils import timezone

from schools.models import School, Succession
from schools.operations.succession import confirm_succession, decline_succession, propose_successions
from schools.queries.register import predecessors_of
from stem.accounts.roles import Role
from stem.loads.models import Load
from stem.loads.operations import undo_load
from stem.rules import why_not
from tests import make
from tests.commanding import refusal_of, told
from tests.make.registers import as_csv, gias_rows, written

pytestmark = pytest.mark.django_db

OLD = {"name": "Beckside High School", "urn": "900001"}
NEW = {"name": "Beckside Academy", "urn": "900002", "opened": "01-09-2027"}
GONE = {"status": "Closed", "closed": "31-08-2027"}


@pytest.fixture
def administrator():
    return make.staff(Role.ADMINISTRATOR)


@pytest.fixture
def register(tmp_path):
    """Loads a register of these schools, and does what follows."""

    def load(*schools):
        path = written(tmp_path / "gias.csv", as_csv(gias_rows(*schools)))
        told("import_schools", path, "--register", "gias", "--allow-closures", "9")
        propose_successions()

    return load


@pytest.fixture
def links(tmp_path):
    """Loads a file of these links: URN, LinkURN, LinkType and a day."""

    def load(*rows):
        path = tmp_path / "links.csv"
        with path.open("w", newline="") as stream:
            csv.writer(stream).writerows([["URN", "LinkURN", "LinkType", "LinkEstablishedDate"], *rows])
        return told("import_links", path)

    return load


def successions():
    found = Succession.objects.order_by("pk")
    return [(each.predecessor.register_number, each.successor.register_number, each.status) for each in found]


class TestProposed:
    def test_one_that_opened_when_its_like_at_the_same_postcode_closed(self, register):
        register(OLD)
        register({**OLD, **GONE}, NEW)
        [proposed] = Succession.objects.all()
        assert successions() == [("900001", "900002", "proposed")]
        assert proposed.because == "The postcode is the same, the names are alike, one opened when the other closed"
        assert str(proposed.on) == "2027-09-01"

    @pytest.mark.parametrize(
        "new", [{**NEW, "postcode": "LS2 9AA"}, {**NEW, "name": "Something Else", "opened": ""}, {**NEW, **GONE}]
    )
    def test_not_another_school(self, register, new):
        register(OLD)
        register({**OLD, **GONE}, new)
        assert successions() == []

    def test_not_for_a_school_that_was_closed_before_we_knew_it(self, register):
        register({**OLD, **GONE}, NEW)
        assert successions() == []

    def test_but_for_one_that_somebody_acted_for(self, register):
        register({**OLD, **GONE}, NEW)
        make.contact(school=School.objects.get(register_number="900001"))
        propose_successions()
        assert successions() == [("900001", "900002", "proposed")]

    def test_a_school_entered_by_hand_may_be_one_of_the_register_s(self, register):
        make.school(register="hand", register_number="by-hand", name="Beckside Academy")
        register(NEW)
        assert successions() == [("by-hand", "900002", "proposed")]

    def test_the_sweep_may_run_twice(self, register):
        register(OLD)
        register({**OLD, **GONE}, NEW)
        assert (propose_successions(), len(successions())) == (0, 1)

    def test_one_that_was_declined_does_not_come_back(self, register, administrator):
        register(OLD)
        register({**OLD, **GONE}, NEW)
        decline_succession(succession=Succession.objects.get(), by=administrator, at=make.NOW)
        assert propose_successions() == 0
        register({**OLD, **GONE}, {**NEW, "name": "Beckside Academy Trust"})
        assert successions() == [("900001", "900002", "declined")]

    def test_but_another_may_be_proposed_in_its_place(self, register, administrator):
        register(OLD)
        register({**OLD, **GONE}, NEW)
        decline_succession(succession=Succession.objects.get(), by=administrator, at=make.NOW)
        register({**OLD, **GONE}, NEW, {**NEW, "urn": "900003", "name": "Beckside Free School"})
        assert successions() == [("900001", "900002", "declined"), ("900001", "900003", "proposed")]


class TestSettled:
    @pytest.fixture
    def proposed(self):
        old, new = make.school(name="Old"), make.school(name="New")
        return Succession.objects.create(predecessor=old, successor=new)

    @pytest.mark.parametrize(("act", "status"), [(confirm_succession, "confirmed"), (decline_succession, "declined")])
    def test_an_administrator_says_how_it_is(self, proposed, administrator, act, status):
        act(succession=proposed, by=administrator, at=make.NOW)
        proposed.refresh_from_db()
        assert (proposed.status, [event.by for event in proposed.events.all()]) == (status, [administrator])
        assert why_not(act, succession=proposed, by=administrator, at=make.NOW).codes == ["state"]

    @pytest.mark.parametrize("act", [confirm_succession, decline_succession])
    def test_nobody_else_does(self, proposed, act):
        by = make.staff(Role.COORDINATOR)
        assert why_not(act, succession=proposed, by=by, at=make.NOW).codes == ["not_administrator"]

    def test_those_before_those_before_are_predecessors_too_even_in_a_ring(self):
        first, second, third = (make.school(name=name) for name in ("First", "Second", "Third"))
        for old, new in [(first, second), (second, third), (third, first)]:
            Succession.objects.create(predecessor=old, successor=new, status="confirmed")
        assert predecessors_of(third) == [second, first]


class TestLinks:
    @pytest.fixture(autouse=True)
    def _two_schools(self, register):
        register({**OLD, **GONE}, NEW)

    LINK = ("900002", "900001", "Predecessor", "01-09-2027")

    def test_what_the_register_tells_is_so(self, links):
        answer = links(self.LINK, ("900001", "900002", "Successor", ""), ("900002", "999", "Predecessor", ""))
        assert answer == {"read": 2, "created": 1, "unchanged": 0, "unknown": 1, "rejected": []}
        [told_so] = Succession.objects.all()
        assert (successions(), str(told_so.on)) == ([("900001", "900002", "confirmed")], "2027-09-01")

    def test_loading_them_twice_is_loading_them_once(self, links):
        links(self.LINK)
        before = list(Succession.objects.values())
        assert links(self.LINK) == {"read": 1, "created": 0, "unchanged": 1, "unknown": 0, "rejected": []}
        assert list(Succession.objects.values()) == before

    @pytest.mark.parametrize("status", ["proposed", "declined"])
    def test_it_settles_what_was_proposed_or_declined_and_an_undo_asks_again(self, links, administrator, status):
        old, new = School.objects.order_by("register_number")
        Succession.objects.create(predecessor=old, successor=new, status=status)
        links(self.LINK)
        assert successions() == [("900001", "900002", "confirmed")]
        undo_load(load=Load.objects.get(kind="links"), by=administrator, at=timezone.now())
        assert successions() == [("900001", "900002", "proposed")]

    def test_an_undo_forgets_what_only_the_file_told(self, links, administrator):
        links(self.LINK)
        undo_load(load=Load.objects.get(kind="links"), by=administrator, at=timezone.now())
        assert successions() == []

    def test_a_file_without_any_is_refused(self, tmp_path):
        path = tmp_path / "links.csv"
        path.write_text("URN,LinkURN,LinkType\n900001,900002,Sixth Form Centre Link\n")
        assert refusal_of("import_links", path) == "This file tells of no school that follows another."
