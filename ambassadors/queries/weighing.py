"""What those who weigh a check are told of it: what waits for them and until when, and what they may read."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from ambassadors.assessing import WEIGHTS, Condition, in_words_of
from ambassadors.eligibility import commented_until, decision_until, view_until
from ambassadors.enums import CheckStatus, RequirementKind
from ambassadors.models import Ambassador, Assessment, Check, DisclosureNote, Requirement
from ambassadors.permissions import check_may_assess, check_may_settle
from ambassadors.queries.due import Due, due
from ambassadors.querysets import CheckQuerySet
from stem.encryption import decrypted
from stem.moments import day_of
from stem.rules import Audience, why_not
from stem.wording import day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

# From so many days before it on, the day by which a view or a decision is due is near.
NEAR = 2
SETTLED_BY_A_LEAD = (CheckStatus.ESCALATED, CheckStatus.APPEALED)


@dataclass(frozen=True)
class ToldRow:
    """A check that waits for somebody who weighs it, and what should be done by when (rule V-33)."""

    check: Check
    what: str
    due: Due


@dataclass(frozen=True)
class ToldView:
    """One assessor's view, in words."""

    assessor: str
    comes_to: str
    conditions: list[str]
    weighed: list[tuple[str, str]]


@dataclass(frozen=True)
class ToldCase:
    """A check as somebody who weighs it reads it: their own view, and the other's once theirs is recorded."""

    has_viewed: bool
    views: list[ToldView]
    notes: list[tuple[DisclosureNote, str]]
    # why there is nothing for them to decide, or no more for them to read; or nothing
    why_not: str
    # until when nobody comes to a no: None once the person has commented, or could for long enough (V-33)
    no_before: date | None
    # what bears on the role and on openness, beside what the person says (V-31)
    declared_on: date | None
    wanted_to_talk: bool


def cases_for(user: "User") -> CheckQuerySet:
    """Checks that wait for this reader's part: assessors while two weigh, leads where they differ or one appeals."""
    return Check.objects.filter(_waiting_for(user))


def cases_readable_by(user: "User", *, on: date) -> CheckQuerySet:
    """Those, and what this reader has weighed for as long as views are kept; they act on it no more.

    Each with what `told_of_case` asks: whether they have recorded a view, and what bears on openness.
    """
    signed = Requirement.objects.counting_on(on).filter(ambassador=OuterRef("ambassador"), kind=RequirementKind.SELF)
    theirs = Q(has_viewed=True, ambassador__in=Ambassador.objects.assessed_by(user))
    cases = _with_what_was_said(Check.objects.all(), user).annotate(
        declared_on=Subquery(signed.values("started_on")[:1])
    )
    return cases.filter(_waiting_for(user) | theirs).select_related("ambassador__application", "seen_by")


def _with_what_was_said(cases: CheckQuerySet, user: "User") -> CheckQuerySet:
    """Whether this reader has recorded a view, and whether the person has commented."""
    own = Assessment.objects.filter(check_of=OuterRef("pk"), assessor=user)
    said = DisclosureNote.objects.filter(check_of=OuterRef("pk"), written_by=F("check_of__ambassador__user"))
    return cases.annotate(has_viewed=Exists(own), has_commented=Exists(said))


def _waiting_for(user: "User") -> Q:
    people = Ambassador.objects.all()
    assessed = Q(status=CheckStatus.ASSESSING, ambassador__in=people.assessed_by(user))
    return assessed | Q(status__in=SETTLED_BY_A_LEAD, ambassador__in=people.protected_by(user))


def told_cases(user: "User", *, on: date) -> list[ToldRow]:
    """What waits for this reader's part and by when it should be done, whoever has waited longest first; one query."""
    cases = _with_what_was_said(cases_for(user), user).select_related("ambassador")
    return [_told_row(check, on=on) for check in cases.order_by("moved_at", "pk")]


def _told_row(check: Check, *, on: date) -> ToldRow:
    assert check.seen_on is not None
    if check.status == CheckStatus.ASSESSING and not check.has_viewed:  # type: ignore[attr-defined]
        day, what = view_until(check), _("Your view by %(day)s.")
    else:
        # An appeal has its time anew.
        since = day_of(check.moved_at) if check.status == CheckStatus.APPEALED else check.seen_on
        day, what = decision_until(check, since=since), _("To be decided by %(day)s.")
    told = what % {"day": day_in_words(day)}
    waits = _no_before(check, has_commented=check.has_commented, on=on)  # type: ignore[attr-defined]
    if waits is not None:
        told += " " + _("A no not before they have commented, or after %(day)s.") % {"day": day_in_words(waits)}
    return ToldRow(check, told, due(day, on=on, near=NEAR))


def _no_before(check: Check, *, has_commented: bool, on: date) -> date | None:
    """The last day on which it is too soon for a no; an appeal is about one that was come to."""
    until = commented_until(check)
    return None if has_commented or check.status == CheckStatus.APPEALED or on > until else until


def told_of_case(check: Check, *, reader: "User", at: datetime) -> ToldCase:
    """What this assessor, or lead, may read of one of `cases_readable_by`, in two queries and those of its permission.

    Whoever has recorded a view reads the other's. Whoever may have no part in it reads no more of it than they wrote
    themselves: neither a colleague of the person's nor whoever saw the certificate as an officer has a reason (V-22).
    """
    refusal = why_not(check_may_settle if check.status in SETTLED_BY_A_LEAD else check_may_assess, reader, check)
    has_viewed: bool = check.has_viewed  # type: ignore[attr-defined]
    views = check.assessments.select_related("assessor")
    notes = check.notes.select_related("written_by")
    if has_viewed or (refusal is None and check.status not in SETTLED_BY_A_LEAD):
        views, notes = views.readable_by(reader), notes.readable_by(reader)
    elif refusal is not None:
        views, notes = views.none(), notes.filter(written_by=reader)
    application = getattr(check.ambassador, "application", None)
    return ToldCase(
        has_viewed=has_viewed,
        views=[_told_view(row) for row in views],
        notes=[(note, decrypted(bytes(note.words))) for note in notes],
        why_not=refusal.told_to(Audience.ENTITLED) if refusal and not has_viewed else "",
        no_before=_no_before(check, has_commented=check.has_commented, on=day_of(at)),  # type: ignore[attr-defined]
        declared_on=check.declared_on,  # type: ignore[attr-defined]
        wanted_to_talk=application is not None and application.wants_to_talk,
    )


def _told_view(row: Assessment) -> ToldView:
    weighed = [
        (str(Assessment._meta.get_field(name).verbose_name).capitalize(), str(in_words_of(name, getattr(row, name))))  # type: ignore[union-attr]
        for name in WEIGHTS
    ]
    conditions = [str(Condition(code).label) for code in row.conditions.split()]
    return ToldView(str(row.assessor), row.get_suitability_display(), conditions, weighed)
