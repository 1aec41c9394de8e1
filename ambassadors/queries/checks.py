"""One criminal record check as its readers are told of it, and the list of those that wait for assessors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ambassadors.assessing import Condition
from ambassadors.eligibility import appeal_until, commented_until, decision_until, view_until
from ambassadors.enums import CheckStatus
from ambassadors.models import Ambassador, Assessment, Check, DisclosureNote
from ambassadors.permissions import check_may_assess, check_may_settle
from ambassadors.queries.due import Due, due
from ambassadors.queries.updates import ToldUpdates, told_of_updates
from ambassadors.querysets import CheckQuerySet
from ambassadors.workflow import CHECK
from stem.audit.about import entries_about
from stem.audit.models import Entry
from stem.encryption import decrypted
from stem.history import Happening, tell
from stem.moments import day_of
from stem.rules import Audience, why_not
from stem.wording import day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

# What an officer reads of a check's history. Of how it was weighed they read nothing.
TOLD_TO_OFFICERS = {
    "confirm_eligibility": _lazy("Right to ask confirmed"),
    "apply": _lazy("Applied for"),
    "note_issued": _lazy("Certificate is out"),
    "see_original": _lazy("Original seen in person"),
    "reject": _lazy("Did not match, asked for anew"),
    "clear": _lazy("Decided"),
    "find_suitable": _lazy("Decided"),
    "set_conditions": _lazy("Decided"),
    "find_unsuitable": _lazy("Decided"),
    "appeal": _lazy("Appealed"),
    "uphold": _lazy("Decided on appeal"),
    "overturn": _lazy("Decided on appeal"),
    "supersede": _lazy("Followed by a newer check"),
    "withdraw": _lazy("Withdrawn"),
    "bar": _lazy("Barred"),
}

# From so many days before it on, the day by which a view or a decision is due is near.
NEAR = 2
# For what somebody saw a check or had it in hand (V-23), as the audit record names it. Never what they came to.
SEEN_FOR = {
    **{f"check.{kind}": words for kind, words in TOLD_TO_OFFICERS.items()},
    "check.begin": _lazy("Begun"),
    "check.assess": _lazy("Original seen in person, handed to assessors"),
    "check.read": _lazy("Read how it stands"),
    "check.weigh": _lazy("Opened it to weigh or to decide"),
    "check.note": _lazy("Kept a note"),
    "check.comment": _lazy("Told those who decide something, about themselves"),
    "check.view": _lazy("Recorded a view"),
    "check.ask": _lazy("Asked the update service"),
    "check.status": _lazy("Recorded what the update service says"),
    "check.seen": _lazy("Looked at who has seen it"),
}
# Of whoever tried what was not theirs to do.
REFUSED = _lazy("Tried what was not theirs to do, and was refused")


@dataclass(frozen=True)
class Seen:
    """That somebody saw a check, or had it in hand: who, when and for what."""

    at: datetime
    by: str
    purpose: str


@dataclass(frozen=True)
class ToldCheck:
    """A check as a vetting officer reads it."""

    status: str
    moves: list[str]
    saw_it: bool
    conditions: list[str]
    history: list[Happening]
    updates: ToldUpdates | None


@dataclass(frozen=True)
class ToldToPerson:
    """How their check stands, in the words of the person whom it is about."""

    status: str
    may_say_it_has_come: bool
    appeal_until: date | None
    # while it is weighed: until when nobody says no before they have commented
    comment_until: date | None


@dataclass(frozen=True)
class ToldRow:
    """A check that waits for somebody who weighs it, and what should be done by when (rule V-33)."""

    check: Check
    what: str
    due: Due


@dataclass(frozen=True)
class ToldCase:
    """A check as somebody who weighs it reads it: their own view, and the other's once theirs is recorded."""

    own: Assessment | None
    views: list[Assessment]
    notes: list[tuple[DisclosureNote, str]]
    # why they have no part in it, or nothing
    why_not: str


def told_of_check(check: Check, *, reader: "User", at: datetime) -> ToldCheck:
    """What a vetting officer is told of this check, in two queries, and five more where the update service knows it."""
    status = CheckStatus(check.status)
    moves = CHECK.available(check, "vetting_officer")
    events = check.events.filter(kind__in=TOLD_TO_OFFICERS).select_related("by")
    conditions = check.requirement.conditions.split() if check.requirement is not None else []
    updates = told_of_updates(check, at=at)
    # What was answered comes before what followed from it in the same moment.
    happened = [*(updates.happened if updates else ()), *tell(events, TOLD_TO_OFFICERS)]
    return ToldCheck(
        status=str(status.told),
        moves=moves,
        saw_it=check.seen_by_id == reader.pk,
        conditions=in_words(conditions),
        history=sorted(happened, key=lambda each: each.at),
        updates=updates,
    )


