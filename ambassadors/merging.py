"""Which of two records of one person goes on, and what it says: pure, from what stands on both (rule V-92)."""

from collections.abc import Mapping
from typing import Any, Protocol

from ambassadors.enums import AmbassadorStatus
from ambassadors.importing.golden import LISTS, THEMSELVES, Told, codes_in, listed

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
    AmbassadorStatus.SEALED,
)
# What a person says of themselves that no other scheme speaks of.
PLAIN = ("employer_size", "story", "speaks_of_work", "speaks_of_study", "in_person", "online", "would_watch")
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
    if chosen == BOTH and fits_together(name, own, others):
        return f"{own}\n\n{others}"
    if chosen == str(lost.pk) and others not in ("", None):
        return others
    return others if own in ("", None) else own


def fits_together(name: str, one: Any, other: Any) -> bool:
    """Whether a route told in two ways can be told in both."""
    return name == "story" and bool(one and other) and len(one) + len(other) + 2 <= STORY_LETTERS


def both_lists(name: str, one: Told | None, other: Told | None) -> Told | None:
    """What somebody offers under either record, if they said so themselves on both; None where only a scheme did."""
    if name not in LISTS or one is None or other is None or {one.key, other.key} != {THEMSELVES}:
        return None
    return Told(listed([*codes_in(one.value), *codes_in(other.value)]), THEMSELVES, max(one.on, other.on))
