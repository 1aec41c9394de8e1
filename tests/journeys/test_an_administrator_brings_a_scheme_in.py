"""An administrator brings another scheme in: its file, its columns, what would come of it, and then its people."""

import pytest
from django.urls import reverse

from ambassadors.models import Ambassador, Scheme
from ambassadors.tasks import read_waiting_uploads
from stem.accounts.roles import Role
from tests import make
from tests.browser import LAPTOP, PHONE, axe_violations, overflow, picture, small_targets
from tests.clients import client_of
from tests.journeys.people import Person
from tests.make.registers import as_csv, written

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADING = ["Volunteer ID", "Name", "E-mail", "Mobile", "Post code", "STEM subjects", "DBS number"]
PEOPLE = [
    ["V1", "Ada Smith", "ada@x.example", "07700 900123", "LS1 4AP", "physics; civil_engineering", "1"],
    ["V2", "Ben Jones", "ben@x.example", "4.477E+11", "LS2 9JT", "magic", "2"],
    ["V3", "Cai Evans", "cai@x.example", "", "", "", ""],
]


class Administrator(Person):
    """An administrator, who looks at each page, and for whom a worker works when the journey says so."""

    has_scripts = True

    def looks(self, name: str) -> "Administrator":
        """Nothing that axe knows of is wrong, nothing lies off the side, and everything can be hit."""
        if self.has_scripts:  # axe is a script
            picture(self.window, f"bringing-{name}")
            assert (axe_violations(self.window), overflow(self.window), small_targets(self.window)) == ([], 0, [])
        return self

    def waits(self) -> "Administrator":
        """The worker works; without scripts somebody looks again."""
        read_waiting_uploads()
        if not self.has_scripts:
            self.presses("Look again")
        return self


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def administrator(request, browser_page, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    # The worker is another process: it comes when the journey says so.
    monkeypatch.setattr("ambassadors.operations.uploads.queue_uploads", lambda: None)
    user = make.staff(Role.ADMINISTRATOR)
    session = client_of(user, second_factor=True).cookies["sessionid"].value
    window = browser_page(java_script_enabled=request.param, viewport=PHONE if request.param else LAPTOP)
    window.context.add_cookies([{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}])
    person = Administrator(window, user.email)
    person.has_scripts = request.param
    return person


def test_an_administrator_brings_a_scheme_in(administrator, tmp_path):
    administrator.opens(reverse("schemes")).sees("Nobody has come from another scheme").looks("none")
    administrator.presses("Bring people in").looks("file")
    file = written(tmp_path / "volunteers.csv", as_csv([HEADING, *PEOPLE]))
    administrator.window.set_input_files("[name=file]", file)
    administrator.fills_in(new_name="STEM East").presses("Send the file")
    administrator.sees("Which column is which?", "Guessed").looks("columns")
    administrator.chooses(phone="").presses("Check the file").sees("Being checked").looks("checking")
    administrator.waits().sees("Nobody has come in yet.", "magic").does_not_see("4.477E+11").looks("report")
    administrator.presses("Change the columns").sees("As you said before.").chooses(phone="Mobile")
    administrator.presses("Check the file").sees("Being checked").waits().sees("4.477E+11", "Excel has rounded it")
    assert not Ambassador.objects.exists()
    administrator.presses("Take these people in").sees("Being taken in").waits().sees("They are in").looks("done")
    assert sorted(Ambassador.objects.values_list("full_name", flat=True)) == ["Ada Smith", "Ben Jones", "Cai Evans"]
    administrator.presses("STEM East").sees("Not all is on record that must be").looks("scheme")
    administrator.presses("Say what is missing").looks("describe")
    administrator.fills_in(owner="STEM East Trust", legal_basis_note="Agreed on 3 March 2026.")
    administrator.fills_in(transfer_date_0="27", transfer_date_1="3", transfer_date_2="2026")
    administrator.presses("Save").sees("Saved.")
    assert Scheme.objects.get().is_complete