def who_saw(check: Check) -> QuerySet[Entry]:
    """Whatever somebody did about this check or read of it, the latest first; not what the rules did by themselves."""
    return entries_about(check).filter(actor__isnull=False).select_related("actor")


def seen(entry: Entry) -> Seen:
    """One of these in words."""
    known = REFUSED if entry.action.endswith(".refuse") else SEEN_FOR.get(entry.action, entry.action)
    return Seen(entry.at, str(entry.actor), str(known))


def cases_for(user: "User") -> CheckQuerySet:
    """Checks that wait for this reader's part: assessors while two weigh, leads where they differ or one appeals."""
    waiting = Check.objects.filter(status__in=CheckStatus.weighed())
    people = Ambassador.objects.all()
    assessed = Q(status=CheckStatus.ASSESSING, ambassador__in=people.assessed_by(user))
    settled = Q(status__in=(CheckStatus.ESCALATED, CheckStatus.APPEALED), ambassador__in=people.protected_by(user))
    return waiting.filter(assessed | settled)


def told_cases(user: "User", *, on: date) -> list[ToldRow]:
    """What waits for this reader's part and by when it should be done, whoever has waited longest first; one query."""
    own = Assessment.objects.filter(check_of=OuterRef("pk"), assessor=user)
    cases = cases_for(user).select_related("ambassador").annotate(has_viewed=Exists(own))
    return [_told_row(check, on=on) for check in cases.order_by("moved_at", "pk")]


def _told_row(check: Check, *, on: date) -> ToldRow:
    assert check.seen_on is not None
    if check.status == CheckStatus.ASSESSING and not check.has_viewed:  # type: ignore[attr-defined]
        what, day = _("Your view by %(day)s"), view_until(check)
    else:
        # An appeal has its time anew.
        since = day_of(check.moved_at) if check.status == CheckStatus.APPEALED else check.seen_on
        what, day = _("To be decided by %(day)s"), decision_until(check, since=since)
    return ToldRow(check, what % {"day": day_in_words(day)}, due(day, on=on, near=NEAR))


def told_to_person(ambassador: Ambassador) -> ToldToPerson | None:
    """How this person's last check stands, in one query; None when none was begun, or it was withdrawn."""
    check = ambassador.checks.first()
    if check is None or check.status in (CheckStatus.WITHDRAWN, CheckStatus.SUPERSEDED):
        return None
    check.ambassador = ambassador
    return ToldToPerson(
        status=str(CheckStatus(check.status).told),
        may_say_it_has_come=check.status == CheckStatus.APPLIED,
        appeal_until=appeal_until(check) if check.status == CheckStatus.NOT_SUITABLE else None,
        comment_until=commented_until(check) if check.status in CheckStatus.weighed() else None,
    )


def in_words(codes: Iterable[str]) -> list[str]:
    """Conditions as people read them."""
    return [str(Condition(code).label) for code in codes]


def told_of_case(check: Check, *, reader: "User") -> ToldCase:
    """What this assessor, or lead, may read of what was weighed (V-31), in three queries and those of its permission.

    Whoever may have no part in it reads no more of it than they wrote themselves: neither a colleague of the person's
    nor whoever saw the certificate as an officer has a reason to (V-22).
    """
    is_settled_by_a_lead = check.status in (CheckStatus.ESCALATED, CheckStatus.APPEALED)
    refusal = why_not(check_may_settle if is_settled_by_a_lead else check_may_assess, reader, check)
    views = check.assessments.select_related("assessor")
    notes = check.notes.select_related("written_by")
    if refusal is not None:
        views, notes = views.filter(assessor=reader), notes.filter(written_by=reader)
    elif not is_settled_by_a_lead:
        views, notes = views.readable_by(reader), notes.readable_by(reader)
    found = list(views)
    own = next((row for row in found if row.assessor_id == reader.pk), None)
    told = [(note, decrypted(bytes(note.words))) for note in notes]
    return ToldCase(own, found, told, refusal.told_to(Audience.ENTITLED) if refusal else "")
