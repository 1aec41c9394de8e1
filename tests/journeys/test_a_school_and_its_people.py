"""The same person again in a few clicks, and a colleague who joins and takes over: in a real browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from bookings.enums import RequestStatus, VisitStatus
from bookings.models import Request
from schools.enums import PersonKind
from schools.models import Contact
from tests import make
from tests.browser import PHONE, THEMES, axe_violations, overflow
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, Person, a_school_day, signs_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COUNT_CLICKS = """document.addEventListener("click", event => {
    if (event.isTrusted) sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
}, true);"""


@pytest.fixture(params=WITH_AND_WITHOUT_SCRIPTS)
def window(request, browser_page):
    return lambda: browser_page(java_script_enabled=request.param)


def fill_in_a_time(person: Person) -> None:
    day = a_school_day(weeks=6)
    person.fills_in(
        day_1_0=str(day.day), day_1_1=str(day.month), day_1_2=str(day.year), start_1="10am", finish_1="11am"
    )


def a_past_visit():
    contact = make.contact(lead=True)
    make.person(school=contact.school)
    make.person(school=contact.school, kind=PersonKind.SAFEGUARDING)
    end = a_school_day(weeks=-6)
    return make.visit(
        contact=contact,
        ambassador=make.ambassador(cleared=True),
        status=VisitStatus.DELIVERED,
        time=(end - timedelta(hours=1), end),
    )


def clicks(page: Page) -> int:
    return int(page.evaluate("sessionStorage.clicks || 0"))


def test_from_an_earlier_visit_to_a_request_sent_in_takes_at_most_six_clicks(browser_page):
    visit = a_past_visit()
    page = browser_page(viewport=PHONE)
    teacher = signs_in(page, visit.request.contact.user)
    page.context.add_init_script(COUNT_CLICKS)

    teacher.opens("/").presses("Meet someone who builds bridges").presses("Ask for Ada Engineer again")
    fill_in_a_time(teacher)
    teacher.presses("Continue").sees("Ada Engineer again, if it can be arranged").presses("Send it in")
    teacher.sees("Your request is in")

    sent = Request.objects.get(status=RequestStatus.OPEN)
    assert (sent.wanted_again, sent.supervising_adult) == (visit.seats.get().ambassador, "Sam Supervisor")
    assert 0 < clicks(page) <= 6


def test_the_wish_is_dropped_and_a_new_person_at_school_is_named(window):
    visit = a_past_visit()
    teacher = signs_in(window(), visit.request.contact.user)

    teacher.opens("/").presses("Ask for Ada Engineer again")
    fill_in_a_time(teacher)
    teacher.presses("Continue").presses("Ask for anyone who fits instead").does_not_see("Ada Engineer again")
    draft = Request.objects.get(status=RequestStatus.DRAFT)
    teacher.opens(f"/requests/{draft.pk}/people/").chooses(supervising="else")
    teacher.fills_in(supervising_adult="Nora Newcomer", supervising_email="nora@school.example").presses("Continue")
    teacher.sees("Nora Newcomer", "Dee Lead").presses("Send it in").sees("Your request is in")

    teacher.opens("/school/people/").sees("Nora Newcomer", "Sam Supervisor")


def test_a_colleague_is_let_in_by_keyboard_and_takes_over_when_the_lead_leaves(window):
    lead = make.contact(lead=True, user=make.user(name="Lee Leader"))
    make.visit(contact=lead)
    colleague = make.contact(school=lead.school, user=make.user(name="Carol Colleague"), approved=False)
    waiting = signs_in(window(), colleague.user).opens("/").presses("Beckside Academy")
    waiting.sees("Your school’s lead looks now").does_not_see("Lee Leader")

    person = signs_in(window(), lead.user).opens("/").sees("1 colleague asks to join").presses("Look who it is")
    by_keyboard(person.window, "Let in Carol Colleague")
    person.sees("Carol Colleague may act for Beckside Academy now").presses("I am leaving this school")
    person.sees("Meet someone who builds bridges", "Carol Colleague").presses("Leave this school")
    person.sees("Lee Leader no longer acts for Beckside Academy")

    waiting.opens("/").sees("Meet someone who builds bridges").opens("/school/people/").sees("You lead here")
    assert Contact.objects.leading().get() == colleague


def by_keyboard(page: Page, name: str) -> None:
    """Go to the button with the Tab key, as who has no mouse does, and press it with Enter."""
    button = page.get_by_role("button", name=name)
    for _ in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("each => each === document.activeElement"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("theme", THEMES)
def test_choosing_someone_else_shows_where_to_type_them(browser_page, theme):
    visit = a_past_visit()
    draft = make.request(contact=visit.request.contact)
    page = browser_page(viewport=PHONE, color_scheme=theme)
    teacher = signs_in(page, visit.request.contact.user).opens(f"/requests/{draft.pk}/people/")
    typed = page.locator("[name='supervising_adult']")

    assert not typed.is_visible()
    teacher.chooses(supervising="else", safeguarding="else")
    assert typed.is_visible()
    teacher.presses("Continue").sees("There is a problem", "Enter their name.")
    assert (axe_violations(page), overflow(page)) == ([], 0)
