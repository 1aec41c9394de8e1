"""A day by which something should be done, and how much it asks for a look."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Due:
    """A day by which something should be done, as it stands on another day; near from `near` days before it on."""

    day: date
    days_left: int
    near: int

    @property
    def is_over(self) -> bool:
        """Whether that day is past."""
        return self.days_left < 0

    @property
    def tone(self) -> str:
        """How much it asks for a look: "" while it is far away."""
        if self.is_over:
            return "bad"
        return "warning" if self.days_left <= self.near else ""

    @property
    def words(self) -> str:
        """How far away it is: "9 days left", "due today", "3 days over"."""
        days = self.days_left
        if days == 0:
            return _("due today")
        if days > 0:
            return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
        return ngettext("%(count)d day over", "%(count)d days over", -days) % {"count": -days}


def due(day: date, *, on: date, near: int) -> Due:
    """That day, as it stands on this one."""
    return Due(day, (day - on).days, near)
