"""A teacher asks for a visit in Welsh and hopes for more than a subject: in a browser, and each sees their part."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ambassadors.models import OwnAim
from bookings.models import Request
from stem.accounts.roles import Role
from tests import make
from tests.browser import PHONE, axe_violations, overflow
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, Person, a_school_day, has_an_authenticator, signs_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SUITS = "Suits what the school wants pupils to take from the visit"


def looks_right(person: Person, *, scripts: bool) -> None:
    """Nothing lies off the side of a phone, and axe finds nothing, which is a script itself."""
    if scripts:
        assert overflow(person.window) == 0
        assert axe_violations(person.window) == []


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_who_speaks_welsh_is_found_and_who_would_speak_of_it_comes_first(browser_page, scripts):
    make.ambassador(name="Alun Adams", cleared=True, languages=("Welsh",))
    make.ambassador(name="Emma English", cleared=True)
    bethan = make.ambassador(name="Bethan Bowen", cleared=True, languages=("Welsh",))
    day = a_school_day(weeks=5)
    draft = make.request(times=((day, day + timedelta(hours=1)),))
    cora = has_an_authenticator(make.staff(Role.COORDINATOR, name="Cora Coordinator"))

    ambassador = signs_in(browser_page(viewport=PHONE, java_script_enabled=scripts), bethan.user)
    ambassador.opens(reverse("edit_profile")).sees("Seen by you alone", "Nothing in particular")
    ambassador.opens(reverse("my_aims")).chooses(aims="technical_routes")
    looks_right(ambassador, scripts=scripts)
    ambassador.presses("Save").sees("Your profile has been saved.", "My technical route")

    teacher = signs_in(browser_page(viewport=PHONE, java_script_enabled=scripts), draft.contact.user)
    teacher.opens(reverse("edit_request", args=[draft.pk, "purpose"])).chooses(aims="technical_routes")
    looks_right(teacher, scripts=scripts)
    teacher.presses("Continue").opens(reverse("edit_request", args=[draft.pk, "activity"])).chooses(language="Welsh")
    looks_right(teacher, scripts=scripts)
    teacher.presses("Continue").opens(reverse("check_request", args=[draft.pk]))
    teacher.sees("You also hope for", "Hear of technical routes", "Welsh").presses("Send")
    assert Request.objects.get().language == "Welsh"

    coordinator = signs_in(browser_page(java_script_enabled=scripts), cora)
    coordinator.opens(reverse("coordinate_request", args=[draft.pk])).sees("Also hopes for", SUITS, "Welsh")
    coordinator.does_not_see("Emma English")
    names = [each.split("\n")[0] for each in coordinator.window.locator(".card").all_inner_texts()]
    order = [name for text in names for name in ("Bethan Bowen", "Alun Adams") if name in text]
    assert order == ["Bethan Bowen", "Alun Adams"]

    ambassador.opens(reverse("my_aims")).window.locator("input[value='technical_routes']").uncheck()
    ambassador.presses("Save").sees("Nothing in particular")
    assert not OwnAim.objects.exists()
