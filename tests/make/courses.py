"""What people learn, and how far they have come."""

from datetime import UTC, date, datetime, timedelta

from ambassadors.courses import FIRST, shipped_text
from ambassadors.enums import Course
from ambassadors.learning.editions import edition_in_force, edition_numbered
from ambassadors.models import Ambassador, CourseDraft, CourseEdition, LessonRead, QuizAnswer, QuizAttempt, Requirement
from stem.accounts.roles import Role
from tests.make.accounts import staff

LONG_AGO = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def course_text(*, title: str = "Small course", lessons: tuple[str, ...] = ("one", "two"), questions: int = 5) -> str:
    """A course of short lessons; the first answer to each question is right."""
    answers = "- [x] Right\n- [ ] Wrong\n- [ ] Neither\n> Because it is.\n"
    parts = [f"# {title}\n\nAbout something.\n"]
    parts += [f"## Lesson {name} {{{name}}}\n\nSome words.\n\n### Is {name} so?\n{answers}" for name in lessons]
    parts += ["## Quiz\n"]
    parts += [f"### Question {number}? {{{lessons[number % len(lessons)]}}}\n{answers}" for number in range(questions)]
    return "\n".join(parts)


def course_draft(*, course: Course = Course.KEEPING_CHILDREN_SAFE, text: str | None = None, **columns) -> CourseDraft:
    """What an administrator has written of the next version: so far the first one's words."""
    columns.setdefault("saved_by", staff(Role.ADMINISTRATOR, name="Ann Administrator"))
    return CourseDraft.objects.create(course=course, text=text or shipped_text(course), saved_at=LONG_AGO, **columns)


def edition(
    *,
    course: Course = Course.INDUCTION,
    number: int = 2,
    text: str | None = None,
    retake_by: date | None = None,
    counts_from: int = FIRST,
    **columns,
) -> CourseEdition:
    """A version that the scheme has published; with a day, a major one."""
    columns.setdefault("published_by", staff(Role.ADMINISTRATOR))
    return CourseEdition.objects.create(
        course=course,
        number=number,
        text=text or shipped_text(course),
        note="Clearer words on sessions by video.",
        retake_by=retake_by,
        counts_from=number if retake_by else counts_from,
        published_at=LONG_AGO,
        **columns,
    )


def read_all(ambassador: Ambassador, course: Course = Course.INDUCTION) -> None:
    """This person has read every lesson of the version in force."""
    in_force = edition_in_force(course)
    LessonRead.objects.bulk_create(
        LessonRead(ambassador=ambassador, course=course, lesson=lesson.slug, edition=in_force.number)
        for lesson in in_force.content.lessons
    )


def quiz(
    ambassador: Ambassador,
    *,
    course: Course = Course.INDUCTION,
    number: int = FIRST,
    answered: int = 0,
    wrong: int = 0,
    seed: int = 7,
) -> QuizAttempt:
    """A quiz under way, with so many answers given, the first of them wrong."""
    attempt = QuizAttempt.objects.create(
        ambassador=ambassador, course=course, edition=number, seed=seed, started_at=LONG_AGO
    )
    edition = edition_numbered(course, number)
    for place, question in enumerate(edition.content.quiz[:answered]):
        choice = (question.right + 1) % len(question.choices) if place < wrong else question.right
        QuizAnswer.objects.create(attempt=attempt, question=place, choice=choice)
    return attempt


def failed_quiz(ambassador: Ambassador, *, course: Course = Course.INDUCTION) -> QuizAttempt:
    """A quiz handed in with a third of the answers right."""
    return _finished(ambassador, course, FIRST, correct=5, missed=[0, 1, 2])


def passed_quiz(
    ambassador: Ambassador,
    requirement: Requirement,
    *,
    course: Course = Course.INDUCTION,
    number: int = FIRST,
) -> QuizAttempt:
    """A quiz that was passed, and the requirement that it met."""
    return _finished(ambassador, course, number, correct=15, missed=[], requirement=requirement)


def _finished(ambassador: Ambassador, course: Course, number: int, *, correct: int, **columns) -> QuizAttempt:
    return QuizAttempt.objects.create(
        ambassador=ambassador,
        course=course,
        edition=number,
        seed=7,
        started_at=LONG_AGO,
        finished_at=LONG_AGO + timedelta(minutes=9),
        correct=correct,
        total=15,
        **columns,
    )
