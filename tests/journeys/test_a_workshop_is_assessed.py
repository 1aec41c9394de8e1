"""Tom brings a workshop: he writes what could go wrong, the school asks for more, accepts it, and says yes."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.enums import OfferStatus
from bookings.models import Request, RiskAcceptance, Visit
from bookings.operations.offers import accept_offer
from stem.accounts.roles import Role
from stem.letters.sending import send_due
from tests import make
from tests.journeys.people import (
    WITH_AND_WITHOUT_SCRIPTS,
    Person,
    a_school_day,
    has_an_authenticator,
    letter_to,
    signs_in,
)
from tests.journeys.test_both_get_ready import looks_right

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CABBAGE = {
    "name": "Red cabbage indicator",
    "done": "In pairs pupils drop vinegar and soap into red cabbage water, and sort them by colour.",
    "hazards": "Splashes in eyes\nSpills on the floor",
    "who_harmed": "Pupils and staff: sore eyes, slips",
    "controls": "Eye protection for everyone",
    "equipment": "A hotplate, droppers, plastic cups",
    "substances": "Household vinegar, washing-up liquid",
    "first_aid": "Ten minutes of cold water for eyes.",
}


@pytest.fixture
def visit(settings) -> Visit:
    """Tom has just said yes to a workshop at a school whose teacher leads there."""
    settings.BASE_URL = "http://localhost"
    day = a_school_day(weeks=5)
    asked = make.request(
        contact=make.contact(lead=True), status="open", activity="workshop", times=((day, day + timedelta(hours=1)),)
    )
    offer = make.offer(
        visit=make.visit(request=asked),
        ambassador=make.ambassador(name="Tom Okafor", cleared=True),
        status=OfferStatus.SENT,
        made_at=timezone.now(),
        lapses_at=timezone.now() + timedelta(days=2),
    )
    accept_offer(offer=offer, starts_at=day, by=offer.ambassador.user, at=timezone.now())
    return offer.visit


def the_worker_looks() -> None:
    send_due(at=timezone.now())


def follows(person: Person, subject: str) -> Person:
    """Open the page that the letter of this subject names."""
    text = str(letter_to(person.email, subject).body)
    return person.opens(re.search(r"http://localhost(/\S+)", text)[1])


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_a_workshop_is_confirmed_once_its_risks_are_accepted(browser_page, visit, scripts):
    def window():
        return browser_page(java_script_enabled=scripts)

    the_worker_looks()
    page = reverse("visit", args=[visit.pk])
    tom = signs_in(window(), visit.seats.get().ambassador.user)
    teacher = signs_in(window(), visit.request.contact.user).opens(page)
    teacher.presses("Say yes").sees("Tom Okafor has still to write a risk assessment")

    follows(tom, "Please write a risk assessment").sees("Never name a pupil")
    tom.fills_in(**CABBAGE).chooses(residual="medium")
    tom.window.get_by_label("Something of it is plugged into the mains").check()
    tom.presses("Save, and ask the school").sees("Say when the mains equipment was tested last")
    tom.fills_in(tested_on_0="3", tested_on_1="2", tested_on_2="2020")
    tom.window.get_by_label("I have looked each of them up").check()
    tom.presses("Save, and ask the school").sees("The school is asked whether it accepts it.")
    the_worker_looks()

    follows(teacher, "A risk assessment to accept").sees("Splashes in eyes", "Medium", "3 February 2020")
    teacher.presses("Not yet").fills_in(because="Who wipes up what is spilt?").presses("Send it back")
    the_worker_looks()
    follows(tom, "The school asks for more").sees("Who wipes up what is spilt?")
    tom.fills_in(controls="Eye protection for everyone\nI wipe up at once").presses("Save, and ask the school")
    the_worker_looks()

    teacher.opens(page).presses("Accept the risk assessment of Tom Okafor").sees("I wipe up at once", "2, of")
    teacher.presses("Accept it").fills_in(position="Teacher", head_of_department="Dr Hood").presses("We accept it")
    teacher.sees("Accepted, and on record.").presses("Say yes")
    teacher.fills_in(arrival="Ask at reception", access_needs="None")
    teacher.window.get_by_label("We agree with this outline").check()
    teacher.presses("Confirm this visit").sees("Confirmed.")
    tom.opens(reverse("visit_pack", args=[visit.pk])).sees(
        "“Red cabbage indicator”, version 2, accepted by the school."
    )


def test_each_of_its_pages_looks_right(browser_page, visit):
    tom = signs_in(browser_page(), visit.seats.get().ambassador.user)
    make.risk_assessment(visit.seats.get().ambassador, written_at=timezone.now(), name="Bridges of long paper strips")
    address = reverse("write_risk_assessment", args=[visit.pk])
    Request.objects.filter(pk=visit.request_id).update(activity="lesson_link")
    looks_right(tom.opens(address).sees("Do pupils do anything practical?"), "risk-practical")
    Request.objects.filter(pk=visit.request_id).update(activity="workshop")
    looks_right(tom.opens(address).sees("Use one again"), "risk-write")
    looks_right(tom.presses("Save, and ask the school"), "risk-write-errors")
    looks_right(tom.opens(reverse("visit", args=[visit.pk])), "risk-visit-tom")
    row = make.risk_acceptance(visit, residual="high", offered_at=timezone.now())

    teacher = signs_in(browser_page(), visit.request.contact.user)
    looks_right(teacher.opens(reverse("visit", args=[visit.pk])), "risk-visit-teacher")
    looks_right(teacher.presses("Say yes"), "risk-confirm")
    for name in ("risk_assessment", "accept_risk_assessment", "send_back_risk_assessment"):
        looks_right(teacher.opens(reverse(name, args=[row.pk])), name)
    RiskAcceptance.objects.filter(pk=row.pk).update(
        accepted_at=timezone.now(), accepted_by=visit.request.contact.user, position="Headteacher"
    )
    coordinator = signs_in(browser_page(), has_an_authenticator(make.staff(Role.COORDINATOR)))
    looks_right(coordinator.opens(reverse("risk_assessment", args=[row.pk])), "risk-coordinator")
    looks_right(coordinator.opens(reverse("visit", args=[visit.pk])), "risk-visit-coordinator")
