"""A coordinator chooses whom to ask: on the map, by comparing two, and all the same for a reason; by keyboard too."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from bookings.models import Offer, Visit
from stem.accounts.roles import Role
from tests import make
from tests.browser import LAPTOP, PHONE, axe_violations, overflow, picture, small_targets
from tests.clients import client_of
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, Person, a_school_day
from tests.journeys.test_an_ambassador_looks_in_their_diary import goes_by_keyboard_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Sectors of Leeds and beyond, two people in one of them.
HOMES = {"Nia Near": "LS1 4AP", "Nils Nearly": "LS1 4AP", "Finn Further": "YO1 7HH", "Hal Half": "HX1 1UJ"}


@pytest.fixture
def sought() -> Visit:
    """A visit in Leeds for which four people could be asked, and one misses by the pupils' age."""
    for name, postcode in HOMES.items():
        make.ambassador(name=name, cleared=True, postcode=postcode, max_minutes=90)
    make.ambassador(name="Sixth Former’s Friend", cleared=True, stages=("ks5",))
    start = a_school_day(weeks=5)
    return make.visit(request=make.request(status="open", times=((start, start + timedelta(hours=1)),)))


@pytest.fixture
def opens(browser_page, live_server, sought):
    """Opens the request's page as its coordinator, in a window with these options."""

    def open_page(**options) -> Person:
        coordinator = make.staff(Role.COORDINATOR)
        window = browser_page(**options)
        session = client_of(coordinator, second_factor=True).cookies[settings.SESSION_COOKIE_NAME]
        site = live_server.url.replace("127.0.0.1", "localhost")
        window.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])
        return Person(window, coordinator.email).opens(reverse("coordinate_request", args=[sought.request_id]))

    return open_page


def numbers(window: Page, what: str) -> list[str]:
    """What these marks say, in their order."""
    return [each.strip() for each in window.locator(what).all_inner_texts()]


def overlaps(window: Page) -> int:
    """How many pairs of marks, which are round, lie on one another."""
    return window.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll(".map-pin")].map((each) => each.getBoundingClientRect());
          return boxes.flatMap((a, number) => boxes.slice(number + 1).filter(
            (b) => Math.hypot(a.left - b.left, a.top - b.top) < a.width)).length;
        }"""
    )


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_has_its_marks_numbered_as_the_list_and_nothing_against_it(scheme, viewport, opens):
    window = opens(color_scheme=scheme, viewport=viewport).window
    expect(window.locator(".map-canvas")).to_be_visible()

    assert numbers(window, ".map-pin") == numbers(window, ".map-number") == ["1", "2", "3", "4"]
    headings = window.locator(".candidate .card-title").all_inner_texts()
    labels = [each.get_attribute("aria-label") for each in window.locator(".map-pin").all()]
    for heading, label in zip(headings, labels, strict=True):
        number, _dot, name = heading.partition(". ")
        assert label.startswith(f"{number} {name}, ") and "away" in label
    assert numbers(window, ".map-ring-words") == ["15 min", "30 min", "60 min"]
    assert window.locator(".leaflet-control-scale").count() == 1
    assert overlaps(window) == 0
    assert axe_violations(window) == []
    assert overflow(window) == 0
    assert small_targets(window) == []
    picture(window, f"candidates-{viewport['width']}-{scheme}")


def test_twelve_of_one_neighbourhood_stand_apart_on_a_phone(opens):
    for number in range(12):
        make.ambassador(name=f"Neighbour {number}", cleared=True)
    window = opens(viewport=PHONE).window
    expect(window.locator(".map-pin")).to_have_count(12)

    assert overlaps(window) == 0
    for _step in range(2):
        window.get_by_role("button", name="Zoom in").click()
        assert overlaps(window) == 0
    picture(window, "candidates-neighbours")


def test_a_mark_leads_to_its_person_by_the_keyboard(opens):
    window = opens().window
    window.locator(".map-skip").focus()
    focused = "document.activeElement.className + ' ' + document.activeElement.textContent"
    for _stop in range(12):
        window.keyboard.press("Tab")
        if window.evaluate(focused) == "map-pin 3":
            break
    window.keyboard.press("Enter")

    name = window.locator(".candidate:target .card-title").inner_text()
    assert name.startswith("3. ")


def test_whoever_does_not_want_the_map_skips_it_by_the_keyboard(opens):
    window = opens().window
    window.locator(".map-skip").focus()
    expect(window.locator(".map-skip")).to_be_in_viewport()
    window.keyboard.press("Enter")
    window.keyboard.press("Tab")

    assert window.evaluate("document.activeElement.textContent").startswith("1. ")


def test_two_are_compared_by_the_keyboard_alone(opens):
    coordinator = opens()
    boxes = coordinator.window.locator("input[name=person]")
    for number in (0, 2):
        boxes.nth(number).focus()
        coordinator.window.keyboard.press("Space")
    goes_by_keyboard_to(coordinator.window, "Compare the two ticked")

    coordinator.sees("Two people compared", "1. ", "3. ", "None yet: a newcomer").does_not_see("2. ")
    assert axe_violations(coordinator.window) == []


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_somebody_is_asked_all_the_same_for_a_reason(scripts, opens, sought):
    coordinator = opens(java_script_enabled=scripts, viewport=PHONE)
    coordinator.presses("Who misses by one thing").sees("Does not offer Key Stage 3").presses("Ask all the same")
    coordinator.presses("Ask all the same").sees("There is a problem", "Say why this person should be asked")
    coordinator.fills_in(because="He taught this class last year").presses("Ask all the same")

    coordinator.sees("has been asked", "Asked all the same: He taught this class last year")
    assert Offer.objects.get(visit=sought).set_aside == "stage"


def test_without_javascript_the_list_is_all_there_is(opens):
    coordinator = opens(java_script_enabled=False)

    expect(coordinator.window.locator("[data-candidates-map]")).to_be_hidden()
    coordinator.sees(*HOMES)
    for number in (0, 1):
        coordinator.window.locator("input[name=person]").nth(number).check()
    coordinator.presses("Compare the two ticked").sees("Two people compared", "1. ", "2. ")
