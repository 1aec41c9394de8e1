"""Which days of a diary are on show, as its address says: a month, a week, or what comes. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import TextChoices
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from stem.moments import read_day
from stem.wording import day_in_words

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
# What is listed at once, and how far from today a diary goes either way.
LISTED = 12 * WEEK
REACH = timedelta(days=5 * 366)


class Show(TextChoices):
    """The three ways to look at a diary."""

    MONTH = "month", lazy("Month")
    WEEK = "week", lazy("Week")
    LIST = "list", lazy("List")


@dataclass(frozen=True)
class Shown:
    """What a page of a diary shows, round the day that was chosen."""

    show: Show
    on: date
    today: date
    # Why it is today's and not the day that the address asks for.
    note: str = ""

    @cached_property
    def first(self) -> date:
        """The first day on show: of a month the Monday before it begins."""
        if self.show == Show.MONTH:
            return _monday(self.on.replace(day=1))
        return _monday(self.on) if self.show == Show.WEEK else self.on

    @cached_property
    def last(self) -> date:
        """The last day on show: of a month the Sunday after it ends."""
        if self.show == Show.MONTH:
            return _monday(_month_after(self.on) - DAY) + 6 * DAY
        return self.first + (WEEK if self.show == Show.WEEK else LISTED) - DAY

    @property
    def previous(self) -> date | None:
        """The day by which to turn back; None at the end of what a diary shows."""
        if self.show == Show.MONTH:
            return self._within((self.on.replace(day=1) - DAY).replace(day=1))
        return self._within(self.first - (WEEK if self.show == Show.WEEK else LISTED))

    @property
    def next(self) -> date | None:
        """The day by which to turn on; None at the end of what a diary shows."""
        return self._within(_month_after(self.on) if self.show == Show.MONTH else self.last + DAY)

    @property
    def title(self) -> str:
        """What is on show, in words."""
        if self.show == Show.MONTH:
            return dateformat.format(self.on, "F Y")
        shape = "j" if (self.first.year, self.first.month) == (self.last.year, self.last.month) else "j F"
        first = dateformat.format(self.first, shape if self.first.year == self.last.year else "j F Y")
        return _("%(first)s to %(last)s") % {"first": first, "last": dateformat.format(self.last, "j F Y")}

    @property
    def shows_today(self) -> bool:
        """Whether today is the chosen day."""
        return self.on == self.today

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """The three ways: what the address says, the words, and whether it is this one."""
        return [(each.value, str(each.label), each == self.show) for each in Show]

    def _within(self, day: date) -> date | None:
        return day if abs(day - self.today) <= REACH else None


def read_shown(show: str, on: str, *, today: date) -> Shown:
    """What an address asks for. What it says of no way, or of no day that a diary has, becomes this month and today."""
    way = Show(show) if show in Show.values else Show.MONTH
    if not on:
        return Shown(way, today, today)
    day = read_day(on)
    if day is None or abs(day - today) > REACH:
        note = _("That is no day of this diary, so here is today: %(day)s.") % {"day": day_in_words(today)}
        return Shown(way, today, today, note)
    return Shown(way, day, today)


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


def _month_after(day: date) -> date:
    return (day.replace(day=1) + 31 * DAY).replace(day=1)
