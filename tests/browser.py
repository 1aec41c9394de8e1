"""A real browser for tests: one Chromium a session, and a fresh window for each test that asks.

Nothing may go wrong in it unseen: an error on the console, an error in a script or a request that fails ends the test.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import Browser, Page, Request, sync_playwright

from demo.chromium import CHROMIUM, FLAGS
from tests.pictures import pictures_folder

WCAG = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
AXE = Axe().axe_script

PHONE = {"width": 320, "height": 640}
LAPTOP = {"width": 1280, "height": 800}
# On an ordinary day pages are looked at on a phone; where nothing may be left out, as everybody sees them.
WIDTHS = [pytest.param(PHONE, id="phone"), pytest.param(LAPTOP, id="laptop", marks=pytest.mark.slow)]
THEMES = ["light", pytest.param("dark", marks=pytest.mark.slow)]
LOOKS = [
    pytest.param((PHONE, "dark"), id="phone-dark"),
    pytest.param((LAPTOP, "light"), id="laptop-light", marks=pytest.mark.slow),
]

OpenWindow = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; where there is none the tests that need it are left out, but never with CI set."""
    if CHROMIUM is None:
        reason = "No Chromium on this machine: install it to run the tests that look at pages."
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    # Playwright's loop runs in this thread, and Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
        yield browser
        browser.close()
        # While that loop runs Django keeps another connection for this thread, which ends with nobody to close it.
        connection.close()


@pytest.fixture
def browser_page(chromium: Browser, live_server: Any) -> Iterator[OpenWindow]:
    """Opens a fresh window on our server: `browser_page(color_scheme="dark", java_script_enabled=False)`.

    Addresses may be given without the server's name. The window's troubles are in `page.troubles`.
    """
    windows: list[Page] = []

    def open_window(**options: Any) -> Page:
        base = live_server.url.replace("127.0.0.1", "localhost")
        context = chromium.new_context(**{"base_url": base, "viewport": LAPTOP, "locale": "en-GB", **options})
        page = context.new_page()
        page.set_default_timeout(10_000)
        watch(page)
        windows.append(page)
        return page

    yield open_window
    troubles = [trouble for page in windows for trouble in page.troubles]
    for page in windows:
        page.context.close()
    assert not troubles, troubles


def watch(page: Page) -> None:
    """Collect what goes wrong in this window in `page.troubles`."""
    troubles: list[str] = []
    page.troubles = troubles

    def failed(request: Request) -> None:
        # A page that is left while it loads gives up what it had asked for.
        if request.failure != "net::ERR_ABORTED":
            troubles.append(f"request failed: {request.url} ({request.failure})")

    page.on("console", lambda line: line.type in {"error", "warning"} and troubles.append(f"console: {line.text}"))
    page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
    page.on("requestfailed", failed)


def axe_violations(page: Page, only: Sequence[str] = WCAG) -> list[str]:
    """What axe holds against this page under WCAG 2.2 AA: the rule and each element that breaks it."""
    # Half a megabyte, which takes longer to read than a page to look at: once for each page that is opened.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # What passes is a hundred times as long as what does not, and nobody reads it: it need not be worked out or sent.
    options = {"runOnly": [*only], "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def overflow(page: Page) -> int:
    """How many pixels of the page lie off its right side."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def small_targets(page: Page, smallest: int = 24) -> list[str]:
    """Links and controls less than 24 pixels wide or high, apart from links within a sentence (WCAG 2.5.8)."""
    return page.evaluate(
        """smallest => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
            .filter(each => each.checkVisibility() && !each.closest(".visually-hidden, p, dd, li:not([class])"))
            .filter(each => { const box = each.getBoundingClientRect();
                              return box.width < smallest || box.height < smallest; })
            .map(each => each.outerHTML.slice(0, 120))""",
        smallest,
    )


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page, where pictures are kept."""
    if folder := pictures_folder():
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=True)
