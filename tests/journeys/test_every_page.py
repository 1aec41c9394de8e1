"""Every page that someone may open, in a real browser: nothing that axe objects to, nothing off its side.

The everyday run opens each page once, as one person who may; the slow one as everybody who may, in every width and
theme, and once more without JavaScript. A console that complains fails the test in either (tests/browser.py).
"""

from collections.abc import Callable
from itertools import product

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page

from tests.architecture.test_access import TABLE
from tests.architecture.world import PEOPLE, World
from tests.browser import LAPTOP, PHONE, axe_violations, overflow, picture, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_PAGE = {
    "healthz": "words for a machine",
    "visit_calendar": "a file",
    "calendar_feed": "a file",
    "load_rejected": "a file",
    "logo": "a picture",
    "letter_preview": "stands in a frame, as a mail program would show it",
}
# The library's own pages in our dress, by who meets them.
SIGN_IN = {
    "account_login": "anonymous",
    "account_request_login_code": "anonymous",
    "account_reset_password": "anonymous",
    "account_logout": "teacher",
    "account_email": "teacher",
    "account_change_password": "teacher",
    "account_reauthenticate": "teacher",
    "mfa_index": "teacher",
}
MAY_OPEN = {
    **{name: [person for person in PEOPLE if row[person] == "opens"] for name, row in TABLE.items()},
    **{name: [person] for name, person in SIGN_IN.items()},
}
WIDTHS = {"phone": PHONE, "laptop": LAPTOP}

Visit = Callable[[str, str], None]


def pages_of(person: str, *, first_only: bool) -> list[str]:
    """The pages that this person opens; with `first_only` those that nobody before them in the policy opens."""
    may = [(name, people[:1] if first_only else people) for name, people in MAY_OPEN.items() if name not in NO_PAGE]
    return [name for name, people in may if person in people]


def walk(page: Page, person: str, names: list[str], site: str, look: Callable[[Page, str], list[str]]) -> dict:
    """What was found wrong on each of these pages."""
    world = World()
    client = world.client_of(person)
    if session := client.cookies.get(settings.SESSION_COOKIE_NAME):
        page.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])
    found = {}
    for name in names:
        address = world.address(name) if name in TABLE else reverse(name)
        if client.get(address).status_code == 405:
            continue  # it only acts, and shows nothing
        answer = page.goto(address)
        assert answer is not None and answer.status == 200, f"{name} answers {answer and answer.status}"
        if faults := look(page, name):
            found[name] = faults
    return found


@pytest.fixture
def site(live_server) -> str:
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_is_accessible_and_nothing_lies_off_its_side(browser_page, site, person):
    def look(page: Page, name: str) -> list[str]:
        faults = axe_violations(page)
        return [*faults, f"{off} px off its side"] if (off := overflow(page)) else faults

    names = pages_of(person, first_only=True)
    assert walk(browser_page(), person, names, site, look) == {}


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(("width", "theme"), list(product(WIDTHS, ["light", "dark"])))
def test_every_page_in_every_width_and_theme(browser_page, site, person, width, theme):
    def look(page: Page, name: str) -> list[str]:
        picture(page, f"{name}-{person}-{width}-{theme}")
        faults = [*axe_violations(page), *(f"too small: {target}" for target in small_targets(page))]
        return [*faults, f"{off} px off its side"] if (off := overflow(page)) else faults

    page = browser_page(viewport=WIDTHS[width], color_scheme=theme)
    assert walk(page, person, pages_of(person, first_only=False), site, look) == {}


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_says_what_it_is_without_javascript(browser_page, site, person):
    def look(page: Page, name: str) -> list[str]:
        headings = page.locator("h1").all_inner_texts()
        return (
            []
            if len(headings) == 1 and headings[0].strip() and page.title()[0].isalnum()
            else ["no heading of its own"]
        )

    page = browser_page(java_script_enabled=False)
    assert walk(page, person, pages_of(person, first_only=False), site, look) == {}


def test_every_page_that_opens_for_someone_is_walked():
    walked = {name for person in PEOPLE for name in pages_of(person, first_only=True)}
    assert walked | set(NO_PAGE) == {name for name, people in MAY_OPEN.items() if people}
