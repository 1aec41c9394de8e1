"""A teacher watches how many could come while filling in a request, and a visitor asks before joining: in a browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from bookings.models import Search
from stem.accounts.roles import Role
from tests import make
from tests.browser import PHONE, axe_violations, overflow
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, Person, a_school_day, has_an_authenticator, signs_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looks_right(person: Person) -> None:
    """Nothing lies off the side of a phone, and axe finds nothing."""
    assert overflow(person.window) == 0
    assert axe_violations(person.window) == []


def reads(person: Person, words: str) -> None:
    """The line about how many could come says this, as soon as it has been asked for."""
    expect(person.window.locator(".how-many")).to_contain_text(words)


def people(count: int, **columns) -> None:
    for _each in range(count):
        make.ambassador(cleared=True, **columns)


def some_people() -> None:
    """Twelve near by, of whom five have only Mondays; and six who are there online."""
    people(7, stages=("ks3", "ks4"))
    for _each in range(5):
        make.hours(make.ambassador(cleared=True), days=(0,))
    people(6, postcode="TR1 1AA", in_person=False)


def test_the_number_changes_as_a_request_takes_shape(browser_page):
    some_people()
    draft = make.request(times=(), **dict.fromkeys(["subject", "stage", "activity", "mode"], ""))
    teacher = signs_in(browser_page(viewport=PHONE), draft.contact.user)

    teacher.opens(f"/requests/{draft.pk}/class/").sees("Choose a subject, and you see here")
    teacher.chooses(subject="civil_engineering")
    reads(teacher, "At least 10 people could come.")
    teacher.chooses(stage="ks4")
    reads(teacher, "At least 5 people could come.")
    looks_right(teacher)
    teacher.chooses(subject="biology")
    reads(teacher, "Nobody yet, as it stands.")
    teacher.chooses(subject="civil_engineering", stage="ks3").fills_in(year_groups="Year 8", pupils="28")
    teacher.presses("Continue").chooses(activity="careers_talk", mode="online")
    reads(teacher, "At least 15 people could come.")
    teacher.chooses(mode="in_person")
    reads(teacher, "At least 10 people could come.")
    teacher.presses("Continue")
    day = a_school_day(weeks=5).date()
    while day.weekday() == 0:
        day += timedelta(days=1)
    teacher.fills_in(day_1_0=str(day.day), day_1_1=str(day.month), day_1_2=str(day.year), start_1="10am")
    reads(teacher, "At least 5 people could come.")
    looks_right(teacher)


@pytest.mark.slow
def test_without_scripts_the_number_is_that_of_what_was_saved(browser_page):
    some_people()
    draft = make.request(times=())
    teacher = signs_in(browser_page(java_script_enabled=False), draft.contact.user)

    teacher.opens(f"/requests/{draft.pk}/class/").sees("At least 10 people could come.").chooses(stage="ks4")
    teacher.sees("At least 10 people could come.").presses("Continue")
    teacher.sees("What should happen?", "At least 5 people could come.")


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_a_visitor_asks_from_the_front_page_and_the_coordinator_sees_the_cold_spot(browser_page, scripts):
    some_people()
    visitor = Person(browser_page(viewport=PHONE, java_script_enabled=scripts), "")

    visitor.opens("/").presses("See how many").sees("How many could come near you?")
    visitor.presses("See how many").sees("There is a problem")
    visitor.fills_in(district="ls2 9jt").chooses(subject="civil_engineering").presses("See how many")
    visitor.sees("How many could come to LS2?", "10 or more", "15 or more", "We used only the first half")
    if scripts:
        looks_right(visitor)
    visitor.window.reload()
    visitor.fills_in(district="TR1").chooses(subject="biology").presses("See how many").sees("Under 5")
    visitor.presses("Ask for a visit").sees("Make your account")
    assert Search.objects.count() == 2

    coordinator = has_an_authenticator(make.staff(Role.COORDINATOR))
    officer = signs_in(browser_page(java_script_enabled=scripts), coordinator)
    officer.opens("/coordinator/requests/").presses("Cold spots").sees("TR1", "Biology").does_not_see("LS2")
