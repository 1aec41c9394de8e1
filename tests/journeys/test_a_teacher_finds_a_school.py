"""A teacher who misspells their school finds it, while typing or by the button."""

import re

import pytest
from playwright.sync_api import Page, expect

from stem.accounts.roles import Role
from tests import make
from tests.browser import THEMES, WIDTHS, axe_violations, overflow, picture, small_targets
from tests.clients import client_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEARCH = "/schools/claim/"


@pytest.fixture
def schools():
    make.school(name="Wytherington Community School", register_number="123456", town="Otley", postcode="LS21 3AA")
    make.school(name="Harbour School", town="Bristol", postcode="BS1 4DJ")
    make.school(name="Harbour School", town="Whitby", postcode="YO21 3PU")


def signed_in(window: Page, user, **options) -> Page:
    cookie = client_of(user, **options).cookies["sessionid"]
    window.context.add_cookies([{"name": "sessionid", "value": cookie.value, "domain": "localhost", "path": "/"}])
    return window


@pytest.mark.parametrize("viewport", WIDTHS)
@pytest.mark.parametrize("theme", THEMES)
def test_typing_a_misspelt_name_shows_the_school_without_pressing_anything(browser_page, schools, viewport, theme):
    page = signed_in(browser_page(viewport=viewport, color_scheme=theme), make.user())
    page.goto(SEARCH)
    box, said = page.get_by_role("searchbox"), page.get_by_role("status")
    expect(said).to_have_text("")

    box.press_sequentially("wytherinton comu", delay=20)

    found = page.get_by_role("link", name="Wytherington Community School")
    expect(found).to_be_visible()
    expect(said).to_have_text("1 school found.")
    expect(box).to_be_focused()
    expect(box).to_have_value("wytherinton comu")
    row = page.get_by_role("listitem").filter(has=found)
    for fact in ("Otley", "LS21 3AA", "Number 123456", "Secondary"):
        expect(row).to_contain_text(fact)
    expect(page).to_have_url(re.compile(r"\?q=wytherinton%20comu$"))
    assert (axe_violations(page), overflow(page), small_targets(page)) == ([], 0, [])
    picture(page, f"find-school-{viewport['width']}-{theme}")

    box.fill("harbour")
    expect(said).to_have_text("2 schools found.")
    box.fill("xqzzvj")
    expect(said).to_have_text("No school found.")
    expect(page.get_by_role("link", name="Tell us about your school")).to_be_visible()
    assert (axe_violations(page), overflow(page)) == ([], 0)
    picture(page, f"find-school-none-{viewport['width']}-{theme}")
    box.fill("")
    expect(said).to_have_text("")

    box.fill("whitby harbor")
    page.get_by_role("link", name="Harbour School").click()
    expect(page.get_by_text("Whitby").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("whitby harbor")
    expect(page.get_by_role("link", name="Harbour School")).to_be_visible()


def test_without_scripts_the_button_does_the_same(browser_page, schools):
    page = signed_in(browser_page(java_script_enabled=False), make.user())
    page.goto(SEARCH)
    page.get_by_role("searchbox").fill("wytherinton comu")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Wytherington Community School")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("1 school found.")


@pytest.mark.parametrize("viewport", WIDTHS)
def test_a_coordinator_s_list_answers_too_and_keeps_its_state_in_the_address(browser_page, schools, viewport):
    for number in range(30):
        make.school(name=f"Beckside Academy {number}")
    page = signed_in(browser_page(viewport=viewport), make.staff(Role.COORDINATOR), second_factor=True)
    page.goto("/coordinator/schools/?page=2")
    expect(page.get_by_role("status")).to_have_text("33 schools")

    page.get_by_role("searchbox").press_sequentially("wytherinton", delay=20)

    expect(page.get_by_role("link", name="Wytherington Community School")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("1 school")
    expect(page).to_have_url(re.compile(r"/coordinator/schools/\?q=wytherinton$"))
    assert (axe_violations(page), overflow(page)) == ([], 0)
    picture(page, f"schools-{viewport['width']}")
    page.get_by_role("searchbox").fill("becside")
    expect(page.get_by_role("status")).to_have_text("30 schools")
    page.get_by_role("link", name="Next").click()
    expect(page).to_have_url(re.compile(r"\?q=becside&page=2$"))
    expect(page.get_by_role("link", name="Beckside Academy")).to_have_count(5)
