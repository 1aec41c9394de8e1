"""One learner on several devices, and several writers of one course, in the same instant."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from ambassadors.enums import Course
from ambassadors.learning.editions import begun_from, draft_of, edition_in_force
from ambassadors.models import CourseDraft, CourseEdition, QuizAttempt, Requirement
from ambassadors.operations.courses import publish_draft, save_draft
from ambassadors.operations.learning import answer_question, finish_quiz, start_quiz
from stem.accounts.roles import Role
from stem.rules import Refusal
from tests import make

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database of a test is one connection's own"),
    pytest.mark.django_db(transaction=True),
]
CROWD = 4
COURSE = Course.INDUCTION


def all_at_once(act: Callable[[int], object]) -> list[str]:
    """What each of them was answered: the code of a refusal, or that it was done."""
    together = Barrier(CROWD)

    def one(number: int) -> str:
        together.wait()
        try:
            act(number)
        except Refusal as refusal:
            return refusal.codes[0]
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(CROWD) as pool:
        return sorted(pool.map(one, range(CROWD)))


def test_a_quiz_begun_on_several_devices_is_one_quiz(now):
    learner = make.ambassador()
    make.read_all(learner)

    answers = all_at_once(
        lambda seed: start_quiz(ambassador=learner, course=COURSE, seed=seed, by=learner.user, at=now)
    )

    assert answers == ["done"] * CROWD
    assert QuizAttempt.objects.count() == 1


def test_a_question_answered_on_several_devices_has_one_answer(now):
    learner = make.ambassador()
    attempt = make.quiz(learner)

    answers = all_at_once(
        lambda number: answer_question(attempt=attempt, place=1, choice=1 + number % 3, by=learner.user, at=now)
    )

    assert answers == ["done"] * CROWD
    assert attempt.answers.count() == 1


def test_a_quiz_handed_in_on_several_devices_passes_once(now):
    learner = make.ambassador()
    attempt = make.quiz(learner, answered=15)

    answers = all_at_once(lambda _number: finish_quiz(attempt=attempt, by=learner.user, at=now))

    assert answers == ["done"] + ["handed_in"] * (CROWD - 1)
    assert Requirement.objects.filter(ambassador=learner).count() == 1


@pytest.mark.parametrize("has_draft", [False, True])
def test_of_several_who_save_a_draft_one_is_first_and_the_others_are_told(now, has_draft):
    if has_draft:
        make.course_draft(course=COURSE)
    began = begun_from(edition_in_force(COURSE), draft_of(COURSE))
    people = [make.staff(Role.ADMINISTRATOR) for _ in range(CROWD)]

    answers = all_at_once(
        lambda number: save_draft(course=COURSE, text=make.course_text(), began_from=began, by=people[number], at=now)
    )

    assert answers == ["changed_meanwhile"] * (CROWD - 1) + ["done"]
    assert CourseDraft.objects.count() == 1


def test_of_several_who_publish_one_does(now):
    make.course_draft(course=COURSE)
    began = begun_from(edition_in_force(COURSE), draft_of(COURSE))
    people = [make.staff(Role.ADMINISTRATOR) for _ in range(CROWD)]

    answers = all_at_once(
        lambda number: publish_draft(
            course=COURSE, began_from=began, note="New words.", retake_by=None, by=people[number], at=now
        )
    )

    assert answers.count("done") == 1
    assert set(answers) <= {"done", "no_draft", "changed_meanwhile"}
    assert (CourseEdition.objects.count(), CourseDraft.objects.count()) == (1, 0)
