"""One file of a register: that it came, what was read in it, and what became of it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stem.accounts.roles import Role, has_role
from stem.history import Event
from stem.loads.enums import LoadKind, LoadStatus
from stem.querysets import HouseQuerySet

if TYPE_CHECKING:
    from stem.accounts.models import User

# A load notes how far it is every second or so: one that has been quiet for so long has lost its worker.
QUIET = timedelta(minutes=3)
# The worker looks every minute: what nobody has taken up after two has nobody to take it up.
PATIENCE = timedelta(minutes=2)
TONES = {
    LoadStatus.WAITING: "waiting",
    LoadStatus.READING: "waiting",
    LoadStatus.LOADED: "good",
    LoadStatus.REFUSED: "bad",
    LoadStatus.STOPPED: "bad",
    LoadStatus.UNDONE: "warning",
    LoadStatus.UNCHANGED: "neutral",
    LoadStatus.REPLACED: "neutral",
    LoadStatus.PAST: "neutral",
}
# Rejected rows kept for the page; the report says how many there were.
MOST_KEPT = 1000


class LoadQuerySet(HouseQuerySet["Load"]):
    """Loads of registers."""

    def visible_to(self, user: "User") -> Self:
        """Administrators see to the registers."""
        return self.all() if has_role(user, Role.ADMINISTRATOR) else self.none()

    def of(self, kind: str) -> Self:
        """Loads of one register."""
        return self.filter(kind=kind)

    def in_force(self, kind: str) -> Self:
        """The load that a register now stands on: one or none."""
        return self.of(kind).filter(status=LoadStatus.LOADED)

    def due(self, at: datetime) -> Self:
        """Loads that wait for a worker, and those whose worker was killed."""
        return self.under_way().filter(Q(heard_at__isnull=True) | Q(heard_at__lt=at - QUIET))

    def under_way(self) -> Self:
        """Loads that wait or are being read."""
        return self.filter(status__in=[LoadStatus.WAITING, LoadStatus.READING])

    def over(self) -> Self:
        """Loads with which the worker is through."""
        return self.exclude(status__in=[LoadStatus.WAITING, LoadStatus.READING])


class Load(models.Model):
    """A register's file on its way in; it goes in whole or not at all."""

    kind = models.CharField(_("register"), max_length=12, choices=LoadKind)
    status = models.CharField(_("status"), max_length=10, choices=LoadStatus, default=LoadStatus.WAITING)

    # the file: kept only until it has been read
    file = models.FileField(upload_to="loads/", blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    # SHA-256 of the file, by which the very same one is known again.
    digest = models.CharField(max_length=64, blank=True)
    # How many open schools may close, or postcodes go, when so many were named by whoever looked into it.
    allow_losses = models.PositiveIntegerField(null=True, blank=True)

    # who and when; `by` is None for a command
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    heard_at = models.DateTimeField(_("last heard of"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    # how far it is, in rows
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    # what came of it
    report = models.JSONField(default=dict)
    rejected = models.JSONField(default=list)
    refusal = models.TextField(blank=True)
    # How many open schools, or postcodes, would have gone, where the file was refused for that.
    losses = models.PositiveIntegerField(null=True, blank=True)

    objects = LoadQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(status=LoadStatus.LOADED), name="load_one_of_a_kind_in_force"
            ),
        ]
        indexes = [models.Index(fields=["status", "kind"], name="load_by_status")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file_name}"

    @property
    def is_over(self) -> bool:
        """Whether the worker is through with it."""
        return self.status not in (LoadStatus.WAITING, LoadStatus.READING)

    @property
    def tone(self) -> str:
        """The colour of its tag: whose turn it is, and how it went."""
        return TONES[LoadStatus(self.status)]

    def is_left_lying(self, at: datetime) -> bool:
        """Whether no worker has taken it up, though one looks every minute."""
        return self.status == LoadStatus.WAITING and self.heard_at is None and at - self.asked_at > PATIENCE

    @property
    def percent(self) -> int:
        """How much of the file has been read."""
        return min(100, 100 * self.done // self.total) if self.total else 0


class LoadEvent(Event):
    """What happened to a load."""

    TITLES = {
        "take": _("Reading began"),
        "finish": _("Came into force"),
        "leave": _("Nothing new was found in it"),
        "refuse": _("Refused"),
        "stop": _("Reading stopped half way"),
        "replace": _("A later file took its place"),
        "forget": _("No longer kept to go back to"),
        "undo": _("Undone"),
        "restore": _("Came into force again"),
    }

    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="events")

    @property
    def title(self) -> str:
        """What happened, in a word or two."""
        return str(self.TITLES[self.kind])
