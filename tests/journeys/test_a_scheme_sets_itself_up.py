"""A coordinator who has never seen a terminal sets a new scheme up: by keyboard alone, with JavaScript and without."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from schools.models import School
from schools.progress import read_set_up
from stem.accounts.roles import Role
from stem.geography.models import Sector
from stem.loads.enums import LoadStatus
from stem.loads.models import Load
from stem.scheme.identity import who_we_are
from tests import make
from tests.browser import PHONE, axe_violations
from tests.clients import client_of
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS
from tests.schools import register_files
from tests.stem.pictures import picture_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_TABS = 200


class Keyboard:
    """Somebody at a page with a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # Listening from the start: the browser is told to hand its choosers over long before a key is pressed.
        page.on("filechooser", lambda _chooser: None)

    def reaches(self, place: Locator) -> Locator:
        """Press Tab until the focus is there."""
        for _ in range(MOST_TABS):
            if place.evaluate("each => each === document.activeElement"):
                return place
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to {place}")

    def goes(self, words: str) -> "Keyboard":
        """Follow the link, or press the button, that begins so."""
        pattern = re.compile(rf"^\s*{re.escape(words)}")
        inside = self.page.locator(".page")  # the way back stands above the main part; the menu is not meant
        place = inside.get_by_role("button", name=pattern).or_(inside.get_by_role("link", name=pattern)).first
        self.reaches(place)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def types(self, **words: str) -> "Keyboard":
        """Fill in the fields of these names."""
        for name, text in words.items():
            self.reaches(self.page.locator(f"[name='{name}']"))
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)
        return self

    def chooses(self, path: Path) -> "Keyboard":
        """Choose this file."""
        self.reaches(self.page.locator("input[type='file']"))
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(path)
        return self

    def picks(self, name: str, value: str) -> "Keyboard":
        """Turn to this one of several radio buttons."""
        wanted = self.page.locator(f"[name='{name}'][value='{value}']")
        self.reaches(self.page.locator(f"[name='{name}']").first)
        self.page.keyboard.press("Space")
        while not wanted.is_checked():
            self.page.keyboard.press("ArrowDown")
        return self

    def ticks(self, name: str, value: str) -> "Keyboard":
        """Tick this box."""
        self.reaches(self.page.locator(f"[name='{name}'][value='{value}']"))
        self.page.keyboard.press("Space")
        return self

    def sees(self, *words: str) -> "Keyboard":
        """All these words are on the page."""
        for each in words:
            expect(self.page.get_by_text(each).first).to_be_visible()
        return self


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def window(browser_page, transactional_db):
    """Opens a window in which an administrator has signed in."""

    def open_window(**options) -> Page:
        page = browser_page(**options)
        ada = make.staff(Role.ADMINISTRATOR, email="ada@scheme.example", name="Ada Admin")
        cookie = client_of(ada, second_factor=True).cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "domain": "localhost", "path": "/"}])
        return page

    return open_window


@pytest.fixture
def files(tmp_path) -> dict[str, Path]:
    """What the coordinator has downloaded."""
    contents = {
        "logo.png": picture_file().read(),
        "codepo_gb.zip": register_files.code_point_open(),
        "edubasealldata.csv": register_files.gias(range(100000, 100040), without_name=[100007]),
        "school-roll.csv": register_files.scotland(),
        "links_edubasealldata.csv": register_files.links(100000, 100001),
    }
    paths = {name: tmp_path / name for name in contents}
    for name, content in contents.items():
        paths[name].write_bytes(content)
    return paths


@pytest.mark.slow
@pytest.mark.parametrize("java_script", WITH_AND_WITHOUT_SCRIPTS)
def test_the_whole_list_is_done_by_keyboard(window, files, java_script):
    for name in ("cora", "sam"):
        make.user(email=f"{name}@scheme.example")
    page = window(java_script_enabled=java_script)
    keyboard = Keyboard(page)
    page.goto("/")  # an administrator of a new scheme lands on the list
    page.wait_for_url("**/staff/setup/")
    keyboard.sees("0 of 9 done")

    says_who_it_is(keyboard, files)
    says_where_it_works(keyboard)
    loads_every_register(keyboard, files)
    names_its_people(keyboard)

    page.goto(reverse("setup"))
    keyboard.sees("9 of 9 done", "Everything is in place")
    assert read_set_up().is_complete


