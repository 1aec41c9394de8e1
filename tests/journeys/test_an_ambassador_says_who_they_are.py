"""An engineer on a train says who they are on a phone of 320 pixels, with one thumb; with JavaScript and without."""

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador, Photo
from tests import make
from tests.browser import PHONE, axe_violations, overflow, picture, small_targets
from tests.clients import client_of
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS
from tests.stem.pictures import picture_file

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Each press of a finger on something, and each field that is typed into, counts one: about two a page, and twelve more
# where something has to be told.
MOST_TAPS = 32


class Thumb:
    """One thumb, which counts how often it is needed."""

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        self.page = page
        self.scripts = scripts
        self.taps = 0

    def tap(self, name: str, role: str = "button") -> None:
        """Press what has this name."""
        self.page.get_by_role(role, name=name, exact=role != "button").first.click()
        self.taps += 1

    def goes_on(self) -> None:
        """Save this page; the next one is there."""
        self.looks()
        with self.page.expect_navigation():
            self.tap("Save and continue")

    def types(self, label: str, words: str) -> None:
        """Write into a field."""
        self.page.get_by_label(label).first.fill(words)
        self.taps += 1

    def looks(self) -> None:
        """Nothing on this page is wrong, too wide or too small."""
        if self.scripts:  # what looks is a script itself
            assert (axe_violations(self.page), overflow(self.page), small_targets(self.page)) == ([], 0, [])
        picture(self.page, "profile-" + self.page.url.rstrip("/").rpartition("/")[2])


def beginner() -> Ambassador:
    """Someone who has just begun and for whom all that is no part of the profile is done."""
    user = make.user(name="Ada Engineer", email="ada@work.example")
    person = Ambassador.objects.create(
        user=user, email=user.email, full_name="Ada Engineer", registered_at=make.NOW, status=AmbassadorStatus.DRAFT
    )
    make.clear(person)
    return person


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_the_profile_is_told_in_few_taps(browser_page, scripts):
    for town in ("Leeds", "Otley"):
        make.school(town=town)
    person = beginner()
    page = browser_page(viewport=PHONE, java_script_enabled=scripts, has_touch=True)
    session = client_of(person.user).cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": session.value, "domain": "localhost", "path": "/"}])
    thumb = Thumb(page, scripts=scripts)

    page.goto("/ambassador/about/")
    expect(page.get_by_label("Full name")).to_have_value("Ada Engineer")
    thumb.types("Phone number", "07700 900123")
    thumb.goes_on()

    expect(page.get_by_role("heading", level=1)).to_have_text("What do you do, and how did you come to it?")
    thumb.types("Job title", "Bridge engineer")
    thumb.types("Employer, college or university", "Northern Bridges")
    thumb.tap("Apprenticeship", "radio")
    thumb.goes_on()

    thumb.tap("Civil and structural engineering", "checkbox")
    look_for_a_subject(thumb, scripts)
    thumb.tap("Weather and climate", "checkbox")
    thumb.goes_on()

    thumb.tap("Key Stage 3 (ages 11 to 14)", "checkbox")
    thumb.goes_on()

    page.get_by_label("Careers talk").check()
    thumb.taps += 1
    thumb.goes_on()

    look_how_far_it_is(thumb, scripts)
    thumb.goes_on()

    choose_a_photo(thumb)

    assert page.url.endswith("/ambassador/join/")
    assert thumb.taps <= MOST_TAPS
    assert_all_is_kept(person)


def look_for_a_subject(thumb: Thumb, scripts: bool) -> None:
    thumb.types("Something else? Type a subject or a job", "weather")
    if not scripts:
        with thumb.page.expect_navigation():
            thumb.tap("Find")
    expect(thumb.page.get_by_role("status")).to_have_text("1 subject found")
    expect(thumb.page.get_by_label("Civil and structural engineering")).to_be_checked()


def look_how_far_it_is(thumb: Thumb, scripts: bool) -> None:
    thumb.types("Home postcode", "LS1 4AP")
    if not scripts:
        with thumb.page.expect_navigation():
            thumb.tap("Show how far that is")
    expect(thumb.page.locator(".reach-title")).to_contain_text("2 schools within 60 minutes")
    thumb.tap("30 minutes", "radio")
    if scripts:
        expect(thumb.page.locator(".reach-title")).to_contain_text("2 schools within 30 minutes")


def choose_a_photo(thumb: Thumb) -> None:
    file = picture_file("JPEG", (900, 1200)).getvalue()
    thumb.looks()
    thumb.page.get_by_label("Choose or take a photo").set_input_files(
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": file}
    )
    thumb.taps += 2
    with thumb.page.expect_navigation():
        thumb.tap("Save and look at it")
    expect(thumb.page.get_by_alt_text("Your photo as a school sees it")).to_be_visible()
    thumb.looks()
    with thumb.page.expect_navigation():
        thumb.tap("Continue")


def assert_all_is_kept(person: Ambassador) -> None:
    person.refresh_from_db()
    kept = (person.phone, person.job_title, person.route, person.postcode, person.max_minutes)
    assert kept == ("07700 900123", "Bridge engineer", "apprenticeship", "LS1 4AP", 30)
    assert sorted(person.offerings.values_list("code", flat=True)) == [
        "careers_talk",
        "civil_engineering",
        "ks3",
        "meteorology",
    ]
    assert Photo.objects.get().ambassador == person


def test_the_preview_and_the_profile_can_be_read_on_a_phone(browser_page):
    make.school(town="Leeds")
    person = make.ambassador(cleared=True, story="I took clocks apart.")
    page = browser_page(viewport=PHONE, color_scheme="dark")
    session = client_of(person.user).cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": session.value, "domain": "localhost", "path": "/"}])
    thumb = Thumb(page)

    page.goto("/ambassador/profile/")
    thumb.looks()
    thumb.tap("See it as a school does", "link")
    expect(page.get_by_role("heading", level=1)).to_have_text("As schools see you")
    thumb.looks()
    with page.expect_navigation():
        page.get_by_role("link", name="A photo").click()
    page.get_by_label("Choose or take a photo").set_input_files(
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": BytesIO(b"no picture").getvalue()}
    )
    with page.expect_navigation():
        thumb.tap("Save and look at it")
    expect(page.get_by_role("alert")).to_contain_text("this file is none that we can read")
    thumb.looks()
