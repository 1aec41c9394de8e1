"""Each number the scheme may change: what it means, its unit, its range, and who decides it (rule CF-01)."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from stem.accounts.roles import Role


class Unit(TextChoices):
    """What a number counts."""

    PEOPLE = "people", _("people")
    VISITS = "visits", _("visits")
    TIMES = "times", _("times")
    MINUTES = "minutes", _("minutes")
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    SCHOOL_DAYS = "school_days", _("school days")
    WORKING_DAYS = "working_days", _("working days")
    MONTHS = "months", _("months")
    PER_CENT = "per_cent", _("per cent")


_COUNTED = {
    Unit.PEOPLE: ngettext_lazy("%(count)d person", "%(count)d people", "count"),
    Unit.VISITS: ngettext_lazy("%(count)d visit", "%(count)d visits", "count"),
    Unit.TIMES: ngettext_lazy("%(count)d time", "%(count)d times", "count"),
    Unit.MINUTES: ngettext_lazy("%(count)d minute", "%(count)d minutes", "count"),
    Unit.HOURS: ngettext_lazy("%(count)d hour", "%(count)d hours", "count"),
    Unit.DAYS: ngettext_lazy("%(count)d day", "%(count)d days", "count"),
    Unit.SCHOOL_DAYS: ngettext_lazy("%(count)d school day", "%(count)d school days", "count"),
    Unit.WORKING_DAYS: ngettext_lazy("%(count)d working day", "%(count)d working days", "count"),
    Unit.MONTHS: ngettext_lazy("%(count)d month", "%(count)d months", "count"),
    Unit.PER_CENT: ngettext_lazy("%(count)d per cent", "%(count)d per cent", "count"),
}


class Topic(TextChoices):
    """What a number is about."""

    OFFERS = "offers", _("Offers")
    SHARES = "shares", _("Fair shares")
    REACHING = "reaching", _("Schools that never ask")
    NOTICE = "notice", _("Notice that schools give")
    FEEDBACK = "feedback", _("Feedback")
    COMPLAINTS = "complaints", _("Complaints")
    VETTING = "vetting", _("Vetting")
    REGISTER = "register", _("The register")


@dataclass(frozen=True)
class Key:
    """One number. A safeguarding number holds only once a second person has confirmed it."""

    topic: Topic
    code: str
    name: Promise
    default: int
    unit: Unit
    lowest: int
    highest: int
    owner: Role
    safeguarding: bool

    def fits(self, value: object) -> bool:
        """Whether this is a whole number within the range; True and False are no numbers here."""
        return type(value) is int and self.lowest <= value <= self.highest

    @property
    def asked(self) -> str:
        """What someone is asked to enter."""
        return gettext("Enter a whole number of %(unit)s from %(lowest)d to %(highest)d.") % {
            "unit": self.unit.label,
            "lowest": self.lowest,
            "highest": self.highest,
        }

    def in_words(self, value: int) -> str:
        """A value with its unit: "1 month", "36 months"."""
        return str(_COUNTED[self.unit] % {"count": value})


def _keys(
    topic: Topic, owner: Role, *rows: tuple[str, Promise, int, Unit, int, int], safeguarding: bool = False
) -> list[Key]:
    return [Key(topic, *row, owner=owner, safeguarding=safeguarding) for row in rows]


# Each row: code, name, default, unit, lowest, highest.
# fmt: off
_ALL = [
    *_keys(
        Topic.OFFERS, Role.COORDINATOR,  # rule E-32
        ("offer_hours", _("How long an offer waits for an answer"), 72, Unit.HOURS, 1, 336),
        ("offer_hours_soon", _("How long it waits when the visit is soon"), 24, Unit.HOURS, 1, 168),
        ("soon_days", _("A visit is soon when it is fewer days away than"), 10, Unit.DAYS, 1, 60),
        ("offers_at_once", _("How many people are asked for a seat at once"), 3, Unit.PEOPLE, 1, 10),
        ("other_time_days", _("How far ahead someone may name another time"), 90, Unit.DAYS, 7, 366),
        ("buffer_minutes", _("Time to spare between visits, beside the journey"), 15, Unit.MINUTES, 0, 120),
    ),
    *_keys(
        Topic.OFFERS, Role.COORDINATOR,  # rule T-50
        ("replacement_hours", _("How long an offer waits when somebody cannot come after all"), 24, Unit.HOURS, 1, 168),
        ("replacement_at_once", _("How many people are asked for such a seat at once"), 5, Unit.PEOPLE, 1, 20),
        ("replacement_soon_days", _("It is urgent with fewer days left than"), 3, Unit.WORKING_DAYS, 1, 10),
        ("replacement_hours_soon", _("How long an offer waits when it is urgent"), 4, Unit.HOURS, 1, 48),
        ("replacement_at_once_soon", _("How many people are asked at once when it is urgent"), 10, Unit.PEOPLE, 1, 50),
    ),
    *_keys(
        Topic.SHARES, Role.COORDINATOR,  # rules E-11, E-12
        ("reserve_share", _("Offers of a week for the most disadvantaged"), 40, Unit.PER_CENT, 0, 100),
        ("school_term_cap", _("Visits of a term that are enough while others wait"), 3, Unit.VISITS, 1, 50),
    ),
    *_keys(
        Topic.REACHING, Role.COORDINATOR,  # rule E-20
        ("invitations_per_term", _("How often a term a school may be invited that has not asked"), 2, Unit.TIMES, 1, 6),
    ),
    *_keys(
        Topic.NOTICE, Role.COORDINATOR,  # rule T-10
        ("notice_in_person", _("Notice for a visit in person"), 10, Unit.SCHOOL_DAYS, 0, 90),
        ("notice_online", _("Notice for an online visit"), 5, Unit.SCHOOL_DAYS, 0, 90),
        ("notice_fair", _("Notice for a careers fair"), 30, Unit.SCHOOL_DAYS, 0, 190),
        ("notice_series", _("Notice for a series"), 30, Unit.SCHOOL_DAYS, 0, 190),
    ),
    *_keys(
        Topic.FEEDBACK, Role.QUALITY_MANAGER,  # rule 2.7
        ("feedback_open_days", _("How long feedback may be given"), 28, Unit.DAYS, 1, 180),
        ("reading_days", _("Within how many days a form should be read"), 1, Unit.WORKING_DAYS, 1, 10),
        ("pupil_min_n", _("From how many pupils on it is told what they said"), 10, Unit.PEOPLE, 10, 100),
        ("pupil_window_school_days", _("How long pupils may answer after a visit"), 5, Unit.SCHOOL_DAYS, 1, 5),
        ("follow_up_share", _("Visits of which the teacher is asked again weeks later"), 10, Unit.PER_CENT, 0, 100),
        ("follow_up_reminder_days", _("After how long whoever is silent then is reminded"), 10, Unit.DAYS, 1, 60),
        ("endorsement_months", _("How long an ambassador’s page for others can be opened"), 12, Unit.MONTHS, 1, 36),
    ),
    *_keys(
        Topic.COMPLAINTS, Role.QUALITY_MANAGER,  # rule 2.9
        ("complaint_ack_days", _("Within how many days we say that we have a complaint"), 3, Unit.WORKING_DAYS, 1, 5),
        ("complaint_answer_days", _("Within how many days a complaint is answered"), 20, Unit.WORKING_DAYS, 5, 40),
        ("complaint_appeal_days", _("How long somebody may ask for another look"), 20, Unit.WORKING_DAYS, 10, 60),
        ("complaint_second_days", _("Within how many days that is answered"), 15, Unit.WORKING_DAYS, 5, 40),
    ),
    *_keys(
        Topic.COMPLAINTS, Role.ADMINISTRATOR,  # rule 3.7; the law allows no more than this
        ("dp_complaint_ack_days", _("The same of one about personal data, by the law"), 30, Unit.DAYS, 1, 30),
    ),
    *_keys(
        Topic.VETTING, Role.VETTING_OFFICER,  # rule V-02
        ("crc_months", _("How long a criminal record check counts"), 36, Unit.MONTHS, 1, 60),
        ("update_service_months", _("How long a “current” of the update service counts"), 12, Unit.MONTHS, 1, 12),
        ("pvg_months", _("How long PVG scheme membership counts"), 60, Unit.MONTHS, 1, 60),
        safeguarding=True,
    ),
    *_keys(
        Topic.VETTING, Role.VETTING_OFFICER,  # rule 1.8
        ("vetting_days", _("Within how many days an application should be decided"), 42, Unit.DAYS, 7, 180),
    ),
    *_keys(
        Topic.VETTING, Role.SAFEGUARDING_LEAD,
        ("safeguarding_months", _("How long safeguarding training counts"), 36, Unit.MONTHS, 1, 60),
        ("declaration_months", _("How long the annual declaration counts"), 12, Unit.MONTHS, 1, 24),
        ("code_months", _("How long agreement to the code of conduct counts"), 12, Unit.MONTHS, 1, 36),
        safeguarding=True,
    ),
    *_keys(
        Topic.VETTING, Role.SAFEGUARDING_LEAD,  # rule V-72
        ("suspension_review_days", _("Until a suspension is looked at again"), 10, Unit.WORKING_DAYS, 1, 20),
        safeguarding=True,
    ),
    *_keys(
        Topic.VETTING, Role.SAFEGUARDING_LEAD,  # rule V-22; the law's own limits come sooner, whatever this says
        ("disclosure_note_days", _("How long notes about a check are kept after its decision"), 30, Unit.DAYS, 0, 180),
        safeguarding=True,
    ),
    *_keys(
        Topic.REGISTER, Role.VETTING_OFFICER,  # rule V-92
        ("duplicate_propose", _("How probable it is when two records are proposed as one"), 60, Unit.PER_CENT, 30, 99),
        ("duplicate_review", _("How probable it is when somebody looks at them"), 10, Unit.PER_CENT, 1, 99),
    ),
    *_keys(
        Topic.REGISTER, Role.ADMINISTRATOR,  # rule V-95
        ("import_grace_days", _("How long people whom another scheme brought may answer"), 180, Unit.DAYS, 28, 365),
    ),
]
# fmt: on

KEYS: dict[str, Key] = {key.code: key for key in _ALL}
