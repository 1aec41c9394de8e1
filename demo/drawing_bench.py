"""How long a coordinator waits for the map of a nation's schools: from the press of a link until it is drawn."""

from statistics import median, quantiles

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import reverse
from playwright.sync_api import Browser, Page, sync_playwright

from bookings.operations.coverage import reckon_coverage
from demo import cast
from demo.board_bench import use_a_second_factor
from demo.chromium import CHROMIUM, FLAGS
from demo.map_bench import AT, SCHOOLS, fill_schools
from demo.measuring import Row
from stem.accounts.models import User

ROUNDS = 20
WINDOWS = {"laptop": {"width": 1280, "height": 800}, "phone": {"width": 320, "height": 640}}
# Milliseconds since the link was pressed, as the map and the browser themselves write them down.
DRAWN = "() => Number(document.querySelector('[data-drawn]')?.dataset.drawn || 0)"
LOADED = "() => performance.getEntriesByType('navigation')[0]?.loadEventEnd || 0"


def bench_drawing() -> list[Row]:
    """Every school a dot, in Chromium; floor: the contact page in the same window, likewise with nothing kept."""
    if CHROMIUM is None:
        raise SystemExit("There is no Chromium on this machine to draw the map in: install it and run this again.")
    fill_schools()
    reckon_coverage(at=AT)
    session = _session()
    map_page, contact = reverse("coverage"), reverse("contact")
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    try:
        assert server.is_ready.wait(30) and server.error is None, server.error
        site = f"http://localhost:{server.port}"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
            return [_drawn_in(browser, name, site, session, map_page, contact) for name in WINDOWS]
    finally:
        server.terminate()


def _session() -> str:
    coordinator, client = User.objects.get(email=cast.STAFF[0].email), Client()
    client.force_login(coordinator)
    use_a_second_factor(client, coordinator)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _drawn_in(browser: Browser, name: str, site: str, session: str, map_page: str, contact: str) -> Row:
    pairs = []
    for number in range(ROUNDS + 1):
        window = browser.new_context(base_url=site, viewport=WINDOWS[name]).new_page()  # type: ignore[arg-type]
        window.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
        pair = _waited(window, map_page, DRAWN), _waited(window, contact, LOADED)
        window.context.close()
        # The first wakes server and browser.
        if number:
            pairs.append(pair)
    ours, floor = [each for each, _ in pairs], median(each for _, each in pairs)
    p95 = quantiles(ours, n=20)[-1]
    mine = median(ours)
    what = f"{SCHOOLS:,} schools drawn on a {name}"
    return Row(
        what,
        ROUNDS,
        connection.vendor,
        round(mine, 1),
        round(p95, 1),
        round(floor, 1),
        round(mine / floor, 1),
    )


def _waited(window: Page, path: str, moment: str) -> float:
    window.goto(path)
    return float(window.wait_for_function(moment).json_value())
