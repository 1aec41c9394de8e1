"""The letters' pages as a browser sees them."""

import pytest
from django.db import transaction
from django.urls import reverse

from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.post import post
from tests import make
from tests.browser import THEMES, WIDTHS, axe_violations, overflow, picture, small_targets
from tests.clients import client_of
from tests.stem.letters import notifications

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def letter(now, transactional_db) -> Letter:
    for number, status in enumerate(["waiting", "held", "cancelled", "not_needed", "failed"]):
        row = post_now(notifications.plain, now, number)
        Letter.objects.filter(pk=row.pk).update(status=status, last_error="LookupError")
    return post_now(notifications.greeting, now, 7)


def post_now(fact, now, number: int) -> Letter:
    return transaction.atomic(post)(fact, due_at=now, number=number)


@pytest.fixture
def window(browser_page):
    def open_window(**options):
        page = browser_page(**options)
        cookie = client_of(make.staff(Role.COORDINATOR), second_factor=True).cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "domain": "localhost", "path": "/"}])
        return page

    return open_window


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_each_page_is_accessible_and_nothing_lies_off_its_side(window, letter, theme, width):
    page = window(color_scheme=theme, viewport=width)
    addresses = [reverse("staff_letters"), reverse("staff_letters") + "?status=sent"]
    addresses += [reverse(name, args=[letter.pk]) for name in ("staff_letter", "edit_letter", "cancel_letter")]
    for address in addresses:
        page.goto(address)
        picture(page, f"{address.strip('/').replace('/', '-')}-{width['width']}-{theme}")
        assert (address, axe_violations(page)) == (address, [])
        assert (address, overflow(page), small_targets(page)) == (address, 0, [])


def test_the_letter_is_seen_in_its_frame_without_an_error(window, letter):
    page = window()
    page.goto(reverse("staff_letter", args=[letter.pk]))
    page.get_by_text("With its pictures and colours", exact=True).click()
    frame = page.frame_locator("iframe")
    assert frame.get_by_role("link", name="answer here").get_attribute("href") == "[[answer_test 7]]"
    frame.get_by_role("link", name="answer here").hover()
