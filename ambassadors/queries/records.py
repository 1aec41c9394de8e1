"""What officers read about people: lists, and one person's record made ready for a page."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ambassadors.eligibility import nation_of, reasons_given
from ambassadors.enums import (
    AmbassadorStatus,
    CheckBody,
    DeclineGround,
    LeaveReason,
    OfferingKind,
    RequirementKind,
)
from ambassadors.facts import LastCheck
from ambassadors.models import Ambassador, AmbassadorEvent, Check, Hold, Offering, Requirement
from ambassadors.progress import SOON
from ambassadors.workflow import PVG_TOLD
from stem.curriculum import ACTIVITIES, SUBJECTS, Stage
from stem.history import Happening, tell
from stem.nations import Nation
from stem.rules import Kind, Reason
from stem.wording import day_in_words

if TYPE_CHECKING:
    from stem.accounts.models import User

REASONS = dict([*DeclineGround.choices, *LeaveReason.choices])
# How many days ahead a record shows what holds.
AHEAD = 365

EVENT_WORDS = {
    "import": _lazy("Brought by another scheme"),
    "submit": _lazy("Sent in"),
    "approve": _lazy("Approved"),
    "decline": _lazy("Declined"),
    "pause": _lazy("Took a break"),
    "resume": _lazy("Came back from a break"),
    "ask_for_more": _lazy("Asked for more"),
    "answer_asked": _lazy("Said that it is done"),
    "settle_asked": _lazy("What was asked for is settled"),
    "talk": _lazy("We talked, as they had wished"),
    "remind": _lazy("Reminded of the draft"),
    "remind_turn": _lazy("Reminded of what waits for them"),
    "remind_of_visit": _lazy("Reminded to renew in time for a visit"),
    "propose_decline": _lazy("Proposed to decline, for a colleague to confirm"),
    "take_back_decline": _lazy("The proposal to decline was taken back"),
    "leave": _lazy("Left"),
    "return": _lazy("Asked to return"),
    "claim": _lazy("Said that the record is about them"),
    "put_off": _lazy("Will decide later whether to join"),
    "choose_word": _lazy("Whose word counts was chosen"),
    "leave_to_rule": _lazy("Whose word counts was left to the rule"),
    "no": _lazy("Said no"),
    "silent": _lazy("Never answered"),
    "merge": _lazy("Became part of another record"),
    "take_in": _lazy("Another record of theirs became part of this one"),
    "give_back": _lazy("A record that had become part of this one was separated from it"),
    **{
        f"separate_{status}": _lazy("Separated from another record")
        for status in ("draft", "imported", "vetting", "active", "paused", "declined", "left")
    },
    PVG_TOLD: _lazy("Disclosure Scotland told"),
}


@dataclass(frozen=True)
class Standing:
    """One requirement as it stands on a day: the row that matters most, and what to say about it."""

    kind: RequirementKind
    status: str
    tone: str
    row: Requirement | None
    detail: str = ""
    # Of the criminal record check: the one under way, or the last.
    check: LastCheck | None = None
    # How many of the coming days it holds for certain.
    covered: int = 0


@dataclass(frozen=True)
class HoldLine:
    """One hold, told as far as the reader may know."""

    row: Hold
    title: str
    why: str
    in_force: bool
    is_sealed: bool


@dataclass(frozen=True)
class Bookable:
    """Whether someone may be booked on a day in a nation, and every reason why not (rule V-05)."""

    day: date
    nation: Nation
    reasons: list[Reason]

    @property
    def answer(self) -> bool:
        """Whether nothing stands against it."""
        return not self.reasons


@dataclass(frozen=True)
class VettingRecord:
    """All that an officer sees of a person's standing on a day."""

    requirements: list[Standing]
    rows: list[Requirement]
    holds: list[HoldLine]
    withdrawn: list[Requirement]
    bookable: Bookable
    offers: dict[OfferingKind, list[str]] = field(default_factory=dict)


