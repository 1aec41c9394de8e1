"""Every page that someone may open, in a real browser: nothing that axe objects to, nothing off its side.

The everyday run opens each page once on a laptop, in light, as the first person who may; the slow one on a phone as
everybody who may, on a laptop as the first of them in what is left, and once more without JavaScript. A console that
complains fails the test in either (tests/browser.py).
"""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TookTooLong

from bookings.diaries.shown import Show
from tests import make
from tests.architecture.test_access import TABLE
from tests.architecture.world import PEOPLE, World
from tests.browser import LAPTOP, PHONE, axe_violations, overflow, picture, small_targets
from tests.journeys.people import has_an_authenticator
from tests.looking import faults_of_keyboard, faults_of_print, faults_of_structure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Twice the size of letters on a laptop leaves half its width; paper is as wide as this at 96 dots an inch.
ENLARGED = {"width": 640, "height": 400}
PAPER = {"width": 794, "height": 1123}

NO_PAGE = {
    "healthz": "words for a machine",
    "robots": "words for a machine",
    "visit_calendar": "a file",
    "calendar_feed": "a file",
    "export_encounters": "a file",
    **dict.fromkeys(["coverage_map", "coverage_table", "export_scheme_report", "export_region_report"], "a file"),
    "busy_feed": "a file",
    "load_rejected": "a file",
    "upload_rejected": "a file",
    "tell_by_post_file": "a file",
    **dict.fromkeys(["logo", "my_picture", "photo", "visitor_photo", "visit_card_photo", "checked_photo"], "a picture"),
    "letter_preview": "stands in a frame, as a mail program would show it",
}
# Shows every component, menus and breadcrumbs among them, in each of its states.
SAMPLES = {"styleguide"}
# Its button asks the browser for a key first, and sends what that answers.
ASKS_THE_BROWSER = {"mfa_add_webauthn"}
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
    "mfa_list_webauthn": "teacher",
    "mfa_add_webauthn": "teacher",
    "mfa_activate_totp": "teacher",
}
# Those whose state has to be reached first, by what somebody does on the page before: the page, who, what they type.
REACHED = {
    "account_confirm_login_code": ("account_request_login_code", {"email": "teacher"}),
    "account_confirm_password_reset_code": ("account_reset_password", {"email": "teacher"}),
    "account_email_verification_sent": (
        "join_teacher",
        {"full_name": "Nia New", "email": "nia.new@people.example", "password1": "correct horse battery"},
    ),
    "mfa_authenticate": ("account_login", {"login": "administrator", "password": "correct horse battery"}),
}
# The same offer or other time, opened from one's own page and from the letter; the same form on the way to either part.
ONE_PAGE = ({"offer", "answer_offer"}, {"other_time", "answer_other_time"}, {"join_teacher", "join_ambassador"})
# What is looked at in several ways, by its address: each way, on a day on which something stands in it.
BUSY_DAY = make.FIRST_DAY.isoformat()
DIARY = {way: f"?show={way}&on={BUSY_DAY}" for way in Show.values}
WAYS = {"my_diary": DIARY, "school_diary": DIARY, "region_diary": DIARY}
IN_DIARIES = ("offer", "visit", "remove_own_visit")
TITLE = re.compile(rb"<title>\s*(.*?)\s*</title>", re.DOTALL)
# Sent, these end the visit of whoever sends them.
LEAVES = {"account_logout"}
MAY_OPEN = {
    **{name: [person for person in PEOPLE if row[person] == "opens"] for name, row in TABLE.items()},
    **{name: [person] for name, person in SIGN_IN.items()},
}
WIDTHS = {"phone": PHONE, "laptop": LAPTOP}
# A machine on which three of these run at once takes its time over an answer, in milliseconds.
SLOW_ANSWER = 30_000
# What axe asks of colours: all else that it asks is the same in either theme.
COLOURS = ["color-contrast", "link-in-text-block"]
ONLY_ACT: dict[str, bool] = {}

Visit = Callable[[str, str], None]


def pages_of(person: str, *, first_only: bool) -> list[str]:
    """The pages that this person opens; with `first_only` those that nobody before them in the policy opens."""
    may = [(name, people[:1] if first_only else people) for name, people in MAY_OPEN.items() if name not in NO_PAGE]
    return [name for name, people in may if person in people]


def walk(
    page: Page,
    person: str,
    names: list[str],
    site: str,
    look: Callable[[Page, str], list[str]],
    *,
    may_be_gone: bool = False,
) -> dict:
    """What was found wrong on each of these pages; `may_be_gone` where what is done on one may end another."""
    world = World()
    client = world.client_of(person)
    if session := client.cookies.get(settings.SESSION_COOKIE_NAME):
        page.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])
    found = {}
    for name, way in ((each, way) for each in names for way in WAYS.get(each, [""])):
        for row in IN_DIARIES if way else ():
            world.address(row)
        address = (world.address(name) if name in TABLE else reverse(name)) + WAYS.get(name, {}).get(way, "")
        if only_acts(client, name, address) or (may_be_gone and client.get(address).status_code in {302, 404}):
            continue
        answer = page.goto(address)
        if may_be_gone and (answer is None or answer.status != 200):
            continue
        assert answer is not None and answer.status == 200, f"{name} answers {answer and answer.status}"
        if faults := look(page, f"{name}-{way}" if way else name):
            found[name, way] = faults
    return found


def only_acts(client: Client, name: str, address: str) -> bool:
    """Whether this page shows nothing, whoever asks: it is opened for that once."""
    if name not in ONLY_ACT:
        ONLY_ACT[name] = client.get(address).status_code == 405
    return ONLY_ACT[name]


