"""An administrator brings another scheme in: its file, its columns, what would come of it, and then its people."""

import pytest
from django.urls import reverse

from ambassadors.models import Ambassador, Scheme
from ambassadors.tasks import read_waiting_uploads
from stem.accounts.roles import Role
from tests import make
from tests.browser import PHONE, axe_violations, overflow, picture, small_targets
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


def is_in_order(window, name):
    """Nothing that axe knows of is wrong, nothing lies off the side, and everything can be hit."""
    picture(window, f"bringing-{name}")
    assert (axe_violations(window), overflow(window), small_targets(window)) == ([], 0, [])


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_administrator_brings_a_scheme_in(browser_page, scripts, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    # The worker is another process: it comes when the journey says so.
    monkeypatch.setattr("ambassadors.operations.uploads.queue_uploads", lambda: None)
    user = make.staff(Role.ADMINISTRATOR)
    session = client_of(user, second_factor=True).cookies["sessionid"].value
    window = browser_page(java_script_enabled=scripts, viewport=PHONE if scripts else {"width": 1280, "height": 800})
    base = {"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}
    window.context.add_cookies([base])
    person = Person(window, user.email)

    def looks(name):
        if scripts:  # axe is a script
            is_in_order(window, name)

    person.opens(reverse("schemes")).sees("Nobody has come from another scheme")
    looks("none")
    person.presses("Bring people in")
    looks("file")
    window.set_input_files("[name=file]", written(tmp_path / "volunteers.csv", as_csv([HEADING, *PEOPLE])))
    person.fills_in(new_name="STEM East").presses("Send the file").sees("Which column is which?", "Guessed")
    looks("columns")
    person.chooses(phone="").presses("Check the file").sees("Being checked")
    looks("checking")
    read_waiting_uploads()
    if not scripts:
        person.presses("Look again")
    person.sees("Nobody has come in yet.", "magic").does_not_see("4.477E+11")
    looks("report")
    person.presses("Change the columns").sees("As you said before.").chooses(phone="Mobile")
    person.presses("Check the file").sees("Being checked")
    read_waiting_uploads()
    if not scripts:
        person.presses("Look again")
    person.sees("4.477E+11", "Excel has rounded it")
    assert not Ambassador.objects.exists()
    person.presses("Take these people in").sees("Being taken in")
    read_waiting_uploads()
    if not scripts:
        person.presses("Look again")
    person.sees("They are in")
    looks("done")
    assert sorted(Ambassador.objects.values_list("full_name", flat=True)) == ["Ada Smith", "Ben Jones", "Cai Evans"]
    person.presses("STEM East").sees("Not all is on record that must be")
    looks("scheme")
    person.presses("Say what is missing")
    looks("describe")
    person.fills_in(owner="STEM East Trust", legal_basis_note="Agreed on 3 March 2026.")
    person.fills_in(transfer_date_0="27", transfer_date_1="3", transfer_date_2="2026").presses("Save").sees("Saved.")
    assert Scheme.objects.get().is_complete
