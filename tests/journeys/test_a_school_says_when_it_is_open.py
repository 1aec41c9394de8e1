"""A teacher tells of an INSET day, is refused it on the request form, and says why then all the same: in a browser."""

from datetime import date

import pytest

from bookings.models import PossibleTime
from schools.enums import TermsFrom
from schools.queries.school_time import school_time
from schools.terms.years import school_year
from stem.accounts.roles import Role
from tests import make
from tests.browser import PHONE, axe_violations, overflow
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, Person, a_school_day, has_an_authenticator, signs_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looks_right(person: Person) -> Person:
    """Nothing lies off the side of a phone, and axe finds nothing."""
    assert overflow(person.window) == 0
    assert axe_violations(person.window) == []
    return person


def types_a_day(person: Person, name: str, day: date) -> Person:
    """Day, month and year."""
    return person.fills_in(**{f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)})


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_an_inset_day_is_told_refused_and_asked_for_all_the_same(browser_page, scripts):
    contact = make.contact(lead=True)
    make.period(contact.school)
    draft, day = make.request(contact=contact, times=()), a_school_day(weeks=5).date()
    window = browser_page(viewport=PHONE, java_script_enabled=scripts, color_scheme="dark")
    teacher = signs_in(window, contact.user)

    teacher.opens("/").presses("When we are open").sees("please check them")
    teacher.presses("Add an INSET day or a closure").chooses(kind="inset")
    types_a_day(teacher, "first_day", day).presses("Add it").sees("Noted: no visit is asked for then.")

    teacher.opens(f"/requests/{draft.pk}/times/").chooses(period_1="0")
    types_a_day(teacher, "day_1", day).presses("Continue").sees("is an INSET day", "Why then all the same?")
    if scripts:
        looks_right(teacher)
    teacher.fills_in(all_the_same="Our science week").presses("Continue")
    teacher.opens(f"/requests/{draft.pk}/check/").sees("all the same: Our science week").presses("Send it in")
    teacher.sees("Your request is in")

    assert [(each.all_the_same, each.starts_at.date()) for each in PossibleTime.objects.all()] == [
        ("Our science week", day)
    ]


def test_an_officer_sends_an_authority_s_file_and_its_school_goes_by_it(browser_page):
    school = make.school(authority="Leeds")
    year = school_year(a_school_day(weeks=0).date(), school.nation)
    file = "\r\n".join(
        [
            *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", "BEGIN:VEVENT", "UID:1@x", "SUMMARY:Autumn term"),
            *(f"DTSTART;VALUE=DATE:{year}0903", f"DTEND;VALUE=DATE:{year}1218", "END:VEVENT", "END:VCALENDAR", ""),
        ]
    )
    window = browser_page(viewport=PHONE)
    officer = signs_in(window, has_an_authenticator(make.staff(Role.COORDINATOR)))

    officer.opens("/staff/term-dates/").sees("No dates yet").presses("Add dates").chooses(whose="england/Leeds")
    content = {"name": "leeds.ics", "mimeType": "text/calendar", "buffer": file.encode()}
    officer.window.locator("[name=file]").set_input_files(content)
    looks_right(officer).presses("See what would change").sees("Nothing has changed yet.", "Autumn term")
    looks_right(officer).presses("Take these dates up").sees("These are the dates of Leeds now.")

    looks_right(officer)
    assert school_time(school).year(year).source is TermsFrom.AUTHORITY
