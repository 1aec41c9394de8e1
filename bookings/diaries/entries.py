"""What stands in a diary: something with its hours, or something of whole days. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from stem.wording import clock_in_words, day_in_words


class Sort(TextChoices):
    """What something in a diary is; each has a look and a shape of its own."""

    CONFIRMED = "confirmed", lazy("Visit confirmed")
    KEPT = "kept", lazy("Visit promised, still to be confirmed")
    FINDING = "finding", lazy("Visit still looking for people")
    ASKED = "asked", lazy("Asked")
    OWN = "own", lazy("Visit you arranged yourself")
    DONE = "done", lazy("Visit that is over")
    TRAVEL = "travel", lazy("On the way")
    AWAY = "away", lazy("Away")
    CLOSED = "closed", lazy("No school")


@dataclass(frozen=True)
class Entry:
    """Something with its hours, on the day on which it begins."""

    sort: Sort
    starts_at: datetime
    ends_at: datetime
    title: str
    detail: str = ""
    url: str = ""
    # Where it stands, in the words of whose diary it is, and the tone of its tag.
    status: str = ""
    tone: str = "neutral"

    @property
    def clock(self) -> str:
        """From when to when."""
        return _("%(from)s to %(to)s") % {"from": self.begins, "to": clock_in_words(self.ends_at)}

    @property
    def begins(self) -> str:
        """When it begins."""
        return clock_in_words(self.starts_at)

    @property
    def words(self) -> str:
        """When, and about what, on one line."""
        return _("%(clock)s. %(detail)s") % {"clock": self.clock, "detail": self.detail} if self.detail else self.clock


@dataclass(frozen=True)
class WholeDays:
    """Something that has no hours, from a first day to a last; without a last day it does not end."""

    sort: Sort
    first: date
    last: date | None
    title: str
    url: str = ""
    status: str = ""
    tone: str = "neutral"

    @property
    def words(self) -> str:
        """Until when, where it is more than a day."""
        if self.last == self.first:
            return _("All day")
        return _("Until %(day)s") % {"day": day_in_words(self.last)} if self.last else _("Until further notice")

    def covers(self, day: date) -> bool:
        """Whether it lies on this day."""
        return self.first <= day and (self.last is None or day <= self.last)
