"""How someone stands with the scheme, told to themselves: what is there, what is missing, and whose move it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors.enums import CheckStatus, Course, HoldKind, Party, RequirementKind
from ambassadors.models import Ambassador, Check, Hold, Requirement
from ambassadors.validity import REMINDED_BEFORE
from stem.curriculum import Words
from stem.wording import day_in_words

# From its first reminder on, a requirement that ends is worth a word to its owner, and can be renewed (rule V-04).
SOON = timedelta(days=max(REMINDED_BEFORE))

WHAT_HAPPENS: dict[RequirementKind, Words] = {
    RequirementKind.ELIG: lazy("We read your registration. Nothing for you to do."),
    RequirementKind.ID: lazy(
        "You show an official document, in person or through a certified digital identity service."
    ),
    RequirementKind.REF: lazy("You name two people who know you; we write to them."),
    RequirementKind.SELF: lazy("You sign a declaration, before the check is applied for."),
    RequirementKind.CRC: lazy("You agree to it, we start it, and you fill in its form. It costs you nothing."),
    RequirementKind.INDUCT: lazy("You take our induction here, in short lessons, whenever it suits you."),
    RequirementKind.SAFEG: lazy("You take our course on keeping children safe here, in short lessons."),
    RequirementKind.CODE: lazy("You read our code of conduct and accept it, once a year."),
    RequirementKind.DECL: lazy("You tell us that nothing has changed, once a year."),
}

# What a person does, or waits for, while their check is under way.
CHECK_HINTS: dict[Party, Words] = {
    Party.US: lazy("We start it, and write to you."),
    Party.PERSON: lazy("There is something for you to do."),
    Party.SECOND: lazy("A second person looks at it."),
}

# A check that has come to a no, whether or not that is the last word.
DECIDED_AGAINST = (CheckStatus.NOT_SUITABLE, CheckStatus.APPEALED, CheckStatus.REFUSED)

# Where the person does their own part of it.
PAGES: dict[RequirementKind, tuple[str, ...]] = {
    RequirementKind.ELIG: ("confirm_eligibility",),
    RequirementKind.ID: ("show_identity",),
    RequirementKind.REF: ("my_referees",),
    RequirementKind.SELF: ("sign_declaration",),
    RequirementKind.CRC: ("agree_to_check",),
    RequirementKind.CODE: ("code_of_conduct",),
    RequirementKind.DECL: ("declare_nothing_changed",),
    **{course.requirement: ("course", course.value) for course in Course},
}

# Of these, what a person renews by themselves before it ends.
RENEWED = {kind: PAGES[kind] for kind in (RequirementKind.CODE, RequirementKind.DECL, RequirementKind.SAFEG)}


@dataclass(frozen=True)
class Step:
    """One requirement as its owner reads it."""

    title: Words
    status: str | Promise
    tone: str
    hint: Words
    is_done: bool
    # The page where its owner does something about it, and what its address takes; empty when there is nothing to do.
    page: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where that page is."""
        return reverse(self.page[0], args=self.page[1:]) if self.page else ""


@dataclass(frozen=True)
class Progress:
    """Every requirement, those still needed first in the eye."""

    steps: list[Step]
    # The criminal record check that was begun last.
    check: Check | None = None

    @property
    def done(self) -> int:
        """How many stand."""
        return sum(step.is_done for step in self.steps)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.done == len(self.steps)

    @property
    def is_decided_against(self) -> bool:
        """Whether no criminal record check counts, and the last came to a no."""
        lacks = any(step.title == RequirementKind.CRC.label and not step.is_done for step in self.steps)
        return lacks and self.check is not None and self.check.status in DECIDED_AGAINST

    @property
    def ending_soon(self) -> list[Step]:
        """Those that stand, but not for long."""
        return [step for step in self.steps if step.is_done and step.tone == "warning"]


def progress_of(ambassador: Ambassador, *, on: date, on_record: Iterable[Requirement] | None = None) -> Progress:
    """How far this person has come on a day, in two queries; in one where their requirements have been read."""
    if on_record is None:
        rows = list(ambassador.requirements.filter(pk__in=Requirement.objects.counting_on(on).values("pk")))
    else:
        rows = [row for row in on_record if row.counts_on(on)]
    # One that is under way was begun last: nobody begins another meanwhile.
    check = ambassador.checks.first()
    steps = [_step(kind, [row for row in rows if row.kind == kind], check, on) for kind in RequirementKind]
    return Progress(steps, check)


def _step(kind: RequirementKind, rows: list[Requirement], check: Check | None, on: date) -> Step:
    if rows:
        until = max(row.last_day or date.max for row in rows)
        if until == date.max:
            return Step(kind.label, _("Done"), "good", "", is_done=True)
        words = _("In date until %(day)s.") % {"day": day_in_words(until)}
        if until - on <= SOON:
            return Step(kind.label, _("Ends soon"), "warning", words, is_done=True, page=RENEWED.get(kind, ()))
        return Step(kind.label, _("Done"), "good", words, is_done=True)
    if kind is RequirementKind.CRC and check is not None and check.status in CheckStatus.under_way():
        status = CheckStatus(check.status)
        page = PAGES[kind] if status.waits_for is Party.PERSON else ()
        return Step(kind.label, status.told, "waiting", CHECK_HINTS[status.waits_for], is_done=False, page=page)
    return Step(kind.label, _("Needed"), "neutral", WHAT_HAPPENS[kind], is_done=False, page=PAGES.get(kind, ()))


def days_away(ambassador: Ambassador, *, on: date) -> list[Hold]:
    """The times this person has said they are away, now and to come."""
    away = ambassador.holds.filter(kind=HoldKind.AWAY, ends_on__gte=on, lifted_at=None)
    return list(away.order_by("starts_on", "pk"))


def away_between(ambassador: Ambassador, first: date, last: date) -> list[Hold]:
    """Those of them that have a day from the first of these to the last."""
    return [hold for hold in days_away(ambassador, on=first) if hold.starts_on <= last]
