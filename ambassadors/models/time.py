"""When a person can be asked: their hours, where they are not those of every school day, and when they are busy."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import NoticeWanted, Rest
from ambassadors.following import Joins, Moves
from ambassadors.models.ambassador import Ambassador


class Limits(models.Model):
    """How often and how soon a person wants to be asked; who has said none of it has no row.

    A table of its own: matching reads it of everybody at once, and a person's row is wide.
    """

    ambassador = models.OneToOneField(Ambassador, on_delete=models.CASCADE, related_name="limits")
    # Empty: as often as someone is needed.
    visits_a_term = models.PositiveSmallIntegerField(_("visits a term at most"), null=True, blank=True)
    visits_a_month = models.PositiveSmallIntegerField(_("visits a month at most"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("notice, in days"), choices=NoticeWanted, default=0)
    rest_days = models.PositiveSmallIntegerField(_("days without visits between two"), choices=Rest, default=0)
    # Whether they may be asked for a visit that is sooner than schools are promised (rule T-10).
    short_notice = models.BooleanField(_("may be asked at short notice"), default=False)

    when_merged = Joins()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(visits_a_term__isnull=True) | Q(visits_a_term__gt=0))
                & (Q(visits_a_month__isnull=True) | Q(visits_a_month__gt=0)),
                name="limits_leave_a_visit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visits_a_term} a term"


class FreeHours(models.Model):
    """From when to when, by London's clocks, a person can be asked on one weekday; with no times, not on that one.

    Whoever keeps hours of their own has a row for each of the seven; whoever has none is there in school hours
    (`ambassadors.hours`).
    """

    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="hours")
    # As `date.weekday` counts: Monday is 0.
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField(_("from"), null=True)
    ends = models.TimeField(_("until"), null=True)

    when_merged = Joins()

    class Meta:
        ordering = ["weekday"]
        constraints = [
            models.UniqueConstraint(fields=["ambassador", "weekday"], name="hours_once_a_weekday"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")) | Q(starts__isnull=True, ends__isnull=True),
                name="hours_end_after_they_start",
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_are_of_a_weekday"),
        ]
        indexes = [models.Index(fields=["weekday", "starts", "ends", "ambassador"], name="hours_by_weekday")]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.starts} to {self.ends}"


class OwnCalendar(models.Model):
    """A calendar that a person keeps elsewhere. Of what it says we keep when it is busy, and nothing else.

    One that has an address is read again and again; one that came as a file stands as it was read.
    """

    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="calendars")
    name = models.CharField(_("name"), max_length=60)
    # Encrypted: whoever knows it reads the whole calendar. Shown to nobody again, but for the name of its server.
    address = models.BinaryField(null=True, editable=False)
    server = models.CharField(max_length=253, blank=True, editable=False)
    added_at = models.DateTimeField()

    # when we last looked, and when that last gave us something to read
    looked_at = models.DateTimeField(null=True, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    # what a server wants to be told of the answer we have (RFC 9110, section 13.1)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    last_modified = models.CharField(max_length=60, blank=True, editable=False)
    # why the last look gave nothing, and what of the calendar could not be read, in sentences
    failed = models.CharField(max_length=300, blank=True, editable=False)
    problems = models.JSONField(default=list, editable=False)
    events = models.PositiveIntegerField(default=0, editable=False)

    when_merged = Moves(_("Both have a calendar of their own under one name: remove one of them first."))

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ambassador", "name"], name="own_calendar_once_by_name"),
        ]
        indexes = [models.Index(fields=["looked_at"], name="own_calendar_by_look")]

    def __str__(self) -> str:
        return self.name


class BusyTime(models.Model):
    """From when to when a person is busy on one day, by a calendar of theirs; with whom and why is not kept.

    What goes on past midnight, in London, is a row for each day: whoever asks about a morning reads that day alone.
    """

    calendar = models.ForeignKey(OwnCalendar, on_delete=models.CASCADE, related_name="busy")
    ambassador = models.ForeignKey(Ambassador, on_delete=models.CASCADE, related_name="busy")
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    when_merged = Moves("")

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="busy_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["day", "ambassador", "starts_at", "ends_at"], name="busy_by_day")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
