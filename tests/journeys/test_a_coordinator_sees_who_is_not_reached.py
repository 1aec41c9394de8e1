"""A coordinator sees in one look which schools nobody has been to: on the map, by the keyboard, and in the list."""

import random
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from bookings.models import Coverage
from schools.models import School
from stem.accounts.roles import Role
from tests import make
from tests.browser import LAPTOP, PHONE, axe_violations, overflow, picture, small_targets
from tests.clients import client_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MANY = 32_000
# What a map of a nation may take from the press of a link until it is drawn; a test machine has other things to do.
AT_ONCE_MS, WITH_OTHERS_BESIDE = 1000, 3


@pytest.fixture
def opens(browser_page, live_server):
    """Opens the map as a coordinator of the whole scheme, in a window with these options, once it is drawn."""

    def open_map(**options) -> Page:
        window = browser_page(**options)
        session = client_of(make.staff(Role.COORDINATOR), second_factor=True).cookies[settings.SESSION_COOKIE_NAME]
        site = live_server.url.replace("127.0.0.1", "localhost")
        window.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])
        window.goto(reverse("coverage"))
        if options.get("java_script_enabled", True):
            expect(window.locator("[data-drawn]")).to_be_visible()
        return window

    return open_map


def kinds_drawn(window: Page, name: str = "seen") -> list[int]:
    """Of which kinds something is drawn on the canvas in its very colour."""
    return window.evaluate(
        """name => {
          const drawn = document.querySelector(".map-schools"), copy = document.createElement("canvas");
          [copy.width, copy.height] = [drawn.width, drawn.height];
          const brush = copy.getContext("2d", { willReadFrequently: true });
          brush.drawImage(drawn, 0, 0);
          const dots = brush.getImageData(0, 0, copy.width, copy.height).data, found = new Set();
          for (let at = 0; at < dots.length; at += 4)
            if (dots[at + 3] === 255) found.add(dots[at] * 65536 + dots[at + 1] * 256 + dots[at + 2]);
          const style = getComputedStyle(document.querySelector("[data-coverage-map]"));
          return [0, 1, 2, 3, 4].filter((kind) => {
            const colour = style.getPropertyValue(`--${name}-${kind}`).trim();
            return colour && found.has(parseInt(colour.slice(1), 16));
          });
        }""",
        name,
    )


def comes_to_rest(window: Page, press: str) -> None:
    """Press a key that moves the map, and wait until it is drawn anew."""
    window.evaluate("document.querySelector('[data-drawn]').removeAttribute('data-drawn')")
    window.keyboard.press(press)
    expect(window.locator("[data-drawn]")).to_be_visible()


@pytest.fixture
def four_schools() -> list[School]:
    """One of each kind, in four towns; and one of which nobody knows where it is."""
    lasts = (10, 500, 2000, None)
    places = ("LS2 9JT", "CT1 2EH", "EH1 1YZ", "TR1 2SJ")
    made = []
    for days, postcode in zip(lasts, places, strict=True):
        school = make.school(name=f"School {days}", postcode=postcode, roll=800)
        last = None if days is None else make.FIRST_DAY - timedelta(days=days)
        make.coverage(school, last_on=last, visits=int(days in (10, 500)), year_visits=int(days == 10))
        made.append(school)
    lost = make.school(name="School of nowhere")
    School.objects.filter(pk=lost.pk).update(lat=None, lon=None)
    make.coverage(lost, minutes=None)
    return made


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [
        pytest.param(PHONE, "dark", id="phone-dark"),
        pytest.param(LAPTOP, "light", id="laptop-light"),
        pytest.param(PHONE, "light", id="phone-light", marks=pytest.mark.slow),
        pytest.param(LAPTOP, "dark", id="laptop-dark", marks=pytest.mark.slow),
    ],
)
@pytest.mark.usefixtures("four_schools")
def test_each_kind_is_drawn_in_a_colour_of_its_own_and_nothing_is_against_the_page(scheme, viewport, opens):
    window = opens(color_scheme=scheme, viewport=viewport)
    assert kinds_drawn(window) == [0, 1, 2, 3]
    expect(window.get_by_text("Of 1 school nobody knows where it is")).to_be_visible()
    assert (axe_violations(window), overflow(window), small_targets(window)) == ([], 0, [])
    picture(window, f"coverage-{viewport['width']}-{scheme}")
    window.get_by_label("Never").uncheck()
    assert kinds_drawn(window) == [0, 1, 2]
    window.get_by_role("radio", name="Visits for each 1,000 pupils").check()
    expect(window.get_by_label("Never")).to_be_hidden()
    assert kinds_drawn(window, "shade") == [0, 1]
    assert (axe_violations(window), overflow(window)) == ([], 0)
    picture(window, f"coverage-hexagons-{viewport['width']}-{scheme}")


def test_the_keyboard_moves_the_map_and_finds_a_school_s_own_page(opens, four_schools):
    Coverage.objects.exclude(school=four_schools[0]).delete()
    window = opens()
    window.locator(".map-canvas").focus()
    window.keyboard.press("Enter")
    window.get_by_role("link", name="School 10").first.click()
    expect(window.get_by_role("heading", level=1)).to_have_text("School 10")
    window.go_back()
    window.locator(".map-canvas").focus()
    comes_to_rest(window, "ArrowLeft")
    window.keyboard.press("Enter")
    expect(window.locator("[data-here]")).to_contain_text("No school is here.")


@pytest.mark.usefixtures("four_schools")
def test_without_scripts_the_list_says_it_all(opens):
    window = opens(java_script_enabled=False)
    assert not window.locator("[data-coverage-map]").is_visible()
    assert window.locator("tbody th").count() == 3


@pytest.mark.slow
def test_every_school_of_a_nation_is_drawn_at_once(opens, four_schools):
    chance, pattern = random.Random(1), four_schools[0]
    schools = School.objects.bulk_create(
        School(
            register="gias",
            register_number=f"8{number:06}",
            name=f"School {number}",
            phase=pattern.phase,
            nation=pattern.nation,
            postcode=pattern.postcode,
            area=pattern.area,
            lat=chance.uniform(50.2, 58),
            lon=chance.uniform(-5, 1.5),
            roll=chance.randrange(1600),
        )
        for number in range(MANY)
    )
    days = (make.FIRST_DAY, make.FIRST_DAY - timedelta(days=500), make.FIRST_DAY - timedelta(days=2000), None)
    Coverage.objects.bulk_create(
        Coverage(school=school, reckoned_at=make.NOW, last_on=chance.choice(days), visits=9, year_visits=0, score=0.5)
        for school in schools
    )
    window = opens()
    took = []
    for _time in range(3):
        window.reload()
        took.append(int(window.locator("[data-drawn]").get_attribute("data-drawn") or 0))
    assert kinds_drawn(window) == [0, 1, 2, 3]
    assert min(took) < AT_ONCE_MS * WITH_OTHERS_BESIDE, f"drawn {took} ms after navigation"
