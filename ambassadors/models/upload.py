"""A file of another scheme's people on its way into the register."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import UploadStatus
from ambassadors.models.scheme import Scheme
from ambassadors.querysets import UploadQuerySet
from stem.history import Event

if TYPE_CHECKING:
    from stem.accounts.models import User

# The worker looks every minute: what nobody has taken up after two has nobody to take it up.
PATIENCE = timedelta(minutes=2)
# Rejected cells kept for the page until the file is taken in; the report says how many there were.
MOST_KEPT = 5000
TONES = {
    UploadStatus.UPLOADED: "warning",
    UploadStatus.CHECKING: "waiting",
    UploadStatus.CHECKED: "warning",
    UploadStatus.TAKING_IN: "waiting",
    UploadStatus.DONE: "good",
    UploadStatus.REFUSED: "bad",
    UploadStatus.THROWN_AWAY: "neutral",
}


class Upload(models.Model):
    """A file that an administrator sent: looked into, checked, and taken in or thrown away (rule V-91).

    What it says of people is kept until then and no longer: the file, its first rows, and the cells that were rejected.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="uploads")
    status = models.CharField(_("status"), max_length=12, choices=UploadStatus, default=UploadStatus.UPLOADED)

    # the file, and what of its people is kept beside it: all gone when it is over
    file = models.FileField(upload_to="imports/", blank=True)
    headings = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    rejected = models.JSONField(default=list)

    # by which it is known again afterwards
    file_name = models.CharField(_("file"), max_length=120)
    digest = models.CharField(max_length=64)

    # Our field -> the heading of its column; "" for one that is not to be read.
    columns = models.JSONField(default=dict)

    # who and when
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("sent at"))
    # When its worker was last heard of, which is also by what a worker knows that the work is still its own.
    heard_at = models.DateTimeField(null=True)
    waits_since = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    # how far it is, in rows
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    # what came of it: counts alone
    report = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme"],
                condition=Q(status__in=["uploaded", "checking", "checked", "taking_in"]),
                name="upload_one_open_per_scheme",
            ),
        ]
        indexes = [models.Index(fields=["status"], name="upload_by_status")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_over(self) -> bool:
        """Whether nothing is to come of it any more."""
        return self.status in UploadStatus.over()

    @property
    def is_worked_on(self) -> bool:
        """Whether it is the worker's turn."""
        return self.status in (UploadStatus.CHECKING, UploadStatus.TAKING_IN)

    @property
    def tone(self) -> str:
        """The colour of its tag."""
        return TONES[UploadStatus(self.status)]

    @property
    def asked_by(self) -> "User":
        """Who last told the worker to do something about it: that need not be whoever sent it."""
        asked = self.events.filter(kind__in=("check", "take_in"), by__isnull=False).select_related("by").last()
        return self.by if asked is None or asked.by is None else asked.by

    def is_left_lying(self, at: datetime) -> bool:
        """Whether no worker has taken it up, though one looks every minute."""
        since = self.waits_since
        return self.is_worked_on and self.heard_at is None and since is not None and at - since > PATIENCE

    @property
    def percent(self) -> int:
        """How much of the file has been read."""
        return min(100, 100 * self.done // self.total) if self.total else 0


class UploadEvent(Event):
    """What happened to a file of people."""

    TITLES = {
        "check": _("Columns settled"),
        "report": _("Checked"),
        "take_in": _("Told to take it in"),
        "finish": _("Taken in"),
        "refuse": _("Refused"),
        "give_back": _("Checking stopped half way"),
        "stop": _("Taking in stopped half way"),
        "throw_away": _("Thrown away"),
    }

    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="events")

    @property
    def title(self) -> str:
        """What happened, in a word or two."""
        return str(self.TITLES[self.kind])
