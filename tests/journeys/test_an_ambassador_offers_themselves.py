"""An ambassador finds an open request and says that they could do it; a coordinator reads it, and asks them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.enums import OfferStatus, RequestStatus
from bookings.models import Offer
from stem.accounts.roles import Role
from stem.letters.hours import next_gathering
from stem.letters.sending import send_due
from tests import make
from tests.journeys.people import (
    WITH_AND_WITHOUT_SCRIPTS,
    a_school_day,
    has_an_authenticator,
    letter_to,
    link_in,
    signs_in,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_an_ambassador_says_so_and_the_coordinator_asks_them(browser_page, settings, scripts):
    settings.BASE_URL = "http://localhost"
    day = a_school_day(weeks=5)
    tom = make.ambassador(name="Tom Okafor", cleared=True)
    make.ambassador(name="Ada Engineer", cleared=True)
    request = make.request(status=RequestStatus.OPEN, times=((day, day + timedelta(hours=1)),))
    make.visit(request=request)
    cora = has_an_authenticator(make.staff(Role.COORDINATOR, name="Cora Coordinator"))

    ambassador = signs_in(browser_page(java_script_enabled=scripts), tom.user).opens(reverse("open_requests"))
    ambassador.sees("Meet someone who builds bridges", "Offers exactly this").does_not_see("Ada Engineer")
    ambassador.presses("I could do this").sees("Thank you. We have told", "You have said that you could do")
    ambassador.presses("I no longer can").sees("Taken back").presses("I could do this").sees("Thank you")

    send_due(at=next_gathering(timezone.now()))
    letter = letter_to(cora.email, "An ambassador could go to Beckside Academy")
    coordinator = signs_in(browser_page(java_script_enabled=scripts), cora).opens(link_in(letter, "coordinator"))
    coordinator.sees("Says they could do this", "An ambassador said that they could do it")
    asked = coordinator.window.locator(".card", has_text="Says they could do this")
    with coordinator.window.expect_navigation():
        asked.get_by_role("button", name="Invite").click()
    coordinator.sees("Tom Okafor has been asked")

    assert [(offer.ambassador, offer.status) for offer in Offer.objects.all()] == [(tom, OfferStatus.SENT)]
    ambassador.opens(reverse("open_requests")).does_not_see("I could do this")
    ambassador.opens(reverse("ambassador_home")).sees("Waiting for your answer")
