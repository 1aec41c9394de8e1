"""Passkeys, from the making to the removal, in a real browser with a pretended device."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from stem.accounts.roles import Role
from tests import make
from tests.browser import LOOKS, axe_violations, overflow, picture, small_targets
from tests.stem.accounts.passkeys import give_device
from tests.stem.accounts.test_in_a_browser import press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "correct horse battery"


@pytest.fixture(params=LOOKS)
def page(request, browser_page) -> Page:
    viewport, theme = request.param
    window = browser_page(viewport=viewport, color_scheme=theme)
    window.device = give_device(window)
    return window


@pytest.fixture
def look(page, request):
    def held(heading: str) -> None:
        expect(page.locator("h1")).to_have_text(heading)
        picture(page, f"passkeys-{heading.replace(' ', '-')}-{request.node.callspec.id}")
        assert (axe_violations(page), overflow(page), list(small_targets(page))) == ([], 0, [])

    return held


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=name).first.click()


def make_passkey(page: Page, name: str) -> None:
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Name").fill(name)
    press(page, "Make a passkey")


def told() -> list[str]:
    return [message.subject for message in mail.outbox]


def test_anyone_adds_a_passkey_names_it_signs_in_with_it_and_removes_it(page, look):
    user = make.user(email="uma@people.example")
    sign_in(page, user.email, PASSWORD)
    page.goto(reverse("mfa_index"))
    look("Second factor")
    follow(page, "Add a passkey")
    look("Add a passkey")
    assert page.get_by_label("Name").input_value() == "Chrome on Linux"
    make_passkey(page, "Phone")
    look("Recovery codes")
    page.goto(reverse("mfa_list_webauthn"))
    look("Passkeys")
    expect(page.get_by_role("row", name="Phone")).to_contain_text("Not yet")
    follow(page, "Rename")
    look("Rename a passkey")
    page.get_by_label("Name").fill("Old phone")
    press(page, "Save")
    expect(page.get_by_role("row", name="Old phone")).to_be_visible()

    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    look("Sign in")
    press(page, "Sign in with a passkey")
    page.goto(reverse("mfa_list_webauthn"))
    expect(page.get_by_role("row", name="Old phone")).not_to_contain_text("Not yet")
    follow(page, "Remove")
    look("Remove this passkey?")
    press(page, "Remove it")

    look("Passkeys")
    assert not Authenticator.objects.filter(user=user).exists()
    assert told() == [
        "A passkey has been added to your account",
        "A passkey has been removed from your account",
    ]


def test_a_passkey_is_a_second_factor_before_and_instead_of_a_password(page, look):
    user = make.staff(Role.ADMINISTRATOR, email="alex@scheme.example")
    people = reverse("staff_people")
    sign_in(page, user.email, PASSWORD)
    page.goto(people)
    look("Set up a second factor")
    follow(page, "Make a passkey")
    press(page, "Make a passkey")
    follow(page, "I have kept them")
    look("People and roles")

    page.context.clear_cookies()
    cache.clear()
    sign_in(page, user.email, PASSWORD)
    look("Your second factor")
    press(page, "Use my passkey")
    page.goto(people)
    look("People and roles")

    page.context.clear_cookies()
    page.goto(f"{reverse('account_login')}?next={people}")
    press(page, "Sign in with a passkey")
    look("People and roles")


def test_who_has_a_passkey_confirms_with_it_and_comes_back(page, look, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    user = make.staff(Role.ADMINISTRATOR, email="alex@scheme.example")
    sign_in(page, user.email, PASSWORD)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
    make_passkey(page, "Phone")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page.goto(reverse("grant_role"))
    look("Confirm that it is you")
    expect(page.get_by_role("link", name="Use a code from your app, or a recovery code")).to_be_visible()
    expect(page.get_by_text("Use your password")).to_have_count(0)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 600

    press(page, "Use my passkey")

    look("Give a role")


def test_a_device_that_asks_for_no_finger_no_face_and_no_pin_makes_no_passkey(browser_page):
    user = make.user(email="uma@people.example")
    page = browser_page()
    give_device(page, verifies=False)
    sign_in(page, user.email, PASSWORD)
    page.goto(reverse("mfa_add_webauthn"))

    page.get_by_role("button", name="Make a passkey").click()

    expect(page.get_by_role("alert")).to_have_text(
        "Nothing was done: the passkey was not confirmed. You can try again."
    )
    assert not Authenticator.objects.filter(user=user).exists()


def test_without_javascript_no_passkey_is_offered_and_the_rest_works(browser_page):
    user = make.user(email="uma@people.example")
    page = browser_page(java_script_enabled=False)
    page.goto(reverse("account_login"))
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)

    sign_in(page, user.email, PASSWORD)
    page.goto(reverse("mfa_add_webauthn"))

    expect(page.get_by_role("button", name="Make a passkey")).to_have_count(0)
    expect(page.get_by_text("This browser cannot use passkeys here")).to_be_visible()
