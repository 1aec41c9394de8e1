"""A teacher needs another day, the ambassador agrees, and both calendars show it; in a real browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from bookings.models import Visit
from stem.letters.sending import send_due
from tests import make
from tests.journeys.people import (
    WITH_AND_WITHOUT_SCRIPTS,
    Person,
    a_school_day,
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


def the_feed_shows(person: Person, visit: Visit) -> None:
    """The private feed has the very entry of the letter, at the new time."""
    person.opens("/calendar/")
    [path] = set(re.findall(r"/calendar/[^\s<]+\.ics", person.window.locator("main").inner_text()))
    entries = Calendar.from_ical(person.window.request.get(path).text()).walk("VEVENT")
    told = [(entry["UID"], entry["SEQUENCE"], entry.decoded("DTSTART")) for entry in entries]
    assert told == [(f"{visit.uid}@visits.rolemodel.example", 1, visit.starts_at)]


def test_a_teacher_needs_another_day_and_the_ambassador_agrees(window):
    day = a_school_day(weeks=5)
    later = day + timedelta(days=1)
    visit = make.visit(
        ambassador=make.ambassador(cleared=True), status="confirmed", time=(day, day + timedelta(hours=1))
    )
    ambassador = visit.seats.get().ambassador.user
    teacher = signs_in(window(), visit.request.contact.user)

    teacher.opens("/").presses(visit.request.purpose).presses("Propose another time")
    teacher.fills_in(day_0=str(later.day), day_1=str(later.month), day_2=str(later.year), start="2pm", finish="3pm")
    teacher.fills_in(words="The hall is taken that day.").chooses(reason="school_event").presses("Ask the others")
    teacher.sees("You have proposed another time", "Waits for Ada Engineer")
    the_worker_looks()

    letter = letter_to(ambassador.email, "proposes another time")
    person = signs_in(window(), ambassador).opens("/").sees("Another time is proposed")
    person.opens(link_in(letter, "proposals")).sees("Beckside Academy proposes another time", "The hall is taken")
    person.chooses(answer="yes").presses("Send the answer").sees("Thank you", "2pm to 3pm")
    the_worker_looks()

    visit.refresh_from_db()
    assert timezone.localtime(visit.starts_at).date() == later.date()
    for each in (teacher, person):
        method, calendar = invitation_in(letter_to(each.email, "Moved: "))
        [entry] = calendar.walk("VEVENT")
        assert (method, entry["SEQUENCE"], entry.decoded("DTSTART")) == ("REQUEST", 1, visit.starts_at)
        the_feed_shows(each, visit)
    teacher.opens(f"/visits/{visit.pk}/").sees("2pm to 3pm", "Moved to another time, as everyone agreed")
