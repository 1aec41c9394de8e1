"""A teacher tells of a worry on a phone; no lead answers; a second deputy breaks the glass; a lead takes it on."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from quality.models import Concern, Suspension
from stem.accounts.roles import Role
from tests import make
from tests.browser import PHONE, axe_violations, overflow, picture, small_targets
from tests.clients import client_of
from tests.journeys.people import Person
from tests.looking import faults_of_structure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOLD = "He asked two of them for their own numbers."


@pytest.fixture
def staff(browser_page, live_server) -> Callable[[Role], Person]:
    """Somebody of the scheme with this role, on a phone."""

    def at_a_phone(role: Role) -> Person:
        user = make.staff(role)
        window = browser_page(viewport=PHONE, reduced_motion="reduce")
        session = client_of(user, second_factor=True).cookies[settings.SESSION_COOKIE_NAME]
        site = live_server.url.replace("127.0.0.1", "localhost")
        window.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])
        return Person(window, user.email)

    return at_a_phone


def looks_right(person: Person, name: str) -> None:
    """The page that is open is one that everybody can use, in either theme."""
    window = person.window
    picture(window, f"worry-{name}")
    assert [*axe_violations(window), *faults_of_structure(window), *small_targets(window)] == []
    window.emulate_media(color_scheme="dark")
    assert (axe_violations(window, ["color-contrast"]), overflow(window)) == ([], 0)
    window.emulate_media(color_scheme="light")


def test_a_worry_is_told_read_in_an_emergency_and_acted_on(browser_page, staff):
    ambassador = make.ambassador(name="Sam Stone", cleared=True)
    make.officer(phone="01632 960777")
    teacher = Person(browser_page(viewport=PHONE, reduced_motion="reduce"), "teacher@school.example").opens(
        reverse("raise_concern")
    )
    teacher.fills_in(told_by="Tess Teacher", told_by_role="Teacher", contact="01632 960001", words=TOLD)
    teacher.presses("Send to the safeguarding lead").sees("We have it")
    worry = Concern.objects.get()

    deputy = staff(Role.SECOND_DEPUTY).opens(reverse("behind_glass")).sees(worry.reference, "Nobody has looked at it")
    deputy.does_not_see(TOLD)
    looks_right(deputy, "behind-glass")
    deputy.presses(worry.reference).sees("Every safeguarding lead has a letter at once")
    looks_right(deputy, "break-glass")
    deputy.presses("Break the glass").sees("There is a problem").does_not_see(TOLD)
    deputy.fills_in(reason="No lead answers, and they visit again at one").presses("Break the glass")
    deputy.sees(TOLD, "01632 960777")
    looks_right(deputy, "read-behind-glass")
    expect(deputy.window.get_by_role("link", name="Say what it is")).to_have_count(0)
    deputy.presses("Write down what was done").fills_in(note="Rang the school's lead at 12").presses("Write it down")

    lead = staff(Role.SAFEGUARDING_LEAD).opens(reverse("concern", args=[worry.pk]))
    lead.sees(TOLD, "Rang the school's lead at 12", "No lead answers")
    lead.presses("Say what it is").chooses(level="harm_threshold", about="else")
    lead.fills_in(person=ambassador.email or ambassador.scheme_number, note="The school rang me").presses(
        "Put it on record"
    )
    lead.sees("Tell this officer by", "01632 960777")
    looks_right(lead, "tell-the-officer")
    assert Suspension.objects.standing().get().ambassador == ambassador
