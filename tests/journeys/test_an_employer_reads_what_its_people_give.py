"""Whoever leads on volunteering follows the invitation, signs in by a code, and reads what the people give."""

import pytest
from django.utils import timezone

from quality.employers.names import key_of
from quality.operations.employers import end_lead, invite_lead
from stem.accounts.roles import Role
from stem.letters.hours import from_by_day
from stem.letters.sending import send_due
from tests import make
from tests.browser import LOOKS, axe_violations, overflow, picture, small_targets
from tests.journeys.people import (
    WITH_AND_WITHOUT_SCRIPTS,
    Person,
    code_in,
    has_an_authenticator,
    letter_to,
    link_in,
    signs_in,
)
from tests.looking import faults_of_keyboard, faults_of_print, faults_of_structure
from tests.make.employers import TOLD

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EMAIL = "lea@bridges.example"


@pytest.fixture
def northern():
    """An employer that was told of a term and of one with too few people."""
    made = make.employer()
    make.employer_release(made)
    make.employer_release(made, begins_on=make.LAST_TERM.before.first, told={})
    return made


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_somebody_is_invited_reads_and_is_let_go(browser_page, outbox, northern, scripts):
    cora, now = make.staff(Role.COORDINATOR), timezone.now()
    lead = invite_lead(employer=northern, email=EMAIL, by=cora, at=now)
    send_due(at=from_by_day(now))
    reader = Person(browser_page(java_script_enabled=scripts), EMAIL)
    reader.opens(link_in(letter_to(EMAIL, "Northern Bridges"), "employer/invitation")).sees("never of one")
    reader.fills_in(full_name="Lea Lead").presses("Say yes").sees("Now sign in")
    reader.fills_in(email=EMAIL).presses("Send me a code")
    reader.fills_in(code=code_in(letter_to(EMAIL, ""))).presses("Continue")
    reader.sees("What people of Northern Bridges give", "405", "Not enough to tell")
    reader.does_not_see("Ada Engineer", "Beckside")
    end_lead(lead=lead, by=cora, at=timezone.now())
    reader.opens("/employer/").does_not_see("Northern Bridges")


@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_are_for_everybody(look, browser_page, northern):
    viewport, theme = look
    options = {"viewport": viewport, "color_scheme": theme}
    ada = make.ambassador(cleared=True, organisation=northern.name)
    words = [make.employer_quote(make.counted_visit(works_for=northern.name), f"Words {n}") for n in range(5)]
    told = {**TOLD, "words": [[each.comment_id, n] for n, each in enumerate(words)]}
    northern.releases.filter(begins_on=make.LAST_TERM.first).update(told=told)
    lead = make.employer_lead(northern)
    assert key_of(ada.organisation) == northern.spellings.get().key
    for user, addresses in (
        (lead.user, ["/employer/"]),
        (ada.user, ["/ambassador/employer/"]),
        (has_an_authenticator(make.staff(Role.COORDINATOR)), ["/employers/", f"/employers/{northern.pk}/"]),
    ):
        person = signs_in(browser_page(**options), user)
        for address in addresses:
            window = person.opens(address).window
            assert (axe_violations(window), overflow(window), small_targets(window)) == ([], 0, [])
            assert (faults_of_structure(window), faults_of_keyboard(window)) == ([], [])
            picture(window, f"employers{address.replace('/', '-')}{theme}-{viewport['width']}")
            window.emulate_media(media="print", color_scheme="light")
            assert faults_of_print(window) == []
            window.emulate_media(media="screen", color_scheme=theme)
