"""The pages on the way in, each reached as people reach it, in a real browser: width, theme, axe."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page

from stem.accounts.roles import Role
from tests import make
from tests.browser import LAPTOP, PHONE, axe_violations, overflow, picture, small_targets
from tests.stem.accounts.test_signing_in import code_in_letter, totp_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(PHONE, "dark"), (LAPTOP, "light")]
Look = Callable[[str], None]


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture(params=LOOKS, ids=["phone-dark", "laptop-light"])
def page(request, browser_page) -> Page:
    viewport, theme = request.param
    return browser_page(viewport=viewport, color_scheme=theme)


@pytest.fixture
def look(page, request) -> Look:
    """Holds the page in front to everything that a page keeps, under the heading it must have."""

    def held(heading: str) -> None:
        assert page.locator("h1").all_inner_texts() == [heading]
        picture(page, f"{heading.replace(' ', '-')}-{request.node.callspec.id}")
        assert (axe_violations(page), overflow(page), list(small_targets(page))) == ([], 0, [])

    return held


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("mail").first.fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    press(page, "Sign in")


def test_joining_and_choosing_a_new_password(page, look):
    page.goto(reverse("join_teacher"))
    look("Make your account")
    page.get_by_label("Your full name").fill("Nia Newcomer")
    page.get_by_label("mail").first.fill("nia@people.example")
    page.locator("[name=password1]").fill("three random words")
    press(page, "Continue")
    look("Enter the code")
    page.get_by_label("Code").fill(code_in_letter())
    press(page, "Continue")
    page.wait_for_url(f"**{reverse('claim_school')}")

    page.context.clear_cookies()
    page.goto(reverse("account_reset_password"))
    page.get_by_label("mail").first.fill("nia@people.example")
    press(page, "Send me a code")
    look("Enter the code")
    page.get_by_label("Code").fill(code_in_letter())
    press(page, "Continue")
    look("Choose a new password")


def test_a_second_factor_is_set_up_kept_and_used(page, look):
    user = make.staff(Role.ADMINISTRATOR, email="alex@scheme.example")
    sign_in(page, user.email, "correct horse battery")
    page.goto(reverse("staff_people"))
    look("Confirm that it is you")
    page.locator("main [type=password]").fill("correct horse battery")
    press(page, "Continue")
    look("Set up a second factor")
    secret = page.locator("main dd").first.inner_text().strip()
    page.get_by_label("code").fill(totp_code(secret))
    press(page, "Set up")
    look("Recovery codes")
    spare = page.locator("main .codes li").first.inner_text().strip()
    with page.expect_navigation():
        page.get_by_role("link", name="I have kept them").click()
    for name, heading in (("mfa_index", "Second factor"), ("staff_people", "People and roles")):
        page.goto(reverse(name))
        look(heading)

    page.context.clear_cookies()
    cache.clear()
    sign_in(page, user.email, "correct horse battery")
    look("Enter the code from your app")
    page.get_by_label("code").fill(spare)
    press(page, "Sign in")
    page.goto(reverse("staff_people"))
    look("People and roles")
