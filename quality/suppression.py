"""What a report may show of small numbers: pure (rules 2.8, N-01 to N-05).

Every breakdown that leaves the house goes through `shown`. What is hidden is hidden with enough beside it that nobody
finds it again from the total and the rest, even who knows how we hide (complementary suppression).
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

# Fewer people than these are told of by no cell (rule N-03), by no pupils' result (N-01), by no percentage (N-05).
CELL_LEAST, PUPILS_LEAST, PERCENT_LEAST = 5, 10, 30
# What is made public is rounded to these (rule N-05).
ROUNDED_TO = 5


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and its parts as they are shown: None for a part that is hidden; no parts where all are."""

    total: int | None
    parts: Mapping[Hashable, int | None]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is hidden."""
        return self.total is not None and bool(self.parts) and None not in self.parts.values()


def shown(parts: Mapping[Hashable, int], least: int = CELL_LEAST) -> Breakdown:
    """These parts and their sum, as far as they may be shown (rule N-03).

    A part is a count of people; nobody is no secret, one to four are. Whatever is hidden comes to at least twice the
    minimum less one and is at least two parts, the smallest first, so that no hidden part can be reckoned from the
    total. Where there is no such choice the parts are not shown at all, and the total only if it is large enough.
    """
    total = sum(parts.values())
    if 0 < total < least:
        return Breakdown(None, {})
    hidden = {name for name, count in parts.items() if 0 < count < least}
    rest = sorted((name for name in parts if parts[name] >= least), key=lambda name: (parts[name], str(name)))
    for name in rest:
        if not hidden or _is_enough(hidden, parts, least):
            break
        hidden.add(name)
    if hidden and not (len(hidden) > 1 and _sum(hidden, parts) >= least):
        return Breakdown(total, {})
    return Breakdown(total, {name: None if name in hidden else count for name, count in parts.items()})


def _is_enough(hidden: set[Hashable], parts: Mapping[Hashable, int], least: int) -> bool:
    return len(hidden) > 1 and _sum(hidden, parts) >= 2 * least - 1


def _sum(names: set[Hashable], parts: Mapping[Hashable, int]) -> int:
    return sum(parts[name] for name in names)


def rounded(count: int) -> int | None:
    """A count as the public reads it: to the nearest five; None for one to four, "fewer than 5" (rule N-05)."""
    if 0 < count < CELL_LEAST:
        return None
    return ROUNDED_TO * ((2 * count + ROUNDED_TO) // (2 * ROUNDED_TO))


def percent(part: int, base: int) -> int | None:
    """A share in whole percent; None where the base is too small to tell of (rule N-05), or part or rest is (N-03)."""
    if base < PERCENT_LEAST or 0 < part < CELL_LEAST or 0 < base - part < CELL_LEAST:
        return None
    return round(100 * part / base)


def all_of_one_mind(answers: Mapping[Hashable, int]) -> bool:
    """Whether everybody answered alike: then "most" is said, and not "all" (rule N-04)."""
    return sum(1 for count in answers.values() if count) == 1
