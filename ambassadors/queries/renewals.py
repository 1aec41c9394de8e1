"""What runs out soon and that nothing newer has taken the place of: whom to write to, and what to tell them (V-04)."""

from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ambassadors import conduct
from ambassadors.eligibility import PVG
from ambassadors.enums import AmbassadorStatus, CheckBody, CheckStatus, HoldKind, RequirementKind
from ambassadors.models import Check, Hold, RenewalNotice, Requirement
from ambassadors.progress import PAGES
from ambassadors.querysets import RequirementQuerySet
from ambassadors.turns import PVG_WORDS
from ambassadors.validity import REMINDED_BEFORE, reminder_due
from stem.curriculum import Words
from stem.wording import day_in_words

# While one of these stands someone from the scheme talks with them first: a letter that asks them to renew would cut
# across it. Whoever is away, or whose visits are looked at, is still to be asked.
TALKED_WITH = (HoldKind.VETTING, HoldKind.SAFEGUARDING)
# What runs out, where the name of the requirement says that it is met.
NOUNS: dict[RequirementKind, Words] = {
    RequirementKind.CRC: lazy("Criminal record check"),
    RequirementKind.CODE: lazy("Code of conduct"),
    RequirementKind.INDUCT: lazy("Induction"),
}


class RunsOut(NamedTuple):
    """One requirement that runs out, as its owner is told it, and the page on which they do their part."""

    words: str
    page: tuple[str, ...]


def running_out(on: date) -> RequirementQuerySet:
    """What counts on this day, of people who take part, and nothing newer of theirs reaches further.

    While a newer check is looked at by others there is nothing to be asked for.
    A check of any body is covered by a PVG membership, which is asked for everywhere; nothing else covers that.
    """
    further = Requirement.objects.filter(
        Q(valid_until__isnull=True)
        | Q(valid_until__gt=OuterRef("valid_until"))
        | Q(valid_until=OuterRef("valid_until"), pk__gt=OuterRef("pk")),
        Q(body=OuterRef("body")) | Q(body=CheckBody.PVG),
        ambassador=OuterRef("ambassador"),
        kind=OuterRef("kind"),
        withdrawn_at__isnull=True,
    )
    looked_at = Check.objects.filter(
        ambassador=OuterRef("ambassador"), status__in=(CheckStatus.SEEN, CheckStatus.ASSESSING, CheckStatus.ESCALATED)
    )
    talked_with = Hold.objects.in_force_on(on).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("valid_until")),
        ambassador=OuterRef("ambassador"),
        kind__in=TALKED_WITH,
    )
    return Requirement.objects.counting_on(on).filter(
        ~Exists(further),
        ~Q(Exists(looked_at), kind=RequirementKind.CRC),
        ~Exists(talked_with),
        valid_until__isnull=False,
        ambassador__status__in=[AmbassadorStatus.ACTIVE, AmbassadorStatus.PAUSED],
    )


def reminders_due(on: date) -> RequirementQuerySet:
    """What runs out so soon that its owner is to be written to, and has not been told that it is so near."""
    due = Q()
    for days, next_days in pairwise((*REMINDED_BEFORE, -1)):
        last_days = Q(valid_until__lte=on + timedelta(days=days), valid_until__gt=on + timedelta(days=next_days))
        due |= last_days & Q(~Exists(_told(days)))
    for since in conduct.VERSIONS[1:]:
        # A newer version of the code ends the acceptance of an older one before its year is over.
        last_day = conduct.last_day(since - timedelta(days=1), None)
        days_before = reminder_due(last_day, on) if last_day else None
        if days_before is not None:
            outdated = Q(kind=RequirementKind.CODE, started_on__lt=since)
            due |= outdated & Q(~Exists(_told(days_before)))
    return running_out(on).filter(due).order_by("kind", "pk")


def _told(days_before: int) -> QuerySet[RenewalNotice]:
    """That its owner has been told so many days before, or nearer."""
    return RenewalNotice.objects.filter(requirement=OuterRef("pk"), days_before__lte=days_before)


def told_on(ambassador_id: int, day: date, *, on: date) -> list[RunsOut]:
    """What the letter of that day to this person is about, as far as it still runs out today."""
    rows = running_out(on).filter(ambassador=ambassador_id, notices__told_on=day).order_by("valid_until", "pk")
    return [_runs_out(row) for row in rows]


def _runs_out(row: Requirement) -> RunsOut:
    """A check has no expiry date of its own: the scheme rechecks (V-02)."""
    kind, last = RequirementKind(row.kind), row.last_day
    assert last is not None
    if kind is RequirementKind.CRC:
        words = _("Criminal record check: recheck due on %(day)s") % {"day": day_in_words(last + timedelta(days=1))}
    else:
        words = _("%(what)s: in date until %(day)s, that day included") % {
            "what": noun_of(kind.value),
            "day": day_in_words(last),
        }
    return RunsOut(words, PAGES.get(kind, ()))


def noun_of(code: str) -> Words:
    """What the requirement with this code is called as something to renew."""
    return PVG_WORDS if code == PVG else NOUNS.get(RequirementKind(code), RequirementKind(code).label)
