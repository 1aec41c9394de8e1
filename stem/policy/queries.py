"""What the scheme has decided, as its administrators read it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stem.policy.keys import KEYS, Key
from stem.policy.models import PolicyValue


@dataclass(frozen=True)
class Line:
    """One number: what holds now and by whose decision, what will hold, and what waits for a second person."""

    key: Key
    value: int
    decided: PolicyValue | None
    coming: list[PolicyValue]
    proposed: list[PolicyValue]

    @property
    def in_words(self) -> str:
        """What holds now, with its unit."""
        return self.key.in_words(self.value)


def policy_board(decisions: Iterable[PolicyValue], *, on: date) -> list[Line]:
    """Every number in the order of the list, from decisions in the order in which they begin."""
    by_key = defaultdict(list)
    for decision in decisions:
        by_key[decision.key].append(decision)
    return [_line(key, by_key[key.code], on) for key in KEYS.values()]


def _line(key: Key, decisions: list[PolicyValue], on: date) -> Line:
    settled = [each for each in decisions if not each.is_proposed]
    begun = [each for each in settled if each.effective_from <= on]
    decided = begun[-1] if begun else None
    return Line(
        key=key,
        value=decided.value if decided else key.default,
        decided=decided,
        coming=[each for each in settled if each.effective_from > on],
        proposed=[each for each in decisions if each.is_proposed],
    )
