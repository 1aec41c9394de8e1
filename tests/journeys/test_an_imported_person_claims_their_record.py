"""Somebody whom another scheme brought reads our letter, says that it is them, and goes on where the record stops."""

import pytest
from django.utils import timezone

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador, Suppression
from ambassadors.operations.notices import tell_imported
from stem.accounts.roles import Role
from stem.letters.hours import from_by_day
from stem.letters.sending import send_due
from tests import make
from tests.browser import LOOKS, axe_violations, overflow, picture, small_targets
from tests.journeys.people import (
    PASSWORD,
    WITH_AND_WITHOUT_SCRIPTS,
    Person,
    code_in,
    has_an_authenticator,
    letter_to,
    link_in,
    signs_in,
)

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EMAIL = "ida@old.example"


@pytest.fixture
def told(outbox):
    """Somebody who has been told, and the path of the link in their letter."""
    person = make.brought(email=EMAIL, job_title="Bridge engineer", phone="01632 960001")
    tell_imported(at=timezone.now())
    send_due(at=from_by_day(timezone.now()))
    return person, link_in(letter_to(EMAIL, "from another scheme"), "known")


def makes_an_account(window, email: str) -> Person:
    """From the page on which one joins."""
    reader = Person(window, email)
    reader.fills_in(full_name="Ida Imported", email=email, password1=PASSWORD).presses("Continue")
    return reader.fills_in(code=code_in(letter_to(email, ""))).presses("Continue")


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_an_imported_person_claims_their_record(browser_page, told, scripts):
    person, link = told
    window = browser_page(java_script_enabled=scripts)
    reader = Person(window, EMAIL).opens(link).sees("Researchers in Residence")
    reader.does_not_see("Ida", "Bridge engineer").chooses(way="claim").presses("Continue")
    reader = makes_an_account(window, "ida@new.example")
    reader.sees("We may know you", "Researchers in Residence").presses("Choose what we do with it")
    reader.chooses(way="claim").presses("Continue").sees("What we have is yours now", "Not sent in yet")
    reader.opens("/ambassador/profile/").sees("Bridge engineer", "LS1 4AP", "01632 960001")
    person.refresh_from_db()
    assert (person.user.email, person.status) == ("ida@new.example", AmbassadorStatus.IMPORTED)


def test_another_says_no_and_nothing_is_left(browser_page, told):
    _person, link = told
    reader = Person(browser_page(), EMAIL).opens(link).chooses(way="no").presses("Continue")
    reader.sees("Delete what we have about you?").window.locator("input[name='sure']").check()
    reader.presses("Delete it").sees("It is deleted")
    assert (Ambassador.objects.count(), Suppression.objects.count()) == (0, 1)


@pytest.mark.parametrize("look", LOOKS)
def test_their_pages_and_those_of_staff_are_for_everybody(look, browser_page, told):
    viewport, theme = look
    options = {"viewport": viewport, "color_scheme": theme}
    person, link = told
    make.brought(
        name="Una Unreached", email="", from_scheme=make.old_scheme("A scheme that is not all told", complete=False)
    )
    visitor = Person(browser_page(**options), EMAIL)
    newcomer = signs_in(browser_page(**options), make.user(email=EMAIL))
    officer = make.staff(Role.VETTING_OFFICER, email="officer@scheme.example")
    officer = signs_in(browser_page(**options), has_an_authenticator(officer))
    pages = [
        (visitor, link),
        (visitor, f"{link}no/"),
        (visitor, "/known/no/thank-you/"),
        (newcomer, "/ambassador/join/"),
    ]
    pages += [(newcomer, f"/ambassador/known/{each}") for each in ("", "elsewhere/", "asked/")]
    pages += [(officer, f"/coordinator/{each}") for each in ("came-from/", "came-from/post/", "ambassadors/")]
    pages += [(officer, f"/coordinator/ambassadors/{person.pk}/{each}") for each in ("", "no/", "told/")]
    for number, (reader, address) in enumerate(pages):
        reader.opens(address)
        picture(reader.window, f"claiming-{theme}-{viewport['width']}-{number}")
        faults = (axe_violations(reader.window), overflow(reader.window), small_targets(reader.window))
        assert faults == ([], 0, []), address
