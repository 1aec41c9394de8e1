"""A vetting officer works through the queue of pairs by keyboard alone, and undoes one of them."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from ambassadors.models import Ambassador, Apart, LikelyPair, Merge
from stem.accounts.roles import Role
from tests import make
from tests.browser import axe_violations
from tests.journeys.people import has_an_authenticator, signs_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pairs(*names: str) -> None:
    """For each of these names somebody registered here, whom another scheme has brought too."""
    for number, name in enumerate(names):
        one, other = make.ambassador(name=name), make.imported(name=name)
        because = [["e-mail", "the same", 14.5], ["any two records", "before a field is read", -5.0]]
        LikelyPair.objects.create(
            one=one, other=other, likely=99, odds=9.5 - number, because=because, found_at=timezone.now()
        )


def at_the_queue(window: Page) -> Page:
    """A vetting officer before the list of pairs."""
    officer = has_an_authenticator(make.staff(Role.VETTING_OFFICER))
    return signs_in(window, officer).opens("/coordinator/duplicates/").window


def test_the_queue_is_worked_through_by_keyboard_alone(browser_page):
    pairs("Ada Ingenieur", "Bo Builder", "Cy Chemist")
    page = at_the_queue(browser_page())
    assert LikelyPair.objects.count() == 3
    assert axe_violations(page) == []

    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert axe_violations(page) == []
    with page.expect_navigation():
        page.keyboard.press("m")
    assert Merge.objects.count() == 1
    with page.expect_navigation():
        page.keyboard.press("n")
    assert Apart.objects.count() == 1

    # Switched off, a letter does nothing: on this page and on the next.
    page.get_by_role("button", name="Switch keys off").press("Enter")
    page.keyboard.press("m")
    page.reload()
    page.keyboard.press("m")
    assert page.get_by_role("button", name="Switch keys on").is_visible()
    assert Merge.objects.count() == 1
    page.get_by_role("button", name="One person: merge").press("Enter")
    page.wait_for_url("**/coordinator/duplicates/**")
    page.get_by_text("No pairs here").wait_for()
    assert Merge.objects.count() == 2

    page.get_by_role("link", name="Merged").press("Enter")
    page.get_by_role("link", name="Undo").first.press("Enter")
    page.get_by_role("button", name="Make two records again").press("Enter")
    page.get_by_text("There are two records again").wait_for()
    assert Ambassador.objects.filter(status="merged").count() == 1


def test_a_letter_typed_into_a_field_is_no_command(browser_page):
    pairs("Ada Ingenieur")
    page = at_the_queue(browser_page())
    page.get_by_label("Name").press_sequentially("jm")
    assert page.get_by_label("Name").input_value() == "jm"
    assert page.get_by_label("Name").evaluate("field => field === document.activeElement")
