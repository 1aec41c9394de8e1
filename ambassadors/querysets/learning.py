"""Courses, and how people get on with them."""

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef

from ambassadors.enums import Course
from stem.accounts.roles import Role, has_role
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from ambassadors.models import CourseDraft, CourseEdition, QuizAttempt
    from stem.accounts.models import User


class CourseEditionQuerySet(HouseQuerySet["CourseEdition"]):
    """Published versions of courses."""

    def visible_to(self, user: "User") -> Self:
        """What has been published anyone may read who has signed in."""
        return self.all() if user.is_authenticated else self.none()

    def of(self, course: Course) -> Self:
        """The versions of one course."""
        return self.filter(course=course)

    def in_force(self) -> Self:
        """The latest version of each course, of those that the scheme has published itself."""
        later = self.model.objects.filter(course=OuterRef("course"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


class CourseDraftQuerySet(HouseQuerySet["CourseDraft"]):
    """Versions that are being written."""

    def visible_to(self, user: "User") -> Self:
        """Administrators write courses."""
        return self.all() if has_role(user, Role.ADMINISTRATOR) else self.none()

    def of(self, course: Course) -> Self:
        """The draft of one course, if there is one."""
        return self.filter(course=course)

    def held(self) -> Self:
        """These, kept from other writers until the transaction ends, with who saved them."""
        return self.select_for_update(no_key=True, of=("self",)).select_related("saved_by")


class QuizAttemptQuerySet(HouseQuerySet["QuizAttempt"]):
    """Tries at a quiz."""

    def visible_to(self, user: "User") -> Self:
        """One's own: nobody looks over a learner's shoulder."""
        return self.filter(ambassador__user=user)

    def of(self, course: Course) -> Self:
        """Those at the quiz of one course."""
        return self.filter(course=course)

    def under_way(self) -> Self:
        """Those not yet handed in."""
        return self.filter(finished_at__isnull=True)
