"""Before the day Tom and the teacher write to each other, say that all is as agreed, and print what they need."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.enums import VisitStatus
from bookings.models import Visit
from stem.letters.links import mint_link
from stem.letters.sending import send_due
from tests import make
from tests.browser import LAPTOP, PHONE, axe_violations, overflow, picture, small_targets
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, letter_to, signs_in
from tests.looking import faults_of_structure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG_ARRIVAL = "Come to the side gate in Beck Lane, not to the main one, and ring. " * 14


def tomorrow() -> tuple[datetime, datetime]:
    start = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return start, start + timedelta(hours=1)


@pytest.fixture
def visit() -> Visit:
    tom = make.ambassador(name="Tom Okafor", cleared=True, phone="07700 900123")
    asked = make.request(
        status="fulfilled",
        purpose="Meet someone who builds bridges and hear how a model becomes a real one " * 2,
        outcome_2="Say what a civil engineer does on an ordinary day, and which subjects they use for it",
        outcome_3="Explain why a bridge of arches carries more than a plank",
        topic="Forces in bridges, arches and beams",
        access_needs="Two wheelchair users, one pupil who needs a quiet corner, and large print for three",
        language="Welsh",
    )
    columns = {"arrival": LONG_ARRIVAL[:1000], "changed_at": make.NOW - timedelta(days=90)}
    return make.visit(request=asked, ambassador=tom, status=VisitStatus.CONFIRMED, time=tomorrow(), **columns)


def looks_right(person, name: str) -> None:
    """Nothing that axe objects to, in light and dark, on a phone and on a laptop."""
    page = person.window
    assert faults_of_structure(page) == []
    # A colour on its way to another has the contrast of neither.
    page.emulate_media(reduced_motion="reduce")
    for width, size in (("phone", PHONE), ("laptop", LAPTOP)):
        page.set_viewport_size(size)
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            picture(page, f"ready-{name}-{width}-{theme}")
            assert (axe_violations(page), overflow(page), small_targets(page)) == ([], 0, [])


def pages_printed(person) -> int:
    """On how many sheets of A4 it prints."""
    pdf = person.window.pdf(format="A4", margin=dict.fromkeys(["top", "bottom", "left", "right"], "12mm"))
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_they_write_and_say_that_all_is_as_agreed(browser_page, visit, scripts):
    page, thread = reverse("visit", args=[visit.pk]), reverse("visit_messages", args=[visit.pk])
    teacher = signs_in(browser_page(java_script_enabled=scripts), visit.request.contact.user).opens(page)
    teacher.presses("Write to the ambassador").sees("A worry about a child never goes here.")
    teacher.fills_in(text="Would you bring the model of the bridge?").presses("Send to the ambassador")
    teacher.sees("Sent.", "You", "Would you bring the model of the bridge?")

    send_due(at=timezone.now() + timedelta(minutes=16))
    tom = visit.seats.get().ambassador.user
    assert "Would you bring the model" in str(letter_to(tom.email, "A message about the visit").body)
    ambassador = signs_in(browser_page(java_script_enabled=scripts), tom).opens(thread)
    ambassador.sees("Tess Teacher, for the school", "Would you bring the model of the bridge?")
    ambassador.fills_in(text="Gladly.").presses("Send to the school").sees("Gladly.")

    ambassador.opens(page).presses("Yes, everything is as agreed").sees("Your side said on")
    teacher.opens(page).does_not_see("Ready")
    teacher.presses("Yes, everything is as agreed").sees("Ready")
    ambassador.opens(page).sees("Ready")


def test_thread_and_pack_look_right_and_the_pack_prints_on_one_sheet(browser_page, visit):
    thread, pack = reverse("visit_messages", args=[visit.pk]), reverse("visit_pack", args=[visit.pk])
    make.message(visit, text="Would you bring the model of the bridge?\n\n" + "abc" * 100)
    people = {"teacher": visit.request.contact.user, "ambassador": visit.seats.get().ambassador.user}
    for who, user in people.items():
        person = signs_in(browser_page(), user)
        for name, address in {"visit": reverse("visit", args=[visit.pk]), "thread": thread, "pack": pack}.items():
            looks_right(person.opens(address), f"{name}-{who}")
        assert pages_printed(person) == 1, who
        if who == "teacher":
            looks_right(person.opens(reverse("visit_reception", args=[visit.pk])), "reception")
            assert pages_printed(person) == 1


def test_what_is_prepared_looks_right(browser_page, visit):
    make.preparation(visit, outline="First a question, then we build a bridge.", outline_at=make.NOW)
    seat = visit.seats.get()
    token = mint_link("reconfirm", make.reconfirmation(seat).pk, expires_at=timezone.now() + timedelta(days=1))
    ambassador = signs_in(browser_page(), seat.ambassador.user)
    for name in ("visit", "write_outline"):
        looks_right(ambassador.opens(reverse(name, args=[visit.pk])), f"{name}-prepared")
    looks_right(ambassador.opens(reverse("reconfirm", args=[token])), "reconfirm")
    looks_right(ambassador.presses("Yes, everything is as agreed"), "reconfirmed")

    teacher = signs_in(browser_page(), visit.request.contact.user)
    looks_right(teacher.opens(reverse("agree_to_outline", args=[visit.pk])), "agree_to_outline")
    teacher.presses("We agree with this outline").sees("We have noted that you agree.")
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.MATCHED)
    looks_right(teacher.opens(reverse("confirm_visit", args=[visit.pk])), "confirm_visit")
