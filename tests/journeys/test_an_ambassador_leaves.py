"""An ambassador with two visits leaves: both schools are told and the search goes on, in a real browser."""

import pytest
from django.db import transaction
from django.utils import timezone

from bookings import notifications
from bookings.enums import RequestStatus, VisitStatus
from bookings.models import Visit
from stem.accounts.models import User
from stem.letters.choices import unwanted_by
from stem.letters.hours import from_by_day
from stem.letters.post import post
from stem.letters.sending import send_due
from tests import make
from tests.browser import LOOKS, axe_violations, overflow, picture, small_targets
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, Person, a_school_day, letter_to, link_in, signs_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=WITH_AND_WITHOUT_SCRIPTS)
def window(request, browser_page):
    return lambda **options: browser_page(java_script_enabled=request.param, **options)


def a_promised_visit(person, weeks: int) -> Visit:
    start = a_school_day(weeks)
    return make.visit(
        ambassador=person, status=VisitStatus.CONFIRMED, time=(start, start.replace(hour=11)), contact=make.contact()
    )


def test_both_schools_are_told_and_the_search_goes_on(window, outbox):
    person = make.ambassador(name="Lee Leaver", cleared=True)
    visits = [a_promised_visit(person, weeks) for weeks in (5, 7)]
    leaver = signs_in(window(), person.user)

    leaver.opens("/account/").presses("Leave the scheme as an ambassador").sees("2 promised visits are given back")
    leaver.sees("Meet someone who builds bridges", "6 years").chooses(reason="time").presses("Leave the scheme")
    leaver.sees("You have left the scheme")
    send_due(at=from_by_day(timezone.now()))

    for visit in visits:
        visit.refresh_from_db()
        assert visit.status == VisitStatus.FINDING
        teacher = visit.request.contact.user
        told = letter_to(teacher.email, "")
        assert "Lee" not in told.body and "no longer have the time" not in told.body
        signs_in(window(), teacher).opens(link_in(told, "visits")).sees("We began to look again")
    assert "You have left the scheme" in [message.subject for message in outbox if person.user.email in message.to[0]]

    leaver.opens("/account/what-we-hold/profile/").sees("Left", "I no longer have the time")
    leaver.opens("/account/").presses("Close my account").presses("Close my account").sees("Your account is closed")
    assert not User.objects.get(pk=person.user_id).is_active


@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_of_an_account_are_for_everybody(look, browser_page):
    person = make.ambassador(name="Lee Leaver", cleared=True)
    a_promised_visit(person, weeks=5)
    make.contact(user=person.user)
    leaver = signs_in(browser_page(viewport=look[0], color_scheme=look[1]), person.user)
    for name in ("", "letters/", "leave/", "close/", "what-we-hold/", "what-we-hold/vetting/", "what-we-hold/profile/"):
        leaver.opens(f"/account/{name}")
        found = axe_violations(leaver.window), overflow(leaver.window), small_targets(leaver.window)
        assert found == ([], 0, []), name
        picture(leaver.window, f"account {name.replace('/', ' ')}{look[1]}")


def test_the_feed_s_address_is_copied_with_one_press_where_the_browser_can(browser_page):
    page = browser_page(permissions=["clipboard-read", "clipboard-write"])
    teacher = signs_in(page, make.contact().user).opens("/account/")
    page.get_by_role("button", name="Copy the address").click()
    teacher.sees("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#feed-address").inner_text()


def test_without_scripts_there_is_no_button_that_would_do_nothing(browser_page):
    page = browser_page(java_script_enabled=False)
    signs_in(page, make.contact().user).opens("/account/")
    assert not page.get_by_text("Copy the address").is_visible()


def test_a_kind_of_letter_is_stopped_from_its_foot_without_signing_in(window, outbox):
    user = make.user(name="Tess Teacher")
    contact = make.contact(user=user)
    with transaction.atomic():
        request = make.request(contact=contact, status=RequestStatus.SUBMITTED)
        post(notifications.request_received, to=user, due_at=timezone.now(), request_id=request.pk)
    send_due(at=from_by_day(timezone.now()))

    reader = Person(window(), user.email)
    reader.opens(link_in(letter_to(user.email, ""), "letters/stop")).sees("Stop these letters?").presses("Stop them")
    reader.sees("These letters have stopped")
    assert unwanted_by(user) == {"receipts"}
