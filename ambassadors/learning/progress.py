"""How far someone has come in a course: what they have read, whether they have passed, and until when that holds."""

from dataclasses import dataclass
from datetime import date

from ambassadors.courses.content import CourseText, Lesson
from ambassadors.courses.marking import needed_of
from ambassadors.enums import Course, RequirementKind
from ambassadors.learning.editions import editions_in_force
from ambassadors.models import Ambassador, CourseEdition, LessonRead, Requirement
from ambassadors.progress import SOON

COURSES = {course.requirement: course for course in Course}


@dataclass(frozen=True)
class CourseProgress:
    """One course as its learner stands in it on a day."""

    course: Course
    edition: CourseEdition
    read: frozenset[str]
    # the day on which what counts now was passed (or recorded by an officer), and the last day on which it counts
    passed_on: date | None = None
    holds_until: date | None = None
    again_by: date | None = None

    @property
    def content(self) -> CourseText:
        """The version in force."""
        return self.edition.content

    @property
    def lessons(self) -> int:
        """How many lessons there are."""
        return len(self.content.lessons)

    @property
    def lessons_read(self) -> int:
        """How many of them have been read."""
        return sum(lesson.slug in self.read for lesson in self.content.lessons)

    @property
    def next_lesson(self) -> Lesson | None:
        """The first that has not been read; None when all have."""
        return next((lesson for lesson in self.content.lessons if lesson.slug not in self.read), None)

    @property
    def needed(self) -> int:
        """How many right answers pass the quiz."""
        return needed_of(len(self.content.quiz))

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to do in this course for now."""
        return self.passed_on is not None and self.again_by is None

    @property
    def is_begun(self) -> bool:
        """Whether some lesson has been read."""
        return self.lessons_read > 0

    @property
    def minutes_left(self) -> int:
        """About how long it still takes."""
        if self.is_done:
            return 0
        unread = sum(lesson.minutes for lesson in self.content.lessons if lesson.slug not in self.read)
        return unread + self.content.quiz_minutes


def courses_progress(ambassador: Ambassador, *, on: date) -> dict[RequirementKind, CourseProgress]:
    """How far this person has come in every course on a day, in three queries for all of them together."""
    editions = editions_in_force()
    read: dict[str, set[tuple[str, int]]] = {}
    for course, lesson, number in LessonRead.objects.filter(ambassador=ambassador).values_list(
        "course", "lesson", "edition"
    ):
        read.setdefault(course, set()).add((lesson, number))
    standing = list(Requirement.objects.counting_on(on).filter(ambassador=ambassador, kind__in=COURSES))
    return {
        kind: _progress(editions[course], read.get(course, set()), [row for row in standing if row.kind == kind], on)
        for kind, course in COURSES.items()
    }


def course_progress(ambassador: Ambassador, kind: RequirementKind, *, on: date) -> CourseProgress:
    """How far this person has come on a day in the course that meets this requirement."""
    return courses_progress(ambassador, on=on)[kind]


def _progress(
    edition: CourseEdition, read: set[tuple[str, int]], standing: list[Requirement], on: date
) -> CourseProgress:
    course = Course(edition.course)
    # What was read before a major change has to be read again.
    lessons = frozenset(lesson for lesson, number in read if number >= edition.counts_from)
    if not standing:
        return CourseProgress(course, edition, lessons)
    best = max(standing, key=lambda row: row.valid_until or date.max)
    until = best.valid_until
    is_ending = until is not None and (
        course is Course.INDUCTION or until - on <= SOON or _is_called_back(edition, until)
    )
    return CourseProgress(course, edition, lessons, best.started_on, until, until if is_ending else None)


def _is_called_back(edition: CourseEdition, until: date) -> bool:
    """Whether this pass ends because of the version in force."""
    return edition.retake_by == until
