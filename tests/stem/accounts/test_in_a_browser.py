"""The pages on the way in, each reached as people reach it, in a real browser: width, theme, axe."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from stem.accounts.roles import Role
from tests import make
from tests.browser import LOOKS, axe_violations, overflow, picture, small_targets
from tests.stem.accounts.test_signing_in import code_in_letter, totp_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Look = Callable[[str], None]


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture(params=LOOKS)
def page(request, browser_page) -> Page:
    viewport, theme = request.param
    return browser_page(viewport=viewport, color_scheme=theme)


@pytest.fixture
def look(page, request) -> Look:
    """Holds the page in front to everything that a page keeps, under the heading it must have."""

    def held(heading: str) -> None:
        expect(page.locator("h1")).to_have_text([heading])
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
    look("Set up a second factor")
    with page.expect_navigation():
        page.get_by_role("link", name="Set up an app").click()
    look("Set up an authenticator app")
    secret = page.locator("main dd").first.inner_text().strip()
    page.get_by_label("code").fill(totp_code(secret))
    press(page, "Set up")
    look("Recovery codes")
    spare = page.locator("main .codes li").first.inner_text().strip()
    with page.expect_navigation():
        page.get_by_role("link", name="I have kept them").click()
    look("People and roles")
    for name, heading in (("mfa_index", "Second factor"), ("my_sessions", "Where you are signed in")):
        page.goto(reverse(name))
        look(heading)

    page.context.clear_cookies()
    cache.clear()
    sign_in(page, user.email, "correct horse battery")
    look("Your second factor")
    page.get_by_label("code").fill(spare)
    press(page, "Sign in")
    page.goto(reverse("staff_people"))
    look("People and roles")


def test_where_one_is_signed_in_is_seen_and_ended(page, look, browser_page):
    user = make.user(email="uma@people.example")
    sign_in(page, user.email, "correct horse battery")
    elsewhere = browser_page()
    sign_in(elsewhere, user.email, "correct horse battery")
    page.goto(reverse("my_sessions"))
    look("Where you are signed in")
    expect(page.locator("main .row")).to_have_count(2)
    expect(page.locator("main .row").first).to_contain_text("This one")
    press(page, "Sign out everywhere else")
    expect(page.locator("main .row")).to_have_count(1)

    elsewhere.goto(reverse("my_account"))

    assert reverse("account_login") in elsewhere.url


def test_who_has_no_password_confirms_by_a_letter(page, look):
    user = make.user(email="uma@people.example")
    sign_in(page, user.email, "correct horse battery")
    page.goto(reverse("confirm_by_letter") + "?next=" + reverse("mfa_index"))
    look("Confirm that it is you")
    press(page, "Send me a code")
    look("Confirm that it is you")
    page.get_by_label("Code").fill("WRNG-WRNG")
    press(page, "Continue")
    look("Confirm that it is you")
    page.get_by_label("Code").fill(code_in_letter())
    press(page, "Continue")
    look("Second factor")


def test_an_administrator_takes_away_a_lost_factor(page, look):
    user, lost = make.staff(Role.ADMINISTRATOR, email="alex@scheme.example"), make.staff(Role.COORDINATOR, name="Cora")
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    TOTP.activate(lost, generate_totp_secret())
    sign_in(page, user.email, "correct horse battery")
    page.get_by_label("Code").fill(totp_code(secret))
    press(page, "Sign in")
    page.goto(reverse("staff_people"))
    page.get_by_role("row", name="Cora").get_by_role("link", name="Lost phone or key").click()
    look("Take away this second factor?")
    press(page, "Take it away")
    expect(page.get_by_role("status")).to_contain_text("Cora has no second factor any more")
    assert Authenticator.objects.filter(user=lost).count() == 0
