"""After a visit the school would rather see somebody else, and Tom rather not go there: neither learns it."""

import pytest
from django.urls import reverse

from bookings.enums import Side, VisitStatus
from bookings.models import KeptApart
from tests import make
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, signs_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_both_say_so_and_take_it_back(browser_page, scripts):
    tom = make.ambassador(name="Tom Okafor", cleared=True)
    visit = make.visit(ambassador=tom, status=VisitStatus.DELIVERED)
    page = reverse("visit", args=[visit.pk])

    teacher = signs_in(browser_page(java_script_enabled=scripts), visit.request.contact.user).opens(page)
    teacher.window.get_by_text("Somebody else than Tom Okafor next time").click()
    teacher.presses("Send us somebody else next time").sees("Next time we send somebody else")

    ambassador = signs_in(browser_page(java_script_enabled=scripts), tom.user).opens(page)
    ambassador.does_not_see("somebody else")
    ambassador.window.get_by_text("Not this school again").click()
    ambassador.presses("I would rather not go to this school again").sees("We do not ask you for this school again")
    assert {told.side for told in KeptApart.objects.all()} == {*Side}

    teacher.opens(page).presses("Ask for Tom Okafor again").sees(
        "Your school asked us to send somebody else next time."
    )
    teacher.presses("Let Tom Okafor come again").sees("They may come again")
    ambassador.presses("Ask me for this school again").sees("We ask you for this school again")
    assert not KeptApart.objects.exists()
