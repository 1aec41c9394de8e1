"""Two presses of leaving in the same instant, and a school that confirms while the person leaves."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from ambassadors.enums import AmbassadorStatus
from ambassadors.models import Ambassador
from bookings.enums import VisitStatus
from bookings.models import Seat, Visit
from stem.letters.models import Letter
from tests import make
from tests.clients import client_of

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clock_stands_still"),
]


def pressed_at_once(*presses) -> list[int]:
    """What each of these meets, all pressed together."""
    together = Barrier(len(presses))

    def press(each) -> int:
        client, address, answers = each
        together.wait()
        try:
            return client.post(address, answers).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return sorted(pool.map(press, presses))


def leaving(person: Ambassador):
    return client_of(person.user), reverse("leave_scheme"), {}


def confirming(visit: Visit):
    names = ("supervising_adult", "supervising_email", "safeguarding_lead", "safeguarding_phone")
    answers = {name: getattr(visit, name) for name in names}
    answers |= {"arrival": "Reception", "access_needs": "None", "outline_agreed": "on"}
    return client_of(visit.request.contact.user), reverse("confirm_visit", args=[visit.pk]), answers


def test_two_presses_leave_once():
    person = make.ambassador(cleared=True)
    visit = make.visit(ambassador=person, status=VisitStatus.CONFIRMED)

    assert max(pressed_at_once(leaving(person), leaving(person))) < 500

    assert [event.kind for event in person.events.all()] == ["leave"]
    assert visit.events.filter(kind="reopen").count() == 1
    assert Letter.objects.filter(fact__endswith="scheme_left").count() == 1


def test_two_who_share_a_visit_leave_at_once_and_neither_waits_for_ever():
    one, other = (make.ambassador(name=name, cleared=True) for name in ("One Leaver", "Other Leaver"))
    visits = []
    for seats_of in ((one, other), (other, one)):
        visit = make.visit(ambassador=seats_of[0], status=VisitStatus.CONFIRMED, seats=2, time=TIMES[len(visits)])
        Seat.objects.filter(visit=visit, ambassador=None).update(status="taken", ambassador=seats_of[1])
        visits.append(visit)

    assert max(pressed_at_once(leaving(one), leaving(other))) < 500

    assert {person.status for person in Ambassador.objects.filter(pk__in=[one.pk, other.pk])} == {AmbassadorStatus.LEFT}
    assert not Seat.objects.filter(status="taken").exists()


@pytest.mark.parametrize("attempt", range(5))
def test_a_school_that_confirms_meanwhile_is_never_left_with_someone_who_has_gone(attempt):
    person = make.ambassador(cleared=True)
    visit = make.visit(ambassador=person, status=VisitStatus.MATCHED)

    assert max(pressed_at_once(leaving(person), confirming(visit))) < 500

    assert (Visit.objects.get(pk=visit.pk).status, visit.seats.get().ambassador) == (VisitStatus.FINDING, None)
    assert Ambassador.objects.get(pk=person.pk).status == AmbassadorStatus.LEFT
    told = Letter.objects.filter(recipient=visit.request.contact.user, fact__endswith="ambassador_withdrew")
    assert told.count() == 1


TIMES = (make.FIRST_TIME, make.SECOND_TIME)
