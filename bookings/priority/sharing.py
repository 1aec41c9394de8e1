"""Fair shares: of the offers of a week, of the visits of a term, and of searches for the new (E-11, E-12, E-31)."""

from dataclasses import dataclass

from bookings.priority.words import HIGH_FROM, RESERVED_FROM

# The share of searches, in per cent, in which somebody new is asked at least (rule E-31).
NEWCOMERS = 25
# No school has more than its share of a term while one of such a priority has waited longer than so many school days.
WAITS_FROM, LONG_WAIT = HIGH_FROM, 10


def is_reserved(disadvantage: float | None) -> bool:
    """Whether a school is of the two most disadvantaged fifths; one of which nothing is known is not."""
    return disadvantage is not None and disadvantage >= RESERVED_FROM


def at_least(offers: int, share: int) -> int:
    """How many of so many offers a share in per cent is, rounded up: at least so many means no fewer."""
    return -(-offers * share // 100)


@dataclass(frozen=True)
class Week:
    """The offers of one week so far: how many, to how many of the most disadvantaged, and which share these have."""

    offers: int
    reserved: int
    share: int
    # For how many visits somebody was asked, and for how many of them somebody who has not visited yet.
    searches: int = 0
    with_newcomer: int = 0

    @property
    def newcomers_needed(self) -> int:
        """In how many of these searches somebody new should have been asked (rule E-31)."""
        return at_least(self.searches, NEWCOMERS)

    @property
    def newcomer_is_due(self) -> bool:
        """Whether one more search without anybody new would be one too many (rule E-31)."""
        return self.with_newcomer < at_least(self.searches + 1, NEWCOMERS)

    @property
    def needed(self) -> int:
        """How many of these should have gone to the most disadvantaged."""
        return at_least(self.offers, self.share)

    @property
    def is_short(self) -> bool:
        """Whether fewer have."""
        return self.reserved < self.needed

    @property
    def has_room_for_others(self) -> bool:
        """Whether the share holds when the next offer goes to any other school."""
        return self.reserved >= at_least(self.offers + 1, self.share)


@dataclass(frozen=True)
class Term:
    """The visits that a school has, or is being found someone for, in one term beside the one in question."""

    visits: int
    cap: int

    @property
    def is_full(self) -> bool:
        """Whether one more would be more than its share."""
        return self.visits >= self.cap
