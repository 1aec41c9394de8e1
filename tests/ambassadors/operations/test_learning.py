"""Lessons read, and a quiz begun, answered in any order, and handed in."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ambassadors.courses.marking import is_pass
from ambassadors.enums import AmbassadorStatus, Course, RequirementKind
from ambassadors.learning.papers import Paper
from ambassadors.models import LessonRead, QuizAnswer, QuizAttempt, Requirement
from ambassadors.operations.learning import answer_question, finish_quiz, read_lesson, start_quiz
from stem.audit.models import Entry
from stem.policy.models import PolicyValue
from stem.rules import Refusal
from tests import make

pytestmark = pytest.mark.django_db

INDUCTION, SAFE = Course.INDUCTION, Course.KEEPING_CHILDREN_SAFE


@pytest.fixture
def learner(db):
    """Someone who has begun to join, and has sent nothing in yet."""
    return make.ambassador(status=AmbassadorStatus.DRAFT)


def begin(learner, at, *, course=INDUCTION, seed=7) -> QuizAttempt:
    return start_quiz(ambassador=learner, course=course, seed=seed, by=learner.user, at=at)


def answer_all(attempt, at, *, wrong: int = 0) -> None:
    """Every question in the order it is asked, the first ones wrongly."""
    for asked in Paper(attempt).questions:
        right = 1 + asked.order.index(asked.question.right)
        choice = right % len(asked.order) + 1 if asked.place <= wrong else right
        answer_question(attempt=attempt, place=asked.place, choice=choice, by=attempt.ambassador.user, at=at)


def hand_in(attempt, at) -> list[int]:
    return finish_quiz(attempt=attempt, by=attempt.ambassador.user, at=at)


def refused(operation, **arguments) -> list[str]:
    with pytest.raises(Refusal) as refusal:
        operation(**arguments)
    return refusal.value.codes


def passed(learner, at, *, course=INDUCTION) -> QuizAttempt:
    make.read_all(learner, course)
    attempt = begin(learner, at, course=course)
    answer_all(attempt, at)
    hand_in(attempt, at)
    attempt.refresh_from_db()
    return attempt


# --- lessons


def test_a_lesson_read_twice_is_read_once(learner, now):
    for _ in range(2):
        read_lesson(ambassador=learner, course=INDUCTION, lesson="role", by=learner.user, at=now)

    assert list(learner.lessons_read.values_list("course", "lesson", "edition")) == [("induction", "role", 1)]


def test_a_lesson_read_again_in_a_later_version_counts_from_there(learner, now):
    read_lesson(ambassador=learner, course=INDUCTION, lesson="role", by=learner.user, at=now)
    make.edition()
    read_lesson(ambassador=learner, course=INDUCTION, lesson="role", by=learner.user, at=now)

    assert learner.lessons_read.get().edition == 2


def test_a_lesson_that_is_no_more_is_refused(learner, now):
    arguments = {"ambassador": learner, "course": INDUCTION, "by": learner.user, "at": now}
    assert refused(read_lesson, lesson="no-such-lesson", **arguments) == ["no_lesson"]
    assert not LessonRead.objects.exists()


def test_nobody_learns_for_somebody_else(learner, now):
    other = make.ambassador()
    attempt = make.quiz(learner, answered=15)
    assert refused(read_lesson, ambassador=learner, course=INDUCTION, lesson="role", by=other.user, at=now) == [
        "not_your_profile"
    ]
    assert refused(start_quiz, ambassador=learner, course=SAFE, seed=1, by=other.user, at=now) == ["not_your_profile"]
    assert refused(answer_question, attempt=attempt, place=1, choice=1, by=other.user, at=now) == ["not_your_profile"]
    assert refused(finish_quiz, attempt=attempt, by=other.user, at=now) == ["not_your_profile"]


# --- beginning


def test_the_quiz_opens_when_every_lesson_has_been_read(learner, now):
    make.read_all(learner)
    learner.lessons_read.filter(lesson="age").delete()
    arguments = {"ambassador": learner, "course": INDUCTION, "seed": 7, "by": learner.user, "at": now}
    assert refused(start_quiz, **arguments) == ["lessons_first"]

    read_lesson(ambassador=learner, course=INDUCTION, lesson="age", by=learner.user, at=now)
    assert start_quiz(**arguments).edition == 1


def test_beginning_twice_goes_on_with_the_one_under_way(learner, now):
    make.read_all(learner)
    assert begin(learner, now, seed=1) == begin(learner, now, seed=2)
    assert QuizAttempt.objects.get().seed == 1


def test_the_database_keeps_one_quiz_at_a_time(learner):
    make.quiz(learner)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.quiz(learner)
    make.quiz(learner, course=SAFE)
    make.quiz(make.ambassador())


def test_a_quiz_goes_on_in_the_version_it_began_with(learner, now):
    make.read_all(learner)
    attempt = begin(learner, now)
    answer_question(attempt=attempt, place=1, choice=1, by=learner.user, at=now)
    make.edition(text=make.course_text(questions=6))

    later = begin(learner, now + timedelta(days=30))

    assert (later, later.edition, Paper(later).total, len(Paper(later).unanswered)) == (attempt, 1, 15, 14)


def test_a_small_change_leaves_what_was_read(learner, now):
    make.read_all(learner)
    make.edition()
    assert begin(learner, now).edition == 2


def test_after_a_major_change_the_lessons_are_read_again(learner, now):
    make.read_all(learner)
    make.edition(retake_by=date(2027, 3, 1))
    assert refused(start_quiz, ambassador=learner, course=INDUCTION, seed=7, by=learner.user, at=now) == [
        "lessons_first"
    ]


# --- answering


def test_the_last_answer_counts(learner, now):
    attempt = make.quiz(learner)
    for choice in (1, 3, 2, 2):
        answer_question(attempt=attempt, place=4, choice=choice, by=learner.user, at=now)

    asked = Paper(attempt).at(4)
    assert (asked.chosen_place, QuizAnswer.objects.count()) == ("2", 1)


@pytest.mark.parametrize(("place", "choice"), [(0, 1), (16, 1), (-1, 1), (1, 0), (1, 5), (1, -1), (1, 10**9)])
def test_an_answer_that_is_not_there_is_refused(learner, now, place, choice):
    attempt = make.quiz(learner)
    assert refused(answer_question, attempt=attempt, place=place, choice=choice, by=learner.user, at=now) == ["choice"]
    assert not QuizAnswer.objects.exists()


def test_the_places_of_answers_tell_nothing_of_how_they_were_written(learner):
    places = {1 + asked.order.index(asked.question.right) for asked in Paper(make.quiz(learner, seed=3)).questions}
    assert places == {1, 2, 3, 4}


# --- handing in


def test_a_quiz_with_a_question_unanswered_is_not_handed_in(learner, now):
    attempt = make.quiz(learner, answered=14)
    waiting = Paper(attempt).unanswered[0].place
    with pytest.raises(Refusal) as refusal:
        hand_in(attempt, now)
    assert refusal.value.told_to() == f"Question {waiting} has no answer yet. Answer it, then hand in."
    attempt.refresh_from_db()
    assert attempt.finished_at is None


@pytest.mark.parametrize(("wrong", "passes"), [(0, True), (3, True), (4, False), (15, False)])
def test_twelve_of_fifteen_pass(learner, now, wrong, passes):
    attempt = make.quiz(learner, answered=15, wrong=wrong)

    missed = hand_in(attempt, now)

    attempt.refresh_from_db()
    assert (attempt.correct, attempt.total, attempt.is_passed, len(missed)) == (15 - wrong, 15, passes, wrong)
    assert Requirement.objects.filter(ambassador=learner, kind=RequirementKind.INDUCT).exists() is passes


def test_a_pass_is_on_record_at_once_by_the_learner_and_for_good(learner, now):
    attempt = passed(learner, now)

    requirement = Requirement.objects.get(ambassador=learner)
    assert (requirement.kind, requirement.started_on, requirement.valid_until, requirement.recorded_by) == (
        RequirementKind.INDUCT,
        date(2027, 1, 12),
        None,
        learner.user,
    )
    assert attempt.requirement == requirement
    assert "course.pass" in Entry.objects.values_list("action", flat=True)


def test_keeping_children_safe_holds_for_as_long_as_the_scheme_says(learner, now):
    passed(learner, now, course=SAFE)
    requirement = Requirement.objects.get(ambassador=learner)
    assert (requirement.kind, requirement.valid_until) == (RequirementKind.SAFEG, date(2030, 1, 11))


def test_how_long_it_holds_is_the_policy_of_its_day(learner, now):
    officer, second = make.user(), make.user()
    PolicyValue.objects.create(
        key="safeguarding_months",
        value=24,
        effective_from=date(2027, 1, 1),
        set_by=officer,
        set_at=now,
        confirmed_by=second,
        confirmed_at=now,
    )
    passed(learner, now, course=SAFE)
    assert Requirement.objects.get(ambassador=learner).valid_until == date(2029, 1, 11)


def test_passing_again_before_it_ends_renews_it_from_that_day(learner, now):
    passed(learner, now, course=SAFE)
    passed(learner, now + timedelta(days=400), course=SAFE)

    held = Requirement.objects.filter(ambassador=learner).order_by("started_on")
    assert [(row.started_on, row.valid_until) for row in held] == [
        (date(2027, 1, 12), date(2030, 1, 11)),
        (date(2028, 2, 16), date(2031, 2, 15)),
    ]
    # The latest pass alone stands for it.
    assert list(learner.quiz_attempts.order_by("pk").values_list("requirement", flat=True)) == [None, held[1].pk]


def test_handing_in_twice_passes_once(learner, now):
    attempt = make.quiz(learner, answered=15)
    hand_in(attempt, now)
    assert refused(finish_quiz, attempt=attempt, by=learner.user, at=now) == ["handed_in"]
    assert refused(answer_question, attempt=attempt, place=1, choice=1, by=learner.user, at=now) == ["handed_in"]
    assert Requirement.objects.filter(ambassador=learner).count() == 1


def test_what_was_chosen_is_forgotten_and_of_a_pass_the_score_alone_remains(learner, now):
    make.failed_quiz(learner)
    make.failed_quiz(learner, course=SAFE)
    make.read_all(learner)
    make.read_all(learner, SAFE)
    attempt = make.quiz(learner, answered=15, wrong=2)

    hand_in(attempt, now)

    assert not QuizAnswer.objects.exists()
    assert list(learner.quiz_attempts.filter(course=INDUCTION).values_list("pk", "correct", "missed")) == [
        (attempt.pk, 13, [])
    ]
    # The other course goes on untouched.
    assert learner.quiz_attempts.filter(course=SAFE).count() == 1
    assert set(learner.lessons_read.values_list("course", flat=True)) == {"keeping-children-safe"}


def test_a_try_that_failed_keeps_which_questions_it_missed_and_not_what_was_chosen(learner, now):
    attempt = make.quiz(learner, answered=15, wrong=5)
    hand_in(attempt, now)
    attempt.refresh_from_db()
    assert (attempt.missed, QuizAnswer.objects.count()) == ([0, 1, 2, 3, 4], 0)


def test_after_a_try_that_failed_another_begins_at_once_in_another_order(learner, now):
    make.read_all(learner)
    first = begin(learner, now, seed=1)
    orders = [asked.number for asked in Paper(first).questions]
    answer_all(first, now, wrong=10)
    hand_in(first, now)

    second = begin(learner, now, seed=2)

    assert second != first
    assert [asked.number for asked in Paper(second).questions] != orders


# --- versions that end


def test_a_quiz_of_an_earlier_version_counts_until_the_day_of_a_major_change(learner, now):
    attempt = make.quiz(learner, answered=15)
    make.edition(retake_by=date(2027, 1, 30))

    hand_in(attempt, now)

    attempt.refresh_from_db()
    assert (attempt.requirement.started_on, attempt.requirement.valid_until) == (date(2027, 1, 12), date(2027, 1, 30))


@pytest.mark.parametrize("day", [date(2027, 1, 12), date(2027, 1, 1)])
def test_a_quiz_of_a_version_that_is_over_is_put_aside(learner, now, day):
    attempt = make.quiz(learner, answered=15)
    make.edition(retake_by=day)
    assert refused(finish_quiz, attempt=attempt, by=learner.user, at=now) == ["edition_over"]
    assert refused(answer_question, attempt=attempt, place=1, choice=1, by=learner.user, at=now) == ["edition_over"]

    make.read_all(learner)
    assert begin(learner, now).edition == 2
    assert not QuizAttempt.objects.filter(pk=attempt.pk).exists()


def test_the_database_refuses_a_score_above_its_questions(learner):
    with pytest.raises(IntegrityError), transaction.atomic():
        QuizAttempt.objects.filter(pk=make.failed_quiz(learner).pk).update(correct=16)


class AnyOrder(TestCase):
    """Whatever order questions are answered in, and however often, the last answers are the score."""

    @given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3)), max_size=15), st.integers(0, 2**31 - 1))
    def test_the_score_is_that_of_the_last_answers(self, given_answers, seed):
        make.edition(text=make.course_text(questions=5))
        attempt = make.quiz(make.ambassador(), number=2, seed=seed)
        at = make.NOW
        answered = {place for place, _choice in given_answers}
        answers = [*given_answers, *((place, 1) for place in range(1, 6) if place not in answered)]
        last = dict(answers)
        for place, choice in answers:
            answer_question(attempt=attempt, place=place, choice=choice, by=attempt.ambassador.user, at=at)
        expected = sum(asked.order[last[asked.place] - 1] == asked.question.right for asked in Paper(attempt).questions)

        hand_in(attempt, at)

        attempt.refresh_from_db()
        assert attempt.correct == expected <= attempt.total == 5
        assert attempt.is_passed is is_pass(expected, 5) is (expected >= 4)
        assert (attempt.requirement is not None) is attempt.is_passed
