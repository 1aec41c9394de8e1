"""What was written about a visit is deleted 90 days after it, unless it may be needed to keep children safe."""

from datetime import timedelta

import pytest

from ambassadors.enums import HoldKind
from bookings.enums import VisitStatus
from bookings.models import Message, Visit
from quality.operations.forgetting import KEPT_FOR, forget_messages
from stem.audit.models import Entry
from tests import make

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def visit():
    visit = make.visit(ambassador=make.ambassador(cleared=True), status=VisitStatus.DELIVERED)
    make.message(visit)
    return visit


def test_after_90_days_and_not_before(visit):
    due = visit.ends_at + KEPT_FOR
    assert (forget_messages(at=due), Message.objects.count()) == (0, 1)
    assert (forget_messages(at=due + SECOND), Message.objects.count()) == (1, 0)
    assert forget_messages(at=due + SECOND) == 0
    assert Entry.objects.filter(action="visit.forget_messages").count() == 1


def test_of_a_visit_without_a_time_since_it_last_changed(visit):
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.UNFILLED, starts_at=None, ends_at=None)
    assert forget_messages(at=make.NOW + KEPT_FOR) == 0
    assert forget_messages(at=make.NOW + KEPT_FOR + SECOND) == 1


def test_a_worry_about_the_visit_keeps_them(visit):
    make.concern(visit=visit)
    assert forget_messages(at=visit.ends_at + 4 * KEPT_FOR) == 0


def test_a_safeguarding_hold_about_who_came_keeps_them_and_another_does_not(visit):
    person = visit.seats.get().ambassador
    hold = make.hold(person, kind=HoldKind.SAFEGUARDING, starts_on=make.FIRST_DAY)
    assert forget_messages(at=visit.ends_at + 2 * KEPT_FOR) == 0
    hold.delete()
    make.hold(person, kind=HoldKind.AWAY, starts_on=make.FIRST_DAY)
    assert forget_messages(at=visit.ends_at + 2 * KEPT_FOR) == 1
