"""Something that was written on a form, and what whoever read it has decided about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from quality.enums import CommentStatus
from quality.models.feedback import Feedback
from quality.querysets import CommentQuerySet
from stem.history import Event


class Comment(models.Model):
    """One answer in words (rule 2.2). The words themselves stand on the form and never change.

    Of what is passed on the form keeps a copy (`shared_words`), with something left out or not.
    """

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="comments")
    code = models.CharField(_("question"), max_length=10)
    status = models.CharField(_("status"), max_length=10, choices=CommentStatus, default=CommentStatus.WAITING)
    # Whoever wrote it wants nobody of the other side to read it (rule N-07).
    is_private = models.BooleanField(default=False)
    # It holds a word for which it is read before others.
    is_urgent = models.BooleanField(default=False)
    # A keyed hash of its words, by which the very same of another form is found (rule G-08); "" of a few words.
    likeness = models.CharField(max_length=64, blank=True, db_index=True)
    # The day by which it is read: where it was held, the day on which it comes back.
    read_by = models.DateField()

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["read_by", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["feedback", "code"], name="comment_once_a_question"),
            models.CheckConstraint(
                condition=~Q(is_private=True, status__in=[CommentStatus.RELEASED, CommentStatus.REDACTED]),
                name="private_comment_stays",
            ),
        ]
        indexes = [models.Index(fields=["status", "read_by"], name="comment_by_status_and_day")]

    def __str__(self) -> str:
        return f"{self.code} of form {self.feedback_id}"

    @property
    def words(self) -> str:
        """As they were written."""
        return str(self.feedback.answers.get(self.code, ""))


class CommentEvent(Event):
    """What was decided about something written, and why."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="events")
