"""A diary as a page shows it, whosever it is: a month, a week by its hours, or one thing after another. Pure."""

from dataclasses import dataclass

from bookings.diaries.days import Day, Line, lines_of, weeks_of
from bookings.diaries.placing import WeekGrid, week_grid
from bookings.diaries.shown import Shown


@dataclass(frozen=True)
class Diary:
    """What a page of it shows."""

    shown: Shown
    days: list[Day]

    @property
    def weeks(self) -> list[list[Day]]:
        """The month, Monday first."""
        return weeks_of(self.days)

    @property
    def grid(self) -> WeekGrid:
        """The week by its hours."""
        return week_grid(self.days)

    @property
    def lines(self) -> list[Line]:
        """What comes, one thing after another."""
        return lines_of(self.days)

    @property
    def chosen(self) -> Day:
        """The day that was chosen."""
        return next(day for day in self.days if day.day == self.shown.on)
