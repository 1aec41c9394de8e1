"""The lessons of a visit: when, with which group, and who of the staff is with them (V-80)."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bookings.enums import RequestStatus, VisitStatus
from bookings.models import Session, Visit
from bookings.operations.lessons import MOST_LESSONS, Lesson, set_lessons
from bookings.operations.visits import confirm_visit
from stem.accounts.roles import Role
from stem.letters.models import Letter
from stem.letters.sending import send_due
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

STARTS = make.FIRST_TIME[0]
ENDS = STARTS + timedelta(hours=3)
HOUR = timedelta(hours=1)


def visit_of_three_hours(*, people: int = 1, **columns) -> Visit:
    request = make.request(status=RequestStatus.FULFILLED, people=people)
    about = {"request": request, "status": VisitStatus.CONFIRMED, "time": (STARTS, ENDS)}
    return make.visit(**{**about, "ambassador": make.ambassador(cleared=True), **columns})


def lesson(begins: float, ends: float, group: str = "8A", adult: str = "") -> Lesson:
    """From so many hours after the visit's start to so many."""
    return Lesson(STARTS + begins * HOUR, STARTS + ends * HOUR, group, adult)


def stands(visit: Visit) -> list[Lesson]:
    return [Lesson(each.starts_at, each.ends_at, each.group, each.supervising_adult) for each in visit.sessions.all()]


def says(visit: Visit, *lessons: Lesson, now: datetime, by=None) -> bool:
    return set_lessons(visit=visit, lessons=lessons, by=by or visit.request.contact.user, at=now)


def codes(visit: Visit, *lessons: Lesson, now: datetime, by=None) -> list[str]:
    before = stands(visit)
    with pytest.raises(Refusal) as refusal:
        says(visit, *lessons, now=now, by=by)
    assert stands(visit) == before
    return refusal.value.codes


def test_each_lesson_has_its_group_and_whoever_is_with_it_and_whoever_comes_is_told_once(now, outbox):
    visit = visit_of_three_hours()
    morning = [lesson(0, 1, "8A", "Nell New"), lesson(1, 2, "8B"), lesson(2, 3, "9C", "Ned Next")]

    assert says(visit, *reversed(morning), now=now)
    assert not says(visit, *morning, now=now + HOUR)
    send_due(at=now + HOUR)

    assert stands(visit) == morning
    assert [each.in_words for each in visit.running_order] == [
        "10am to 11am, 8A, Nell New",
        "11am to midday, 8B",
        "midday to 1pm, 9C, Ned Next",
    ]
    [message] = outbox
    assert message.to == [f"Ada Engineer <{visit.seats.get().ambassador.user.email}>"]
    assert "Lesson: 10am to 11am, 8A, Nell New" in message.body
    [event] = visit.events.all()
    assert (event.kind, event.note, visit.sequence) == ("change_arrangements", "lessons of the day", 0)


def test_before_the_yes_nobody_is_written_to_and_the_letter_of_the_yes_has_them(now, outbox):
    visit = visit_of_three_hours(status=VisitStatus.MATCHED)

    says(visit, lesson(0, 1, "8A"), lesson(2, 3, "8B", "Nell New"), now=now)
    assert not Letter.objects.exists()
    confirm_visit(visit=visit, arrangements=make.arrangements(), by=visit.request.contact.user, at=now)
    send_due(at=now)

    assert all("midday to 1pm, 8B, Nell New" in message.body for message in outbox if "agreed" in message.body)
    assert len(outbox) == 2


def test_one_lesson_of_the_whole_visit_says_nothing_that_the_visit_does_not(now):
    visit = visit_of_three_hours()
    says(visit, lesson(0, 3), now=now)
    assert visit.running_order == []
    says(visit, lesson(0, 3, "8A", "Nell New"), now=now)
    assert [each.supervising_adult for each in visit.running_order] == ["Nell New"]


@pytest.mark.parametrize(
    ("lessons", "code"),
    [
        ([], "lessons"),
        ([lesson(each / 4, (each + 1) / 4) for each in range(MOST_LESSONS + 1)], "lessons"),
        ([lesson(1, 1)], "order"),
        ([lesson(2, 1)], "order"),
        ([lesson(-0.5, 1)], "outside"),
        ([lesson(2, 3.25)], "outside"),
        ([lesson(0, 1), lesson(0.5, 2)], "at_once"),
        ([lesson(0, 1, "8A"), lesson(0, 1, "8B")], "at_once"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(lessons, code, now):
    assert codes(visit_of_three_hours(), *lessons, now=now) == [code]


def test_two_people_may_be_with_two_groups_at_once(now):
    visit = visit_of_three_hours(people=2)
    assert says(visit, lesson(0, 1, "8A"), lesson(0, 1, "8B"), now=now)


@pytest.mark.parametrize("status", [VisitStatus.FINDING, VisitStatus.CANCELLED_BY_SCHOOL, VisitStatus.DELIVERED])
def test_only_a_visit_that_is_prepared_has_lessons_to_set(status, now):
    assert codes(visit_of_three_hours(status=status), lesson(0, 1), now=now) == ["state"]


def test_what_is_over_stays_as_it_was(now):
    assert codes(visit_of_three_hours(), lesson(0, 1), now=ENDS) == ["state"]


def test_nobody_but_the_school_and_its_coordinator_says_them(now):
    visit = visit_of_three_hours()
    for by in (make.contact().user, visit.seats.get().ambassador.user):
        assert codes(visit, lesson(0, 1), now=now, by=by) == ["not_for_school"]
    assert says(visit, lesson(0, 1), lesson(1, 2), now=now, by=make.staff(Role.COORDINATOR))


class AnyLessonsTests(TestCase):
    """Whatever a school says."""

    quarters = st.integers(-2, 14).map(lambda quarter: quarter / 4)
    lessons = st.builds(lesson, quarters, quarters, st.sampled_from(["8A", "8B"]), st.sampled_from(["", "Nell New"]))

    @given(said=st.lists(lessons, max_size=4), people=st.integers(1, 2))
    def test_what_stands_lies_within_the_visit_and_no_one_person_is_in_two(self, said, people):
        visit = visit_of_three_hours(people=people)
        before = stands(visit)
        try:
            says(visit, *said, now=make.NOW)
        except Refusal:
            assert stands(visit) == before
            return
        kept = list(Session.objects.filter(visit=visit).order_by("starts_at", "ends_at"))
        assert len(kept) == len(said)
        assert all(STARTS <= each.starts_at < each.ends_at <= ENDS for each in kept)
        if people == 1:
            assert all(one.ends_at <= other.starts_at for one, other in pairwise(kept))
