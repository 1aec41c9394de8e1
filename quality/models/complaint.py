"""A complaint about the scheme, apart from worries and from ratings, and encrypted."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from bookings.models import Visit
from quality.complaint_querysets import READ_FOR, SALT, ComplaintQuerySet
from quality.enums import ComplaintOutcome, ComplaintStatus, ConcernLevel
from quality.models.concern import Concern
from stem.encryption import decrypted, encrypted
from stem.history import Event
from stem.nations import Nation

# Where somebody has looked into it and said what they found.
ANSWERED = (ComplaintStatus.RESPONDED, ComplaintStatus.APPEALED)


@dataclass(frozen=True)
class Complained:
    """What somebody complains of, in their own words, how to reach them, and what they would like to happen."""

    name: str
    words: str
    email: str = ""
    phone: str = ""
    about: str = ""
    wants: str = ""

    def sealed(self) -> bytes:
        """The same, encrypted: whoever has only the database reads nothing of it."""
        return encrypted(json.dumps(asdict(self)))


class Complaint(models.Model):
    """What somebody complained of, and what became of it (rule 2.9).

    `due_on` is the day of whatever comes next: until then we say that we have it, or answer, or they ask for another
    look. It is None while a safeguarding lead comes first, and once it is over.
    """

    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="+")
    # The worry that comes first, or that turned out to be no safeguarding matter.
    concern = models.OneToOneField(Concern, null=True, on_delete=models.PROTECT, related_name="complaint")
    status = models.CharField(_("status"), max_length=20, choices=ComplaintStatus, default=ComplaintStatus.RECEIVED)

    # complained
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    account = models.BinaryField()  # encrypted
    is_about_data = models.BooleanField(_("about personal data"), default=False)

    # looked into
    answer_by = models.DateField(_("to be answered by"), null=True)
    due_on = models.DateField(_("due on"), null=True)
    complained_of = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    # said before, with nothing new: two people say so
    repeat_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    repeat_second = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    # answered
    finding = models.CharField(_("outcome"), max_length=20, choices=ComplaintOutcome, blank=True)
    answer = models.BinaryField(null=True)  # encrypted
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    # looked at again
    appeal = models.BinaryField(null=True)  # encrypted
    appealed_at = models.DateTimeField(null=True)
    second_finding = models.CharField(_("outcome of another look"), max_length=20, choices=ComplaintOutcome, blank=True)
    second_answer = models.BinaryField(null=True)  # encrypted
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    closed_at = models.DateTimeField(null=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=ComplaintStatus.CLOSED, closed_at__isnull=False) & ~Q(finding="")
                | ~Q(status=ComplaintStatus.CLOSED) & Q(closed_at__isnull=True),
                name="closed_complaint_has_its_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=ANSWERED)
                | Q(answered_by__isnull=False, answered_at__isnull=False, answer__isnull=False) & ~Q(finding=""),
                name="answered_complaint_has_its_answer",
            ),
            models.CheckConstraint(
                condition=Q(repeat_second__isnull=True) | Q(repeat_by__isnull=False) & ~Q(repeat_second=F("repeat_by")),
                name="complaint_said_before_by_two",
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | Q(answered_by__isnull=False) & ~Q(second_by=F("answered_by")),
                name="complaint_looked_at_again_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status=ComplaintStatus.WAITING) | Q(concern__isnull=False),
                name="complaint_waits_for_a_worry",
            ),
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="complaint_by_status_and_day")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people quote on the telephone; it tells nothing."""
        return f"K{self.pk:05d}"

    @property
    def key(self) -> str:
        """What makes the address of its private page: nobody guesses it, and it needs no sign-in."""
        return signing.dumps(self.pk, salt=SALT)

    @property
    def read_until(self) -> datetime | None:
        """Until when its private address opens it, once it is closed."""
        return self.closed_at and self.closed_at + READ_FOR

    @property
    def nation(self) -> Nation:
        """Whose working days count: those of the visit's school, or England's."""
        return Nation(self.visit.request.school.nation) if self.visit is not None else Nation.ENG

    @property
    def is_theirs_to_read(self) -> bool:
        """Whether those who handle complaints may read it: not what is, or may be, a safeguarding matter (C-02)."""
        return self.concern is None or self.concern.level == ConcernLevel.NOT_SAFEGUARDING

    @cached_property
    def said(self) -> Complained:
        """What they complained of, as they said it."""
        return Complained(**json.loads(decrypted(bytes(self.account))))

    @property
    def reached_at(self) -> str:
        """Their e-mail address, if they gave one or were signed in."""
        return self.said.email or (self.raised_by.email if self.raised_by is not None else "")

    @property
    def answer_words(self) -> str:
        """What they were answered."""
        return _words(self.answer)

    @property
    def appeal_words(self) -> str:
        """Why they asked for another look."""
        return _words(self.appeal)

    @property
    def second_words(self) -> str:
        """What they were answered after it."""
        return _words(self.second_answer)


class ComplaintEvent(Event):
    """What was done about a complaint; in what words is encrypted."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="events")
    sealed_note = models.BinaryField(null=True)  # encrypted

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.note:
            self.sealed_note, self.note = encrypted(self.note), ""
        super().save(*args, **kwargs)

    @property
    def words(self) -> str:
        """What was written down."""
        return _words(self.sealed_note)


def _words(sealed: Any) -> str:
    return decrypted(bytes(sealed)) if sealed is not None else ""
