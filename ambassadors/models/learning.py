"""What people learn: the versions of a course, and how far each person has come in it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ambassadors.courses.content import CourseText
from ambassadors.courses.marking import is_pass
from ambassadors.courses.reading import read_course
from ambassadors.enums import Course
from ambassadors.following import Joins
from ambassadors.models.ambassador import Ambassador
from ambassadors.models.standing import Requirement
from ambassadors.querysets import CourseDraftQuerySet, CourseEditionQuerySet, QuizAttemptQuerySet


class CourseEdition(models.Model):
    """A version of a course that the scheme has published itself; the first one is shipped with the program.

    Never changed once published: people have passed it.
    """

    course = models.CharField(_("course"), max_length=30, choices=Course)
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"))
    note = models.CharField(_("what has changed"), max_length=200)
    # the earliest version whose passes and reading stand beside this one: itself, after a major change
    counts_from = models.PositiveIntegerField()
    retake_by = models.DateField(_("to be taken again by"), null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects = CourseEditionQuerySet.as_manager()

    class Meta:
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="course_edition_once"),
            models.CheckConstraint(condition=Q(number__gte=2), name="course_edition_after_the_shipped_one"),
            models.CheckConstraint(
                condition=Q(counts_from=F("number"), retake_by__isnull=False)
                | Q(counts_from__lt=F("number"), retake_by__isnull=True),
                name="course_edition_major_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.number}"

    @property
    def content(self) -> CourseText:
        """The lessons and the quiz."""
        return read_course(self.text)

    @property
    def is_major(self) -> bool:
        """Whether those who passed an earlier version take this one as well."""
        return self.retake_by is not None


class CourseDraft(models.Model):
    """The next version of a course, while administrators write it: one at a time."""

    course = models.CharField(_("course"), max_length=30, choices=Course)
    text = models.TextField(_("text"))
    # how often it has been saved: whoever saves says which of these they began from
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    objects = CourseDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course"], name="course_draft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.course}: draft"

    @property
    def content(self) -> CourseText:
        """The lessons and the quiz: a draft is saved only when it is whole."""
        return read_course(self.text)


class LessonRead(models.Model):
    """A lesson that someone has read in a version of a course. Gone once the course is passed."""

    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="lessons_read")
    course = models.CharField(max_length=30, choices=Course)
    lesson = models.CharField(max_length=60)
    # the latest version in which they read it
    edition = models.PositiveIntegerField()

    when_merged = Joins()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ambassador", "course", "lesson"], name="lesson_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.course}/{self.lesson}"


class QuizAttempt(models.Model):
    """One try at the quiz of one version of a course, in an order of its own."""

    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="quiz_attempts")
    course = models.CharField(max_length=30, choices=Course)
    edition = models.PositiveIntegerField()
    seed = models.PositiveIntegerField()
    started_at = models.DateTimeField()

    # the end: a score, and while it is not enough, which questions to look at again
    finished_at = models.DateTimeField(null=True)
    correct = models.PositiveSmallIntegerField(null=True)
    total = models.PositiveSmallIntegerField(null=True)
    missed = models.JSONField(default=list)
    # what a pass put on record
    requirement = models.ForeignKey(Requirement, null=True, on_delete=models.SET_NULL, related_name="+")

    when_merged = Joins()
    objects = QuizAttemptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ambassador", "course"],
                condition=Q(finished_at__isnull=True),
                name="quiz_attempt_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, correct__isnull=True, total__isnull=True)
                | Q(finished_at__isnull=False, correct__isnull=False, total__isnull=False, correct__lte=F("total")),
                name="quiz_attempt_scored_when_finished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.edition}, begun {self.started_at:%Y-%m-%d}"

    @property
    def is_passed(self) -> bool:
        """Whether it was handed in with enough right answers."""
        return self.correct is not None and self.total is not None and is_pass(self.correct, self.total)


class QuizAnswer(models.Model):
    """What someone has chosen so far, by its places in the written order. Gone once the quiz is handed in."""

    attempt = models.ForeignKey(QuizAttempt, on_delete=models.CASCADE, related_name="answers")
    question = models.PositiveSmallIntegerField()
    choice = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "question"], name="quiz_answer_once"),
        ]

    def __str__(self) -> str:
        return f"question {self.question}"
