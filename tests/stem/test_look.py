"""The look as a browser sees it: on a phone and a laptop, in light and dark, with and without scripts."""

import gzip
import re
from pathlib import Path

import django_htmx
import pytest

from tests.architecture.source import ROOT
from tests.browser import PHONE, THEMES, WIDTHS, OpenWindow, axe_violations, overflow, picture, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = ["/", "/styleguide/", "/privacy/", "/accessibility/", "/contact/"]
STATIC = ROOT / "stem" / "static" / "stem"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_accessible_and_nothing_lies_off_its_side(
    browser_page: OpenWindow, theme: str, width: dict[str, int]
):
    page = browser_page(color_scheme=theme, viewport=width)
    for address in ADDRESSES:
        page.goto(address)
        picture(page, f"{address.strip('/') or 'front'}-{width['width']}-{theme}")
        assert (address, axe_violations(page)) == (address, [])
        assert (address, overflow(page), small_targets(page)) == (address, 0, [])


def test_the_help_to_see_these_faults_does_see_them(browser_page: OpenWindow):
    page = browser_page(viewport=PHONE)
    page.goto("/contact/")
    page.evaluate("""() => {
        const image = document.createElement("img");
        image.width = 500;
        const link = document.createElement("button");
        link.textContent = "x";
        document.querySelector("main").append(image, link);
    }""")
    assert any("image-alt" in violation for violation in axe_violations(page))
    assert small_targets(page) == ["<button>x</button>"]
    page.evaluate("document.querySelector('img').className = 'wide'; document.body.style.minWidth = '500px'")
    assert overflow(page) == 180


def test_the_page_is_read_with_colours_forced_and_without_movement(browser_page: OpenWindow):
    page = browser_page(forced_colors="active", reduced_motion="reduce")
    page.goto("/styleguide/")
    assert axe_violations(page) == []
    assert page.locator(".button-primary").first.evaluate("e => getComputedStyle(e).transitionDuration") == "0s"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_menu_folds_on_a_phone_with_and_without_scripts(browser_page: OpenWindow, scripts: bool):
    page = browser_page(viewport=PHONE, java_script_enabled=scripts)
    page.goto("/styleguide/")
    link = page.get_by_role("link", name="Ambassadors")
    assert not link.is_visible()
    page.locator(".menu-fold summary").click()
    assert link.is_visible()


def test_the_menu_is_a_row_on_a_laptop(browser_page: OpenWindow):
    page = browser_page()
    page.goto("/styleguide/")
    assert page.get_by_role("link", name="Ambassadors").is_visible()
    assert not page.locator(".menu-fold summary").is_visible()


def test_a_keyboard_skips_to_the_words_of_the_page(browser_page: OpenWindow):
    page = browser_page()
    page.goto("/contact/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_stop_of_the_keyboard_can_be_seen(browser_page: OpenWindow):
    page = browser_page()
    page.goto("/styleguide/")
    hidden = page.evaluate("""() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
        .filter(each => each.type !== "hidden" && each.checkVisibility() && !each.disabled)
        .filter(each => { each.focus({focusVisible: true}); const style = getComputedStyle(each);
                          return style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2; })
        .map(each => each.outerHTML.slice(0, 100))""")
    assert hidden == []


def test_a_link_of_the_error_summary_leads_to_its_field(browser_page: OpenWindow):
    page = browser_page()
    page.goto("/styleguide/")
    summary = page.locator(".error-summary").first
    for words, field in [
        ("Enter full name.", "id_wrong-full_name"),
        ("Enter a real date, such as 12 1 2027.", "id_wrong-on_0"),
        ("Answer “How should they come?”.", "id_wrong-way_0"),
        ("Choose subjects.", "id_wrong-subjects_0_0"),
    ]:
        summary.get_by_role("link", name=words).click()
        assert page.evaluate("document.activeElement.id") == field


def test_a_list_turns_its_page_and_keeps_its_filter_in_the_address(browser_page: OpenWindow):
    page = browser_page(java_script_enabled=False)
    page.goto("/styleguide/")
    page.locator("#id_state").select_option("Open")
    page.get_by_role("button", name="Show").click()
    assert page.locator("#id_state").input_value() == "open"
    page.get_by_role("link", name="Page 7").click()
    assert re.search(r"\?state=open&subject=&page=7$", page.url)


def test_a_printed_page_leaves_the_site_s_furniture_out(browser_page: OpenWindow):
    page = browser_page()
    page.goto("/privacy/")
    page.emulate_media(media="print")
    assert not page.locator(".site-header").is_visible()
    assert page.get_by_role("heading", name="Privacy notice").is_visible()


def test_styles_and_scripts_are_under_60_kilobytes_compressed():
    htmx = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    files = [STATIC / "stem.css", STATIC / "stem.js", STATIC / "icons.svg", htmx]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 60_000
