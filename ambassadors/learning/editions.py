"""The versions of a course: the one that is shipped, and those that the scheme has published since."""

from ambassadors.courses import FIRST, shipped_text
from ambassadors.enums import Course
from ambassadors.models import CourseDraft, CourseEdition


def shipped(course: Course) -> CourseEdition:
    """The first version, which comes with the program and needs no row."""
    return CourseEdition(course=course, number=FIRST, counts_from=FIRST, text=shipped_text(course))


def edition_in_force(course: Course) -> CourseEdition:
    """The version that people learn from now."""
    return CourseEdition.objects.of(course).order_by("-number").first() or shipped(course)


def editions_in_force() -> dict[Course, CourseEdition]:
    """The version of each course that people learn from now, in one query."""
    published = {Course(edition.course): edition for edition in CourseEdition.objects.in_force()}
    return {course: published.get(course) or shipped(course) for course in Course}


def edition_numbered(course: Course, number: int) -> CourseEdition | None:
    """One version, or None where there never was one."""
    if number == FIRST:
        return shipped(course)
    return CourseEdition.objects.of(course).filter(number=number).first()


def editions_of(course: Course) -> list[CourseEdition]:
    """Every version, the latest first."""
    return [*CourseEdition.objects.of(course).select_related("published_by").order_by("-number"), shipped(course)]


def major_change_since(course: Course, number: int) -> CourseEdition | None:
    """The first version after this one that those who passed this one take again, if there is one."""
    later = CourseEdition.objects.of(course).filter(number__gt=number, retake_by__isnull=False)
    return later.order_by("number").first()


def draft_of(course: Course) -> CourseDraft | None:
    """What administrators are writing, if they are."""
    return CourseDraft.objects.filter(course=course).select_related("saved_by").first()


def begun_from(edition: CourseEdition, draft: CourseDraft | None) -> str:
    """What an editor began from, in a word: it is another after every save, publication and discarding."""
    return f"{edition.number}.{draft.pk}.{draft.revision}" if draft else f"{edition.number}"
