"""One criminal record check as officers, the person themselves, and leads are told of it; not what is weighed of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _lazy

from ambassadors.assessing import Condition
from ambassadors.eligibility import appeal_until, commented_until, decision_until
from ambassadors.enums import CheckStatus
from ambassadors.models import Ambassador, Check, CheckEvent
from ambassadors.queries.updates import ToldUpdates, told_of_updates
from ambassadors.workflow import CHECK
from stem.audit.about import entries_about
from stem.audit.models import Entry
from stem.history import Happening, tell
from stem.moments import day_of

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
    "uphold": _lazy("Decided"),
    "overturn": _lazy("Decided"),
    "supersede": _lazy("Followed by a newer check"),
    "withdraw": _lazy("Withdrawn"),
    "bar": _lazy("Barred"),
}

# Who decided tells whether anything was weighed, and an earlier decision that there was an appeal (V-21).
DECIDING = ("clear", "find_suitable", "set_conditions", "find_unsuitable", "uphold", "overturn")
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
    is_good: bool
    conditions: list[str]
    appeal_until: date | None
    # while it is weighed, what they may do about it
    may_comment: bool
    commented_at: datetime | None
    # until when nobody comes to a no before they have commented
    comment_until: date | None
    # by when an appeal should be heard
    heard_by: date | None


def told_of_check(check: Check, *, reader: "User", at: datetime) -> ToldCheck:
    """What a vetting officer is told of this check, in two queries, and five more where the update service knows it."""
    status = CheckStatus(check.status)
    moves = CHECK.available(check, "vetting_officer")
    events = list(check.events.filter(kind__in=TOLD_TO_OFFICERS).select_related("by"))
    conditions = check.requirement.conditions.split() if check.requirement is not None else []
    updates = told_of_updates(check, at=at)
    # What was answered comes before what followed from it in the same moment.
    happened = [*(updates.happened if updates else ()), *_told_history(events, status)]
    return ToldCheck(
        status=str(status.told),
        moves=moves,
        saw_it=check.seen_by_id == reader.pk,
        conditions=in_words(conditions),
        history=sorted(happened, key=lambda each: each.at),
        updates=updates,
    )


def _told_history(events: list[CheckEvent], status: CheckStatus) -> list[Happening]:
    """What happened, without who decided, and without a decision that did not stand."""
    deciding = [event for event in events if event.kind in DECIDING]
    told = [event for event in events if event not in deciding[:-1]]
    if status is not CheckStatus.APPEALED:
        told = [event for event in told if event.kind != "appeal"]
    return [
        replace(each, by="") if event.kind in DECIDING else each
        for event, each in zip(told, tell(told, TOLD_TO_OFFICERS), strict=True)
    ]


def who_saw(check: Check) -> QuerySet[Entry]:
    """Whatever somebody did about this check or read of it, the latest first; not what the rules did by themselves."""
    return entries_about(check).filter(actor__isnull=False).select_related("actor")


def seen(entry: Entry) -> Seen:
    """One of these in words."""
    known = REFUSED if entry.action.endswith(".refuse") else SEEN_FOR.get(entry.action, entry.action)
    return Seen(entry.at, str(entry.actor), str(known))


def told_to_person(ambassador: Ambassador) -> ToldToPerson | None:
    """How this person's last check stands, in two queries; None when none was begun, or it was withdrawn."""
    check = ambassador.checks.select_related("requirement").first()
    if check is None or check.status in (CheckStatus.WITHDRAWN, CheckStatus.SUPERSEDED):
        return None
    check.ambassador = ambassador
    status, may_comment = CheckStatus(check.status), check.status in CheckStatus.weighed()
    said = check.notes.filter(written_by=ambassador.user_id).values_list("written_at", flat=True)
    is_appealed = status is CheckStatus.APPEALED
    return ToldToPerson(
        status=str(status.told),
        may_say_it_has_come=status is CheckStatus.APPLIED,
        is_good=status in (CheckStatus.OK, CheckStatus.CONDITIONS),
        conditions=in_words(check.requirement.conditions.split()) if check.requirement is not None else [],
        appeal_until=appeal_until(check) if status is CheckStatus.NOT_SUITABLE else None,
        may_comment=may_comment,
        commented_at=said.first() if may_comment else None,
        comment_until=commented_until(check) if may_comment and not is_appealed else None,
        heard_by=decision_until(check, since=day_of(check.moved_at)) if is_appealed else None,
    )


def in_words(codes: Iterable[str]) -> list[str]:
    """Conditions as people read them."""
    return [str(Condition(code).label) for code in codes]
