"""A teacher asks, an ambassador comes, both say how it went: the whole line in a real browser, JavaScript or not."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.models import Commitment, Session, Visit
from quality.models import Concern
from quality.operations.feedback import invite_feedback
from stem.accounts.models import User
from stem.accounts.roles import Role
from stem.letters.hours import from_by_day
from stem.letters.sending import send_due
from tests import make
from tests.journeys.people import (
    WITH_AND_WITHOUT_SCRIPTS,
    Person,
    a_school_day,
    code_in,
    has_an_authenticator,
    invitation_in,
    letter_to,
    link_in,
    signs_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEACHER = "tess@beckside.example"


@pytest.fixture(params=WITH_AND_WITHOUT_SCRIPTS)
def window(request, browser_page, settings):
    """Opens windows; letters leave when the test lets the worker look."""
    settings.BASE_URL = "http://localhost"
    return lambda: browser_page(java_script_enabled=request.param)


def the_worker_looks() -> None:
    """What the worker does each minute."""
    send_due(at=timezone.now())


def a_teacher_joins(window) -> Person:
    teacher = Person(window, TEACHER).opens("/").presses("Join as a teacher")
    if "/join/teacher/" not in window.url:
        teacher.presses("Join as a teacher")
    teacher.fills_in(full_name="Tess Teacher", email=TEACHER, password1="three random words").presses("Continue")

    teacher.fills_in(code=code_in(letter_to(TEACHER, "code"))).presses("Continue")
    teacher.sees("Find your school").fills_in(q="beckside leeds").presses("Search")
    teacher.presses("Beckside Academy").fills_in(job_title="Science teacher", phone="01632 960001")
    return teacher.presses("Ask to act for this school").sees("A coordinator checks")


def the_coordinator_approves_the_teacher(coordinator: Person) -> None:
    coordinator.opens("/").sees("What waits for you", "Tess Teacher").opens("/coordinator/contacts/").presses("Approve")
    the_worker_looks()
    letter_to(TEACHER, "You can now ask for visits")


def the_teacher_asks(teacher: Person) -> None:
    day = a_school_day(weeks=5)
    teacher.opens("/").sees("No requests yet").presses("Ask for a visit")
    teacher.presses("Continue").sees("There is a problem")
    teacher.fills_in(purpose="Meet someone who builds bridges", outcome_1="Name three jobs in civil engineering")
    teacher.presses("Continue").chooses(subject="civil_engineering", stage="ks3")
    teacher.fills_in(year_groups="Year 8", pupils="28").presses("Continue")
    # A draft is kept: she goes home, and comes back to it.
    teacher.opens("/").sees("Drafts", "Meet someone who builds bridges").presses("Meet someone who builds bridges")
    teacher.sees("Check your request", "Before you send it in").opens(teacher.window.url.replace("check", "activity"))
    teacher.chooses(activity="careers_talk", mode="in_person").presses("Continue")
    teacher.fills_in(
        day_1_0=str(day.day), day_1_1=str(day.month), day_1_2=str(day.year), start_1="10am", finish_1="11am"
    )
    teacher.presses("Continue")
    teacher.fills_in(
        supervising_adult="Tess Teacher",
        supervising_email=TEACHER,
        safeguarding_lead="Dee Lead",
        safeguarding_phone="01632 960002",
        arrival="Ask for Tess at reception",
    ).presses("Continue")
    teacher.sees("Check your request", "Meet someone who builds bridges", "28", "Dee Lead").presses("Send it in")
    teacher.sees("Your request is in", "you decide")


def the_coordinator_invites(coordinator: Person) -> None:
    coordinator.opens("/").presses("Meet someone who builds bridges")
    coordinator.sees("Ada Engineer", "Offers exactly this: Civil and structural engineering", "minutes away")
    coordinator.does_not_see("Uncleared Person").presses("Invite").sees("Asked")
    the_worker_looks()


def the_ambassador_says_yes_from_the_letter(window, ambassador: User) -> None:
    letter = letter_to(ambassador.email, "would like someone like you")
    person = Person(window, ambassador.email).opens(link_in(letter, "answer"))
    person.sees("Beckside Academy", "Meet someone who builds bridges", "Name three jobs", "Year 8")
    person.window.locator("input[name='starts_at']").first.check()
    person.presses("Yes, I will come").sees("Beckside Academy")
    the_worker_looks()
    letter_to(ambassador.email, "Thank you for saying yes")
    person.opens(link_in(letter, "answer")).sees("This link has been used")
    person.window.troubles.clear()  # the browser notes a page that is gone on its console


def the_school_accepts(teacher: Person) -> None:
    letter_to(TEACHER, "Someone can come")
    teacher.opens("/").sees("Ada Engineer").presses("See who it is")
    teacher.sees("Bridge engineer, Northern Bridges", "in date on the day: yes").does_not_see("LS1 4AP")
    teacher.presses("Say yes")
    assert teacher.window.locator("[name='safeguarding_lead']").input_value() == "Dee Lead"
    teacher.sees("Name three jobs in civil engineering").window.get_by_label("We agree with this outline").check()
    teacher.fills_in(access_needs="None").presses("Confirm this visit").sees("Confirmed")
    the_worker_looks()


def both_calendars_hold_it(teacher: Person, ambassador: Person) -> str:
    """The invitation by e-mail and the private feed name one and the same entry, for both; its UID."""
    uids = set()
    for person in (teacher, ambassador):
        method, calendar = invitation_in(letter_to(person.email, "Confirmed"))
        [entry] = calendar.walk("VEVENT")
        assert (method, entry["STATUS"], entry["SEQUENCE"]) == ("REQUEST", "CONFIRMED", 1)
        person.opens("/calendar/")
        [path] = set(re.findall(r"/calendar/[^\s<]+\.ics", person.window.locator("main").inner_text()))
        feed = person.window.request.get(path)
        assert feed.headers["content-type"].startswith("text/calendar")
        assert entry["UID"] in feed.text().replace("\r\n ", "")
        uids.add(str(entry["UID"]))
    [uid] = uids
    return uid


def the_day_comes_and_goes() -> None:
    """The visit is moved to yesterday, which is what waiting for it would do; then the worker asks both sides."""
    visit = Visit.objects.get()
    back = timezone.now() - timedelta(days=1) - visit.ends_at
    for rows in (Visit.objects, Session.objects, Commitment.objects):
        for row in rows.all():
            rows.filter(pk=row.pk).update(starts_at=row.starts_at + back, ends_at=row.ends_at + back)
    assert invite_feedback(at=timezone.now()) == 1
    # They are asked while they are at work.
    send_due(at=from_by_day(timezone.now()))


def both_say_how_it_went(window, ambassador: User) -> None:
    person = Person(window(), ambassador.email)
    person.opens(link_in(letter_to(ambassador.email, "How was your visit"), "feedback"))
    person.chooses(A1="as_planned", A3="yes", A11="no").presses("Send").sees("Thank you for telling us")
    teacher = Person(window(), TEACHER).opens(link_in(letter_to(TEACHER, "How did the visit go"), "feedback"))
    teacher.presses("Send").sees("There is a problem")
    teacher.chooses(TF1="as_planned", TF2="yes", T1="5", T9="5", T10="yes", T14="yes")
    teacher.fills_in(T12="Stories from site").presses("Send")
    # She said that something worried her: that is for the safeguarding lead alone, on a page of its own.
    teacher.sees("Tell us of a worry", "call 999").fills_in(
        told_by="Tess Teacher", told_by_role="Teacher in the room", contact="01632 960001", words="A private matter"
    )
    teacher.presses("Send to the safeguarding lead").sees("We have it")
    the_worker_looks()


def the_coordinator_reads_it(coordinator: Person) -> None:
    coordinator.opens("/quality/feedback/").sees("From the school", "From the ambassador")
    coordinator.presses("Beckside Academy")
    coordinator.sees("Did the visit go ahead?", "As planned").does_not_see("A private matter")
    coordinator.presses("Mark as read").sees("Marked as read")
    assert coordinator.window.goto("/safeguarding/").status == 403
    coordinator.window.troubles.clear()  # the browser notes a refused page on its console


def test_a_request_becomes_a_visit_with_feedback(window):
    make.school()
    ambassador = make.ambassador(cleared=True).user
    make.ambassador(name="Uncleared Person", status="active")
    boss = has_an_authenticator(make.staff(Role.COORDINATOR, email="cora@scheme.example", name="Cora Coordinator"))
    lead = has_an_authenticator(make.staff(Role.SAFEGUARDING_LEAD, email="sid@scheme.example", name="Sid Lead"))

    teacher = a_teacher_joins(window())
    coordinator = signs_in(window(), boss)
    the_coordinator_approves_the_teacher(coordinator)
    the_teacher_asks(teacher)
    the_coordinator_invites(coordinator)
    the_ambassador_says_yes_from_the_letter(window(), ambassador)
    the_school_accepts(teacher)
    both_calendars_hold_it(teacher, signs_in(window(), ambassador))
    the_day_comes_and_goes()
    both_say_how_it_went(window, ambassador)
    assert Visit.objects.get().status == "delivered"
    the_coordinator_reads_it(coordinator)

    assert "A private matter" not in letter_to(lead.email, "Something to read today").body
    [told] = [each for each in Concern.objects.all() if each.told.words == "A private matter"]
    signs_in(window(), lead).opens("/").presses(told.reference).sees("A private matter")


def test_an_ambassador_who_cannot_come_says_so_and_the_calendar_lets_go(window):
    day = a_school_day(weeks=5)
    ambassador = make.ambassador(cleared=True)
    visit = make.visit(ambassador=ambassador, status="confirmed", time=(day, day + timedelta(hours=1)))

    person = signs_in(window(), ambassador.user).opens("/").presses(visit.request.purpose).presses("I cannot come")
    button = person.chooses(reason="illness").window.get_by_role("button", name="cannot come")
    with person.window.expect_navigation():
        button.click()
    the_worker_looks()

    method, calendar = invitation_in(letter_to(ambassador.email, "You are no longer going"))
    [entry] = calendar.walk("VEVENT")
    assert (method, entry["UID"], entry["SEQUENCE"]) == ("CANCEL", f"{visit.uid}@visits.rolemodel.example", 1)
    told = letter_to(visit.request.contact.user.email, "different ambassador")
    assert "illness" not in told.body.lower()


def test_a_school_that_cancels_takes_it_out_of_both_calendars(window):
    day = a_school_day(weeks=5)
    ambassador = make.ambassador(cleared=True)
    visit = make.visit(ambassador=ambassador, status="confirmed", time=(day, day + timedelta(hours=1)))
    teacher = visit.request.contact.user

    person = signs_in(window(), teacher).opens("/").presses(visit.request.purpose).presses("Cancel this visit")
    person.chooses(reason="school_event").presses("Cancel this visit").sees("Cancelled")
    the_worker_looks()

    for email in (teacher.email, ambassador.email):
        method, calendar = invitation_in(letter_to(email, "Cancelled"))
        [entry] = calendar.walk("VEVENT")
        assert (method, entry["STATUS"], entry["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
