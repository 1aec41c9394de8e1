"""An ambassador finds a day in their diary and says that they are away then, without a mouse and without dragging."""

from datetime import time, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from bookings.enums import VisitStatus
from stem.moments import day_of, moment
from tests import make
from tests.clients import client_of
from tests.journeys.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What the focus is on, as it reads.
FOCUSED = "document.activeElement.innerText.replace(/\\s+/g, ' ').trim()"


def goes_by_keyboard_to(window: Page, words: str, *, after: str = "") -> None:
    """Tab on from there, or from where the browser is, until this has the focus, and press Enter."""
    if after:
        window.locator(after).first.focus()
    for _stop in range(40):
        window.keyboard.press("Tab")
        if window.evaluate(FOCUSED).startswith(words):
            with window.expect_navigation():
                window.keyboard.press("Enter")
            return
    raise AssertionError(f"No way by the keyboard leads to {words!r}.")


def test_a_day_is_found_and_kept_free_by_the_keyboard_alone(browser_page, live_server):
    today = day_of(timezone.now())
    day = today + timedelta(days=9 - today.weekday())  # Wednesday of next week
    person = make.ambassador(cleared=True)
    hours = (moment(day - timedelta(days=1), time(10)), moment(day - timedelta(days=1), time(11)))
    make.visit(ambassador=person, status=VisitStatus.CONFIRMED, time=hours)
    window = browser_page()
    session = client_of(person.user).cookies[settings.SESSION_COOKIE_NAME]
    site = live_server.url.replace("127.0.0.1", "localhost")
    window.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])
    ambassador = Person(window, person.email).opens(reverse("my_diary"))

    goes_by_keyboard_to(window, "Week", after=".diary-ways a")
    goes_by_keyboard_to(window, "Later", after=".diary-turn a")
    ambassador.sees("Beckside Academy")
    goes_by_keyboard_to(window, f"{day:%a} {day.day} {day:%b}", after=".diary-ways a")
    goes_by_keyboard_to(window, "I am away then")
    ambassador.sees("When are you away?")
    goes_by_keyboard_to(window, "Save these days", after="#id_starts_on_0")
    ambassador.sees("We will not ask you for those days.")

    assert [(hold.starts_on, hold.ends_on) for hold in person.holds.all()] == [(day, day)]
