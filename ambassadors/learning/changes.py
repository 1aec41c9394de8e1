"""What administrators read about the courses: how each stands, and what a draft would change."""

from dataclasses import dataclass

from django.db.models import Count

from ambassadors.courses.content import CourseText
from ambassadors.enums import Course
from ambassadors.learning.editions import editions_in_force
from ambassadors.models import CourseDraft, CourseEdition, QuizAttempt


@dataclass(frozen=True)
class CourseLine:
    """One course as it stands."""

    course: Course
    edition: CourseEdition
    draft: CourseDraft | None
    passes: int


@dataclass(frozen=True)
class Changes:
    """What is other in a draft, by the titles of lessons."""

    added: list[str]
    changed: list[str]
    removed: list[str]
    quiz_changed: bool

    @property
    def are_none(self) -> bool:
        """Whether the draft says what the version in force says."""
        return not (self.added or self.changed or self.removed or self.quiz_changed)


def course_board() -> list[CourseLine]:
    """Every course with its version, its draft and its passes, in three queries."""
    drafts = {draft.course: draft for draft in CourseDraft.objects.select_related("saved_by")}
    passes = dict(
        QuizAttempt.objects.filter(requirement__isnull=False).values_list("course").annotate(Count("pk")).order_by()
    )
    return [
        CourseLine(course, edition, drafts.get(course), passes.get(course, 0))
        for course, edition in editions_in_force().items()
    ]


def passes_before(course: Course) -> int:
    """How many people have passed this course here, and would take it again after a major change."""
    return QuizAttempt.objects.of(course).filter(requirement__isnull=False).count()


def changes_between(before: CourseText, after: CourseText) -> Changes:
    """What a draft adds, changes and takes away."""
    old = {lesson.slug: lesson for lesson in before.lessons}
    new = {lesson.slug: lesson for lesson in after.lessons}
    return Changes(
        added=[lesson.title for slug, lesson in new.items() if slug not in old],
        changed=[lesson.title for slug, lesson in new.items() if slug in old and lesson != old[slug]],
        removed=[lesson.title for slug, lesson in old.items() if slug not in new],
        quiz_changed=before.quiz != after.quiz,
    )
