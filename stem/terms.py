"""Terms as the scheme counts them: thirds of the school year, alike for every school, so that none overlap."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stem.moments import moment

# The month that each begins with, of the school year that begins in September.
SEASONS = {"autumn": 9, "spring": 1, "summer": 5}


@dataclass(frozen=True, order=True)
class Term:
    """A third of a school year."""

    first: date

    @property
    def season(self) -> str:
        """Which third it is."""
        return next(season for season, month in SEASONS.items() if month == self.first.month)

    @property
    def year(self) -> int:
        """The calendar year in which it begins."""
        return self.first.year

    @property
    def after(self) -> "Term":
        """The next."""
        month = self.first.month + 4
        return Term(date(self.year + (month > 12), (month - 1) % 12 + 1, 1))

    @property
    def before(self) -> "Term":
        """The one before it."""
        return term_of(self.first - timedelta(days=1))

    @property
    def begins_at(self) -> datetime:
        """Its first moment."""
        return moment(self.first, time.min)

    @property
    def ends_at(self) -> datetime:
        """The first moment after it."""
        return self.after.begins_at

    @property
    def school_year(self) -> int:
        """The school year that it is a third of, by the calendar year in which that began."""
        return self.year - (self.first.month < SEASONS["autumn"])

    @property
    def school_year_begins_at(self) -> datetime:
        """The first moment of that school year."""
        return moment(date(self.school_year, SEASONS["autumn"], 1), time.min)

    @property
    def months(self) -> list[date]:
        """The first day of each of its months."""
        return [date(self.year, self.first.month + number, 1) for number in range(4)]

    @property
    def short(self) -> str:
        """The same under a plot: "Sep 26"."""
        return date_format(self.first, "M y")

    def __str__(self) -> str:
        names = {"autumn": _("September to December"), "spring": _("January to April"), "summer": _("May to August")}
        return f"{names[self.season]} {self.year}"


def term_of(day: date) -> Term:
    """The term that a day is in."""
    month = max(month for month in SEASONS.values() if month <= day.month)
    return Term(date(day.year, month, 1))


def term_named(year: int, season: str) -> Term | None:
    """The term that an address names; None where it names none."""
    return Term(date(year, SEASONS[season], 1)) if season in SEASONS and 2000 <= year <= 9000 else None
