"""How far someone has come in each course, in three queries for both."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambassadors.enums import Course, RequirementKind
from ambassadors.learning.progress import CourseProgress, course_progress, courses_progress
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 12)
INDUCT, SAFEG = RequirementKind.INDUCT, RequirementKind.SAFEG


def of(person, kind=INDUCT) -> CourseProgress:
    return course_progress(person, kind, on=TODAY)


def record(person, kind=INDUCT, *, until=None):
    return make.requirement(person, kind=kind, valid_until=until, recorded_by=make.user())


def test_at_first_everything_is_to_be_read():
    progress = of(make.ambassador())
    assert (progress.lessons_read, progress.lessons, progress.passed_on, progress.is_begun) == (0, 13, None, False)
    assert progress.minutes_left == progress.content.minutes
    assert progress.next_lesson.slug == "role"


def test_what_has_been_read_shortens_what_is_left():
    person = make.ambassador()
    whole = of(person).minutes_left
    make.read_all(person)
    person.lessons_read.exclude(lesson__in=["role", "age"]).delete()

    progress = of(person)

    assert (progress.lessons_read, progress.next_lesson.slug) == (2, "never-alone")
    assert progress.minutes_left == whole - sum(progress.content.lesson(slug).minutes for slug in ("role", "age"))


def test_when_all_is_read_the_quiz_is_left():
    person = make.ambassador()
    make.read_all(person)
    progress = of(person)
    assert (progress.next_lesson, progress.minutes_left) == (None, progress.content.quiz_minutes)


def test_a_pass_without_an_end_is_done():
    person = make.ambassador()
    record(person)
    progress = of(person)
    assert (progress.passed_on, progress.holds_until, progress.is_done, progress.minutes_left) == (
        date(2026, 9, 1),
        None,
        True,
        0,
    )


@pytest.mark.parametrize(
    ("until", "again_by"),
    [
        (date(2029, 8, 31), None),
        (date(2027, 4, 13), None),
        (date(2027, 4, 12), date(2027, 4, 12)),
        (TODAY, TODAY),
    ],
)
def test_a_pass_that_ends_soon_is_to_be_renewed(until, again_by):
    person = make.ambassador()
    record(person, SAFEG, until=until)
    progress = of(person, SAFEG)
    assert (progress.holds_until, progress.again_by, progress.is_done) == (until, again_by, again_by is None)


def test_a_pass_that_is_over_is_none():
    person = make.ambassador()
    record(person, SAFEG, until=date(2027, 1, 11))
    assert of(person, SAFEG).passed_on is None


def test_of_two_passes_the_longer_one_tells():
    person = make.ambassador()
    record(person, until=date(2027, 2, 1))
    record(person)
    assert of(person).is_done


@pytest.mark.parametrize("kind", [INDUCT, SAFEG])
def test_a_pass_that_a_major_change_ends_is_to_be_taken_again_by_that_day(kind):
    person = make.ambassador()
    day = date(2027, 12, 1)
    record(person, kind, until=day)
    make.edition(course=Course.INDUCTION if kind is INDUCT else Course.KEEPING_CHILDREN_SAFE, retake_by=day)
    assert of(person, kind).again_by == day


def test_a_small_change_leaves_what_was_read_and_a_major_one_does_not():
    person = make.ambassador()
    make.read_all(person)
    make.edition(number=2)
    assert of(person).lessons_read == 13
    make.edition(number=3, retake_by=date(2027, 3, 1))
    assert of(person).lessons_read == 0
    make.edition(number=4, counts_from=3)
    assert of(person).lessons_read == 0
    make.read_all(person, Course.KEEPING_CHILDREN_SAFE)
    assert of(person).lessons_read == 0


def test_a_lesson_that_a_small_change_adds_is_to_be_read():
    person = make.ambassador()
    make.edition(number=2, text=make.course_text(lessons=("one", "two")))
    make.read_all(person)
    make.edition(number=3, text=make.course_text(lessons=("one", "three", "two")))
    assert (of(person).lessons_read, of(person).lessons, of(person).next_lesson.slug) == (2, 3, "three")


def test_both_courses_are_known_in_three_queries():
    person = make.ambassador(cleared=True)
    make.edition()
    make.read_all(person)
    with CaptureQueriesContext(connection) as asked:
        found = courses_progress(person, on=TODAY)
        words = [(kind, each.lessons, each.minutes_left, each.is_done) for kind, each in found.items()]
    assert len(asked) == 3
    assert [kind for kind, *_ in words] == [INDUCT, SAFEG]


def test_somebody_else_s_learning_is_not_mine():
    make.read_all(make.ambassador())
    other = make.ambassador()
    record(other)
    person = make.ambassador()
    assert (of(person).lessons_read, of(person).passed_on) == (0, None)