@pytest.fixture
def site(live_server) -> str:
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_is_accessible_and_nothing_lies_off_its_side(browser_page, site, person):
    def look(page: Page, name: str) -> list[str]:
        faults = [*axe_violations(page), *([] if name in SAMPLES else faults_of_structure(page))]
        return [*faults, f"{off} px off its side"] if (off := overflow(page)) else faults

    names = pages_of(person, first_only=True)
    assert walk(browser_page(), person, names, site, look) == {}


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_in_every_width_and_theme(browser_page, site, person, width):
    kept = set(pages_of(person, first_only=True))

    def look(page: Page, name: str) -> list[str]:
        faults = [f"too small: {target}" for target in small_targets(page)]
        # The same person's laptop in light is the everyday run's.
        faults += axe_violations(page) if width == "phone" else []
        faults += in_either_theme(page, f"{name}-{person}-{width}" if name.partition("-")[0] in kept else "")
        if width == "laptop" and name not in SAMPLES:
            faults += [*faults_of_keyboard(page), *faults_when_drawn_otherwise(page)]
        return faults

    page = browser_page(viewport=WIDTHS[width], reduced_motion="reduce")
    # What one person reads and another does not is pressed hardest on a phone.
    assert walk(page, person, pages_of(person, first_only=width == "laptop"), site, look) == {}


def in_either_theme(page: Page, pictures: str) -> list[str]:
    """What is wrong in dark alone: a page is the same in either, but for its colours; and its pictures in both."""
    picture(page, f"{pictures}-light") if pictures else None
    page.emulate_media(color_scheme="dark")
    faults = [f"dark: {fault}" for fault in axe_violations(page, COLOURS)]
    faults += [f"{off} px off its side"] if (off := overflow(page)) else []
    picture(page, f"{pictures}-dark") if pictures else None
    page.emulate_media(color_scheme="light")
    return faults


def faults_when_drawn_otherwise(page: Page) -> list[str]:
    """What is wrong of a page enlarged, on paper, and in the reader's own colours."""
    faults = []
    for what, size, media in (
        ("enlarged", ENLARGED, {}),
        ("print", PAPER, {"media": "print"}),
        ("forced", LAPTOP, {"forced_colors": "active"}),
    ):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="dark", **media)
        faults += [f"{what}: {off} px off its side"] if (off := overflow(page)) else []
        faults += faults_of_print(page) if what == "print" else []
        page.emulate_media(media="screen", forced_colors="none", color_scheme="light")
    page.set_viewport_size(LAPTOP)
    return faults


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
    assert walk(page, person, pages_of(person, first_only=True), site, look) == {}


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
def test_no_two_pages_of_one_person_are_called_the_same(person):
    """By which somebody who hears them, or has ten tabs open, tells them apart."""
    world = World()
    client = world.client_of(person)
    titles: dict[str, list[str]] = {}
    for name in pages_of(person, first_only=False):
        answer = client.get(world.address(name) if name in TABLE else reverse(name))
        found = TITLE.search(answer.content) if answer.status_code == 200 else None
        if found and name not in SAMPLES:
            titles.setdefault(unescape(found[1].decode()), []).append(name)
    assert {title: names for title, names in titles.items() if len(names) > 1 and set(names) not in ONE_PAGE} == {}
    assert len(titles) > 20


def test_every_page_that_opens_for_someone_is_walked():
    walked = {name for person in PEOPLE for name in pages_of(person, first_only=True)}
    assert walked | set(NO_PAGE) == {name for name, people in MAY_OPEN.items() if people}


@pytest.mark.parametrize("name", REACHED)
def test_a_page_that_is_reached_by_an_act_is_accessible_too(browser_page, site, name):
    world = World()
    people = {"teacher": world.contact.user, "administrator": has_an_authenticator(world.user("administrator"))}
    before, typed = REACHED[name]
    page = browser_page()
    page.goto(reverse(before))
    for field, words in typed.items():
        page.locator(f"main [name='{field}']").fill(people[words].email if words in people else words)
    with page.expect_navigation():
        page.locator("main form button").first.click()

    assert page.url == site + reverse(name)
    picture(page, f"{name}-anonymous-laptop-light")
    assert [*axe_violations(page), *faults_of_structure(page), *faults_of_keyboard(page)] == []
    page.set_viewport_size(PHONE)
    assert (overflow(page), small_targets(page)) == (0, [])


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
def test_a_form_sent_empty_says_so_where_the_reader_is(browser_page, site, person):
    refused: list[str] = []

    def look(page: Page, name: str) -> list[str]:
        form = page.locator("main form[method=post]:has(input:not([type=hidden]), textarea, select)")
        if name in SAMPLES | ASKS_THE_BROWSER or not form.count():
            return []
        form.first.evaluate("""form => { for (const each of form.elements)
            if (each.checked) each.checked = false; else if (each.matches("textarea, input:not([type=hidden])")
                && !["checkbox", "radio", "file"].includes(each.type)) each.value = ""; }""")
        try:
            with page.expect_navigation(timeout=SLOW_ANSWER):
                form.first.evaluate("form => form.requestSubmit()")
        except TookTooLong:
            return ["nothing comes of it"]
        if not page.locator(".error-summary").count():
            return []  # it asks for nothing that is needed
        refused.append(name)
        picture(page, f"{name}-{person}-refused")
        focused = page.evaluate("document.activeElement.className")
        return [
            *([] if focused == "error-summary" else [f"the focus is on {focused!r}"]),
            *([] if page.title().startswith("Error: ") else [f"its title is {page.title()!r}"]),
            *axe_violations(page),
        ]

    names = [name for name in pages_of(person, first_only=True) if name not in LEAVES]
    assert walk(browser_page(viewport=PHONE), person, names, site, look, may_be_gone=True) == {}
    assert refused or person not in {"anonymous", "teacher", "ambassador", "coordinator", "administrator"}
