"""When a person can be asked: their hours, where they are not those of every school day, how often, and how soon."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ambassadors.enums import NoticeWanted, Rest
from ambassadors.following import Joins
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
    # Asked for times that are sooner than schools are promised (rule T-10).
    at_short_notice = models.BooleanField(_("asked at short notice"), default=False)
    # Asked where a coordinator has chosen them, and never by a rule.
    only_by_hand = models.BooleanField(_("asked by a coordinator alone"), default=False)
    rest_days = models.PositiveSmallIntegerField(_("days without visits between two"), choices=Rest, default=0)

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
