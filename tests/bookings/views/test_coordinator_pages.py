"""The coordinator's pages as a browser sees them."""

from datetime import date

import pytest
from django.urls import reverse

from ambassadors.enums import RequirementKind
from bookings.enums import RequestStatus, VisitStatus
from stem.accounts.roles import Role
from tests import make
from tests.browser import THEMES, WIDTHS, axe_violations, overflow, picture, small_targets
from tests.clients import client_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Engineering for a changing climate: bridges, tunnels, flood defences and what it takes to keep them standing"


@pytest.fixture
def addresses() -> dict[str, str]:
    """One of everything, and the pages that show it."""
    contact = make.contact(school=make.school(name="Llanfairpwllgwyngyll Community Primary School"))
    make.contact(approved=False)
    search = make.visit(request=make.request(contact=contact, purpose=LONG, status=RequestStatus.OPEN))
    for number in range(2):
        make.ambassador(name=f"Candidate Number {number}", cleared=True)
    offer = make.offer(visit=search, ambassador=make.ambassador(name="Olu Offered", cleared=True))
    person = make.ambassador(name="Ada Engineer", cleared=True)
    visit = make.visit(contact=contact, ambassador=person, status=VisitStatus.MATCHED)
    make.hold(person, starts_on=date(2026, 11, 1), truth="Away for work")
    applicant = make.ambassador(name="Amina Applicant")
    identity = make.requirement(applicant, kind=RequirementKind.ID, recorded_by=make.user())
    check = make.check(applicant)
    to_read = make.request(contact=contact, status=RequestStatus.SUBMITTED)
    rows = {
        **dict.fromkeys(["coordinator_home", "requests", "visits", "schools", "contacts", "ambassadors", "add_school"]),
        **dict.fromkeys(["coordinate_request", "give_up_request"], search.request_id),
        "answer_for": offer.pk,
        **dict.fromkeys(["visit", "confirm_visit_for_school", "cancel_visit_for_scheme", "settle_visit"], visit.pk),
        "give_up_seat_for": visit.seats.all()[0].pk,
        "school": contact.school_id,
        **dict.fromkeys(["ambassador", "record_requirement", "set_hold"], person.pk),
        "decline_application": applicant.pk,
        "withdraw_requirement": identity.pk,
        **dict.fromkeys(["check", "confirm_check_right", "see_certificate"], check.pk),
    }
    found = {name: reverse(name, args=[pk] if pk else []) for name, pk in rows.items()}
    found["request-to-read"] = reverse("coordinate_request", args=[to_read.pk])
    found["applicant"] = reverse("ambassador", args=[applicant.pk])
    found["nobody-found"] = reverse("ambassadors") + "?q=nobody"
    return found


@pytest.fixture
def window(browser_page):
    """A window in which a coordinator has signed in."""

    def open_window(**options):
        page = browser_page(**options)
        coordinator = make.staff(Role.COORDINATOR, name="Cora Coordinator")
        cookie = client_of(coordinator, second_factor=True).cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "domain": "localhost", "path": "/"}])
        return page

    return open_window


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_each_page_is_accessible_and_nothing_lies_off_its_side(window, addresses, theme, width):
    page = window(color_scheme=theme, viewport=width)
    for name, address in addresses.items():
        page.goto(address)
        picture(page, f"{name}-{width['width']}-{theme}")
        assert (name, axe_violations(page)) == (name, [])
        assert (name, overflow(page), small_targets(page)) == (name, 0, [])


def test_an_invitation_needs_no_script_and_no_mouse(window, addresses):
    page = window(java_script_enabled=False)
    page.goto(addresses["coordinate_request"])
    page.get_by_role("button", name="Invite Candidate Number 0").press("Enter")
    assert page.get_by_text("Candidate Number 0 has been asked").is_visible()
