"""A visit as calendars see it."""

import pytest

from bookings.calendar import visit_event
from bookings.enums import VisitStatus
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "summary", "calendar_status"),
    [
        (VisitStatus.FINDING, "STEM visit: someone to be found at Beckside Academy", "TENTATIVE"),
        (VisitStatus.MATCHED, "STEM visit: Ada Engineer at Beckside Academy", "TENTATIVE"),
        (VisitStatus.CONFIRMED, "STEM visit: Ada Engineer at Beckside Academy", "CONFIRMED"),
        (VisitStatus.CANCELLED_BY_SCHOOL, "STEM visit: Ada Engineer at Beckside Academy", "CANCELLED"),
    ],
)
def test_nobody_is_named_before_everyone_needed_has_said_yes(status, summary, calendar_status):
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=status, seats=2)

    event = visit_event(visit, url="https://scheme.example/visits/1/")

    assert (event.summary, event.status) == (summary, calendar_status)


def test_an_entry_says_where_and_never_where_someone_lives():
    visit = make.visit(ambassador=make.ambassador(cleared=True, postcode="LS28 6AA"), status=VisitStatus.CONFIRMED)

    event = visit_event(visit, url="https://scheme.example/visits/1/")

    assert event.location == "Beckside Academy, 1 Beck Lane, Leeds, LS2 9JT"
    assert "LS28" not in repr(event)
