"""What officers read about people: lists, and one person's record made ready for a page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ambassadors.eligibility import reasons_given
from ambassadors.enums import CheckBody, HoldKind, OfferingKind, RequirementKind
from ambassadors.models import Ambassador, Hold, Offering, Requirement
from stem.curriculum import ACTIVITIES, SUBJECTS, Stage
from stem.history import Happening, tell
from stem.nations import Nation
from stem.rules import Kind, Reason
from stem.wording import day_in_words

EVENT_WORDS = {
    "submit": _lazy("Sent in"),
    "approve": _lazy("Approved"),
    "decline": _lazy("Declined"),
    "pause": _lazy("Took a break"),
    "resume": _lazy("Came back from a break"),
    "leave": _lazy("Left"),
    "return": _lazy("Asked to return"),
}


@dataclass(frozen=True)
class Standing:
    """One requirement as it stands on a day: the row that matters most, and what to say about it."""

    kind: RequirementKind
    status: str
    tone: str
    row: Requirement | None
    detail: str = ""
    awaits_confirmation: bool = False


@dataclass(frozen=True)
class HoldLine:
    """One hold, told as far as the reader may know."""

    row: Hold
    title: str
    why: str
    in_force: bool
    is_sealed: bool


@dataclass(frozen=True)
class VettingRecord:
    """All that an officer sees of a person's standing on a day."""

    requirements: list[Standing]
    holds: list[HoldLine]
    withdrawn: list[Requirement]
    reasons: list[Reason]
    offers: dict[OfferingKind, list[str]] = field(default_factory=dict)

    @property
    def missing(self) -> list[Reason]:
        """What stands between an applicant and approval."""
        return [reason for reason in self.reasons if reason.kind is Kind.VETTING]

    @property
    def is_bookable(self) -> bool:
        """Whether nothing stands against booking this person on the day."""
        return not self.reasons


def vetting_record(ambassador: Ambassador, *, on: date, knows_safeguarding: bool = False) -> VettingRecord:
    """This person's requirements, holds and offerings in three queries, and every reason against booking them."""
    rows = _rows(ambassador.requirements.select_related("recorded_by", "confirmed_by"), _counting(on))
    holds = _rows(ambassador.holds.select_related("set_by"), Hold.objects.in_force_on(on))
    told = [_hold_line(hold, knows_safeguarding) for hold in holds]
    in_force = [line.row for line in told if line.in_force and not line.is_sealed]
    reasons = reasons_given(ambassador, [row for row in rows if row.stands], in_force, Nation(ambassador.nation))
    if any(line.in_force and line.is_sealed for line in told):
        reasons.append(Reason("hold", Kind.UNAVAILABLE, _("Unavailable.")))
    return VettingRecord(
        requirements=[_standing(kind, rows, on) for kind in RequirementKind],
        holds=told,
        withdrawn=[row for row in rows if row.withdrawn_at is not None],
        reasons=reasons,
        offers=_offers(ambassador.offerings.all()),
    )


def _counting(on: date) -> QuerySet[Requirement]:
    return Requirement.objects.counting_on(on)


def _rows(rows: QuerySet, standing: QuerySet) -> list:
    """These rows, each marked with whether it stands on the day by the queryset that decides so everywhere."""
    return list(rows.annotate(stands=Exists(standing.filter(pk=OuterRef("pk")))))


def _standing(kind: RequirementKind, rows: Iterable[Requirement], on: date) -> Standing:
    mine = [row for row in rows if row.kind == kind and row.withdrawn_at is None]
    standing = [row for row in mine if row.stands]  # type: ignore[attr-defined]
    unconfirmed = [row for row in mine if kind is RequirementKind.CRC and row.confirmed_by_id is None]
    if unconfirmed:
        return Standing(
            kind,
            _("Needs a second person"),
            "waiting",
            unconfirmed[0],
            _until(unconfirmed[0]),
            awaits_confirmation=True,
        )
    if standing:
        # The one that holds longest; one without an end holds for ever.
        best = max(standing, key=lambda row: row.valid_until or date.max)
        return Standing(kind, _("In date"), "good", best, _until(best))
    if mine:
        return Standing(kind, _("Out of date"), "bad", mine[0], _until(mine[0]))
    return Standing(kind, _("Not recorded"), "neutral", None)


def _until(row: Requirement) -> str:
    """Until when a requirement holds. A check has no expiry date of its own: the scheme rechecks (rule V-03)."""
    body = f"{CheckBody(row.body).label}. " if row.body else ""
    if row.valid_until is None:
        return body + _("Permanent")
    if row.kind == RequirementKind.CRC:
        due = row.valid_until + timedelta(days=1)
        return body + _("Recheck due %(day)s") % {"day": day_in_words(due)}
    return _("Until %(day)s") % {"day": day_in_words(row.valid_until)}


def _hold_line(hold: Hold, knows_safeguarding: bool) -> HoldLine:
    sealed = hold.kind == HoldKind.SAFEGUARDING and not knows_safeguarding
    return HoldLine(
        row=hold,
        title=_("Unavailable") if sealed else hold.get_kind_display(),
        why="" if sealed else hold.truth,
        in_force=hold.stands,  # type: ignore[attr-defined]
        is_sealed=sealed,
    )


def _offers(offerings: Iterable[Offering]) -> dict[OfferingKind, list[str]]:
    found: dict[OfferingKind, list[str]] = {kind: [] for kind in OfferingKind}
    for offering in offerings:
        found[OfferingKind(offering.kind)].append(offering_name(offering))
    return {kind: sorted(names) for kind, names in found.items()}


def offering_name(offering: Offering) -> str:
    """What a person offers, in words; a code that has left the curriculum speaks for itself."""
    match offering.kind:
        case OfferingKind.SUBJECT if offering.code in SUBJECTS:
            return str(SUBJECTS[offering.code].name)
        case OfferingKind.ACTIVITY if offering.code in ACTIVITIES:
            return str(ACTIVITIES[offering.code].name)
        case OfferingKind.STAGE if offering.code in Stage.values:
            return str(Stage(offering.code).label)
    return offering.code


def history_of(ambassador: Ambassador) -> list[Happening]:
    """What happened to this person's standing, oldest first."""
    return tell(ambassador.events.select_related("by"), EVENT_WORDS)
