"""When schools are open: the dates of a year, told by a school or by its authority, and a school's periods."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schools.enums import SpanKind
from schools.models.school import School
from schools.querysets import PeriodQuerySet, SchoolYearQuerySet, StretchQuerySet
from schools.terms.periods import LONGEST_NAME, Lesson
from schools.terms.spans import Span
from schools.terms.years import year_in_words
from stem.nations import Nation
from stem.promises import NoSharedDay


class SchoolYear(models.Model):
    """One school year's dates as one school has told them, or as an authority has, for the schools that tell none."""

    school = models.ForeignKey(School, null=True, on_delete=models.CASCADE, related_name="years")
    # An authority is its nation and its name, as registers spell it; both are blank for a school's own year.
    nation = models.CharField(_("nation"), max_length=20, choices=Nation, blank=True)
    authority = models.CharField(_("local authority"), max_length=80, blank=True)
    # The calendar year in which it begins: 2026 for 2026 to 2027 (rule T-01).
    year = models.PositiveSmallIntegerField(_("school year"))
    changed_at = models.DateTimeField(_("last changed"))

    objects = SchoolYearQuerySet.as_manager()

    class Meta:
        ordering = ["nation", "authority", "year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(school__isnull=False, nation="", authority="")
                | (Q(school__isnull=True) & ~Q(nation="") & ~Q(authority="")),
                name="year_of_a_school_or_of_an_authority",
            ),
            models.UniqueConstraint(fields=["school", "year"], name="year_once_per_school"),
            models.UniqueConstraint(
                fields=["nation", "authority", "year"],
                condition=Q(school__isnull=True),
                name="year_once_per_authority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school or self.authority} {self.year_in_words}"

    @property
    def year_in_words(self) -> str:
        """The school year as people write it."""
        return year_in_words(self.year)


class Stretch(models.Model):
    """Days of a school year that belong together: a term, a half term, INSET days, a closure or exams (rule T-02)."""

    of_year = models.ForeignKey(SchoolYear, on_delete=models.CASCADE, related_name="stretches")
    kind = models.CharField(_("kind"), max_length=10, choices=SpanKind)
    name = models.CharField(_("name"), max_length=80, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    objects = StretchQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", "-last_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="stretch_ends_after_it_begins"),
            NoSharedDay(
                name="stretches_of_a_kind_share_no_day", same="of_year", of="kind", starts="first_day", ends="last_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())

    @property
    def span(self) -> Span:
        """As what reckons takes it."""
        return Span(SpanKind(self.kind), self.first_day, self.last_day, self.name)


class Period(models.Model):
    """A period of a school's day that people know by its name (rule T-05)."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="periods")
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    starts = models.TimeField(_("starts"))
    ends = models.TimeField(_("ends"))
    # Digits of the weekdays it is on, Monday being 0; none for all of them.
    weekdays = models.CharField(_("weekdays"), max_length=5, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "ends", "name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="period_ends_after_it_starts"),
            models.UniqueConstraint(fields=["school", "name", "weekdays"], name="period_once_per_school"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def lesson(self) -> Lesson:
        """As what reckons takes it."""
        return Lesson(self.name, self.starts, self.ends, tuple(int(digit) for digit in self.weekdays))
