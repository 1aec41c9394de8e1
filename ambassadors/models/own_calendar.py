"""A person's own calendar: where it is read from, and when it says that they are busy; never with what."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ambassadors.following import Joins
from ambassadors.models.ambassador import Ambassador
from ambassadors.querysets import BusyTimeQuerySet, OwnCalendarQuerySet


class OwnCalendar(models.Model):
    """A calendar that somebody keeps elsewhere: at an address that the worker looks at, or read once from a file.

    What was read last counts until something newer has been read.
    """

    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="calendars")

    # Where it is. Whoever knows a calendar's private address reads all of it: encrypted, beside the server's name.
    address = models.BinaryField(null=True)
    host = models.CharField(_("server"), max_length=255, blank=True)
    # By which the same address, or the same file, is known again: a keyed hash.
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("added"))

    # when the worker looks at an address; a file has no such time
    due_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)

    # what was read last: when it was last known to be right, and the first day of which nothing was read
    read_at = models.DateTimeField(_("read"), null=True)
    until = models.DateField(null=True)
    etag = models.CharField(max_length=1000, blank=True)
    last_modified = models.CharField(max_length=1000, blank=True)
    events = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)

    # why it could not be read since, and how many times running; empty: the last reading went well
    failed = models.TextField(blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    when_merged = Joins()
    objects = OwnCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("own calendar")
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ambassador", "digest"], name="own_calendar_once"),
            models.CheckConstraint(
                condition=(Q(address__isnull=True, due_at__isnull=True) & Q(host=""))
                | (Q(address__isnull=False, due_at__isnull=False) & ~Q(host="")),
                name="own_calendar_address_or_file",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="own_calendar_by_due")]

    def __str__(self) -> str:
        return self.host or f"{self.added_at:%Y-%m-%d}"

    @property
    def is_file(self) -> bool:
        """Whether it was read once, from a file that is not kept."""
        return not self.host


class BusyTime(models.Model):
    """A part of one day in London in which a calendar says that its owner is busy.

    Whose it is stands on the calendar alone, so that it goes along wherever that goes.
    """

    # Without an index of its own: the constraint's begins with it.
    calendar = models.ForeignKey(OwnCalendar, on_delete=models.CASCADE, related_name="busy", db_index=False)
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = BusyTimeQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="busy_ends_after_it_starts"),
            models.UniqueConstraint(fields=["calendar", "starts_at"], name="busy_once_at_a_time"),
        ]
        indexes = [models.Index(fields=["day", "starts_at", "ends_at", "calendar"], name="busy_by_day")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} to {self.ends_at:%H:%M}"
