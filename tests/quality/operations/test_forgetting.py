"""What was written about a visit is deleted 90 days after it, unless it may be needed to keep children safe."""

from datetime import timedelta

import pytest

from ambassadors.enums import HoldKind
from bookings.enums import VisitStatus
from bookings.models import Message, Visit
from quality.enums import ComplaintStatus, PollStatus
from quality.models import Poll
from quality.operations.forgetting import KEPT_FOR, REMARKS_KEPT_FOR, forget_messages, forget_remarks
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


def test_a_complaint_about_the_visit_keeps_them_until_it_is_closed(visit):
    complaint = make.complaint(visit=visit)
    assert forget_messages(at=visit.ends_at + 4 * KEPT_FOR) == 0
    complaint.delete()
    make.complaint(visit=visit, status=ComplaintStatus.CLOSED)
    assert forget_messages(at=visit.ends_at + 4 * KEPT_FOR) == 1


def test_a_safeguarding_hold_about_who_came_keeps_them_and_another_does_not(visit):
    person = visit.seats.get().ambassador
    hold = make.hold(person, kind=HoldKind.SAFEGUARDING, starts_on=make.FIRST_DAY)
    assert forget_messages(at=visit.ends_at + 2 * KEPT_FOR) == 0
    hold.delete()
    make.hold(person, kind=HoldKind.AWAY, starts_on=make.FIRST_DAY)
    assert forget_messages(at=visit.ends_at + 2 * KEPT_FOR) == 1


# --- practical notes


def notes_of(visit: Visit) -> tuple[str, ...]:
    visit = Visit.objects.select_related("request", "preparation").get(pk=visit.pk)
    prepared, asked = visit.preparation, visit.request
    return (visit.arrival, prepared.access_needs, prepared.joining_link, asked.access_needs, asked.arrival)


@pytest.fixture
def noted():
    asked = make.request(status="fulfilled", access_needs="A ramp", arrival="By the side door")
    person = make.ambassador(cleared=True)
    visit = make.visit(request=asked, ambassador=person, status=VisitStatus.DELIVERED)
    Visit.objects.filter(pk=visit.pk).update(arrival="Ring the bell")
    make.preparation(visit, access_needs="A ramp", joining_link="https://meet.example/1")
    return visit


def test_how_to_arrive_and_what_the_group_needs_go_too_and_who_was_there_stays(noted):
    due = noted.ends_at + KEPT_FOR
    assert forget_messages(at=due) == 0
    assert [forget_messages(at=due + SECOND), forget_messages(at=due + SECOND)] == [1, 0]
    assert notes_of(noted) == ("", "", "", "", "")
    noted.refresh_from_db()
    assert (noted.supervising_adult, noted.request.purpose) == ("Sam Supervisor", "Meet someone who builds bridges")


@pytest.mark.parametrize("status", [VisitStatus.CONFIRMED, VisitStatus.DELIVERED])
def test_what_a_series_says_for_every_meeting_goes_with_its_last(noted, status):
    later = tuple(moment + timedelta(weeks=4) for moment in make.FIRST_TIME)
    person = make.ambassador(cleared=True)
    last = make.visit(request=noted.request, ambassador=person, status=status, number=2, time=later)

    forget_messages(at=noted.ends_at + KEPT_FOR + SECOND)
    assert notes_of(noted) == ("", "", "", "A ramp", "By the side door")

    Visit.objects.filter(pk=last.pk).update(status=VisitStatus.DELIVERED)
    forget_messages(at=last.ends_at + KEPT_FOR + SECOND)
    assert notes_of(noted) == ("", "", "", "", "")


def test_a_worry_keeps_the_notes_as_it_keeps_the_messages(noted):
    make.concern(visit=noted)
    assert forget_messages(at=noted.ends_at + 4 * KEPT_FOR) == 0
    assert "" not in notes_of(noted)


def test_what_is_said_of_a_visit_for_which_somebody_is_still_sought_stays_however_long(noted):
    Visit.objects.filter(pk=noted.pk).update(status=VisitStatus.FINDING, starts_at=None, ends_at=None)
    assert forget_messages(at=make.NOW + 4 * KEPT_FOR) == 0
    assert "" not in notes_of(noted)


class TestWhatPupilsWrote:
    @pytest.fixture
    def remark(self, visit):
        poll = make.poll(visit, status=PollStatus.CLOSED, counts={"P12": {"5": 12}}, handed_in=12)
        return poll.remarks.create(text="Bridges breathe")

    def test_it_goes_half_a_year_after_it_was_told_and_the_counts_stay(self, remark):
        due = remark.poll.closed_at + REMARKS_KEPT_FOR
        assert (forget_remarks(at=due), forget_remarks(at=due + SECOND)) == (0, 1)
        assert Poll.objects.get().counts == {"P12": {"5": 12}}

    def test_a_worry_about_the_visit_keeps_it(self, remark, visit):
        make.concern(visit=visit)
        assert forget_remarks(at=remark.poll.closed_at + 2 * REMARKS_KEPT_FOR) == 0
