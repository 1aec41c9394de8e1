"""A teacher who joins, signs in, connects and disconnects by their school's own sign-in, in a real browser."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from playwright.sync_api import expect

from stem.accounts.models import User
from tests import make
from tests.browser import LAPTOP, PHONE, axe_violations, overflow, picture, small_targets
from tests.journeys.people import Person, code_in, letter_to, signs_in
from tests.stem.accounts.provider import Service, running

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# A refused sign-in is a page with a status that says so, and Chromium notes that in the console.
REFUSED = "console: Failed to load resource: the server responded with a status of 400 (Bad Request)"


@pytest.fixture(scope="module")
def service():
    with running() as found:
        yield found


@pytest.fixture(
    params=[
        pytest.param((PHONE, "dark", True), id="phone"),
        pytest.param((LAPTOP, "light", False), id="laptop-without-javascript", marks=pytest.mark.slow),
    ]
)
def window(request, browser_page, service, settings):
    viewport, theme, scripts = request.param
    settings.SOCIALACCOUNT_PROVIDERS = service.as_setting()
    page = browser_page(viewport=viewport, color_scheme=theme, java_script_enabled=scripts)
    # The service's own pages would fetch a stylesheet from the open internet.
    page.route(re.compile("^https:"), lambda route: route.fulfill(status=200, body="", content_type="text/css"))
    page.case = request.node.callspec.id
    return page


def looks_right(person: Person, heading: str) -> None:
    page = person.window
    expect(page.locator("h1")).to_have_text(heading)
    picture(page, f"elsewhere-{heading.replace(' ', '-')}-{page.case}")
    faults = axe_violations(page) if page.case == "phone" else []
    targets = list(small_targets(page)) if page.case == "phone" else []
    assert (faults, overflow(page) if page.case == "phone" else 0, targets) == ([], 0, [])


def goes_to_the_service(person: Person, subject: str | None) -> None:
    """Press our button, and there say who one is, or decline."""
    person.window.get_by_role("button", name="Go on with School sign-in").or_(
        person.window.get_by_role("button", name="Connect")
    ).first.click()
    person.window.wait_for_url("http://localhost:*/oauth2/authorize*")
    if subject is None:
        person.window.get_by_role("button", name="Deny").click()
    else:
        person.window.locator("[name=sub]").first.fill(subject)
        person.window.get_by_role("button", name="Authorize", exact=True).click()
    person.window.wait_for_load_state()


def test_a_teacher_joins_signs_out_and_in_disconnects_and_connects(window, service: Service):
    service.knows("tess", email="tess@school.example", email_verified=True, name="Tess Teacher")
    tess = Person(window, "tess@school.example").opens("/join/teacher/")
    looks_right(tess, "Make your account")
    goes_to_the_service(tess, "tess")
    looks_right(tess, "Almost there")
    tess.presses("Continue")
    window.wait_for_url("**/claim/**")
    user = User.objects.get(email="tess@school.example")
    assert user.full_name == "Tess Teacher"

    tess.opens("/account/logout/").presses("Sign out")
    tess.opens("/account/login/?next=/account/connected/")
    looks_right(tess, "Sign in")
    goes_to_the_service(tess, "tess")
    tess.sees("tess@school.example")
    looks_right(tess, "Connected accounts")

    tess.presses("Disconnect")
    looks_right(tess, "Disconnect School sign-in?")
    tess.presses("Disconnect").sees("Not connected")
    assert not SocialAccount.objects.exists()
    goes_to_the_service(tess, "tess")
    tess.sees("It can sign you in from now on.", "Connected since")
    letter_to("tess@school.example", "School sign-in can now sign you in")
    letter_to("tess@school.example", "School sign-in can no longer sign you in")


def test_who_has_an_account_signs_in_to_it_once_and_then_connects(window, service: Service):
    user = make.user(email="tess@school.example")
    service.knows("tess", email=user.email, email_verified=True)
    tess = Person(window, user.email).opens("/account/login/")
    goes_to_the_service(tess, "tess")
    looks_right(tess, "You have an account already")
    tess.presses("Send me a code")
    tess.fills_in(code=code_in(mail.outbox[-1])).presses("Continue")
    looks_right(tess, "Connect School sign-in?")
    tess.presses("Connect").sees("Connected since")

    tess.opens("/account/logout/").presses("Sign out")
    tess.opens("/account/login/?next=/account/")
    goes_to_the_service(tess, "tess")
    tess.sees("My account", user.email)


def test_who_declines_reads_one_sentence_and_can_choose_another_way(window, service: Service):
    tess = Person(window, "").opens("/account/login/")

    window.get_by_role("button", name="Go on with School sign-in").click()
    window.wait_for_url("http://localhost:*/oauth2/authorize*")
    question = window.url
    # This service forgets to send the state back when somebody declines: it is sent as one that does not forget would.
    tess.opens(service.answers(question))

    tess.sees("You did not go on with School sign-in. Nothing has changed.")
    looks_right(tess, "You are not signed in")
    tess.opens(service.answers(question)).sees("This attempt has run out")
    window.troubles[:] = [trouble for trouble in window.troubles if trouble != REFUSED]
    tess.presses("Sign in").sees("Password")


def test_a_connection_is_made_only_by_who_has_shown_that_it_is_they(window, service: Service, settings):
    user = make.user(email="tess@school.example")
    tess = signs_in(window, user).opens("/account/connected/")
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0

    tess.presses("Connect").sees("Confirm that it is you")

    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
    tess.fills_in(password="correct horse battery").presses("Continue").sees("Not connected")
