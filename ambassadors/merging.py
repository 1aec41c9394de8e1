"""Which of two records of one person goes on, and what it says: pure, from what stands on both (rule V-92)."""

from collections.abc import Mapping
from typing import Any, Protocol

from ambassadors.enums import AmbassadorStatus, OfferingKind
from ambassadors.importing.golden import GOLDEN

# Whoever stands further up is the record that goes on: a decision against someone before everything else, so that the
# stricter state wins; then what is nearest to a classroom.
_ORDER = (
    AmbassadorStatus.DECLINED,
    AmbassadorStatus.ACTIVE,
    AmbassadorStatus.PAUSED,
    AmbassadorStatus.VETTING,
    AmbassadorStatus.LEFT,
    AmbassadorStatus.DRAFT,
    AmbassadorStatus.IMPORTED,
)
# What a person says of themselves that no other scheme speaks of.
PLAIN = tuple(
    name
    for name in (
        "known_as",
        "employer_size",
        "route",
        "story",
        "speaks_of_work",
        "speaks_of_study",
        "max_minutes",
        "in_person",
        "online",
        "max_visits_term",
    )
    if name not in GOLDEN
)
OFFERED = {
    "subjects": OfferingKind.SUBJECT,
    "stages": OfferingKind.STAGE,
    "activities": OfferingKind.ACTIVITY,
    "languages": OfferingKind.LANGUAGE,
}
# Which account goes on, where both have one.
ACCOUNT = "user"
BOTH = "both"
STORY_LETTERS = 1500


class Record(Protocol):
    """What is looked at of a record."""

    pk: Any
    status: str
    user_id: Any
    registered_at: Any


def in_order(one: Any, other: Any) -> tuple[Any, Any]:
    """The record that goes on, and the one that becomes a part of it; the same whichever is named first."""
    kept, lost = sorted((one, other), key=_rank)
    return kept, lost


def _rank(person: Record) -> tuple[Any, ...]:
    return (_ORDER.index(AmbassadorStatus(person.status)), person.user_id is None, person.registered_at, person.pk)


def plain_value(name: str, kept: Any, lost: Any, choices: Mapping[str, str]) -> Any:
    """What the record says of this from now on: what was chosen, else its own word, else where it has none the other's.

    A route told in two ways may be told in both, as long as there is room.
    """
    own, others = getattr(kept, name), getattr(lost, name)
    chosen = choices.get(name, "")
    if chosen == BOTH and can_have_both(name, own, others):
        return f"{own}\n\n{others}"
    if chosen == str(lost.pk) and others not in ("", None):
        return others
    return others if own in ("", None) else own


def can_have_both(name: str, one: Any, other: Any) -> bool:
    """Whether one record can say both of these."""
    if name in OFFERED:
        return True
    return name == "story" and bool(one and other) and len(one) + len(other) + 2 <= STORY_LETTERS