def says_who_it_is(keyboard: Keyboard, files: dict[str, Path]) -> None:
    keyboard.goes("Name and logo").types(scheme_name="STEM North").chooses(files["logo.png"]).goes("Save")
    keyboard.sees("Your scheme is now called STEM North.").goes("Sender of your letters")
    keyboard.types(sender_email="post@north.example", reply_email="help@north.example").goes("Save")
    keyboard.goes("Send me a test letter")
    # The worker of a test sends before the page is drawn.
    keyboard.sees("Sent to ada@scheme.example").goes("Yes, it has arrived").sees("Letters arrive.")
    assert who_we_are(afresh=True).logo is not None


def says_where_it_works(keyboard: Keyboard) -> None:
    keyboard.goes("Regions").goes("Add a region")
    keyboard.types(region_name="North").picks("nation", "england").ticks("areas", "DE").goes("Add the region")
    keyboard.page.goto(reverse("setup"))


def loads_every_register(keyboard: Keyboard, files: dict[str, Path]) -> None:
    registers = {
        "Postcodes": "codepo_gb.zip",
        "Schools in England": "edubasealldata.csv",
        "Schools in Scotland": "school-roll.csv",
        "Which school follows which": "links_edubasealldata.csv",
    }
    for register, name in registers.items():
        keyboard.goes(register).chooses(files[name]).goes("Load this file").sees(f"{name} is in force.")
        keyboard.goes("Set up your scheme") if register != "Schools in England" else reads_the_report(keyboard)
    assert (Sector.objects.count(), School.objects.open().count()) == (2, 41)


def reads_the_report(keyboard: Keyboard) -> None:
    keyboard.sees("1 row was left out.").goes("Read the report").sees("Rows left out", "name")
    keyboard.page.goto(reverse("setup"))


def names_its_people(keyboard: Keyboard) -> None:
    for email, role in (("cora@scheme.example", "coordinator"), ("sam@scheme.example", "safeguarding_lead")):
        keyboard.page.goto(reverse("setup"))
        keyboard.goes("People and roles").goes("Give")
        keyboard.types(email=email).picks("role", role).goes("Give the role").sees("The role is given.")


def test_a_mistaken_load_is_undone_by_keyboard(window, files):
    keyboard = Keyboard(window())
    keyboard.page.goto(reverse("register", args=["gias"]))
    keyboard.chooses(files["edubasealldata.csv"]).goes("Load this file").sees("is in force.")
    keyboard.goes("Undo this load").sees("Undo this load?").goes("Undo it").sees("Nothing is loaded yet.")
    assert School.objects.count() == 0


def test_the_page_follows_a_load_by_itself_and_says_when_it_is_done(window):
    page = window(viewport=PHONE)
    load = make.load(status=LoadStatus.READING, done=100, total=2000)
    page.goto(reverse("register", args=["gias"]))
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "5")
    assert axe_violations(page) == []
    Load.objects.filter(pk=load.pk).update(done=1000)
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "50")
    assert page.locator("input[type='file']").count() == 0

    Load.objects.filter(pk=load.pk).update(
        status=LoadStatus.LOADED, report={"read": 2000, "rejected": 0}, finished_at=load.asked_at
    )
    expect(page.get_by_text("Nothing is loaded yet.")).to_be_hidden()
    expect(page.locator("input[type='file']")).to_be_visible()
    assert axe_violations(page) == []


def test_a_test_letter_is_followed_by_itself(window):
    page = window()
    page.goto(reverse("trial_letter"))
    page.get_by_role("button", name="Send me a test letter").click()
    expect(page.get_by_role("heading", name="Has it arrived?")).to_be_visible()
    assert axe_violations(page) == []
