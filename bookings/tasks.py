"""Sweeps over offers and promises: each may run twice, or late, and does no harm."""

from django.utils import timezone

from bookings.operations import (
    coverage,
    inviting,
    ladder,
    listing,
    offers,
    priorities,
    proposals,
    reconfirming,
    standing,
    texting,
)


def lapse_offers() -> int:
    """Let offers lapse whose time is over."""
    return offers.lapse_offers(at=timezone.now())


def remind_asked() -> int:
    """Remind whoever was asked and has not answered."""
    return offers.remind_asked(at=timezone.now())


def ask_next() -> int:
    """Ask the next people wherever a seat has fewer asked than it may."""
    return ladder.ask_next(at=timezone.now())


def lapse_proposals() -> int:
    """Let other times lapse that were proposed for visits, and that not everyone answered."""
    return proposals.lapse_proposals(at=timezone.now())


def give_back_lapsed() -> int:
    """Look for someone else where whoever has promised a near visit will not be cleared on its day."""
    return standing.give_back_lapsed(at=timezone.now())


def ask_again() -> int:
    """Ask both sides of near visits whether everything is as agreed."""
    return reconfirming.ask_again(at=timezone.now())


def reckon_priorities() -> int:
    """Reckon the priorities of the day."""
    return priorities.reckon_waiting(at=timezone.now())


def reckon_coverage() -> int:
    """Reckon how schools are reached, once a day."""
    return coverage.reckon_coverage(at=timezone.now())


def list_schools() -> int:
    """List whom to invite first this month, once in it."""
    return listing.list_schools(at=timezone.now())


def follow_up_invitations() -> int:
    """See which schools have asked since they were invited, and which have not answered."""
    return inviting.follow_up(at=timezone.now())


def forget_numbers() -> int:
    """Forget the numbers to text of those who have no part any more."""
    return texting.forget_numbers(at=timezone.now())
