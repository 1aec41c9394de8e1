"""What the register holds of somebody's own calendars, told to themselves."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from ambassadors.models import BusyTime, OwnCalendar
from ambassadors.queries.own_calendars import name_of
from stem.held import Section, latest
from stem.wording import interval_in_words, short_day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User


def own_calendars(user: "User", at: datetime) -> Section:
    """Each calendar that someone has added."""
    rows = OwnCalendar.objects.visible_to(user).order_by("-added_at", "-pk")

    def told(calendar: OwnCalendar) -> list[str]:
        read = short_day_in_words(calendar.read_at) if calendar.read_at else ""
        return [name_of(calendar), short_day_in_words(calendar.added_at), read, calendar.failed]

    columns = (_("Server"), _("Added"), _("Read"), _("Why it could not be read since"))
    return Section(
        title=_("Calendars that you let us read"),
        lead=_("The whole address of each is kept encrypted. Of a file nothing is kept but when you are busy."),
        kept=_("Until you remove them, or leave."),
        listed=latest(rows, columns, told),
        nothing=_("You have added none."),
    )


def busy_times(user: "User", at: datetime) -> Section:
    """When these say that someone is busy."""
    rows = BusyTime.objects.visible_to(user).order_by("-starts_at", "-pk")
    return Section(
        title=_("When your own calendars say that you are busy"),
        lead=_("From when to when, and no more."),
        kept=_("Until the day is over, or you remove the calendar."),
        listed=latest(rows, (_("When"),), lambda row: [interval_in_words(row.starts_at, row.ends_at)]),
        nothing=_("At no time."),
    )