def vetting_record(
    ambassador: Ambassador,
    *,
    on: date,
    asked: tuple[date, Nation] | None = None,
    check: LastCheck | None = None,
    reader: int = 0,
    knows_safeguarding: bool = False,
) -> VettingRecord:
    """This person's requirements, holds and offerings in three queries, and every reason against booking them.

    `asked` is the day and the nation they would be booked for; without it, today, at home. `check` is their last.
    `reader` is who looks: an absence with no last day that somebody else noted is told as a safeguarding hold is, so
    that neither gives the other away (V-71).
    """
    day, nation = asked or (on, nation_of(ambassador))
    people = ("recorded_by", "confirmed_by", "withdrawn_by")
    rows = _rows(ambassador.requirements.select_related(*people), Requirement.objects.counting_on, on, day)
    holds = _rows(ambassador.holds.select_related("set_by"), Hold.objects.in_force_on, on, day)
    sealed = [hold for hold in holds if hold.is_sealed_from(reader, knows_safeguarding=knows_safeguarding)]
    open_holds = [hold for hold in holds if hold.stands_then and hold not in sealed]
    past = [Reason("past", Kind.STATE, _("That day is past."))] if day < on else []
    reasons = past or reasons_given(ambassador, [row for row in rows if row.stands_then], open_holds, nation)
    if any(hold.stands_then for hold in sealed):
        reasons.append(Reason("hold", Kind.UNAVAILABLE, _("Unavailable.")))
    return VettingRecord(
        requirements=[_with_check(_standing(kind, rows, on), check) for kind in RequirementKind],
        rows=rows,
        holds=[_hold_line(hold, is_sealed=hold in sealed) for hold in holds],
        withdrawn=[row for row in rows if row.withdrawn_at is not None],
        bookable=Bookable(day, nation, reasons),
        offers=_offers(ambassador.offerings.all()),
    )


def _rows(rows: QuerySet, standing: Callable[[date], QuerySet], on: date, day: date) -> list:
    """These rows, each marked with whether it stands today and then, by the queryset that decides so everywhere."""
    mine = {"pk": OuterRef("pk")}
    return list(
        rows.annotate(stands=Exists(standing(on).filter(**mine)), stands_then=Exists(standing(day).filter(**mine)))
    )


def _standing(kind: RequirementKind, rows: Iterable[Requirement], on: date) -> Standing:
    mine = [row for row in rows if row.kind == kind and row.withdrawn_at is None]
    standing = [row for row in mine if row.stands]  # type: ignore[attr-defined]
    if standing:
        # The one that holds longest; one without an end holds for ever.
        best = max(standing, key=lambda row: row.valid_until or date.max)
        if best.valid_until is not None and best.valid_until - on <= SOON:
            return Standing(kind, _("Ends soon"), "warning", best, _until(best), covered=_covered(best, on))
        return Standing(kind, _("In date"), "good", best, _until(best), covered=_covered(best, on))
    if mine:
        return Standing(kind, _("Out of date"), "bad", mine[0], _until(mine[0]))
    return Standing(kind, _("Not recorded"), "neutral", None)


def _with_check(line: Standing, check: LastCheck | None) -> Standing:
    """The line of the criminal record check says how far one under way has come."""
    if line.kind is not RequirementKind.CRC or check is None:
        return line
    if not check.is_under_way or line.tone == "good":
        return replace(line, check=check)
    return replace(line, check=check, status=str(check.status.told), tone="waiting")


def _covered(row: Requirement, on: date) -> int:
    """For how many of the coming days this holds, today the first."""
    return AHEAD if row.valid_until is None else min(AHEAD, (row.valid_until - on).days + 1)


def _until(row: Requirement) -> str:
    """Until when a requirement holds. A check has no expiry date of its own: the scheme rechecks (rule V-03)."""
    body = f"{CheckBody(row.body).label}. " if row.body else ""
    last = row.last_day
    if row.is_lifetime_membership:
        return body + _("For life, until Disclosure Scotland moves them over: record the day when they are told")
    if last is None:
        return body + _("Permanent")
    if row.kind == RequirementKind.CRC:
        return body + _("Recheck due %(day)s") % {"day": day_in_words(last + timedelta(days=1))}
    return _("Until %(day)s") % {"day": day_in_words(last)}


