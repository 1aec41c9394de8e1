"""How soon a request should be looked at, as it was last reckoned."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from bookings.models.request import Request
from bookings.priority.reckoning import Figures, Parts, parts_of
from bookings.priority.words import TONES, Band, Part, band_of, parts_in_words, reasons_for_school
from bookings.querysets import PriorityQuerySet


class Priority(models.Model):
    """A request's priority on one day, with the figures it came from (rule 6.2).

    Kept so that a queue of any length is put in order by an index, without geometry. It is reckoned when a request is
    sent in and when someone who had promised cannot come, and again each day while someone is looked for; what it was
    on the last of these days stays.
    """

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="priority")
    score = models.FloatField()
    reckoned_on = models.DateField()
    # The working, as `bookings.priority.reckoning.Figures` has it; and of it what is asked of many requests at a time.
    figures = models.JSONField()
    census = models.PositiveSmallIntegerField(null=True)
    disadvantage = models.FloatField(null=True)
    school_days = models.PositiveSmallIntegerField()

    objects = PriorityQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "request"]
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="priority_from_0_to_1"),
        ]
        indexes = [models.Index(fields=["reckoned_on"], name="priority_by_day")]

    def __str__(self) -> str:
        return f"{self.score} on {self.reckoned_on:%Y-%m-%d}"

    @classmethod
    def of(cls, request: Request, figures: Figures, *, census: int | None, on: date) -> "Priority":
        """This request's priority by these figures, unsaved."""
        parts = parts_of(figures)
        return cls(
            request=request,
            score=parts.score,
            reckoned_on=on,
            figures=asdict(figures),
            census=census,
            disadvantage=parts.disadvantage,
            school_days=figures.school_days,
        )

    @property
    def known(self) -> Figures:
        """The figures it came from."""
        told: dict[str, Any] = dict(self.figures)
        minutes = told.pop("minutes")
        return Figures(
            percentiles=tuple(told.pop("percentiles")), minutes=None if minutes is None else tuple(minutes), **told
        )

    @property
    def parts(self) -> Parts:
        """Each part."""
        return parts_of(self.known)

    @property
    def in_words(self) -> tuple[Part, ...]:
        """Each part with its working, for coordinators."""
        return parts_in_words(self.parts, self.known, self.census)

    @property
    def band(self) -> Band:
        """High, medium or standard."""
        return band_of(self.score)

    @property
    def tone(self) -> str:
        """The tone of its tag."""
        return TONES[self.band]

    @property
    def short(self) -> str:
        """Its tag in a queue."""
        return f"{self.band.label} · {self.per_cent}"

    @property
    def per_cent(self) -> int:
        """The priority as coordinators read it."""
        return round(100 * self.score)

    @property
    def reasons(self) -> list[str]:
        """Why, for the school: in words, without a number (rule E-13)."""
        return reasons_for_school(self.parts, self.known)
