"""What somebody reads of their own calendars, and when these say that they are busy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambassadors.models import Ambassador, BusyTime, OwnCalendar
from stem.moments import day_of
from stem.wording import clock_in_words, short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

Interval = tuple[datetime, datetime]


@dataclass(frozen=True)
class ToldCalendar:
    """One of them, as its row on the page says it."""

    calendar: OwnCalendar
    # Busy times that are not over yet; one over midnight counts for each of its days.
    ahead: int

    @property
    def name(self) -> str:
        """Its server, or that it came from a file."""
        return name_of(self.calendar)

    @property
    def is_waited_for(self) -> bool:
        """Whether it has never been looked at, or is being read for the first time."""
        return self.calendar.read_at is None and not self.calendar.failed

    @property
    def detail(self) -> str:
        """When it was read, and what came of it."""
        if self.is_waited_for:
            return _("We are reading it now. It takes a minute or so.")
        if self.calendar.read_at is None:
            return _("We have not been able to read it yet: we try again by ourselves.")
        read = _sent(self.calendar) if self.calendar.is_file else _read(self.calendar)
        ahead = ngettext("%(n)d busy time ahead", "%(n)d busy times ahead", self.ahead) % {"n": self.ahead}
        return f"{read}, {ahead}"

    @property
    def failed(self) -> str:
        """Why it could not be read, and what counts meanwhile; "" while it could."""
        if not self.calendar.failed:
            return ""
        if self.calendar.read_at is None:
            return self.calendar.failed
        words = {"when": _moment_in_words(self.calendar.read_at), "why": self.calendar.failed}
        told = _(
            "We could not read it since %(when)s. %(why)s We try again by ourselves, and what we read before still "
            "counts."
        )
        return told % words

    @property
    def status(self) -> tuple[str, str]:
        """A word for what is wrong, and its tone; "" while nothing is."""
        if self.calendar.failed:
            return (_("Not up to date"), "warning") if self.calendar.read_at else (_("Not read"), "bad")
        return "", ""


def calendars_of(ambassador: Ambassador, user: "User", *, at: datetime) -> Sequence[ToldCalendar]:
    """This person's own calendars, as they were added: one query."""
    mine = OwnCalendar.objects.visible_to(user).filter(ambassador=ambassador)
    ahead = Count("busy", filter=Q(busy__ends_at__gt=at))
    return [ToldCalendar(each, vars(each)["ahead"]) for each in mine.annotate(ahead=ahead)]


def busy_among(ambassador: Ambassador, intervals: Iterable[Interval]) -> list[Interval]:
    """Those of these intervals in which one of this person's own calendars says that they are busy."""
    times = list(intervals)
    if not times:
        return []
    first, last = min(start for start, _end in times), max(end for _start, end in times)
    mine = BusyTime.objects.filter(calendar__ambassador=ambassador, day__gte=day_of(first), day__lte=day_of(last))
    busy = list(mine.values_list("starts_at", "ends_at"))
    return [(start, end) for start, end in times if any(begun < end and over > start for begun, over in busy)]


def name_of(calendar: OwnCalendar) -> str:
    """What a calendar is called: its server, or a file; of either we know no other name."""
    return _("A calendar file") if calendar.is_file else calendar.host


def _sent(calendar: OwnCalendar) -> str:
    words = {"day": short_day_in_words(calendar.added_at)}
    if calendar.until is None:
        return _("Sent %(day)s") % words
    return _("Sent %(day)s, read until %(until)s") % {**words, "until": short_day_in_words(calendar.until)}


def _read(calendar: OwnCalendar) -> str:
    assert calendar.read_at is not None
    return _("Read %(when)s") % {"when": _moment_in_words(calendar.read_at)}


def _moment_in_words(at: datetime) -> str:
    return _("%(day)s at %(clock)s") % {"day": short_day_in_words(at), "clock": clock_in_words(at)}