def goes_on_elsewhere(user: "User") -> bool:
    """Whether this account's record is part of one that goes on under another account (rule V-92)."""
    return Ambassador.objects.filter(user=user, status=AmbassadorStatus.MERGED).exists()


def known_before(ambassador: Ambassador, *, surely: bool = False) -> list[Ambassador]:
    """People turned down before, or barred, who may be this person: the same address, phone number or name (rule V-60).

    `surely` leaves out those who share no more than a name. They are known by what stood on records that became part of
    theirs as well. In two queries; for vetting officers alone, and the applicant is told nothing of it.
    """
    barred = Check.objects.barring().filter(ambassador=OuterRef("pk"))
    turned_down = Ambassador.objects.filter(Q(status=AmbassadorStatus.DECLINED) | Exists(barred))
    kinds = ("email", "phone") if surely else ("email", "phone", "name")
    mine = {mark for mark in _marks_of(*_told_of(ambassador)) if mark[0] in kinds}
    theirs = Ambassador.objects.filter(Q(pk__in=turned_down) | Q(merged_into__in=turned_down))
    others = theirs.exclude(pk=ambassador.pk).exclude(merged_into=ambassador).annotate(goes_on=_GOES_ON)
    rows = others.values_list("goes_on", *_TOLD).order_by("pk")
    found = [pk for pk, *told in rows.iterator() if _marks_of(*told) & mine]
    return list(Ambassador.objects.filter(pk__in=found)) if found else []


# By what somebody is known again, as it was told.
_TOLD = ("email", "user__email", "phone", "full_name")
_GOES_ON = Coalesce("merged_into", "pk")


def _told_of(person: Ambassador) -> tuple[str, str | None, str, str]:
    return person.email, person.user.email if person.user else None, person.phone, person.full_name


def _marks_of(email: str, signs_in_at: str | None, phone: str, full_name: str) -> set[tuple[str, str]]:
    """By what someone is known again, spelt one way: "+44 7700 900123" and "07700 900123" are one number."""
    digits = re.sub(r"^(?:00)?440?", "0", re.sub(r"\D", "", phone))
    name = " ".join(full_name.casefold().split())
    marks = {("email", email.casefold()), ("email", (signs_in_at or "").casefold()), ("name", name), ("phone", digits)}
    return {(kind, mark) for kind, mark in marks if mark}


def _hold_line(hold: Hold, *, is_sealed: bool) -> HoldLine:
    return HoldLine(
        row=hold,
        title=_("Unavailable") if is_sealed else hold.get_kind_display(),
        why="" if is_sealed else hold.truth,
        in_force=hold.stands,  # type: ignore[attr-defined]
        is_sealed=is_sealed,
    )


def _offers(offerings: Iterable[Offering]) -> dict[OfferingKind, list[str]]:
    found: dict[OfferingKind, list[str]] = {kind: [] for kind in OfferingKind}
    for offering in offerings:
        found[OfferingKind(offering.kind)].append(offering_name(offering))
    return {kind: sorted(names) for kind, names in found.items()}


def offering_name(offering: Offering) -> str:
    """What a person offers, in words."""
    return offering_words(offering.kind, offering.code)


def offering_words(kind: str, code: str) -> str:
    """A subject, stage, activity or language in words; a code that has left the curriculum speaks for itself."""
    match kind:
        case OfferingKind.SUBJECT if code in SUBJECTS:
            return str(SUBJECTS[code].name)
        case OfferingKind.ACTIVITY if code in ACTIVITIES:
            return str(ACTIVITIES[code].name)
        case OfferingKind.STAGE if code in Stage.values:
            return str(Stage(code).label)
    return code


def offers_of(ambassador: Ambassador) -> dict[str, list[str]]:
    """What this person offers in words, by the kind of thing, in one query."""
    return {kind.value: names for kind, names in _offers(ambassador.offerings.all()).items()}


def history_of(ambassador: Ambassador) -> list[Happening]:
    """What happened to this person's standing, oldest first, under each of the ids that lead here."""
    theirs = Q(ambassador=ambassador) | Q(ambassador__merged_into=ambassador)
    return tell(AmbassadorEvent.objects.filter(theirs).select_related("by"), EVENT_WORDS, REASONS)
