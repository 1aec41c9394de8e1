"""Somebody new would like to watch one first, is asked, and comes along until the school says no; in a browser."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stem.accounts.roles import Role
from stem.letters.sending import send_due
from tests import make
from tests.journeys.people import (
    WITH_AND_WITHOUT_SCRIPTS,
    Person,
    a_school_day,
    has_an_authenticator,
    invitation_in,
    letter_to,
    link_in,
    signs_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=WITH_AND_WITHOUT_SCRIPTS)
def window(request, browser_page, settings):
    """Opens windows; letters leave when the test lets the worker look."""
    settings.BASE_URL = "http://localhost"
    return lambda: browser_page(java_script_enabled=request.param)


def the_worker_looks() -> None:
    send_due(at=timezone.now())


def somebody_new_is_asked(window, visit, nia) -> Person:
    """They say that they would like to watch one first; a coordinator makes room, and asks them."""
    new = signs_in(window(), nia.user).opens("/ambassador/").presses("I would like to watch one first")
    new.sees("Thank you", "I need not watch one first")
    coordinator = signs_in(window(), has_an_authenticator(make.staff(Role.COORDINATOR)))
    coordinator.opens(f"/visits/{visit.pk}/").presses("Make room for one who watches")
    coordinator.sees("Somebody new to come along", "Would like to watch one first")
    coordinator.chooses(person=str(nia.pk)).presses("Ask to come along").sees("has been asked to come along")
    the_worker_looks()
    return new


def they_say_yes(new: Person, visit) -> None:
    """From the link in the letter; then all for the day is theirs, and says beside whom."""
    new.opens(link_in(letter_to(new.email, "Would you like to watch a visit"), "answer"))
    new.sees("Watch a visit at", "beside Ada", "need prepare nothing")
    new.presses("Yes, ").sees("You come along. Thank you!")
    the_worker_looks()
    method, calendar = invitation_in(letter_to(new.email, "Confirmed: "))
    [entry] = calendar.walk("VEVENT")
    place = visit.request.school.name
    assert (method, str(entry["SUMMARY"])) == ("REQUEST", f"STEM visit: beside Ada Engineer at {place}")
    new.opens(f"/visits/{visit.pk}/pack/").sees("You come along to watch", "Beside Ada Engineer")


def test_somebody_new_watches_a_visit_until_the_school_would_rather_not(window):
    day = a_school_day(weeks=5)
    ada = make.ambassador(cleared=True, visits_delivered=9)
    nia = make.ambassador(name="Nia Newcomer", cleared=True)
    visit = make.visit(ambassador=ada, status="confirmed", time=(day, day + timedelta(hours=1)))

    they_say_yes(somebody_new_is_asked(window, visit, nia), visit)

    lead, teacher = signs_in(window(), ada.user), signs_in(window(), visit.request.contact.user)
    lead.opens(link_in(letter_to(lead.email, "comes along to"), "visits"))
    lead.sees("Comes along to watch you", "Nia Newcomer")
    teacher.opens(link_in(letter_to(teacher.email, "comes along to"), "visits"))
    teacher.sees("Comes along to watch", "Nia Newcomer").presses("Nobody to watch, this time…")
    teacher.sees("Nobody to watch, this time?").presses("Not this time").sees("does not come along; your visit stays")
    the_worker_looks()

    letter_to(nia.user.email, "Plans have changed")
    letter_to(ada.user.email, "Nobody comes along to watch")
    visit.refresh_from_db()
    assert (visit.status, visit.starts_at, visit.sequence) == ("confirmed", day, 0)
    lead.opens(f"/visits/{visit.pk}/").sees("Confirmed").does_not_see("Nia Newcomer")
