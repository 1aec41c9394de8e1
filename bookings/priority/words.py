"""A priority in words: with its working for coordinators, and without a number for schools (rule E-13)."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.priority.reckoning import NEAREST, WEIGHTS, Figures, Parts, expected_visits, median_minutes
from stem.curriculum import Stage

HIGH_FROM = 0.6  # as rule E-12 has it
MEDIUM_FROM = 0.4
# From here on a part is a reason to come sooner.
MUCH = 0.5
# Stages with whom rule SD-11 says that work must begin.
STAGE_MATTERS = 0.9
# From here on a school is one of the two most disadvantaged fifths (rule E-11).
RESERVED_FROM = 0.6

NAMES: dict[str, Promise] = {
    "disadvantage": gettext_lazy("Disadvantage"),
    "coldness": gettext_lazy("Few visits"),
    "remoteness": gettext_lazy("Far away"),
    "stage": gettext_lazy("Stage"),
    "waiting": gettext_lazy("Waiting"),
}


class Band(TextChoices):
    """How soon we look, as people say it."""

    HIGH = "high", gettext_lazy("High priority")
    MEDIUM = "medium", gettext_lazy("Medium priority")
    STANDARD = "standard", gettext_lazy("Standard priority")


TONES = {Band.HIGH: "warning", Band.MEDIUM: "waiting", Band.STANDARD: "neutral"}


def band_of(score: float) -> Band:
    """The band that a priority is in."""
    return Band.HIGH if score >= HIGH_FROM else Band.MEDIUM if score >= MEDIUM_FROM else Band.STANDARD


@dataclass(frozen=True)
class Part:
    """One part as a coordinator reads it: of a hundred, or not known; what it weighs; and what it came from."""

    name: str | Promise
    is_known: bool
    per_cent: int
    weight: int
    working: str

    @property
    def in_short(self) -> str:
        """How much there is of it, beside its name."""
        return str(self.per_cent) if self.is_known else _("unknown")


def parts_in_words(parts: Parts, figures: Figures, census: int | None) -> tuple[Part, ...]:
    """Every part, in the order of the weights."""
    working = {
        "disadvantage": _disadvantage(parts.disadvantage, census),
        "coldness": _coldness(figures),
        "remoteness": _remoteness(figures),
        "stage": str(Stage(figures.stage).label) if figures.stage in Stage else _("Not known."),
        "waiting": _waiting(figures),
    }
    return tuple(
        Part(
            name=NAMES[name],
            is_known=getattr(parts, name) is not None,
            per_cent=round(100 * parts.counted(name)),
            weight=round(100 * weight),
            working=working[name],
        )
        for name, weight in WEIGHTS.items()
    )


def _disadvantage(part: float | None, census: int | None) -> str:
    if part is None:
        return _("Not known: no register tells enough of this school. Counts as the middle.")
    words = _("By free school meals at %(place)d of 100 among schools of its nation and phase, census of %(year)s.")
    return words % {"place": round(100 * part), "year": census}


def _coldness(figures: Figures) -> str:
    expected = expected_visits(figures.roll)
    had = ngettext("%(n)d visit in three years", "%(n)d visits in three years", figures.visits) % {"n": figures.visits}
    size = _("a school of %(roll)d pupils") % {"roll": figures.roll} if figures.roll else _("a school of unknown size")
    return _("%(had)s; %(expected)s would be the share of %(size)s.") % {
        "had": had,
        "expected": f"{expected:.1f}".removesuffix(".0"),
        "size": size,
    }


def _remoteness(figures: Figures) -> str:
    if figures.minutes is None:
        return _("Not known: nobody knows where the school is. Counts as the middle.")
    minutes = median_minutes(figures.minutes)
    if len(figures.minutes) <= NEAREST // 2:
        return _("Fewer than three ambassadors of this field live within an hour.")
    return ngettext(
        "%(n)d minute to the middle one of the five nearest ambassadors of this field.",
        "%(n)d minutes to the middle one of the five nearest ambassadors of this field.",
        minutes,
    ) % {"n": minutes}


def _waiting(figures: Figures) -> str:
    days = ngettext(
        "%(n)d school day since it was sent in.", "%(n)d school days since it was sent in.", figures.school_days
    ) % {"n": figures.school_days}
    return _("Someone had promised to come and could not. %(days)s") % {"days": days} if figures.fell_through else days


def reasons_for_school(parts: Parts, figures: Figures) -> list[str]:
    """Why a school stands where it stands, without a number, the heaviest reason first."""
    reasons = []
    if parts.disadvantage is not None and parts.disadvantage >= RESERVED_FROM:
        reasons.append(_("Many of your pupils are entitled to free school meals, compared with schools like yours."))
    if not figures.visits:
        reasons.append(_("Nobody has visited you through us in the last three years."))
    elif parts.coldness >= MUCH:
        reasons.append(_("You have had few visits for a school of your size."))
    if parts.remoteness is not None and parts.remoteness >= MUCH:
        reasons.append(_("Few ambassadors for this subject live near you."))
    if parts.stage is not None and parts.stage >= STAGE_MATTERS:
        reasons.append(_("Your class is at the age at which a picture of later life takes shape."))
    if figures.fell_through:
        reasons.append(_("Someone had promised to come and could not."))
    elif parts.waiting >= MUCH:
        reasons.append(_("You have waited for a while."))
    return reasons or [_("Other schools have had fewer visits, or have waited for longer.")]
