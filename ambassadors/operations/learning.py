"""Learning: lessons read, and a quiz begun, answered and handed in."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ambassadors import permissions
from ambassadors.enums import Course
from ambassadors.learning.editions import edition_in_force, major_change_since
from ambassadors.learning.papers import Paper
from ambassadors.learning.progress import course_progress
from ambassadors.models import Ambassador, LessonRead, QuizAnswer, QuizAttempt
from ambassadors.operations.requirements import fulfil_requirement
from ambassadors.operations.retaking import end_pass
from stem.audit.record import record
from stem.moments import day_of
from stem.rules import Kind, Refusal, refuse

if TYPE_CHECKING:
    from stem.accounts.models import User


@transaction.atomic
def read_lesson(*, ambassador: Ambassador, course: Course, lesson: str, by: "User", at: datetime) -> None:
    """Note that a lesson of the version in force has been read; again is the same as once.

    Refuses with `not_your_profile`, or `no_lesson` when the version in force has none of this name.
    """
    ambassador = _learner(ambassador, by)
    edition = edition_in_force(course)
    if edition.content.lesson(lesson) is None:
        raise refuse(
            "no_lesson", Kind.STATE, _("This lesson is no longer part of the course. Go on with the next one.")
        )
    LessonRead.objects.update_or_create(
        ambassador=ambassador, course=course, lesson=lesson, defaults={"edition": edition.number}
    )


@transaction.atomic
def start_quiz(*, ambassador: Ambassador, course: Course, seed: int, by: "User", at: datetime) -> QuizAttempt:
    """Begin the quiz of the version in force, or go on with the one that is under way, in the version it began with.

    One that nobody need pass any more is put aside for a new one. Refuses with `not_your_profile`, or
    `lessons_first` while there is a lesson to read.
    """
    ambassador = _learner(ambassador, by)
    under_way = ambassador.quiz_attempts.filter(course=course, finished_at=None).first()
    if under_way is not None:
        if _why_over(under_way, at) is None:
            return under_way
        under_way.delete()
    progress = course_progress(ambassador, course.requirement, on=day_of(at))
    if progress.next_lesson is not None:
        raise refuse("lessons_first", Kind.STATE, _("Read the lessons first: the quiz asks about all of them."))
    return QuizAttempt.objects.create(
        ambassador=ambassador, course=course, edition=progress.edition.number, seed=seed, started_at=at
    )


@transaction.atomic
def answer_question(*, attempt: QuizAttempt, place: int, choice: int, by: "User", at: datetime) -> None:
    """Give an answer, or another one, by the places in which the question and its answers were shown.

    Refuses with `not_your_profile`, `handed_in`, `edition_over`, or `choice` when there is no such answer.
    """
    _learner(attempt.ambassador, by)
    attempt = QuizAttempt.objects.locked(attempt)
    _check_open(attempt, at)
    asked = Paper(attempt).at(place)
    if asked is None or not 1 <= choice <= len(asked.order):
        raise refuse("choice", Kind.INPUT, _("Choose one of the answers."))
    QuizAnswer.objects.update_or_create(
        attempt=attempt, question=asked.number, defaults={"choice": asked.order[choice - 1]}
    )


@transaction.atomic
def finish_quiz(*, attempt: QuizAttempt, by: "User", at: datetime) -> list[int]:
    """Hand in the answers: a pass meets the requirement at once. Gives the numbers of the questions missed.

    What was chosen is forgotten; a pass keeps its score and version, and nothing of the tries and lessons before it.
    Refuses with `not_your_profile`, `handed_in`, `edition_over`, or `unanswered` while a question waits.
    """
    ambassador = _learner(attempt.ambassador, by)
    attempt = QuizAttempt.objects.locked(attempt)
    _check_open(attempt, at)
    paper = Paper(attempt)
    if paper.unanswered:
        words = _("Question %(place)d has no answer yet. Answer it, then hand in.")
        raise refuse("unanswered", Kind.STATE, words % {"place": paper.unanswered[0].place})
    missed = paper.missed
    attempt.finished_at, attempt.total, attempt.correct = at, paper.total, paper.total - len(missed)
    attempt.missed = [] if attempt.is_passed else missed
    attempt.save(update_fields=["finished_at", "total", "correct", "missed"])
    attempt.answers.all().delete()
    if attempt.is_passed:
        _pass(ambassador, attempt, by, at)
    record("course.pass" if attempt.is_passed else "course.try", attempt, by=by, at=at)
    return missed


def _pass(ambassador: Ambassador, attempt: QuizAttempt, by: "User", at: datetime) -> None:
    """Put a pass on record, and forget the way to it. The latest pass alone stands for the requirement."""
    course = Course(attempt.course)
    earlier = ambassador.quiz_attempts.filter(course=course).exclude(pk=attempt.pk)
    earlier.update(requirement=None)
    for other in earlier:
        if not other.is_passed:
            other.delete()
    ambassador.lessons_read.filter(course=course).delete()
    attempt.requirement = fulfil_requirement(ambassador=ambassador, kind=course.requirement, by=by, at=at)
    attempt.save(update_fields=["requirement"])
    major = major_change_since(course, attempt.edition)
    if major is not None:
        end_pass(attempt=attempt, edition=major, at=at)


def _learner(ambassador: Ambassador, by: "User") -> Ambassador:
    """The person who learns, held until all is written: two devices take turns. Refuses with `not_your_profile`."""
    ambassador = Ambassador.objects.locked(ambassador)
    permissions.check_may_fulfil(by, ambassador)
    return ambassador


def _check_open(attempt: QuizAttempt, at: datetime) -> None:
    """The quiz can still be answered. Refuses with `handed_in` or `edition_over`."""
    refusal = _why_over(attempt, at)
    if refusal is not None:
        raise refusal


def _why_over(attempt: QuizAttempt, at: datetime) -> Refusal | None:
    """Why a quiz can no longer be answered, or None when it can."""
    if attempt.finished_at is not None:
        return refuse("handed_in", Kind.STATE, _("This quiz has been handed in."))
    major = major_change_since(Course(attempt.course), attempt.edition)
    if major is not None and major.retake_by is not None and major.retake_by <= day_of(at):
        words = _("The course has changed since you began this quiz. Read what is new, and take the quiz again.")
        return refuse("edition_over", Kind.STATE, words)
    return None
