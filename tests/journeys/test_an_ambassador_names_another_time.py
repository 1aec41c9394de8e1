"""An ambassador could come at another time; the school takes it from its letter, reads who it is, and confirms."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.enums import OfferStatus, RequestStatus, VisitStatus
from bookings.models import Offer, Visit
from stem.letters.sending import send_due
from tests import make
from tests.journeys.people import WITH_AND_WITHOUT_SCRIPTS, Person, a_school_day, letter_to, link_in, signs_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("scripts", WITH_AND_WITHOUT_SCRIPTS)
def test_another_time_is_named_agreed_and_confirmed(browser_page, settings, scripts):
    settings.BASE_URL = "http://localhost"
    day = a_school_day(weeks=5)
    other = day + timedelta(weeks=1)
    tom = make.ambassador(name="Tom Okafor", cleared=True)
    teacher = make.contact(user=make.user(name="Tess Teacher"))
    request = make.request(contact=teacher, status=RequestStatus.OPEN, times=((day, day + HOUR),))
    offer = make.offer(visit=make.visit(request=request), ambassador=tom, lapses_at=timezone.now() + 48 * HOUR)

    ambassador = signs_in(browser_page(java_script_enabled=scripts), tom.user).opens(f"/offers/{offer.pk}/")
    ambassador.window.get_by_text("I could at another time").click()
    ambassador.fills_in(
        day_1_0=str(other.day),
        day_1_1=str(other.month),
        day_1_2=str(other.year),
        start_1="10am",
        words="Any room will do",
    )
    ambassador.presses("Ask the school").sees("You have named another time", "Any room will do")
    assert Offer.objects.get().status == OfferStatus.COUNTERED

    send_due(at=timezone.now())
    letter = letter_to(teacher.user.email, "at another time?")
    assert "Tom" not in letter.body
    school = Person(browser_page(java_script_enabled=scripts), teacher.user.email).opens(
        link_in(letter, "other-times/answer")
    )
    school.sees("An ambassador could come at another time", "Any room will do").does_not_see("Tom Okafor")
    school.presses("Agree").sees("See on the visit’s page who it is")

    visit = Visit.objects.get()
    assert (visit.status, visit.starts_at) == (VisitStatus.MATCHED, other)
    school = signs_in(browser_page(java_script_enabled=scripts), teacher.user).opens(f"/visits/{visit.pk}/")
    school.sees("Tom Okafor")
    send_due(at=timezone.now())
    letter_to(tom.user.email, "can take your time")
    ambassador.opens(f"/visits/{visit.pk}/").sees("The school has the next word")
