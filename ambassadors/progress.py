"""How someone stands with the scheme, told to themselves: what is there, what is missing, and whose move it is."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import HoldKind, RequirementKind
from ambassadors.models import Ambassador, Hold, Requirement
from stem.curriculum import Words
from stem.wording import day_in_words

# A requirement that ends within these days is worth a word to its owner (rule V-04).
SOON = timedelta(days=60)

WHAT_HAPPENS: dict[RequirementKind, Words] = {
    RequirementKind.ELIG: lazy("We read your registration. Nothing for you to do."),
    RequirementKind.ID: lazy("You show an official document with your photograph, in person or on a video call."),
    RequirementKind.REF: lazy("You name two people who know you; we write to them."),
    RequirementKind.SELF: lazy("You sign a form that we send you, before the check is applied for."),
    RequirementKind.CRC: lazy("We start the check and you fill in its form. It costs you nothing."),
    RequirementKind.INDUCT: lazy("You take our short induction. We send you the way in."),
    RequirementKind.SAFEG: lazy("You take an hour’s training on keeping children safe."),
    RequirementKind.CODE: lazy("You read our code of conduct and accept it, once a year."),
    RequirementKind.DECL: lazy("You tell us that nothing has changed, once a year."),
}


@dataclass(frozen=True)
class Step:
    """One requirement as its owner reads it."""

    title: Words
    status: str
    tone: str
    hint: Words
    is_done: bool


@dataclass(frozen=True)
class Progress:
    """Every requirement, those still needed first in the eye."""

    steps: list[Step]

    @property
    def done(self) -> int:
        """How many stand."""
        return sum(step.is_done for step in self.steps)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.done == len(self.steps)

    @property
    def ending_soon(self) -> list[Step]:
        """Those that stand, but not for long."""
        return [step for step in self.steps if step.is_done and step.tone == "warning"]


def progress_of(ambassador: Ambassador, *, on: date) -> Progress:
    """How far this person has come on a day, in one query."""
    counting = Q(pk__in=Requirement.objects.counting_on(on).values("pk"))
    rows = ambassador.requirements.filter(counting | Q(kind=RequirementKind.CRC, confirmed_by=None, withdrawn_at=None))
    return Progress([_step(kind, [row for row in rows if row.kind == kind], on) for kind in RequirementKind])


def _step(kind: RequirementKind, rows: list[Requirement], on: date) -> Step:
    standing = [row for row in rows if kind is not RequirementKind.CRC or row.confirmed_by_id is not None]
    if standing:
        until = max(row.valid_until or date.max for row in standing)
        if until == date.max:
            return Step(kind.label, _("Done"), "good", "", is_done=True)
        words = _("In date until %(day)s.") % {"day": day_in_words(until)}
        if until - on <= SOON:
            return Step(kind.label, _("Ends soon"), "warning", words, is_done=True)
        return Step(kind.label, _("Done"), "good", words, is_done=True)
    if rows:
        return Step(kind.label, _("Being decided"), "waiting", _("A second person looks at it."), is_done=False)
    return Step(kind.label, _("Needed"), "neutral", WHAT_HAPPENS[kind], is_done=False)


def days_away(ambassador: Ambassador, *, on: date) -> list[Hold]:
    """The times this person has said they are away, now and to come."""
    away = ambassador.holds.filter(kind=HoldKind.AWAY, ends_on__gte=on, lifted_at=None)
    return list(away.order_by("starts_on", "pk"))
