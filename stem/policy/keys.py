"""Each number the scheme may change: what it means, its unit, its range, and who decides it (rule CF-01)."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from stem.accounts.roles import Role


class Unit(TextChoices):
    """What a number counts."""

    PEOPLE = "people", _("people")
    MINUTES = "minutes", _("minutes")
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    WORKING_DAYS = "working_days", _("working days")
    SCHOOL_DAYS = "school_days", _("school days")
    MONTHS = "months", _("months")


_COUNTED = {
    Unit.PEOPLE: ngettext_lazy("%(count)d person", "%(count)d people", "count"),
    Unit.MINUTES: ngettext_lazy("%(count)d minute", "%(count)d minutes", "count"),
    Unit.HOURS: ngettext_lazy("%(count)d hour", "%(count)d hours", "count"),
    Unit.DAYS: ngettext_lazy("%(count)d day", "%(count)d days", "count"),
    Unit.WORKING_DAYS: ngettext_lazy("%(count)d working day", "%(count)d working days", "count"),
    Unit.SCHOOL_DAYS: ngettext_lazy("%(count)d school day", "%(count)d school days", "count"),
    Unit.MONTHS: ngettext_lazy("%(count)d month", "%(count)d months", "count"),
}


@dataclass(frozen=True)
class Key:
    """One number. A safeguarding number holds only once a second person has confirmed it."""

    code: str
    name: Promise
    default: int
    unit: Unit
    lowest: int
    highest: int
    owner: Role
    safeguarding: bool = False

    def fits(self, value: object) -> bool:
        """Whether this is a whole number within the range; True and False are no numbers here."""
        return type(value) is int and self.lowest <= value <= self.highest

    def in_words(self, value: int) -> str:
        """A value with its unit: "1 month", "36 months"."""
        return str(_COUNTED[self.unit] % {"count": value})


# fmt: off
_ALL = (
    # offers (rule E-32)
    Key("offer_hours", _("How long an offer waits for an answer"), 72, Unit.HOURS, 1, 336, Role.COORDINATOR),
    Key("offer_hours_soon", _("How long it waits when the visit is soon"), 24, Unit.HOURS, 1, 168, Role.COORDINATOR),
    Key("soon_days", _("A visit is soon when it is fewer days away than"), 10, Unit.DAYS, 1, 60, Role.COORDINATOR),
    Key("offers_at_once", _("How many people are asked for a seat at once"), 3, Unit.PEOPLE, 1, 10, Role.COORDINATOR),
    Key("fresh_months", _("An ambassador is new for this long"), 12, Unit.MONTHS, 1, 60, Role.COORDINATOR),
    Key("hidden_months", _("Nobody is asked whose profile has been untouched for"), 15, Unit.MONTHS, 1, 120,
        Role.COORDINATOR),
    # notice (rule T-10)
    Key("notice_in_person", _("Notice for a visit in person"), 10, Unit.SCHOOL_DAYS, 0, 90, Role.COORDINATOR),
    Key("notice_online", _("Notice for an online visit"), 5, Unit.SCHOOL_DAYS, 0, 90, Role.COORDINATOR),
    Key("notice_fair", _("Notice for a careers fair"), 30, Unit.SCHOOL_DAYS, 0, 190, Role.COORDINATOR),
    Key("notice_series", _("Notice for a series"), 30, Unit.SCHOOL_DAYS, 0, 190, Role.COORDINATOR),
    # visits (rules T-22, T-31, T-40)
    Key("max_minutes_default", _("Longest journey, unless someone says otherwise"), 60, Unit.MINUTES, 5, 240,
        Role.COORDINATOR),
    Key("travel_buffer_minutes", _("Time to spare between visits in different places"), 15, Unit.MINUTES, 0, 120,
        Role.COORDINATOR),
    Key("late_cancel_wd", _("A cancellation is late when it comes nearer than"), 5, Unit.WORKING_DAYS, 0, 30,
        Role.COORDINATOR),
    # feedback (rule 2.7)
    Key("feedback_open_days", _("How long feedback may be given"), 28, Unit.DAYS, 1, 180, Role.QUALITY_MANAGER),
    Key("reveal_days", _("One side's feedback is shown without the other's after"), 14, Unit.DAYS, 1, 90,
        Role.QUALITY_MANAGER),
    # vetting (rule V-02)
    Key("crc_months", _("How long a criminal record check counts"), 36, Unit.MONTHS, 1, 60, Role.VETTING_OFFICER,
        safeguarding=True),
    Key("pvg_months", _("How long PVG scheme membership counts"), 60, Unit.MONTHS, 1, 60, Role.VETTING_OFFICER,
        safeguarding=True),
    Key("safeguarding_months", _("How long safeguarding training counts"), 36, Unit.MONTHS, 1, 60,
        Role.SAFEGUARDING_LEAD, safeguarding=True),
    Key("declaration_months", _("How long the annual declaration counts"), 12, Unit.MONTHS, 1, 24,
        Role.SAFEGUARDING_LEAD, safeguarding=True),
    Key("code_months", _("How long agreement to the code of conduct counts"), 12, Unit.MONTHS, 1, 36,
        Role.SAFEGUARDING_LEAD, safeguarding=True),
)
# fmt: on

KEYS: dict[str, Key] = {key.code: key for key in _ALL}
