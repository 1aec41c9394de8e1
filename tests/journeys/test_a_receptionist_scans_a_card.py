"""A school prints the card of who comes, and on the day reception's phone opens what the code on it says."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ambassadors.enums import HoldKind
from bookings.enums import VisitStatus
from bookings.models import Visit
from bookings.operations.standing import hold_back
from bookings.qr_codes import draw_qr_code
from stem.accounts.roles import Role
from stem.moments import day_of
from tests import make
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, Person, signs_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ONE_A4 = 1123  # the height of the paper in pixels, at 96 to the inch


@pytest.fixture(params=WITH_AND_WITHOUT_SCRIPTS)
def window(request, browser_page):
    """Opens windows, of a computer or of a phone."""
    return lambda **like: browser_page(java_script_enabled=request.param, **like)


def a_visit_today() -> Visit:
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    person = make.ambassador(cleared=True, scheme_number="A000007")
    make.photo(person)
    contact = make.contact()
    return make.visit(
        contact=contact, ambassador=person, status=VisitStatus.CONFIRMED, time=(noon, noon + timedelta(hours=1))
    )


def address_in(window: Page) -> str:
    """What the code on the page says: the page names the address, and its drawing is that address's."""
    path = window.get_by_role("link", name="See what reception sees").get_attribute("href")
    drawn = window.locator(".qr-dark").get_attribute("d")
    assert path is not None and drawn == draw_qr_code(f"http://localhost{path}").path
    return path


def test_a_school_prints_the_card_and_reception_scans_it(window, settings):
    settings.BASE_URL = "http://localhost"
    visit = a_visit_today()
    teacher = signs_in(window(), visit.request.contact.user)
    teacher.opens(f"/visits/{visit.pk}/").presses("Card for reception").sees(
        "Ada Engineer", "A000007", "Enhanced check in date on"
    )
    scanned = address_in(teacher.window)
    fits_on_one_page(teacher.window)

    reception = Person(window(viewport={"width": 320, "height": 640}), "nobody's").opens(scanned)
    reception.sees("Cleared for this visit: yes", "Ada Engineer", "Beckside Academy")
    reception.does_not_see("A000007", "Enhanced", "Sign in")
    shows_the_face(reception.window)
    assert reception.window.evaluate("document.documentElement.scrollWidth") <= 320

    hold_back(
        ambassador=visit.seats.get().ambassador,
        kind=HoldKind.SAFEGUARDING,
        truth="A complaint",
        starts_on=day_of(timezone.now()),
        by=make.staff(Role.SAFEGUARDING_LEAD),
        at=timezone.now(),
    )
    reception.opens(scanned).sees("Please ask us").does_not_see("Ada Engineer", "Beckside Academy")


def fits_on_one_page(window: Page) -> None:
    """Printed, the card and its code stand on one sheet, without menus and buttons."""
    window.emulate_media(media="print")
    window.set_viewport_size({"width": 794, "height": ONE_A4})
    assert window.evaluate("document.documentElement.scrollHeight") <= ONE_A4
    expect(window.locator(".qr-code")).to_be_visible()
    expect(window.locator(".site-header")).to_be_hidden()
    expect(window.get_by_text(re.compile("See what reception sees"))).to_be_hidden()


def shows_the_face(window: Page) -> None:
    """The photo has come through the same address, and is a picture."""
    expect(window.get_by_alt_text("Photo of Ada Engineer")).to_be_visible()
    assert window.evaluate("document.querySelector('img.photo').naturalWidth") > 0
