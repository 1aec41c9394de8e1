"""What a class says of a visit: counted as it comes in, and never kept answer by answer (rule 2.8)."""

from datetime import date, datetime, timedelta
from math import ceil

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.models import Visit
from quality.enums import PollStatus
from quality.instruments import BY_HANDS
from quality.querysets import PollQuerySet, RemarkQuerySet
from stem.history import Event
from stem.moments import day_of

LONGEST_CODE, LONGEST_REMARK = 8, 1000
# So many more than were planned may answer (rule G-10).
SPARE = 1.1


class Poll(models.Model):
    """One visit's class: the code by which it answers, until when, and how many gave which answer.

    `counts` holds for each question how often each answer was given. Who gave two answers together is kept nowhere, so
    nobody is found again by an unusual sheet.
    """

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(_("instrument"), max_length=30)
    code = models.CharField(_("code"), max_length=LONGEST_CODE, unique=True)
    status = models.CharField(_("status"), max_length=10, choices=PollStatus, default=PollStatus.OPEN)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # How many were expected when the code was made; the teacher's form may know better.
    planned = models.PositiveSmallIntegerField(null=True)
    handed_in = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    # Of too few to be told of alone: the last poll of those that are told of together with it, once there are enough.
    told_with = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="poll_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(status__in=[PollStatus.OPEN, PollStatus.VOID], closed_at__isnull=True)
                | Q(status__in=[PollStatus.CLOSED, PollStatus.LEFT_OUT], closed_at__isnull=False),
                name="closed_poll_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["status", "closes_at"], name="poll_by_status_and_end")]

    def __str__(self) -> str:
        return f"Poll on visit {self.visit_id}"

    @property
    def code_in_words(self) -> str:
        """The code as people read it from a board: in two halves."""
        half = LONGEST_CODE // 2
        return f"{self.code[:half]} {self.code[half:]}"

    @property
    def last_day(self) -> date:
        """The day at whose end it closes."""
        return day_of(self.closes_at - timedelta(seconds=1))

    @property
    def is_by_hands(self) -> bool:
        """Whether the teacher counts hands, and nobody needs the code."""
        return self.instrument == BY_HANDS

    def may_answer(self, counted: int | None) -> int:
        """How many may answer (rule G-10): as many as the teacher counted, or as were planned and a tenth more."""
        return counted or ceil(round((self.planned or 0) * SPARE, 6))

    def is_open(self, at: datetime) -> bool:
        """Whether answers are taken at this moment."""
        return self.status == PollStatus.OPEN and self.opens_at <= at < self.closes_at


class PollEvent(Event):
    """What happened to a poll."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="events")


class Slip(models.Model):
    """That a sheet was handed in, by the number that its page carried: pressed twice, it counts once.

    It says neither what was answered nor when, belongs to no device, and goes when the poll closes.
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="+")
    number = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="one_sheet_counts_once")]

    def __str__(self) -> str:
        return "A sheet"


class Remark(models.Model):
    """What somebody wrote in the one box there is, beside none of their other answers; read by the scheme alone."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="remarks")
    text = models.CharField(_("what they will remember"), max_length=LONGEST_REMARK)
    read_at = models.DateTimeField(null=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return "A remark"
